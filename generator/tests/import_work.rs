//! The work of an import grows with the size of a document, and not with its square. The work is counted in the bytes
//! that are allocated. It is the only test of this program, so that nothing else allocates meanwhile.

use std::alloc::System;
use std::collections::BTreeMap;

use generator::import::import;
use serde_json::{Map, Value, json};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn document(paths: Map<String, Value>, schemas: Map<String, Value>) -> Value {
    json!({
        "openapi": "3.0.0",
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

fn responding_with(schema: &Value) -> Value {
    let content = json!({"application/json": {"schema": schema}});
    json!({"get": {"tags": ["things"], "responses": {"200": {"description": "Done.", "content": content}}}})
}

fn path(index: usize) -> String {
    format!("/things{}", 10_000 + index)
}

fn schema(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// A schema with as many members as there are references to it.
fn references_to_a_large_schema(size: usize) -> Value {
    let members: Map<String, Value> =
        (0..size).map(|index| (format!("member{}", 10_000 + index), json!({"type": "string"}))).collect();
    let large = json!({"type": "object", "properties": members});
    let paths = (0..size).map(|index| (path(index), responding_with(&schema("Large"))));
    document(paths.collect(), Map::from_iter([("Large".to_owned(), large)]))
}

/// A schema whose members refer to parts of the document outside of its components, all of which are called `part`.
fn references_to_parts_of_one_name(size: usize) -> Value {
    let numbers = || 10_000..10_000 + size;
    let refer = |number: usize| json!({"$ref": format!("#/x-parts/p{number}/part")});
    let members: Map<String, Value> = numbers().map(|number| (format!("m{number}"), refer(number))).collect();
    let parts: Map<String, Value> =
        numbers().map(|number| (format!("p{number}"), json!({"part": {"type": "string"}}))).collect();
    let whole = json!({"type": "object", "properties": members});
    let paths = Map::from_iter([(path(0), responding_with(&schema("Whole")))]);
    let mut document = document(paths, Map::from_iter([("Whole".to_owned(), whole)]));
    document["x-parts"] = parts.into();
    document
}

/// Schemas with a discriminator, each with one that extends it. No operation uses them.
fn hierarchies(size: usize) -> Value {
    let schemas = (0..size).flat_map(|index| {
        let name = format!("Base{}", 10_000 + index);
        let base = json!({
            "type": "object",
            "discriminator": {"propertyName": "kind"},
            "properties": {"kind": {"type": "string"}},
        });
        let below =
            json!({"allOf": [schema(&name), {"type": "object", "properties": {"a": {"type": "string"}}}]});
        [(name, base), (format!("Below{}", 10_000 + index), below)]
    });
    let paths =
        (0..size).map(|index| (path(index), responding_with(&schema(&format!("Base{}", 10_000 + index)))));
    document(paths.collect(), schemas.collect())
}

/// The name of a pattern, the document of a size, and the most that the growth of the work can be.
type Pattern = (&'static str, fn(usize) -> Value, f64);

/// How many bytes the import of a document allocates.
fn allocated(document: &Value) -> usize {
    let document = document.to_string().into_bytes();
    let region = Region::new(ALLOCATOR);
    import("things", &[("api.json".to_owned(), document)], &BTreeMap::new()).unwrap();
    region.change().bytes_allocated
}

#[test]
fn the_work_of_an_import_grows_with_the_size_of_the_document() {
    let patterns: [Pattern; 3] = [
        ("references to a large schema", references_to_a_large_schema, 2.6),
        ("references to parts of one name", references_to_parts_of_one_name, 2.1),
        ("hierarchies", hierarchies, 2.1),
    ];
    let growths = patterns.map(|(name, of_size, most)| {
        let [few, more, many] = [200, 400, 800].map(|size| allocated(&of_size(size)));
        (name, (many - more) as f64 / (more - few) as f64, most)
    });
    // Twice as much is added the second time. Lists that grow and trees that get deeper take a little more, and work
    // that grows with the square of the size alone would add four times as much.
    assert!(growths.iter().all(|(_, growth, most)| (1.6..*most).contains(growth)), "{growths:?}");
}
