//! Each path template is well-formed and names the same parameters as its operations declare.

use std::collections::BTreeMap;

use super::words::suggest;
use crate::fault::Fault;
use crate::openapi::file::FileRole;
use crate::openapi::kind::ObjectKind;
use crate::openapi::operation::ResolvedOperation;
use crate::openapi::path::{compared, encoded, normal, parameters_of, without_names};
use crate::openapi::survey::Survey;
use crate::source::Node;

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    let mut templates: BTreeMap<String, &Node> = BTreeMap::new();
    let mut operations: BTreeMap<(&str, &str), &Node> = BTreeMap::new();
    for site in survey.of_kind(ObjectKind::PathItem).filter(|site| site.file.role == FileRole::Group) {
        let Some(path) = site.key else { continue };
        let text = path.text().unwrap_or_default();
        if let Some((reason, help)) = malformed(text) {
            faults.push(path.fault("path-template", reason, help));
            continue;
        }
        let first = templates.entry(compared(text)).or_insert(path);
        let first_text = first.text().unwrap_or_default();
        if first_text != text {
            let what = format!("`{text}` is the same path as `{first_text}` at {}", first.location());
            let help = if without_names(first_text) == without_names(text) {
                "give the parameters the same names in both".to_owned()
            } else {
                format!(
                    "they differ in what is percent-encoded alone: write `{}` in both",
                    normal(first_text)
                )
            };
            faults.push(path.fault("same-path", what, help));
        }
    }
    for operation in &survey.operations {
        let key = (operation.path.text().unwrap_or_default(), operation.method.text().unwrap_or_default());
        if let Some(first) = operations.get(&key) {
            let what = format!("`{} {}` is already at {}", key.1.to_uppercase(), key.0, first.location());
            faults.push(operation.method.fault("same-path", what, "delete one of the two"));
        } else {
            operations.insert(key, operation.method);
        }
        if malformed(key.0).is_none() {
            check_parameters(operation, key.0, faults);
        }
    }
}

/// What is wrong with a template, and what mends it; `None` if it is well-formed.
fn malformed(path: &str) -> Option<(String, String)> {
    if let Some(reason) = misshapen(path) {
        let help = "write a path such as `/v1/users/{id}`, with a name in each pair of braces";
        return Some((reason, help.to_owned()));
    }
    let encoded = encoded(path);
    if encoded != path {
        let reason = format!("the path `{path}` contains a character that a URL can't have as it is");
        return Some((reason, format!("write it in its percent-encoded form: `{encoded}`")));
    }
    None
}

fn misshapen(path: &str) -> Option<String> {
    let Some(rest) = path.strip_prefix('/') else {
        return Some(format!("the path `{path}` doesn't start with `/`"));
    };
    let (rest, name) = rest.split_once('#').map_or((rest, "x"), |(rest, name)| (rest, name));
    if path.contains('?') || name.is_empty() || name.contains(['#', '{', '}']) {
        return Some(format!("the path `{path}` contains `?`, or a `#` without a name behind it"));
    }
    let mut segments = rest.split('/').collect::<Vec<_>>();
    segments.pop_if(|last| last.is_empty());
    let is_dots =
        |segment: &&str| [".", ".."].contains(&segment.replace("%2e", ".").replace("%2E", ".").as_str());
    if segments.iter().any(is_dots) {
        return Some(format!("the path `{path}` has a segment `.` or `..`, which URLs leave out"));
    }
    let broken = segments.iter().find(|segment| !is_sound(segment))?;
    Some(format!("the segment `{broken}` of the path is malformed"))
}

/// Whether each brace of a segment belongs to a parameter that has a name: what is left of it without its parameters has no
/// braces.
fn is_sound(segment: &str) -> bool {
    let names = parameters_of(segment);
    let literal: usize = without_names(segment).matches("{}").count();
    let is_whole = names.iter().all(|name| !name.is_empty() && !name.contains('{'));
    let braces = segment.matches(['{', '}']).count();
    !segment.is_empty() && is_whole && literal == names.len() && braces == 2 * names.len()
}

fn check_parameters(operation: &ResolvedOperation<'_>, path: &str, faults: &mut Vec<Fault>) {
    let used = parameters_of(path);
    let declared: Vec<&str> = operation
        .parameters
        .iter()
        // A parameter whose location is misspelt is likely one of the path.
        .filter(|parameter| !["query", "header", "cookie"].contains(&parameter.location()))
        .map(|parameter| parameter.name())
        .collect();
    for (index, name) in used.iter().enumerate() {
        if used.iter().take(index).any(|earlier| earlier == name) {
            let what = format!("the path names `{name}` twice");
            faults.push(operation.path.fault(
                "path-template",
                what,
                "give the second parameter another name",
            ));
        } else if operation.has_all_parameters && !declared.contains(name) {
            let what = format!("{} declares no path parameter `{name}`", operation.label());
            let help = format!(
                "add `{{name: {name}, in: path, required: true, schema: {{type: string}}}}` to its `parameters`"
            );
            faults.push(operation.method.fault("undeclared-path-parameter", what, help));
        }
    }
    for parameter in operation.parameters.iter().filter(|parameter| parameter.location() == "path") {
        let Some(name) = parameter.node.get("name").filter(|name| name.text().is_some()) else { continue };
        let text = parameter.name();
        if !used.contains(&text) {
            let what = format!("the path `{path}` has no `{{{text}}}`");
            let help = suggest(text, used.iter().copied(), "put it into the path, or delete the parameter");
            faults.push(name.fault("unused-path-parameter", what, help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_has_whole_parameters() {
        for sound in [
            "/",
            "/a",
            "/a/",
            "/a/{b}",
            "/{a}/{b-c}/d",
            "/{a}.json",
            "/x{a}",
            "/{a}:{b}",
            "/{a}#b",
            "/a%C3%A9",
            "/%7b{a}%7D",
            "/{é}",
            "/a#é",
            "/-._~!$&'()*+,;=:@",
            "/%2e%2ex",
            "/a/...",
        ] {
            assert_eq!(malformed(sound), None, "{sound}");
        }
        for broken in [
            "", "a", "//", "/a//b", "/a?b=c", "/{a", "/a}", "/{}", "/{{a}}", "/{a}}", "/{a{b}", "/a b",
            "/a#", "/a#{b}", "/a%", "/a%4", "/a%g0", "/a%é", "/%{a}", "/%4{a}", "/a/./b", "/..", "/%2E/a",
            "/.%2e",
        ] {
            assert!(malformed(broken).is_some(), "{broken}");
        }
    }

    #[test]
    fn what_a_url_encodes_is_to_be_written_encoded() {
        for (path, encoded) in [
            ("/é/{é}/日#é", "/%C3%A9/{é}/%E6%97%A5#é"),
            ("/a b", "/a%20b"),
            ("/\"/<>", "/%22/%3C%3E"),
            ("/`", "/%60"),
            ("/a\\b", "/a%5Cb"),
            ("/a|b^c", "/a%7Cb%5Ec"),
            ("/[a]", "/%5Ba%5D"),
            ("/a\tb\u{7f}", "/a%09b%7F"),
            ("/a%", "/a%25"),
            ("/%4{a}", "/%254{a}"),
            ("/%é", "/%25%C3%A9"),
        ] {
            let (reason, help) = malformed(path).unwrap();
            assert!(reason.ends_with("contains a character that a URL can't have as it is"), "{reason}");
            assert_eq!(help, format!("write it in its percent-encoded form: `{encoded}`"));
            assert_eq!(malformed(encoded), None, "{encoded}");
        }
    }
}
