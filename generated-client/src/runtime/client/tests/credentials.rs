//! Credentials are sent, and shown nowhere.

use super::sample::{ErrorCode, Sample};
use super::{answering, json, received, received_none, writing};
use crate::runtime::engine::credential::Credential;
use crate::runtime::error::Error;
use crate::runtime::value::secret::Secret;
use std::error::Error as _;
use std::time::Duration;
use wiremock::{Request, ResponseTemplate};

/// The request that the server receives for a call with this credential.
async fn sent(credential: Credential) -> Request {
    let server = answering(json(200, "{}")).await;
    let sample = Sample::at(&server.uri()).with_credential(credential);
    sample.find("x").limit(5).send().await.unwrap();
    received(&server).await
}

fn key_in_query() -> Credential {
    Credential::api_key_in_query("token", "api_key", &"s3cret/&=".into())
}

#[tokio::test]
async fn a_bearer_token_may_be_joined_of_parts() {
    let (one, two) = (Secret::from("P2"), Secret::from("eyJ.a-b_c"));
    for (parts, value) in [(&[&one][..], "Bearer P2"), (&[&one, &two], "Bearer P2:eyJ.a-b_c")] {
        let request = sent(Credential::bearer("token", parts)).await;
        assert_eq!(request.headers["authorization"], value);
    }
}

#[tokio::test]
async fn basic_sends_user_name_and_password() {
    let request = sent(Credential::basic("token", "Aladdin", &"open sesame".into())).await;
    assert_eq!(request.headers["authorization"], "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

#[tokio::test]
async fn an_api_key_is_sent_in_its_header() {
    let request = sent(Credential::api_key_in_header("token", "X-API-Key", &"s3cret".into())).await;
    assert_eq!(request.headers["x-api-key"], "s3cret");
    assert!(request.headers.get("authorization").is_none());
    assert_eq!(request.url.query(), Some("limit=5"));
}

#[tokio::test]
async fn an_api_key_is_sent_in_the_query() {
    let request = sent(key_in_query()).await;
    assert_eq!(request.url.query(), Some("limit=5&api_key=s3cret%2F%26%3D"));
    assert!(request.headers.get("authorization").is_none());
}

/// The carried credential goes to the operations that accept its scheme alone.
#[tokio::test]
async fn an_operation_that_does_not_accept_the_scheme_does_not_get_the_key() {
    let server = answering(json(200, "ok")).await;
    Sample::at(&server.uri()).with_credential(key_in_query()).health().send().await.unwrap();
    assert_eq!(received(&server).await.url.query(), None);
}

#[tokio::test]
async fn a_credential_that_can_not_be_sent_is_reported_with_its_scheme() {
    let server = answering(json(200, "{}")).await;
    for credential in [
        Credential::basic("token", "a:b", &"s3cret".into()),
        Credential::api_key_in_header("token", "x-key", &"s3cret\n".into()),
        Credential::api_key_in_query("token", "key", &"".into()),
    ] {
        let error = Sample::at(&server.uri()).with_credential(credential).find("x").send().await.unwrap_err();
        assert!(error.to_string().starts_with("sample find: credential `token` "), "{error}");
        assert_hidden(&error);
    }
    received_none(&server).await;
}

fn assert_hidden(error: &Error<ErrorCode>) {
    let mut shown = format!("{error} {error:?} {error:#?} {:?}", error.kind());
    let mut source = error.source();
    while let Some(cause) = source {
        shown.push_str(&format!(" {cause} {cause:?}"));
        source = cause.source();
    }
    assert!(!shown.contains("s3cret") && !shown.contains("api_key"), "{shown}");
}

#[tokio::test]
async fn a_key_in_the_query_shows_in_no_error() {
    for response in [
        json(401, r#"{"code": "wrong-code"}"#),
        json(200, "[s3cret"),
        json(200, &"x".repeat(2000)),
        ResponseTemplate::new(307).insert_header("location", "?x"),
    ] {
        let server = answering(response).await;
        let sample = Sample::built(Sample::builder(&server.uri()).max_body(1000)).unwrap();
        let sample = sample.with_credential(key_in_query());
        assert!(!format!("{sample:?} {:?}", sample.find("x")).contains("s3cret"));
        assert_hidden(&sample.find("x").send().await.unwrap_err());
    }
    let broken = writing(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{", Duration::ZERO).await.unwrap();
    for uri in ["http://127.0.0.1:1", &broken] {
        let sample = Sample::at(uri).with_credential(key_in_query());
        assert_hidden(&sample.find("x").send().await.unwrap_err());
    }
}

#[tokio::test]
async fn no_url_that_callers_get_has_the_key() {
    // A reference without a path keeps that of the request.
    let redirect = ResponseTemplate::new(302).insert_header("location", "?done=1#end");
    let server = answering(redirect).await;
    let sample = Sample::at(&server.uri()).with_credential(key_in_query());
    let call = sample.sign_in("apple").display_name("Al");
    let url = format!("{}/signin/apple?displayName=Al", server.uri());
    assert_eq!(call.url().unwrap().as_str(), url);
    let (leads_to, raw) = call.send_with_raw().await.unwrap();
    assert_eq!(leads_to.as_str(), format!("{}/signin/apple?done=1#end", server.uri()));
    assert_eq!(raw.redirect().unwrap(), leads_to);
    assert_eq!(received(&server).await.url.query(), Some("displayName=Al&api_key=s3cret%2F%26%3D"));
}

#[cfg(feature = "operations")]
#[tokio::test]
async fn calls_by_id_send_it_and_prepared_ones_do_not_show_it() {
    let server = answering(json(200, "{}")).await;
    let sample = Sample::at(&server.uri()).with_credential(key_in_query());
    let arguments = || serde_json::Map::from_iter([("id".to_owned(), "x".into())]);
    let prepared = sample.prepare_operation("find", arguments()).unwrap();
    assert_eq!(prepared.url.as_str(), format!("{}/users/x/keys", server.uri()));
    assert!(!format!("{prepared:?} {:?}", prepared.headers).contains("s3cret"));
    sample.call_operation("find", arguments()).await.unwrap();
    assert_eq!(received(&server).await.url.query(), Some("api_key=s3cret%2F%26%3D"));
}
