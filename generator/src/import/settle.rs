//! Runs the checks on the files of an import, and mends or leaves out what they find, until nothing is at fault but what a
//! person has to curate. The first attempt is the one that suits the rule; each further one takes more of what is around
//! the place.

mod naming;
mod place;
mod remedy;

use std::collections::{BTreeMap, BTreeSet};

use super::notes::Notes;
use super::split::Files;
use crate::check;
use crate::fault::Fault;
use crate::openapi::dialect;
use crate::openapi::file::SpecFile;
use crate::openapi::service::Service;
use crate::openapi::survey::Survey;
use crate::rules::{Class, class};
use crate::source::Node;
use place::Place;
use remedy::Remedy;

/// How often the checks run. A document needs about ten.
const MOST_ROUNDS: usize = 60;

/// The files without faults. What can't be mended stays, and `regen` reports it.
pub(super) fn settle(service: &str, mut files: Files, notes: &mut Notes) -> Files {
    let mut attempts: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
    for _ in 0..MOST_ROUNDS {
        let mut places = Vec::new();
        let mut faults = Vec::new();
        let numbered = numbered(service, &files, &mut places, &mut faults);
        let survey_of = Service::new(numbered);
        let survey = Survey::new(service, &survey_of);
        faults.extend(check::check(&survey));
        // All faults of a chain of references are mended in one round, however long the chain is.
        faults.extend(survey.nesting.further_faults.iter().cloned());
        faults.retain(|fault| !is_curation(fault));
        drop(survey);
        if faults.is_empty() {
            break;
        }
        let mut remedies: BTreeMap<Place, Vec<(Remedy, Fault)>> = BTreeMap::new();
        let mut tried = BTreeSet::new();
        for fault in faults {
            let line = fault.location.as_ref().map_or(0, |location| location.line);
            let Some(place) = line.checked_sub(1).and_then(|index| places.get(index)) else { continue };
            let key = (fault.rule, place.name(&files));
            let attempt = attempts.get(&key).copied().unwrap_or_default();
            let (place, remedy) = remedy::of(&fault, place, &files, attempt);
            // Several faults of one value, such as an example without any required member, are one attempt.
            tried.insert(key);
            remedies.entry(place).or_default().push((remedy, fault));
        }
        tried.into_iter().for_each(|key| *attempts.entry(key).or_default() += 1);
        let is_over = remedies.values().flatten().all(|(remedy, _)| *remedy == Remedy::Leave);
        // What stands later in a file is changed first, so that the places before it stay what they are.
        let mut pruned = BTreeSet::new();
        for (place, found) in remedies.into_iter().rev() {
            // Of several faults of one value, the others may be gone with the first.
            if let Some((remedy, fault)) = found.into_iter().next().filter(|_| !pruned.contains(&place)) {
                pruned.extend(remedy.apply(&place, &mut files, &fault, notes));
            }
        }
        if is_over {
            break;
        }
    }
    files
}

/// Whether a fault is left to a person.
fn is_curation(fault: &Fault) -> bool {
    class(fault.rule) == Some(Class::Curation) && !remedy::SAFE.contains(&fault.rule)
}

/// The files with numbers as locations, and the place that each number stands for.
fn numbered(service: &str, files: &Files, places: &mut Vec<Place>, faults: &mut Vec<Fault>) -> Vec<SpecFile> {
    let mut next = 0;
    let number = |(name, root): (&String, &Node)| {
        let path = format!("spec/{service}/{name}");
        let mut numbered = root.numbered(&path, &mut next);
        dialect::read(&mut numbered, faults);
        place::list(name, root, places);
        SpecFile::new(&path, name, Some(numbered))
    };
    files.iter().map(number).collect()
}
