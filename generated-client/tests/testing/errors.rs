//! Errors that are made up.

use std::error::Error as _;
use std::time::Duration;

use generated_client::descope::otp::OtpVerifyEmail;
use generated_client::nhost::signin::SigninEmailPassword;
use generated_client::nhost::user::UserGet;
use generated_client::runtime::{ErrorKind, Phase, RawResponse};
use generated_client::{descope, nhost};
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

#[test]
fn an_error_response_has_a_status_a_code_a_text_and_headers() {
    let error = descope::Error::api_error(429, "E130429").with_message("Too many requests");
    let error = error.with_header("retry-after", "7").with_header("cf-ray", "r1");
    assert_eq!(error.to_string(), "test: 429 Too Many Requests, E130429: Too many requests");
    assert!(error.is_rate_limited() && !error.may_retry());
    assert_eq!(error.code(), Some(&descope::ErrorCode::from("E130429")));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.api().unwrap().request_id(), Some("r1"));
    assert_eq!((error.operation(), error.status()), (None, Some(StatusCode::TOO_MANY_REQUESTS)));
    assert_eq!(descope::Error::api_error(502, "").code(), None);
    assert_eq!(descope::Error::api_error(7, "").status(), Some(StatusCode::INTERNAL_SERVER_ERROR));
}

#[test]
fn the_operation_decides_some_questions() {
    let error = nhost::Error::api_error(400, "invalid-request");
    assert!(!error.is_wrong_password());
    let error = error.for_operation::<SigninEmailPassword>();
    assert!(error.is_wrong_password());
    assert_eq!(error.to_string(), "nhost signin_email_password: 400 Bad Request, invalid-request");
    assert!(descope::Error::api_error(401, "E061102").for_operation::<OtpVerifyEmail>().is_wrong_code());
    assert!(nhost::Error::api_error(401, "brand-new").for_operation::<UserGet>().is_unauthenticated());
    assert!(nhost::Error::api_error(503, "").for_operation::<UserGet>().may_retry());
}

#[test]
fn errors_of_the_connection() {
    for (phase, text, is_unsent) in [
        (Phase::Connect, "no connection could be made", true),
        (Phase::Unsent, "the connection was closed before the request was sent", true),
        (Phase::Upload, "the body of the request broke off", false),
        (Phase::Exchange, "the connection failed before there was a response", false),
        (Phase::Body, "the connection failed within the response", false),
    ] {
        let error = nhost::Error::transport(phase);
        assert_eq!(error.to_string(), format!("test: {text}"));
        assert_eq!((error.may_retry(), error.is_timeout()), (is_unsent, false));
        assert!(error.source().is_none());
        assert!(matches!(error.kind(), ErrorKind::Transport(error) if error.phase() == phase));
    }
    let error = nhost::Error::timeout();
    assert!(error.is_timeout() && error.status().is_none());
    assert_eq!(error.to_string(), "test: there was no response in time");
    let error = nhost::Error::invalid_request("parameter `locale`", "is too long");
    assert_eq!(error.to_string(), "test: parameter `locale` is too long");
}

#[test]
fn any_raw_response_can_be_made() {
    let url = "https://auth.example.com/v1".parse().unwrap();
    let raw = RawResponse::from_parts(StatusCode::OK, HeaderMap::new(), r#"{"a":1}"#, url);
    assert_eq!((raw.status(), raw.body()), (StatusCode::OK, &br#"{"a":1}"#[..]));
}
