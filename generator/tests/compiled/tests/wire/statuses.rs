//! Ranges of statuses, `default` as a success, and redirects that lead nowhere.

use generator_cases::runtime::ErrorKind;
use generator_cases::statuses::Client;
use generator_cases::statuses::statuses::{Report, StatusesAnyOtherResponse, StatusesUnchangedResponse};
use wiremock::ResponseTemplate;

use crate::server::Server;

const REPORT: &str = r#"{"title":"Tides"}"#;

async fn responding(status: u16, body: &str) -> (Server, Client) {
    let response = ResponseTemplate::new(status).set_body_raw(body, "application/json");
    let server = Server::responding(response).await;
    let client = Client::builder("key").base_url(server.url()).build().unwrap();
    (server, client)
}

fn report() -> Report {
    serde_json::from_str(REPORT).unwrap()
}

#[tokio::test]
async fn a_range_is_each_of_its_statuses() {
    for status in [200, 201, 299] {
        let (_server, client) = responding(status, REPORT).await;
        assert_eq!(client.statuses().any_success().send().await.unwrap(), report());
    }
    let (_server, client) = responding(404, REPORT).await;
    let error = client.statuses().any_success().send().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Api(_)));
}

#[tokio::test]
async fn a_status_goes_before_its_range() {
    let (_server, client) = responding(200, REPORT).await;
    let found = client.statuses().any_other().send().await.unwrap();
    assert_eq!(found, StatusesAnyOtherResponse::Ok(report()));
    let (_server, client) = responding(202, "in print").await;
    let found = client.statuses().any_other().send().await.unwrap();
    assert_eq!(found, StatusesAnyOtherResponse::Successful("in print".to_owned()));
    let (_server, client) = responding(307, "").await;
    let found = client.statuses().any_other().send().await.unwrap();
    assert_eq!(found, StatusesAnyOtherResponse::Redirected);
}

#[tokio::test]
async fn default_says_what_a_success_is_where_nothing_else_does() {
    let (_server, client) = responding(203, REPORT).await;
    assert_eq!(client.statuses().default().send().await.unwrap(), report());
    let (_server, client) = responding(500, REPORT).await;
    let error = client.statuses().default().send().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Api(_)));
}

#[tokio::test]
async fn a_redirect_without_a_location_is_a_response() {
    let (_server, client) = responding(304, "").await;
    let found = client.statuses().unchanged().send().await.unwrap();
    assert_eq!(found, StatusesUnchangedResponse::NotModified);
    let (_server, client) = responding(300, &format!("[{REPORT}]")).await;
    let found = client.statuses().unchanged().send().await.unwrap();
    assert_eq!(found, StatusesUnchangedResponse::Status300(vec![report()]));
}

#[tokio::test]
async fn any_method_is_sent_and_get_can_have_a_body() {
    let server = Server::responding(ResponseTemplate::new(204)).await;
    let client = generator_cases::methods::Client::builder("key").base_url(server.url()).build().unwrap();
    client.methods().ask().send().await.unwrap();
    assert_eq!(server.last().await.0, "OPTIONS /lamp");
    client.methods().follow().send().await.unwrap();
    assert_eq!(server.last().await.0, "TRACE /lamp");
    assert_eq!(server.header("authorization").await, None);
    client.methods().search("red").send().await.unwrap();
    assert_eq!(server.last().await, ("GET /lamps".to_owned(), r#"{"colour":"red"}"#.to_owned()));
}
