//! Compares schemas, and everything in them. Each pair of schemas is compared once.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ptr;

use super::{Difference, difference};
use crate::openapi::reference::address;
use crate::openapi::survey::Survey;
use crate::openapi::types::{Property, SchemaType};
use crate::source::{Node, Value};

/// The comparison of a service with a document.
pub(super) struct Comparison<'s, 'o, 't> {
    ours: &'s Survey<'o>,
    theirs: &'s Survey<'t>,
    found: Vec<Difference>,
    /// The pairs of schemas that have been compared, by the name of ours.
    seen: BTreeSet<(String, *const Node, *const Node)>,
}

/// What only one of the two sides can have, each with two kinds of differences: what only the spec has, and what only the
/// document has.
const KINDS: &[(&str, &str, &str)] = &[
    ("body", "body-only-in-spec", "body-only-in-document"),
    ("deprecated", "deprecated-only-in-spec", "deprecated-only-in-document"),
    ("enum", "enum-only-in-spec", "enum-only-in-document"),
    ("member", "member-only-in-spec", "member-only-in-document"),
    ("parameter", "parameter-only-in-spec", "parameter-only-in-document"),
    ("required", "required-only-in-spec", "required-only-in-document"),
    ("status", "status-only-in-spec", "status-only-in-document"),
    ("value", "value-only-in-spec", "value-only-in-document"),
];

impl<'s, 'o, 't> Comparison<'s, 'o, 't> {
    pub(super) fn new(ours: &'s Survey<'o>, theirs: &'s Survey<'t>) -> Self {
        Self { ours, theirs, found: Vec::new(), seen: BTreeSet::new() }
    }

    pub(super) fn add(&mut self, difference: Difference) {
        self.found.push(difference);
    }

    pub(super) fn into_found(self) -> Vec<Difference> {
        self.found
    }

    /// Adds a difference if only one side has something.
    pub(super) fn either(&mut self, what: &str, place: &str, ours: Option<&Node>, theirs: Option<&Node>) {
        self.one_side(what, place, ours, theirs, "the document doesn't have", "the spec doesn't have");
    }

    /// Adds a difference if something is true on one side only.
    pub(super) fn flag(&mut self, what: &str, place: &str, ours: Option<&Node>, theirs: Option<&Node>) {
        self.one_side(
            what,
            place,
            ours,
            theirs,
            "in the spec only, this is",
            "in the document only, this is",
        );
    }

    fn one_side(
        &mut self,
        what: &str,
        place: &str,
        ours: Option<&Node>,
        theirs: Option<&Node>,
        if_ours: &str,
        if_theirs: &str,
    ) {
        let Some((_, in_spec, in_document)) = KINDS.iter().find(|(name, _, _)| *name == what) else { return };
        let (kind, node, beginning) = match (ours, theirs) {
            (Some(node), None) => (in_spec, node, if_ours),
            (None, Some(node)) => (in_document, node, if_theirs),
            _ => return,
        };
        let text = match what {
            "deprecated" | "required" => format!("{beginning} {what}: `{place}`"),
            _ => format!("{beginning} the {what} `{place}`"),
        };
        self.found.push(difference(kind, place, node, text));
    }

    /// Compares two schemas. `place` is the name of ours if it has none of its own.
    pub(super) fn schemas(&mut self, place: &str, ours: &'o Node, theirs: &'t Node) {
        let place = name_of(self.ours, ours).unwrap_or(place);
        let (Some(one), Some(other)) = (self.ours.unwrap(ours), self.theirs.unwrap(theirs)) else { return };
        if !self.seen.insert((place.to_owned(), ptr::from_ref(one), ptr::from_ref(other))) {
            return;
        }
        let (our_type, their_type) = (self.ours.type_of(one), self.theirs.type_of(other));
        if our_type != their_type {
            let what = format!(
                "`{place}` is {}, and the document says {}",
                in_words(our_type),
                in_words(their_type)
            );
            self.found.push(difference("type", place, one, what));
            return;
        }
        match our_type {
            SchemaType::Object => self.objects(place, one, other),
            SchemaType::List => self.inner("items", &format!("{place}[]"), one, other),
            _ => self.plain(place, one, other),
        }
    }

