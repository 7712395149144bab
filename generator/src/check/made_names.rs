//! The names that the generator makes up for schemas without one, foreseen with the place of each.

use std::collections::BTreeSet;

use crate::names;
use crate::openapi::file::stem;
use crate::openapi::operation::ResolvedOperation;
use crate::openapi::schema::subschemas;
use crate::openapi::survey::Survey;
use crate::openapi::types::is_choice;
use crate::source::Node;

/// A schema without a name, and the name that its type gets.
pub(super) struct MadeName<'a> {
    /// The file whose module the type is in.
    pub(super) file: &'a str,
    pub(super) name: String,
    pub(super) node: &'a Node,
}

/// All names that are made up, in the order in which they are made. Structures of one file that are the same have one
/// name.
pub(super) fn list<'a>(survey: &Survey<'a>) -> Vec<MadeName<'a>> {
    let mut namer = Namer { survey, made: Vec::new(), seen: BTreeSet::new() };
    for (file, name, node) in survey.defined("schemas") {
        namer.parts(file, &names::pascal(name), node);
    }
    for operation in &survey.operations {
        namer.operation(operation);
    }
    namer.made
}

struct Namer<'s, 'a> {
    survey: &'s Survey<'a>,
    made: Vec<MadeName<'a>>,
    /// Each structure that has a name, as JSON, by its file.
    seen: BTreeSet<(&'a str, String)>,
}

impl<'a> Namer<'_, 'a> {
    fn operation(&mut self, operation: &ResolvedOperation<'a>) {
        let Some(id) = operation.id().and_then(Node::text) else { return };
        let (marker, file) = (names::pascal(id), operation.file.name.as_str());
        if let Some(body) = operation.body {
            self.held(file, &format!("{marker}{}", names::REQUEST_SUFFIX), body);
        }
        let responses = &operation.responses;
        let statuses: Vec<&str> = responses.iter().filter_map(|(status, _)| status.text()).collect();
        for (status, response) in responses {
            let suffix = names::response_suffix(status.text().unwrap_or_default(), &statuses);
            self.held(file, &format!("{marker}{suffix}"), response);
        }
        for parameter in &operation.parameters {
            self.held(file, &format!("{marker}{}", names::member_suffix(parameter.name())), parameter.node);
        }
    }

    /// The schema of a body, response or parameter.
    fn held(&mut self, file: &'a str, name: &str, holder: &'a Node) {
        let content = holder.get("content").map(Node::entries).unwrap_or_default();
        let schemas = content.iter().filter_map(|(_, media)| media.get("schema"));
        for schema in holder.get("schema").into_iter().chain(schemas) {
            self.place(file, name, schema);
        }
    }

    /// The schemas inside another. Those of an `allOf` are members of the whole.
    fn parts(&mut self, file: &'a str, name: &str, schema: &'a Node) {
        let whole = self.survey.joined(schema).map_or(schema, |joined| &joined.node);
        if whole.get("$ref").is_some() {
            return;
        }
        for inner in subschemas(whole) {
            // No name has to be made for what is no structure and has no parts.
            if !self.is_structure(inner.schema) && subschemas(inner.schema).is_empty() {
                continue;
            }
            if let Some(suffix) = inner.suffix() {
                self.place(file, &format!("{name}{suffix}"), inner.schema);
            }
        }
    }

    fn place(&mut self, file: &'a str, name: &str, schema: &'a Node) {
        self.parts(file, name, schema);
        if self.is_structure(schema) && self.seen.insert((stem(file), schema.to_json().to_string())) {
            self.made.push(MadeName { file, name: name.to_owned(), node: schema });
        }
    }

    fn is_structure(&self, schema: &'a Node) -> bool {
        let whole = self.survey.joined(schema).map_or(schema, |joined| &joined.node);
        let is_written = whole.get("$ref").is_none();
        let is_object =
            || !self.survey.properties_of(schema).is_empty() || schema.get("properties").is_some();
        is_written && (is_object() || is_choice(schema) || schema.get("enum").is_some())
    }
}
