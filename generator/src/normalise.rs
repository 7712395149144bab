//! Gives every structure a name, and leaves names to structures only.
//!
//! A structure is what becomes a Rust item: an object with declared members, an enum, a choice. Afterwards
//! each of them is a component of its own, `allOf` is merged into one object, and a component that is only an
//! alias (a string, a list, a free map) has been put in wherever it was referred to. So every later stage
//! meets one form, and typify invents no name.
//!
//! A reference may keep siblings here (`description`, `x-sensitive`): they speak of the member, not of the type.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::fault::Fault;
use crate::names;

const SCHEMAS: &str = "#/components/schemas/";

/// What of a schema speaks of the place where it is used, and so outlives the schema being replaced.
const OF_THE_PLACE: &[&str] =
    &["description", "deprecated", "example", "nullable", "x-sensitive", "x-not-sensitive"];

type Object = Map<String, Value>;

/// The component that the schema refers to.
pub(crate) fn referenced(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(SCHEMAS)
}

/// The operations of a document, path by path, in their order.
pub(crate) fn operations_mut(document: &mut Value) -> impl Iterator<Item = &mut Value> {
    const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    let paths = document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
    paths
        .filter_map(|(_, item)| item.as_object_mut())
        .flatten()
        .filter(|(key, _)| METHODS.contains(&key.as_str()))
        .map(|(_, operation)| operation)
}

/// Rewrites a bundled document. `homes` tells for each component the file that holds it; what gets a name here
/// lives with the operation or schema that it comes from.
///
/// # Errors
/// The names that a structure would get although something else has them.
pub(crate) fn normalise(
    document: &mut Value,
    homes: &mut BTreeMap<String, String>,
) -> Result<(), Vec<Fault>> {
    let mut components = match document.pointer_mut("/components/schemas") {
        Some(Value::Object(schemas)) => std::mem::take(schemas),
        _ => Object::new(),
    };
    let originals = components.clone();
    for schema in components.values_mut() {
        merge_all_of(schema, &originals, 0);
    }
    let mut namer = Namer { components: Object::new(), homes, made: Vec::new(), clashes: Vec::new() };
    for (name, mut schema) in components {
        let home = namer.homes.get(&name).cloned().unwrap_or_default();
        namer.name_parts(&mut schema, &name, &home);
        namer.components.insert(name, schema);
    }
    for operation in operations_mut(document) {
        let id = names::pascal(operation["operationId"].as_str().unwrap_or_default());
        let home = operation.pointer("/tags/0").and_then(Value::as_str).unwrap_or_default().to_owned();
        for OfOperation { suffix, description, schema } in schemas_of(operation) {
            merge_all_of(schema, &originals, 0);
            if let (true, Some(text), Some(object)) =
                (is_structure(schema), description, schema.as_object_mut())
            {
                object.entry("description").or_insert(text);
            }
            namer.name_place(schema, &format!("{id}{suffix}"), &home);
        }
    }
    let Namer { components, clashes, .. } = namer;
    put_in_aliases(document, components, homes);
    if clashes.is_empty() { Ok(()) } else { Err(clashes.into_iter().map(clash).collect()) }
}

fn clash(name: String) -> Fault {
    let what = format!("a schema without a name would be called `{name}`, and there is a `{name}` already");
    Fault::without_place(
        "name-collision",
        what,
        "give it another name under `components.schemas`, and refer to it",
    )
}

/// The schema of a body or parameter.
struct OfOperation<'a> {
    /// What its name gets after that of the operation, if it is a structure without a name.
    suffix: String,
    /// The text of the body or parameter, which is that of the schema if it has none.
    description: Option<Value>,
    schema: &'a mut Value,
}

/// The schemas of an operation's bodies and parameters.
fn schemas_of(operation: &mut Value) -> Vec<OfOperation<'_>> {
    let mut found = Vec::new();
    for (key, part) in operation.as_object_mut().into_iter().flatten() {
        match (key.as_str(), part) {
            ("requestBody", body) => found.extend(held_by(body, "Request".to_owned())),
            ("responses", Value::Object(responses)) => {
                let statuses: Vec<String> = responses.keys().cloned().collect();
                for (status, response) in responses {
                    found.extend(held_by(response, names::response_suffix(status, &statuses)));
                }
            }
            ("parameters", Value::Array(parameters)) => {
                for parameter in parameters {
                    let suffix = names::pascal(parameter["name"].as_str().unwrap_or_default());
                    found.extend(held_by(parameter, suffix));
                }
            }
            _ => {}
        }
    }
    found
}

