//! What the official SDKs of Descope for Python, Node and Go were recorded to send to the management API, replayed: this
//! client sends the same for the same values, but for listed differences.

use super::arguments::{Given, in_path, without_nulls};
use super::differences::{self, Difference, Listed};
use super::{as_recorded, replay};
use crate::harness::{PROJECT, Pairs, Server, json, parsed, without_proxy};
use generated_client::descope_management::{self, Client, Error};
use generated_client::runtime::{ErrorKind, OperationInfo};
use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;

const KEY: &str = "K2aAc4T2V93bddihGEx2Ryhc8e5ZMGMTKEY";

#[derive(Deserialize)]
struct Recording {
    call: String,
    mode: String,
    method: String,
    path: String,
    #[serde(default)]
    query: Pairs,
    #[serde(default = "usual_authorization")]
    authorization: String,
    #[serde(default)]
    body: Value,
}

/// What nearly every request has.
fn usual_authorization() -> String {
    format!("Bearer {PROJECT}:{KEY}")
}

impl Recording {
    /// The name that the list of differences has for it.
    fn name(&self) -> String {
        format!("{} ({})", self.call, self.mode)
    }

    /// The request. A member that the SDK sends as null is one that was not set.
    fn request(&self) -> Value {
        let body = without_nulls(&self.body);
        differences::request(&self.method, &self.path, &self.query, &self.authorization, body)
    }
}

#[tokio::test]
async fn the_requests_of_the_python_sdk_are_sent_but_for_listed_differences() {
    let replayed = replayed(
        include_str!("../fixtures/descope-management-sdk.json"),
        include_str!("../fixtures/descope-management-sdk-differences.json"),
    );
    assert_eq!(replayed.await, Replayed { recordings: 479, covered: 465, operations: 258 });
}

#[tokio::test]
async fn the_requests_of_the_node_sdk_are_sent_but_for_listed_differences() {
    let replayed = replayed(
        include_str!("../fixtures/descope-management-node-sdk.json"),
        include_str!("../fixtures/descope-management-node-sdk-differences.json"),
    );
    assert_eq!(replayed.await, Replayed { recordings: 186, covered: 181, operations: 115 });
}

#[tokio::test]
async fn the_requests_of_the_go_sdk_are_sent_but_for_listed_differences() {
    let replayed = replayed(
        include_str!("../fixtures/descope-management-go-sdk.json"),
        include_str!("../fixtures/descope-management-go-sdk-differences.json"),
    );
    assert_eq!(replayed.await, Replayed { recordings: 137, covered: 134, operations: 95 });
}

/// How many there were, so that none is lost on the way.
#[derive(Debug, PartialEq)]
struct Replayed {
    recordings: usize,
    covered: usize,
    operations: usize,
}

/// Sends what was recorded, and compares what arrives.
async fn replayed(recordings: &str, differences: &str) -> Replayed {
    let recordings: Vec<Recording> = parsed(recordings);
    let listed = Listed::of(differences);
    let mut faults = listed.unknown(recordings.iter().map(Recording::name).collect());

    let server = Server::answering(json(400, r#"{"errorCode": "E011001"}"#)).await;
    let builder = Client::builder(PROJECT, KEY).base_url(server.uri()).http_client_builder(without_proxy());
    let client = builder.build().unwrap();
    let mut covered = Vec::new();
    let mut operations = BTreeSet::new();
    for recording in &recordings {
        let name = recording.name();
        let path = listed.path(&name).unwrap_or_else(|| recording.path.clone());
        match (operation(&recording.method, &path), listed.is_uncovered(&name)) {
            (None, true) => continue,
            (Some(_), true) => faults.push(format!("{name}: an operation covers it")),
            (None, false) => faults.push(format!("{name}: no operation covers {} {path}", recording.method)),
            (Some(operation), false) => {
                let Some(expected) = listed.of_call(&name).applied_to(recording.request()) else {
                    faults.push(format!("{name}: a listed difference is none"));
                    continue;
                };
                let given = replay::given(operation, &path, &recording.authorization, &expected);
                let refused = match given {
                    Ok(given) => refused(&client, operation, given).await,
                    Err(fault) => Err(fault),
                };
                match refused {
                    Ok(()) => {
                        operations.insert(operation.spec.id);
                        covered.push((name, expected));
                    }
                    Err(fault) => faults.push(format!("{name}: {fault}")),
                }
            }
        }
    }

    let sent = server.all_sent().await;
    assert_eq!(sent.len(), covered.len(), "each call sends one request");
    for ((name, expected), sent) in covered.iter().zip(sent) {
        let difference = Difference::between(expected, &as_recorded(sent));
        if difference != Difference::default() {
            faults.push(format!("{name}: differs in {difference}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    Replayed { recordings: recordings.len(), covered: covered.len(), operations: operations.len() }
}

/// The operation that a request is of: of several that its path fits, the one with the fewest parameters in its path.
fn operation(method: &str, path: &str) -> Option<&'static OperationInfo> {
    let is_of = |info: &&OperationInfo| {
        Method::from(info.spec.method).as_str() == method && in_path(info.spec.path, path).is_some()
    };
    let found = descope_management::operations().into_iter().filter(is_of);
    found.min_by_key(|info| info.spec.path.matches('{').count())
}

/// Sends a call with the credential that was given. The server refuses it; that nothing was sent is a fault.
async fn refused(client: &Client, operation: &OperationInfo, given: Given) -> Result<(), String> {
    let (id, arguments) = (operation.spec.id, given.arguments);
    let response: Result<Value, Error> = match given.credential {
        Some((_, token)) if token != KEY => {
            client.with_inbound_app_token(token).call_operation(id, arguments).await
        }
        _ => client.call_operation(id, arguments).await,
    };
    match response.as_ref().map_err(Error::kind) {
        Err(ErrorKind::Api(api)) if api.status() == 400 => Ok(()),
        other => Err(format!("{other:?}")),
    }
}
