//! Each component is used by an operation. One that isn't would be dropped silently.

use std::collections::{HashMap, HashSet};

use crate::fault::Fault;
use crate::openapi::file::FileRole;
use crate::openapi::kind::ObjectKind;
use crate::openapi::reference::{Address, address};
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;

/// The sections that are checked, each with its rule. Another check looks at the security schemes.
const SECTIONS: &[(&str, &str)] = &[
    ("schemas", "unused-schema"),
    ("parameters", "unused-parameter"),
    ("responses", "unused-response"),
    ("requestBodies", "unused-request-body"),
    ("headers", "unused-header"),
    ("examples", "unused-example"),
];

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    // A broken reference could lead to any of the components.
    if !survey.is_whole() {
        return;
    }
    let used = used(survey);
    // No component but a security scheme can be in openapi.yaml, which another check reports.
    let files = survey.sites.iter().filter(|site| site.file.role != FileRole::Service);
    for site in files.filter(|site| component_of(survey, site).is_some()) {
        let Some((section, rule)) = SECTIONS.iter().find(|(section, _)| *section == site.via) else {
            continue;
        };
        let Some((key, name)) = site.key.and_then(|key| Some((key, key.text()?))) else { continue };
        if !used.contains(&(site.file.name.as_str(), *section, name)) {
            let what = format!("no operation uses `{name}`, so nothing would be generated from it");
            faults.push(key.fault(rule, what, "refer to it, or delete it"));
        }
    }
}

/// The components that operations refer to, directly or through other components.
fn used<'a>(survey: &'a Survey<'a>) -> HashSet<Address<'a>> {
    let mut references: HashMap<Option<Address<'a>>, Vec<Address<'a>>> = HashMap::new();
    for site in survey.sites.iter().filter(|site| site.reference().is_some()) {
        if let Some(target) = address(site.node) {
            references.entry(definition_around(survey, site)).or_default().push(target);
        }
    }
    let mut used = HashSet::new();
    let mut open = references.get(&None).cloned().unwrap_or_default();
    while let Some(next) = open.pop() {
        if used.insert(next) {
            open.extend(references.get(&Some(next)).into_iter().flatten());
        }
    }
    used
}

/// The component that an object is or belongs to.
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

/// The address of an object directly under `components`.
fn component_of<'a>(survey: &'a Survey<'a>, site: &'a Site<'a>) -> Option<Address<'a>> {
    survey.around(site).filter(|around| around.kind == ObjectKind::Components)?;
    Some((&site.file.name, site.via, site.key?.text()?))
}
