//! The questions to errors, and what they depend on.

use super::super::questions::{BY_CODE, BY_OPERATION};
use super::{PROBED, answered, answers, fail, http, json};
use crate::nhost::ErrorCode;
use wiremock::ResponseTemplate;

/// A code that means the same everywhere.
#[tokio::test]
async fn questions_to_an_error() {
    for (code, question) in [
        ("invalid-otp", Some("wrong code")),
        ("invalid-totp", Some("wrong code")),
        ("otp-too-many-attempts", Some("out of attempts")),
        ("invalid-ticket", Some("expired")),
        ("invalid-state", Some("expired")),
        ("invalid_grant", Some("expired")),
        ("unverified-user", Some("unverified")),
        ("email-already-in-use", Some("user exists")),
        ("user-already-exists", Some("user exists")),
        ("invalid-refresh-token", Some("unauthenticated")),
        ("invalid-pat", Some("unauthenticated")),
        ("invalid_token", Some("unauthenticated")),
        ("unauthorized", Some("unauthenticated")),
        ("elevated-claim-required", Some("elevation required")),
        ("invalid-email-password", None),
        ("disabled-user", None),
        ("brand-new", None),
    ] {
        let body = format!(r#"{{"error":"{code}","message":"x","status":401}}"#);
        assert_eq!(answered(&fail(json(401, &body)).await), question, "{code}");
    }
    let limited = fail(ResponseTemplate::new(429)).await;
    assert_eq!((answered(&limited), limited.is_rate_limited()), (None, true));
}

/// Servers have one code for several faults, above all those that conceal errors, and only the operation tells which of
/// them it is.
#[tokio::test]
async fn questions_that_depend_on_the_operation() {
    let http = http();
    let of = |status: u16, code: &str| {
        json(status, &format!(r#"{{"error":"{code}","message":"x","status":{status}}}"#))
    };
    for (operation, question) in [
        ("elevation_otp_email_verify", Some("wrong code")),
        ("elevation_otp_sms_verify", Some("wrong code")),
        ("elevation_totp", Some("wrong code")),
        ("link_id_token", None),
        ("mfa_update", Some("wrong code")),
        ("oauth2_login", Some("expired")),
        ("oauth2_login_complete", Some("expired")),
        ("signin_email_password", Some("wrong password")),
        ("signin_mfa_totp", Some("wrong code")),
        ("signin_otp_email", None),
        ("signin_otp_email_verify", Some("wrong code")),
        ("signin_passwordless_sms_verify", Some("wrong code")),
        ("signin_pat", Some("unauthenticated")),
        ("signin_webauthn", None),
        ("signup_email_password", None),
        ("token_exchange", Some("expired")),
        ("token_refresh", Some("unauthenticated")),
        ("token_sign_out", Some("unauthenticated")),
        ("token_verify", Some("unauthenticated")),
        ("user_change_password", Some("unauthenticated")),
        ("user_change_phone_number_verify", Some("wrong code")),
    ] {
        assert_eq!(answers(&http, operation, of(400, "invalid-request")).await, question, "{operation}");
        // The password is wrong only where there was one.
        let question = (operation == "signin_email_password").then_some("wrong password");
        assert_eq!(
            answers(&http, operation, of(401, "invalid-email-password")).await,
            question,
            "{operation}"
        );
        // A code from an email that is wrong is an unknown ticket.
        let question = if operation == "signin_otp_email_verify" { "wrong code" } else { "expired" };
        assert_eq!(answers(&http, operation, of(401, "invalid-ticket")).await, Some(question), "{operation}");
        // A request that breaks the schema has nothing to do with the user.
        let schema = r#"{"error":"error in openapi3filter.RequestError: request body has an error"}"#;
        assert_eq!(answers(&http, operation, json(400, schema)).await, None, "{operation}");
    }
}

#[test]
fn each_question_that_depends_on_an_operation_is_asked_once_and_of_a_known_code() {
    for (index, (operation, code, _)) in BY_OPERATION.iter().enumerate() {
        assert!(PROBED.contains(operation), "{operation}");
        assert!(ErrorCode::KNOWN.contains(code), "{code}");
        let is_same = |(other, of_code, _): &(&str, &str, _)| (other, of_code) == (operation, code);
        assert_eq!(BY_OPERATION.iter().position(is_same), Some(index), "{operation} {code}");
    }
    for (code, _) in BY_CODE {
        assert!(ErrorCode::KNOWN.contains(code), "{code}");
    }
}

/// The operations that errors are read by exist.
#[cfg(all(
    feature = "operations",
    feature = "nhost-elevation",
    feature = "nhost-link",
    feature = "nhost-mfa",
    feature = "nhost-oauth2",
    feature = "nhost-signin",
    feature = "nhost-signup",
    feature = "nhost-token",
    feature = "nhost-user"
))]
#[test]
fn the_operations_that_questions_depend_on_exist() {
    let ids: Vec<_> = crate::nhost::operations().iter().map(|operation| operation.spec.id).collect();
    for id in PROBED {
        assert!(ids.contains(id), "{id}");
    }
}
