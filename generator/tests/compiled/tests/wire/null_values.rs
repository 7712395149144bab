//! Absent, empty and null are three things.

use generator_cases::null_values::null_values::{Address, Colour, Profile, ProfileChange, Visitor};
use generator_cases::null_values::{Client, Nullable};
use generator_cases::runtime::ErrorKind;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

use crate::server::Server;

fn client(server: &Server) -> Client {
    Client::builder("key").base_url(server.url()).build().unwrap()
}

fn arguments(json: Value) -> Map<String, Value> {
    json.as_object().cloned().unwrap()
}

#[tokio::test]
async fn what_is_not_set_is_not_sent() {
    let server = Server::giving("{}").await;
    client(&server).null_values().update("Ada", ["a"], None, Colour::Red).send().await.unwrap();
    assert_eq!(server.body().await, r#"{"name":"Ada","tags":["a"],"address":null,"colour":"red"}"#);
}

#[tokio::test]
async fn each_member_that_allows_null_can_be_null() {
    let server = Server::giving("{}").await;
    let call = client(&server).null_values().update(None, None, Address::new("Paris", None), Nullable::Null);
    let call = call
        .motto(None)
        .pin(None)
        .age(None)
        .notes([Some("a".to_owned()), None])
        .friends(None)
        .links([("home".to_owned(), Nullable::Null)])
        .favourite(None)
        .extra(None)
        .visitor(Visitor::String(Nullable::Null));
    call.send().await.unwrap();
    assert_eq!(
        server.body().await,
        r#"{"name":null,"tags":null,"address":{"city":"Paris","street":null},"colour":null,"motto":null,"pin":null,"age":null,"notes":["a",null],"friends":null,"links":{"home":null},"favourite":null,"extra":null,"visitor":null}"#
    );
}

#[tokio::test]
async fn each_member_that_allows_null_can_be_a_value() {
    let server = Server::giving("{}").await;
    let call = client(&server).null_values().update("Ada", Vec::new(), None, Colour::Blue);
    let call = call.motto("").pin("1234").age(7).friends(["Grace"]).favourite(Colour::Red).extra(Map::new());
    call.visitor(Visitor::Integer(3)).send().await.unwrap();
    assert_eq!(
        server.body().await,
        r#"{"name":"Ada","tags":[],"address":null,"colour":"blue","motto":"","pin":"1234","age":7,"friends":["Grace"],"favourite":"red","extra":{},"visitor":3}"#
    );
}

#[tokio::test]
async fn an_empty_list_or_map_is_sent() {
    let server = Server::giving("{}").await;
    let call = client(&server).null_values().update("Ada", None, None, None);
    call.notes(Vec::<String>::new()).labels(BTreeMap::new()).send().await.unwrap();
    assert_eq!(
        server.body().await,
        r#"{"name":"Ada","tags":null,"address":null,"colour":null,"notes":[],"labels":{}}"#
    );
}

#[tokio::test]
async fn null_breaks_no_limits_and_a_value_can() {
    let server = Server::giving("{}").await;
    client(&server).null_values().update(None, None, None, None).send().await.unwrap();
    let error = client(&server).null_values().update("A", None, None, None).send().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::InvalidRequest(_)));
    assert!(error.to_string().contains("member `name` has 1 character, at least 2 are needed"), "{error}");
    assert_eq!(server.count().await, 1);
}

#[tokio::test]
async fn a_whole_body_can_be_null() {
    let server = Server::giving("null").await;
    let response = client(&server).null_values().replace(None).send().await.unwrap();
    assert_eq!((server.body().await.as_str(), response), ("null", None));

    let server = Server::giving(r#"{"city":"Paris","street":null,"floors":[]}"#).await;
    let address = Address::new("Paris", "Rue 1").flat(None).floors([1]);
    let response = client(&server).null_values().replace(address).send().await.unwrap().unwrap();
    assert_eq!(server.body().await, r#"{"city":"Paris","street":"Rue 1","floors":[1],"flat":null}"#);

    // What came is written back as it came.
    assert_eq!((&response.street, &response.floors, &response.flat), (&Nullable::Null, &Some(vec![]), &None));
    client(&server).null_values().replace(response).send().await.unwrap();
    assert_eq!(server.body().await, r#"{"city":"Paris","street":null,"floors":[]}"#);
}

#[tokio::test]
async fn null_in_a_response_is_none() {
    let server = Server::giving(r#"{"name":null,"notes":["a",null],"address":null}"#).await;
    let response = client(&server).null_values().update(None, None, None, None).send().await.unwrap();
    let mut expected = Profile::default();
    expected.notes = vec![Some("a".to_owned()), None];
    assert_eq!(response, expected);
    let read = |json: &str| serde_json::from_str::<Profile>(json).unwrap();
    assert_eq!(read("{}"), Profile::default());
    assert_eq!(read(r#"{"name":""}"#).name.as_deref(), Some(""));
}

#[tokio::test]
async fn calls_by_id_tell_the_three_apart() {
    let server = Server::giving("{}").await;
    let given = json!({
        "name": null, "tags": [], "address": {"city": "Paris", "street": null}, "colour": null, "notes": [null],
        "links": {}, "visitor": null,
    });
    let client = client(&server);
    client.call_operation("null_values_update", arguments(given.clone())).await.unwrap();
    assert_eq!(serde_json::from_str::<Value>(&server.body().await).unwrap(), given);

    client.call_operation("null_values_replace", arguments(json!({"body": null}))).await.unwrap();
    assert_eq!(server.body().await, "null");
    let whole = json!({"city": "Paris", "street": null});
    client.call_operation("null_values_replace", arguments(whole)).await.unwrap();
    assert_eq!(server.body().await, r#"{"city":"Paris","street":null}"#);
}

#[tokio::test]
async fn a_call_by_id_refuses_null_elsewhere() {
    let server = Server::giving("{}").await;
    let valid = json!({"name": "Ada", "tags": null, "address": null, "colour": null});
    for (member, value, what) in [
        ("labels", json!(null), "member `labels` can't be null"),
        ("labels", json!({"a": null}), "member `labels` can't contain null"),
        ("tags", json!(["a", null]), "member `tags` can't contain null"),
        ("address", json!({"city": null, "street": "s"}), "member `address.city` can't be null"),
        (
            "address",
            json!({"city": "c", "street": "s", "floors": null}),
            "member `address.floors` can't be null",
        ),
    ] {
        let mut given = arguments(valid.clone());
        given.insert(member.to_owned(), value);
        let error = client(&server).call_operation("null_values_update", given).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::InvalidRequest(_)));
        assert!(error.to_string().contains(what), "{error}");
    }
    assert_eq!(server.count().await, 0);
}

#[test]
fn a_request_is_read_with_its_nulls() {
    let json =
        json!({"name": null, "tags": null, "address": null, "colour": "red", "motto": null, "notes": []});
    let read: ProfileChange = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(read.motto, Some(Nullable::Null));
    assert_eq!((read.notes.as_ref().map(Vec::len), read.labels.as_ref()), (Some(0), None));
    assert_eq!(serde_json::to_value(&read).unwrap(), json);
    let lacking = serde_json::from_value::<ProfileChange>(json!({"tags": null})).unwrap_err();
    assert_eq!(lacking.to_string(), "missing field `name`");
}
