//! Tokens of Nhost Auth.

use crate::signers::{NOW, clock, keys, other_rsa, rsa, signer};
use generated_client::sessions::testing::{Signer, TestToken, nhost_access};
use generated_client::sessions::{Algorithm, Malformed, TokenError, nhost};
use serde_json::{Value, json};

const USER: &str = "7d9d5e5f-4f3e-4a3f-9d5b-0d6f1b2c3a4e";
const HASURA: &str = "https://hasura.io/jwt/claims";
const SECRET: &str = "a secret of the server that is long enough for HS512, as it has 64 bytes";

fn access() -> TestToken {
    nhost_access(USER, &clock())
}

fn sessions() -> nhost::Sessions {
    nhost::Sessions::offline("hasura-auth", keys([&rsa()])).clock(clock()).build()
}

async fn validate(token: &TestToken) -> Result<nhost::Claims, TokenError> {
    sessions().validate(&token.sign(&rsa()).unwrap()).await
}

#[tokio::test]
async fn a_good_token_says_who_the_user_is() {
    let claims = validate(&access()).await.unwrap();
    assert_eq!(claims.user_id(), USER);
    assert_eq!(claims.default_role(), Some("user"));
    assert_eq!(claims.allowed_roles(), ["user", "me"]);
    assert!(
        claims.has_role("me") && !claims.has_role("admin") && !claims.is_anonymous() && !claims.is_elevated()
    );
    let forbidden = claims.require_role("admin").unwrap_err();
    assert_eq!(forbidden.to_string(), "the session lacks the roles `admin`");
}

#[tokio::test]
async fn other_tokens_of_the_server_are_no_sessions() {
    let state =
        TestToken::new(json!({"connect": "", "options": {}, "iss": "hasura-auth"})).valid_for(&clock(), 60);
    let id_token = access().without_claim(HASURA).claim("aud", json!("client"));
    let of_another = access().hasura_claim("x-hasura-user-id", json!("8d9d5e5f-4f3e-4a3f-9d5b-0d6f1b2c3a4e"));
    for (token, expected) in [
        (state, TokenError::WrongTokenType),
        (id_token, TokenError::WrongTokenType),
        (of_another, TokenError::WrongTokenType),
        (access().without_claim(HASURA), TokenError::WrongTokenType),
        (access().claim(HASURA, json!(null)), TokenError::WrongTokenType),
        (access().claim(HASURA, json!("{}")), TokenError::WrongTokenType),
        (access().claim(HASURA, json!({})), TokenError::WrongTokenType),
        (access().hasura_claim("x-hasura-user-id", json!(null)), TokenError::WrongTokenType),
        (access().claim("scope", json!("openid")), TokenError::WrongTokenType),
        (access().claim("scope", json!("")), TokenError::WrongTokenType),
        (access().claim("scope", json!(5)), Malformed::ClaimType("scope").into()),
        (access().claim("sub", json!(null)), Malformed::ClaimMissing("sub").into()),
        (access().claim("sub", json!(5)), Malformed::ClaimType("sub").into()),
        (access().claim("sub", json!("x")), TokenError::WrongTokenType),
        (access().claim("iss", json!("https://evil.example")), TokenError::WrongIssuer),
        (access().claim("iss", json!(null)), Malformed::ClaimMissing("iss").into()),
        (access().claim("iss", json!(["hasura-auth"])), Malformed::ClaimType("iss").into()),
        (access().claim("exp", json!(NOW - 5)), TokenError::Expired),
        (access().claim("exp", json!(null)), Malformed::ClaimMissing("exp").into()),
        (access().claim("iat", json!(NOW + 6)), TokenError::NotYetValid),
    ] {
        assert_eq!(validate(&token).await.err(), Some(expected), "{token:?}");
    }
    let foreign = validate(&access().claim("aud", json!("client"))).await;
    assert!(matches!(foreign, Err(TokenError::WrongAudience { is_configured: false, .. })));
    validate(&access().claim("aud", json!(null)).claim("scope", json!(null))).await.unwrap();
}

#[tokio::test]
async fn an_issuer_may_end_with_a_slash() {
    for (configured, issuer, is_accepted) in [
        ("https://auth.example/v1", "https://auth.example/v1/", true),
        ("https://auth.example/v1/", "https://auth.example/v1", true),
        ("https://auth.example/v1", "https://auth.example/v1//x", false),
        ("https://auth.example/v1", "https://auth.example", false),
        ("https://auth.example/v1", "https://auth.example/v1.evil.example", false),
    ] {
        let sessions = nhost::Sessions::offline(configured, keys([&rsa()])).clock(clock()).build();
        let token = access().claim("iss", json!(issuer)).sign(&rsa()).unwrap();
        let checked = sessions.validate(&token).await.map(|claims| claims.issuer().to_owned());
        let expected = if is_accepted { Ok(issuer.to_owned()) } else { Err(TokenError::WrongIssuer) };
        assert_eq!(checked, expected, "{configured}");
    }
}

#[tokio::test]
async fn tokens_for_an_application_are_accepted_by_their_audience_alone() {
    let sessions =
        nhost::Sessions::offline("hasura-auth", keys([&rsa()])).audience("client").clock(clock()).build();
    let token = access().claim("aud", json!(["client"])).claim("scope", json!("openid graphql"));
    let claims = sessions.validate(&token.sign(&rsa()).unwrap()).await.unwrap();
    assert_eq!(claims.audience(), ["client"]);
    assert_eq!(claims.scopes().collect::<Vec<_>>(), ["openid", "graphql"]);
    for token in [access(), access().claim("aud", json!("other")), access().claim("scope", json!("openid"))] {
        let error = sessions.validate(&token.sign(&rsa()).unwrap()).await.unwrap_err();
        assert!(matches!(error, TokenError::WrongAudience { is_configured: true, .. }), "{token:?}");
    }
}

