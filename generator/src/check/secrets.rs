//! A value whose name looks secret is marked as a secret, or the spec says why it isn't one.

use crate::fault::Fault;
use crate::names::words_of;
use crate::openapi::kind::ObjectKind;
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;
use crate::openapi::types::{SchemaType, forms_of};
use crate::source::Node;

/// A name with one of these words looks secret.
const WORDS: &[&str] =
    &["jwt", "token", "secret", "password", "code", "otp", "key", "cookie", "cert", "ticket"];

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for (site, name) in named_values(survey) {
        if let Some(word) = unmarked(survey, site, name) {
            let text = name.text().unwrap_or_default();
            let what = format!("`{text}` looks like a secret because of `{word}`, and isn't marked");
            let help = "add `x-sensitive: true`, or `x-not-sensitive: <why>` if it can be printed";
            faults.push(name.fault("unmarked-secret", what, help));
        }
    }
}

/// The values that look secret, and aren't marked.
pub(crate) fn unmarked_secrets<'s, 'a>(survey: &'s Survey<'a>) -> impl Iterator<Item = &'s Site<'a>> {
    let named = named_values(survey);
    named.filter(|(site, name)| unmarked(survey, site, name).is_some()).map(|(site, _)| site)
}

/// The members, parameters and headers, each with its name. A shared parameter is named where it is defined.
fn named_values<'s, 'a>(survey: &'s Survey<'a>) -> impl Iterator<Item = (&'s Site<'a>, &'a Node)> {
    let sites = survey.sites.iter();
    let sites = sites.filter(|site| site.kind == ObjectKind::Schema || site.reference().is_none());
    sites.filter_map(|site| {
        let name = match (site.kind, site.via) {
            (ObjectKind::Schema, "properties") => site.key,
            (ObjectKind::Parameter, _) => site.node.get("name"),
            (ObjectKind::Header, _) => site.key,
            _ => None,
        };
        Some((site, name.filter(|name| name.text().is_some())?))
    })
}

/// The word that makes an unmarked value look secret.
fn unmarked(survey: &Survey<'_>, site: &Site<'_>, name: &Node) -> Option<String> {
    let is_secret =
        |word: &String| WORDS.iter().any(|known| word == known || word.strip_suffix('s') == Some(known));
    let word = words_of(name.text()?).into_iter().find(is_secret)?;
    let content = site.node.get("content").map(Node::entries).unwrap_or_default();
    let schema = match site.kind {
        ObjectKind::Parameter | ObjectKind::Header => {
            site.node.get("schema").or(content.iter().find_map(|(_, media)| media.get("schema")))
        }
        _ => Some(site.node),
    };
    let is_marked = ["x-sensitive", "x-not-sensitive"].iter().any(|key| site.node.get(key).is_some());
    (!is_marked && schema.is_some_and(|schema| can_hold_text(survey, schema))).then_some(word)
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
