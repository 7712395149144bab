//! Responses that no document promises.
//!
//! Whatever is a secret in these tests has `c4nary` in it, and no error may show that.

use crate::descope_common::{SESSION, post, session};
use crate::harness::{Sent, Server, assert_redirects, json, nhost_at, object, parsed, redirecting};
use generated_client::descope::{self, JwtResponse, UserStatus};
use generated_client::nhost;
use generated_client::runtime::{Code, Error, ErrorKind};
use serde_json::{Value, json};
use std::time::Duration;
use wiremock::ResponseTemplate;

pub(crate) const CODE: &str = "c4nary-code";

/// What a call with secrets everywhere fails with. The error shows none of them, and nothing was sent twice.
async fn failing(response: ResponseTemplate) -> descope::Error {
    let server = Server::answering(response.insert_header("set-cookie", "DSR=c4nary-cookie")).await;
    let client = server.descope().with_refresh_token("c4nary-refresh-token");
    let error = client.oauth().exchange(CODE).send().await.unwrap_err();
    server.got(post("/v1/auth/oauth/exchange").text(r#"{"code":"c4nary-code"}"#)).await;
    assert_silent(&error);
    assert_eq!(error.operation(), Some("oauth_exchange"));
    error
}

/// Like [`failing`], for a call of Nhost that carries its secrets in the query.
async fn failing_redirect(response: ResponseTemplate) -> nhost::Error {
    let server = Server::answering(response).await;
    let call = server.nhost().signin().provider_callback("github", "c4nary-state").code(CODE);
    let error = call.send().await.unwrap_err();
    let expected = Sent::new("GET", "/signin/provider/github/callback");
    server.got(expected.query([("state", "c4nary-state"), ("code", CODE)])).await;
    assert_silent(&error);
    error
}

pub(crate) fn assert_silent<C: Code>(error: &Error<C>) {
    let mut shown = format!("{error} {error:?} {error:#?}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        shown.push_str(&format!(" {cause} {cause:?} {cause:#?}"));
        source = cause.source();
    }
    assert!(!shown.contains("c4nary"), "{shown}");
}

/// The text of an error, without the operation that each of these starts with.
pub(crate) fn text(error: &descope::Error) -> String {
    error.to_string().strip_prefix("descope oauth_exchange: ").unwrap().to_owned()
}

fn html(status: u16) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw("<html>c4nary-page</html>", "text/html; charset=utf-8")
}

#[tokio::test]
async fn errors_in_other_forms_keep_the_status() {
    for (response, status, shown) in [
        (html(502), 502, "502 Bad Gateway without an error text (text/html, 24 bytes)"),
        (
            ResponseTemplate::new(503),
            503,
            "503 Service Unavailable without an error text (no media type, 0 bytes)",
        ),
        (
            json(500, r#"{"errorCode": "c4nary"#),
            500,
            "500 Internal Server Error without an error text (application/json, 21 bytes)",
        ),
        (
            json(400, r#"["c4nary"]"#),
            400,
            "400 Bad Request without an error text (application/json, 10 bytes)",
        ),
        (json(400, "null"), 400, "400 Bad Request without an error text (application/json, 4 bytes)"),
        (
            json(400, r#"{"errorCode": null, "errorDescription": null, "errorMessage": null}"#),
            400,
            "400 Bad Request without an error text (application/json, 67 bytes)",
        ),
        (
            json(401, r#"{"errorCode": 7, "errorDescription": "The code c4nary-7 is used", "more": 1}"#),
            401,
            "401 Unauthorized: The code … is used",
        ),
        (
            json(409, r#"{"errorCode": "E999999", "errorDescription": "A new failure"}"#),
            409,
            "409 Conflict, E999999: A new failure",
        ),
        (
            json(418, r#"{"errorCode": "c4nary-1"}"#),
            418,
            "418 I'm a teapot without an error text (application/json, 25 bytes)",
        ),
    ] {
        let error = failing(response).await;
        assert_eq!((error.status().unwrap().as_u16(), &*text(&error)), (status, shown));
        assert!(matches!(error.kind(), ErrorKind::Api(_)));
    }
}

#[tokio::test]
async fn an_unknown_error_code_is_kept() {
    let error = failing(json(409, r#"{"errorCode": "E999999"}"#)).await;
    assert_eq!(error.code(), Some(&descope::ErrorCode::Unknown("E999999".to_owned())));
    let error = failing_redirect(json(409, r#"{"error": "brand-new", "message": "Oh"}"#)).await;
    assert_eq!(error.code(), Some(&nhost::ErrorCode::Unknown("brand-new".to_owned())));
}

#[tokio::test]
async fn responses_of_success_that_are_something_else_keep_the_status() {
    for (response, path, problem) in [
        (html(200), ".", "expected value"),
        (ResponseTemplate::new(200), ".", "the body is empty, but it has to have `sessionJwt`, `refreshJwt`"),
        (json(200, r#"{"sessionJwt": "c4nary"#), "sessionJwt", "the body ends early"),
        (json(200, r#"{"user": {"loginIds": ["a@b.c4nary""#), "user.loginIds[0]", "the body ends early"),
        (json(200, r#"{"sessionJwt": "x"} c4nary"#), ".", "trailing characters"),
        (json(200, r#"["c4nary"]"#), ".", "invalid type: sequence, expected an object"),
        (json(200, r#""c4nary""#), ".", "invalid type: string, expected an object"),
        (json(200, "null"), ".", "invalid type: null, expected an object"),
        (
            json(200, r#"{"sessionJwt": {"value": "c4nary"}}"#),
            "sessionJwt",
            "invalid type: map, expected a string",
        ),
        (
            json(200, r#"{"sessionExpiration": "c4nary"}"#),
            "sessionExpiration",
            "invalid value: string, expected an integer",
        ),
        (
            json(200, r#"{"sessionExpiration": 1.5}"#),
            "sessionExpiration",
            "invalid value: floating point, expected an integer",
        ),
        (json(200, r#"{"firstSeen": "c4nary"}"#), "firstSeen", "invalid type: string, expected a boolean"),
        (json(200, r#"{"user": "c4nary"}"#), "user", "invalid type: string, expected an object"),
        (
            json(200, r#"{"user": {"userTenants": [{}, "c4nary"]}}"#),
            "user.userTenants[1]",
            "invalid type: string, expected an object",
        ),
        (json(200, r#"{"claims": ["c4nary"]}"#), "claims", "invalid type: sequence, expected an object"),
        (json(200, r#"{"user": [["c4nary"]]}"#), "user", "invalid type: sequence, expected an object"),
        (
            json(200, r#"{"user": {"loginIds": {"c4nary": 1}}}"#),
            "user.loginIds",
            "invalid type: map, expected a list",
        ),
    ] {
        let error = failing(response).await;
        let ErrorKind::InvalidResponse(decode) = error.kind() else {
            panic!("{error:?}");
        };
        assert_eq!((decode.path(), decode.problem()), (path, problem));
        assert_eq!(error.status().unwrap(), 200);
    }
    let error = failing(ResponseTemplate::new(204)).await;
    assert_eq!(error.status().unwrap(), 204);
    assert!(matches!(error.kind(), ErrorKind::InvalidResponse(_)));
}

#[tokio::test]
async fn a_redirect_is_no_response_to_an_operation_that_gives_json_and_is_not_followed() {
    let elsewhere = Server::answering(json(200, SESSION)).await;
    for status in [301, 302, 303, 307, 308] {
        let location = format!("{}/landing?code=c4nary", on_another_host(&elsewhere));
        let error = failing(redirecting(status, &location)).await;
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.api().unwrap().headers()["location"], location);
        assert_eq!(error.code(), None);
    }
    elsewhere.got_nothing().await;
}

#[tokio::test]
async fn a_redirect_that_is_the_response_is_not_followed() {
    let elsewhere = Server::answering(html(200)).await;
    let location = format!("{}/landing?refreshToken=c4nary", on_another_host(&elsewhere));
    let server = Server::answering(redirecting(302, &location)).await;
    let redirect = server.nhost().signin().provider_callback("github", "s").send().await.unwrap();
    assert_redirects(&redirect, &location);
    assert!(!format!("{redirect:?}").contains("c4nary"));
    elsewhere.got_nothing().await;
}

#[tokio::test]
async fn a_307_does_not_carry_a_form_with_a_code_elsewhere() {
    let elsewhere = Server::answering(redirecting(302, "https://app.example/")).await;
    let server = Server::answering(redirecting(307, &on_another_host(&elsewhere))).await;
    let call = server.nhost().signin().provider_callback_post("apple", "c4nary-state").code(CODE);
    let error = call.send().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 307);
    assert_silent(&error);
    server.sent().await;
    elsewhere.got_nothing().await;
}

/// The same server by another name.
fn on_another_host(server: &Server) -> String {
    let uri = server.uri().replace("127.0.0.1", "localhost");
    assert_ne!(uri, server.uri());
    uri
}

#[tokio::test]
async fn responses_that_are_no_redirect_fail_an_operation_that_gives_one() {
    for (response, shown) in [
        (
            html(200),
            "the response (200 OK, text/html, 24 bytes) can't be read at `.`: the status is not a redirect's; near …",
        ),
        (
            ResponseTemplate::new(302),
            "the response (302 Found, no media type, 0 bytes) can't be read at `.`: the redirect has no Location",
        ),
        (
            redirecting(302, "http://[c4nary"),
            "the response (302 Found, no media type, 0 bytes) can't be read at `.`: the Location is not a URL",
        ),
        (html(502), "502 Bad Gateway without an error text (text/html, 24 bytes)"),
        (
            redirecting(301, "/signin/c4nary"),
            "301 Moved Permanently without an error text (no media type, 0 bytes)",
        ),
        (ResponseTemplate::new(429), "429 Too Many Requests without an error text (no media type, 0 bytes)"),
        (json(400, r#"{"error": "parameter \"c4nary\" is bad"}"#), "400 Bad Request: parameter … is bad"),
    ] {
        let error = failing_redirect(response).await;
        assert_eq!(error.to_string(), format!("nhost signin_provider_callback: {shown}"));
    }
}

#[tokio::test]
async fn a_relative_location_starts_from_the_request() {
    for (location, url) in [
        ("/cb?x=1", "/cb?x=1"),
        ("done", "/v1/signin/provider/github/done"),
        ("?error=invalid-state", "/v1/signin/provider/github/callback?error=invalid-state"),
    ] {
        let server = Server::answering(redirecting(302, location)).await;
        let client = nhost_at(&format!("{}/v1", server.uri()));
        let redirect = client.signin().provider_callback("github", "s").send().await.unwrap();
        assert_redirects(&redirect, &format!("{}{url}", server.uri()));
    }
}

async fn decoded_over_the_wire(body: &Value) -> JwtResponse {
    let server = Server::answering(json(200, body.to_string())).await;
    server.descope().oauth().exchange("x").send().await.unwrap()
}

#[tokio::test]
async fn unknown_members_and_enum_values() {
    let mut body: Value = parsed(SESSION);
    for pointer in ["", "/user", "/user/userTenants/0", "/idpResponse"] {
        body.pointer_mut(pointer).unwrap()["brandNew"] = json!({"a": [1, null, {"b": "c"}]});
    }
    body["user"]["status"] = json!("on-leave");
    let mut expected = session();
    expected.user.as_mut().unwrap().status = Some(UserStatus::Unknown("on-leave".to_owned()));
    assert_eq!(decoded_over_the_wire(&body).await, expected);
}

#[tokio::test]
async fn nulls_everywhere() {
    let body = nulls(parsed(SESSION));
    let decoded = decoded_over_the_wire(&body).await;
    let mut expected = JwtResponse::default();
    expected.user = Some(Default::default());
    expected.idp_response = Some(Default::default());
    // In a map of any values a null is a value.
    expected.claims = object(body["claims"].clone());
    expected.flow_output = object(body["flowOutput"].clone());
    expected.user.as_mut().unwrap().custom_attributes = object(body["user"]["customAttributes"].clone());
    let idp_response = expected.idp_response.as_mut().unwrap();
    idp_response.idp_saml_attributes = object(body["idpResponse"]["idpSAMLAttributes"].clone());
    idp_response.idp_oidc_claims = object(body["idpResponse"]["idpOIDCClaims"].clone());
    assert_eq!(decoded, expected);

    let items =
        json!({"loginIds": ["a", null], "userTenants": [null], "OAuth": {"google": null, "github": true}});
    let user = decoded_over_the_wire(&json!({"user": items})).await.user.unwrap();
    assert_eq!((user.login_ids, user.user_tenants), (vec!["a".to_owned()], vec![]));
    assert_eq!(user.oauth, [("github".to_owned(), true)].into());
}

/// The same objects with null for every other value.
fn nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, nulls(value))).collect(),
        _ => Value::Null,
    }
}

#[tokio::test]
async fn any_one_member_may_be_null_or_absent() {
    let full: Value = parsed(SESSION);
    assert_eq!(decoded_over_the_wire(&json!({})).await, JwtResponse::default());
    for within in ["", "/user", "/user/userTenants/0", "/idpResponse"] {
        for name in object(full.pointer(within).unwrap().clone()).keys() {
            let mut body = full.clone();
            body.pointer_mut(within).unwrap()[name] = Value::Null;
            let with_null: JwtResponse = parsed(&body.to_string());
            body.pointer_mut(within).unwrap().as_object_mut().unwrap().remove(name);
            let without: JwtResponse = parsed(&body.to_string());
            assert_eq!(with_null, without, "{within}/{name}");
            assert_ne!(without, session(), "{within}/{name}");
        }
    }
}

#[tokio::test]
async fn times_as_strings_and_in_other_forms() {
    for (value, read) in [
        (json!("4102444800"), Some(4_102_444_800)),
        (json!(4_102_444_800_i64), Some(4_102_444_800)),
        (json!(4.102_444_8e9), Some(4_102_444_800)),
        (json!("4.1024448e9"), Some(4_102_444_800)),
        (json!(0), Some(0)),
        (json!(-1), Some(-1)),
        (json!(""), None),
        (json!(null), None),
    ] {
        let body = json!({
            "sessionExpiration": value, "nextRefreshSeconds": value,
            "cookieExpiration": value, "cookieMaxAge": value,
            "user": {"createdTime": value, "consentExpiration": value},
        });
        let session = decoded_over_the_wire(&body).await;
        let user = session.user.unwrap();
        let times = [
            session.session_expiration,
            session.cookie_expiration,
            session.cookie_max_age,
            session.next_refresh_seconds,
            user.created_time,
            user.consent_expiration,
        ];
        assert_eq!(times, [read; 6], "{value}");
    }
}

#[tokio::test]
async fn rate_limits_say_how_long_to_wait() {
    let body = r#"{"errorCode": "E130429", "errorDescription": "Rate limit exceeded"}"#;
    let error = failing(json(429, body).insert_header("retry-after", "7")).await;
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.code(), Some(&descope::ErrorCode::RateLimitExceeded));

    let error = failing_redirect(ResponseTemplate::new(429)).await;
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), None);
}
