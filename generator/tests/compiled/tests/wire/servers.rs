//! Operations at other servers than that of the base URL, and where credentials go.

use generator_cases::runtime::testing::{MockTransport, Response};
use generator_cases::runtime::{Operation, Service};
use generator_cases::servers::{Builder, Client, Sample, UserToken, servers as group};
use reqwest::header::HeaderName;
use serde_json::{Map, json};
use wiremock::ResponseTemplate;

use crate::server::Server;

const FILES: &str = "https://eu.files.example.com/v3";

/// What no server may get that it isn't meant for.
const SECRETS: [&str; 3] = ["t0k3n", "d3vice", "h3ader"];

async fn server() -> Server {
    Server::responding(ResponseTemplate::new(204)).await
}

/// A client with secrets of all kinds, whose service is at the server.
fn builder(server: &Server) -> Builder {
    let base = format!("{}/v1", server.url());
    Client::builder().base_url(base).device_token("d3vice").header("x-own", "h3ader").user_agent("me/1")
}

fn client(builder: Builder) -> Client<UserToken> {
    builder.build().unwrap().with_user_token("t0k3n")
}

#[tokio::test]
async fn each_operation_goes_to_its_server() {
    let (service, files, trash) = (server().await, server().await, server().await);
    let builder = builder(&service)
        .server(FILES, files.url())
        .server("https://trash.example.com/", format!("{}/bin/", trash.url()));
    let client = client(builder);
    client.servers().me().send().await.unwrap();
    client.servers().file("a/b").send().await.unwrap();
    client.servers().delete_file("c").send().await.unwrap();
    assert_eq!(service.all().await, ["GET /v1/me"]);
    assert_eq!(files.all().await, ["GET /files/a%2Fb"]);
    assert_eq!(trash.all().await, ["DELETE /bin/files/c"]);
    for server in [&service, &files, &trash] {
        assert_eq!(server.header("authorization").await.as_deref(), Some("Bearer t0k3n"));
        assert_eq!(server.header("x-device-token").await.as_deref(), Some("d3vice"));
        assert_eq!(server.header("x-own").await.as_deref(), Some("h3ader"));
    }
}

#[tokio::test]
async fn a_path_alone_is_at_the_server_of_the_base_url() {
    let service = server().await;
    client(builder(&service)).servers().report().send().await.unwrap();
    assert_eq!(service.all().await, ["GET /v2/report"]);
    assert_eq!(service.header("authorization").await.as_deref(), Some("Bearer t0k3n"));
}

#[tokio::test]
async fn a_credential_goes_to_no_server_that_the_caller_has_not_set() {
    let service = server().await;
    let client = client(builder(&service));
    for error in [
        client.servers().file("a").send().await.unwrap_err(),
        client.servers().delete_file("a").send().await.unwrap_err(),
    ] {
        let text = format!("{error} {error:?}");
        assert!(SECRETS.iter().all(|secret| !text.contains(secret)), "{text}");
        assert_eq!((error.attempts(), error.may_retry()), (0, false));
    }
    let error = client.servers().file("a").send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "sample servers_file: the credential isn't sent to `https://eu.files.example.com/v3`, which is another server than \
         that of the base URL: to send it there, too, set where that server is by `server`"
    );
    assert_eq!(service.count().await, 0);
}

#[tokio::test]
async fn a_request_without_credential_takes_nothing_of_the_client_along() {
    let service = server().await;
    let mock = MockTransport::new().respond("servers_health", Response::status(204));
    let client = client(builder(&service).transport(mock.clone()));
    client.servers().health().send().await.unwrap();
    let request = mock.requests().pop().unwrap();
    assert_eq!(request.url.as_str(), "https://status.example.com/health");
    assert_eq!(request.headers.keys().map(HeaderName::as_str).collect::<Vec<_>>(), ["user-agent"]);
    assert_eq!(request.header("user-agent"), Some("me/1"));
    let known = server().await;
    let trusting = builder(&service).server("https://status.example.com", known.url());
    trusting.build().unwrap().servers().health().send().await.unwrap();
    assert_eq!(known.header("x-device-token").await.as_deref(), Some("d3vice"));
}

#[tokio::test]
async fn a_browser_goes_to_the_server_of_the_operation() {
    let service = server().await;
    let client = client(builder(&service));
    assert_eq!(client.servers().login().url().unwrap().as_str(), "https://login.example.com/login");
}

#[tokio::test]
async fn calls_by_id_go_to_the_same_servers() {
    let (service, files) = (server().await, server().await);
    let client = client(builder(&service).server(FILES, files.url()));
    let arguments = Map::from_iter([("name".to_owned(), json!("a"))]);
    client.call_operation("servers_file", arguments.clone()).await.unwrap();
    assert_eq!(files.all().await, ["GET /files/a"]);
    let error = client.call_operation("servers_delete_file", arguments).await.unwrap_err();
    assert!(error.to_string().contains("isn't sent to `https://trash.example.com`"), "{error}");
    assert_eq!(service.count().await, 0);
}

#[test]
fn what_can_not_be_a_server_is_refused_when_the_client_is_built() {
    let refused =
        |name: &str, url: &str| Client::builder().server(name, url).build().unwrap_err().to_string();
    assert_eq!(
        refused("https://api.example.com", "https://a.example"),
        "sample: the server `https://api.example.com` isn't known: the servers are `https://eu.files.example.com/v3`, \
         `https://trash.example.com`, `https://status.example.com`, `/v2`, `https://login.example.com`"
    );
    assert_eq!(
        refused(FILES, "http://a.example"),
        "sample: the URL of the server `https://eu.files.example.com/v3` is plain HTTP to another machine: use `https://`, or \
         allow it by `allow_insecure_http`"
    );
    assert_eq!(
        refused(FILES, "https://a.example?x"),
        "sample: the URL of the server `https://eu.files.example.com/v3` has a query"
    );
}

#[test]
fn the_service_lists_its_servers() {
    assert_eq!(Sample::SPEC.servers.first(), Some(&FILES));
    let spec = group::op::ServersFile::SPEC;
    assert_eq!(spec.server, Some(FILES));
}
