//! A discriminator names a member that tells the forms of a choice apart, and each text of its mapping leads to a form.

use crate::fault::Fault;
use crate::openapi::kind::ObjectKind;
use crate::openapi::reference::address;
use crate::openapi::survey::Survey;
use crate::openapi::types::{forms_of, is_choice};
use crate::source::Node;

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in survey.of_kind(ObjectKind::Schema) {
        let Some((key, discriminator)) = site.node.entry("discriminator") else { continue };
        if !is_choice(site.node) || site.node.get("properties").is_some() {
            let what = "`discriminator` says nothing about a schema that isn't a choice";
            let help = "write it beside a `oneOf` that lists the schemas which it tells apart, or delete it";
            faults.push(key.fault("misplaced-keyword", what, help));
        } else if let Some(mapping) = discriminator.get("mapping") {
            check_mapping(mapping, site.node, faults);
        }
    }
}

fn check_mapping(mapping: &Node, choice: &Node, faults: &mut Vec<Fault>) {
    if !mapping.is_mapping() && !mapping.is_invalid() {
        let what =
            format!("`mapping` must be a mapping from texts to schemas, and this is {}", mapping.kind());
        faults.push(mapping.fault("discriminator", what, "write a line for each form, such as `cat: Cat`"));
    }
    let forms: Vec<&str> = forms_of(choice).iter().filter_map(address).map(|(_, _, name)| name).collect();
    for (_, target) in mapping.entries() {
        let name = target.text().and_then(|target| target.rsplit(['/', '#']).next());
        if !name.is_some_and(|name| forms.contains(&name)) && !target.is_invalid() {
            let what = "this leads to no schema that the choice refers to";
            let help = "write the name of a schema that one of the forms refers to, or its `$ref` as a text";
            faults.push(target.fault("discriminator", what, help));
        }
    }
}
