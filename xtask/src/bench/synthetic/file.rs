//! The documents: the service's, the shared one, one for each group.

use std::collections::BTreeMap;

use generator::names;
use serde_json::{Map, Value, json};

use super::object::with;
use super::schema::Named;
use super::shape::Group;
use super::words;

/// The security schemes that operations name.
pub(super) const SECURITY: [&str; 4] = ["project_id", "refresh_token", "access_key", "management_key"];

/// The schemas of responses that operations of all groups share.
pub(super) const SHARED_RESPONSES: [&str; 3] = ["OperationResult", "SessionPair", "Profile"];

const CODES: [&str; 4] = ["E011003", "E062108", "E064001", "E130429"];

/// `openapi.yaml`
pub(super) fn service(groups: &[Group]) -> Value {
    let tag =
        |(index, group): (usize, &Group)| json!({"name": group.name, "description": words::sentence(index)});
    let tags: Vec<Value> = groups.iter().enumerate().map(tag).collect();
    let scheme = |name: &&str| {
        let scheme = json!({"type": "http", "scheme": "bearer", "description": "Who calls."});
        ((*name).to_owned(), scheme)
    };
    json!({
        "openapi": "3.0.3",
        "info": info("Synthetic API"),
        "servers": [{"url": "https://api.example.com"}],
        "tags": tags,
        "paths": {},
        "components": {"securitySchemes": SECURITY.iter().map(scheme).collect::<Map<_, _>>()},
    })
}

/// `common.yaml`, with only those shared responses that the groups refer to. A small document doesn't refer to all of them.
pub(super) fn common(groups: &BTreeMap<String, String>) -> Value {
    let mut schemas = schemas();
    let is_given = |name: &str| groups.values().any(|text| text.contains(&format!("/schemas/{name}")));
    for name in SHARED_RESPONSES.iter().filter(|name| !is_given(name)) {
        schemas.as_object_mut().map(|schemas| schemas.remove(*name));
    }
    json!({
        "openapi": "3.0.3",
        "info": info("Synthetic API: shared types"),
        "paths": {},
        "components": {
            "responses": {
                "BadRequest": failure("The request is malformed or incomplete.", &["E011003", "E062108"]),
                "Unauthorized": failure("The credential of the call is missing or expired.", &["E064001"]),
                "RateLimited": failure("Too many calls. Wait, then call again.", &["E130429"]),
            },
            "schemas": schemas,
        },
    })
}

/// `<group>.yaml`
pub(super) fn group(group: &Group, paths: Map<String, Value>, schemas: Map<String, Value>) -> Value {
    let scheme = |name: &&str| {
        let reference = format!("openapi.yaml#/components/securitySchemes/{name}");
        ((*name).to_owned(), json!({"$ref": reference}))
    };
    json!({
        "openapi": "3.0.3",
        "info": info(&format!("Synthetic API: {}", names::pascal(&group.name))),
        "paths": paths,
        "components": {
            "securitySchemes": SECURITY.iter().map(scheme).collect::<Map<_, _>>(),
            "schemas": schemas,
        },
    })
}

/// A shared response with its example.
pub(super) fn shared(name: &str) -> Named {
    let example = match name {
        "SessionPair" => json!({"sessionJwt": "eyJhbGciOiJSUzI1NiJ9.e30.c2ln"}),
        "Profile" => json!({"userId": "U2aAc4T2V93bddihGEx2Ryhc8e5Z", "name": "Jane Doe"}),
        _ => json!({"ok": true}),
    };
    Named { name: name.to_owned(), example }
}

fn info(title: &str) -> Value {
    json!({"title": title, "version": "v1"})
}

fn failure(description: &str, codes: &[&str]) -> Value {
    json!({
        "description": description,
        "x-error-codes": codes,
        "content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/ErrorBody"},
            "example": {"errorCode": codes.first()},
        }},
    })
}

fn schemas() -> Value {
    json!({
        "ErrorBody": object(&[], &[
            ("errorCode", json!({"$ref": "#/components/schemas/ErrorCode"})),
            ("errorDescription", text()),
            ("errorMessage", text()),
        ]),
        "ErrorCode": {
            "description": "A kind of failure.", "type": "string", "enum": CODES, "x-open-enum": true,
        },
        "OperationResult": object(&["ok"], &[("ok", json!({"description": "Whether.", "type": "boolean"}))]),
        "SessionPair": object(&["sessionJwt"], &[("sessionJwt", secret()), ("refreshJwt", secret())]),
        "Profile": object(&["userId"], &[("userId", text()), ("name", text()), ("email", text())]),
    })
}

fn object(required: &[&str], members: &[(&str, Value)]) -> Value {
    let properties: Map<String, Value> =
        members.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    let description = words::sentence(2);
    let required = if required.is_empty() { None } else { Some(json!(required)) };
    with(
        json!({"description": description, "type": "object", "properties": properties}),
        "required",
        required,
    )
}

fn text() -> Value {
    json!({"description": words::sentence(0), "type": "string"})
}

fn secret() -> Value {
    json!({"description": words::sentence(4), "type": "string", "x-sensitive": true})
}
