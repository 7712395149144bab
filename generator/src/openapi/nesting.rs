//! How deep schemas are nested, counted through references. What is nested too deep is a fault, and no other part of the
//! generator looks into it; so nothing that follows schemas needs more of the stack than is there.

use std::collections::{BTreeSet, HashMap};
use std::ptr;

use super::kind::ObjectKind;
use super::reference::{Address, Definitions, address, sections};
use super::schema::{DEEPEST, subschemas};
use super::site::Site;
use crate::fault::Fault;
use crate::source::Node;

/// The definitions of a service that are nested too deep.
#[derive(Debug, Default)]
pub(crate) struct Nesting {
    too_deep: BTreeSet<*const Node>,
    /// The references that lead too deep. A definition that refers to one which is too deep already has no fault.
    pub(crate) faults: Vec<Fault>,
    /// The references that would lead too deep if those of `faults` and the others here led nowhere.
    pub(crate) further_faults: Vec<Fault>,
}

impl Nesting {
    /// Measures all definitions, and the schemas that stand in operations.
    pub(super) fn of(sites: &[Site<'_>], definitions: &Definitions<'_>) -> Self {
        let mut search = Search { definitions, depths: HashMap::new(), nesting: Nesting::default() };
        for section in sections() {
            for (file, name, node) in definitions.section(section) {
                search.measure((file, section, name), node);
            }
        }
        let kind_around = |site: &Site<'_>| Some(sites.get(site.parent?)?.kind);
        for site in sites.iter().filter(|site| site.kind == ObjectKind::Schema) {
            if !matches!(kind_around(site), Some(ObjectKind::Schema | ObjectKind::Components)) {
                search.finish(&Visit::new(None, site.node));
            }
        }
        search.nesting
    }

    /// Whether a definition is nested too deep.
    pub(super) fn is_too_deep(&self, definition: &Node) -> bool {
        self.too_deep.contains(&ptr::from_ref(definition))
    }
}

/// How deep a definition is nested, as far as it is known. Beyond the limit it is one more than the limit.
#[derive(Clone, Copy)]
enum Depth {
    /// The search is inside the definition. Meeting it again is a cycle, which ends there.
    Open,
    Known {
        all: usize,
        /// The depth without the references that lead too deep.
        mended: usize,
    },
}

struct Search<'s, 'a> {
    definitions: &'s Definitions<'a>,
    depths: HashMap<Address<'a>, Depth>,
    nesting: Nesting,
}

/// A `$ref` in a definition, and how many schemas stand around it there.
struct Reference<'a> {
    level: usize,
    target: Address<'a>,
    node: &'a Node,
}

/// A definition on the path that the search has taken so far.
struct Visit<'a> {
    at: Option<Address<'a>>,
    /// How deep it is nested by itself, without the definitions that it refers to.
    own: usize,
    references: Vec<Reference<'a>>,
    followed: usize,
}

impl<'a> Visit<'a> {
    fn new(at: Option<Address<'a>>, node: &'a Node) -> Self {
        let mut visit = Self { at, own: 1, references: Vec::new(), followed: 0 };
        let mut open = vec![(node, 1)];
        while let Some((node, level)) = open.pop() {
            visit.own = visit.own.max(level);
            match address(node) {
                Some(target) => {
                    // What is referred to stands in the place of the reference.
                    let level = (level - 1).max(1);
                    visit.references.push(Reference { level, target, node });
                }
                None => open.extend(subschemas(node).into_iter().map(|inner| (inner.schema, level + 1))),
            }
        }
        visit
    }
}

impl<'a> Search<'_, 'a> {
    /// Measures a definition, after all that it refers to.
    fn measure(&mut self, start: Address<'a>, node: &'a Node) {
        if self.depths.contains_key(&start) {
            return;
        }
        self.depths.insert(start, Depth::Open);
        let mut path = vec![Visit::new(Some(start), node)];
        while let Some(visit) = path.last_mut() {
            let Some(reference) = visit.references.get(visit.followed) else {
                self.finish(visit);
                path.pop();
                continue;
            };
            visit.followed += 1;
            let target = reference.target;
            if let Some(node) = self.definitions.get(target).filter(|_| !self.depths.contains_key(&target)) {
                self.depths.insert(target, Depth::Open);
                path.push(Visit::new(Some(target), node));
            }
        }
    }

    /// Sets the depth of a definition whose references are all measured, and reports it if it is the one that goes too far.
    fn finish(&mut self, visit: &Visit<'a>) {
        let (mut deepest, mut mended) = (visit.own, visit.own);
        for reference in &visit.references {
            let Some(Depth::Known { all, mended: inner }) = self.depths.get(&reference.target) else {
                continue;
            };
            let (depth, mended_depth) = (reference.level + all, reference.level + inner);
            if deepest <= DEEPEST && depth > DEEPEST && *all <= DEEPEST {
                self.nesting.faults.push(too_deep(reference.node));
            } else if mended_depth > DEEPEST {
                self.nesting.further_faults.push(too_deep(reference.node));
            } else {
                mended = mended.max(mended_depth);
            }
            deepest = deepest.max(depth);
        }
        if let Some(at) = visit.at {
            self.depths.insert(at, Depth::Known { all: deepest.min(DEEPEST + 1), mended });
            let node = self.definitions.get(at).filter(|_| deepest > DEEPEST);
            self.nesting.too_deep.extend(node.map(ptr::from_ref));
        }
    }
}

fn too_deep(reference: &Node) -> Fault {
    let what = format!("schemas are nested more than {DEEPEST} deep here, counted through references");
    let help = "leave some of them out, or take an inner one as free-form JSON, which has \
                `additionalProperties: true` in place of `properties`";
    reference.fault("too-deep", what, help)
}
