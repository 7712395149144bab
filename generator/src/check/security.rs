//! Each security requirement names one scheme, which openapi.yaml defines and the file of the operation refers to. An
//! empty requirement beside others makes the credential optional.

use super::words::suggest;
use crate::fault::Fault;
use crate::openapi::kind::ObjectKind;
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;
use crate::source::Node;

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in survey.of_kind(ObjectKind::SecurityRequirement) {
        let schemes = site.node.entries();
        if schemes.is_empty() {
            faults.extend(check_empty(survey, site));
        } else if schemes.len() > 1 {
            let what = format!("a requirement names {} schemes", schemes.len());
            let help = "name one scheme in each item of the list";
            faults.push(site.node.fault("security-requirement", what, help));
        }
        for (scheme, scopes) in schemes {
            faults.extend(check_scheme(survey, site, scheme));
            faults.extend(check_repeated(survey, site, scheme));
            for scope in scopes.items() {
                faults.push(scope.fault("security-scope", "scopes aren't supported", "write `[]`"));
            }
        }
    }
}

/// An empty requirement says that the credentials beside it are optional.
fn check_empty(survey: &Survey<'_>, site: &Site<'_>) -> Option<Fault> {
    let holder = survey.around(site)?;
    let all = holder.node.get("security").map(Node::items).unwrap_or_default();
    let first =
        all.iter().find(|requirement| requirement.is_mapping() && requirement.entries().is_empty())?;
    let (what, help) = match holder.kind {
        ObjectKind::Document => ("a credential that every client has can't be optional", "delete the `{}`"),
        _ if all.len() == 1 => ("`{}` stands alone", "write `security: []` if no credential is ever sent"),
        _ if !std::ptr::eq(first, site.node) => ("`{}` is listed twice", "delete one"),
        _ => return None,
    };
    Some(site.node.fault("security-requirement", what, help))
}

/// A scheme is listed once.
fn check_repeated(survey: &Survey<'_>, site: &Site<'_>, scheme: &Node) -> Option<Fault> {
    let holder = survey.around(site)?;
    let all = holder.node.get("security").map(Node::items).unwrap_or_default();
    let mut earlier = all.iter().take_while(|requirement| !std::ptr::eq(*requirement, site.node));
    let name = scheme.text()?;
    let is_repeated = earlier.any(|requirement| requirement.get(name).is_some());
    let what = format!("the security scheme `{name}` is listed twice");
    is_repeated.then(|| scheme.fault("security-requirement", what, "delete one"))
}

fn check_scheme(survey: &Survey<'_>, site: &Site<'_>, scheme: &Node) -> Option<Fault> {
    let name = scheme.text()?;
    let service = survey.file("openapi.yaml").filter(|file| file.root.is_some())?;
    if [&service.name, &site.file.name]
        .iter()
        .any(|file| survey.has_misspelt_section(file, "securitySchemes"))
    {
        return None;
    }
    if survey.definition((&service.name, "securitySchemes", name)).is_none() {
        let all = survey.defined("securitySchemes");
        let known = all.filter(|(file, ..)| *file == service.name).map(|(_, known, _)| known);
        let what = format!("openapi.yaml defines no security scheme `{name}`");
        let help = suggest(name, known, "define it there, under `components.securitySchemes`");
        return Some(scheme.fault("unknown-security-scheme", what, help));
    }
    if survey.definition((&site.file.name, "securitySchemes", name)).is_none() {
        let what = format!("{} doesn't refer to the security scheme `{name}`", site.file.name);
        let target = format!("openapi.yaml#/components/securitySchemes/{name}");
        let help = format!("add `{name}: {{$ref: '{target}'}}` to `components.securitySchemes`");
        return Some(scheme.fault("undeclared-security-scheme", what, help));
    }
    None
}
