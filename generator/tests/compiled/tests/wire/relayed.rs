//! What is handed on is read and written as it is, and what is stored is read back.

use generator_cases::relayed::Client;
use generator_cases::relayed::relayed::{Credential, Kind, Options, Session, Signed};
use serde_json::{Value, json};

use crate::server::Server;

fn client(server: &Server) -> Client {
    Client::builder("key").base_url(server.url()).build().unwrap()
}

#[tokio::test]
async fn a_response_is_handed_on_as_it_came() {
    let options = json!({
        "challenge": "YWJj", "keys": [{"extra": "a", "extra_": {"b": null}}, {}], "kind": "hologram", "new": [null, 1.5],
    });
    for options in [options, json!({"challenge": "YWJj", "keys": []}), json!({"challenge": "YWJj"})] {
        let server = Server::giving(&options.to_string()).await;
        let read: Options = client(&server).relayed().options().send().await.unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), options);
    }
}

#[tokio::test]
async fn a_request_is_sent_as_it_was_given() {
    let given =
        json!({"id": "YQ", "response": {"signature": "c2ln", "new": {}}, "kind": "hologram", "new": null});
    let credential: Credential = serde_json::from_value(given.clone()).unwrap();
    assert_eq!((&credential.kind, credential.extra.len()), (&Some(Kind::from("hologram")), 1));
    let server = Server::giving(r#"{"token":"t1"}"#).await;
    let call = client(&server).relayed().sign_in(credential.id, credential.response);
    call.kind(Kind::from("hologram")).extra(credential.extra).send().await.unwrap();
    assert_eq!(serde_json::from_str::<Value>(&server.body().await).unwrap(), given);
}

#[test]
fn a_request_that_lacks_something_is_not_read() {
    let read = |json: Value| serde_json::from_value::<Credential>(json).map_err(|error| error.to_string());
    assert_eq!(read(json!({"id": "YQ"})), Err("missing field `response`".to_owned()));
    assert_eq!(read(json!({"id": "YQ", "response": {"new": 1}})), Err("no form of Signed".to_owned()));
    let key = read(json!({"id": "YQ", "response": {"publicKey": "a", "new": 1}})).unwrap();
    assert!(matches!(key.response, Signed::NewKey(key) if key.extra["new"] == 1));
}

#[test]
fn a_session_is_stored_and_read_back() {
    let session: Session =
        serde_json::from_value(json!({"token": "s3cret", "user": {"names": ["Ada"], "mark": {"x": 1}}}))
            .unwrap();
    let stored = serde_json::to_string(&session).unwrap();
    assert_eq!(stored, r#"{"token":"s3cret","user":{"names":["Ada"],"mark":{"x":1}}}"#);
    assert_eq!(serde_json::from_str::<Session>(&stored).unwrap(), session);
    assert!(!format!("{session:?}").contains("s3cret"));
}