/// The schemas of one body or parameter.
fn held_by(holder: &mut Value, suffix: String) -> Vec<OfOperation<'_>> {
    let description = holder.get("description").cloned();
    let mut schemas = Vec::new();
    for (key, part) in holder.as_object_mut().into_iter().flatten() {
        match (key.as_str(), part) {
            ("schema", schema) => schemas.push(schema),
            ("content", Value::Object(content)) => {
                schemas.extend(content.values_mut().filter_map(|media| media.get_mut("schema")))
            }
            _ => {}
        }
    }
    let found = schemas.into_iter();
    found
        .map(|schema| OfOperation { suffix: suffix.clone(), description: description.clone(), schema })
        .collect()
}

/// Makes one object of an `allOf`; one that only wraps a reference becomes that reference.
fn merge_all_of(schema: &mut Value, components: &Object, depth: usize) {
    if depth > 64 {
        return;
    }
    for child in children_mut(schema) {
        merge_all_of(child, components, depth + 1);
    }
    let Some(object) = schema.as_object_mut() else { return };
    let Some(Value::Array(mut parts)) = object.remove("allOf") else { return };
    if parts.len() == 1 && !object.contains_key("properties") && parts[0].get("$ref").is_some() {
        let reference = parts.remove(0);
        let mut kept = keep_place(object);
        kept.insert("$ref".to_owned(), reference["$ref"].clone());
        *schema = Value::Object(kept);
        return;
    }
    for part in parts {
        let mut resolved = match referenced(&part) {
            Some(name) => components.get(name).cloned().unwrap_or_default(),
            None => part,
        };
        merge_all_of(&mut resolved, components, depth + 1);
        merge_object(object, resolved);
    }
    object.insert("type".to_owned(), json!("object"));
}

/// Adds the members of `part` to those of `object`; what `object` says already stays, and the texts of the part
/// aren't those of the whole.
fn merge_object(object: &mut Object, part: Value) {
    let Value::Object(part) = part else { return };
    for (key, value) in part {
        match (object.get_mut(&key), value) {
            (Some(Value::Object(into)), Value::Object(members)) if key == "properties" => {
                for (name, member) in members {
                    into.entry(name).or_insert(member);
                }
            }
            (Some(Value::Array(into)), Value::Array(names)) if key == "required" => {
                for name in names {
                    if !into.contains(&name) {
                        into.push(name);
                    }
                }
            }
            (Some(_), _) => {}
            (None, _) if ["title", "description", "example", "deprecated"].contains(&key.as_str()) => {}
            (None, value) => {
                object.insert(key, value);
            }
        }
    }
}

/// The schemas directly inside a schema.
fn children_mut(schema: &mut Value) -> Vec<&mut Value> {
    let mut children = Vec::new();
    for (key, value) in schema.as_object_mut().into_iter().flatten() {
        match (key.as_str(), value) {
            ("properties", Value::Object(members)) => children.extend(members.values_mut()),
            ("items" | "additionalProperties" | "x-json-text", value @ Value::Object(_)) => {
                children.push(value);
            }
            ("allOf" | "oneOf" | "anyOf", Value::Array(parts)) => children.extend(parts.iter_mut()),
            _ => {}
        }
    }
    children
}

/// Whether the schema becomes a Rust item of its own.
pub(crate) fn is_structure(schema: &Value) -> bool {
    // Without `properties`, or with others beside them, an object can hold anything.
    let is_free = !matches!(schema["additionalProperties"], Value::Null | Value::Bool(false));
    let has_members = schema["properties"].as_object().is_some_and(|members| !members.is_empty() || !is_free);
    let is_choice =
        ["oneOf", "anyOf"].iter().any(|key| schema[key].as_array().is_some_and(|parts| !parts.is_empty()));
    has_members || is_choice || schema["enum"].is_array()
}

