//! The schemas of each `allOf` can be joined into one schema that values fit.

use super::fit::{self, Sender};
use crate::fault::Fault;
use crate::openapi::kind::ObjectKind;
use crate::openapi::survey::Survey;

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    faults.extend(survey.faults_of_joining().iter().cloned());
    for site in survey.of_kind(ObjectKind::Schema) {
        let Some(joined) = survey.joined(site.node) else { continue };
        // The default of one schema has to fit what the others ask for, too.
        if let Some(default) = joined.node.get("default") {
            fit::check(survey, "default", default, &joined.node, Sender::Client, faults);
        }
    }
}