#[tokio::test]
async fn a_token_that_names_no_key_gets_the_only_one_of_its_algorithm() {
    let token = access().header("kid", json!(null));
    validate(&token).await.unwrap();
    let other = signer(Algorithm::Es256);
    let both = nhost::Sessions::offline("hasura-auth", keys([&rsa(), &other])).clock(clock()).build();
    both.validate(&token.sign(&rsa()).unwrap()).await.unwrap();
    both.validate(&token.sign(&other).unwrap()).await.unwrap();
    let ambiguous =
        nhost::Sessions::offline("hasura-auth", keys([&rsa(), &other_rsa()])).clock(clock()).build();
    assert_eq!(ambiguous.validate(&token.sign(&rsa()).unwrap()).await, Err(TokenError::UnknownKey));
    ambiguous.validate(&access().sign(&rsa()).unwrap()).await.unwrap();
    // A name that the server doesn't know isn't passed over.
    let named = access().sign(&rsa().named("of-yesterday")).unwrap();
    assert_eq!(sessions().validate(&named).await, Err(TokenError::UnknownKey));
}

#[tokio::test]
async fn a_shared_secret_goes_with_one_algorithm() {
    for algorithm in [Algorithm::Hs256, Algorithm::Hs384, Algorithm::Hs512] {
        let sessions = nhost::Sessions::offline_with_secret("hasura-auth", algorithm, SECRET).unwrap();
        let sessions = sessions.clock(clock()).build();
        let signer = Signer::from_secret(algorithm, SECRET).unwrap();
        sessions.validate(&access().sign(&signer).unwrap()).await.unwrap();
        sessions.validate(&access().sign(&signer.named("any")).unwrap()).await.unwrap();
        let forged = access().sign_wrongly(&signer).unwrap();
        assert_eq!(sessions.validate(&forged).await, Err(TokenError::BadSignature));
        let stranger = Signer::from_secret(algorithm, format!("{SECRET}!")).unwrap();
        assert_eq!(
            sessions.validate(&access().sign(&stranger).unwrap()).await,
            Err(TokenError::BadSignature)
        );
        for other in [Algorithm::Hs256, Algorithm::Hs384, Algorithm::Hs512, Algorithm::Rs256] {
            if other != algorithm {
                let signer = if other.is_symmetric() { signer.for_algorithm(other) } else { rsa() };
                let token = access().sign(&signer).unwrap();
                assert_eq!(sessions.validate(&token).await, Err(TokenError::WrongAlgorithm), "{other}");
            }
        }
        let token = access().sign(&signer).unwrap();
        assert_eq!(self::sessions().validate(&token).await, Err(TokenError::WrongAlgorithm));
    }
}

#[test]
fn a_secret_that_is_too_short_is_refused() {
    for (algorithm, shortest) in [(Algorithm::Hs256, 32), (Algorithm::Hs384, 48), (Algorithm::Hs512, 64)] {
        let of = |length| nhost::Sessions::offline_with_secret("hasura-auth", algorithm, "s".repeat(length));
        assert!(of(shortest).is_ok());
        assert_eq!(
            of(shortest - 1).unwrap_err().to_string(),
            "the secret is too short: HS256 takes at least 32 bytes, HS384 at least 48, HS512 at least 64"
        );
    }
    let fault =
        nhost::Sessions::offline_with_secret("hasura-auth", Algorithm::Rs256, "s".repeat(64)).unwrap_err();
    assert_eq!(fault.to_string(), "the secret can't be used with this algorithm, which takes a public key");
}

#[tokio::test]
async fn hasuras_claims() {
    let custom = |value: Value| access().hasura_claim("x-hasura-groups", value);
    for (value, expected) in [
        (json!(r#"{"a","b"}"#), Some(json!(["a", "b"]))),
        (json!("acme"), Some(json!("acme"))),
        (json!("null"), None),
        (json!(["a"]), Some(json!(["a"]))),
    ] {
        assert_eq!(validate(&custom(value)).await.unwrap().custom_as::<Value>("groups"), expected);
    }
    let claims = validate(&custom(json!("acme"))).await.unwrap();
    assert_eq!(Value::from(claims.custom().clone()), json!({"groups": "acme"}));
    assert_eq!(claims.custom_as::<Value>("user-id"), None);

    let anonymous = |value| access().hasura_claim("x-hasura-user-is-anonymous", value);
    for (value, expected) in
        [(json!("true"), true), (json!("false"), false), (json!(true), true), (json!(null), false)]
    {
        assert_eq!(validate(&anonymous(value)).await.unwrap().is_anonymous(), expected);
    }
    let elevated = |value| access().hasura_claim("x-hasura-auth-elevated", value);
    for (value, expected) in [(json!(USER), true), (json!("x"), false), (json!(true), false)] {
        assert_eq!(validate(&elevated(value)).await.unwrap().is_elevated(), expected);
    }
    for value in [json!("admin"), json!(null), json!({"admin": 1})] {
        let token = access().hasura_claim("x-hasura-allowed-roles", value);
        assert!(validate(&token).await.unwrap().allowed_roles().is_empty());
    }
}

#[tokio::test]
async fn the_namespace_can_be_set() {
    let sessions = nhost::Sessions::offline("hasura-auth", keys([&rsa()]))
        .claims_namespace("own")
        .clock(clock())
        .build();
    let token = access().claim("own", json!({"x-hasura-user-id": USER})).without_claim(HASURA);
    sessions.validate(&token.sign(&rsa()).unwrap()).await.unwrap();
    assert_eq!(sessions.validate(&access().sign(&rsa()).unwrap()).await, Err(TokenError::WrongTokenType));
}
