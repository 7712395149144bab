//! Each limit is one that the client checks before it sends a request. Any other would be ignored silently.

use std::collections::BTreeSet;

use crate::fault::Fault;
use crate::openapi::kind::ObjectKind;
use crate::openapi::schema::KEYWORDS;
use crate::openapi::survey::Survey;
use crate::source::Node;

/// The limits of texts and numbers.
const OF_PLAIN: &[&str] =
    &["minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];

/// The limits of lists.
const OF_LISTS: &[&str] = &["minItems", "maxItems"];

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    let checked = Checked::of(survey);
    for site in survey.of_kind(ObjectKind::Schema) {
        for (limits, known) in [(OF_PLAIN, &checked.plain), (OF_LISTS, &checked.lists)] {
            let entries = limits.iter().filter_map(|limit| site.node.entry(limit));
            let unchecked = entries
                .filter(|(key, _)| fits_type(key, site.node))
                .filter(|_| !known.contains(&std::ptr::from_ref(site.node)));
            // The limits of one value have one cause.
            if let Some((key, _)) = unchecked.take(1).next() {
                let what = format!("nothing checks `{}` here", key.text().unwrap_or_default());
                let help = "say it in `description`: the client checks the limits of parameters, of members of a request, and of the items in these";
                faults.push(key.fault("unchecked-limit", what, help));
            }
        }
    }
}

/// Whether a limit is one of the schema's type. Another check reports one that isn't.
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

impl Checked {
    /// Follows the parameters and bodies of all operations.
    fn of(survey: &Survey<'_>) -> Self {
        let mut checked = Self::default();
        let mut open: Vec<&Node> = Vec::new();
        for operation in &survey.operations {
            for parameter in &operation.parameters {
                if let Some(schema) = schema_of(parameter.node) {
                    checked.place(survey, schema);
                }
            }
            open.extend(operation.body.and_then(schema_of));
        }
        let mut seen: BTreeSet<*const Node> = BTreeSet::new();
        while let Some(next) = open.pop() {
            let Some(schema) = survey.resolve(next) else { continue };
            if !seen.insert(std::ptr::from_ref(schema)) {
                continue;
            }
            for member in survey.properties_of(schema) {
                checked.place(survey, member.node);
                open.push(member.node);
            }
            for part in survey.parts_of(schema) {
                open.extend(part.get("oneOf").map(Node::items).unwrap_or_default());
                open.extend(inside(part));
            }
            // A wrapper may hold a list or a choice.
            open.extend(survey.unwrap(schema));
        }
        checked
    }

    /// Notes the schema of a member or parameter, and those of the items in it.
    fn place<'a>(&mut self, survey: &Survey<'a>, schema: &'a Node) {
        let Some(outer) = survey.unwrap(schema) else { return };
        self.lists.insert(std::ptr::from_ref(outer));
        let mut next = Some(outer);
        // A type that contains itself is an object, whose members are places of their own.
        while let Some(schema) = next.filter(|schema| self.plain.insert(std::ptr::from_ref(*schema))) {
            next = inside(schema).and_then(|inside| survey.unwrap(inside));
        }
    }
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
