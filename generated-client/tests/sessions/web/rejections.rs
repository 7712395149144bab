//! The responses to requests that are refused.

use crate::signers::{rsa, session, sessions};
use generated_client::sessions::web::{CookieError, Rejection};
use generated_client::sessions::{CallError, RefreshError, TokenError};
use std::collections::BTreeMap;

/// Status and headers of the response.
fn response(refusal: &Rejection) -> (u16, BTreeMap<String, String>) {
    let response = refusal.response::<()>();
    let header = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
        (name.to_string(), value.to_str().unwrap().to_owned())
    };
    (response.status().as_u16(), response.headers().iter().map(header).collect())
}

#[tokio::test]
async fn each_refusal_has_its_status_and_headers() {
    let user = sessions().validate(&session().sign(&rsa()).unwrap()).await.unwrap();
    let fault = || CallError::new(std::fmt::Error);
    for (refusal, status, challenge) in [
        (TokenError::Missing.into(), 401, "Bearer"),
        (
            TokenError::Expired.into(),
            401,
            r#"Bearer error="invalid_token", error_description="the token has expired""#,
        ),
        (
            RefreshError::Token(TokenError::BadSignature).into(),
            401,
            r#"Bearer error="invalid_token", error_description="the signature is not valid""#,
        ),
        (
            RefreshError::Ended(fault()).into(),
            401,
            r#"Bearer error="invalid_token", error_description="the session is over""#,
        ),
        (RefreshError::Unavailable(fault()).into(), 503, ""),
        (RefreshError::OutcomeUnknown(fault()).into(), 503, ""),
        (
            Rejection::Ambiguous,
            400,
            r#"Bearer error="invalid_request", error_description="there are credentials in two places""#,
        ),
        (Rejection::CrossOrigin, 403, ""),
        (user.require_role("admin").unwrap_err().into(), 403, r#"Bearer error="insufficient_scope""#),
        (CookieError::NoRefreshToken.into(), 500, ""),
        (Rejection::NoLayer, 500, ""),
    ] {
        let refusal: Rejection = refusal;
        let mut expected = BTreeMap::from([("cache-control".to_owned(), "no-store".to_owned())]);
        if !challenge.is_empty() {
            expected.insert("www-authenticate".to_owned(), challenge.to_owned());
        }
        assert_eq!(response(&refusal), (status, expected), "{refusal}");
    }
}

#[test]
fn the_pause_is_rounded_up() {
    let pause = std::time::Duration::from_millis(1500);
    let refusal =
        Rejection::from(RefreshError::Unavailable(CallError::new(std::fmt::Error).with_retry_after(pause)));
    assert_eq!(response(&refusal).1["retry-after"], "2");
}
