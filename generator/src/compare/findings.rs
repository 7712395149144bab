//! The differences of two versions as findings: each with what the table says of it.

use std::collections::BTreeSet;

use super::attribute::{Attribute, NONE, Step, shown_beside};
use super::fact::Fact;
use super::item::{Declared, Item, Key, Kind, Place};
use super::matching::Pair;
use super::table::{self, Row};
use super::verdict::Bump;

/// One difference.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What the table says of such a change.
    pub row: &'static Row,
    /// The service.
    pub service: String,
    /// What kind of thing changed.
    pub kind: Kind,
    /// Its name: `LoginOptions.stepup`.
    pub name: String,
    /// What it was and what it is, where that can be shown: `` `String` became `bool` ``.
    pub detail: String,
    /// Where it stood.
    pub old: Option<Place>,
    /// Where it stands.
    pub new: Option<Place>,
    /// The Rust items that are new, as a user writes their paths.
    pub added: Vec<String>,
    /// The Rust items that changed.
    pub changed: Vec<String>,
    /// The Rust items that are gone.
    pub removed: Vec<String>,
    /// The declarations in the generated code that the difference may change.
    pub(super) declared: Vec<Declared>,
}

impl Finding {
    /// The least bump of the version.
    #[must_use]
    pub fn bump(&self) -> Bump {
        Bump::of(self.row.rust, self.row.wire)
    }

    /// What names the finding in a file of approvals: `member-added descope LoginOptions.stepup`.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{} {} {}", self.row.id, self.service, self.name)
    }
}

/// The findings of all pairs, the gravest first.
pub(super) fn findings(pairs: &[Pair]) -> Vec<Finding> {
    let alone: BTreeSet<&Key> = pairs
        .iter()
        .filter(|pair| pair.old.is_none() || pair.new.is_none())
        .filter_map(|pair| pair.old.as_ref().or(pair.new.as_ref()))
        .map(|item| &item.key)
        .collect();
    let mut found: Vec<Finding> = pairs.iter().flat_map(|pair| of_pair(pair, &alone)).collect();
    found.sort_by(|one, other| {
        let key = |finding: &Finding| {
            (std::cmp::Reverse((finding.row.rust, finding.bump())), finding.service.clone(), finding.kind)
        };
        (key(one), &one.name, one.row.id).cmp(&(key(other), &other.name, other.row.id))
    });
    found
}

fn of_pair(pair: &Pair, alone: &BTreeSet<&Key>) -> Vec<Finding> {
    let is_told_with_another =
        |item: &Item| item.parent.as_ref().is_some_and(|parent| alone.contains(parent));
    match (&pair.old, &pair.new) {
        (Some(old), Some(new)) => of_attributes(old, new, pair.renamed_from.as_deref(), alone),
        (Some(old), None) => {
            let found = finding(old, Attribute::Itself, Step::Removed, String::new());
            let found = Finding { old: old.place.clone(), removed: old.rust.clone(), ..found };
            told(found, is_told_with_another(old))
        }
        (None, Some(new)) => {
            let found = finding(new, Attribute::Itself, Step::Added, String::new());
            let found = Finding { new: new.place.clone(), added: new.rust.clone(), ..found };
            told(found, is_told_with_another(new))
        }
        (None, None) => Vec::new(),
    }
}

/// The finding, unless the finding about the item's parent covers it: an operation is added or removed with its group, and
/// a type with its service. A type that comes with an operation has a finding of its own, because other operations may use
/// it.
fn told(found: Finding, is_told_with_another: bool) -> Vec<Finding> {
    if is_told_with_another { Vec::new() } else { vec![found] }
}

fn of_attributes(old: &Item, new: &Item, renamed_from: Option<&str>, alone: &BTreeSet<&Key>) -> Vec<Finding> {
    let renamed = renamed_from.map(|name| {
        let detail = format!("`{name}` became `{}`", new.key.name);
        finding(new, Attribute::Name, Step::Changed, detail)
    });
    let changed = new.attributes.iter().filter_map(|(attribute, fact)| {
        let before = old.attributes.get(attribute)?;
        let step = attribute.step(before, fact)?;
        let is_told = [before, fact].into_iter().any(|fact| has_own_finding(new, *attribute, fact, alone));
        (!is_told).then(|| finding(new, *attribute, step, detail(before, fact)))
    });
    renamed.into_iter().chain(changed).map(|found| with_both(found, old, new)).collect()
}

