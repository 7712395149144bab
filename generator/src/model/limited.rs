//! Finds the members whose values are made of parts with limits of their own, so that nothing else is looked through
//! before it is sent.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::build::{entries, list};
use super::{Limits, Shape, TypeInfo};
use crate::normalise::referenced;

/// Marks them.
pub(super) fn mark(schemas: &Value, types: &mut BTreeMap<String, TypeInfo>) {
    let limited = limited(schemas, types);
    for (name, found) in types {
        let Shape::Object(members) = &mut found.shape else { continue };
        for member in members {
            member.limits.within = is_within(&schemas[name]["properties"][&member.name], &limited);
        }
    }
}

/// The types that have a member with a limit, or a part that is of such a type.
fn limited(schemas: &Value, types: &BTreeMap<String, TypeInfo>) -> BTreeSet<String> {
    let has_limit =
        |found: &TypeInfo| found.shape.members().iter().any(|member| member.limits != Limits::default());
    let own = types.iter().filter(|(_, found)| has_limit(found));
    let mut limited: BTreeSet<String> = own.map(|(name, _)| name.clone()).collect();
    loop {
        let more =
            types.keys().filter(|name| !limited.contains(*name) && is_within(&schemas[*name], &limited));
        let more: Vec<String> = more.cloned().collect();
        if more.is_empty() {
            return limited;
        }
        limited.extend(more);
    }
}

/// Whether a value of the schema contains one of such a type. JSON in a string is a text as a whole.
fn is_within(schema: &Value, limited: &BTreeSet<String>) -> bool {
    if let Some(name) = referenced(schema) {
        return limited.contains(name);
    }
    entries(schema).any(|(key, value)| match key.as_str() {
        "properties" => entries(value).any(|(_, member)| is_within(member, limited)),
        "items" | "additionalProperties" => is_within(value, limited),
        "oneOf" | "anyOf" => list(value).any(|form| is_within(form, limited)),
        _ => false,
    })
}
