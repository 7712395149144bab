//! Rules about examples.

use std::collections::BTreeSet;
use std::ptr;

use serde_json::Value;

use super::findings::Findings;
use crate::fault::Location;
use crate::openapi::kind::ObjectKind;
use crate::openapi::schema::subschemas;
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;
use crate::openapi::types::{Property, SchemaType};
use crate::source::Node;

/// Each member of an object is shown by an example: its own, or that of a body.
pub(super) fn unshown_members(survey: &Survey<'_>, findings: &mut Findings<'_, '_>) {
    let mut shown = Shown { survey, members: BTreeSet::new(), seen: BTreeSet::new() };
    for site in survey.sites.iter().filter(|site| site.reference().is_none()) {
        shown.add_site(site);
    }
    for site in survey.sites.iter().filter(|site| site.via == "properties") {
        let Some(key) = site.key.filter(|_| site.node.get("example").is_none()) else { continue };
        if !shown.members.contains(&key.location()) {
            let what = format!("no example shows `{}`", key.text().unwrap_or_default());
            let help = "add the member to an example of a body, or write `example: …` at the member";
            findings.add(site.node, key.fault("unshown-member", what, help));
        }
    }
}

/// The members that examples show.
struct Shown<'s, 'a> {
    survey: &'s Survey<'a>,
    /// Where the key of each member is. Members of joined schemas are copies, which have the place of the original.
    members: BTreeSet<Location>,
    /// The pairs of a schema and a value of the example that is looked at.
    seen: BTreeSet<(*const Node, *const Value)>,
}

impl<'a> Shown<'_, 'a> {
    fn add_site(&mut self, site: &Site<'a>) {
        let schema = match site.kind {
            ObjectKind::Schema => Some(site.node),
            ObjectKind::MediaType | ObjectKind::Parameter => site.node.get("schema"),
            _ => None,
        };
        let Some(schema) = schema else { return };
        let named = site.node.get("examples").map(Node::entries).unwrap_or_default().iter();
        let named = named.filter_map(|(_, example)| self.survey.resolve(example)?.get("value"));
        let examples: Vec<Value> =
            site.node.get("example").into_iter().chain(named).map(Node::to_json).collect();
        for example in &examples {
            self.seen.clear();
            self.add(schema, example);
        }
    }

    /// Adds the members that a value of a schema has.
    fn add(&mut self, schema: &'a Node, value: &Value) {
        let Some(plain) = self.survey.unwrap(schema) else { return };
        if !self.seen.insert((ptr::from_ref(plain), ptr::from_ref(value))) {
            return;
        }
        match value {
            Value::Object(members) => {
                let known = self.survey.properties_of(plain);
                for (name, value) in members {
                    self.add_member(plain, known.iter().find(|member| member.name() == name), value);
                }
            }
            Value::Array(items) => {
                if let Some(schema) = plain.get("items") {
                    items.iter().for_each(|item| self.add(schema, item));
                }
            }
            Value::String(text) => {
                let inner = plain.get("x-json-text").zip(serde_json::from_str::<Value>(text).ok());
                if let Some((schema, value)) = inner {
                    // The value has no place of its own in the example.
                    let seen = std::mem::take(&mut self.seen);
                    self.add(schema, &value);
                    self.seen = seen;
                }
            }
            _ => {}
        }
        if self.survey.type_of(plain) == SchemaType::Choice {
            let alternatives = subschemas(plain).into_iter().filter(|inner| inner.keyword == "oneOf");
            alternatives.for_each(|alternative| self.add(alternative.schema, value));
        }
    }

    fn add_member(&mut self, object: &'a Node, member: Option<&Property<'a>>, value: &Value) {
        match member {
            Some(member) => {
                self.members.insert(member.key.location());
                self.add(member.node, value);
            }
            None => {
                if let Some(schema) = object.get("additionalProperties") {
                    self.add(schema, value);
                }
            }
        }
    }
}
