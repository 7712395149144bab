//! Schemas aren't nested too deep.

use crate::fault::Fault;
use crate::openapi::survey::Survey;

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    faults.extend(survey.nesting.faults.iter().cloned());
}
