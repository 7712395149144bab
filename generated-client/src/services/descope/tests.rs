#![allow(unreachable_pub, reason = "operations stand for generated ones, which are public")]

use crate::descope::{
    AccessKey, Carries, Client, Descope, Error, ErrorCode, ProjectId, RefreshToken, SessionToken,
};
use crate::runtime::codegen::*;
use crate::runtime::declare::credentials::carries;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

const PROJECT: &str = "P2aAc4T2V93bddihGEx2Ryhc8e5Z";

// An operation that takes whatever credential there is.
operations! {
    pub enum Probe: Descope -> Empty<()> {
        Spec::post("probe", "/v1/probe")
            .credentials(&["project_id", "refresh_token", "session_token", "access_key"]);
    }
}

impl BrowserOperation for op::Probe {}

async fn answering(response: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(response).mount(&server).await;
    server
}

async fn probe<C>(client: &Client<C>) -> Result<(), Error> {
    client.call::<op::Probe, _>(()).send().await
}

async fn authorizations(auth_management_key: Option<&str>) -> Vec<String> {
    let server = answering(ResponseTemplate::new(200)).await;
    let mut builder = Client::builder(PROJECT)
        .base_url(server.uri())
        .http_client_builder(reqwest::Client::builder().no_proxy());
    if let Some(key) = auth_management_key {
        builder = builder.auth_management_key(key);
    }
    let client = builder.build().unwrap();
    probe(&client).await.unwrap();
    probe(&client.with_refresh_token("R")).await.unwrap();
    probe(&client.with_session_token("S")).await.unwrap();
    probe(&client.with_access_key("A")).await.unwrap();
    // The last credential takes the place of the one before.
    let last = client.with_refresh_token("R").with_access_key("B");
    probe(&last).await.unwrap();

    let requests = server.received_requests().await.unwrap();
    for request in &requests {
        assert_eq!(request.headers["x-descope-project-id"], PROJECT);
        assert_eq!(request.headers["x-descope-sdk-name"], "generated-client");
        assert_eq!(request.headers["x-descope-sdk-version"], env!("CARGO_PKG_VERSION"));
    }
    requests
        .iter()
        .map(|request| request.headers["authorization"].to_str().unwrap())
        .map(|value| value.replace(PROJECT, "P"))
        .collect()
}

#[tokio::test]
async fn credentials_are_joined() {
    assert_eq!(
        authorizations(None).await,
        ["Bearer P", "Bearer P:R", "Bearer P:S", "Bearer P:A", "Bearer P:B"]
    );
    assert_eq!(
        authorizations(Some("K")).await,
        ["Bearer P:K", "Bearer P:R:K", "Bearer P:S:K", "Bearer P:A:K", "Bearer P:B:K"]
    );
}

#[tokio::test]
async fn credentials_that_can_not_be_sent() {
    let client = Client::builder(PROJECT).build().unwrap();
    for (token, why) in
        [("", "is empty"), ("s3cret\n", "has a control character in it"), ("s3cret:K2", "has a colon in it")]
    {
        let error = probe(&client.with_refresh_token(token)).await.unwrap_err();
        assert_eq!(error.to_string(), format!("descope probe: credential `refresh_token` {why}"));
    }
    for (key, why) in [
        ("", "is empty"),
        ("s3cret ", "has a character in it that no token has"),
        ("s3cret\r\nx: y", "has a control character in it"),
        ("s3:cret", "has a colon in it"),
    ] {
        let error = Client::builder(PROJECT).auth_management_key(key).build().unwrap_err();
        assert_eq!(error.to_string(), format!("descope: credential `auth_management_key` {why}"));
    }
}

#[test]
fn what_tells_the_service_of_the_client_can_not_be_replaced() {
    for name in ["x-descope-project-id", "X-Descope-SDK-Name"] {
        let error = Client::builder(PROJECT).header(name, "other").build().unwrap_err();
        let name = name.to_lowercase();
        assert_eq!(error.to_string(), format!("descope: header `{name}` is set by the client itself"));
    }
}

