//! Tokens of Descope: each check with what is right, wrong, absent, null, of the wrong type, and there twice.

use crate::signers::{NOW, PROJECT, USER, clock, keys, rsa, session, sessions};
use generated_client::Secret;
use generated_client::sessions::testing::{TestToken, descope_refresh};
use generated_client::sessions::{Malformed, SessionBackend, TokenError, descope};
use serde_json::{Value, json};
use std::time::{Duration, UNIX_EPOCH};

/// What becomes of a good session token with this claim.
async fn with(name: &str, value: Value) -> Result<descope::Claims, TokenError> {
    validate(&session().claim(name, value)).await
}

async fn validate(token: &TestToken) -> Result<descope::Claims, TokenError> {
    sessions().validate(&token.sign(&rsa()).unwrap()).await
}

fn missing(name: &'static str) -> TokenError {
    Malformed::ClaimMissing(name).into()
}

fn mistyped(name: &'static str) -> TokenError {
    Malformed::ClaimType(name).into()
}

#[tokio::test]
async fn a_good_token_says_who_the_user_is() {
    let claims = validate(&session()).await.unwrap();
    assert_eq!(claims.subject(), USER);
    assert_eq!(claims.issuer(), format!("https://api.descope.com/{PROJECT}"));
    assert_eq!(claims.expires_at(), UNIX_EPOCH + Duration::from_secs(NOW + 600));
    assert_eq!(claims.issued_at(), Some(UNIX_EPOCH + Duration::from_secs(NOW)));
    assert_eq!(claims.methods(), ["email"]);
    assert_eq!(claims.cookie_name(), Some("DS"));
}

#[tokio::test]
async fn a_token_may_be_given_in_several_forms() {
    let token = session().sign(&rsa()).unwrap();
    let sessions = sessions();
    sessions.validate(&*token).await.unwrap();
    sessions.validate(&token).await.unwrap();
    sessions.validate(&Secret::from(&token)).await.unwrap();
    sessions.validate(&Some(&token)).await.unwrap();
    assert_eq!(sessions.validate(&None::<String>).await, Err(TokenError::Missing));
    assert_eq!(sessions.validate("").await, Err(TokenError::Missing));
}

#[tokio::test]
async fn times() {
    let now = i64::try_from(NOW).unwrap();
    for (name, value, expected) in [
        ("exp", json!(now), None),
        ("exp", json!(now - 4), None),
        ("exp", json!(now as f64 + 0.5), None),
        ("exp", json!(now - 5), Some(TokenError::Expired)),
        ("exp", json!(0), Some(TokenError::Expired)),
        ("exp", json!(-1), Some(mistyped("exp"))),
        ("exp", json!(-0.5), Some(mistyped("exp"))),
        ("nbf", json!(-1), Some(mistyped("nbf"))),
        ("exp", json!(null), Some(missing("exp"))),
        ("exp", json!("1700000600"), Some(mistyped("exp"))),
        ("exp", json!(true), Some(mistyped("exp"))),
        ("exp", json!([now]), Some(mistyped("exp"))),
        ("exp", json!(1e300), Some(mistyped("exp"))),
        ("exp", json!(u64::MAX), Some(mistyped("exp"))),
        ("nbf", json!(now + 5), None),
        ("nbf", json!(now + 6), Some(TokenError::NotYetValid)),
        ("nbf", json!(now as f64 + 4.5), None),
        ("nbf", json!(now as f64 + 5.5), Some(TokenError::NotYetValid)),
        ("nbf", json!(-0.5), Some(mistyped("nbf"))),
        ("nbf", json!(null), None),
        ("nbf", json!("0"), Some(mistyped("nbf"))),
        ("nbf", json!({}), Some(mistyped("nbf"))),
        ("iat", json!(now + 5), None),
        ("iat", json!(now as f64 + 5.5), None),
        ("iat", json!(now + 6), Some(TokenError::NotYetValid)),
        ("iat", json!(null), None),
        ("iat", json!("0"), Some(mistyped("iat"))),
    ] {
        assert_eq!(with(name, value.clone()).await.err(), expected, "{name}: {value}");
    }
    assert_eq!(validate(&session().without_claim("exp")).await, Err(missing("exp")));
    validate(&session().without_claim("iat")).await.unwrap();
}

