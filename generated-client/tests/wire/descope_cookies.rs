//! Sessions of projects that keep their tokens in cookies.

use crate::descope_common::{SESSION, assert_session};
use crate::harness::{Server, descope_at, json, parsed};
use generated_client::descope::JwtResponse;
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

const DS: &str =
    "DS=eyJ.session.c; Path=/; Domain=auth.example.com; Max-Age=600; HttpOnly; Secure; SameSite=None";
const OTHER: &str = "SameSite=Lax; DSR=no";
const REFRESH: &str = "DSR=eyJ.refresh.c; Secure; Expires=Fri, 31 Dec 9999 23:59:59 GMT";

fn with_cookies(body: &Value, cookies: &[&str]) -> ResponseTemplate {
    let response = json(200, body.to_string());
    cookies.iter().fold(response, |response, cookie| response.append_header("set-cookie", *cookie))
}

async fn exchanged(body: &Value, cookies: &[&str]) -> (String, String) {
    let server = Server::answering(with_cookies(body, cookies)).await;
    tokens(server.descope().oauth().exchange("x").send().await.unwrap())
}

fn tokens(session: JwtResponse) -> (String, String) {
    assert!(!format!("{session:?}").contains("eyJ"), "{session:?}");
    (session.session_jwt.into_inner(), session.refresh_jwt.into_inner())
}

fn pair(session: &str, refresh: &str) -> (String, String) {
    (session.to_owned(), refresh.to_owned())
}

#[tokio::test]
async fn tokens_that_the_body_lacks_come_from_cookies() {
    let both = pair("eyJ.session.c", "eyJ.refresh.c");
    for body in [
        json!({}),
        json!({"sessionJwt": "", "refreshJwt": ""}),
        json!({"sessionJwt": null, "refreshJwt": null, "cookieName": "", "sessionCookieName": null}),
        json!({"refreshJwt": "", "user": {"userId": "U1"}}),
    ] {
        for cookies in [[DS, REFRESH, "other=x"], [REFRESH, "theme=dark; Path=/", DS], [OTHER, REFRESH, DS]] {
            assert_eq!(exchanged(&body, &cookies).await, both, "{body} {cookies:?}");
        }
    }
}

/// dotnet 171: a cookie of one user's session went with calls of the management API.
#[tokio::test]
async fn a_cookie_of_a_response_goes_with_no_other_call() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(with_cookies(&json!({}), &[DS, REFRESH])).mount(&server).await;
    let client = descope_at(&server.uri());
    client.oauth().exchange("x").send().await.unwrap();
    client.with_refresh_token("eyJ.r.x").session().refresh().send().await.unwrap();
    client.oauth().exchange("y").send().await.unwrap();
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 3);
    for request in requests {
        assert!(!request.headers.contains_key("cookie"), "{}", request.url.path());
    }
}

#[tokio::test]
async fn tokens_of_the_body_win() {
    let body = json!({"sessionJwt": "eyJ.session.b", "refreshJwt": "eyJ.refresh.b"});
    assert_eq!(exchanged(&body, &[DS, REFRESH]).await, pair("eyJ.session.b", "eyJ.refresh.b"));
    let body = json!({"sessionJwt": "eyJ.session.b"});
    assert_eq!(exchanged(&body, &[DS, REFRESH]).await, pair("eyJ.session.b", "eyJ.refresh.c"));
}

#[tokio::test]
async fn cookies_that_are_cleared_or_absent_give_nothing() {
    for cookies in [
        &[][..],
        &["DS=; Path=/", "DSR=; Path=/"],
        &["DS=gone; Max-Age=0", "DSR=gone; Expires=Thu, 01 Jan 1970 00:00:00 GMT"],
        &["DS", "ds=x", "DSR2=x"],
    ] {
        assert_eq!(exchanged(&json!({"sessionJwt": ""}), cookies).await, pair("", ""), "{cookies:?}");
    }
    assert_eq!(exchanged(&json!({}), &["DS=gone; Max-Age=-1", REFRESH]).await, pair("", "eyJ.refresh.c"));
}

#[tokio::test]
async fn cookies_that_the_project_calls_otherwise() {
    let body = json!({"cookieName": "app_refresh", "sessionCookieName": "app_session"});
    let cookies = [DS, REFRESH, "app_session=eyJ.session.o; Path=/", "app_refresh=eyJ.refresh.o"];
    assert_eq!(exchanged(&body, &cookies).await, pair("eyJ.session.o", "eyJ.refresh.o"));
    assert_eq!(exchanged(&body, &cookies[..2]).await, pair("eyJ.session.c", "eyJ.refresh.c"));
}

