//! The model to Rust: modules of blocks, then text.
//!
//! - `service`, `group`: the files of a service; `module` prints one
//! - `client`: the client of a service
//! - `schema` and, by what a schema declares, `objects`, `enums`, `choices`: the types
//! - `operation`, `responses`, `method`, `documentation`, `example`, `shared_texts`: the operations
//! - `forms`: which form of a choice an example has
//! - `mentions`: links to what a text mentions
//! - `questions`: the questions to an error; `example_responses`: what operations respond with in the spec
//! - `services`, `features`: what `lib.rs` and `Cargo.toml` of the client say of the services
//! - `type_name`, `limits`, `facts`, `text`, `json`, `macro_call`, `rust`: what these are written with

mod choices;
mod client;
mod documentation;
mod enums;
mod example;
mod example_responses;
mod facts;
mod features;
mod forms;
mod group;
mod json;
mod known_words;
mod limits;
mod macro_call;
mod mentions;
mod method;
mod module;
mod objects;
mod operation;
mod questions;
mod responses;
mod rust;
mod schema;
mod secrets;
mod service;
mod services;
mod shared_texts;
mod text;
mod type_name;

use std::collections::BTreeMap;

use crate::model::{Api, COMMON, Schema};
use crate::names;
use shared_texts::SharedTexts;

pub(crate) use features::{features, features_of_all};
pub(crate) use operation::body_type;
pub(crate) use services::{ServiceModule, declarations};
pub(crate) use type_name::type_name;

/// The generated files of a service: the text of each by its path.
pub(crate) fn emit(api: &Api) -> BTreeMap<String, String> {
    let api = &mentions::link(api);
    let shared = SharedTexts::of(api);
    let mut texts = shared.declarations();
    let mut homes = schemas_by_home(api);
    let common = homes.remove(COMMON).unwrap_or_default();
    let common_texts = texts.remove(COMMON);
    let has_common = !common.is_empty() || common_texts.is_some();

    let mut modules = vec![service::module(api, has_common)];
    if has_common {
        modules.push(group::common(api, common_texts, &common));
    }
    for group in &api.groups {
        let schemas = homes.remove(group.stem.as_str()).unwrap_or_default();
        modules.push(group::module(api, group, &shared, texts.remove(group.stem.as_str()), &schemas));
    }
    let path = |name: &str| format!("generated-client/src/{}/{name}.rs", names::module(&api.service));
    modules.iter().map(|module| (path(&module.name), module.print())).collect()
}

/// The schemas of each file by its stem, in the order of the spec.
fn schemas_by_home(api: &Api) -> BTreeMap<&str, Vec<&Schema>> {
    let mut homes: BTreeMap<&str, Vec<&Schema>> = BTreeMap::new();
    for schema in api.schemas.values() {
        homes.entry(schema.home.as_str()).or_default().push(schema);
    }
    for schemas in homes.values_mut() {
        schemas.sort_by_key(|schema| schema.order);
    }
    homes
}
