//! Shows that what `OPENAPI.md` says is true: it takes a service that has every key, and removes and changes each key in
//! turn.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::fault::Faults;
use crate::openapi::kind::{Effect, KeyRule, ObjectKind, ValueKind, is_extension};
use crate::source;

/// The documents of a service, by their paths.
type Documents = BTreeMap<String, Value>;

/// Each generated file by its path, and the list of features.
type Generated = Result<Vec<(String, String)>, Faults>;

/// An object in one of the documents: its file, and the way to it as a JSON pointer.
struct Place {
    kind: ObjectKind,
    file: String,
    pointer: String,
}

fn depot() -> Documents {
    let texts = [
        ("openapi", include_str!("../tests/cases/mutants/spec/depot/openapi.yaml")),
        ("common", include_str!("../tests/cases/mutants/spec/depot/common.yaml")),
        ("parcels", include_str!("../tests/cases/mutants/spec/depot/parcels.yaml")),
    ];
    texts
        .into_iter()
        .map(|(name, text)| {
            let path = format!("spec/depot/{name}.yaml");
            let (root, faults) = source::read(&path, text.as_bytes());
            assert_eq!(faults, []);
            (path, root.unwrap().to_json())
        })
        .collect()
}

/// JSON is YAML, so the documents can be changed as JSON.
fn generate(documents: &Documents) -> Generated {
    let inputs: BTreeMap<String, String> =
        documents.iter().map(|(path, document)| (path.clone(), document.to_string())).collect();
    let output = crate::generate(&inputs)?;
    Ok(output.files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect())
}

/// All objects of the documents.
fn places(documents: &Documents) -> Vec<Place> {
    let mut found = Vec::new();
    for (file, document) in documents {
        visit(ObjectKind::Document, file, document, String::new(), &mut found);
    }
    found
}

fn visit(kind: ObjectKind, file: &str, object: &Value, pointer: String, found: &mut Vec<Place>) {
    let grammar = kind.grammar();
    let Some(members) = object.as_object().filter(|members| !members.contains_key("$ref")) else { return };
    for (key, value) in members {
        let inner = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
        match grammar.value_of(key) {
            Some(ValueKind::One(kind) | ValueKind::FlagOr(kind)) => visit(kind, file, value, inner, found),
            Some(ValueKind::List(kind)) => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    visit(kind, file, item, format!("{inner}/{index}"), found);
                }
            }
            Some(ValueKind::Map(kind)) => {
                for (name, item) in value.as_object().into_iter().flatten() {
                    let name = name.replace('~', "~0").replace('/', "~1");
                    visit(kind, file, item, format!("{inner}/{name}"), found);
                }
            }
            _ => {}
        }
    }
    found.push(Place { kind, file: file.to_owned(), pointer });
}

/// Other values for a key; `None` takes it away.
fn others(value: &Value, kind: ValueKind) -> Vec<Option<Value>> {
    let mut others = vec![None];
    match (value, kind) {
        (_, ValueKind::Word(words)) => others.extend(words.iter().map(|word| Some(json!(word)))),
        (Value::String(text), _) => {
            others.extend(
                [format!("{text}x"), "zz".to_owned(), "basic".to_owned()].map(|text| Some(json!(text))),
            );
        }
        (Value::Bool(flag), _) => others.push(Some(json!(!flag))),
        (Value::Number(number), _) => {
            others.push(number.as_i64().map(|number| json!(number + 1)));
            others.push(number.as_f64().map(|number| json!(number + 0.25)));
        }
        (Value::Array(items), _) => {
            others.extend((0..items.len()).map(|index| {
                let mut fewer = items.clone();
                fewer.remove(index);
                Some(Value::Array(fewer))
            }));
        }
        (Value::Object(members), _) => {
            others.extend(members.keys().map(|key| {
                let mut fewer = members.clone();
                fewer.remove(key);
                Some(Value::Object(fewer))
            }));
        }
        (Value::Null, _) => {}
    }
    others.extend(with_other_texts(value).into_iter().map(Some));
    others.push(Some(json!({"zz": 1})));
    others
}