#[tokio::test]
async fn the_leeway_can_be_set() {
    let sessions = |leeway| {
        descope::Sessions::offline(PROJECT, keys([&rsa()]))
            .clock(clock())
            .leeway(Duration::from_secs(leeway))
            .build()
    };
    let token = session().claim("exp", json!(NOW - 60)).sign(&rsa()).unwrap();
    sessions(61).validate(&token).await.unwrap();
    assert_eq!(sessions(60).validate(&token).await, Err(TokenError::Expired));
    assert_eq!(sessions(0).validate(&token).await, Err(TokenError::Expired));
    let old = session().claim("exp", json!(NOW - 300)).sign(&rsa()).unwrap();
    assert_eq!(sessions(u64::MAX).validate(&old).await, Err(TokenError::Expired));
}

#[tokio::test]
async fn issuers() {
    for issuer in [PROJECT.to_owned(), format!("https://auth.example.com/v1/apps/{PROJECT}/SSO1")] {
        assert_eq!(with("iss", json!(issuer)).await.unwrap().issuer(), issuer);
    }
    for (value, expected) in [
        (json!("https://api.descope.com/P2other"), TokenError::WrongIssuer),
        (json!(""), missing("iss")),
        (json!(null), missing("iss")),
        (json!(5), mistyped("iss")),
        (json!([PROJECT]), mistyped("iss")),
    ] {
        assert_eq!(with("iss", value.clone()).await, Err(expected), "{value}");
    }
    assert_eq!(validate(&session().without_claim("iss")).await, Err(missing("iss")));
}

#[tokio::test]
async fn audiences_without_a_setting() {
    let wrong = TokenError::WrongAudience { is_configured: false };
    for (value, expected) in [
        (json!(PROJECT), None),
        (json!(["x", PROJECT]), None),
        (json!(null), None),
        (json!([]), None),
        (json!("x"), Some(TokenError::WrongAudience { is_configured: false })),
        (json!(["x"]), Some(TokenError::WrongAudience { is_configured: false })),
        (json!(""), Some(TokenError::WrongAudience { is_configured: false })),
        (json!(7), Some(mistyped("aud"))),
        (json!([PROJECT, 7]), Some(mistyped("aud"))),
        (json!({}), Some(mistyped("aud"))),
    ] {
        assert_eq!(with("aud", value.clone()).await.err(), expected, "{value}");
    }
    assert_eq!(wrong.to_string(), "the token names an audience; accept it by `audience` if it is yours");
}

#[tokio::test]
async fn audiences_with_a_setting() {
    let sessions = descope::Sessions::offline(PROJECT, keys([&rsa()])).clock(clock());
    let sessions = sessions.audience("app").audience("api").build();
    for (value, is_accepted) in [
        (json!("app"), true),
        (json!(["x", "api"]), true),
        (json!(PROJECT), false),
        (json!("App"), false),
        (json!([]), false),
        (json!(null), false),
    ] {
        let token = session().claim("aud", value.clone()).sign(&rsa()).unwrap();
        let error = sessions.validate(&token).await.err();
        assert_eq!(error.is_none(), is_accepted, "{value}");
        assert!(is_accepted || matches!(error, Some(TokenError::WrongAudience { is_configured: true, .. })));
    }
    let token = session().sign(&rsa()).unwrap();
    assert!(matches!(sessions.validate(&token).await, Err(TokenError::WrongAudience { .. })));
}

#[tokio::test]
async fn subjects() {
    for (value, expected) in
        [(json!(""), missing("sub")), (json!(null), missing("sub")), (json!(5), mistyped("sub"))]
    {
        assert_eq!(with("sub", value.clone()).await, Err(expected), "{value}");
    }
    assert_eq!(validate(&session().without_claim("sub")).await, Err(missing("sub")));
    let overridden = session().claim("sub", json!("crm-17")).claim("dsub", json!(USER));
    assert_eq!(validate(&overridden).await.unwrap().subject(), USER);
    for nothing in [json!(null), json!("")] {
        assert_eq!(with("dsub", nothing).await.unwrap().subject(), USER);
    }
    assert_eq!(with("dsub", json!(5)).await, Err(mistyped("dsub")));
}

