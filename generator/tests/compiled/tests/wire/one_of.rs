//! A request that needs one of several arguments is refused without any, before it is sent.

use generator_cases::one_of::Client;
use serde_json::{Map, Value, json};
use wiremock::ResponseTemplate;

use crate::server::Server;

fn client(server: &Server) -> Client {
    Client::builder("key").base_url(server.url()).build().unwrap()
}

fn arguments(json: Value) -> Map<String, Value> {
    json.as_object().cloned().unwrap()
}

async fn done() -> Server {
    Server::responding(ResponseTemplate::new(204)).await
}

#[tokio::test]
async fn exactly_one_is_sent() {
    let server = done().await;
    client(&server).one_of().get().boat_id("b1").send().await.unwrap();
    assert_eq!(server.last().await.0, "GET /boats?boatId=b1");
    client(&server).call_operation("one_of_get", arguments(json!({"query.name": "Ada"}))).await.unwrap();
    assert_eq!(server.last().await.0, "GET /boats?name=Ada");

    let none =
        "sample one_of_get: the request needs exactly one of `boatId` and `name`, and has none of them";
    let both = "sample one_of_get: the request needs exactly one of `boatId` and `name`, and has `boatId` and `name`";
    let call = || client(&server).one_of().get();
    assert_eq!(call().send().await.unwrap_err().to_string(), none);
    assert_eq!(call().name("").send_raw().await.unwrap_err().to_string(), none);
    assert_eq!(call().name("s3cret").boat_id("s3cret").send().await.unwrap_err().to_string(), both);
    let given = || arguments(json!({"name": "s3cret", "boatId": "s3cret"}));
    let error = client(&server).call_operation("one_of_get", given()).await.unwrap_err();
    assert_eq!(error.to_string(), both);
    let error = client(&server).prepare_operation("one_of_get", given()).unwrap_err();
    assert_eq!(error.to_string(), both);
    assert_eq!(server.count().await, 2);
}

#[tokio::test]
async fn at_least_one_is_sent() {
    let server = done().await;
    let call = || client(&server).one_of().sink();
    call().locale("de").send().await.unwrap();
    assert_eq!(server.last().await, ("DELETE /boats?locale=de".to_owned(), "{}".to_owned()));
    call().ids(["b1"]).harbour("Hull").send().await.unwrap();
    let body = r#"{"ids":["b1"],"harbour":"Hull"}"#;
    assert_eq!(server.last().await, ("DELETE /boats".to_owned(), body.to_owned()));

    let none = "sample one_of_sink: the request needs at least one of `ids`, `harbour` and `locale`, and has none of them";
    assert_eq!(call().send().await.unwrap_err().to_string(), none);
    assert_eq!(call().ids([""; 0]).send().await.unwrap_err().to_string(), none);
    assert_eq!(server.count().await, 2);
}

#[test]
fn the_table_of_operations_has_what_is_needed() {
    let operations = generator_cases::one_of::operations();
    let needed = operations.iter().filter_map(|info| info.spec.argument_group);
    let needed: Vec<_> = needed.map(|one_of| (one_of.arguments, one_of.is_exact)).collect();
    assert_eq!(needed, [(&["boatId", "name"][..], true), (&["ids", "harbour", "locale"][..], false)]);
}
