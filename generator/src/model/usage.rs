//! Finds who uses each schema: requests or responses, as a whole body or not, and by which groups.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::definitions::{Direction, Usage};
use super::json::{at, entries, flag, list, media, parameter_schema, references};
use super::paths::PathOperation;
use crate::normalise::{HEADERS, referenced};
use crate::openapi::media_type::MediaKind;

/// The usage of every schema that an operation reaches, by the schema's name.
pub(super) fn find<'a>(document: &'a Value, operations: &[PathOperation<'a>]) -> BTreeMap<&'a str, Usage> {
    let mut walk = Walk { schemas: at(document, "/components/schemas"), found: BTreeMap::new() };
    for operation in operations {
        let source = operation.source;
        for parameter in list(&source["parameters"]) {
            walk.mark(parameter_schema(parameter), Direction::Request, operation.group);
        }
        if let Some((kind, body)) = media(&source["requestBody"]) {
            walk.mark(&body["schema"], Direction::Request, operation.group);
            let whole = referenced(&body["schema"]).and_then(|name| walk.found.get_mut(name));
            if let Some(usage) = whole {
                usage.is_body = true;
                usage.has_parts |= kind == MediaKind::Multipart;
            }
        }
        for (_, response) in entries(&source["responses"]) {
            walk.mark(&response[HEADERS], Direction::Response, operation.group);
            let headers = referenced(&response[HEADERS]).and_then(|name| walk.found.get_mut(name));
            headers.into_iter().for_each(|usage| usage.is_headers = true);
            if let Some((_, body)) = media(response) {
                walk.mark(&body["schema"], Direction::Response, operation.group);
            }
        }
    }
    walk.mark_what_is_kept();
    walk.mark_contained("x-relayed", |usage| &mut usage.in_relayed);
    walk.mark_contained("x-stored", |usage| &mut usage.in_stored);
    walk.found
}

struct Walk<'a> {
    schemas: &'a Value,
    found: BTreeMap<&'a str, Usage>,
}

impl<'a> Walk<'a> {
    /// Marks each schema that the schema refers to, and what it is made of, unless that was done before. Members that
    /// the direction leaves out lead nowhere.
    fn mark(&mut self, schema: &'a Value, direction: Direction, group: &str) {
        let mut pending = references(schema, direction.left_out());
        pending.reverse();
        while let Some(name) = pending.pop() {
            let usage = self.found.entry(name).or_default();
            let mark = match direction {
                Direction::Request => &mut usage.in_requests,
                Direction::Response => &mut usage.in_responses,
            };
            let is_new = !std::mem::replace(mark, true);
            if usage.groups.insert(group.to_owned()) || is_new {
                pending.extend(references(&self.schemas[name], direction.left_out()).into_iter().rev());
            }
        }
    }

    /// Marks the schemas that carry the key, and all that they contain.
    fn mark_contained(&mut self, key: &str, mark: fn(&mut Usage) -> &mut bool) {
        let carries_key = |name: &&str| flag(&self.schemas[*name], key);
        let mut pending: Vec<&str> = self.found.keys().copied().filter(carries_key).collect();
        while let Some(name) = pending.pop() {
            let is_marked = self.found.get_mut(name).map(mark);
            if let Some(is_marked) = is_marked.filter(|is_marked| !**is_marked) {
                *is_marked = true;
                pending.extend(references(&self.schemas[name], ""));
            }
        }
    }

    /// A schema that both requests and responses contain keeps its write-only members, so responses are read with them.
    /// Their types are marked as parts of responses, too; this is repeated until nothing new is marked.
    fn mark_what_is_kept(&mut self) {
        let mut done: BTreeSet<&str> = BTreeSet::new();
        loop {
            let both = self.found.iter().filter(|(_, usage)| usage.in_requests && usage.in_responses);
            let new = both.filter(|(name, _)| !done.contains(*name));
            let new: Vec<_> = new.map(|(name, usage)| (*name, usage.groups.clone())).collect();
            if new.is_empty() {
                return;
            }
            for (name, groups) in new {
                done.insert(name);
                let schema = self.schemas.get(name).unwrap_or(&Value::Null);
                let members =
                    schema.get("properties").into_iter().flat_map(entries).map(|(_, member)| member);
                for member in members.filter(|member| flag(member, Direction::Response.left_out())) {
                    groups.iter().for_each(|group| self.mark(member, Direction::Response, group));
                }
            }
        }
    }
}
