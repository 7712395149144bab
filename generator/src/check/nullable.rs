//! No parameter and no form is nullable, since neither has a way to say null.

use std::collections::BTreeSet;

use crate::fault::Fault;
use crate::openapi::schema::subschemas;
use crate::openapi::survey::Survey;
use crate::source::Node;

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    let mut seen: BTreeSet<*const Node> = BTreeSet::new();
    for operation in &survey.operations {
        for parameter in &operation.parameters {
            let schema = parameter.node.get("schema");
            refuse(survey, schema, "a parameter", &mut seen, faults);
        }
        let content = operation.body.and_then(|body| body.get("content")).map(Node::entries);
        for (media_type, media) in content.unwrap_or_default() {
            let forms = ["application/x-www-form-urlencoded", "multipart/form-data"];
            if media_type.text().is_some_and(|name| forms.contains(&name)) {
                refuse(survey, media.get("schema"), "a form", &mut seen, faults);
            }
        }
    }
}

/// Refuses each `nullable` in the schema and in what it is made of.
fn refuse<'a>(
    survey: &Survey<'a>,
    schema: Option<&'a Node>,
    sent_as: &str,
    seen: &mut BTreeSet<*const Node>,
    faults: &mut Vec<Fault>,
) {
    let mut open: Vec<&Node> = schema.into_iter().collect();
    while let Some(next) = open.pop() {
        let is_new = |schema: &&Node| seen.insert(std::ptr::from_ref(*schema));
        let Some(schema) = survey.resolve(next).filter(is_new) else { continue };
        if let Some((key, _)) = schema.entry("nullable").filter(|_| schema.is_true("nullable")) {
            let what = format!("{sent_as} has no way to say null");
            let help = "delete it, and don't require what can be left out";
            faults.push(key.fault("nullable", what, help));
        }
        // What stands in a string as JSON can be null.
        let inside = subschemas(schema).into_iter().filter(|inner| inner.keyword != "x-json-text");
        open.extend(inside.map(|inner| inner.schema));
    }
}
