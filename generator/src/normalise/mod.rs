//! Gives every structure a name, and leaves names to structures only.
//!
//! A structure is what becomes a Rust item: an object with declared members, an enum, a choice. Afterwards
//! each of them is a component of its own, and a component that is only an
//! alias (a string, a list, a free map) is written out wherever it was referred to. So every later stage
//! meets one form, and typify invents no name.
//!
//! Before that, each schema is written in the simplest way that says the same (`types`, `values`, `choices`): it has a type,
//! an enum has values of one type, and a choice has forms that differ.
//!
//! A reference can have siblings here (`description`, `x-sensitive`), which describe the member and not the type.

mod aliases;
mod choices;
mod cycles;
mod headers;
mod naming;
mod places;
mod relayed;
mod structure;
mod types;
mod values;

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::names;
use crate::openapi::schema::json_subschemas_mut;

pub(crate) use headers::HEADERS;
pub(crate) use structure::{member, referenced};

use aliases::write_out;
use naming::Namer;
use places::{UsedSchema, operations_mut, schemas_of, used_schemas_of};
use structure::{Object, is_structure};

/// Normalises a bundled document. `homes` holds the file of each component; the components that are made here are added
/// to it, with the file of the operation or schema that they come from.
pub(crate) fn normalise(document: &mut Value, homes: &mut BTreeMap<String, String>) {
    let components = match document.pointer_mut("/components/schemas") {
        Some(Value::Object(schemas)) => std::mem::take(schemas),
        _ => Object::new(),
    };
    let components = simplified(document, components);
    let mut namer = Namer { components: Object::new(), homes, made: HashMap::new() };
    for (name, mut schema) in components {
        let home = namer.homes.get(&name).cloned().unwrap_or_default();
        namer.name_parts(&mut schema, &name, &home);
        namer.components.insert(name, schema);
    }
    for operation in operations_mut(document) {
        let id = names::pascal(operation["operationId"].as_str().unwrap_or_default());
        let home = operation.pointer("/tags/0").and_then(Value::as_str).unwrap_or_default().to_owned();
        for object in headers::objects_of(operation, &id, &home) {
            namer.add_headers(object);
        }
        for UsedSchema { suffix, description, schema } in used_schemas_of(operation) {
            if let (true, Some(text), Some(object)) =
                (is_structure(schema), description, schema.as_object_mut())
            {
                object.entry("description").or_insert_with(|| text.clone());
            }
            namer.name_place(schema, &format!("{id}{suffix}"), &home);
        }
    }
    let components = namer.components;
    write_out_aliases(document, components, homes);
}

/// Simplifies all schemas. It gives the components back, and changes the operations of the document.
fn simplified(document: &mut Value, components: Object) -> Object {
    let mut simple = components.clone();
    simple.values_mut().for_each(|schema| simplify(schema, &components));
    for operation in operations_mut(document) {
        for schema in schemas_of(operation) {
            simplify(schema, &simple);
        }
    }
    simple
}

/// Simplifies a schema, those inside it first.
fn simplify(schema: &mut Value, components: &Object) {
    for inner in json_subschemas_mut(schema) {
        simplify(inner.schema, components);
    }
    if let Some(schema) = schema.as_object_mut().filter(|schema| !schema.contains_key("$ref")) {
        types::complete(schema);
        values::simplify(schema);
        choices::simplify(schema, components);
    }
}

/// Writes the components that aren't structures out wherever they are referred to, and drops them.
fn write_out_aliases(document: &mut Value, components: Object, homes: &mut BTreeMap<String, String>) {
    let (mut structures, aliases): (Object, Object) =
        components.into_iter().partition(|(_, schema)| is_structure(schema));
    for schema in structures.values_mut() {
        write_out(schema, &aliases);
    }
    for operation in operations_mut(document) {
        for schema in schemas_of(operation) {
            write_out(schema, &aliases);
        }
    }
    homes.retain(|name, _| structures.contains_key(name));
    cycles::end(&mut structures);
    relayed::keep_unknown_members(&mut structures);
    if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") {
        *schemas = structures;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn normalised(mut document: Value) -> (Value, BTreeMap<String, String>) {
        let mut homes: BTreeMap<String, String> = document["components"]["schemas"]
            .as_object()
            .into_iter()
            .flat_map(|schemas| schemas.keys().map(|name| (name.clone(), "common".to_owned())))
            .collect();
        normalise(&mut document, &mut homes);
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
    fn a_component_that_is_not_a_structure_is_written_out_where_it_is_used() {
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
    fn a_number_follows_a_name_that_is_taken() {
        let choice = json!({"oneOf": [{"type": "string"}, {"type": "integer"}]});
        let object = json!({"type": "object", "properties": {"a": {"type": "string"}}});
        let (document, homes) = normalised(json!({"components": {"schemas": {
            "User": {"type": "object", "properties": {"time": choice, "Time": object}},
            "UserTime": {"type": "object", "properties": {"b": {"type": "string"}}},
        }}}));
        let schemas = &document["components"]["schemas"];
        let members = &schemas["User"]["properties"];
        let of = |member: &str| referenced(&members[member]).map(str::to_owned);
        assert_eq!(of("time").as_deref(), Some("UserTime2"));
        assert_eq!(of("Time").as_deref(), Some("UserTime3"));
        assert_eq!((&schemas["UserTime2"], &schemas["UserTime3"]), (&choice, &object));
        assert_eq!(homes.into_keys().collect::<Vec<_>>(), ["User", "UserTime", "UserTime2", "UserTime3"]);
    }
}
