//! Parameters and members of one name can all be set.

use generator_cases::runtime::ErrorKind;
use generator_cases::same_names::Client;
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
async fn each_goes_where_its_name_says() {
    let server = done().await;
    let call = client(&server).same_names().move_("boat", "harbour", "move").id_in_header("request");
    let call = call.locale_in_query("de").locale("fr").weight_in_query(7).weight(9);
    call.begin_("soon").send_raw_(true).send_(false).timeout_(3).send().await.unwrap();
    let (head, body) = server.last().await;
    assert_eq!(head, "POST /boats/boat?id=harbour&locale=de&Weight=7&begin=soon&send_raw=true");
    assert_eq!(body, r#"{"id":"move","locale":"fr","weight":9,"send":false,"timeout":3}"#);
    assert_eq!(server.header("id").await.as_deref(), Some("request"));
}

#[tokio::test]
async fn the_path_comes_before_the_query() {
    let server = done().await;
    client(&server).same_names().get("boat").id_in_query(["a", "b"]).send().await.unwrap();
    assert_eq!(server.last().await.0, "GET /boats/boat?id=a&id=b");
}

#[tokio::test]
async fn a_call_by_id_names_the_place() {
    let server = done().await;
    let given = json!({
        "path.id": "boat", "query.id": "harbour", "header.id": "request", "id": "move", "query.locale": "de",
        "locale": "fr", "query.Weight": 7, "weight": 9, "query.begin": "soon",
    });
    client(&server).call_operation("same_names_move", arguments(given)).await.unwrap();
    let (head, body) = server.last().await;
    assert_eq!(head, "POST /boats/boat?id=harbour&locale=de&Weight=7&begin=soon");
    assert_eq!(
        serde_json::from_str::<Value>(&body).unwrap(),
        json!({"id": "move", "locale": "fr", "weight": 9})
    );
    assert_eq!(server.header("id").await.as_deref(), Some("request"));

    let given = arguments(json!({"id": "boat", "query.id": ["a"]}));
    client(&server).call_operation("same_names_get", given).await.unwrap();
    assert_eq!(server.last().await.0, "GET /boats/boat?id=a");
}

#[tokio::test]
async fn a_place_that_the_parameter_is_not_in_is_no_name_of_it() {
    let server = done().await;
    let given =
        arguments(json!({"header.locale": "de", "path.id": "boat", "query.id": "harbour", "id": "move"}));
    let error = client(&server).call_operation("same_names_move", given).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::InvalidRequest(_)));
    assert!(error.to_string().contains("argument `header.locale` isn't one of the operation"), "{error}");
    assert_eq!(server.count().await, 0);
}
