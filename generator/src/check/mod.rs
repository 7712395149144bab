//! The rules of curation, and the rules without which no code could be generated. Each check looks at the whole service
//! and reports all faults that it finds, whether or not other checks find some.

mod all_of;
mod argument_groups;
mod collisions;
mod cycles;
mod discriminators;
mod encoding;
mod enums;
mod examples;
mod extensions;
pub(crate) mod features;
mod files;
mod fit;
mod header_names;
mod header_types;
mod headers;
mod ignored;
mod json_text;
mod keys;
mod keywords;
mod limits;
mod made_names;
mod media;
mod mentions;
mod nesting;
mod nullable;
mod operations;
mod paging;
mod parameters;
mod paths;
mod patterns;
mod questions;
mod references;
mod relayed;
mod schemas;
mod schemes;
mod secrets;
mod security;
mod servers;
mod settings;
mod type_names;
mod unused;
pub(crate) mod words;

use crate::fault::Fault;
use crate::openapi::survey::Survey;

pub(crate) use files::{is_name_of_group, wrong_service_name};
pub(crate) use schemes::is_name_of_scheme;
pub(crate) use secrets::unmarked_secrets;
pub(crate) use servers::{is_server_of_operation, is_server_of_service};
pub(crate) use type_names::RESERVED_TYPES;
pub(crate) use words::ends_like_a_sentence;

type Check = fn(&Survey<'_>, &mut Vec<Fault>);

/// All checks: first those of the form of the documents, then those of their meaning.
const CHECKS: &[Check] = &[
    files::check,
    keys::check,
    extensions::check,
    references::check,
    unused::check,
    cycles::check,
    nesting::check,
    operations::check,
    paging::check,
    argument_groups::check,
    security::check,
    schemes::check,
    servers::check,
    settings::check,
    paths::check,
    parameters::check,
    media::check,
    encoding::check,
    nullable::check,
    headers::check,
    keywords::check,
    limits::check,
    ignored::check,
    patterns::check,
    schemas::check,
    all_of::check,
    discriminators::check,
    enums::check,
    questions::check,
    relayed::check,
    collisions::check,
    type_names::check,
    secrets::check,
    examples::check,
    mentions::check,
];

/// All faults of a service.
pub(crate) fn check(survey: &Survey<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for check in CHECKS {
        check(survey, &mut faults);
    }
    faults
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::openapi::service::read_services;

    #[test]
    fn everything_that_is_allowed_passes() {
        let file = |name: &str, text: &str| (format!("spec/depot/{name}.yaml"), text.to_owned());
        let inputs = BTreeMap::from([
            file("openapi", include_str!("../../tests/cases/mutants/spec/depot/openapi.yaml")),
            file("common", include_str!("../../tests/cases/mutants/spec/depot/common.yaml")),
            file("parcels", include_str!("../../tests/cases/mutants/spec/depot/parcels.yaml")),
        ]);
        let mut faults = Vec::new();
        let services = read_services(&inputs, &mut faults);
        faults.extend(services.iter().flat_map(|(name, files)| check(&Survey::new(name, files))));
        assert_eq!(faults, []);
    }
}
