//! The questions to errors, and what they depend on.

use super::{answered, fail, json};
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
/// them it is. The operations are those of the spec, since the spec says what their codes mean.
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
mod of_operations {
    use super::answered;
    use crate::nhost::Client;
    use crate::runtime::RawResponse;
    use reqwest::StatusCode;
    use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};

    /// The question that is true of the error of an operation.
    fn answer(operation: &str, status: u16, body: &str) -> Option<&'static str> {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
        let url = "https://a.example/v1".parse().unwrap();
        let response = RawResponse::new(StatusCode::from_u16(status).unwrap(), headers, body.to_owned(), url);
        let error = <Client>::read_response(operation, response).unwrap_err();
        assert_eq!(error.operation(), Some(operation));
        answered(&error)
    }

    fn answer_to_code(operation: &str, status: u16, code: &str) -> Option<&'static str> {
        answer(operation, status, &format!(r#"{{"error":"{code}","message":"x","status":{status}}}"#))
    }

    #[test]
    fn questions_that_depend_on_the_operation() {
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
            assert_eq!(answer_to_code(operation, 400, "invalid-request"), question, "{operation}");
            // The password is wrong only where there was one.
            let question = (operation == "signin_email_password").then_some("wrong password");
            assert_eq!(answer_to_code(operation, 401, "invalid-email-password"), question, "{operation}");
            // A code from an email that is wrong is an unknown ticket.
            let question = if operation == "signin_otp_email_verify" { "wrong code" } else { "expired" };
            assert_eq!(answer_to_code(operation, 401, "invalid-ticket"), Some(question), "{operation}");
            // A request that breaks the schema has nothing to do with the user.
            let schema = r#"{"error":"error in openapi3filter.RequestError: request body has an error"}"#;
            assert_eq!(answer(operation, 400, schema), None, "{operation}");
        }
    }

    #[test]
    fn a_status_of_401_counts_where_there_was_a_credential() {
        for (operation, of_new_code) in
            [("user_get", Some("unauthenticated")), ("token_refresh", None), ("signin_email_password", None)]
        {
            assert_eq!(answer_to_code(operation, 401, "brand-new"), of_new_code, "{operation}");
            assert_eq!(answer_to_code(operation, 403, "brand-new"), None, "{operation}");
            assert_eq!(answer(operation, 401, "{}"), Some("unauthenticated"), "{operation}");
            // These users are signed in, but may not go on.
            assert_eq!(answer_to_code(operation, 401, "disabled-user"), None, "{operation}");
        }
        assert_eq!(answer_to_code("user_get", 401, "invalid-email-password"), None);
    }
}
