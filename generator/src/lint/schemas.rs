//! Rules about schemas that resemble each other.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::findings::Findings;
use crate::fault::Fault;
use crate::openapi::kind::ObjectKind;
use crate::openapi::reference::address;
use crate::openapi::survey::Survey;
use crate::openapi::types::Property;
use crate::source::Node;

/// How many members two schemas with the same members have at least to be worth a finding.
const SAME: usize = 3;

/// How many members two schemas that differ in one member have at least to be worth a finding.
const NEAR: usize = 6;

/// A schema, with the hash of each of its members. Hashes are added, so the sum without one member is found by a single
/// subtraction.
struct Outline<'a> {
    name: &'a str,
    node: &'a Node,
    key: &'a Node,
    members: Vec<u64>,
}

impl Outline<'_> {
    fn sum(&self) -> u64 {
        self.members.iter().fold(0, |sum, member| sum.wrapping_add(*member))
    }

    /// The sum of all members, and that of all but each one.
    fn sums(&self) -> Vec<u64> {
        let sum = self.sum();
        let without = self.members.iter().map(|member| sum.wrapping_sub(*member));
        let without = without.filter(|_| self.members.len() >= NEAR);
        std::iter::once(sum).chain(without).collect()
    }
}

/// Two schemas differ by more than one member.
pub(super) fn near_duplicates(survey: &Survey<'_>, findings: &mut Findings<'_, '_>) {
    let mut known: BTreeMap<u64, usize> = BTreeMap::new();
    let outlines: Vec<Outline<'_>> = outlines(survey);
    for (index, outline) in outlines.iter().enumerate() {
        let sums = outline.sums();
        let first = sums.iter().find_map(|sum| outlines.get(*known.get(sum)?));
        if let Some(first) = first {
            findings.add(outline.node, finding(outline, first));
        }
        for sum in sums {
            known.entry(sum).or_insert(index);
        }
    }
}

fn finding(outline: &Outline<'_>, first: &Outline<'_>) -> Fault {
    let (name, other, place) = (outline.name, first.name, first.key.location());
    let differences = match outline.sum() == first.sum() {
        true => "the same members as",
        false => "all but one of its members in common with",
    };
    let what = format!("`{name}` has {differences} `{other}` at {place}");
    outline.key.fault(
        "near-duplicate-schema",
        what,
        format!("refer to `{other}`, or say in `x-lint-allow` why there are two"),
    )
}

fn outlines<'a>(survey: &Survey<'a>) -> Vec<Outline<'a>> {
    let named = survey.of_kind(ObjectKind::Schema).filter(|site| site.via == "schemas");
    named
        .filter_map(|site| {
            let members = survey.properties_of(site.node);
            let members: Vec<u64> = members.iter().map(hash).collect();
            let (key, is_large) = (site.key?, members.len() >= SAME);
            is_large.then_some(Outline { name: key.text()?, node: site.node, key, members })
        })
        .collect()
}

/// The hash of a member: of its name, its type, what it refers to, and whether it is required.
fn hash(member: &Property<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    (member.name(), member.is_required).hash(&mut hasher);
    hash_type(member.node, &mut hasher);
    hasher.finish()
}

fn hash_type(schema: &Node, hasher: &mut DefaultHasher) {
    address(schema).hash(hasher);
    ["type", "format"].iter().for_each(|key| schema.text_of(key).hash(hasher));
    let items = ["items", "additionalProperties"].iter().filter_map(|key| schema.get(key));
    let parts = schema.get("allOf").map(Node::items).unwrap_or_default();
    items.chain(parts).for_each(|inner| hash_type(inner, hasher));
}
