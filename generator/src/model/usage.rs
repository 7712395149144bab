//! Finds who uses each schema: requests or responses, as a whole body or not, and by which groups.

use std::collections::BTreeMap;

use serde_json::Value;

use super::json::{at, entries, list, media, parameter_schema, references};
use super::paths::PathOperation;
use super::types::Usage;
use crate::normalise::referenced;

/// The direction that a value travels in.
#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Request,
    Response,
}

/// The usage of every schema that an operation reaches, by the schema's name.
pub(super) fn find<'a>(document: &'a Value, operations: &[PathOperation<'a>]) -> BTreeMap<&'a str, Usage> {
    let mut walk = Walk { schemas: at(document, "/components/schemas"), found: BTreeMap::new() };
    for operation in operations {
        let source = operation.source;
        for parameter in list(&source["parameters"]) {
            walk.mark(parameter_schema(parameter), Direction::Request, operation.group);
        }
        if let Some((_, body)) = media(&source["requestBody"]) {
            walk.mark(&body["schema"], Direction::Request, operation.group);
            let whole = referenced(&body["schema"]).and_then(|name| walk.found.get_mut(name));
            whole.into_iter().for_each(|usage| usage.is_body = true);
        }
        for (_, response) in entries(&source["responses"]) {
            if let Some((_, body)) = media(response) {
                walk.mark(&body["schema"], Direction::Response, operation.group);
            }
        }
    }
    walk.found
}

struct Walk<'a> {
    schemas: &'a Value,
    found: BTreeMap<&'a str, Usage>,
}

impl<'a> Walk<'a> {
    /// Marks each schema that the schema refers to, and what it is made of, unless that was done before.
    fn mark(&mut self, schema: &'a Value, direction: Direction, group: &str) {
        let mut pending = references(schema);
        pending.reverse();
        while let Some(name) = pending.pop() {
            let usage = self.found.entry(name).or_default();
            let mark = match direction {
                Direction::Request => &mut usage.in_requests,
                Direction::Response => &mut usage.in_responses,
            };
            let is_new = !std::mem::replace(mark, true);
            if usage.groups.insert(group.to_owned()) || is_new {
                pending.extend(references(&self.schemas[name]).into_iter().rev());
            }
        }
    }
}
