//! What is done about a fault.

use serde_json::json;

use super::super::notes::Notes;
use super::super::split::Files;
use super::naming;
use super::place::{Place, Way};
use crate::curation::names_of_unknown;
use crate::fault::Fault;
use crate::openapi::kind::ObjectKind;
use crate::source::{Node, Value};

/// What is done about the value at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remedy {
    /// It is taken out of the mapping or list that holds it.
    Remove,
    /// It becomes a schema that takes any JSON, and keeps its description.
    TakeAnything,
    /// It becomes a schema that takes any text, and keeps its description.
    TakeText,
    /// The file goes.
    RemoveFile,
    /// An enum says that it can get more values.
    OpenEnum,
    /// A list says that its items can be anything.
    AddItems,
    /// A media type says that the body can be anything.
    AddSchema,
    /// A schema gets the type that its keywords are about.
    AddType,
    /// A redirect gets a `Location`.
    AddLocation,
    /// A body that is text or bytes, whatever its schema says, gets none.
    RemoveSchema,
    /// An operation gets a successful response.
    AddSuccess,
    /// An operation gets another name.
    RenameOperation,
    /// A component gets another name.
    RenameComponent,
    /// A schema gets a name in the file.
    Name,
    /// Nothing is left to do.
    Leave,
}

/// The rules of curation that have one remedy, which changes nothing of the client. So nobody has to apply it by hand.
pub(super) const SAFE: &[&str] = &["closed-enum", "closed-object", "ignored-key"];

/// The rules whose first remedy is to take out what the fault points to.
const REMOVED: &[&str] = &[
    "beside-reference",
    "body-of-get",
    "body-of-response",
    "bounds",
    "closed-object",
    "contradiction",
    "default",
    "duplicate-header",
    "duplicate-parameter",
    "empty-choice",
    "enum-value",
    "example",
    "extension-value",
    "header-name",
    "ignored-key",
    "misplaced-extension",
    "misplaced-keyword",
    "misplaced-part",
    "nullable",
    "number-format",
    "part-encoding",
    "pattern",
    "required-member",
    "several-servers",
    "unknown-extension",
    "unknown-group",
    "unknown-key",
    "unsupported-key",
    "unused-example",
    "unused-header",
    "unused-parameter",
    "unused-request-body",
    "unused-response",
    "unused-schema",
];

/// The remedy for a fault at this place, after some attempts that didn't help, and the place where it is applied.
pub(super) fn of(fault: &Fault, place: &Place, files: &Files, attempt: usize) -> (Place, Remedy) {
    let way = place.way(files);
    if attempt == 0
        && let Some(first) = first(fault, place, &way)
    {
        return first;
    }
    let mut rungs = ladder(place, &way, files);
    // If the rule has a first remedy of its own, that was the first attempt.
    let skipped = attempt - usize::from(first(fault, place, &way).is_some() && attempt > 0);
    match rungs.len() {
        0 => (place.clone(), Remedy::Leave),
        count => rungs.swap_remove(skipped.min(count - 1)),
    }
}

