//! The other side: progenitor as its users run it, in builder style.

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor_impl::{GenerationSettings, Generator, InterfaceStyle, TagStyle};
use serde_json::{Map, Value, json};

use crate::fault::Faults;

/// The document with no more changed than progenitor needs to take it: texts, limits and formats stay.
pub(super) fn lower(document: &Value) -> Value {
    let mut document = document.clone();
    let paths = document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
    for operation in
        paths.filter_map(|(_, path)| path.as_object_mut()).flatten().map(|(_, operation)| operation)
    {
        for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
            lower_parameter(parameter);
        }
        if let Some(content) = operation.pointer_mut("/requestBody/content") {
            lower_content(content);
        }
        if let Some(responses) = operation.get_mut("responses") {
            lower_responses(responses);
        }
    }
    document
}

/// Progenitor refuses styles, and a `content` in place of the schema.
fn lower_parameter(parameter: &mut Value) {
    let Some(members) = parameter.as_object_mut() else { return };
    members.remove("style");
    members.remove("explode");
    if let Some(content) = members.remove("content") {
        let media = content.as_object().and_then(|content| content.values().next());
        let schema = media.and_then(|media| media.get("schema")).cloned().unwrap_or_default();
        members.insert("schema".to_owned(), schema);
    }
}

/// Progenitor refuses to send any JSON but `application/json`.
fn lower_content(content: &mut Value) {
    let Some(members) = content.as_object_mut() else { return };
    if let Some(media) = members.keys().find(|name| name.ends_with("+json")).cloned()
        && let Some(schema) = members.remove(&media)
    {
        members.insert("application/json".to_owned(), schema);
    }
}

/// Progenitor takes one success, which is no redirect, and no failure of another kind.
fn lower_responses(responses: &mut Value) {
    let Some(members) = responses.as_object() else { return };
    let success = members.iter().find(|(status, _)| status.starts_with(['2', '3']));
    let lowered = success.map(|(status, response)| match status.starts_with('3') {
        true => ("204".to_owned(), json!({"description": response["description"]})),
        false => (status.clone(), response.clone()),
    });
    *responses = Value::Object(lowered.into_iter().collect::<Map<_, _>>());
}

/// Runs progenitor on a document.
pub(super) fn generate(document: &str) -> Result<TokenStream, Faults> {
    let document: OpenAPI = serde_json::from_str(document).map_err(refused)?;
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Builder).with_tag(TagStyle::Merged);
    Generator::new(&settings).generate_tokens(&document).map_err(refused)
}

/// The text of the code that progenitor generated.
pub(super) fn print(code: TokenStream) -> Result<String, Faults> {
    Ok(prettyplease::unparse(&syn::parse2(code).map_err(refused)?))
}

fn refused(error: impl std::fmt::Display) -> Faults {
    Faults::new(format_args!("plain progenitor does not take the document: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_progenitor_refuses_is_lowered_and_nothing_else() {
        let schema = json!({"type": "object", "description": "Kept."});
        let document = json!({"paths": {"/a": {"post": {
            "summary": "Kept.",
            "parameters": [
                {"name": "a", "in": "query", "style": "form", "explode": false, "schema": {"type": "string"}},
                {"name": "b", "in": "query", "content": {"application/json": {"schema": schema}}},
            ],
            "requestBody": {"content": {"application/scim+json": {"schema": schema}}},
            "responses": {
                "302": {"description": "Gone.", "headers": {}}, "200": {"description": ""}, "400": {},
            },
        }}}});
        let lowered = json!({"paths": {"/a": {"post": {
            "summary": "Kept.",
            "parameters": [
                {"name": "a", "in": "query", "schema": {"type": "string"}},
                {"name": "b", "in": "query", "schema": schema},
            ],
            "requestBody": {"content": {"application/json": {"schema": schema}}},
            "responses": {"204": {"description": "Gone."}},
        }}}});
        assert_eq!(lower(&document), lowered);
    }

    #[test]
    fn the_result_is_in_builder_style() {
        let document = json!({
            "openapi": "3.0.3",
            "info": {"title": "T", "version": "1"},
            "paths": {"/a": {"get": {"operationId": "load", "responses": {"204": {"description": ""}}}}},
        });
        let text = print(generate(&document.to_string()).unwrap()).unwrap();
        assert!(text.contains("pub fn load(&self) -> builder::Load<'_>"), "{text}");
        let fault = generate("{}").unwrap_err().to_string();
        assert!(fault.starts_with("error: plain progenitor does not take the document: "), "{fault}");
    }
}
