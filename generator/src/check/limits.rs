//! Each limit is one that the client checks before it sends a request. Any other would be ignored silently.

use std::collections::BTreeSet;

use crate::fault::Fault;
use crate::openapi::kind::ObjectKind;
use crate::openapi::schema::KEYWORDS;
use crate::openapi::survey::Survey;
use crate::source::Node;

/// The limits of texts and numbers.
const OF_PLAIN: &[&str] = &[
    "minLength",
    "maxLength",
    "x-max-bytes",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
];

/// The limits of lists.
const OF_LISTS: &[&str] = &["minItems", "maxItems"];

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    // The survey may have missed a part of what requests contain.
    if survey.is_incomplete() {
        return;
    }
    let checked = Checked::of(survey);
    for site in survey.of_kind(ObjectKind::Schema) {
        for (limits, known) in [(OF_PLAIN, &checked.plain), (OF_LISTS, &checked.lists)] {
            let entries = limits.iter().filter_map(|limit| site.node.entry(limit));
            let unchecked = entries
                .filter(|(key, _)| fits_type(key, site.node))
                .filter(|_| !known.contains(&std::ptr::from_ref(site.node)));
            // All limits of one schema are unchecked for the same reason, so one fault is enough.
            if let Some((key, _)) = unchecked.take(1).next() {
                let what = format!("nothing checks `{}` here", key.text().unwrap_or_default());
                let help = "say it in `description`: the client checks the limits of parameters, of bodies and their members, and of the items in these";
                faults.push(key.fault("unchecked-limit", what, help));
            }
        }
    }
}

/// Whether the limit applies to the schema's type. Another check reports a limit that doesn't.
fn fits_type(key: &Node, schema: &Node) -> bool {
    let keyword = KEYWORDS.iter().find(|(keyword, _)| key.text() == Some(keyword));
    keyword.is_some_and(|(_, types)| schema.text_of("type").is_some_and(|kind| types.contains(&kind)))
}

/// The schemas whose limits are checked.
#[derive(Default)]
struct Checked {
    plain: BTreeSet<*const Node>,
    lists: BTreeSet<*const Node>,
}

/// Where in a request the value of a schema stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// It is a parameter, the body, or a member of the body.
    Named,
    /// It is in a list or map that has a name.
    Item,
    /// It is a form of a choice, or something else without a name.
    Unnamed,
}

impl Checked {
    /// Follows the parameters and bodies of all operations, as they are written.
    fn of(survey: &Survey<'_>) -> Self {
        let mut open: Vec<(&Node, Place)> = Vec::new();
        for operation in &survey.operations {
            let parameters = operation.parameters.iter().filter_map(|parameter| schema_of(parameter.node));
            open.extend(parameters.map(|schema| (schema, Place::Named)));
            open.extend(operation.body.and_then(schema_of).map(|schema| (schema, Place::Named)));
        }
        let mut checked = Self::default();
        let mut seen: BTreeSet<(*const Node, Place)> = BTreeSet::new();
        while let Some((next, place)) = open.pop() {
            let Some(schema) = survey.resolve(next) else { continue };
            if seen.insert((std::ptr::from_ref(schema), place)) {
                checked.mark(schema, place);
                open.extend(parts(schema, place));
            }
        }
        checked
    }

    fn mark(&mut self, schema: &Node, place: Place) {
        let schema = std::ptr::from_ref(schema);
        match place {
            Place::Named => {
                self.plain.insert(schema);
                self.lists.insert(schema);
            }
            Place::Item => {
                self.plain.insert(schema);
            }
            Place::Unnamed => {}
        }
    }
}

/// The schemas in a schema that stands at this place.
fn parts(schema: &Node, place: Place) -> Vec<(&Node, Place)> {
    let list = |key: &str| schema.get(key).map(Node::items).unwrap_or_default().iter();
    let members = schema.get("properties").map(Node::entries).unwrap_or_default().iter();
    // The type of an object with members has no limits for those that the spec doesn't list.
    let is_unnamed = place == Place::Unnamed || schema.get("properties").is_some();
    let place_inside = if is_unnamed { Place::Unnamed } else { Place::Item };
    let mut parts: Vec<(&Node, Place)> = members.map(|(_, member)| (member, Place::Named)).collect();
    parts.extend(list("allOf").map(|part| (part, place)));
    parts.extend(list("oneOf").chain(list("anyOf")).map(|form| (form, Place::Unnamed)));
    parts.extend(inside(schema).map(|inside| (inside, place_inside)));
    parts
}

/// The schema of the items of a list, or of the values of a map.
fn inside(schema: &Node) -> Option<&Node> {
    let inside = schema.get("items").or(schema.get("additionalProperties"));
    inside.filter(|inside| inside.is_mapping())
}

/// The schema of a parameter or body.
fn schema_of(holder: &Node) -> Option<&Node> {
    let content = holder.get("content").map(Node::entries).unwrap_or_default();
    holder.get("schema").or(content.iter().find_map(|(_, media)| media.get("schema")))
}