#[test]
fn a_client_carries_the_project_and_what_it_was_given_and_nothing_else() {
    macro_rules! row {
        ($credential:ty) => {
            [
                carries!($credential, ProjectId),
                carries!($credential, RefreshToken),
                carries!($credential, SessionToken),
                carries!($credential, AccessKey),
            ]
        };
    }
    assert_eq!(row!(ProjectId), [true, false, false, false]);
    assert_eq!(row!(RefreshToken), [true, true, false, false]);
    assert_eq!(row!(SessionToken), [true, false, true, false]);
    assert_eq!(row!(AccessKey), [true, false, false, true]);
}

#[test]
fn the_region_comes_from_the_project_id() {
    let base_url = |project_id: &str| {
        let client = Client::builder(project_id).build()?;
        client.call::<op::Probe, _>(()).url()
    };
    for (project_id, url) in [
        (PROJECT, "https://api.descope.com/v1/probe"),
        ("Puse12aAc4T2V93bddihGEx2Ryhc8e5", "https://api.descope.com/v1/probe"),
        ("Puse12aAc4T2V93bddihGEx2Ryhc8e5Z", "https://api.use1.descope.com/v1/probe"),
    ] {
        assert_eq!(base_url(project_id).unwrap().as_str(), url);
    }
    for project_id in ["", "P.evil.example/2aAc4T2V93bddihGEx2Ryhc8e5Z", "P 2", "P:2", "Pé"] {
        assert_eq!(
            base_url(project_id).unwrap_err().to_string(),
            "descope: the project ID is not made of letters and digits"
        );
    }
}

async fn fail(status: u16, body: &str, media_type: &str) -> Error {
    let response = ResponseTemplate::new(status).set_body_raw(body, media_type);
    let server = answering(response).await;
    let client = Client::builder(PROJECT)
        .base_url(server.uri())
        .http_client_builder(reqwest::Client::builder().no_proxy())
        .build();
    probe(&client.unwrap()).await.unwrap_err()
}

