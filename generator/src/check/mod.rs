//! The rules of curation, and everything that couldn't be generated. Each check looks at the whole service and
//! reports all that it finds; none relies on another having passed.

mod collisions;
mod cycles;
mod enums;
mod examples;
mod extensions;
mod files;
mod fit;
mod json_text;
mod keys;
mod keywords;
mod media;
mod operation;
mod operations;
mod parameters;
mod paths;
mod references;
mod schemas;
mod secrets;
mod security;
pub(crate) mod shape;
mod survey;
mod type_names;
mod types;
mod unused;
mod words;

pub(crate) use files::missing_service_file;
pub(crate) use shape::Kind;
pub(crate) use survey::{File, Role, Survey, address};

use crate::fault::Fault;

type Check = fn(&Survey<'_>, &mut Vec<Fault>);

/// Every check, from the form of the documents to their meaning.
const CHECKS: &[Check] = &[
    files::check,
    keys::check,
    extensions::check,
    references::check,
    unused::check,
    cycles::check,
    operations::check,
    security::check,
    paths::check,
    parameters::check,
    media::check,
    keywords::check,
    schemas::check,
    enums::check,
    collisions::check,
    type_names::check,
    secrets::check,
    examples::check,
];

/// All faults of a service.
pub(crate) fn run(survey: &Survey<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for check in CHECKS {
        check(survey, &mut faults);
    }
    faults
}
