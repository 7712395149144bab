//! Names that generated code can have, each once.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::RESERVED_TYPES;
use crate::names;
use crate::source::Node;

/// The names that are taken in a scope.
#[derive(Default)]
pub(in crate::import) struct Scope {
    taken: BTreeSet<String>,
    /// The first number that may be free behind a name.
    numbers: BTreeMap<String, usize>,
}

impl Scope {
    /// A scope in which some names are taken.
    pub(in crate::import) fn with(taken: BTreeSet<String>) -> Self {
        Self { taken, ..Self::default() }
    }

    /// Whether a name is taken.
    pub(super) fn has(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// Takes the name, or the name with the first number behind it that is free.
    pub(in crate::import) fn take(&mut self, wanted: &str, joint: &str) -> String {
        if self.taken.insert(wanted.to_owned()) {
            return wanted.to_owned();
        }
        let number = self.numbers.entry(wanted.to_owned()).or_insert(2);
        loop {
            let name = format!("{wanted}{joint}{number}");
            *number += 1;
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// Lower-case words of ASCII, joined by this character; `otherwise` if there are none.
pub(super) fn lower_case(name: &str, joint: char, otherwise: &str) -> String {
    let snake = names::snake(name);
    let words = snake.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    let joined = words.join(&joint.to_string());
    match joined.chars().next() {
        Some(first) if first.is_ascii_lowercase() => joined,
        Some(_) => format!("{otherwise}{joint}{joined}"),
        None => otherwise.to_owned(),
    }
}

/// The types that no group can be, because the client or one of its credentials is called so.
pub(super) fn reserved_groups(service: &str, document: &Node) -> BTreeSet<String> {
    let components = document.get("components");
    let schemes = components.and_then(|components| components.get("securitySchemes")).map(Node::entries);
    let schemes = schemes.unwrap_or_default().iter().filter_map(|(name, _)| name.text());
    schemes.chain([service]).map(names::pascal).collect()
}

/// The types that no schema can be, because something else of the service is called so.
pub(super) fn reserved(service: &str, document: &Node) -> BTreeSet<String> {
    let mut reserved = reserved_groups(service, document);
    reserved.extend(RESERVED_TYPES.split_whitespace().map(str::to_owned));
    let tags = document.get("tags").map(Node::items).unwrap_or_default();
    reserved.extend(tags.iter().filter_map(|tag| Some(names::group_type(tag.text_of("name")?))));
    for (_, item) in document.get("paths").map(Node::entries).unwrap_or_default() {
        for id in item.entries().iter().filter_map(|(_, operation)| operation.text_of("operationId")) {
            let marker = names::pascal(id);
            for suffix in ["", "Request", "Response", "Headers", "ResponseHeaders"] {
                reserved.insert(format!("{marker}{suffix}"));
            }
        }
    }
    reserved
}
