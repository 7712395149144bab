//! The headers of a response can be read as members of a type.

use std::collections::BTreeMap;

use super::header_names::is_header_name;
use crate::fault::Fault;
use crate::names;
use crate::openapi::kind::ObjectKind;
use crate::openapi::survey::Survey;
use crate::openapi::types::SchemaType;
use crate::source::Node;

/// The headers that a response can't declare, each with the reason.
const REFUSED_HEADERS: &[(&str, &str)] =
    &[("content-type", "it is the key of `content`"), ("set-cookie", "the client keeps no cookies")];

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in survey.of_kind(ObjectKind::Response) {
        let mut taken: BTreeMap<String, &Node> = BTreeMap::new();
        for (key, header) in site.node.get("headers").map(Node::entries).unwrap_or_default() {
            let Some(name) = key.text() else { continue };
            check_name(key, name, faults);
            if let Some(first) = taken.insert(names::snake(&name.to_lowercase()), key) {
                let what = format!("the response has this header already, at {}", first.location());
                faults.push(key.fault("duplicate-header", what, "delete one of the two"));
            }
            if let Some(schema) = survey.resolve(header).and_then(|header| header.get("schema")) {
                check_schema(survey, schema, faults);
            }
        }
    }
}

fn check_name(key: &Node, name: &str, faults: &mut Vec<Fault>) {
    let own = REFUSED_HEADERS.iter().find(|(own, _)| name.eq_ignore_ascii_case(own));
    if let Some((_, instead)) = own {
        let what = format!("the header `{name}` can't be declared");
        faults.push(key.fault("header-name", what, format!("delete it: {instead}")));
    } else if !is_header_name(name) {
        let what = format!("`{name}` can't be the name of a header");
        faults.push(key.fault("header-name", what, "use letters, digits, `-` and `_`"));
    }
}

fn check_schema<'a>(survey: &Survey<'a>, schema: &'a Node, faults: &mut Vec<Fault>) {
    let of_type = survey.type_of(schema);
    if !of_type.is_plain() && of_type != SchemaType::Broken {
        let what = "a header must be text, a number or a boolean";
        faults.push(schema.fault("header-type", what, "write `type: string`, and describe its form"));
    }
    if let Some((key, _)) = schema.entry("nullable").filter(|_| schema.is_true("nullable")) {
        let help = "delete it: a header that isn't required can be absent";
        faults.push(key.fault("nullable", "a header has no way to say null", help));
    }
}
