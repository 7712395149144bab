//! Every `$ref` leads to a component of the right kind, in a file that can be referred to.

use std::collections::BTreeSet;

use super::words::nearest;
use crate::fault::Fault;
use crate::openapi::file::{FileRole, SpecFile, file_name};
use crate::openapi::kind::ObjectKind;
use crate::openapi::reference::{address, section_of, sections};
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;
use crate::source::Node;

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    let mut missing: BTreeSet<&str> = BTreeSet::new();
    for site in &survey.sites {
        if let Some(reference) = site.reference() {
            faults.extend(check_target(survey, site, reference, &mut missing));
        }
    }
}

/// `missing` are the files that are missing and reported: the first reference to each stands for all.
fn check_target<'a>(
    survey: &Survey<'a>,
    site: &Site<'a>,
    reference: &'a Node,
    missing: &mut BTreeSet<&'a str>,
) -> Option<Fault> {
    let expected = section_of(site.kind)?;
    let Some((file, section, name)) = address(site.node).filter(|(_, section, _)| *section == expected)
    else {
        let what = format!("this isn't a reference to {}", site.kind.grammar().name);
        let help = match reference.text() {
            None => {
                format!("write `'#/components/{expected}/Name'` in quotes, because a `#` starts a comment")
            }
            Some(text) => help_for_form(survey, site, text, expected),
        };
        return Some(reference.fault("reference-form", what, help));
    };
    let Some(target) = survey.file(file) else {
        if file == "openapi.yaml" {
            // The check of the files reports once that it is missing.
            return None;
        }
        if !missing.insert(file) {
            return None;
        }
        let what = format!("the service has no file `{file}`");
        let names = survey.files.iter().map(|file| file.name.as_str());
        let help = match nearest(file, names) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "refer to this file or to `common.yaml` in the same folder".to_owned(),
        };
        return Some(reference.fault("missing-reference", what, help));
    };
    if !may_refer(site.file, target, site.kind) {
        let what = format!("`{}` can't refer to `{file}`", site.file.name);
        let help = format!("move `{name}` to common.yaml, which every group can refer to");
        return Some(reference.fault("reference-between-groups", what, help));
    }
    if target.root.is_none()
        || survey.definition((file, section, name)).is_some()
        || survey.has_misspelt_section(file, section)
    {
        return None;
    }
    let what = format!("nothing is defined at `{}`", reference.text().unwrap_or_default());
    Some(reference.fault("missing-reference", what, help_for_missing(survey, file, section, name)))
}

/// Whether a file can refer to another. Each group is a feature of its own, so a group can refer only to its own file
/// and to `common.yaml`.
fn may_refer(from: &SpecFile, to: &SpecFile, kind: ObjectKind) -> bool {
    from.name == to.name
        || match kind {
            ObjectKind::SecurityScheme => to.role == FileRole::Service,
            _ => to.role == FileRole::Common,
        }
}

/// What to write in place of a text that doesn't name a component of this section.
fn help_for_form(survey: &Survey<'_>, site: &Site<'_>, text: &str, expected: &str) -> String {
    let shared = if site.kind == ObjectKind::SecurityScheme { "openapi.yaml" } else { "common.yaml" };
    let (file, pointer) = text.split_once('#').unwrap_or(("", text));
    let (section, name) = pointer.rsplit_once('/').unwrap_or(("", pointer));
    let file = match file_name(file) {
        _ if site.kind == ObjectKind::SecurityScheme => shared.to_owned(),
        "" => site.file.name.clone(),
        file => format!("{}.yaml", file.split('.').next().unwrap_or_default()),
    };
    let is_defined = |file: &&str| survey.definition((file, expected, name)).is_some();
    let is_meant = || (nearest(file_name(section), sections()) == Some(expected)).then_some(file.as_str());
    match [file.as_str(), shared].into_iter().find(is_defined).or_else(is_meant) {
        Some(file) => {
            let file = if file == site.file.name { "" } else { file };
            format!("did you mean `{file}#/components/{expected}/{name}`?")
        }
        None => format!("write `#/components/{expected}/Name`, or put `{shared}` before the `#`"),
    }
}

fn help_for_missing(survey: &Survey<'_>, file: &str, section: &str, name: &str) -> String {
    let elsewhere = survey.defined(section).find(|(_, known, _)| *known == name);
    if let Some((elsewhere, ..)) = elsewhere {
        return format!("it is defined in {elsewhere}: write `{elsewhere}#/components/{section}/{name}`");
    }
    let known = survey.defined(section).filter(|(of, ..)| *of == file).map(|(_, known, _)| known);
    match nearest(name, known) {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!("define `{name}` under `components.{section}` of {file}"),
    }
}
