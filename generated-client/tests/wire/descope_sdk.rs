//! What the official Python SDK of Descope 2.16.0 was recorded to send for all that end users call, against what this
//! client sends for the same arguments.
//!
//! The table of operations drives it, so that a recording fails that no operation covers.

mod arguments;
mod differences;
#[cfg(feature = "descope-management")]
mod management;
mod replay;

use self::arguments::Given;
use self::differences::{Difference, Listed};
use crate::harness::{Body, PROJECT, Pairs, Sent, Server, json, parsed, without_proxy};
use generated_client::descope::{self, Client, Error};
use generated_client::runtime::{ErrorKind, OperationInfo};
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// What was recorded with this mode was sent by a client that has the key.
const WITH_KEY: &str = "auth_management_key";
const AUTH_MANAGEMENT_KEY: &str = "K2aAuthMgmtKey";

#[derive(Deserialize)]
struct Recording {
    call: String,
    mode: String,
    args: Map<String, Value>,
    method: String,
    path: String,
    query: Pairs,
    authorization: String,
    body: Value,
}

impl Recording {
    /// The name that the list of differences has for it.
    fn name(&self) -> String {
        format!("{} ({})", self.call, self.mode)
    }

    fn request(&self) -> Value {
        differences::request(&self.method, &self.path, &self.query, &self.authorization, self.body.clone())
    }
}

#[tokio::test]
async fn the_same_arguments_give_the_same_request_but_for_listed_differences() {
    let recordings: Vec<Recording> = parsed(include_str!("fixtures/descope-sdk.json"));
    let listed = Listed::of(include_str!("fixtures/descope-sdk-differences.json"));
    let mut faults = listed.unknown(recordings.iter().map(Recording::name).collect());

    // An error is a response that every operation can read.
    let server = Server::answering(json(400, r#"{"errorCode": "E011001"}"#)).await;
    let clients = Clients::of(&server);
    let mut covered = Vec::new();
    let mut operations = BTreeSet::new();
    for recording in &recordings {
        let name = recording.name();
        // Where the SDK's path is wrong, the list has the right one.
        let path = listed.path(&name).unwrap_or_else(|| recording.path.clone());
        match (operation(&recording.method, &path), listed.is_uncovered(&name)) {
            (None, true) => {}
            (Some(_), true) => faults.push(format!("{name}: an operation covers it")),
            (None, false) => faults.push(format!("{name}: no operation covers {} {path}", recording.method)),
            (Some(operation), false) => match arguments::of(&recording.args, operation, &path) {
                Ok(given) => {
                    clients.send(recording, operation.spec.id, given).await;
                    operations.insert(operation.spec.id);
                    covered.push(recording);
                }
                Err(fault) => faults.push(format!("{name}: {fault}")),
            },
        }
    }

    let requests = server.all_sent().await;
    assert_eq!(requests.len(), covered.len(), "each call sends one request");
    for (recording, sent) in covered.iter().zip(requests) {
        let (name, listed) = (recording.name(), listed.of_call(&recording.name()));
        let found = Difference::between(&recording.request(), &as_recorded(sent));
        if found != listed {
            faults.push(format!("{name}: differs in {found}, the list says {listed}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    // Neither the recordings nor the table of operations were lost on the way here.
    assert_eq!((recordings.len(), covered.len(), operations.len()), (144, 142, 77));
}

/// The one operation that a request is of.
fn operation(method: &str, path: &str) -> Option<&'static OperationInfo> {
    let is_of = |info: &&OperationInfo| {
        Method::from(info.spec.method).as_str() == method
            && arguments::in_path(info.spec.path, path).is_some()
    };
    let mut found = descope::operations().into_iter().filter(is_of);
    let first = found.next();
    assert_eq!(found.map(|info| info.spec.id).next(), None, "{path} is of two operations");
    first
}

/// The clients that calls are made with: building one takes longer than a call.
struct Clients {
    plain: Client,
    with_key: Client,
}

impl Clients {
    fn of(server: &Server) -> Self {
        let builder = || Client::builder(PROJECT).base_url(server.uri()).http_client_builder(without_proxy());
        let with_key = builder().auth_management_key(AUTH_MANAGEMENT_KEY).build().unwrap();
        Self { plain: builder().build().unwrap(), with_key }
    }

    /// Sends a call with the credential that was given. The server refuses it.
    async fn send(&self, recording: &Recording, id: &str, given: Given) {
        let with_key = recording.mode.contains(WITH_KEY);
        self.call(&recording.name(), with_key, id, given).await;
    }

    async fn call(&self, name: &str, with_key: bool, id: &str, given: Given) {
        let client = if with_key { &self.with_key } else { &self.plain };
        let arguments = given.arguments;
        let response: Result<Value, Error> = match given.credential {
            None => client.call_operation(id, arguments).await,
            Some(("access_key", key)) => client.with_access_key(key).call_operation(id, arguments).await,
            Some((_, jwt)) => client.with_refresh_token(jwt).call_operation(id, arguments).await,
        };
        match response.as_ref().map_err(Error::kind) {
            Err(ErrorKind::Api(api)) if api.status() == 400 => {}
            other => panic!("{name}: {other:?}"),
        }
    }
}

/// A request in the form of the recorded ones. The headers that these lack have their values checked.
fn as_recorded(sent: Sent) -> Value {
    let mut headers = sent.headers;
    let authorization = headers.remove("authorization").unwrap();
    assert_eq!(headers.remove("x-descope-project-id").as_deref(), Some(PROJECT));
    assert_eq!(headers.remove("x-descope-sdk-name").as_deref(), Some("generated-client"));
    assert_eq!(headers.remove("x-descope-sdk-version").as_deref(), Some(env!("CARGO_PKG_VERSION")));
    headers.remove("user-agent");
    let Body::Text(text) = sent.body else { panic!("the body is not parsed yet") };
    let body = match headers.remove("content-type").as_deref() {
        None if text.is_empty() => Value::Null,
        Some("application/json") => serde_json::from_str(&text).unwrap(),
        other => panic!("a body of type {other:?}: {text}"),
    };
    assert!(headers.is_empty(), "{headers:?}");
    differences::request(&sent.method, &sent.path, &sent.query, &authorization, body)
}
