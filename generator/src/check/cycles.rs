//! References don't go round in circles, except through a type that can stop them.

use std::collections::{BTreeMap, BTreeSet};

use super::survey::{Address, Survey, address};
use crate::fault::Fault;
use crate::source::Node;

const SECTIONS: &[&str] =
    &["schemas", "responses", "parameters", "requestBodies", "headers", "examples", "securitySchemes"];

/// A definition, and the `$ref` that leads to it.
type Step<'a> = (Address<'a>, &'a Node);

/// A way in which a definition can lead to others.
struct Way {
    /// The schemas, inside a definition, that it leads through.
    through: for<'a> fn(&Survey<'a>, &'a Node) -> Vec<&'a Node>,
    what: &'static str,
    help: &'static str,
}

/// The ways on which nothing may lead back to itself.
const WAYS: &[Way] = &[
    Way {
        through: without_which_it_cannot_be,
        what: "needs itself before it can exist",
        help: "make one of the members on the way optional, or delete the reference",
    },
    Way {
        through: which_it_can_be_instead,
        what: "can be itself instead of something else",
        help: "delete the reference, or put it into a member of an object",
    },
    Way {
        through: which_it_is_made_of,
        what: "has no name in Rust, and contains itself",
        help: "make it an object with members, which gets a type of its own",
    },
];

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    // What goes round on one way is told once, though it may do so on another, too.
    let mut reported: BTreeSet<Address<'_>> = BTreeSet::new();
    for way in WAYS {
        let mut graph: BTreeMap<Address<'_>, Vec<Step<'_>>> = BTreeMap::new();
        for section in SECTIONS {
            for (file, name, node) in survey.defined(section) {
                graph.insert((file, section, name), steps(survey, node, way));
            }
        }
        check_way(&graph, way, &mut reported, faults);
    }
}

/// The definitions that the next step leads to.
fn steps<'a>(survey: &Survey<'a>, node: &'a Node, way: &Way) -> Vec<Step<'a>> {
    match (address(node), node.get("$ref")) {
        (Some(target), Some(reference)) => vec![(target, reference)],
        // Objects within objects are no deeper than the file is.
        _ => (way.through)(survey, node).into_iter().flat_map(|inner| steps(survey, inner, way)).collect(),
    }
}

fn without_which_it_cannot_be<'a>(_: &Survey<'a>, node: &'a Node) -> Vec<&'a Node> {
    let required: Vec<&str> = list(node, "required").iter().filter_map(Node::text).collect();
    let members = node.get("properties").map(Node::entries).unwrap_or_default().iter();
    let needed = members.filter(|(name, member)| {
        required.contains(&name.text().unwrap_or_default()) && !member.is_true("nullable")
    });
    list(node, "allOf").iter().chain(needed.map(|(_, member)| member)).collect()
}

fn which_it_can_be_instead<'a>(_: &Survey<'a>, node: &'a Node) -> Vec<&'a Node> {
    list(node, "allOf").iter().chain(list(node, "oneOf")).collect()
}

/// A list or a map is written out wherever it is used; objects with members, enums and choices are types.
fn which_it_is_made_of<'a>(survey: &Survey<'a>, node: &'a Node) -> Vec<&'a Node> {
    let is_type =
        node.get("oneOf").is_some() || node.get("enum").is_some() || !survey.properties_of(node).is_empty();
    if is_type {
        return Vec::new();
    }
    let inner = ["items", "additionalProperties"].into_iter().filter_map(|key| node.get(key));
    list(node, "allOf").iter().chain(inner).collect()
}

fn list<'a>(node: &'a Node, key: &str) -> &'a [Node] {
    node.get(key).map(Node::items).unwrap_or_default()
}

fn check_way<'a>(
    graph: &BTreeMap<Address<'a>, Vec<Step<'a>>>,
    way: &Way,
    reported: &mut BTreeSet<Address<'a>>,
    faults: &mut Vec<Fault>,
) {
    for (start, steps) in graph {
        if steps.is_empty() || reported.contains(start) {
            continue;
        }
        if let Some(path) = way_back(graph, *start) {
            reported.extend(path.iter().map(|(definition, _)| *definition));
            faults.extend(cycle(&path, way));
        }
    }
}

/// The shortest way from a definition back to itself: each definition on it with the `$ref` that leads on.
fn way_back<'a>(graph: &BTreeMap<Address<'a>, Vec<Step<'a>>>, start: Address<'a>) -> Option<Vec<Step<'a>>> {
    let mut came_from: BTreeMap<Address<'_>, Step<'_>> = BTreeMap::new();
    let mut queue = vec![start];
    let mut next = 0;
    while let Some(from) = queue.get(next).copied() {
        next += 1;
        for (to, reference) in graph.get(&from).map(Vec::as_slice).unwrap_or_default() {
            if *to == start {
                let mut path = vec![(from, *reference)];
                let mut at = from;
                while let Some((before, reference)) = came_from.get(&at).filter(|_| at != start) {
                    path.push((*before, reference));
                    at = *before;
                }
                path.reverse();
                return Some(path);
            }
            if !came_from.contains_key(to) {
                came_from.insert(*to, (from, reference));
                queue.push(*to);
            }
        }
    }
    None
}

fn cycle(path: &[Step<'_>], way: &Way) -> Option<Fault> {
    let ((_, _, first), _) = path.first()?;
    let (_, last_reference) = path.last()?;
    let names: Vec<&str> = path.iter().map(|((_, _, name), _)| *name).chain([*first]).collect();
    let what = format!("`{first}` {}: {}", way.what, names.join(" -> "));
    Some(last_reference.fault("reference-cycle", what, way.help))
}