/// Whether a fact names the type of the headers of a response, and that type is added or removed, so that a finding about
/// the type says it already.
fn has_own_finding(item: &Item, attribute: Attribute, fact: &Fact, alone: &BTreeSet<&Key>) -> bool {
    let is_alone = |name: &String| {
        let (service, name) = (item.key.service.clone(), name.clone());
        alone.contains(&Key { service, kind: Kind::Headers, name })
    };
    matches!(fact, Fact::Set(names) if attribute == Attribute::Headers && names.iter().any(is_alone))
}

fn detail(old: &Fact, new: &Fact) -> String {
    let none = |text: &str| text == NONE;
    match shown_beside(old, new) {
        _ if matches!(old, Fact::Flag(_)) => String::new(),
        (old, new) if old == new => String::new(),
        (old, new) if none(&old) => format!("now {new}"),
        (old, new) if none(&new) => format!("no longer {old}"),
        (old, new) => format!("{old} became {new}"),
    }
}

/// Completes the finding about an item that both versions have. If the change gives the item other paths in Rust, the old
/// ones are removed and the new ones are added; otherwise its first path is changed.
fn with_both(found: Finding, old: &Item, new: &Item) -> Finding {
    let gone: Vec<String> = old.rust.iter().filter(|path| !new.rust.contains(path)).cloned().collect();
    let come: Vec<String> = new.rust.iter().filter(|path| !old.rust.contains(path)).cloned().collect();
    let moves = matches!(
        found.row.attribute,
        Attribute::Name | Attribute::Home | Attribute::RustName | Attribute::Paged
    );
    let declared = old.declared.iter().chain(&found.declared).cloned().collect();
    let (added, removed, changed) = match moves {
        true => (come, gone, Vec::new()),
        false => (Vec::new(), Vec::new(), new.rust.first().cloned().into_iter().collect()),
    };
    Finding { old: old.place.clone(), new: new.place.clone(), added, removed, changed, declared, ..found }
}

fn finding(item: &Item, attribute: Attribute, step: Step, detail: String) -> Finding {
    let is_required = item.attributes.get(&Attribute::Required) == Some(&Fact::Flag(true));
    let row = table::find(item.key.kind, attribute, step, item.wire_direction, is_required);
    Finding {
        row,
        service: item.key.service.clone(),
        kind: item.key.kind,
        name: item.key.name.clone(),
        detail,
        old: None,
        new: None,
        added: Vec::new(),
        changed: Vec::new(),
        removed: Vec::new(),
        declared: item.declared.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    use super::*;

    /// The texts of all files of the spec, by their paths.
    fn spec() -> BTreeMap<String, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut files = BTreeMap::new();
        for service in fs::read_dir(root.join("spec")).unwrap().map(|it| it.unwrap().path()) {
            for file in fs::read_dir(service).into_iter().flatten().map(|it| it.unwrap().path()) {
                if file.extension().is_some_and(|it| it == "yaml") {
                    let path = file.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                    files.insert(path, fs::read_to_string(file).unwrap());
                }
            }
        }
        files
    }

    fn steps(fact: &Fact) -> &'static [Step] {
        match fact {
            Fact::Flag(_) => &[Step::Added, Step::Removed],
            Fact::Text(_) | Fact::Order(_) => &[Step::Changed],
            Fact::Step(..) | Fact::Bound(_) | Fact::Cut { .. } => &[Step::Widened, Step::Narrowed],
            Fact::Maybe(_) => &[Step::Added, Step::Removed, Step::Changed],
            Fact::Set(_) => &[Step::Widened, Step::Narrowed, Step::Changed],
        }
    }

    #[test]
    fn every_change_that_the_spec_can_have_is_listed() {
        let items = super::super::read(&spec()).unwrap().items;
        assert!(items.len() > 100, "{}", items.len());
        let mut unlisted = BTreeSet::new();
        for item in &items {
            let itself = [Step::Added, Step::Removed].map(|step| (Attribute::Itself, step));
            let facts = item.attributes.iter();
            let facts =
                facts.flat_map(|(attribute, fact)| steps(fact).iter().map(|step| (*attribute, *step)));
            for (attribute, step) in facts.chain(itself) {
                if finding(item, attribute, step, String::new()).row.id == "unlisted-change" {
                    unlisted.insert((item.key.kind, attribute, step));
                }
            }
        }
        assert!(unlisted.is_empty(), "add rows to the table for {unlisted:?}");
    }
}
