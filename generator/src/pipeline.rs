//! The way from the files of a spec to the model of each service. Everything that looks at a spec takes it.

use std::collections::BTreeMap;

use crate::bundle::Bundle;
use crate::fault::{Fault, Faults};
use crate::input::InputFile;
use crate::model::{self, Api};
use crate::openapi::survey::Survey;
use crate::output::OpenFindings;
use crate::rules::{self, Class};
use crate::{check, curation, normalise, openapi};

/// Which faults stop the pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Faulty {
    /// All of them.
    Refused,
    /// Those without which there is no API: a version of the spec from before a rule may break it.
    Tolerated,
}

/// What the checks found that didn't stop the pipeline.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// What is still to be curated in imported services.
    pub(crate) open: OpenFindings,
    /// The faults that were tolerated.
    pub(crate) tolerated: Vec<Fault>,
}

/// Makes something of each service. An imported service is completed before.
pub(crate) fn of_each<T>(
    inputs: &BTreeMap<String, impl InputFile>,
    faulty: Faulty,
    make: impl Fn(&Survey<'_>) -> Option<T>,
) -> Result<(Vec<T>, Found), Faults> {
    let make_all = |surveys: &[Survey<'_>]| {
        let made = surveys.iter().filter_map(|survey| match curation::completed(survey) {
            Some(service) => make(&Survey::new(survey.service, &service)),
            None => make(survey),
        });
        made.collect()
    };
    of_all(inputs, faulty, make_all)
}

/// Makes something of all services together, as they were written.
pub(crate) fn of_all<T>(
    inputs: &BTreeMap<String, impl InputFile>,
    faulty: Faulty,
    make: impl FnOnce(&[Survey<'_>]) -> T,
) -> Result<(T, Found), Faults> {
    let mut faults = Vec::new();
    let services = openapi::service::read_services(inputs, &mut faults);
    let surveys: Vec<Survey<'_>> =
        services.iter().map(|(name, service)| Survey::new(name, service)).collect();
    faults.extend(surveys.iter().flat_map(check::check));
    faults.extend(check::features::check(&surveys));
    let open = curation::take_open(&surveys, &mut faults);
    let is_tolerated =
        |fault: &Fault| faulty == Faulty::Tolerated && rules::class(fault.rule) != Some(Class::Needed);
    let (tolerated, faults): (Vec<Fault>, Vec<Fault>) = faults.into_iter().partition(is_tolerated);
    if faults.is_empty() { Ok((make(&surveys), Found { open, tolerated })) } else { Err(Faults::new(faults)) }
}

/// The model of a service.
pub(crate) fn model(bundle: &mut Bundle<'_, '_>) -> Result<Api, Fault> {
    let mut document = bundle.to_json();
    normalise::normalise(&mut document, &mut bundle.schema_home);
    model::build(bundle, &document)
}