#[tokio::test]
async fn session_and_refresh_tokens_are_not_taken_for_each_other() {
    let refresh = descope_refresh(PROJECT, USER, &clock()).sign(&rsa()).unwrap();
    let session_token = session().sign(&rsa()).unwrap();
    let sessions = sessions();
    assert_eq!(sessions.validate(&refresh).await, Err(TokenError::WrongTokenType));
    assert_eq!(sessions.validate_refresh_token(&session_token).await, Err(TokenError::WrongTokenType));
    let claims = sessions.validate_refresh_token(&refresh).await.unwrap();
    assert_eq!((claims.subject(), claims.cookie_name()), (USER, Some("DSR")));

    // A token that doesn't say of which kind it is may be either.
    let unnamed = session().without_claim("drn").sign(&rsa()).unwrap();
    sessions.validate(&unnamed).await.unwrap();
    sessions.validate_refresh_token(&unnamed).await.unwrap();
    with("drn", json!(null)).await.unwrap();
    with("drn", json!("")).await.unwrap();
    assert_eq!(with("drn", json!(5)).await, Err(mistyped("drn")));
}

#[tokio::test]
async fn the_names_of_the_cookies_can_be_set() {
    let sessions = descope::Sessions::offline(PROJECT, keys([&rsa()])).clock(clock());
    let sessions = sessions.cookie_names("app-session", "app-refresh").build();
    for (name, as_session, as_refresh) in [
        ("app-session", true, false),
        ("app-refresh", false, true),
        ("DS", true, false),
        ("DSR", false, true),
        ("other", true, true),
    ] {
        let token = session().claim("drn", json!(name)).sign(&rsa()).unwrap();
        assert_eq!(sessions.validate(&token).await.is_ok(), as_session, "{name}");
        assert_eq!(sessions.validate_refresh_token(&token).await.is_ok(), as_refresh, "{name}");
    }
}

#[tokio::test]
async fn the_names_of_the_cookies_are_those_of_the_client() {
    let builder = || generated_client::descope::Client::builder(PROJECT);
    let custom = builder().session_cookie_name("app-session").refresh_cookie_name("app-refresh");
    let refresh = descope_refresh(PROJECT, USER, &clock());
    for (client, names) in [(custom, ["app-session", "app-refresh"]), (builder(), ["DS", "DSR"])] {
        let sessions = client.build().unwrap().sessions().pinned_keys(keys([&rsa()])).clock(clock()).build();
        assert_eq!(sessions.cookie_names(), names);
        let token = refresh.clone().claim("drn", json!(names[1])).sign(&rsa()).unwrap();
        assert_eq!(sessions.validate(&token).await, Err(TokenError::WrongTokenType), "{names:?}");
        sessions.validate_refresh_token(&token).await.unwrap();
    }
}