/// The remedy that suits the rule.
fn first(fault: &Fault, place: &Place, way: &Way) -> Option<(Place, Remedy)> {
    let holder = |kind: ObjectKind| way.objects.iter().rev().find(|(_, of)| *of == kind);
    let at = |kind: ObjectKind| Some(place.up_to(holder(kind)?.0));
    let is_component_name = || {
        let parts: Vec<Option<&str>> = way.keys.iter().map(Option::as_deref).collect();
        matches!(parts.as_slice(), [Some("components"), Some("schemas" | "responses"), Some(_)])
    };
    let is_member = || way.keys.iter().rev().nth(1).is_some_and(|key| key.as_deref() == Some("properties"));
    match fault.rule {
        "example" | "default" => {
            let key = |step: &Option<String>| {
                step.as_deref().is_some_and(|key| ["example", "examples", "default"].contains(&key))
            };
            let from = way.objects.last().map_or(0, |(steps, _)| *steps);
            let of_object = way.keys.iter().skip(from).position(key).map(|index| from + index + 1);
            let steps = of_object.or(way.keys.iter().rposition(key).map(|index| index + 1))?;
            // Of several examples, the others may be right.
            let is_one_of_several =
                way.keys.iter().take(steps).next_back() == Some(&Some("examples".to_owned()));
            Some((place.up_to(steps + usize::from(is_one_of_several)), Remedy::Remove))
        }
        "empty-group" => Some((place.up_to(0), Remedy::RemoveFile)),
        "unknown-group" => Some((at(ObjectKind::Tag)?, Remedy::Remove)),
        "closed-enum" => Some((at(ObjectKind::Schema)?, Remedy::OpenEnum)),
        "missing-items" => Some((at(ObjectKind::Schema)?, Remedy::AddItems)),
        "missing-key" if way.objects.last() == Some(&(place.steps.len(), ObjectKind::MediaType)) => {
            Some((place.clone(), Remedy::AddSchema))
        }
        "missing-type" => Some((at(ObjectKind::Schema)?, Remedy::AddType)),
        "missing-location" => Some((at(ObjectKind::Response)?, Remedy::AddLocation)),
        "missing-success" => Some((at(ObjectKind::Operation)?, Remedy::AddSuccess)),
        "name-collision" | "reserved-name" | "duplicate-schema" if is_component_name() => {
            Some((place.clone(), Remedy::RenameComponent))
        }
        "name-collision" | "reserved-name" | "duplicate-operation-id"
            if way.keys.last().is_some_and(|key| key.as_deref() == Some("operationId")) =>
        {
            Some((at(ObjectKind::Operation)?, Remedy::RenameOperation))
        }
        "name-collision" | "reserved-name"
            if fault.what.starts_with("this schema has no name")
                || fault.what.ends_with("as does this schema") =>
        {
            Some((at(ObjectKind::Schema)?, Remedy::Name))
        }
        "media-type" if way.keys.last().is_some_and(|key| key.as_deref() == Some("content")) => {
            Some((place.clone(), Remedy::Remove))
        }
        "media-type"
            if way.objects.last() == Some(&(place.steps.len(), ObjectKind::MediaType))
                && !fault.what.contains("can't be sent") =>
        {
            Some((place.clone(), Remedy::RemoveSchema))
        }
        // A key with a wrong value, and not an object.
        "wrong-type" if way.objects.last().is_some_and(|(steps, _)| *steps < place.steps.len()) => {
            Some((place.clone(), Remedy::Remove))
        }
        "name-collision" if is_member() => Some((place.clone(), Remedy::Remove)),
        rule if REMOVED.contains(&rule) => Some((place.clone(), Remedy::Remove)),
        _ => None,
    }
}

/// What can be tried one after the other: to take more and more of what is around the place. A request without its body
/// would be another one, so the body is taken with its operation.
fn ladder(place: &Place, way: &Way, files: &Files) -> Vec<(Place, Remedy)> {
    let has_around = |wanted: ObjectKind| way.objects.iter().any(|(_, kind)| *kind == wanted);
    let (is_sent, is_in_operation) = (has_around(ObjectKind::RequestBody), has_around(ObjectKind::Operation));
    let mut rungs = Vec::new();
    for (steps, kind) in way.objects.iter().rev() {
        let at = place.up_to(*steps);
        let is_only_media_type = || {
            let content = at.up_to(steps.saturating_sub(1));
            content.node(files).is_none_or(|content| content.entries().len() < 2)
        };
        match kind {
            ObjectKind::Schema => {
                let around =
                    way.objects.iter().rev().find(|(of, kind)| of < steps && *kind != ObjectKind::Schema);
                let is_top = way.objects.iter().rev().find(|(of, _)| of < steps).map(|(_, kind)| *kind);
                let is_parameter = around
                    .is_some_and(|(_, kind)| [ObjectKind::Parameter, ObjectKind::Header].contains(kind));
                rungs.push((
                    at,
                    if is_parameter && is_top != Some(ObjectKind::Schema) {
                        Remedy::TakeText
                    } else {
                        Remedy::TakeAnything
                    },
                ));
            }
            ObjectKind::RequestBody if is_in_operation => {}
            ObjectKind::MediaType if is_sent && is_only_media_type() => {}
            ObjectKind::RequestBody
            | ObjectKind::Parameter
            | ObjectKind::Header
            | ObjectKind::Example
            | ObjectKind::MediaType
            | ObjectKind::Response
            | ObjectKind::SecurityRequirement
            | ObjectKind::SecurityScheme
            | ObjectKind::Server
            | ObjectKind::Tag
            | ObjectKind::Operation
            | ObjectKind::ExternalDocs
            | ObjectKind::PathItem => rungs.push((at, Remedy::Remove)),
            _ => {}
        }
    }
    rungs
}

