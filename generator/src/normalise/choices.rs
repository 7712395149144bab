//! Makes each choice a list of forms that differ, and nothing beside it that says something about values.
//!
//! `anyOf` is read as `oneOf` is: as the first form that fits. What can't be a choice becomes something simpler: one form is
//! that form, forms that are texts are one text, and forms beside `properties` are further members.

use serde_json::{Value, json};

use super::structure::{Object, of_the_place, referenced};

/// How many references lead to the members of a form.
const FURTHEST: usize = 16;

/// The keywords of a form that only limits which members are there together.
const ONLY_LIMITING: &[&str] = &["required", "not", "minProperties", "maxProperties"];

/// The keywords that say nothing about values.
const TEXTS: &[&str] = &["title", "description", "example"];

/// Simplifies the choice that a schema is, if it is one. The schemas inside it are simple already.
pub(super) fn simplify(schema: &mut Object, components: &Object) {
    let any = schema.remove("anyOf");
    let Some(Value::Array(forms)) = schema.remove("oneOf").or(any) else { return };
    let (mut simple, mut is_nullable) = (Vec::new(), false);
    for form in forms {
        is_nullable |= flatten(form, &mut simple);
    }
    if is_nullable {
        schema.insert("nullable".to_owned(), json!(true));
    }
    simple.retain(|form| !is_limit(form));
    if schema.get("properties").is_some_and(Value::is_object) {
        schema.remove("discriminator");
        add_members(schema, &simple, components);
    } else if !is_typed(schema) {
        for keyword in ["type", "required", "additionalProperties", "items"] {
            schema.remove(keyword);
        }
        become_choice(schema, distinct(simple));
    }
}

/// Adds a form, or those of a form that is nothing but a choice. It returns whether null is one of them.
fn flatten(form: Value, forms: &mut Vec<Value>) -> bool {
    let says = |key: &str, value: Value| form.get(key) == Some(&value);
    let is_nullable = says("nullable", json!(true));
    let is_null = says("type", json!("null")) || (is_nullable && is_empty(&form));
    match form {
        _ if is_null => return true,
        Value::Object(mut inner)
            if inner.get("discriminator").is_none() && inner.get("oneOf").is_some_and(Value::is_array) =>
        {
            if let Some(Value::Array(inner)) = inner.remove("oneOf") {
                forms.extend(inner);
            }
            return is_nullable;
        }
        other => forms.push(other),
    }
    false
}

/// Whether a schema says nothing about values but that null is one of them.
fn is_empty(form: &Value) -> bool {
    let says_nothing = |key: &String| key == "nullable" || TEXTS.contains(&key.as_str());
    form.as_object().is_some_and(|form| form.keys().all(says_nothing))
}

fn is_limit(form: &Value) -> bool {
    let keywords =
        |form: &Object| form.keys().filter(|key| !TEXTS.contains(&key.as_str())).cloned().collect();
    let keywords: Vec<String> = form.as_object().map(keywords).unwrap_or_default();
    !keywords.is_empty() && keywords.iter().all(|key| ONLY_LIMITING.contains(&key.as_str()))
}

/// Whether the schema has a type by itself, which the forms only limit.
fn is_typed(schema: &Object) -> bool {
    match schema.get("type").and_then(Value::as_str) {
        None | Some("object") => false,
        Some("array") => schema.get("items").is_some_and(|items| items != &json!({})),
        Some(_) => true,
    }
}

/// The forms without repetitions. Texts, numbers and booleans are one form for each type.
fn distinct(forms: Vec<Value>) -> Vec<Value> {
    let mut distinct: Vec<Value> = Vec::new();
    for form in forms {
        let kind = plain_type(&form);
        let same_type = distinct.iter().position(|known| kind.is_some() && plain_type(known) == kind);
        if let Some(known) = same_type.and_then(|index| distinct.get_mut(index)) {
            widen(known, &form);
        } else if !distinct.contains(&form) {
            distinct.push(form);
        }
    }
    distinct
}

/// The type of a form that is written out, and has no structure.
fn plain_type(form: &Value) -> Option<&str> {
    let kind = form.get("type").and_then(Value::as_str)?;
    let is_plain =
        ["string", "integer", "number", "boolean"].contains(&kind) && form.get("x-json-text").is_none();
    is_plain.then_some(kind)
}

/// Makes a plain form fit the values of another one of its type, too. An enum beside any text is an open enum.
fn widen(form: &mut Value, other: &Value) {
    let Some(form) = form.as_object_mut() else { return };
    let values =
        [form.get("enum"), other.get("enum")].map(|values| values.and_then(Value::as_array).cloned());
    let is_open = form.get("x-open-enum") == Some(&json!(true)) || other["x-open-enum"] == true;
    let is_any = values.iter().any(Option::is_none);
    let mut all: Vec<Value> = values.into_iter().flatten().flatten().collect();
    form.retain(|key, value| key == "type" || key == "description" || other.get(key) == Some(value));
    if all.is_empty() {
        return;
    }
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|value| seen.insert(value.to_string()));
    form.insert("enum".to_owned(), Value::Array(all));
    if is_open || is_any {
        form.insert("x-open-enum".to_owned(), json!(true));
    }
}

