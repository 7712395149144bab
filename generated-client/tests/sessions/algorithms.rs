//! Every algorithm, with keys of its kind and of others.

use crate::signers::{PROJECT, clock, keys, other_rsa, rsa, session, sessions, signer};
use generated_client::sessions::{Algorithm, KeySet, Malformed, TokenError, descope, testing::key_set};
use serde_json::{Value, json};

const ASYMMETRIC: [Algorithm; 9] = [
    Algorithm::Rs256,
    Algorithm::Rs384,
    Algorithm::Rs512,
    Algorithm::Ps256,
    Algorithm::Ps384,
    Algorithm::Ps512,
    Algorithm::Es256,
    Algorithm::Es384,
    Algorithm::EdDsa,
];

#[tokio::test]
async fn a_token_is_accepted_with_the_key_of_its_algorithm_alone() {
    for algorithm in ASYMMETRIC {
        let signer = signer(algorithm);
        let sessions = descope::Sessions::offline(PROJECT, keys([&signer])).clock(clock()).build();
        let token = session().sign(&signer).unwrap();
        sessions.validate(&token).await.unwrap_or_else(|error| panic!("{algorithm}: {error}"));
        let forged = session().sign_wrongly(&signer).unwrap();
        assert_eq!(sessions.validate(&forged).await, Err(TokenError::BadSignature), "{algorithm}");

        for other in ASYMMETRIC.into_iter().filter(|other| *other != algorithm) {
            let claimed = session().header("alg", json!(other.name())).sign(&signer).unwrap();
            assert_eq!(
                sessions.validate(&claimed).await,
                Err(TokenError::WrongAlgorithm),
                "{algorithm} {other}"
            );
        }
    }
}

#[tokio::test]
async fn an_rsa_key_is_used_for_its_own_algorithm_alone() {
    // The header and the signature agree, but the key is for RS256.
    for algorithm in [Algorithm::Rs384, Algorithm::Rs512, Algorithm::Ps256] {
        let token = session().sign(&rsa().for_algorithm(algorithm)).unwrap();
        assert_eq!(sessions().validate(&token).await, Err(TokenError::WrongAlgorithm), "{algorithm}");
    }
    // The header claims the algorithm of the key, and the signature is another.
    let token = session().header("alg", json!("RS256")).sign(&rsa().for_algorithm(Algorithm::Ps256)).unwrap();
    assert_eq!(sessions().validate(&token).await, Err(TokenError::BadSignature));
}

#[tokio::test]
async fn a_public_key_is_never_taken_for_a_secret() {
    let jwk = rsa().jwk();
    let n = jwk["n"].as_str().unwrap();
    for secret in [n.to_owned(), jwk.to_string(), key_set([&rsa()])] {
        let secret = format!("{secret:064}");
        let forger =
            generated_client::sessions::testing::Signer::from_secret(Algorithm::Hs256, secret).unwrap();
        let token = session().sign(&forger.named("key-rsa")).unwrap();
        assert_eq!(sessions().validate(&token).await, Err(TokenError::WrongAlgorithm));
    }
}

#[tokio::test]
async fn a_token_without_a_signature_is_refused() {
    for algorithm in ["none", "None", "NONE", "nOnE", ""] {
        let token = session().header("alg", json!(algorithm)).sign(&rsa()).unwrap();
        assert_eq!(sessions().validate(&token).await, Err(TokenError::WrongAlgorithm), "{algorithm}");
        let (signed, _) = token.rsplit_once('.').unwrap();
        let bare = format!("{signed}.");
        assert_eq!(sessions().validate(&bare).await, Err(TokenError::WrongAlgorithm), "{algorithm}");
    }
    let token = session().sign(&rsa()).unwrap();
    let (signed, _) = token.rsplit_once('.').unwrap();
    assert_eq!(sessions().validate(&format!("{signed}.")).await, Err(TokenError::BadSignature));
}

#[tokio::test]
async fn a_key_that_the_token_brings_along_is_not_used() {
    for forger in [other_rsa(), other_rsa().named("key-rsa"), rsa()] {
        for (name, value) in [
            ("jwk", forger.jwk()),
            ("jku", json!("http://127.0.0.1:1/keys")),
            ("x5u", json!("http://127.0.0.1:1/cert")),
            ("x5c", json!(["MIIB"])),
        ] {
            let token = session().header(name, value).sign(&forger).unwrap();
            assert_eq!(sessions().validate(&token).await, Err(Malformed::Key.into()), "{name}");
        }
    }
}

