//! Turns curated OpenAPI documents into the sources of the generated client.
//!
//! The generator is a pipeline of stages with plain data between them; each module is one stage. The whole is a function of
//! its input alone: it reads and writes no file, and the same documents give the same bytes.
//!
//! - `source`: text to positioned YAML, so that every message can name file, line and column
//! - `openapi`: what the format is, and the survey of a service's files
//! - `check`: the rules of curation, and those that later stages rely on; all faults of a run
//! - `curation`: what an imported service leaves open is no fault, and is filled in with safe values
//! - `lint`: the rules of quality, which generated code doesn't depend on
//! - `published`: documents that somebody else wrote, as far as they can be read; for `drift` and [`import`]
//! - `drift`: what the specs and the vendors' documents don't have in common
//! - `bundle`: the files of a service to one document, with the home of each schema
//! - `normalise`: every structure gets a name, and only structures have one
//! - `model`: the document to plain, typed data; progenitor makes the types
//! - `emit`: the data to one module for each group, and modules to text
//!
//! `pipeline` runs them up to the model, for whatever looks at a spec. [`compare`] runs all of them for two versions of the
//! spec, and reports what differs.
//!
//! [`names`] makes every identifier, [`fault`] every message; `markdown` reads the blocks of code in texts.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::todo,
        clippy::unreachable,
        clippy::unimplemented
    )
)]

mod bundle;
mod check;
pub mod compare;
mod curation;
mod drift;
mod emit;
pub mod fault;
pub mod import;
mod input;
mod lint;
mod markdown;
mod model;
pub mod names;
mod normalise;
mod openapi;
mod output;
pub mod pages;
mod pipeline;
mod published;
pub mod rules;
mod source;
#[cfg(test)]
mod used_or_refused;

use std::collections::BTreeMap;

use crate::emit::ServiceModule;
use crate::fault::Faults;
use crate::model::Api;
use crate::openapi::survey::Survey;
use crate::pipeline::Faulty;

pub use crate::input::{Input, InputFile};
pub use crate::output::{Counts, FileSet, OpenFindings, Output, Table};
pub use crate::source::to_yaml;

/// Generates the client's sources from the curated documents: `inputs` maps the path of each file, relative to the
/// root of the repository (`spec/descope/oauth.yaml`), to its bytes or an [`Input`].
///
/// # Errors
///
/// Every fault of every document; then nothing is generated.
pub fn generate(inputs: &BTreeMap<String, impl InputFile>) -> Result<Output, Faults> {
    let mut output = Output::default();
    let mut faults = Vec::new();
    let mut modules = Vec::new();
    let model = |survey: &Survey<'_>| {
        let api = pipeline::model(&mut bundle::bundle(survey)?);
        Some((survey.service.to_owned(), api))
    };
    let (services, found) = pipeline::of_each(inputs, Faulty::Refused, model)?;
    for (service, api) in services {
        output.tables.extend(drift::tables(inputs, &service, &mut faults));
        match api {
            Ok(api) => modules.push(print(api, &mut output)),
            Err(fault) => faults.push(fault),
        }
    }
    output.services = emit::declarations(&modules);
    output.features.extend(emit::features_of_all(&modules));
    output.open = found.open;
    if faults.is_empty() { Ok(output) } else { Err(Faults::new(faults)) }
}

/// The curated document of each service, by the service's name: all of its files in one, in a form that other tools take
/// which read OpenAPI, such as viewers, mock servers and other generators. Members stand in the order of the spec.
///
/// # Errors
///
/// Every fault of every document.
pub fn documents(
    inputs: &BTreeMap<String, impl InputFile>,
) -> Result<Vec<(String, serde_json::Value)>, Faults> {
    Ok(pipeline::of_each(inputs, Faulty::Refused, bundle::written)?.0)
}

/// What a reviewer would ask for beyond what is checked, of one service or of all: the rules of [`rules::LINTS`]. Of an
/// imported service, it is also what is still to be curated.
///
/// # Errors
///
/// Every fault of every document.
pub fn lint(inputs: &BTreeMap<String, impl InputFile>, service: Option<&str>) -> Result<Faults, Faults> {
    let is_wanted = |name: &str| service.is_none_or(|service| service == name);
    let lint = |survey: &Survey<'_>| is_wanted(survey.service).then(|| lint::lint(survey));
    let (findings, found) = pipeline::of_each(inputs, Faulty::Refused, lint)?;
    let open = found.open.into_iter().filter(|(service, _)| is_wanted(service));
    let open = open.flat_map(|(_, findings)| findings.iter().cloned().collect::<Vec<_>>());
    Ok(Faults::new(findings.into_iter().flatten().chain(open)))
}

/// What the specs and the vendors' documents don't have in common, and what nothing accepts: the kinds are [`rules::DRIFTS`].
/// `documents` maps paths to the bytes of all documents of one vendor. Without the name of a service, those services are
/// compared most of whose operations are in them.
///
/// # Errors
///
/// Every fault of the specs, or those of a document that can't be read at all.
pub fn drift(
    inputs: &BTreeMap<String, impl InputFile>,
    documents: &BTreeMap<String, Vec<u8>>,
    service: Option<&str>,
) -> Result<Faults, Faults> {
    let drift = |surveys: &[Survey<'_>]| drift::drift(inputs, surveys, documents, service);
    pipeline::of_all(inputs, Faulty::Refused, drift)?.0
}

/// Prints the code of a service.
fn print(api: Api, output: &mut Output) -> ServiceModule {
    output.files.extend(emit::emit(&api));
    output.features.extend(emit::features(&api));
    output.counts.add(&Counts {
        operations: api.operations().count(),
        types: api.schemas.len(),
        groups: api.groups.len(),
    });
    ServiceModule { service: api.service, is_hand_written: api.is_hand_written }
}
