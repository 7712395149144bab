use crate::descope_management::{Client, Error};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

const PROJECT: &str = "P2aAc4T2V93bddihGEx2Ryhc8e5Z";

async fn answering(response: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(response).mount(&server).await;
    server
}

fn client(server: &MockServer) -> Client {
    let builder = Client::builder(PROJECT, "K2aManagement").base_url(server.uri());
    builder.http_client_builder(reqwest::Client::builder().no_proxy()).build().unwrap()
}

async fn failure(status: u16, body: &str) -> Error {
    let server = answering(ResponseTemplate::new(status).set_body_raw(body, "application/json")).await;
    client(&server).user().get().login_id("jane@example.com").send().await.unwrap_err()
}

#[tokio::test]
async fn every_call_carries_the_project_and_the_key() {
    let server = answering(ResponseTemplate::new(200)).await;
    client(&server).user().delete().login_id("jane@example.com").send().await.unwrap();
    let requests = server.received_requests().await.unwrap();
    let headers = &requests[0].headers;
    assert_eq!(headers["authorization"], format!("Bearer {PROJECT}:K2aManagement"));
    assert_eq!(headers["x-descope-project-id"], PROJECT);
    assert_eq!(headers["x-descope-sdk-name"], "generated-client");
}

#[test]
fn a_project_of_a_region_has_its_own_server() {
    let client = Client::builder("Peuc1abcdefghijklmnopqrstuvwxyz0123", "K").build().unwrap();
    assert!(format!("{client:?}").contains("https://api.euc1.descope.com"), "{client:?}");
    let error = Client::builder("P2/..", "K").build().unwrap_err();
    assert_eq!(error.to_string(), "descope-management: the project ID is not made of letters and digits");
}

#[tokio::test]
async fn questions_to_an_error() {
    assert!(failure(400, r#"{"errorCode": "E112102"}"#).await.is_user_not_found());
    assert!(failure(400, r#"{"errorCode": "E062107"}"#).await.is_user_exists());
    assert!(failure(401, r#"{"errorCode": "E111119"}"#).await.is_unauthenticated());
    assert!(failure(401, "").await.is_unauthenticated());
    assert!(!failure(403, r#"{"errorDescription": "Forbidden"}"#).await.is_unauthenticated());
}
