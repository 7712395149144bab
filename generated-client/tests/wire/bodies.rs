//! Bodies in forms that servers and gateways really send, and the length of requests without one.

use crate::descope_common::REFRESH_JWT;
use crate::harness::{PROJECT, Server, json, without_proxy};
use generated_client::runtime::{ErrorKind, RetryPolicy};
use generated_client::{descope, nhost};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use wiremock::ResponseTemplate;

/// The text of the error with which a call fails that needs its response.
async fn exchange_fails(response: ResponseTemplate) -> descope::Error {
    let server = Server::answering(response).await;
    server.descope().oauth().exchange("c0de").retry_policy(RetryPolicy::disabled()).send().await.unwrap_err()
}

fn gzipped(status: u16) -> ResponseTemplate {
    // What gzip makes of `{}`.
    const BYTES: [u8; 22] = *b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xab\xae\x05\0\x43\xbf\xa6\xa3\x02\0\0\0";

    let response = ResponseTemplate::new(status).set_body_raw(BYTES, "application/json");
    response.insert_header("content-encoding", "gzip")
}

#[tokio::test]
async fn an_encoding_that_nobody_asked_for_is_named() {
    let error = exchange_fails(gzipped(200)).await;
    assert_eq!(
        error.to_string(),
        "descope oauth_exchange: the response (200 OK, application/json, 22 bytes) can't be read at `.`: the body has the \
         encoding `gzip`, which was not asked for; reqwest has features that decode it"
    );
    assert!(matches!(error.kind(), ErrorKind::InvalidResponse(_)));

    let error = exchange_fails(gzipped(503)).await;
    assert_eq!(
        error.to_string(),
        "descope oauth_exchange: 503 Service Unavailable without an error text (application/json in the encoding gzip, 22 \
         bytes)"
    );
    assert!(matches!(error.kind(), ErrorKind::Api(_)));

    // Whatever stands there may be a secret.
    let named = gzipped(200).insert_header("content-encoding", "s3cret");
    let error = exchange_fails(named).await.to_string();
    assert!(error.contains("the encoding `unknown`") && !error.contains("s3cret"), "{error}");
    let server =
        Server::answering(json(200, r#"{"url":"x"}"#).insert_header("content-encoding", "Identity")).await;
    assert_eq!(server.descope().oauth().authorize("google").send().await.unwrap().url, "x");
}

#[tokio::test]
async fn a_byte_order_mark_is_passed_over() {
    let server = Server::answering(json(200, "\u{feff}{\"url\":\"x\"}")).await;
    assert_eq!(server.descope().oauth().authorize("google").send().await.unwrap().url, "x");
    let error = exchange_fails(json(400, "\u{feff}{\"errorCode\":\"E011001\"}")).await;
    assert_eq!(error.code().map(AsRef::as_ref), Some("E011001"));
    let server = Server::answering(json(200, "\u{feff}\"OK\"")).await;
    assert_eq!(server.nhost().token().verify().send().await.unwrap(), "OK");
}

#[tokio::test]
async fn half_a_surrogate_pair_is_a_character_that_can_not_be_read() {
    for (name, expected) in [
        (r"Ann \ud83d", "Ann \u{fffd}"),
        (r"\udE00 Ann", "\u{fffd} Ann"),
        (r"\ud83d\ud83d\ude00\n", "\u{fffd}\u{1f600}\n"),
    ] {
        let server = Server::answering(json(200, format!(r#"{{"userId":"U2","name":"{name}"}}"#))).await;
        let client = server.descope().with_refresh_token(REFRESH_JWT);
        let user = client.session().me().send().await.unwrap();
        assert_eq!((&*user.user_id, user.name.as_deref()), ("U2", Some(expected)));
    }
    let error = exchange_fails(json(400, r#"{"errorCode":"E011001","errorDescription":"\ud83d"}"#)).await;
    assert_eq!(error.code().map(AsRef::as_ref), Some("E011001"));
}

/// What these return may all be left out, so the caller can go on without it.
#[tokio::test]
async fn an_empty_body_is_a_success_where_no_member_is_required() {
    for response in [ResponseTemplate::new(200), json(200, " \r\n"), json(200, "\u{feff}"), json(204, "")] {
        let server = Server::answering(response).await;
        let (descope, nhost) = (server.descope(), server.nhost());
        let signed_in = descope.with_refresh_token(REFRESH_JWT);
        signed_in.session().logout().send().await.unwrap();
        signed_in.session().logout_all().send().await.unwrap();
        let masked = descope.magic_link().sign_in_email("a@b.example").send().await.unwrap();
        assert_eq!(masked, descope::MaskedEmail::default());
        descope.password().reset("a@b.example").send().await.unwrap();
        nhost.token().sign_out().refresh_token("r").send().await.unwrap();
        assert_eq!(nhost.token().verify().send().await.unwrap(), "");
        nhost.system().health().send().await.unwrap();
    }
}

#[tokio::test]
async fn an_empty_body_is_an_error_where_the_response_is_what_was_asked_for() {
    let server = Server::answering(ResponseTemplate::new(200)).await;
    let problem = |kind: &ErrorKind| match kind {
        ErrorKind::InvalidResponse(error) => error.problem().to_owned(),
        _ => panic!("{kind:?}"),
    };
    let error = server.descope().oauth().authorize("google").send().await.unwrap_err();
    assert_eq!(problem(error.kind()), "the body is empty, but it has to have `url`");
    let error =
        server.nhost().token().refresh("2c35b6f3-c4b9-48e3-978a-d4d0f1d42e24").send().await.unwrap_err();
    assert_eq!(
        problem(error.kind()),
        "the body is empty, but it has to have `accessToken`, `accessTokenExpiresIn`, `refreshToken`, `refreshTokenId`"
    );
    // A list of keys, and one of two forms that both require something.
    let error = server.descope().keys().get_v1("P2").send().await.unwrap_err();
    assert_eq!(problem(error.kind()), "the body is empty");
    let error = server.nhost().signin().email_password("a@b.example", "pass word").send().await.unwrap_err();
    assert_eq!(problem(error.kind()), "the body is empty");
}

/// The rule is the same for calls by id.
#[tokio::test]
#[cfg(feature = "operations")]
async fn an_empty_body_of_a_call_by_id() {
    use serde_json::{Value, json};

    let server = Server::answering(ResponseTemplate::new(200)).await;
    let call = async |id, arguments: Value| {
        server.descope().call_operation(id, crate::harness::object(arguments)).await
    };
    let response = call("password_reset", json!({"loginId": "a@b.example"})).await.unwrap();
    assert_eq!(response, json!({}));
    let error = call("oauth_exchange", json!({"code": "c0de"})).await.unwrap_err();
    assert!(error.to_string().contains("the body is empty, but it has to have `sessionJwt`"), "{error}");
}

#[tokio::test]
async fn a_response_may_have_150_headers() {
    let headers = (0..150).map(|number| (format!("x-{number}"), "x"));
    let response = headers.fold(json(200, r#"{"url":"x"}"#), |response, (name, value)| {
        response.insert_header(name.as_str(), value)
    });
    let server = Server::answering(response).await;
    let own = descope::Client::builder(PROJECT).base_url(server.uri()).build().unwrap();
    for client in [own, server.descope()] {
        assert_eq!(client.oauth().authorize("google").send().await.unwrap().url, "x");
    }
}

/// A server on loopback that keeps the requests that it gets, as they came.
async fn recording() -> (String, Arc<std::sync::Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::<std::sync::Mutex<Vec<String>>>::default();
    let recorded = Arc::clone(&requests);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut bytes = Vec::new();
            while !bytes.windows(4).any(|end| end == b"\r\n\r\n") {
                stream.read_buf(&mut bytes).await.unwrap();
            }
            recorded.lock().unwrap().push(String::from_utf8(bytes).unwrap());
            let response =
                b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 11\r\n\r\n{\"url\":\"x\"}";
            stream.write_all(response).await.unwrap();
        }
    });
    (uri, requests)
}

/// Servers refuse a `POST` with neither a body nor a length (411).
#[tokio::test]
async fn a_request_without_a_body_says_so_where_its_method_may_have_one() {
    let (uri, requests) = recording().await;
    let builder = || nhost::Client::builder(&uri);
    for client in
        [builder().build().unwrap(), builder().http_client_builder(without_proxy()).build().unwrap()]
    {
        let signed_in = client.with_access_token("eyJ");
        signed_in.elevation().otp_email().send().await.unwrap();
        signed_in.oauth2().userinfo_post().send().await.unwrap();
        client.token().exchange("c0de", "v".repeat(43)).send().await.unwrap();
        client.system().version().send().await.unwrap();
    }
    let requests = requests.lock().unwrap();
    assert_eq!(requests.len(), 8);
    for request in &*requests {
        let lengths = request.lines().filter(|line| line.starts_with("content-length: ")).count();
        assert_eq!(lengths, usize::from(request.starts_with("POST ")), "{request}");
        assert!(!request.contains("transfer-encoding"), "{request}");
    }
    assert!(requests.iter().any(|request| request.starts_with("GET ")));
}
