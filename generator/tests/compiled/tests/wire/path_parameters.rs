//! Paths with parameters.

use generator_cases::path_parameters::Client;
use generator_cases::runtime::testing::{MockTransport, Response};
use wiremock::ResponseTemplate;

use crate::server::Server;

#[tokio::test]
async fn what_is_encoded_in_the_spec_is_sent_as_it_is() {
    let server = Server::responding(ResponseTemplate::new(204)).await;
    let client = Client::builder("key").base_url(server.url()).build().unwrap();
    client.path_parameters().quay("ö%").send().await.unwrap();
    assert_eq!(server.last().await.0, "GET /caf%C3%A9/%C3%B6%25/%7Bopen%7d");

    let mock = MockTransport::new().respond("path_parameters_quay", Response::status(204));
    let client = Client::builder("key").transport(mock.clone()).build().unwrap();
    client.path_parameters().quay("a").send().await.unwrap();
    assert_eq!(mock.requests()[0].url.path(), "/caf%C3%A9/a/%7Bopen%7d");
}
