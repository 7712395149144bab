//! Curated documents of any size, in the proportions of a real one.
//!
//! The model is a vendor's API: 459 operations and 741 schemas with 2,952 members, of which 53 in 100 schemas are only
//! sent, 36 only received and 11 both; 507 parameters, in few operations; 366 operations with a body, of 289 kinds.
//! Here every schema is used, has its texts, and passes the checks of a curated spec. Nothing is random: each number
//! follows from the number of operations, so two runs measure the same documents, whatever the real spec holds by then.
//!
//! - `shape`: the numbers of operations, schemas and parameters, and their spread over the groups;
//! - `words`: names and texts;
//! - `cycle`: how a short list gives as many of them as needed;
//! - `object`: JSON objects with a member that may be absent;
//! - `schema`, `operation`: the parts of a document;
//! - `file`: the documents that they make up.

mod cycle;
mod file;
mod object;
mod operation;
mod schema;
mod shape;
mod words;

use std::collections::BTreeMap;

use operation::Operations;
use schema::Schemas;
use serde_json::Value;

use crate::bundle::{self, Notation};
use crate::fault::Faults;

/// As many operations and schemas as the model has.
pub(super) const OPERATIONS: usize = shape::OPERATIONS;

/// The name of the service.
const SERVICE: &str = "synthetic";

/// The documents, by path.
pub(super) fn documents(operations: usize) -> Result<BTreeMap<String, String>, Faults> {
    let groups = shape::groups(operations);
    let mut files = BTreeMap::new();
    let path = |stem: &str| format!("spec/{SERVICE}/{stem}.yaml");
    let mut members = 0;
    let mut parameters = Operations::default();
    for group in &groups {
        let schemas = Schemas::of(group, &mut members);
        let paths = parameters.of(group, &schemas);
        let document = file::group(group, paths, schemas.components);
        files.insert(path(&group.name), print(&document)?);
    }
    let common = file::common(&files);
    files.insert(path("openapi"), print(&file::service(&groups))?);
    files.insert(path("common"), print(&common)?);
    Ok(files)
}

/// The document as YAML.
fn print(document: &Value) -> Result<String, Faults> {
    bundle::text(document, Notation::Yaml)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(operations: usize) -> Value {
        let documents =
            generator::documents(&documents(operations).unwrap()).unwrap_or_else(|faults| panic!("{faults}"));
        documents.into_iter().next().unwrap().1
    }

    fn operations(document: &Value) -> impl Iterator<Item = &Value> {
        document["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values())
    }

    /// The difference in percent.
    fn off(count: usize, model: usize) -> usize {
        100 * count.abs_diff(model) / model
    }

    #[test]
    fn it_has_the_size_of_the_model() {
        let document = document(OPERATIONS);
        let schemas = document["components"]["schemas"].as_object().unwrap();
        let members = |schema: &Value| schema["properties"].as_object().map_or(0, serde_json::Map::len);
        let all: usize = schemas.values().map(members).sum();
        let sent = schemas.iter().filter(|(name, _)| name.ends_with("Request"));
        let (kinds, of_bodies) =
            sent.fold((0, 0), |(kinds, sum), (_, schema)| (kinds + 1, sum + members(schema)));
        let listed = |operation: &Value| operation["parameters"].as_array().map_or(0, Vec::len);
        let parameters: usize = operations(&document).map(listed).sum();
        let bodies = operations(&document).filter(|operation| operation["requestBody"].is_object()).count();

        assert_eq!((operations(&document).count(), schemas.len(), kinds), (459, 741, 289));
        assert!(off(all, 2952) <= 2, "{all} members");
        assert!(off(of_bodies, 1232) <= 2, "{of_bodies} members of bodies");
        assert!(off(parameters, 507) <= 2, "{parameters} parameters");
        assert!(off(bodies, 366) <= 2, "{bodies} bodies");
    }

    #[test]
    fn the_schemas_are_sent_and_received_as_those_of_the_model() {
        let generated =
            generator::generate(&documents(OPERATIONS).unwrap()).unwrap_or_else(|faults| panic!("{faults}"));
        assert_eq!((generated.counts.operations, generated.counts.types), (459, 741));
        let text: String = generated.files.iter().map(|(_, text)| text).collect();
        let kinds: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("pub struct ") || line.starts_with("pub enum "))
            .filter_map(|line| line.split_once(": ")?.1.split(['(', ' ']).next())
            .collect();
        let structures = |kind: &str| kinds.iter().filter(|found| **found == kind).count();
        let sent = structures("body") + structures("request");
        let received = structures("response");
        let both = structures("body_and_response") + structures("request_and_response");
        assert!(off(sent, 360) <= 2, "{sent} only sent");
        assert!(off(received, 300) <= 2, "{received} only received");
        assert!(off(both + structures("open_enum"), 82) <= 2, "{both} structures of both");
    }

    #[test]
    fn any_size_passes_the_checks_and_keeps_the_proportions() {
        for (size, schemas) in [(1, 6), (50, 80), (600, 967)] {
            let document = document(size);
            assert_eq!(operations(&document).count(), size);
            let found = document["components"]["schemas"].as_object().unwrap().len();
            assert!(found.abs_diff(schemas) <= 4, "{found} schemas of {size} operations");
        }
    }

    #[test]
    fn it_is_the_same_each_time() {
        assert_eq!(documents(50), documents(50));
    }
}
