//! References form no cycle, unless a type in it can be left out of a value and so ends the cycle.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::fault::Fault;
use crate::openapi::reference::{Address, address, sections};
use crate::openapi::schema::{Subschema, SubschemaKey, subschemas};
use crate::openapi::survey::Survey;
use crate::openapi::types::{is_choice, required_of};
use crate::source::Node;

/// A `$ref`, and the definition that it leads to, by its index.
type Reference<'a> = (usize, &'a Node);

/// The references inside each definition.
type Graph<'a> = Vec<Vec<Reference<'a>>>;

/// How many definitions of a cycle a message names.
const LONGEST_SHOWN: usize = 12;

/// A rule: references that stand in certain schemas can't form a cycle.
struct Rule {
    /// Which of the schemas inside another the rule is about.
    selects: for<'a> fn(&Survey<'a>, &'a Node, &mut Vec<Subschema<'a, &'a Node>>),
    what: &'static str,
    help: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        selects: keep_needed,
        what: "can't exist without itself",
        help: "make one of these members optional, or delete the reference",
    },
    Rule {
        selects: keep_alternatives,
        what: "is one of its own alternatives",
        help: "delete the reference, or put it into a member of an object",
    },
    Rule {
        selects: keep_written_out,
        what: "contains itself without a type of its own",
        help: "make one of them an object with members, which has a type of its own",
    },
];

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    let definitions = sections().flat_map(|section| {
        survey.defined(section).map(move |(file, name, node)| ((file, section, name), node))
    });
    let mut definitions: Vec<(Address<'_>, &Node)> = definitions.collect();
    definitions.sort_unstable_by_key(|(at, _)| *at);
    let indexes: HashMap<Address<'_>, usize> =
        definitions.iter().enumerate().map(|(index, (at, _))| (*at, index)).collect();
    let names: Vec<&str> = definitions.iter().map(|((_, _, name), _)| *name).collect();
    // A cycle that breaks several rules is reported once.
    let mut reported = BTreeSet::new();
    for rule in RULES {
        let known = |(target, node): (Address<'_>, _)| Some((*indexes.get(&target)?, node));
        let graph = definitions.iter().map(|(_, node)| references(survey, node, rule).into_iter());
        let graph = &graph.map(|references| references.filter_map(known).collect()).collect();
        let finished = BTreeSet::new();
        let mut search = Search { graph, names: &names, rule, finished, reported: &mut reported, faults };
        (0..definitions.len()).for_each(|start| search.run(start));
    }
}

/// The references inside a definition that the rule is about.
fn references<'a>(survey: &Survey<'a>, node: &'a Node, rule: &Rule) -> Vec<(Address<'a>, &'a Node)> {
    match (address(node), node.get("$ref")) {
        (Some(target), Some(reference)) => vec![(target, reference)],
        // The recursion is no deeper than the file, whose depth is limited.
        _ => {
            let mut inner = subschemas(node);
            (rule.selects)(survey, node, &mut inner);
            inner.into_iter().flat_map(|inner| references(survey, inner.schema, rule)).collect()
        }
    }
}

/// A value needs its required members, unless they can be null.
fn keep_needed<'a>(_: &Survey<'a>, node: &'a Node, inner: &mut Vec<Subschema<'a, &'a Node>>) {
    let required: BTreeSet<&str> = required_of(node).iter().filter_map(Node::text).collect();
    inner.retain(|inner| match inner.key {
        SubschemaKey::Name(name) => required.contains(name) && !inner.schema.is_true("nullable"),
        _ => inner.keyword == "allOf",
    });
}

fn keep_alternatives<'a>(_: &Survey<'a>, _: &'a Node, inner: &mut Vec<Subschema<'a, &'a Node>>) {
    inner.retain(|inner| ["allOf", "oneOf", "anyOf"].contains(&inner.keyword));
}

/// A list or a map has no type of its own, so it is written out wherever it is used; objects with members, enums and
/// choices have one.
fn keep_written_out<'a>(survey: &Survey<'a>, node: &'a Node, inner: &mut Vec<Subschema<'a, &'a Node>>) {
    inner.retain(|inner| ["allOf", "items", "additionalProperties"].contains(&inner.keyword));
    let has_type = || is_choice(node) || node.get("enum").is_some() || !survey.properties_of(node).is_empty();
    if !inner.is_empty() && has_type() {
        inner.clear();
    }
}

/// A search for cycles, which follows each reference once.
struct Search<'s, 'a> {
    graph: &'s Graph<'a>,
    /// The names of the definitions.
    names: &'s [&'a str],
    rule: &'s Rule,
    /// The definitions whose references have all been followed.
    finished: BTreeSet<usize>,
    reported: &'s mut BTreeSet<usize>,
    faults: &'s mut Vec<Fault>,
}

/// A definition on the path that the search has taken so far, with its references, and how many of them have been followed.
struct Visit<'s, 'a> {
    at: usize,
    references: &'s [Reference<'a>],
    followed: usize,
}

impl<'s, 'a> Search<'s, 'a> {
    fn run(&mut self, start: usize) {
        let mut path: Vec<Visit<'s, 'a>> = Vec::new();
        let mut depths: BTreeMap<usize, usize> = BTreeMap::new();
        let mut next = Some(start);
        loop {
            if let Some(at) = next.take().filter(|at| !self.finished.contains(at)) {
                depths.insert(at, path.len());
                let references = self.graph.get(at).map(Vec::as_slice).unwrap_or_default();
                path.push(Visit { at, references, followed: 0 });
            }
            let Some(visit) = path.last_mut() else { return };
            let Some((target, _)) = visit.references.get(visit.followed) else {
                self.finished.insert(visit.at);
                depths.remove(&visit.at);
                path.pop();
                continue;
            };
            visit.followed += 1;
            match depths.get(target) {
                Some(depth) => self.report(path.get(*depth..).unwrap_or_default()),
                None => next = Some(*target),
            }
        }
    }

    /// Reports a cycle, unless its first or last definition is part of a cycle that is reported already.
    fn report(&mut self, cycle: &[Visit<'_, 'a>]) {
        let (Some(first), Some(last)) = (cycle.first(), cycle.last()) else { return };
        if self.reported.contains(&first.at) || self.reported.contains(&last.at) {
            return;
        }
        self.reported.extend(cycle.iter().map(|visit| visit.at));
        let name_of = |visit: &Visit<'_, '_>| self.names.get(visit.at).copied().unwrap_or_default();
        let name = name_of(first);
        let mut names: Vec<&str> = cycle.iter().map(name_of).chain([name]).collect();
        if names.len() > LONGEST_SHOWN {
            names.splice(LONGEST_SHOWN / 2..names.len() - LONGEST_SHOWN / 2, ["…"]);
        }
        let what = format!("`{name}` {}: {}", self.rule.what, names.join(" -> "));
        if let Some((_, reference)) =
            last.followed.checked_sub(1).and_then(|index| last.references.get(index))
        {
            self.faults.push(reference.fault("reference-cycle", what, self.rule.help));
        }
    }
}