/// The same list or mapping with another text in it, for each text.
fn with_other_texts(value: &Value) -> Vec<Value> {
    let keys: Vec<String> = match value {
        Value::Array(items) => (0..items.len()).map(|index| index.to_string()).collect(),
        Value::Object(members) => members.keys().cloned().collect(),
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    for key in keys {
        let pointer = format!("/{}", key.replace('~', "~0").replace('/', "~1"));
        let inner = value.pointer(&pointer).cloned().unwrap_or_default();
        let changed = match &inner {
            Value::String(text) => vec![json!(format!("{text}x"))],
            other => with_other_texts(other),
        };
        found.extend(changed.into_iter().filter_map(|changed| {
            let mut whole = value.clone();
            *whole.pointer_mut(&pointer)? = changed;
            Some(whole)
        }));
    }
    found
}

/// What is generated for each other value of a key at a place.
fn variants<'a>(
    documents: &'a Documents,
    place: &'a Place,
    rule: &'a KeyRule,
) -> impl Iterator<Item = (bool, Generated)> + 'a {
    let object = |documents: &Documents| {
        documents.get(&place.file).and_then(|document| document.pointer(&place.pointer)).cloned()
    };
    let value = object(documents).and_then(|object| object.get(rule.key).cloned());
    let others = value.map(|value| others(&value, rule.value)).unwrap_or_default();
    others
        .into_iter()
        .map(move |other| (other.is_none(), generate(&changed(documents, place, rule.key, other))))
}

fn changed(documents: &Documents, place: &Place, key: &str, value: Option<Value>) -> Documents {
    let mut documents = documents.clone();
    let object = documents.get_mut(&place.file).and_then(|document| document.pointer_mut(&place.pointer));
    let object = object.and_then(Value::as_object_mut).unwrap();
    match value {
        Some(value) => object.insert(key.to_owned(), value),
        None => object.remove(key),
    };
    documents
}

/// Whether what the rule says is seen at one of the places.
fn is_true(documents: &Documents, whole: &Generated, places: &[&Place], rule: &KeyRule) -> bool {
    let mut all = places.iter().flat_map(|place| variants(documents, place, rule));
    match rule.effect {
        Effect::Generated(_) => all.any(|(_, found)| found.is_ok() && found != *whole),
        Effect::Checked(_) => {
            let all: Vec<(bool, Generated)> = all.collect();
            all.iter().any(|(is_gone, found)| !is_gone && found.is_err())
                && all.iter().all(|(_, found)| found.is_err() || found == whole)
        }
        Effect::Kept(_) => {
            let all: Vec<(bool, Generated)> = all.collect();
            all.iter().any(|(is_gone, found)| !is_gone && found == whole)
                && all.iter().all(|(_, found)| found.is_err() || found == whole)
        }
        Effect::Refused(_) => places.iter().any(|place| {
            let found = generate(&changed(documents, place, rule.key, Some(json!({}))));
            let what =
                format!("the generator doesn't support `{}` in {}", rule.key, place.kind.grammar().name);
            found.is_err_and(|faults| faults.iter().any(|fault| *fault.what == *what))
        }),
    }
}

#[test]
fn every_key_is_what_the_page_says() {
    let documents = depot();
    let whole = generate(&documents);
    assert!(whole.is_ok(), "{}", whole.unwrap_err());
    let places = places(&documents);
    let mut untrue = Vec::new();
    for kind in ObjectKind::ALL {
        let here: Vec<&Place> = places.iter().filter(|place| place.kind == *kind).collect();
        for rule in kind.grammar().keys.iter().filter(|rule| !is_extension(rule.key)) {
            if !is_true(&documents, &whole, &here, rule) {
                untrue.push(format!("{}: `{}` is not {:?}", kind.grammar().name, rule.key, rule.effect));
            }
        }
    }
    assert!(untrue.is_empty(), "{}", untrue.join("\n"));
}
