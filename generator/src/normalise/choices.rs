//! Makes each choice a list of forms that differ, and nothing beside it that says something about values.
//!
//! `anyOf` is read as `oneOf` is: as the first form that fits. What can't be a choice becomes something simpler: one form is
//! that form, forms that are texts are one text, and forms beside `properties` are further members.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::{Value, json};

use super::structure::{Object, of_the_place, referenced};

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
    let mut distinct: Vec<Vec<Value>> = Vec::new();
    let (mut plain, mut others) = (BTreeMap::new(), HashSet::new());
    for form in forms {
        let kind = plain_type(&form).map(str::to_owned);
        let index = match &kind {
            Some(kind) => plain.get(kind).copied(),
            None if !others.insert(form.clone()) => continue,
            None => None,
        };
        match index.and_then(|index: usize| distinct.get_mut(index)) {
            Some(alike) => alike.push(form),
            None => {
                kind.map(|kind| plain.insert(kind, distinct.len()));
                distinct.push(vec![form]);
            }
        }
    }
    distinct.into_iter().filter_map(widened).collect()
}

/// The type of a form that is written out, and has no structure.
fn plain_type(form: &Value) -> Option<&str> {
    let kind = form.get("type").and_then(Value::as_str)?;
    let is_plain =
        ["string", "integer", "number", "boolean"].contains(&kind) && form.get("x-json-text").is_none();
    is_plain.then_some(kind)
}

/// A form that fits the values of all these, which are plain and of one type. An enum beside any text is an open enum.
fn widened(alike: Vec<Value>) -> Option<Value> {
    let mut alike = alike.into_iter();
    let mut widened = alike.next()?;
    let others: Vec<Value> = alike.collect();
    let Some(form) = widened.as_object_mut().filter(|_| !others.is_empty()) else { return Some(widened) };
    let (mut values, mut is_open) = (Vec::new(), false);
    let of_others = others.iter().map(|other| (other.get("enum"), other.get("x-open-enum")));
    for (listed, open) in std::iter::once((form.get("enum"), form.get("x-open-enum"))).chain(of_others) {
        let listed = listed.and_then(Value::as_array);
        is_open |= listed.is_none() || open == Some(&json!(true));
        values.extend(listed.into_iter().flatten().cloned());
    }
    form.retain(|key, value| {
        key == "type" || key == "description" || others.iter().all(|other| other.get(key) == Some(value))
    });
    let mut seen = BTreeSet::new();
    values.retain(|value| seen.insert(value.to_string()));
    if !values.is_empty() {
        form.insert("enum".to_owned(), Value::Array(values));
        if is_open {
            form.insert("x-open-enum".to_owned(), json!(true));
        }
    }
    Some(widened)
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
    let mut found: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (name, member) in members_of(forms, components) {
        match members.get(name) {
            None => _ = members.insert(name.clone(), member.clone()),
            Some(known) if known == member => {}
            Some(_) => found.entry(name.clone()).or_default().push(member.clone()),
        }
    }
    for (name, others) in found {
        if let Some(known) = members.get_mut(&name) {
            let first = known.take();
            *known = either(std::iter::once(first).chain(others), components);
        }
    }
}

/// The members of these objects, and of their forms if they have any.
fn members_of<'a>(forms: &'a [Value], components: &'a Object) -> Vec<(&'a String, &'a Value)> {
    let mut members = Vec::new();
    let mut seen = BTreeSet::new();
    let mut pending: Vec<&Value> = forms.iter().rev().collect();
    while let Some(form) = pending.pop() {
        if let Some(target) = referenced(form) {
            pending.extend(components.get(target).filter(|_| seen.insert(target)));
            continue;
        }
        members.extend(form["properties"].as_object().into_iter().flatten());
        for key in ["anyOf", "oneOf"] {
            pending.extend(form[key].as_array().into_iter().flatten().rev());
        }
    }
    members
}

/// The schema of a member that is one of these.
fn either(members: impl Iterator<Item = Value>, components: &Object) -> Value {
    let mut forms = Vec::new();
    let mut is_nullable = false;
    for member in members {
        is_nullable |= flatten(member, &mut forms);
    }
    let mut choice = Object::from_iter([("oneOf".to_owned(), Value::Array(forms))]);
    if is_nullable {
        choice.insert("nullable".to_owned(), json!(true));
    }
    simplify(&mut choice, components);
    Value::Object(choice)
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
    #[test]
    fn members_of_forms_of_forms_are_found_once() {
        let next = |index: usize| json!({"$ref": format!("#/components/schemas/S{index}")});
        let schema = |index: usize| json!({"oneOf": vec![next(index + 1); 20]});
        let mut components: Object = (0..8).map(|index| (format!("S{index}"), schema(index))).collect();
        components
            .insert("S8".to_owned(), json!({"properties": {"name": {"type": "string"}}, "oneOf": [next(0)]}));
        let mut schema = json!({"type": "object", "properties": {}, "oneOf": [next(0)]});
        simplify(schema.as_object_mut().unwrap(), &components);
        assert_eq!(schema, json!({"type": "object", "properties": {"name": {"type": "string"}}}));
    }

    #[test]
    fn a_member_of_many_forms_fits_the_values_of_all() {
        let form =
            |index: usize| json!({"properties": {"kind": {"type": "string", "enum": [index.to_string()]}}});
        let forms: Vec<Value> = (0..2_000).map(form).collect();
        let schema = simplified(json!({"type": "object", "properties": {}, "oneOf": forms}));
        assert_eq!(schema["properties"]["kind"]["enum"].as_array().map(Vec::len), Some(2_000));
    }
}
