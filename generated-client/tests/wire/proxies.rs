//! What is meant for this machine goes to no proxy, since it may be unencrypted.

use crate::harness::{PROJECT, Server, json};
use generated_client::descope;
use generated_client::runtime::ErrorKind;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Proxy};

fn proxied(proxy: &Server) -> ClientBuilder {
    Client::builder().redirect(Policy::none()).proxy(Proxy::all(proxy.uri()).unwrap())
}

#[tokio::test]
async fn a_proxy_of_a_builder_gets_nothing() {
    let proxy = Server::answering(json(200, r#"{"url":"proxy"}"#)).await;
    let server = Server::answering(json(200, r#"{"url":"server"}"#)).await;
    let builder =
        descope::Client::builder(PROJECT).base_url(server.uri()).http_client_builder(proxied(&proxy));
    let started = builder.build().unwrap().oauth().authorize("google").send().await.unwrap();
    assert_eq!(started.url, "server");
    server.sent().await;
    proxy.got_nothing().await;
}

#[tokio::test]
async fn a_client_that_has_one_is_refused() {
    let proxy = Server::answering(json(200, "{}")).await;
    let server = Server::answering(json(200, r#"{"url":"server"}"#)).await;
    let with = |http: ClientBuilder| {
        let builder = descope::Client::builder(PROJECT).base_url(server.uri());
        builder.http_client(http.build().unwrap()).build()
    };
    let error = with(proxied(&proxy)).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::InvalidRequest(_)));
    assert_eq!(
        error.to_string(),
        "descope: the HTTP client may send requests that are meant for this machine to a proxy: build it with \
         `.no_proxy()`, or give its builder to `http_client_builder`"
    );
    let client = with(proxied(&proxy).no_proxy()).unwrap();
    client.oauth().authorize("google").send().await.unwrap();
    proxy.got_nothing().await;
}
