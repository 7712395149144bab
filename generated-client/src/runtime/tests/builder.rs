//! What a client can be built from.

use super::sample::Sample;
use super::{answering, json, received, received_none};
use crate::runtime::Kind;
use std::time::Duration;

fn refused(builder: crate::runtime::Builder<Sample>) -> String {
    let error = Sample::built(builder).unwrap_err();
    assert!(matches!(error.kind(), Kind::Refused(_)));
    assert_eq!(error.operation(), None);
    error.to_string()
}

#[test]
fn base_urls_are_checked() {
    assert_eq!(
        refused(Sample::builder("http://auth.example")),
        "sample: the base URL is plain HTTP to another machine, which `allow_insecure_http` would allow"
    );
    Sample::built(Sample::builder("http://auth.example").allow_insecure_http()).unwrap();
    assert_eq!(
        refused(Sample::builder("https://u:p@auth.example")),
        "sample: the base URL has a user name or password in it"
    );
    refused(Sample::builder(""));
}

#[tokio::test]
async fn own_headers_are_sent() {
    let server = answering(json(200, "{}")).await;
    let builder = Sample::builder(&server.uri())
        .header("x-gateway-key", "old")
        .header("X-Gateway-Key", "k1")
        .user_agent("app/1");
    Sample::built(builder).unwrap().exchange("x").send().await.unwrap();
    let request = received(&server).await;
    assert_eq!(request.headers.get_all("x-gateway-key").iter().count(), 1);
    assert_eq!(request.headers["x-gateway-key"], "k1");
    assert_eq!(request.headers["user-agent"], "app/1");
}

#[test]
fn own_headers_can_not_take_the_place_of_the_clients() {
    let with = |name, value| refused(Sample::builder("https://a.example").header(name, value));
    for name in ["authorization", "Host", "Content-Type", "content-length", "Transfer-Encoding"] {
        assert_eq!(with(name, "s3cret"), format!("sample: header `{name}` is set by the client itself"));
    }
    assert_eq!(with("x\r\ny", "s3cret"), r"sample: header `x\r\ny` is no header name");
    assert_eq!(
        with("x-y", "s3cret\r\nhost: evil"),
        "sample: header `x-y` has a character in its value that no header may have"
    );
}

/// A client from outside would follow redirects; its builder can be told not to.
#[tokio::test]
async fn an_http_client_of_ones_own_follows_no_redirect_either() {
    let elsewhere = answering(json(200, "{}")).await;
    let redirect = wiremock::ResponseTemplate::new(307).insert_header("location", elsewhere.uri());
    let server = answering(redirect).await;
    let http = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::limited(5))
        .user_agent("overridden");
    let builder = Sample::builder(&server.uri()).http(http).connect_timeout(Duration::from_secs(3));
    let error = Sample::built(builder).unwrap().exchange("x").send().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 307);
    received(&server).await;
    received_none(&elsewhere).await;
}

#[test]
fn debug_shows_no_header() {
    let builder = Sample::builder("https://a.example").header("x-key", "s3cret");
    let shown = format!("{builder:?}");
    let shown = format!("{shown} {:?}", Sample::built(builder).unwrap());
    assert!(!shown.contains("s3cret"), "{shown}");
}
