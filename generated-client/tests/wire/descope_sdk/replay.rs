//! What the official Node, Go, Swift and Kotlin SDKs send for all that end users call, replayed: this client sends the same
//! for the same values, but for listed differences.

use super::arguments::{self, Given};
use super::differences::{self, Difference, Listed};
use super::{Clients, as_recorded, operation};
use crate::harness::{PROJECT, Pairs, Server, json, parsed};
use generated_client::runtime::{OperationInfo, Shape};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Request {
    sdk: String,
    call: String,
    method: String,
    path: String,
    query: Pairs,
    authorization: String,
    body: Value,
}

#[tokio::test]
async fn the_requests_of_official_sdks_are_sent_but_for_listed_differences() {
    let requests: Vec<Request> = parsed(include_str!("../fixtures/descope-requests.json"));
    let listed = Listed::of(include_str!("../fixtures/descope-requests-differences.json"));
    let names = requests.iter().map(|request| format!("{} {}", request.sdk, request.call));
    let mut faults = listed.unknown(names.clone().collect());

    let server = Server::answering(json(400, r#"{"errorCode": "E011001"}"#)).await;
    let clients = Clients::of(&server);
    let mut covered = Vec::new();
    for (request, name) in requests.iter().zip(names) {
        let Request { method, path, query, authorization, body, .. } = request;
        let recorded = differences::request(method, path, query, authorization, body.clone());
        let expected = listed.of_call(&name).applied_to(recorded);
        let (Some(operation), Some(expected)) = (operation(method, path), expected) else {
            faults
                .push(format!("{name}: no operation covers {method} {path}, or a listed difference is none"));
            continue;
        };
        match given(operation, path, authorization, &expected) {
            Ok(given) => {
                clients.call(&name, false, operation.spec.id, given).await;
                covered.push((name, expected));
            }
            Err(fault) => faults.push(format!("{name}: {fault}")),
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
    // No request was lost on the way here.
    assert_eq!((requests.len(), covered.len()), (307, 307));
}

/// The values of a request as arguments of the operation. Each has a place there, with all its members.
pub(super) fn given(
    operation: &OperationInfo,
    path: &str,
    authorization: &str,
    request: &Value,
) -> Result<Given, String> {
    let mut arguments = arguments::in_path(operation.spec.path, path).unwrap_or_default();
    for (name, values) in request["query"].as_object().into_iter().flatten() {
        let (_, shape) = arguments::parameter_of(operation, name).ok_or(format!("no parameter `{name}`"))?;
        arguments.insert(name.clone(), of_query(&shape, values));
    }
    if request["body"].is_array() {
        arguments.insert("body".to_owned(), request["body"].clone());
    }
    for (name, value) in request["body"].as_object().cloned().unwrap_or_default() {
        match (operation.request)() {
            Shape::Object(_) => {
                let (_, shape) =
                    arguments::member_of(operation, &name).ok_or(format!("no member `{name}`"))?;
                arguments::is_known(&shape, &value).map_err(|unknown| format!("`{name}`: no {unknown}"))?;
            }
            other => return Err(format!("a body of the shape {other:?}")),
        }
        arguments.insert(name, value);
    }
    Ok(Given { arguments, credential: credential(authorization) })
}

/// The values of one name as what the parameter takes.
fn of_query(shape: &Shape, values: &Value) -> Value {
    match (shape, &values[0]) {
        (Shape::List(_), _) => values.clone(),
        (Shape::Boolean, first) => (first == "true").into(),
        (_, first) => first.clone(),
    }
}

/// What stands after the project ID.
fn credential(authorization: &str) -> Option<(&'static str, String)> {
    let secret = authorization.strip_prefix(&format!("Bearer {PROJECT}:"))?;
    let scheme = if secret == "ACCESSKEY" { "access_key" } else { "refresh_token" };
    Some((scheme, secret.to_owned()))
}
