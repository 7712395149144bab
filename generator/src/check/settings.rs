//! Each setting of a client has a text, a name that a method of the builder can have, and a header of its own or code that
//! uses it.

use std::collections::BTreeMap;

use super::header_names::{is_header_name, is_own_header};
use super::schemes::is_method_of_builder;
use super::words::{is_lower_case, suggest};
use crate::fault::Fault;
use crate::names;
use crate::openapi::kind::ObjectKind;
use crate::openapi::survey::Survey;
use crate::source::Node;

/// The builder of every client sets this header.
const USER_AGENT: &str = "user-agent";

const KEYS: [&str; 2] = ["description", "header"];

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    let Some(root) = survey.file("openapi.yaml").and_then(|file| file.root.as_ref()) else { return };
    let settings = root.get("x-client-settings").filter(|settings| settings.is_mapping());
    let mut headers = headers_of_calls(survey);
    for (key, setting) in settings.map(Node::entries).unwrap_or_default() {
        check_name(survey, key, faults);
        check_keys(setting, faults);
        match setting.get("header") {
            Some(header) => check_header(header, &mut headers, faults),
            None if setting.is_mapping() && !root.is_true("x-hand-written") => {
                let what = "nothing uses this setting";
                let help = "add `header: …`, or write the code that uses it and `x-hand-written: true`";
                faults.push(wrong(setting, what, help));
            }
            None => {}
        }
    }
}

/// A header that something else than the client itself sets.
struct Taken<'a> {
    /// What sets it.
    by: &'static str,
    at: &'a Node,
}

/// The headers of parameters and credentials, by their names in lower case.
fn headers_of_calls<'a>(survey: &Survey<'a>) -> BTreeMap<String, Taken<'a>> {
    let kinds = [(ObjectKind::Parameter, "parameter"), (ObjectKind::SecurityScheme, "security scheme")];
    let sites =
        kinds.into_iter().flat_map(|(kind, by)| survey.of_kind(kind).map(move |site| (by, site.node)));
    let headers = sites.filter(|(_, node)| node.text_of("in") == Some("header"));
    let named = headers.filter_map(|(by, node)| Some((by, node.get("name")?)));
    named.filter_map(|(by, at)| Some((at.text()?.to_lowercase(), Taken { by, at }))).collect()
}

fn wrong(node: &Node, what: impl Into<Box<str>>, help: &str) -> Fault {
    node.fault("client-setting", what, help)
}

/// The name becomes a method of the builder and one of the client, and the name of a variable of the environment.
fn check_name(survey: &Survey<'_>, key: &Node, faults: &mut Vec<Fault>) {
    let name = key.text().unwrap_or_default();
    let is_scheme = survey.defined("securitySchemes").any(|(_, scheme, _)| scheme == name);
    let what = if !is_lower_case(name, '_') || names::snake(name) != name {
        format!("`{name}` can't be the name of a setting")
    } else if is_method_of_builder(name) {
        format!("the client needs the name `{name}` for something else")
    } else if is_scheme {
        format!("a security scheme is called `{name}`, too")
    } else {
        return;
    };
    faults.push(wrong(key, what, "give it another name, of lower-case words that are joined by `_`"));
}

fn check_keys(setting: &Node, faults: &mut Vec<Fault>) {
    if setting.get("description").and_then(Node::text).is_none_or(|text| text.trim().is_empty()) {
        faults.push(wrong(setting, "the setting has no description", "add `description: …`"));
    }
    for (key, value) in setting.entries() {
        let name = key.text().unwrap_or_default();
        if !KEYS.contains(&name) {
            let help = suggest(name, KEYS, "the keys of a setting are `description` and `header`");
            faults.push(wrong(key, format!("a setting has no key `{name}`"), &help));
        } else if value.text().is_none() {
            faults.push(wrong(value, format!("`{name}` must be text"), "put it in quotes"));
        }
    }
}

fn check_header<'a>(header: &'a Node, taken: &mut BTreeMap<String, Taken<'a>>, faults: &mut Vec<Fault>) {
    let Some(name) = header.text().map(str::to_lowercase) else { return };
    if !is_header_name(&name) {
        let what = format!("`{name}` can't be the name of a header");
        faults.push(wrong(header, what, "use letters, digits, `-` and `_`"));
    } else if is_own_header(&name) || name == USER_AGENT {
        let what = format!("the client itself sets the header `{name}`");
        faults.push(wrong(header, what, "use another header"));
    } else if let Some(Taken { by, at }) = taken.get(&name) {
        let what = format!("the {by} at {} has this header, too", at.location());
        faults.push(wrong(header, what, "delete one of the two"));
    } else {
        taken.insert(name, Taken { by: "setting", at: header });
    }
}