/// Puts the forms into the schema; a single one takes its place.
fn become_choice(schema: &mut Object, mut forms: Vec<Value>) {
    let only = match forms.as_slice() {
        [_] => forms.pop(),
        _ => None,
    };
    match only {
        Some(Value::Object(only)) => {
            let place = of_the_place(schema);
            schema.retain(|key, _| key.starts_with("x-") && !only.contains_key("$ref"));
            schema.extend(only);
            schema.extend(place);
        }
        _ if forms.is_empty() => _ = schema.remove("discriminator"),
        _ => _ = schema.insert("oneOf".to_owned(), Value::Array(forms)),
    }
}

/// Adds the members of the forms. A value has those of one of them, so none is required.
fn add_members(schema: &mut Object, forms: &[Value], components: &Object) {
    let Some(Value::Object(members)) = schema.get_mut("properties") else { return };
    for form in forms {
        for (name, member) in members_of(form, components, FURTHEST) {
            match members.get_mut(&name) {
                None => _ = members.insert(name, member),
                Some(known) if *known == member => {}
                Some(known) => either(known, member, components),
            }
        }
    }
}

/// The members of an object, and of its forms if it has any.
fn members_of(form: &Value, components: &Object, left: usize) -> Vec<(String, Value)> {
    let Some(left) = left.checked_sub(1) else { return Vec::new() };
    if let Some(target) = referenced(form) {
        return components.get(target).map(|form| members_of(form, components, left)).unwrap_or_default();
    }
    let own = form["properties"].as_object().into_iter().flatten();
    let mut members: Vec<(String, Value)> =
        own.map(|(name, member)| (name.clone(), member.clone())).collect();
    for key in ["oneOf", "anyOf"] {
        let forms = form[key].as_array().into_iter().flatten();
        members.extend(forms.flat_map(|form| members_of(form, components, left)));
    }
    members
}

/// Makes a member a choice of what it was and another schema.
fn either(known: &mut Value, other: Value, components: &Object) {
    let mut forms = Vec::new();
    let is_nullable = flatten(known.take(), &mut forms) | flatten(other, &mut forms);
    let mut choice = Object::from_iter([("oneOf".to_owned(), Value::Array(forms))]);
    if is_nullable {
        choice.insert("nullable".to_owned(), json!(true));
    }
    simplify(&mut choice, components);
    *known = Value::Object(choice);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn simplified(mut schema: Value) -> Value {
        let components = json!({"Cat": {"type": "object", "properties": {
            "name": {"type": "string"}, "kind": {"type": "string", "enum": ["cat"]},
        }}});
        simplify(schema.as_object_mut().unwrap(), components.as_object().unwrap());
        schema
    }

    #[test]
    fn what_is_no_choice_becomes_something_simpler() {
        let cat = json!({"$ref": "#/components/schemas/Cat"});
        let list = json!({"type": "array", "items": {}});
        let cases = [
            (json!({"anyOf": [cat, list]}), json!({"oneOf": [cat, list]})),
            (json!({"type": "object", "oneOf": [cat, cat, list]}), json!({"oneOf": [cat, list]})),
            (
                json!({"description": "x", "oneOf": [cat, {"nullable": true}]}),
                json!({"description": "x", "nullable": true, "$ref": "#/components/schemas/Cat"}),
            ),
            (json!({"oneOf": [{"oneOf": [cat, list]}, list]}), json!({"oneOf": [cat, list]})),
            (
                json!({"type": "string", "oneOf": [{"format": "date"}, {"format": "uuid"}]}),
                json!({"type": "string"}),
            ),
            (
                json!({"oneOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "uuid"}]}),
                json!({"type": "string"}),
            ),
            (
                json!({"anyOf": [{"type": "string"}, {"type": "string", "enum": ["a", "b"]}]}),
                json!({"type": "string", "enum": ["a", "b"], "x-open-enum": true}),
            ),
            (json!({"anyOf": []}), json!({})),
        ];
        for (schema, expected) in cases {
            assert_eq!(simplified(schema.clone()), expected, "{schema}");
        }
    }

    #[test]
    fn forms_beside_members_are_further_members() {
        let schema = json!({
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"type": "string", "enum": ["dog"]}},
            "oneOf": [
                {"$ref": "#/components/schemas/Cat"},
                {"required": ["name"]},
                {"properties": {"barks": {"type": "boolean"}}},
            ],
        });
        let expected = json!({
            "type": "object",
            "required": ["kind"],
            "properties": {
                "kind": {"type": "string", "enum": ["dog", "cat"]},
                "name": {"type": "string"},
                "barks": {"type": "boolean"},
            },
        });
        assert_eq!(simplified(schema), expected);
    }
}
