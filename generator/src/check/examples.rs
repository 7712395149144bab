//! Examples and defaults fit their schemas.

use super::fit::{self, Sender};
use crate::fault::Fault;
use crate::openapi::kind::ObjectKind;
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;
use crate::source::Node;

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for kind in [ObjectKind::MediaType, ObjectKind::Parameter, ObjectKind::Header] {
        for site in survey.of_kind(kind) {
            check_shown(survey, site, faults);
        }
    }
    for site in survey.of_kind(ObjectKind::Schema) {
        for (key, rule) in [("example", "example"), ("default", "default")] {
            if let Some(value) = site.node.get(key) {
                fit::check(survey, rule, value, site.node, Sender::Either, faults);
            }
        }
    }
}

/// Checks the examples of a media type, parameter or header.
fn check_shown<'a>(survey: &Survey<'a>, site: &Site<'a>, faults: &mut Vec<Fault>) {
    let content = site.node.get("content").map(Node::entries).unwrap_or_default();
    let Some(schema) = site.node.get("schema").or(content.iter().find_map(|(_, media)| media.get("schema")))
    else {
        return;
    };
    let is_response = survey.around(site).is_some_and(|holder| holder.kind == ObjectKind::Response);
    let sender = if is_response { Sender::Server } else { Sender::Client };
    let named = site.node.get("examples").map(Node::entries).unwrap_or_default().iter();
    let named = named.filter_map(|(_, example)| survey.resolve(example)?.get("value"));
    for value in site.node.get("example").into_iter().chain(named) {
        fit::check(survey, "example", value, schema, sender, faults);
    }
}
