//! Each security requirement names schemes that openapi.yaml defines and the file of the operation refers to. An empty
//! requirement beside others makes the credential optional.

use std::collections::{BTreeMap, BTreeSet};

use super::words::suggest;
use crate::fault::Fault;
use crate::openapi::kind::ObjectKind;
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;
use crate::source::Node;

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    check_combined(survey, faults);
    for site in survey.of_kind(ObjectKind::SecurityRequirement) {
        let schemes = site.node.entries();
        if schemes.is_empty() {
            faults.extend(check_empty(survey, site));
        }
        faults.extend(check_same_place(survey, schemes));
        faults.extend(check_repeated(survey, site));
        for (scheme, scopes) in schemes {
            faults.extend(check_scheme(survey, site, scheme));
            faults.extend(scopes.items().iter().filter_map(|scope| check_scope(survey, scheme, scope)));
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

/// No two requirements name the same schemes.
fn check_repeated(survey: &Survey<'_>, site: &Site<'_>) -> Option<Fault> {
    let holder = survey.around(site)?;
    let all = holder.node.get("security").map(Node::items).unwrap_or_default();
    let mut earlier = all.iter().take_while(|requirement| !std::ptr::eq(*requirement, site.node));
    let names = names_of(site.node);
    let (scheme, _) = site.node.entries().first()?;
    let what = match names.len() {
        1 => format!("the security scheme `{}` is listed twice", scheme.text()?),
        _ => "these security schemes are listed twice".to_owned(),
    };
    earlier
        .any(|requirement| names_of(requirement) == names)
        .then(|| scheme.fault("security-requirement", what, "delete one"))
}

/// The names of the credentials that combine several schemes, each with the place of a requirement that asks for it. The
/// parts of a name are in the order in which the service defines them.
pub(super) fn combined<'a>(survey: &Survey<'a>) -> BTreeMap<String, &'a Node> {
    let known: Vec<&str> = survey.defined("securitySchemes").map(|(_, name, _)| name).collect();
    let requirements = survey.of_kind(ObjectKind::SecurityRequirement).map(|site| site.node);
    let is_combined = |requirement: &&Node| {
        let names = names_of(requirement);
        names.len() > 1 && names.iter().all(|name| known.contains(name))
    };
    let combined = requirements.filter(is_combined);
    let name = |requirement: &Node| {
        let names: BTreeSet<&str> = names_of(requirement);
        let mut parts: Vec<&str> = Vec::new();
        parts.extend(known.iter().copied().filter(|name| names.contains(name)));
        parts.dedup();
        parts.join("_and_")
    };
    combined.map(|requirement| (name(requirement), requirement)).collect()
}

/// A scheme can't have the name of several others together.
fn check_combined(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for (name, requirement) in combined(survey) {
        if survey.definition(("openapi.yaml", "securitySchemes", &name)).is_some() {
            let what = format!("these schemes together need the name `{name}`, which another scheme has");
            faults.push(requirement.fault("security-requirement", what, "give that scheme another name"));
        }
    }
}

fn names_of(requirement: &Node) -> BTreeSet<&str> {
    requirement.entries().iter().filter_map(|(scheme, _)| scheme.text()).collect()
}

/// Two credentials of one request can't stand in one place of it.
fn check_same_place(survey: &Survey<'_>, schemes: &[(Node, Node)]) -> Option<Fault> {
    let mut known: BTreeMap<(&str, String), &str> = BTreeMap::new();
    for (scheme, _) in schemes {
        let name = scheme.text()?;
        let Some(definition) = survey.definition(("openapi.yaml", "securitySchemes", name)) else { continue };
        let place = match definition.text_of("in") {
            Some("header") => ("header", definition.text_of("name").unwrap_or_default().to_lowercase()),
            Some(place) => (place, definition.text_of("name").unwrap_or_default().to_owned()),
            None => ("header", "authorization".to_owned()),
        };
        if let Some(other) = known.insert(place.clone(), name) {
            let what = format!("`{other}` and `{name}` are sent in the same {} `{}`", place.0, place.1);
            let help = "name the one that the server reads, or list them as alternatives";
            return Some(scheme.fault("security-requirement", what, help));
        }
    }
    None
}

/// Only schemes with tokens have scopes. A scheme of OAuth 2 lists its scopes, and a scheme of OpenID Connect can have any.
fn check_scope(survey: &Survey<'_>, scheme: &Node, scope: &Node) -> Option<Fault> {
    let (name, text) = (scheme.text()?, scope.text()?);
    let defined = survey.file("openapi.yaml")?;
    let definition = survey.definition((&defined.name, "securitySchemes", name))?;
    let known: Vec<&str> = match definition.text_of("type") {
        Some("oauth2") => {
            let flows = definition.get("flows").map(Node::entries).unwrap_or_default();
            let scopes = flows.iter().filter_map(|(_, flow)| flow.get("scopes"));
            scopes.flat_map(Node::entries).filter_map(|(scope, _)| scope.text()).collect()
        }
        Some("apiKey" | "http") => {
            let what = format!("the credential `{name}` has no scopes");
            let help = "write `[]`: only tokens of `type: oauth2` and `openIdConnect` have scopes";
            return Some(scope.fault("security-scope", what, help));
        }
        _ => return None,
    };
    let what = format!("no flow of `{name}` has the scope `{text}`");
    let help = suggest(text, known.iter().copied(), "add it to the `scopes` of the scheme");
    (!known.contains(&text)).then(|| scope.fault("security-scope", what, help))
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
