//! Pairs the items of two versions: by their keys, or, where a name changed, by what the items consist of.

use std::collections::BTreeMap;

use super::attribute::Attribute;
use super::fact::Fact;
use super::item::{Item, Key, Kind};
use crate::names;

/// An item of the old version and the same item of the new one. One of the two is missing if only one version has the item.
pub(super) struct Pair {
    pub(super) old: Option<Item>,
    pub(super) new: Option<Item>,
    /// The name that the item had in the old version, if the new version has another one.
    pub(super) renamed_from: Option<String>,
}

/// The kinds whose items are found again under another name, in the order in which they are looked for. Other items name
/// them: types name schemas, credentials name schemes, and the parts of a group or operation name the group or operation.
const FOUND_AGAIN: &[Kind] = &[Kind::Scheme, Kind::Group, Kind::Operation, Kind::Headers, Kind::Schema];

/// How many identities an item may have.
const MOST_IDENTITIES: usize = 2;

/// Pairs the items of two versions.
pub(super) fn pairs(mut old: Vec<Item>, new: Vec<Item>) -> Vec<Pair> {
    let mut renamed: BTreeMap<Key, String> = BTreeMap::new();
    let ways = FOUND_AGAIN.iter().flat_map(|kind| (0..MOST_IDENTITIES).map(move |way| (*kind, way)));
    for (kind, way) in ways {
        for (from, to) in renames(&old, &new, kind, way) {
            for item in &mut old {
                rename(item, &from, &to);
            }
            renamed.insert(to, from.name);
        }
    }
    let mut new: BTreeMap<Key, Item> = new.into_iter().map(|item| (item.key.clone(), item)).collect();
    let mut pairs: Vec<Pair> = old
        .into_iter()
        .map(|item| {
            let renamed_from = renamed.get(&item.key).cloned();
            Pair { new: new.remove(&item.key), old: Some(item), renamed_from }
        })
        .collect();
    pairs.extend(new.into_values().map(|item| Pair { old: None, new: Some(item), renamed_from: None }));
    pairs
}

/// The items of a kind that have another name in the new version, each with both keys. They are those with an identity that
/// exactly one unmatched item of each version has.
fn renames(old: &[Item], new: &[Item], kind: Kind, way: usize) -> Vec<(Key, Key)> {
    let gone = alone(old, new, kind, way);
    let come = alone(new, old, kind, way);
    let pairs = gone.into_iter().filter_map(|(identity, from)| {
        let to = come.get(&identity)?;
        match (from.as_slice(), to.as_slice()) {
            ([from], [to]) => Some(((*from).clone(), (*to).clone())),
            _ => None,
        }
    });
    pairs.collect()
}

/// The keys of the items that `others` lack, by service and identity. `way` says which of an item's identities is meant.
fn alone<'a>(
    of: &'a [Item],
    others: &[Item],
    kind: Kind,
    way: usize,
) -> BTreeMap<(String, String), Vec<&'a Key>> {
    let known: std::collections::BTreeSet<&Key> =
        others.iter().filter(|item| item.key.kind == kind).map(|item| &item.key).collect();
    let mut found: BTreeMap<(String, String), Vec<&Key>> = BTreeMap::new();
    for item in of.iter().filter(|item| item.key.kind == kind && !known.contains(&item.key)) {
        if let Some(identity) = item.identities.get(way).filter(|identity| !identity.is_empty()) {
            found.entry((item.key.service.clone(), identity.clone())).or_default().push(&item.key);
        }
    }
    found
}

/// Writes the new name of a renamed item into `item`, if that is the renamed item, is a part of it, or names it.
fn rename(item: &mut Item, from: &Key, to: &Key) {
    if item.key.service != from.service {
        return;
    }
    if item.key == *from {
        item.key = to.clone();
    } else if let Some(rest) = item.key.name.strip_prefix(&from.name)
        && belongs(from.kind, item.key.kind, rest)
    {
        item.key.name = format!("{}{rest}", to.name);
    }
    if let Some(parent) = &mut item.parent {
        if parent == from {
            *parent = to.clone();
        } else if let Some(rest) = parent.name.strip_prefix(&from.name)
            && belongs(from.kind, parent.kind, rest)
        {
            parent.name = format!("{}{rest}", to.name);
        }
    }
    for (attribute, fact) in &mut item.attributes {
        rename_in(item.key.kind, *attribute, fact, from, to);
    }
}

/// Writes the new name of a renamed item into a fact that names the item.
fn rename_in(of: Kind, attribute: Attribute, fact: &mut Fact, from: &Key, to: &Key) {
    use Attribute::{
        Arguments, Content, Credentials, Headers, Home, Order, OtherMembers, Parts, Role, Schemes, Type,
    };
    match (from.kind, attribute, fact) {
        (Kind::Schema, Type | Content | OtherMembers, Fact::Text(text)) => {
            *text = with_name(text, &from.name, &to.name)
        }
        (Kind::Headers, Headers, Fact::Set(names)) => rename_among(names, &from.name, &to.name),
        (Kind::Scheme, Role | Schemes | Parts, Fact::Set(names)) => rename_among(names, &from.name, &to.name),
        (Kind::Scheme, Arguments, Fact::Order(names)) if of == Kind::Service => {
            rename_among(names, &from.name, &to.name);
        }
        (Kind::Scheme, Order, Fact::Order(names)) => rename_among(names, &from.name, &to.name),
        (Kind::Scheme, Credentials, Fact::Set(types)) => {
            rename_among(types, &names::pascal(&from.name), &names::pascal(&to.name));
        }
        (Kind::Group, Home, Fact::Text(text) | Fact::Step(_, text)) if *text == from.name => {
            text.clone_from(&to.name);
        }
        _ => {}
    }
}

fn rename_among(names: &mut [String], from: &str, to: &str) {
    for name in names.iter_mut().filter(|name| *name == from) {
        to.clone_into(name);
    }
}

/// Whether an item of the kind `kind` is a part of one of the kind `of`, if its name is the name of that one followed by
/// `rest`.
fn belongs(of: Kind, kind: Kind, rest: &str) -> bool {
    match of {
        Kind::Schema | Kind::Headers => {
            matches!(kind, Kind::Member | Kind::Value | Kind::Alternative) && rest.starts_with('.')
        }
        Kind::Operation => {
            let is_part = matches!(
                kind,
                Kind::Parameter
                    | Kind::Body
                    | Kind::Response
                    | Kind::Error
                    | Kind::ErrorCode
                    | Kind::Alternative
            );
            is_part && (rest.is_empty() || rest.starts_with(' '))
        }
        _ => false,
    }
}

/// The text of a type, in which a schema gets another name.
pub(super) fn with_name(text: &str, from: &str, to: &str) -> String {
    let mut words = String::new();
    let mut word = String::new();
    for letter in text.chars().chain(std::iter::once(' ')) {
        if letter.is_alphanumeric() || letter == '_' {
            word.push(letter);
            continue;
        }
        words.push_str(if word == from { to } else { &word });
        word.clear();
        words.push(letter);
    }
    words.pop();
    words
}