    fn objects(&mut self, place: &str, one: &'o Node, other: &'t Node) {
        let (ours, theirs) = (self.ours.properties_of(one), self.theirs.properties_of(other));
        let known: BTreeMap<&str, &Property<'o>> =
            ours.iter().map(|member| (member.name(), member)).collect();
        let documented: BTreeMap<&str, &Property<'t>> =
            theirs.iter().map(|member| (member.name(), member)).collect();
        let names: BTreeSet<&str> = known.keys().chain(documented.keys()).copied().collect();
        for name in names {
            let place = format!("{place}.{name}");
            let (one, other) = (known.get(name), documented.get(name));
            self.either("member", &place, one.map(|one| one.key), other.map(|other| other.key));
            let (Some(one), Some(other)) = (one, other) else { continue };
            let required = (one.is_required.then_some(one.key), other.is_required.then_some(other.key));
            self.flag("required", &place, required.0, required.1);
            self.schemas(&place, one.node, other.node);
        }
        self.inner("additionalProperties", &format!("{place}{{}}"), one, other);
    }

    /// Compares the schemas that one keyword holds.
    fn inner(&mut self, keyword: &str, place: &str, one: &'o Node, other: &'t Node) {
        let (one, other) = (one.get(keyword), other.get(keyword));
        if let (Some(one), Some(other)) =
            (one.filter(|one| one.is_mapping()), other.filter(|other| other.is_mapping()))
        {
            self.schemas(place, one, other);
        }
    }

    fn plain(&mut self, place: &str, one: &'o Node, other: &'t Node) {
        let (format, documented) = (one.text_of("format"), other.text_of("format"));
        if format != documented {
            let says = |format: Option<&str>| {
                format.map_or("no format".to_owned(), |format| format!("the format `{format}`"))
            };
            let what = format!("`{place}` has {}, and in the document {}", says(format), says(documented));
            self.found.push(difference("format", place, one, what));
        }
        let (ours, theirs) = (one.entry("enum"), other.entry("enum"));
        self.either("enum", place, ours.map(|(key, _)| key), theirs.map(|(key, _)| key));
        if let (Some((_, ours)), Some((_, theirs))) = (ours, theirs) {
            self.values(place, ours, theirs);
        }
    }

    fn values(&mut self, place: &str, ours: &Node, theirs: &Node) {
        let texts =
            |list: &'_ Node| -> BTreeSet<String> { list.items().iter().filter_map(text_of).collect() };
        let (known, documented) = (texts(ours), texts(theirs));
        for value in &known ^ &documented {
            let place = format!("{place}={value}");
            let node = |list: &BTreeSet<String>, node| list.contains(&value).then_some(node);
            self.either("value", &place, node(&known, ours), node(&documented, theirs));
        }
    }
}

/// The name of the component that a schema refers to, directly or as the only part of an `allOf`.
fn name_of<'a>(survey: &Survey<'a>, schema: &'a Node) -> Option<&'a str> {
    let only = match schema.get("allOf").map(Node::items) {
        Some([only]) => only,
        _ => schema,
    };
    let (file, section, name) = address(only)?;
    survey.definition((file, section, name)).map(|_| name)
}

/// A value of an enum as a text; none for null. A number is the same with a fraction of zero.
fn text_of(value: &Node) -> Option<String> {
    match value.value {
        Value::Float(number) => Some(number.to_string()),
        _ => value.scalar().map(Cow::into_owned),
    }
}

fn in_words(schema_type: SchemaType) -> &'static str {
    match schema_type {
        SchemaType::Any => "any JSON value",
        SchemaType::Text => "text",
        SchemaType::Integer => "an integer",
        SchemaType::Number => "a number",
        SchemaType::Flag => "a boolean",
        SchemaType::List => "a list",
        SchemaType::Object => "an object",
        SchemaType::Choice => "a choice",
        SchemaType::Broken => "nothing that exists",
    }
}