impl Remedy {
    /// Applies the remedy, and notes it. If the list or mapping around the place is taken out as well, it returns the place
    /// of that.
    pub(super) fn apply(
        self,
        place: &Place,
        files: &mut Files,
        fault: &Fault,
        notes: &mut Notes,
    ) -> Option<Place> {
        let node = place.node(files).cloned()?;
        self.note(place, files, &node, fault, notes);
        match self {
            Self::Remove => {
                place.remove(files);
                return prune(place, files);
            }
            Self::Leave => {}
            Self::TakeAnything => change(place, files, take_anything),
            Self::TakeText => change(place, files, |schema| {
                take_anything(schema);
                schema.set_json("type", &json!("string"));
            }),
            Self::RemoveFile => _ = files.remove(&place.file),
            Self::OpenEnum => change(place, files, |schema| {
                schema.set_json("x-open-enum", &json!(true));
                let names = names_of_unknown(schema);
                names.iter().for_each(|names| schema.set_json("x-enum-names", names));
            }),
            Self::AddItems => change(place, files, |schema| schema.set_json("items", &json!({}))),
            Self::AddSchema => change(place, files, |media| media.set_json("schema", &json!({}))),
            Self::AddType => change(place, files, add_type),
            Self::AddLocation => change(place, files, add_location),
            Self::RemoveSchema => change(place, files, |media| {
                ["schema", "example", "examples"].iter().for_each(|key| _ = media.remove(key));
            }),
            Self::AddSuccess => change(place, files, |operation| {
                if let Some(responses) = operation.get_mut("responses") {
                    responses.set_json("200", &json!({"description": "It isn't described."}));
                }
            }),
            Self::RenameOperation => change(place, files, |operation| {
                let id = operation.text_of("operationId").unwrap_or_default();
                let renamed = format!("{id}_2");
                operation.set_json("operationId", &json!(renamed));
            }),
            Self::RenameComponent => naming::rename(place, files),
            Self::Name => naming::name(place, files),
        }
        None
    }

    /// Notes what is done, at the place in the document that was imported.
    fn note(self, place: &Place, files: &Files, node: &Node, fault: &Fault, notes: &mut Notes) {
        let way = place.way(files);
        let last = way.keys.last().cloned().flatten().unwrap_or_default();
        let is_object = |steps: usize| steps == place.steps.len() && node.is_mapping();
        let kind = way.objects.last().filter(|(steps, _)| is_object(*steps)).map(|(_, kind)| *kind);
        let told = match (self, kind) {
            (Self::Leave, _) => "couldn't mend this".to_owned(),
            (Self::TakeAnything, _) => format!("took a schema for any JSON ({})", fault.rule),
            (Self::TakeText, _) => format!("took a parameter for text ({})", fault.rule),
            (Self::RemoveFile, _) => "left out a group without operations".to_owned(),
            (Self::Remove, Some(ObjectKind::Operation)) => format!("left out an operation ({})", fault.rule),
            (Self::Remove, Some(kind)) => format!("left out {} ({})", kind.grammar().name, fault.rule),
            (Self::Remove, None) if last.is_empty() => {
                let list = way.keys.iter().rev().flatten().next().cloned().unwrap_or_default();
                format!("left out an item of `{list}` ({})", fault.rule)
            }
            (Self::Remove, None) => format!("left out `{last}` ({})", fault.rule),
            (Self::OpenEnum, _) => "opened an enum of responses (closed-enum)".to_owned(),
            (Self::RenameOperation | Self::RenameComponent, _) => {
                "renamed what had a name that is taken".to_owned()
            }
            (Self::RemoveSchema, _) => "took a body for text or bytes".to_owned(),
            (Self::Name, _) => "named a schema whose name would be taken".to_owned(),
            _ => format!("added what was missing ({})", fault.rule),
        };
        notes.add(node, told, &*fault.what);
    }
}