/// Gives names to structures that have none.
struct Namer<'a> {
    components: Object,
    homes: &'a mut BTreeMap<String, String>,
    /// The names that were made, in their order. Of structures that are the same in one file, the first gives its name to
    /// all.
    made: Vec<String>,
    /// Names that were taken already.
    clashes: Vec<String>,
}

impl Namer<'_> {
    /// Names every structure below `schema`, which is called `name` itself.
    fn name_parts(&mut self, schema: &mut Value, name: &str, home: &str) {
        for (key, value) in schema.as_object_mut().into_iter().flatten() {
            match (key.as_str(), value) {
                ("properties", Value::Object(members)) => {
                    for (member, schema) in members {
                        self.name_place(schema, &format!("{name}{}", names::pascal(member)), home);
                    }
                }
                ("items", value) => self.name_place(value, &format!("{name}Item"), home),
                ("additionalProperties", value) => self.name_place(value, &format!("{name}Value"), home),
                ("x-json-text", value) => self.name_place(value, &format!("{name}Text"), home),
                ("oneOf" | "anyOf", Value::Array(parts)) => {
                    for (index, part) in parts.iter_mut().enumerate() {
                        self.name_place(part, &format!("{name}{}", index + 1), home);
                    }
                }
                _ => {}
            }
        }
    }

    /// Makes a component of the schema if it is a structure, and leaves a reference in its place.
    fn name_place(&mut self, schema: &mut Value, name: &str, home: &str) {
        self.name_parts(schema, name, home);
        if !is_structure(schema) {
            return;
        }
        let mut place = schema.as_object().map(keep_place).unwrap_or_default();
        let twin = self.made.iter().find(|made| {
            self.components.get(*made) == Some(schema) && self.homes.get(*made).is_some_and(|of| of == home)
        });
        let shared = twin.cloned();
        let name = shared.as_deref().unwrap_or(name);
        place.insert("$ref".to_owned(), json!(format!("{SCHEMAS}{name}")));
        let structure = std::mem::replace(schema, Value::Object(place));
        if shared.is_some() {
            return;
        }
        if self.homes.insert(name.to_owned(), home.to_owned()).is_some() {
            self.clashes.push(name.to_owned());
        }
        self.made.push(name.to_owned());
        self.components.insert(name.to_owned(), structure);
    }
}

