//! Finds the parts of an example or a default that don't fit its schema.

use std::collections::{BTreeMap, BTreeSet};

use chrono::DateTime;

use super::words::suggest;
use super::{json_text, patterns};
use crate::fault::Fault;
use crate::openapi::survey::Survey;
use crate::openapi::types::{Property, SchemaType, forms_of, is_choice};
use crate::source::{Node, Value};

/// The most comparisons of a schema with a part of one value. Nested choices multiply the comparisons; values that people
/// write need a few hundred.
const STEPS: usize = 20_000;

/// How deep the recursion can go. The depth of values is limited, but a choice can contain itself.
const DEEPEST: usize = 100;

/// The side that sends a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sender {
    Client,
    /// A server can send null for a member that could be absent.
    Server,
    /// The value stands with a schema, so either of them can send it.
    Either,
}

impl Sender {
    /// The key of the members that the values of this sender don't have, and who sends them instead.
    fn left_out(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Client => Some(("readOnly", "responses")),
            Self::Server => Some(("writeOnly", "requests")),
            Self::Either => None,
        }
    }
}

/// Reports each part of the value that doesn't fit the schema, as a fault of this rule.
pub(super) fn check<'a>(
    survey: &Survey<'a>,
    rule: &'static str,
    value: &Node,
    schema: &'a Node,
    sender: Sender,
    faults: &mut Vec<Fault>,
) {
    let mut fitting = Fitting { survey, rule, sender, steps: STEPS, depth: 0, faults: Vec::new() };
    fitting.value(value, schema);
    faults.append(&mut fitting.faults);
}

/// The keywords that limit a number, and the words for it in messages.
struct Range {
    low: &'static str,
    high: &'static str,
    verb: &'static str,
    unit: &'static str,
}

const VALUE: Range = Range { low: "minimum", high: "maximum", verb: "is", unit: "" };
const LENGTH: Range = Range { low: "minLength", high: "maxLength", verb: "has", unit: " characters" };
const ITEMS: Range = Range { low: "minItems", high: "maxItems", verb: "has", unit: " items" };

fn declares_nothing(schema: &Node) -> bool {
    schema.get("properties").is_some_and(|properties| properties.entries().is_empty())
}

/// Whether a text would be a value of this type without its quotes.
fn is_quoted(text: &str, kind: SchemaType) -> bool {
    match kind {
        SchemaType::Integer => text.parse::<i64>().is_ok(),
        SchemaType::Number => text.parse::<f64>().is_ok_and(f64::is_finite),
        SchemaType::Flag => ["true", "false"].contains(&text),
        _ => false,
    }
}

struct Fitting<'s, 'a> {
    survey: &'s Survey<'a>,
    rule: &'static str,
    sender: Sender,
    steps: usize,
    depth: usize,
    faults: Vec<Fault>,
}

