//! The API as plain, typed, sorted data: groups, operations, credentials, schemas, and the type of every member,
//! parameter and response.
//!
//! - `api`, `arguments`, `definitions`, `types`, `component`: the data, which later stages read
//! - `paths`: the operations as they stand in the document
//! - `usage`, `direction`: who uses each schema, and the members that only requests or only responses have
//! - `lower`: the document that progenitor makes types of
//! - `render`: runs progenitor, and reads the types off its type space
//! - `schemas`, `choices`, `operations`, `responses`, `nullable`, `limits`, `facts`, `security`: make the data from the
//!   document and the types
//! - `argument_group`: which arguments an operation needs one of
//! - `paging`: how an operation gives a list in pages
//! - `questions`: what callers can ask an error
//! - `secrets`: which schemas are contained in values that are never printed

mod api;
mod argument_group;
mod arguments;
mod choices;
mod component;
mod definitions;
mod direction;
mod facts;
mod json;
mod limits;
mod lower;
mod media;
mod nullable;
mod operations;
mod paging;
mod parts;
mod paths;
mod questions;
mod render;
mod responses;
mod schemas;
mod secrets;
mod security;
mod types;
mod usage;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

pub(crate) use api::{
    Api, COMMON, ErrorResponse, Headers, Operation, OperationGroup, Paging, Questions, Response, Retry,
    Status,
};
pub(crate) use arguments::{ArgumentGroup, Asked, Body, Parameter, ParameterIn};
pub(crate) use component::Component;
pub(crate) use definitions::{
    Alternative, Definition, Direction, EnumKind, EnumValue, Member, Object, Schema, Tag, Usage,
};
pub(crate) use facts::{Facts, Format, Range};
pub(crate) use json::scalar;
pub(crate) use limits::{Bound, Limits};
pub(crate) use media::{Accept, Content, Field, Media, Part, Style};
pub(crate) use security::{Placement, SchemeRole, SecurityScheme, Server, ServerVariable};
pub(crate) use types::{Type, Width};

use crate::bundle::Bundle;
use crate::fault::Fault;
use crate::markdown::with_languages;
use crate::names::ValuesOfOperations;

/// Builds the model of one service from its bundle and the normalised document.
///
/// # Errors
/// That progenitor refuses the document, which the checks should have foreseen.
pub(crate) fn build(bundle: &Bundle<'_, '_>, document: &Value) -> Result<Api, Fault> {
    let all = json::at(document, "/components/schemas");
    let paths = paths::operations(bundle, document);
    let mut usage = usage::find(document, &paths);
    let name_of_values = ValuesOfOperations::beside(usage.keys().copied());
    let all = &*direction::prune(all, &usage);
    let used = json::entries(all).filter(|(name, _)| usage.contains_key(name.as_str()));
    let used: Vec<(&str, &Value)> = used.map(|(name, schema)| (name.as_str(), schema)).collect();
    let lowered = lower::lower(used.iter().copied(), &paths, &name_of_values);
    let rendered = render::render(lowered.document).map_err(|fault| bundle.unreadable().unwrap_or(fault))?;

    let limited = limits::limited(all);
    let source = schemas::Source {
        schemas: all,
        rendered: &rendered,
        members: &lowered.members,
        homes: &bundle.schema_home,
        limited,
    };
    let mut schemas = BTreeMap::new();
    for (order, (name, _)) in used.into_iter().enumerate() {
        let schema = source.read(name, order, usage.remove(name).unwrap_or_default())?;
        schemas.insert(schema.name.clone(), schema);
    }
    let schemes = security::schemes(document);
    let server = security::server(document);
    let source = operations::Source { document, server: &server, schemes: &schemes, schemas: &schemas };
    let mut operations: BTreeMap<&str, Vec<Operation>> = BTreeMap::new();
    let types = rendered.structs.get(&name_of_values.rendered());
    for (path, values) in paths.iter().zip(lowered.values) {
        let typed =
            values.into_iter().filter_map(|(value, member)| Some((value, types?.get(&member)?.clone())));
        operations.entry(path.group).or_default().push(source.read(path, &typed.collect())?);
    }
    let other_servers = other_servers(&source, &paths);
    secrets::mark(&mut schemas, operations.values().flatten());
    Ok(Api {
        service: bundle.service().to_owned(),
        title: json::text(&document["info"], "title"),
        description: json::markdown(&document["info"], "description"),
        docs: json::at(document, "/externalDocs/url").as_str().map(str::to_owned),
        server,
        other_servers,
        schemes,
        questions: questions::read(document),
        is_hand_written: json::flag(document, "x-hand-written"),
        groups: groups(bundle, operations),
        schemas,
    })
}

/// The servers of the operations that aren't at that of the service, each once.
fn other_servers(source: &operations::Source<'_>, paths: &[paths::PathOperation<'_>]) -> Vec<Server> {
    let mut urls = BTreeSet::new();
    let servers = paths.iter().filter_map(|path| source.other_server(path.source));
    servers.filter(|server| urls.insert(server.usual_url())).collect()
}

fn groups(bundle: &Bundle<'_, '_>, mut operations: BTreeMap<&str, Vec<Operation>>) -> Vec<OperationGroup> {
    let groups = bundle.groups.iter().map(|group| OperationGroup {
        stem: group.stem.clone(),
        description: with_languages(group.description.as_deref().unwrap_or_default()),
        file: group.file.clone(),
        operations: operations.remove(group.stem.as_str()).unwrap_or_default(),
    });
    groups.collect()
}
