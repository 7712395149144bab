//! The description, the example and the default of a schema are shown where the schema is a type, a member, or an
//! alternative. Anywhere else they would be ignored silently.

use crate::fault::Fault;
use crate::openapi::kind::ObjectKind;
use crate::openapi::schema::is_type;
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;

/// The keys that are about a schema as a whole.
const ABOUT: &[&str] = &["description", "deprecated", "default", "example"];

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in survey.of_kind(ObjectKind::Schema).filter(|site| site.via == "allOf" || !is_type(site.node)) {
        let Some((ignored, holder)) = ignored(survey, site) else { continue };
        for (key, _) in ignored.iter().filter_map(|key| site.node.entry(key)) {
            let what = format!("nothing shows `{}` here", key.text().unwrap_or_default());
            faults.push(key.fault("ignored-key", what, format!("write it at {holder}, or delete it")));
        }
    }
}

/// The keys that nothing shows at this place, and the object around it where they would be shown.
fn ignored(survey: &Survey<'_>, site: &Site<'_>) -> Option<(&'static [&'static str], &'static str)> {
    let holder = survey.around(site).map(|holder| holder.kind);
    match (site.via, holder) {
        ("items" | "additionalProperties" | "x-json-text", _) => {
            Some((ABOUT, "the member or type around it"))
        }
        ("allOf", _) => Some((ABOUT, "the schema that has the `allOf`")),
        ("schema", Some(ObjectKind::Parameter)) => Some((&["description", "deprecated"], "the parameter")),
        ("schema", Some(ObjectKind::Header)) => Some((ABOUT, "the header")),
        ("schema", Some(ObjectKind::MediaType)) => Some((ABOUT, "the body or response")),
        _ => None,
    }
}
