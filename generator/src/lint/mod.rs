//! The rules of quality: what a reviewer of a spec would ask for, beyond what `check` demands. A finding isn't a fault, so
//! the code is generated all the same. Where a rule doesn't apply, `x-lint-allow` says why.

mod examples;
mod findings;
mod names;
mod schemas;
mod siblings;
mod texts;
mod values;

use crate::curation;
use crate::fault::Fault;
use crate::openapi::survey::Survey;

use findings::Findings;

type Lint = fn(&Survey<'_>, &mut Findings<'_, '_>);

/// All rules, by kind. `rules::LINTS` lists them with their meaning.
const LINTS: &[Lint] = &[
    texts::sentences,
    texts::repeated_names,
    texts::same_texts,
    texts::summaries,
    values::listed_values,
    values::units,
    names::spellings,
    examples::bare_examples,
    schemas::near_duplicates,
    siblings::error_responses,
    siblings::versions,
];

/// All findings of a service whose files have no faults.
pub(crate) fn lint(survey: &Survey<'_>) -> Vec<Fault> {
    let mut findings = Findings::new(survey);
    for lint in LINTS {
        lint(survey, &mut findings);
    }
    // A file that isn't curated yet has open findings of its own, and texts that nobody wrote.
    let is_told = |fault: &Fault| !curation::is_in_open_file(survey, fault);
    findings.finish().into_iter().filter(is_told).collect()
}
