//! Finds who uses each type: requests or responses, as a whole body or not, which groups, and who first.

use std::collections::BTreeMap;

use serde_json::Value;

use super::build::{entries, list};
use super::{Operation, TypeInfo};
use crate::normalise::referenced;

/// The direction that a type travels in.
#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Request,
    Response,
}

/// Marks every type that an operation reaches; `operations` are in the order in which they are printed.
pub(super) fn mark(document: &Value, operations: &[Operation], types: &mut BTreeMap<String, TypeInfo>) {
    let schemas = &document["components"]["schemas"];
    for (order, operation) in operations.iter().enumerate() {
        let source = &document["paths"][&operation.path][operation.method.to_lowercase()];
        let mut walk = Walk { schemas, types, group: &operation.group, next: order * ORDERS_AN_OPERATION };
        for parameter in list(&source["parameters"]) {
            walk.below(&parameter["schema"], Direction::Request);
            walk.media(parameter, Direction::Request);
        }
        walk.media(&source["requestBody"], Direction::Request);
        for (_, response) in entries(&source["responses"]) {
            walk.media(response, Direction::Response);
        }
        let body = operation.body.as_ref().and_then(|body| body.schema.as_ref());
        if let Some(found) = body.and_then(|schema| types.get_mut(schema)) {
            found.is_body = true;
        }
    }
}

/// More than the types that one operation can be the first to use.
const ORDERS_AN_OPERATION: usize = 100_000;

struct Walk<'a> {
    schemas: &'a Value,
    types: &'a mut BTreeMap<String, TypeInfo>,
    group: &'a str,
    next: usize,
}

impl Walk<'_> {
    fn media(&mut self, holder: &Value, direction: Direction) {
        for (_, media) in entries(&holder["content"]) {
            self.below(&media["schema"], direction);
        }
    }

    /// Marks each type in the schema, and what it is made of, unless that was done before.
    fn below(&mut self, schema: &Value, direction: Direction) {
        if let Some(name) = referenced(schema) {
            let Some(found) = self.types.get_mut(name) else { return };
            let mark = match direction {
                Direction::Request => &mut found.in_requests,
                Direction::Response => &mut found.in_responses,
            };
            let seen = *mark;
            *mark = true;
            let new_group = found.used_by.insert(self.group.to_owned());
            if found.order == usize::MAX {
                found.order = self.next;
                self.next += 1;
            }
            if !seen || new_group {
                self.below(&self.schemas[name], direction);
            }
            return;
        }
        for (key, value) in entries(schema) {
            match key.as_str() {
                "properties" => entries(value).for_each(|(_, member)| self.below(member, direction)),
                "items" | "additionalProperties" | "x-json-text" => self.below(value, direction),
                "oneOf" | "anyOf" => list(value).for_each(|part| self.below(part, direction)),
                _ => {}
            }
        }
    }
}