fn change(place: &Place, files: &mut Files, how: impl FnOnce(&mut Node)) {
    if let Some(node) = place.node_mut(files) {
        how(node);
    }
}

/// Takes out the list or mapping around a value that was taken out, if it is empty now and may not be, and returns its
/// place.
fn prune(place: &Place, files: &mut Files) -> Option<Place> {
    let steps = place.steps.len().checked_sub(1)?;
    let holder = place.up_to(steps);
    let key = holder.way(files).keys.last().cloned().flatten()?;
    let is_empty = holder.node(files).is_some_and(|node| match &node.value {
        Value::Mapping(entries) => entries.is_empty(),
        Value::Sequence(items) => items.is_empty(),
        _ => false,
    });
    let may_be_empty =
        ["paths", "properties", "security", "responses", "schema", "items"].contains(&key.as_str());
    let is_object = holder.way(files).objects.last().is_some_and(|(of, _)| *of == steps);
    if !is_empty || is_object || may_be_empty {
        return None;
    }
    holder.remove(files);
    Some(holder)
}

fn take_anything(schema: &mut Node) {
    let kept = ["description", "deprecated", "x-sensitive", "x-not-sensitive"];
    let entries: Vec<(Node, Node)> = schema
        .entries()
        .iter()
        .filter(|(key, _)| key.text().is_some_and(|key| kept.contains(&key)))
        .cloned()
        .collect();
    schema.value = Value::Mapping(entries);
}

/// The type that the keywords of a schema are about.
fn add_type(schema: &mut Node) {
    let has = |keys: &[&str]| keys.iter().any(|key| schema.get(key).is_some());
    let of_enum = schema.get("enum").map(Node::items).unwrap_or_default();
    let name = if has(&["properties", "additionalProperties", "required", "minProperties", "maxProperties"]) {
        "object"
    } else if has(&["items", "minItems", "maxItems", "uniqueItems"]) {
        "array"
    } else if of_enum.iter().any(|value| matches!(value.value, Value::Integer(_))) {
        "integer"
    } else if of_enum.iter().any(|value| matches!(value.value, Value::Bool(_))) {
        "boolean"
    } else if has(&["pattern", "minLength", "maxLength", "enum"]) {
        "string"
    } else if let Some(format) = schema.text_of("format") {
        match format {
            "int32" | "int64" => "integer",
            "float" | "double" => "number",
            _ => "string",
        }
    } else {
        "number"
    };
    schema.set_json("type", &json!(name));
}

fn add_location(response: &mut Node) {
    // A shared response may not be a redirect where other operations use it.
    if response.get("$ref").is_some() {
        *response = response.made_from_json(&json!({"description": "It isn't described."}));
    }
    let entries = response.get_mut("headers").and_then(Node::entries_mut);
    if let Some(entries) = entries {
        entries.retain(|(name, _)| !name.text().is_some_and(|name| name.eq_ignore_ascii_case("location")));
    }
    response.set_if_absent("headers", &json!({}));
    let header = json!({"description": "Where the redirect leads.", "required": true, "schema": {"type": "string", "format": "uri"}});
    if let Some(headers) = response.get_mut("headers") {
        headers.set_json("Location", &header);
    }
}
