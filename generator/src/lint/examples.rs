//! Rules about examples.

use std::collections::BTreeSet;

use super::findings::Findings;
use crate::openapi::kind::ObjectKind;
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;
use crate::openapi::types::Property;
use crate::source::Node;

/// The examples of a request that has optional members show at least one of them.
pub(super) fn bare_examples(survey: &Survey<'_>, findings: &mut Findings<'_, '_>) {
    let is_request =
        |site: &&Site<'_>| survey.around(site).is_some_and(|body| body.kind == ObjectKind::RequestBody);
    for site in survey.of_kind(ObjectKind::MediaType).filter(is_request) {
        let Some(schema) = site.node.get("schema") else { continue };
        let named = site.node.get("examples").map(Node::entries).unwrap_or_default().iter();
        let named = named.filter_map(|(_, example)| survey.resolve(example)?.get("value"));
        let examples: Vec<&Node> = site.node.get("example").into_iter().chain(named).collect();
        let shown: BTreeSet<&str> =
            examples.iter().flat_map(|example| example.entries()).filter_map(|(key, _)| key.text()).collect();
        let members = survey.properties_of(schema);
        let optional: Vec<&Property<'_>> = members.iter().filter(|member| !member.is_required).collect();
        let Some(first) = optional.first() else { continue };
        if let Some(example) =
            examples.first().filter(|_| !optional.iter().any(|member| shown.contains(member.name())))
        {
            let what = format!("the example shows none of the optional members, such as `{}`", first.name());
            let help = "add at least one, with a value that a server accepts";
            findings.add(site.node, example.fault("bare-example", what, help));
        }
    }
}
