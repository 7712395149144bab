//! Read-only members are no part of requests, and write-only ones no part of responses.

use generator_cases::read_only::read_only::{Device, Lock, NewDevice, Report, State};
use generator_cases::read_only::{Client, operations};
use generator_cases::runtime::{ErrorKind, Shape};
use serde_json::{Map, Value, json};

use crate::server::Server;

fn client(server: &Server) -> Client {
    Client::builder("key").base_url(server.url()).build().unwrap()
}

fn arguments(json: Value) -> Map<String, Value> {
    json.as_object().cloned().unwrap()
}

fn members(shape: &Shape) -> Vec<&'static str> {
    let Shape::Object(object) = shape else { panic!("{shape:?}") };
    object.members.iter().map(|member| member.name).collect()
}

#[tokio::test]
async fn a_request_has_no_read_only_member() {
    let server = Server::giving("{}").await;
    client(&server).read_only().create("phone").send().await.unwrap();
    assert_eq!(server.body().await, r#"{"name":"phone"}"#);
    let given = arguments(json!({"name": "phone", "id": "d1"}));
    let error = client(&server).call_operation("read_only_create", given).await.unwrap_err();
    assert!(error.to_string().contains("argument `id` isn't one of the operation"), "{error}");
    assert_eq!(server.count().await, 1);
    assert_eq!(serde_json::to_string(&NewDevice::new("phone")).unwrap(), r#"{"name":"phone"}"#);
}

#[tokio::test]
async fn a_response_has_no_write_only_member() {
    let server = Server::giving(r#"{"text":"created","key":"s3cret"}"#).await;
    let report: Report = client(&server).read_only().create("phone").send().await.unwrap();
    assert_eq!(report.text, "created");
    let create = operations().into_iter().find(|info| info.spec.id == "read_only_create").unwrap();
    assert_eq!(members(&(create.response)()), ["text"]);
}

#[tokio::test]
async fn a_type_of_both_reads_what_it_does_not_write() {
    let server = Server::giving(r#"{"id":"d1","name":"phone","uses":[{"at":7},null],"state":"busy"}"#).await;
    let update = client(&server).read_only().update("phone", "1234").lock(Lock::new(60));
    let mut device: Device = update.send().await.unwrap();
    assert_eq!(server.body().await, r#"{"name":"phone","pin":"1234","lock":{"seconds":60}}"#);
    assert_eq!((device.id.as_str(), device.uses[0].at, device.state.clone()), ("d1", 7, Some(State::Busy)));

    // What came is sent back without what the service alone sets.
    device.pin = "4321".into();
    client(&server).read_only().update("", "0000").body(device).send().await.unwrap();
    assert_eq!(server.body().await, r#"{"name":"phone","pin":"4321"}"#);
}

#[tokio::test]
async fn a_call_by_id_refuses_what_only_the_service_sets() {
    let server = Server::giving("{}").await;
    let given = arguments(json!({"name": "phone", "pin": "1234", "id": "d1"}));
    let error = client(&server).call_operation("read_only_update", given).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::InvalidRequest(_)));
    assert!(error.to_string().contains("member `id` is set by the service alone"), "{error}");
    assert_eq!(server.count().await, 0);
}