#[tokio::test]
async fn a_token_that_is_bound_to_a_key_is_refused() {
    for (value, expected) in [
        (json!({"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}), Some(TokenError::ProofRequired)),
        (json!({"jkt": ""}), Some(TokenError::ProofRequired)),
        (json!({"jkt": 5}), Some(TokenError::ProofRequired)),
        (json!({"x5t#S256": "x"}), Some(TokenError::ProofRequired)),
        (json!({"jkt": null}), None),
        (json!({}), None),
        (json!(null), None),
        (json!("x"), Some(mistyped("cnf"))),
        (json!([]), Some(mistyped("cnf"))),
    ] {
        assert_eq!(with("cnf", value.clone()).await.err(), expected, "{value}");
    }
}

#[tokio::test]
async fn keys_are_named_exactly() {
    for (kid, expected) in [
        (json!("key-rsa"), None),
        (json!("KEY-RSA"), Some(TokenError::UnknownKey)),
        (json!("key-rsa "), Some(TokenError::UnknownKey)),
        (json!("key-of-another-project"), Some(TokenError::UnknownKey)),
        (json!("../key-rsa"), Some(TokenError::UnknownKey)),
        (json!(""), Some(Malformed::Header("kid").into())),
        (json!(5), Some(Malformed::Header("kid").into())),
        (json!(null), Some(Malformed::Header("kid").into())),
    ] {
        let token = session().header("kid", kid.clone());
        assert_eq!(validate(&token).await.err(), expected, "{kid}");
    }
}

#[tokio::test]
async fn no_claim_may_be_there_twice() {
    let token = session();
    let (header, payload) = (token.header_for(&rsa()), token.payload());
    for name in ["exp", "nbf", "iat", "iss", "aud", "sub", "dsub", "drn", "cnf", "roles", "tenants", "own"] {
        for value in ["null", "1", "\"x\""] {
            let doubled = payload.replacen('{', &format!("{{\"{name}\":{value},\"{name}\":{value},"), 1);
            let token = rsa().sign_texts(&header, &doubled).unwrap();
            assert_eq!(sessions().validate(&token).await, Err(Malformed::NotJson.into()), "{name}");
        }
    }
    for doubled in [r#""tenants":{"T1":{},"T1":{}},"#, r#""own":[{"a":1,"\u0061":2}],"#] {
        let token = rsa().sign_texts(&header, &payload.replacen('{', &format!("{{{doubled}"), 1)).unwrap();
        assert_eq!(sessions().validate(&token).await, Err(Malformed::NotJson.into()), "{doubled}");
    }
}

#[tokio::test]
async fn what_the_header_may_not_have() {
    for (name, value, expected) in [
        ("crit", json!(["exp"]), Malformed::Extension),
        ("crit", json!(["b64"]), Malformed::Extension),
        ("crit", json!([]), Malformed::Extension),
        ("b64", json!(false), Malformed::Extension),
        ("b64", json!(true), Malformed::Extension),
        ("alg", json!(["RS256"]), Malformed::Header("alg")),
        ("alg", json!(null), Malformed::Header("alg")),
    ] {
        let token = session().header(name, value.clone());
        assert_eq!(validate(&token).await, Err(expected.into()), "{name}: {value}");
    }
}

#[tokio::test]
async fn claims_that_only_tell_something() {
    let token = session()
        .claim("amr", json!(["pwd", "totp"]))
        .claim("su", json!(true))
        .claim("rexp", json!("2026-01-01T00:00:00Z"))
        .claim("scope", json!("openid  email"))
        .claim("jti", json!("J1"))
        .claim("nsec", json!({"roles": ["admin"], "theme": "dark"}))
        .claim("plan", json!({"seats": 5}))
        .claim("cookieName", json!("DSR"));
    let claims = validate(&token).await.unwrap();
    assert!(claims.is_multi_factor() && claims.is_stepped_up());
    assert_eq!(claims.refresh_expires_at(), Some(&json!("2026-01-01T00:00:00Z")));
    assert_eq!(claims.scopes().collect::<Vec<_>>(), ["openid", "email"]);
    assert_eq!(claims.token_id(), Some("J1"));
    assert_eq!(claims.unsafe_claims()["theme"], "dark");
    assert!(!claims.has_role("admin") && !claims.custom().contains_key("theme"));
    assert_eq!(claims.custom()["plan"], json!({"seats": 5}));
    assert_eq!(claims.custom_as::<serde_json::Map<_, _>>("plan").unwrap()["seats"], 5);
    assert_eq!(claims.custom_as::<String>("plan"), None);

    // The wrong type tells nothing, and is no fault of the token.
    for value in [json!(5), json!({}), json!("true"), json!(null)] {
        let mut token = session();
        for name in ["amr", "su", "scope", "jti", "nsec", "dct", "roles", "permissions"] {
            token = token.claim(name, value.clone());
        }
        let claims = validate(&token).await.unwrap_or_else(|error| panic!("{value}: {error}"));
        assert!(!claims.is_multi_factor() && !claims.is_stepped_up() && claims.unsafe_claims().is_empty());
        assert!(claims.project().roles().is_empty() && claims.project().permissions().is_empty());
    }
    assert!(with("amr", json!(["mfa"])).await.unwrap().is_multi_factor());
}

#[tokio::test]
async fn what_an_error_says_to_the_sender() {
    let token = session().claim("exp", json!(1)).sign(&rsa()).unwrap();
    let error = sessions().validate(&token).await.unwrap_err();
    assert_eq!(error.status(), 401);
    assert_eq!(
        error.www_authenticate(),
        Some(r#"Bearer error="invalid_token", error_description="the token has expired""#)
    );
    assert_eq!(TokenError::Missing.www_authenticate(), Some("Bearer"));
    assert_eq!(TokenError::Missing.status(), 401);
}

#[tokio::test]
async fn debug_does_not_show_custom_values_or_tokens() {
    let token = session().claim("email", json!("ada@example.com")).claim("nsec", json!({"ip": "192.0.2.1"}));
    let claims = validate(&token).await.unwrap();
    let shown = format!("{claims:?} {:?}", sessions());
    assert!(shown.contains("email") && !shown.contains("ada@example.com") && !shown.contains("192.0.2.1"));
}
