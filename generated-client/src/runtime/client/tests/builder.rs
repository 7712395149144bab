//! The settings of a client.

use super::sample::Sample;
use super::{answering, json, received, received_none};
use crate::runtime::client::builder::Builder;
use crate::runtime::error::kind::ErrorKind;
use std::time::Duration;

fn refused(builder: Builder<Sample>) -> String {
    let error = Sample::built(builder).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::InvalidRequest(_)));
    assert_eq!(error.operation(), None);
    error.to_string()
}

#[test]
fn base_urls_are_checked() {
    assert_eq!(
        refused(Sample::builder("http://auth.example")),
        "sample: the base URL is plain HTTP to another machine: use `https://`, or allow it by `allow_insecure_http`"
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
    assert_eq!(
        with("Accept", "s3cret"),
        "sample: header `accept` is set by the client itself: ask a call for another media type by `accepting`"
    );
    assert_eq!(with("x\r\ny", "s3cret"), r"sample: header `x\r\ny` is not a valid header name");
    assert_eq!(
        with("x-y", "s3cret\r\nhost: evil"),
        "sample: header `x-y` has a character in its value that no header may have"
    );
}

#[tokio::test]
async fn an_argument_of_a_call_takes_the_place_of_an_own_header() {
    let server = answering(json(200, "[]")).await;
    let builder = Sample::builder(&server.uri()).header("X-Nonce", "usual").header("cookie", "gate=1");
    let sample = Sample::built(builder).unwrap();
    sample.find("x").nonce("given").send().await.unwrap();
    let request = received(&server).await;
    assert_eq!(request.headers.get_all("x-nonce").iter().collect::<Vec<_>>(), ["given"]);
    assert_eq!(request.headers["cookie"], "gate=1");
}

/// The builder of an HTTP client is changed so that the client follows no redirects.
#[tokio::test]
async fn an_http_client_of_ones_own_follows_no_redirect_either() {
    let elsewhere = answering(json(200, "{}")).await;
    let redirect = wiremock::ResponseTemplate::new(307).insert_header("location", elsewhere.uri());
    let server = answering(redirect).await;
    let http = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::limited(5))
        .user_agent("overridden");
    let builder =
        Sample::builder(&server.uri()).http_client_builder(http).connect_timeout(Duration::from_secs(3));
    let error = Sample::built(builder).unwrap().exchange("x").send().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 307);
    received(&server).await;
    received_none(&elsewhere).await;
}

fn following(limit: usize) -> reqwest::ClientBuilder {
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::limited(limit))
}

fn following_none() -> reqwest::ClientBuilder {
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none())
}

#[tokio::test]
async fn a_finished_http_client_that_follows_no_redirect_is_used() {
    let elsewhere = answering(json(200, "{}")).await;
    let redirect = wiremock::ResponseTemplate::new(307).insert_header("location", elsewhere.uri());
    let server = answering(redirect).await;
    // The header shows that this client was used.
    let headers = [("x-shared".parse().unwrap(), "yes".parse().unwrap())].into_iter().collect();
    let http = following_none().default_headers(headers).build().unwrap();
    let sample = Sample::built(Sample::builder(&server.uri()).http_client(http)).unwrap();
    let error = sample.exchange("x").send().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 307);
    let request = received(&server).await;
    assert_eq!(request.headers["x-shared"], "yes");
    assert_eq!(request.headers["authorization"], "Bearer BASE");
    received_none(&elsewhere).await;
}

#[test]
fn a_finished_http_client_that_follows_redirects_is_refused() {
    for http in [reqwest::Client::new(), following(5).build().unwrap()] {
        assert_eq!(
            refused(Sample::builder("https://a.example").http_client(http)),
            "sample: the HTTP client may follow redirects: build it with \
             `.redirect(reqwest::redirect::Policy::none())`, or give its builder to `http_client_builder`"
        );
    }
}

#[test]
fn settings_that_come_too_late_for_a_finished_http_client_are_refused() {
    let http = following_none().build().unwrap();
    let builder = || Sample::builder("https://a.example").connect_timeout(Duration::from_secs(3));
    assert_eq!(
        refused(builder().http_client(http)),
        "sample: the setting `connect_timeout` can't be applied to a finished HTTP client: set it on the \
         `reqwest::ClientBuilder`"
    );
    Sample::built(builder().http_client_builder(following(5))).unwrap();
}

#[test]
fn of_an_http_client_and_a_builder_the_last_counts() {
    let client = reqwest::Client::new();
    refused(
        Sample::builder("https://a.example").http_client_builder(following(5)).http_client(client.clone()),
    );
    Sample::built(Sample::builder("https://a.example").http_client(client).http_client_builder(following(5)))
        .unwrap();
}

/// No client that can be built follows redirects, so this one is put in behind the builder.
#[tokio::test]
async fn a_response_to_a_redirect_that_was_followed_is_not_taken() {
    for elsewhere in [json(200, r#"{"sessionJwt": "s3cret"}"#), json(404, r#"{"code": "wrong-code"}"#)] {
        let elsewhere = answering(elsewhere).await;
        let to = format!("{}/landing", elsewhere.uri());
        let server = answering(wiremock::ResponseTemplate::new(302).insert_header("location", to)).await;
        let sample = Sample::at(&server.uri()).with_http(following(5).build().unwrap());
        let error = sample.exchange("x").send().await.unwrap_err();
        let ErrorKind::InvalidResponse(decode) = error.kind() else {
            panic!("{error:?}");
        };
        assert_eq!(decode.problem(), "it comes from another URL, since the HTTP client followed a redirect");
        assert_eq!(error.code(), None);
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
        received(&elsewhere).await;
    }
}

#[test]
fn headers_of_the_service_can_not_be_replaced() {
    assert_eq!(
        refused(Sample::builder("https://a.example").header("X-SDK", "other")),
        "sample: header `x-sdk` is set by the client itself"
    );
}

#[tokio::test]
async fn header_values_beyond_ascii_are_sent_as_utf_8() {
    let server = answering(json(200, "[]")).await;
    let builder = Sample::builder(&server.uri()).header("x-team", "Zoë");
    Sample::built(builder).unwrap().find("x").nonce("ünique").features(["日", "b"]).send().await.unwrap();
    let request = received(&server).await;
    assert_eq!(request.headers["x-team"].as_bytes(), "Zoë".as_bytes());
    assert_eq!(request.headers["x-nonce"].as_bytes(), "ünique".as_bytes());
    assert_eq!(request.headers["x-features"].as_bytes(), "日,b".as_bytes());
}

#[test]
fn debug_shows_no_header() {
    let builder = Sample::builder("https://a.example").header("x-key", "s3cret");
    let shown = format!("{builder:?}");
    let shown = format!("{shown} {:?}", Sample::built(builder).unwrap());
    assert!(!shown.contains("s3cret"), "{shown}");
}