fn with(name: &str, value: Value) -> Value {
    let mut jwk = rsa().jwk();
    jwk[name] = value;
    jwk
}

#[test]
fn keys_that_cannot_be_used_are_refused_with_the_reason() {
    let elliptic = |name: &str, value: Value| {
        let mut jwk = signer(Algorithm::Es256).jwk();
        jwk[name] = value;
        jwk
    };
    for (jwk, fault) in [
        (with("alg", json!(null)), "has no `alg`"),
        (with("alg", json!("RSA-OAEP")), "has an `alg` that isn't known"),
        (with("alg", json!("none")), "has an `alg` that isn't known"),
        (with("alg", json!("ES256")), "has a `kty` or `crv` that doesn't fit its `alg`"),
        (with("alg", json!("HS256")), "has a `kty` or `crv` that doesn't fit its `alg`"),
        (with("kty", json!("oct")), "has a `kty` or `crv` that doesn't fit its `alg`"),
        (with("k", json!("c2VjcmV0")), "has a secret part in it, so it is no public key"),
        (with("d", json!("AQAB")), "has a secret part in it, so it is no public key"),
        (with("use", json!("enc")), "isn't for signatures"),
        (with("use", json!(5)), "isn't for signatures"),
        (with("key_ops", json!(["sign"])), "isn't for checking signatures"),
        (with("kid", json!(7)), "has a `kid` that isn't a text"),
        (with("n", json!(null)), "lacks a part"),
        (with("n", json!("AQAB")), "has less than 2048 or more than 8192 bits"),
        (with("n", json!("A".repeat(400))), "has less than 2048 or more than 8192 bits"),
        (with("n", json!("A=")), "has a part that isn't base64url"),
        (with("e", json!("Ag")), "has an exponent that no RSA key has"),
        (with("e", json!("AQ")), "has an exponent that no RSA key has"),
        (with("e", json!("AAE")), "has an exponent that no RSA key has"),
        (with("e", json!("AA")), "has an exponent that no RSA key has"),
        (elliptic("crv", json!("P-384")), "has a `kty` or `crv` that doesn't fit its `alg`"),
        (elliptic("alg", json!("ES384")), "has a `kty` or `crv` that doesn't fit its `alg`"),
        (elliptic("x", json!("AQAB")), "is no point of its curve"),
        (elliptic("y", json!("A".repeat(43))), "is no point of its curve"),
        (json!(5), "is no object"),
    ] {
        let document = json!({ "keys": [jwk] }).to_string();
        assert_eq!(KeySet::from_json(&document).unwrap_err().to_string(), format!("key 1 {fault}"), "{jwk}");
    }
}

#[test]
fn all_faults_of_a_key_set_are_reported_at_once() {
    let document = json!({ "keys": [with("alg", json!(null)), rsa().jwk(), with("use", json!("enc"))] });
    let fault = KeySet::from_json(&document.to_string()).unwrap_err();
    assert_eq!(fault.to_string(), "key 1 has no `alg`; key 3 isn't for signatures");
}

#[test]
fn keys_come_as_a_set_as_a_list_or_alone() {
    let jwk = rsa().jwk();
    for document in [json!({ "keys": [jwk] }), json!([jwk]), jwk.clone(), with("key_ops", json!(["verify"]))]
    {
        KeySet::from_json(&document.to_string()).unwrap();
    }
    for (document, fault) in [
        ("", "the document is no JSON object or list"),
        ("5", "the document is no JSON object or list"),
        (r#"{"keys":null}"#, "there is no key that can be used"),
        (r#"{"keys":[]}"#, "there is no key that can be used"),
        (r#"{"keys":{}}"#, "`keys` is no list"),
        ("{}", "key 1 has no `alg`"),
    ] {
        assert_eq!(KeySet::from_json(document).unwrap_err().to_string(), fault, "{document}");
    }
    let many = json!({ "keys": vec![jwk; 101] }).to_string();
    assert_eq!(KeySet::from_json(&many).unwrap_err().to_string(), "there are more than 100 keys");
    let large = " ".repeat(257 * 1024);
    assert_eq!(KeySet::from_json(&large).unwrap_err().to_string(), "the document has more than 256 KiB");
}

#[tokio::test]
async fn of_two_keys_with_one_name_neither_is_guessed() {
    let twin = other_rsa().named("key-rsa");
    let sessions = descope::Sessions::offline(PROJECT, keys([&rsa(), &twin])).clock(clock()).build();
    let token = session().sign(&rsa()).unwrap();
    assert_eq!(sessions.validate(&token).await, Err(TokenError::UnknownKey));
}
