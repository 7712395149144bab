//! Sorts the operations into groups, and names them: a group is a tag, or the first word of a path.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::each_operation;
use super::names::{Scope, lower_case, reserved_groups};
use crate::check::is_name_of_group;
use crate::names;
use crate::source::{Node, Value};

pub(super) fn repair(service: &str, document: &mut Node) {
    let mut groups = Groups { reserved: reserved_groups(service, document), ..Groups::default() };
    let mut ids = Scope::default();
    each_operation(document, &mut |path, method, operation| {
        let tag = operation.get("tags").and_then(|tags| tags.items().iter().find_map(Node::text));
        let group = groups.stem(tag.unwrap_or_else(|| first_word(path)));
        operation.set_json("tags", &json!([group]));
        let given = operation.text_of("operationId").map(str::trim).filter(|id| !id.is_empty());
        let given = given.map_or_else(|| format!("{method} {}", words(path, &group)), str::to_owned);
        let short = given.strip_suffix(&*suffix(path, method)).filter(|name| !name.is_empty());
        let short = short.map(|name| id(name, method, &group)).filter(|id| !ids.has(id));
        let id = short.unwrap_or_else(|| id(&given, method, &group));
        operation.set_json("operationId", &json!(ids.take(&id, "_")));
    });
    tags(document, &groups);
}

/// The groups, by what the document calls them, in the order in which operations name them.
#[derive(Default)]
struct Groups {
    stems: BTreeMap<String, String>,
    /// The types that a group can't become.
    reserved: BTreeSet<String>,
    taken: BTreeSet<String>,
    order: Vec<String>,
}

impl Groups {
    fn stem(&mut self, name: &str) -> String {
        if let Some(stem) = self.stems.get(name) {
            return stem.clone();
        }
        let wanted = lower_case(name, '-', "group");
        let is_free = is_name_of_group(&wanted)
            && !["openapi", "common"].contains(&wanted.as_str())
            && !self.reserved.contains(&names::group_type(&wanted));
        let wanted = if is_free { wanted } else { format!("{wanted}-group") };
        // Tags that differ only in their case are one group.
        if self.taken.insert(wanted.clone()) {
            self.order.push(wanted.clone());
        }
        self.stems.insert(name.to_owned(), wanted.clone());
        wanted
    }
}

/// The first word of a path that isn't a parameter, a version or `api`.
fn first_word(path: &str) -> &str {
    let is_version = |word: &str| {
        word.strip_prefix('v').is_some_and(|rest| rest.starts_with(|digit: char| digit.is_ascii_digit()))
    };
    let mut words = path.split('/').filter(|word| !word.is_empty() && !word.contains('{'));
    words.find(|word| *word != "api" && !is_version(word)).unwrap_or("root")
}

/// What FastAPI puts behind the name of a function to make it an `operationId`: its path and its method.
fn suffix(path: &str, method: &str) -> String {
    let path = path.replace(|letter: char| !letter.is_alphanumeric() && letter != '_', "_");
    format!("{path}_{method}")
}

/// The `operationId` after the rules: the group, and the name that the document gives, or else method and path.
fn id(name: &str, method: &str, group: &str) -> String {
    let name = lower_case(name, '_', method);
    let prefix = names::operation_prefix(group);
    let own =
        name.strip_prefix(&prefix).filter(|own| own.starts_with(|first: char| first.is_ascii_lowercase()));
    let own = own.unwrap_or(&name);
    // Each group has a function of this name.
    let own = if own == "new" { "new_one" } else { own };
    format!("{prefix}{own}")
}

/// The words of a path for a name, without the one that the group has already said: `users by id` of `/admin/users/{id}` in the
/// group `admin`.
fn words(path: &str, group: &str) -> String {
    let is_said = |word: &str| lower_case(word, '-', "group") == group;
    let (before, after) = path.split_once(first_word(path)).unwrap_or_default();
    let after = Some(after.trim_matches('/')).filter(|after| is_said(first_word(path)) && !after.is_empty());
    let words = after.map_or_else(|| path.to_owned(), |after| format!("{before}/{after}"));
    let starts_with_value = words.trim_start_matches('/').starts_with('{');
    format!("{}{}", if starts_with_value { "by " } else { "" }, words.replace(['{', '}'], " "))
}

/// The list of the groups, with the texts that the document has for its tags.
fn tags(document: &mut Node, groups: &Groups) {
    let old = document.get("tags").map(Node::items).unwrap_or_default().to_vec();
    let text = |stem: &String| {
        let mut of_group = old
            .iter()
            .filter(|tag| tag.text_of("name").and_then(|name| groups.stems.get(name)) == Some(stem));
        of_group.find_map(|tag| {
            tag.get("description").filter(|text| text.text().is_some_and(|text| !text.trim().is_empty()))
        })
    };
    let made = groups.order.iter().map(|stem| {
        let mut tag = document.made_from_json(&json!({"name": stem}));
        if let Some(text) = text(stem) {
            tag.set("description", text.clone());
        }
        tag
    });
    let made = Value::Sequence(made.collect());
    let made = document.made_from(made);
    document.set("tags", made);
}