/// The names that the client was given count where the body says none, and before the usual ones.
#[tokio::test]
async fn cookies_whose_names_only_the_client_knows() {
    let cookies = [DS, REFRESH, "app_session=eyJ.session.o; Path=/", "app_refresh=eyJ.refresh.o"];
    let told = json!({"cookieName": "DSR", "sessionCookieName": "DS"});
    for (body, cookies, expected) in [
        (json!({}), &cookies[..], pair("eyJ.session.o", "eyJ.refresh.o")),
        (json!({}), &cookies[2..], pair("eyJ.session.o", "eyJ.refresh.o")),
        (json!({}), &cookies[..2], pair("eyJ.session.c", "eyJ.refresh.c")),
        (told, &cookies[..], pair("eyJ.session.c", "eyJ.refresh.c")),
    ] {
        let server = Server::answering(with_cookies(&body, cookies)).await;
        let builder = generated_client::descope::Client::builder("P2abc").base_url(server.uri());
        let builder = builder.http_client_builder(reqwest::Client::builder().no_proxy());
        let client = builder.session_cookie_name("app_session").refresh_cookie_name("app_refresh").build();
        let client = client.unwrap();
        let session = client.oauth().exchange("x").send().await.unwrap();
        assert_eq!(tokens(session), expected, "{body} {cookies:?}");
        let later = server.descope().with_session_cookie_name("app_session");
        let session = later.with_refresh_cookie_name("app_refresh").oauth().exchange("x").send().await;
        assert_eq!(tokens(session.unwrap()), expected, "{body} {cookies:?}");
    }
}

#[tokio::test]
async fn a_pending_session_that_comes_in_cookies_is_whole() {
    let mut body: Value = parsed(SESSION);
    let session = body["sessionJwt"].as_str().map(|jwt| format!("DS={jwt}")).unwrap();
    let refresh = body["refreshJwt"].as_str().map(|jwt| format!("DSR={jwt}; Path=/")).unwrap();
    body["sessionJwt"] = Value::Null;
    body["refreshJwt"] = json!("");
    let server = Server::answering(with_cookies(&body, &[&refresh, &session])).await;
    let call = server.descope().enchanted_link().pending_session("p3nding");
    // Nothing else of the response is changed.
    assert_session(&call.send().await.unwrap());
}

#[tokio::test]
async fn a_response_that_is_no_session_is_read_as_it_came() {
    let server = Server::answering(with_cookies(&json!({}), &[DS, REFRESH])).await;
    server.descope().enchanted_link().verify("t0ken").send().await.unwrap();

    for (body, path) in [(json!(["x"]), "."), (json!({"sessionJwt": {"x": 1}}), "sessionJwt")] {
        let server = Server::answering(with_cookies(&body, &[DS, REFRESH])).await;
        let error = server.descope().oauth().exchange("x").send().await.unwrap_err();
        assert!(error.to_string().contains(&format!("can't be read at `{path}`: invalid type")), "{error}");
        assert!(!format!("{error} {error:?}").contains("eyJ"), "{error:?}");
    }
}

#[tokio::test]
async fn the_raw_response_stays_as_it_came() {
    let server = Server::answering(with_cookies(&json!({"sessionJwt": ""}), &[DS, REFRESH])).await;
    let call = server.descope().oauth().exchange("x");
    let (session, raw) = call.clone().send_with_raw().await.unwrap();
    assert_eq!(tokens(session), pair("eyJ.session.c", "eyJ.refresh.c"));
    assert_eq!(raw.body(), br#"{"sessionJwt":""}"#);
    assert_eq!(raw.headers().get_all("set-cookie").iter().count(), 2);
    assert!(!format!("{raw:?} {raw:#?}").contains("eyJ"), "{raw:?}");

    // It can be decoded later on with the same result.
    let raw = call.send_raw().await.unwrap();
    assert_eq!(tokens(raw.json().unwrap()), pair("eyJ.session.c", "eyJ.refresh.c"));
    assert_eq!(raw.into_body(), br#"{"sessionJwt":""}"#);
}

#[cfg(feature = "operations")]
#[tokio::test]
async fn a_call_by_id_has_the_tokens_too() {
    let server = Server::answering(with_cookies(&json!({"firstSeen": true}), &[DS, REFRESH])).await;
    let arguments = crate::harness::object(json!({"code": "x"}));
    let response = server.descope().call_operation("oauth_exchange", arguments).await.unwrap();
    let expected = json!({"firstSeen": true, "sessionJwt": "eyJ.session.c", "refreshJwt": "eyJ.refresh.c"});
    assert_eq!(response, expected);
}
