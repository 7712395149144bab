//! Documents of one pattern, small and large. A chain that is too long is one fault with a place, however long it is, and
//! what can be generated grows by the same for each schema. What is imported grows by the same for each operation.

mod patterns;

use std::collections::BTreeMap;

use generator::fault::Fault;
use generator::import::import;
use patterns::{PATTERNS, Pattern};
use serde_json::{Value, json};

/// How deep schemas can be nested, as `spec/README.md` says.
const DEEPEST: usize = 64;

fn faults(pattern: &Pattern, size: usize) -> Vec<Fault> {
    match generator::generate(&pattern.documents(size)) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().cloned().collect(),
    }
}

/// The number of generated lines before the list of known words, which fills its lines.
fn lines(pattern: &Pattern, size: usize) -> usize {
    let output = generator::generate(&pattern.documents(size));
    let output = output.unwrap_or_else(|faults| panic!("{} of {size}: {faults}", pattern.name));
    let declared = |text: &str| text.lines().take_while(|line| !line.contains("KNOWN_WORDS")).count();
    output.files.iter().map(|(_, text)| declared(text)).sum()
}

fn named(words: &[&str]) -> impl Iterator<Item = &'static Pattern> {
    PATTERNS.iter().filter(move |pattern| words.iter().any(|word| pattern.name.starts_with(word)))
}

#[test]
fn a_chain_that_is_too_long_is_one_fault() {
    for pattern in named(&["chain", "ladder"]) {
        for size in [100, 1_000] {
            let faults = faults(pattern, size);
            let rules: Vec<&str> = faults.iter().map(|fault| fault.rule).collect();
            assert_eq!(rules, ["too-deep"], "{} of {size}", pattern.name);
            assert!(faults.iter().all(|fault| fault.location.is_some()), "{} of {size}", pattern.name);
        }
    }
}

#[test]
fn a_chain_that_is_short_enough_works() {
    for pattern in named(&["chain", "ladder"]) {
        let levels = if pattern.name == "chain of lists of objects" { 2 } else { 1 };
        // The body of the operation holds the first schema, and some schemas hold a text or a schema of their own.
        let size = DEEPEST / levels - 4;
        assert_eq!(faults(pattern, size), [], "{} of {size}", pattern.name);
    }
}

#[test]
fn a_ring_works_if_a_value_can_end_it() {
    for pattern in named(&["ring"]) {
        let rules: Vec<&str> = faults(pattern, 50).iter().map(|fault| fault.rule).collect();
        let expected: &[&str] = if pattern.name == "ring of members" { &[] } else { &["reference-cycle"] };
        assert_eq!(rules, expected, "{}", pattern.name);
        assert!(faults(pattern, 1_000).iter().all(|fault| fault.location.is_some()), "{}", pattern.name);
        assert!(faults(pattern, 1_000).len() <= 2, "{}", pattern.name);
    }
}

#[test]
fn what_stands_beside_each_other_takes_the_same_lines_each() {
    let nested = ["chain", "ladder", "ring"];
    let is_flat = |pattern: &&Pattern| !nested.iter().any(|word| pattern.name.starts_with(word));
    for pattern in PATTERNS.iter().filter(is_flat) {
        let [few, more, many] = [100, 200, 400].map(|size| lines(pattern, size));
        assert_eq!(many - more, 2 * (more - few), "{}", pattern.name);
    }
}

#[test]
fn the_example_of_a_choice_of_choices_takes_one_look_at_each() {
    for pattern in named(&["chain of oneOf"]) {
        let mut documents = pattern.documents(DEEPEST - 4);
        for text in documents.values_mut() {
            *text = text.replace("example: {}", "example: {held: {m: oak}}");
        }
        let output = generator::generate(&documents).unwrap_or_else(|faults| panic!("{faults}"));
        assert!(output.files.iter().any(|(_, text)| text.contains("::new(\"oak\")")));
    }
}

