//! A value whose name looks secret is marked as a secret, or the spec says why it isn't one.

use super::words::words_of;
use crate::fault::Fault;
use crate::openapi::kind::ObjectKind;
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;
use crate::openapi::types::{SchemaType, forms_of};
use crate::source::Node;

/// A name with one of these words looks secret.
const WORDS: &[&str] =
    &["jwt", "token", "secret", "password", "code", "otp", "key", "cookie", "cert", "ticket"];

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    // A shared parameter is checked where it is defined.
    for site in
        survey.sites.iter().filter(|site| site.kind == ObjectKind::Schema || site.reference().is_none())
    {
        let name = match (site.kind, site.via) {
            (ObjectKind::Schema, "properties") => site.key,
            (ObjectKind::Parameter, _) => site.node.get("name"),
            (ObjectKind::Header, _) => site.key,
            _ => None,
        };
        if let Some((name, text)) = name.and_then(|name| Some((name, name.text()?))) {
            check_name(survey, site, name, text, faults);
        }
    }
}

fn check_name(survey: &Survey<'_>, site: &Site<'_>, name: &Node, text: &str, faults: &mut Vec<Fault>) {
    let words = words_of(text);
    let is_secret =
        |word: &str| WORDS.iter().any(|known| word == *known || word.strip_suffix('s') == Some(known));
    let Some(word) = words.iter().find(|word| is_secret(word)) else { return };
    let content = site.node.get("content").map(Node::entries).unwrap_or_default();
    let schema = match site.kind {
        ObjectKind::Parameter | ObjectKind::Header => {
            site.node.get("schema").or(content.iter().find_map(|(_, media)| media.get("schema")))
        }
        _ => Some(site.node),
    };
    let is_marked = ["x-sensitive", "x-not-sensitive"].iter().any(|key| site.node.get(key).is_some());
    if !is_marked && schema.is_some_and(|schema| can_hold_text(survey, schema)) {
        let what = format!("`{text}` looks like a secret because of `{word}`, and isn't marked");
        let help = "add `x-sensitive: true`, or `x-not-sensitive: <why>` if it can be printed";
        faults.push(name.fault("unmarked-secret", what, help));
    }
}

/// Whether a value is text, or a list or map of texts. The values of an enum are public.
fn can_hold_text<'a>(survey: &Survey<'a>, schema: &'a Node) -> bool {
    let mut schema = schema;
    for _ in 0..8 {
        let Some(node) = survey.unwrap(schema) else { return false };
        let inside = node.get("items").or(node.get("additionalProperties").filter(|node| node.is_mapping()));
        match (survey.type_of(node), inside) {
            (SchemaType::Text, _) => return node.get("enum").is_none(),
            (SchemaType::Any, _) => return true,
            (SchemaType::Choice, _) => {
                return forms_of(node).iter().any(|choice| survey.type_of(choice) == SchemaType::Text);
            }
            (SchemaType::List | SchemaType::Object, Some(inside)) => schema = inside,
            _ => return false,
        }
    }
    false
}
