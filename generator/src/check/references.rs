//! Every `$ref` leads to something, of the right kind, in a file that may be referred to.

use super::shape::Kind;
use super::survey::{File, Role, Site, Survey, address};
use super::words::nearest;
use crate::fault::Fault;
use crate::source::Node;

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in &survey.sites {
        if let Some(reference) = site.reference() {
            faults.extend(check_target(survey, site, reference));
        }
    }
}

/// The section of `components` that a kind of object is defined in.
fn section_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Parameter => "parameters",
        Kind::RequestBody => "requestBodies",
        Kind::Response => "responses",
        Kind::Header => "headers",
        Kind::Example => "examples",
        Kind::SecurityScheme => "securitySchemes",
        _ => "schemas",
    }
}

fn check_target(survey: &Survey<'_>, site: &Site<'_>, reference: &Node) -> Option<Fault> {
    let expected = section_of(site.kind);
    let text = reference.text().unwrap_or_default();
    let Some((file, section, name)) = address(site.node).filter(|(_, section, _)| *section == expected)
    else {
        let what = format!("a reference to {} can't look like this", site.kind.shape().name);
        let help = format!("write `#/components/{expected}/Name`, or put `common.yaml` before the `#`");
        return Some(reference.fault("reference-form", what, help));
    };
    let Some(target) = survey.file(file) else {
        if file == "openapi.yaml" {
            // That it is missing is told once, not at each reference.
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
        let what = format!("`{}` may not refer to `{file}`", site.file.name);
        let help = format!("move `{name}` to common.yaml, which every group may refer to");
        return Some(reference.fault("reference-between-groups", what, help));
    }
    if target.root.is_none() || survey.definition((file, section, name)).is_some() {
        return None;
    }
    let what = format!("nothing is defined at `{text}`");
    Some(reference.fault("missing-reference", what, mend_missing(survey, file, section, name)))
}

/// Groups are switched on one by one, so a group can rely on itself and on what is common only.
fn may_refer(from: &File, to: &File, kind: Kind) -> bool {
    from.name == to.name
        || match kind {
            Kind::SecurityScheme => to.role == Role::Service,
            _ => to.role == Role::Common,
        }
}

fn mend_missing(survey: &Survey<'_>, file: &str, section: &str, name: &str) -> String {
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