impl<'a> Fitting<'_, 'a> {
    fn refuse(&mut self, node: &Node, what: String, help: impl Into<Box<str>>) {
        self.faults.push(node.fault(self.rule, what, help));
    }

    fn value(&mut self, value: &Node, schema: &'a Node) {
        if self.steps > 0 && self.depth < DEEPEST {
            self.steps -= 1;
            self.depth += 1;
            self.fit(value, schema);
            self.depth -= 1;
        }
    }

    fn fit(&mut self, value: &Node, schema: &'a Node) {
        if value.is_invalid() || self.survey.unwrap(schema).is_none() {
            return;
        }
        if matches!(value.value, Value::Null) {
            match self.survey.type_of(schema) {
                _ if self.survey.is_nullable(schema) => {}
                SchemaType::Any => {}
                SchemaType::Choice => self.choice(value, schema),
                _ => self.refuse(
                    value,
                    "`null` doesn't fit here".to_owned(),
                    "write a value, leave the member out, or add `nullable: true` to its schema",
                ),
            }
            return;
        }
        match self.survey.type_of(schema) {
            SchemaType::Any | SchemaType::Broken => {}
            SchemaType::Choice => self.choice(value, schema),
            SchemaType::Object => self.object(value, schema),
            kind => {
                if let Some(schema) = self.survey.unwrap(schema) {
                    self.plain_or_list(value, schema, kind);
                }
            }
        }
    }

    fn plain_or_list(&mut self, value: &Node, schema: &'a Node, kind: SchemaType) {
        match (kind, &value.value) {
            (SchemaType::Text, Value::String(text)) => {
                self.text(value, text, schema);
                self.enumerated(value, schema);
            }
            (SchemaType::Integer, Value::Integer(_))
            | (SchemaType::Number, Value::Integer(_) | Value::Float(_)) => {
                self.range(value, value.number().unwrap_or_default(), schema, &VALUE);
                self.width(value, schema);
                self.enumerated(value, schema);
            }
            (SchemaType::Flag, Value::Bool(_)) => self.enumerated(value, schema),
            (SchemaType::List, Value::Sequence(items)) => {
                self.range(value, items.len() as f64, schema, &ITEMS);
                for item in items {
                    if let Some(schema) = schema.get("items") {
                        self.value(item, schema);
                    }
                }
            }
            (SchemaType::Text, Value::Integer(_) | Value::Float(_) | Value::Bool(_)) => {
                let what = format!("the schema asks for text, and this is {}", value.kind());
                self.refuse(value, what, "put it in quotes");
            }
            _ => self.wrong_type(value, kind),
        }
    }

    fn wrong_type(&mut self, value: &Node, kind: SchemaType) {
        let expected = match kind {
            SchemaType::Text => "text",
            SchemaType::Integer => "an integer",
            SchemaType::Number => "a number",
            SchemaType::Flag => "a boolean",
            _ => "a list",
        };
        let help = match (kind, &value.value) {
            (SchemaType::List, Value::String(_)) => "write a list, such as `[a, b]`",
            (_, Value::String(text)) if is_quoted(text, kind) => "remove the quotes",
            _ => "correct the value, or the schema",
        };
        self.refuse(value, format!("the schema asks for {expected}, and this is {}", value.kind()), help);
    }

    fn text(&mut self, value: &Node, text: &str, schema: &'a Node) {
        self.range(value, text.chars().count() as f64, schema, &LENGTH);
        let most = schema.get("x-max-bytes").and_then(Node::number);
        if let Some(most) = most.filter(|most| text.len() as f64 > *most) {
            let what = format!("`x-max-bytes` is {most}, and this has {} bytes", text.len());
            self.refuse(value, what, "correct the value, or the schema");
        }
        if patterns::of(schema).is_some_and(|pattern| pattern.find(text).is_none()) {
            let what = "the text doesn't match the pattern of the schema".to_owned();
            self.refuse(value, what, "correct the value, or the pattern");
        }
        let is_time = schema.text_of("format") == Some("date-time") && schema.get("enum").is_none();
        if is_time && DateTime::parse_from_rfc3339(text).is_err() {
            let what = "the text isn't a time in RFC 3339".to_owned();
            self.refuse(value, what, "write one such as `2026-11-28T12:30:00Z`, or delete the `format`");
        }
        if let Some(schema) = schema.get("x-json-text") {
            match json_text::read(text, value) {
                Some(inner) => self.value(&inner, schema),
                None => self.refuse(value, "the text isn't JSON".to_owned(), "correct it"),
            }
        }
    }

    /// Reports a value that a closed enum doesn't list.
    fn enumerated(&mut self, value: &Node, schema: &'a Node) {
        let values = schema.get("enum").filter(|_| !schema.is_true("x-open-enum")).map(Node::items);
        let (Some(values), Some(text)) = (values, value.scalar()) else { return };
        let is_same = |known: &Node| match (known.number(), value.number()) {
            (Some(known), Some(number)) => known == number,
            _ => known.scalar().as_ref() == Some(&text),
        };
        if !values.iter().any(is_same) {
            let known: Vec<_> = values.iter().filter_map(Node::scalar).collect();
            let help = suggest(&text, known.iter().map(AsRef::as_ref), "write one of its values");
            self.refuse(value, format!("the enum has no value `{text}`"), help);
        }
    }

    fn range(&mut self, value: &Node, number: f64, schema: &'a Node, range: &Range) {
        let bound = |key: &str| schema.get(key).and_then(Node::number);
        let is_excluded = |flag: &str, limit: f64| number == limit && schema.is_true(flag);
        let low = bound(range.low).filter(|limit| number < *limit || is_excluded("exclusiveMinimum", *limit));
        let high =
            bound(range.high).filter(|limit| number > *limit || is_excluded("exclusiveMaximum", *limit));
        for (key, limit) in [(range.low, low), (range.high, high)] {
            if let Some(limit) = limit {
                let what = format!("`{key}` is {limit}, and this {} {number}{}", range.verb, range.unit);
                self.refuse(value, what, "correct the value, or the schema");
            }
        }
    }

    /// Reports a number that its format can't hold, and so the type in Rust neither.
    fn width(&mut self, value: &Node, schema: &'a Node) {
        let format = schema.text_of("format").unwrap_or_default();
        let (fits, wider) = match (format, &value.value) {
            ("int32", Value::Integer(number)) => (i32::try_from(*number).is_ok(), "write `format: int64`"),
            ("uint64", Value::Integer(number)) => (*number >= 0, "delete the `format`"),
            ("float", _) => (
                value.number().is_none_or(|number| number.abs() <= f32::MAX.into()),
                "write `format: double`",
            ),
            _ => return,
        };
        if !fits {
            let what = format!("`format` is `{format}`, which can't hold this number");
            self.refuse(value, what, format!("correct the value, or {wider}"));
        }
    }

    fn object(&mut self, value: &Node, schema: &'a Node) {
        if !value.is_mapping() {
            let what = format!("the schema asks for an object, and this is {}", value.kind());
            self.refuse(value, what, "write `key: value` lines, indented");
            return;
        }
        let members = self.survey.properties_of(schema);
        let present: BTreeSet<&str> = value.entries().iter().filter_map(|(key, _)| key.text()).collect();
        let is_missing =
            |member: &&Property<'_>| !present.contains(member.name()) && self.is_expected(member);
        for member in members.iter().filter(is_missing).copied().collect::<Vec<_>>() {
            let what = format!("the required member `{}` is missing", member.name());
            self.refuse(value, what, format!("add `{}: …`", member.name()));
        }
        let by_name: BTreeMap<&str, &Property<'a>> =
            members.iter().map(|member| (member.name(), member)).collect();
        let object = self.survey.unwrap(schema);
        let additional = object.and_then(|object| object.get("additionalProperties"));
        for (key, value) in value.entries() {
            let name = key.text().unwrap_or_default();
            match (by_name.get(name), additional) {
                (Some(member), _) if self.leaves_out(member).is_some() => self.left_out(key, name, member),
                (Some(member), _) if self.may_be_null(member) && matches!(value.value, Value::Null) => {}
                (Some(member), _) => self.value(value, member.node),
                (None, Some(schema)) if schema.is_mapping() => self.value(value, schema),
                (None, additional) => {
                    // An object without `properties` can have any members; one with empty `properties` has none.
                    let is_free = match additional {
                        Some(additional) => matches!(additional.value, Value::Bool(true)),
                        None => members.is_empty() && !object.is_some_and(declares_nothing),
                    };
                    // Forms beside the members have members of their own.
                    let is_choice = object.is_some_and(is_choice);
                    if !is_free && !is_choice && self.survey.has_all_parts(schema) {
                        self.unknown(key, name, &members);
                    }
                }
            }
        }
    }

    /// Whether each value has the member. One that only the other side sends can be absent.
    fn is_expected(&self, member: &Property<'a>) -> bool {
        let is_of_one_side = || ["readOnly", "writeOnly"].into_iter().any(|key| member.node.is_true(key));
        member.is_required
            && match self.sender {
                Sender::Either => !is_of_one_side(),
                _ => self.leaves_out(member).is_none(),
            }
    }

    /// The key that keeps a member out of the values of the sender.
    fn leaves_out(&self, member: &Property<'a>) -> Option<(&'static str, &'static str)> {
        self.sender.left_out().filter(|(key, _)| member.node.is_true(key))
    }

    fn left_out(&mut self, key: &Node, name: &str, member: &Property<'a>) {
        if let Some((keyword, others)) = self.leaves_out(member) {
            let what = format!("`{name}` is `{keyword}`, so only {others} have it");
            self.refuse(key, what, format!("delete it here, or `{keyword}` in the schema"));
        }
    }

    fn may_be_null(&self, member: &Property<'a>) -> bool {
        self.sender == Sender::Server && !member.is_required
    }

    fn unknown(&mut self, key: &Node, name: &str, members: &[Property<'a>]) {
        let known = members.iter().map(Property::name);
        let help = suggest(name, known, "add it to the schema, or delete it here");
        self.refuse(key, format!("the schema has no member `{name}`"), help);
    }

    /// Reports a value that fits none of the alternatives.
    fn choice(&mut self, value: &Node, schema: &'a Node) {
        let Some(schema) = self.survey.unwrap(schema) else { return };
        let alternatives = forms_of(schema);
        let before = self.faults.len();
        for alternative in alternatives {
            self.value(value, alternative);
            if self.faults.len() == before {
                return;
            }
            self.faults.truncate(before);
        }
        if !alternatives.is_empty() {
            self.refuse(
                value,
                "the value fits none of the alternatives of the schema".to_owned(),
                "correct the value, or the schema",
            );
        }
    }
}