fn keep_place(schema: &Object) -> Object {
    schema
        .iter()
        .filter(|(key, _)| OF_THE_PLACE.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// Puts the components that are no structures in wherever they are referred to, and drops them.
fn put_in_aliases(document: &mut Value, components: Object, homes: &mut BTreeMap<String, String>) {
    let (mut structures, aliases): (Object, Object) =
        components.into_iter().partition(|(_, schema)| is_structure(schema));
    for schema in structures.values_mut() {
        put_in(schema, &aliases, 0);
    }
    for operation in operations_mut(document) {
        for place in schemas_of(operation) {
            put_in(place.schema, &aliases, 0);
        }
    }
    homes.retain(|name, _| structures.contains_key(name));
    if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") {
        *schemas = structures;
    }
}

fn put_in(schema: &mut Value, aliases: &Object, depth: usize) {
    if depth > 64 {
        return;
    }
    if let Some(alias) = referenced(schema).and_then(|name| aliases.get(name)) {
        let mut replaced = alias.clone();
        if let (Value::Object(replaced), Some(place)) = (&mut replaced, schema.as_object()) {
            replaced.extend(keep_place(place));
        }
        *schema = replaced;
        put_in(schema, aliases, depth + 1);
        return;
    }
    for child in children_mut(schema) {
        put_in(child, aliases, depth + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normalised(mut document: Value) -> (Value, BTreeMap<String, String>) {
        let mut homes: BTreeMap<String, String> = document["components"]["schemas"]
            .as_object()
            .into_iter()
            .flat_map(|schemas| schemas.keys().map(|name| (name.clone(), "common".to_owned())))
            .collect();
        normalise(&mut document, &mut homes).unwrap();
        (document, homes)
    }

    #[test]
    fn an_inline_body_gets_the_name_of_its_operation() {
        let body = json!({"type": "object", "properties": {"code": {"type": "string"}}});
        let (document, homes) = normalised(json!({
            "paths": {"/a": {"post": {
                "operationId": "oauth_exchange",
                "tags": ["oauth"],
                "requestBody": {"content": {"application/json": {"schema": body}}},
            }}},
            "components": {"schemas": {}},
        }));
        let schema = document.pointer("/paths/~1a/post/requestBody/content/application~1json/schema");
        assert_eq!(schema, Some(&json!({"$ref": "#/components/schemas/OauthExchangeRequest"})));
        assert_eq!(document["components"]["schemas"]["OauthExchangeRequest"], body);
        assert_eq!(homes["OauthExchangeRequest"], "oauth");
    }

    #[test]
    fn a_component_that_is_no_structure_is_put_in_where_it_is_used() {
        let (document, homes) = normalised(json!({
            "paths": {},
            "components": {"schemas": {
                "Jwt": {"type": "string", "x-sensitive": true, "description": "A token."},
                "Session": {"type": "object", "properties": {
                    "jwt": {"$ref": "#/components/schemas/Jwt", "description": "The session's token."},
                }},
            }},
        }));
        let member = &document["components"]["schemas"]["Session"]["properties"]["jwt"];
        assert_eq!(
            member,
            &json!({"type": "string", "x-sensitive": true, "description": "The session's token."})
        );
        assert!(!homes.contains_key("Jwt"), "the alias is gone");
    }

    #[test]
    fn all_of_becomes_one_object_and_a_wrapped_reference_stays_one() {
        let (document, _) = normalised(json!({
            "paths": {},
            "components": {"schemas": {
                "Base": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}},
                "Both": {"allOf": [
                    {"$ref": "#/components/schemas/Base"},
                    {"type": "object", "required": ["b"], "properties": {"b": {
                        "description": "Another.", "allOf": [{"$ref": "#/components/schemas/Base"}],
                    }}},
                ]},
            }},
        }));
        let both = &document["components"]["schemas"]["Both"];
        assert_eq!(both["required"], json!(["a", "b"]));
        assert_eq!(both["properties"]["a"], json!({"type": "string"}));
        assert_eq!(
            both["properties"]["b"],
            json!({"description": "Another.", "$ref": "#/components/schemas/Base"})
        );
    }

    #[test]
    fn what_is_the_same_in_one_file_has_one_name() {
        let body = json!({"content": {"application/json": {
            "schema": {"type": "object", "properties": {"code": {"type": "string"}}},
        }}});
        let operation = |id: &str, tag: &str| json!({"operationId": id, "tags": [tag], "requestBody": body});
        let (document, homes) = normalised(json!({
            "paths": {"/a": {
                "post": operation("oauth_exchange", "oauth"),
                "put": operation("oauth_again", "oauth"),
                "patch": operation("saml_exchange", "saml"),
            }},
            "components": {"schemas": {}},
        }));
        let name = |method: &str| {
            let pointer = format!("/paths/~1a/{method}/requestBody/content/application~1json/schema");
            document.pointer(&pointer).and_then(referenced).unwrap_or_default()
        };
        assert_eq!(
            ["post", "put", "patch"].map(name),
            ["OauthExchangeRequest", "OauthExchangeRequest", "SamlExchangeRequest"]
        );
        assert_eq!(homes.into_keys().collect::<Vec<_>>(), ["OauthExchangeRequest", "SamlExchangeRequest"]);
    }

    #[test]
    fn a_name_that_is_taken_is_a_fault() {
        let choice = json!({"oneOf": [{"type": "string"}, {"type": "integer"}]});
        let mut document = json!({"components": {"schemas": {
            "User": {"type": "object", "properties": {"time": choice}},
            "UserTime": {"type": "object", "properties": {"a": {"type": "string"}}},
        }}});
        let home = |name: &str| (name.to_owned(), "common".to_owned());
        let faults =
            normalise(&mut document, &mut BTreeMap::from([home("User"), home("UserTime")])).unwrap_err();
        let texts: Vec<&str> = faults.iter().map(|fault| &*fault.what).collect();
        assert_eq!(
            texts,
            ["a schema without a name would be called `UserTime`, and there is a `UserTime` already"]
        );
    }
}