#[tokio::test]
async fn error_bodies() {
    let json = "application/json";
    let full = r#"{"errorCode": "E061102", "errorDescription": "Wrong OTP code",
        "errorMessage": "Failed to verify", "extra": {}}"#;
    let error = fail(401, full, json).await;
    assert_eq!(error.to_string(), "descope probe: 401 Unauthorized, E061102: Wrong OTP code");
    assert_eq!(error.code(), Some(&ErrorCode::from("E061102")));
    assert_eq!(error.api().unwrap().detail(), Some("Failed to verify"));
    assert!(error.is_wrong_code() && !error.is_expired());

    for (status, body, media_type, text) in [
        (400, r#"{"errorCode":"E999999"}"#, json, "400 Bad Request, E999999"),
        (400, r#"{"errorMessage":"only this"}"#, json, "400 Bad Request: only this"),
        (
            400,
            r#"{"errorCode":"not a code"}"#,
            json,
            "400 Bad Request without an error text (application/json, 26 bytes)",
        ),
        (
            400,
            r#"{"errorCode":null,"errorDescription":7}"#,
            json,
            "400 Bad Request without an error text (application/json, 39 bytes)",
        ),
        (404, "no such page", "text/plain", "404 Not Found: no such page"),
        (502, "<h1>Bad</h1>", "text/html", "502 Bad Gateway without an error text (text/html, 12 bytes)"),
        (503, "", "text/plain", "503 Service Unavailable without an error text (text/plain, 0 bytes)"),
        (
            500,
            r#"{"errorCode":"E06"#,
            json,
            "500 Internal Server Error without an error text (application/json, 17 bytes)",
        ),
    ] {
        let error = fail(status, body, media_type).await;
        assert_eq!(error.to_string(), format!("descope probe: {text}"));
        assert_eq!(error.status().unwrap(), status);
    }
}

#[tokio::test]
async fn every_known_code_is_printed() {
    for code in ErrorCode::KNOWN {
        let error = fail(400, &format!(r#"{{"errorCode":"{code}"}}"#), "application/json").await;
        assert_eq!(error.to_string(), format!("descope probe: 400 Bad Request, {code}"));
    }
}

#[tokio::test]
async fn questions_to_an_error() {
    let of = async |code: &str| fail(401, &format!(r#"{{"errorCode":"{code}"}}"#), "application/json").await;
    assert!(of("E062503").await.is_pending());
    assert!(of("E066103").await.is_pending());
    assert!(of("E061104").await.is_expired());
    assert!(of("E062504").await.is_expired());
    assert!(of("E061103").await.is_out_of_attempts());
    assert!(of("E062108").await.is_user_not_found());
    assert!(of("E062107").await.is_user_exists());
    assert!(of("E062909").await.is_password_expired());
    assert!(of("E062901").await.is_wrong_password());
    assert!(of("E062903").await.is_wrong_password());
    for code in ["E062802", "E062803", "E064001"] {
        assert!(of(code).await.is_unauthenticated(), "{code}");
    }

    let other = of("E011001").await;
    for response in [
        other.is_pending(),
        other.is_expired(),
        other.is_out_of_attempts(),
        other.is_user_not_found(),
        other.is_user_exists(),
        other.is_password_expired(),
        other.is_wrong_password(),
        other.is_unauthenticated(),
        other.is_wrong_code(),
        other.is_rate_limited(),
    ] {
        assert!(!response);
    }
    assert!(fail(401, "", "text/plain").await.is_unauthenticated());
    assert!(!fail(500, "", "text/plain").await.is_unauthenticated());
}

/// The settings that go with every request, by the names of their headers.
async fn settings_of(client: &Client<impl Send>, server: &MockServer) -> Vec<String> {
    probe(client).await.unwrap();
    let request = server.received_requests().await.unwrap().pop().unwrap();
    let of_settings = request.headers.iter().filter(|(name, _)| {
        let name = name.as_str();
        name.ends_with("-token") || name.contains("cookie")
    });
    let mut lines: Vec<String> =
        of_settings.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
    lines.sort();
    lines
}

#[tokio::test]
async fn tokens_of_the_device_and_names_of_cookies_go_with_every_request() {
    let server = answering(ResponseTemplate::new(200)).await;
    let builder = || {
        Client::builder(PROJECT)
            .base_url(server.uri())
            .http_client_builder(reqwest::Client::builder().no_proxy())
    };
    let client = builder().build().unwrap();
    assert_eq!(settings_of(&client, &server).await, [""; 0]);

    let both = ["x-descope-known-device-token: s3cret-k", "x-descope-trusted-device-token: s3cret-t"];
    let built = builder().trusted_device_token("s3cret-t").known_device_token("s3cret-k");
    let shown = format!("{built:?} {built:#?}");
    let built = built.build().unwrap();
    assert_eq!(settings_of(&built, &server).await, both);
    assert_eq!(settings_of(&built.with_refresh_token("R"), &server).await, both);

    let user = client.with_refresh_token("R").with_trusted_device_token("old");
    let user = user.with_trusted_device_token("s3cret-t").with_known_device_token("s3cret-k");
    assert_eq!(settings_of(&user, &server).await, both);
    let request = server.received_requests().await.unwrap().pop().unwrap();
    assert_eq!(request.headers["authorization"], format!("Bearer {PROJECT}:R"));
    assert_eq!(settings_of(&client, &server).await, [""; 0]);

    let named = builder().refresh_cookie_name("app_refresh").session_cookie_name("app_session").build();
    assert_eq!(settings_of(&named.unwrap(), &server).await, ["x-descope-refresh-cookie-name: app_refresh"]);
    let shown = format!("{shown} {built:?} {user:#?}");
    assert!(!shown.contains("s3cret"), "{shown}");
}

#[tokio::test]
async fn tokens_of_the_device_go_to_no_other_server() {
    let other = answering(ResponseTemplate::new(200)).await;
    let redirect = ResponseTemplate::new(302).insert_header("location", other.uri());
    let server = answering(redirect).await;
    let client = Client::builder(PROJECT).base_url(server.uri()).trusted_device_token("s3cret");
    let client = client.http_client_builder(reqwest::Client::builder().no_proxy()).build().unwrap();
    probe(&client).await.unwrap_err();
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
    assert_eq!(other.received_requests().await.unwrap().len(), 0);
}

#[tokio::test]
async fn settings_that_can_not_be_sent() {
    let error = Client::builder(PROJECT).trusted_device_token("s3cret\n").build().unwrap_err();
    assert_eq!(error.to_string(), "descope: credential `trusted_device_token` has a control character in it");
    let client = Client::builder(PROJECT).build().unwrap().with_known_device_token("");
    let error = probe(&client).await.unwrap_err();
    assert_eq!(error.to_string(), "descope probe: credential `known_device_token` is empty");
    let twice = Client::builder(PROJECT).header("x-descope-trusted-device-token", "a");
    let error = twice.build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "descope: header `x-descope-trusted-device-token` is set by the client itself, from the credential \
         `trusted_device_token`"
    );
}

/// The codes that mean that nobody is signed in, whatever the status is.
const OF_CREDENTIAL: [&str; 4] = ["E062802", "E062803", "E064001", "E111119"];

/// The codes for a request that the server doesn't look at any further. On a call that carries a credential, the status
/// says more.
const OF_REQUEST: [&str; 4] = ["E011001", "E011002", "E011003", "E011004"];

#[tokio::test]
async fn status_401_means_not_signed_in_unless_the_code_says_otherwise() {
    let of = async |is_signed: bool, status: u16, code: &str| {
        let response = ResponseTemplate::new(status);
        let body = format!(r#"{{"errorCode":"{code}"}}"#);
        let server = answering(response.set_body_raw(body, "application/json")).await;
        let builder = Client::builder(PROJECT).base_url(server.uri());
        let client = builder.http_client_builder(reqwest::Client::builder().no_proxy()).build().unwrap();
        let failed = match is_signed {
            true => probe(&client.with_refresh_token("R")).await,
            false => probe(&client).await,
        };
        failed.unwrap_err().is_unauthenticated()
    };
    for (code, without_credential) in [("E999999", false), ("", true)] {
        for status in [400, 403] {
            assert!(!of(true, status, code).await, "{code}");
            assert!(!of(false, status, code).await, "{code}");
        }
        assert!(of(true, 401, code).await, "{code}");
        assert_eq!(of(false, 401, code).await, without_credential, "{code}");
    }
    for code in ErrorCode::KNOWN {
        let is_of_credential = OF_CREDENTIAL.contains(code);
        assert_eq!(of(false, 401, code).await, is_of_credential, "{code}");
        assert_eq!(of(true, 401, code).await, is_of_credential || OF_REQUEST.contains(code), "{code}");
    }
}

#[tokio::test]
async fn a_token_that_can_not_be_sent_means_not_signed_in() {
    let client = Client::builder(PROJECT).build().unwrap();
    assert!(probe(&client.with_refresh_token("")).await.unwrap_err().is_unauthenticated());
    let error = Client::builder(PROJECT).auth_management_key("").build().unwrap_err();
    assert!(!error.is_unauthenticated());
}

#[tokio::test]
async fn rate_limited_and_until_when() {
    let body = r#"{"errorCode":"E130429","errorDescription":"Rate limit exceeded"}"#;
    let response = ResponseTemplate::new(429).set_body_raw(body, "application/json");
    let server = answering(response.insert_header("retry-after", "42").insert_header("cf-ray", "8f2")).await;
    let client = Client::builder(PROJECT)
        .base_url(server.uri())
        .http_client_builder(reqwest::Client::builder().no_proxy())
        .build();
    let error = probe(&client.unwrap()).await.unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), Some(std::time::Duration::from_secs(42)));
    assert_eq!(error.api().unwrap().request_id(), Some("8f2"));
}

#[test]
fn a_client_shows_no_secret() {
    let builder = Client::builder(PROJECT).auth_management_key("s3cret");
    let shown = format!("{builder:?}");
    let client = builder.build().unwrap().with_refresh_token("s3cret");
    let shown = format!("{shown} {client:?} {:#?}", client.clone());
    assert!(!shown.contains("s3cret"), "{shown}");
    assert!(shown.contains("refresh_token"), "{shown}");
}