/// A public document with this many operations in groups of a hundred. Each operation has what an import mends: an id that
/// two operations have, parameters that become one name, a body without a name, and an example that doesn't fit.
fn public_document(operations: usize) -> Value {
    let path = |index: usize| {
        let number = 10_000 + index;
        let body = json!({
            "type": "object",
            "properties": {"name": {"type": "string", "example": 1}, "Name": {"enum": ["a-b", "a_b"]}},
        });
        let parameter = |name: &str| json!({"name": name, "in": "query", "schema": {"type": "string"}});
        let operation = json!({
            "operationId": format!("do {}", 10_000 + index / 2),
            "tags": [format!("Group {}", 100 + index / 100)],
            "parameters": [parameter("At"), parameter("At<"), parameter("At>")],
            "requestBody": {"content": {"application/json": {"schema": body}}},
            "responses": {"200": {"$ref": "#/components/responses/Done"}},
        });
        (format!("/things{number}/{{id}}"), json!({"post": operation}))
    };
    let paths: serde_json::Map<String, Value> = (0..operations).map(path).collect();
    json!({
        "openapi": "3.0.0",
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": paths,
        "components": {"responses": {"Done": {"description": "Done."}}},
    })
}

/// The operations, the lines that are imported, and the notes of a public document of this size.
fn of_import(operations: usize) -> [usize; 3] {
    let document = public_document(operations).to_string().into_bytes();
    let imported = import("things", &[("api.json".to_owned(), document)], &BTreeMap::new());
    let imported = imported.unwrap_or_else(|faults| panic!("{operations} operations: {faults}"));
    let is_spec = |path: &str| path.starts_with("spec/things/") && !path.ends_with(".imported.yaml");
    let files = imported.files.into_iter().filter_map(|(path, text)| Some((path, text?)));
    let spec: BTreeMap<String, String> = files.filter(|(path, _)| is_spec(path)).collect();
    let lines = spec.values().map(|text| text.lines().count()).sum();
    let found =
        generator::generate(&spec).unwrap_or_else(|faults| panic!("{operations} operations: {faults}"));
    [found.counts.operations, lines, imported.notes.len()]
}

#[test]
fn what_is_imported_grows_by_the_same_for_each_operation() {
    let [few, more, many] = [500, 1_000, 2_000].map(of_import);
    assert_eq!(many[0], 2_000, "all operations are imported");
    for (index, what) in ["operations", "lines", "notes"].iter().enumerate() {
        assert_eq!(many[index] - more[index], 2 * (more[index] - few[index]), "{what}");
    }
}

/// A public document with a chain of schemas of this length, where each has the next as a member, and one operation that
/// responds with the first.
fn public_chain(schemas: usize) -> Value {
    let refer = |index: usize| json!({"$ref": format!("#/components/schemas/S{index}")});
    let schema = |index: usize| {
        let next = if index + 1 == schemas { json!({"type": "string"}) } else { refer(index + 1) };
        (format!("S{index}"), json!({"type": "object", "properties": {"next": next}}))
    };
    let chain: serde_json::Map<String, Value> = (0..schemas).map(schema).collect();
    let response = json!({"description": "Done.", "content": {"application/json": {"schema": refer(0)}}});
    json!({
        "openapi": "3.0.0",
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {"/list": {"get": {"operationId": "list", "responses": {"200": response}}}},
        "components": {"schemas": chain},
    })
}

#[test]
fn a_chain_that_is_too_long_is_imported_however_long_it_is() {
    for schemas in [100, 6_000] {
        let document = public_chain(schemas).to_string().into_bytes();
        let imported = import("things", &[("api.json".to_owned(), document)], &BTreeMap::new()).unwrap();
        let spec = imported.files.into_iter().filter_map(|(path, text)| Some((path, text?)));
        let spec: BTreeMap<String, String> =
            spec.filter(|(path, _)| !path.ends_with(".imported.yaml")).collect();
        let found = generator::generate(&spec).unwrap_or_else(|faults| panic!("{schemas} schemas: {faults}"));
        assert!((1..=DEEPEST).contains(&found.counts.types), "{schemas} schemas: {}", found.counts.types);
        let cut = imported.notes.iter().filter(|note| note.to_string().contains("too-deep"));
        assert!(cut.count() > 0, "{schemas} schemas");
    }
}
