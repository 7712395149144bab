//! The example responses of the operations, for the tests of applications.

use serde_json::Value;

use super::macro_call::macro_call;
use crate::model::{Content, Operation, Response};

/// The declaration (`examples!`) of what the operations of a group respond with in the spec.
pub(super) fn declaration(operations: &[Operation]) -> String {
    let lines: Vec<String> = operations.iter().filter_map(line).collect();
    format!("#[cfg(feature = \"test-util\")]\n{}", macro_call("examples", &lines))
}

/// The first response that has an example.
fn line(operation: &Operation) -> Option<String> {
    let (status, example) = operation
        .responses
        .iter()
        .find_map(|response| Some((response.status.example(), example(response)?)))?;
    Some(format!("{}: {} = {status} {example},", operation.id, operation.marker))
}

/// What the response carries, as the macro takes it.
fn example(response: &Response) -> Option<String> {
    let body = response.examples.first().map(|(_, body)| body);
    match (&response.content, body, &response.location) {
        (Content::Empty, _, _) => Some("empty".to_owned()),
        (Content::Redirect, _, Some(location)) => Some(format!("location {location:?}")),
        (Content::Json(_), Some(body), _) => Some(format!("json {}", raw(&body.to_string()))),
        (Content::Text, Some(Value::String(text)), _) => Some(format!("text {text:?}")),
        _ => None,
    }
}

/// A text as a raw literal, so that quotes stay as they are.
fn raw(text: &str) -> String {
    let mut marks = "#".to_owned();
    while text.contains(&format!("\"{marks}")) {
        marks.push('#');
    }
    format!("r{marks}\"{text}\"{marks}")
}
