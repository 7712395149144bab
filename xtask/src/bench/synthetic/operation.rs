//! The operations of a group.

use serde_json::{Map, Value, json};

use super::cycle::cycle;
use super::file::{SECURITY, SHARED_RESPONSES, shared};
use super::object::with;
use super::schema::{Named, Schemas};
use super::shape::{self, Group};
use super::words;

/// Makes operations, one after the other over all groups.
#[derive(Debug, Default)]
pub(super) struct Operations {
    /// How many have had parameters.
    with_parameters: usize,
    /// How many have changed something.
    writing: usize,
}

/// One operation while it is made.
struct Place<'a> {
    group: &'a Group,
    schemas: &'a Schemas,
    /// Its number in the document, and in its group.
    number: usize,
    in_group: usize,
}

impl Operations {
    /// The paths of a group.
    pub(super) fn of(&mut self, group: &Group, schemas: &Schemas) -> Map<String, Value> {
        let mut bodies = schemas.bodies.iter().cycle();
        let places = group.operations.clone().enumerate();
        let places = places.map(|(in_group, number)| Place { group, schemas, number, in_group });
        places
            .map(|place| {
                let method = self.method(&place);
                let body = if has_body(method) { bodies.next() } else { None };
                self.operation(&place, method, body)
            })
            .collect()
    }

    /// Most operations of the model are a `POST`, whatever they do.
    fn method(&mut self, place: &Place<'_>) -> &'static str {
        if shape::is_one_of(shape::READING, place.number) {
            return "get";
        }
        self.writing += 1;
        match self.writing % 80 {
            10 | 50 => "delete",
            30 => "patch",
            70 => "put",
            _ => "post",
        }
    }

    fn operation(&mut self, place: &Place<'_>, method: &str, body: Option<&Named>) -> (String, Value) {
        let number = place.number;
        let stem = &place.group.name;
        let verb = words::verb(place.in_group);
        let parameters = self.parameters(method);
        let operation = json!({
            "operationId": format!("{}_{verb}", stem.replace('-', "_")),
            "tags": [stem],
            "summary": words::summary(number),
            "description": words::paragraphs(number),
            "externalDocs": {"url": format!("https://docs.example.com/api/{stem}/{verb}")},
            "security": security(number),
            "x-retry": retry(method),
            "x-retry-reason": words::sentence(number),
            "parameters": parameters,
            "responses": responses(place),
        });
        let operation = with(operation, "requestBody", body.map(|body| request_body(body, number)));
        let in_path =
            parameters.iter().any(|parameter| parameter.get("in").is_some_and(|place| place == "path"));
        let id = if in_path { "/{id}" } else { "" };
        (format!("/v1/mgmt/{stem}/{verb}{id}"), json!({method: operation}))
    }

    fn parameters(&mut self, method: &str) -> Vec<Value> {
        let has_some = method == "get" || self.writing % shape::WRITING_FOR_ONE_WITH_PARAMETERS == 1;
        if !has_some {
            return Vec::new();
        }
        let index = self.with_parameters;
        self.with_parameters += 1;
        let all = 0..shape::parameters(index);
        all.map(|number| if number == 0 && index % 5 < 3 { id() } else { query(index * 7 + number) })
            .collect()
    }
}

fn has_body(method: &str) -> bool {
    matches!(method, "post" | "put" | "patch")
}

fn retry(method: &str) -> &'static str {
    match method {
        "get" => "safe",
        "post" => "never",
        _ => "idempotent",
    }
}

/// The credentials of an operation. Two thirds of the operations administer the project; the others are of all kinds.
fn security(number: usize) -> Value {
    match number % 16 {
        0 | 5 | 10 => json!([]),
        2 | 7 => json!([{SECURITY[0]: []}, {SECURITY[1]: []}]),
        12 => json!([{SECURITY[1]: []}]),
        15 => json!([{SECURITY[2]: []}]),
        _ => json!([{SECURITY[3]: []}]),
    }
}

/// The first operations of a group have responses of their own, the others shared ones or none.
fn responses(place: &Place<'_>) -> Value {
    let own = place.schemas.responses.get(place.in_group);
    let beyond = place.in_group.saturating_sub(place.schemas.responses.len());
    let content = match own {
        Some(response) => Some(content(response, "#")),
        None if beyond % 4 == 1 => None,
        None => Some(content(&shared(cycle(&SHARED_RESPONSES, place.number)), "common.yaml#")),
    };
    let success = with(json!({"description": words::sentence(place.number + 2)}), "content", content);
    let failure = |name: &str| json!({"$ref": format!("common.yaml#/components/responses/{name}")});
    json!({
        "200": success,
        "400": failure("BadRequest"),
        "401": failure("Unauthorized"),
        "429": failure("RateLimited"),
    })
}

fn request_body(body: &Named, number: usize) -> Value {
    json!({"description": words::sentence(number + 1), "required": true, "content": content(body, "#")})
}

fn content(body: &Named, file: &str) -> Value {
    let reference = format!("{file}/components/schemas/{}", body.name);
    json!({"application/json": {"schema": {"$ref": reference}, "example": body.example}})
}

fn id() -> Value {
    json!({
        "name": "id", "in": "path", "required": true, "description": words::two_sentences(4),
        "schema": {"type": "string"}, "example": "E2aAc4T2V93bddihGEx2Ryhc8e5Z",
    })
}

fn query(index: usize) -> Value {
    let (schema, example) = match index % 15 {
        1 | 6 | 11 => (json!({"type": "boolean"}), json!(true)),
        4 => (json!({"type": "array", "items": {"type": "string"}}), json!(["one", "two"])),
        9 => (json!({"type": "integer", "format": "int32"}), json!(20)),
        _ => (json!({"type": "string"}), json!("some text")),
    };
    json!({
        "name": words::query(index), "in": "query", "description": words::two_sentences(index),
        "schema": schema, "example": example,
    })
}
