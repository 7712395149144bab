//! Every component is reached from an operation; one that isn't would be dropped in silence.

use std::collections::{BTreeMap, BTreeSet};

use crate::fault::Fault;
use crate::openapi::file::FileRole;
use crate::openapi::kind::ObjectKind;
use crate::openapi::reference::{Address, address};
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;

/// The sections that are looked at, and the rule. What of a security scheme is named where is a check of its own.
const SECTIONS: &[(&str, &str)] = &[
    ("schemas", "unused-schema"),
    ("parameters", "unused-parameter"),
    ("responses", "unused-response"),
    ("requestBodies", "unused-request-body"),
    ("headers", "unused-header"),
    ("examples", "unused-example"),
];

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    // A reference that leads nowhere may be meant for any of them.
    if survey.sites.iter().any(|site| site.reference().is_some() && survey.resolve(site.node).is_none()) {
        return;
    }
    let used = used(survey);
    // What is common to the service has a file of its own.
    let files = survey.sites.iter().filter(|site| site.file.role != FileRole::Service);
    for site in files.filter(|site| component_of(survey, site).is_some()) {
        let Some((section, rule)) = SECTIONS.iter().find(|(section, _)| *section == site.via) else {
            continue;
        };
        let Some((key, name)) = site.key.and_then(|key| Some((key, key.text()?))) else { continue };
        if !used.contains(&(site.file.name.as_str(), *section, name)) {
            let what = format!("no operation leads to `{name}`, so nothing would come of it");
            faults.push(key.fault(rule, what, "refer to it, or delete it"));
        }
    }
}

/// What the operations refer to, and what that refers to.
fn used<'a>(survey: &'a Survey<'a>) -> BTreeSet<Address<'a>> {
    let mut references: BTreeMap<Option<Address<'a>>, Vec<Address<'a>>> = BTreeMap::new();
    for site in survey.sites.iter().filter(|site| site.reference().is_some()) {
        if let Some(target) = address(site.node) {
            references.entry(definition_around(survey, site)).or_default().push(target);
        }
    }
    let mut used = BTreeSet::new();
    let mut open = references.get(&None).cloned().unwrap_or_default();
    while let Some(next) = open.pop() {
        if used.insert(next) {
            open.extend(references.get(&Some(next)).into_iter().flatten());
        }
    }
    used
}

/// The component that the object is, or is a part of.
fn definition_around<'a>(survey: &'a Survey<'a>, site: &'a Site<'a>) -> Option<Address<'a>> {
    let mut site = Some(site);
    while let Some(inner) = site {
        if let Some(component) = component_of(survey, inner) {
            return Some(component);
        }
        site = survey.around(inner);
    }
    None
}

/// The address of an object that stands under `components`.
fn component_of<'a>(survey: &'a Survey<'a>, site: &'a Site<'a>) -> Option<Address<'a>> {
    survey.around(site).filter(|around| around.kind == ObjectKind::Components)?;
    Some((&site.file.name, site.via, site.key?.text()?))
}
