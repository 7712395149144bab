//! Where something stands in the files of a service.

use super::super::split::Files;
use crate::openapi::kind::{ObjectKind, ValueKind, is_extension};
use crate::source::{Node, Value};

/// A value in one of the files: the positions of the entries and items that lead to it. They sort like the lines of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) file: String,
    pub(super) steps: Vec<usize>,
}

/// All places of a file, in the order in which [`Node::numbered`] counts: the place of a key is that of its value.
pub(super) fn list(file: &str, root: &Node, places: &mut Vec<Place>) {
    walk(file, root, &mut Vec::new(), places);
}

fn walk(file: &str, node: &Node, steps: &mut Vec<usize>, places: &mut Vec<Place>) {
    places.push(Place { file: file.to_owned(), steps: steps.clone() });
    match &node.value {
        Value::Mapping(entries) => {
            for (index, (_, value)) in entries.iter().enumerate() {
                steps.push(index);
                places.push(Place { file: file.to_owned(), steps: steps.clone() });
                walk(file, value, steps, places);
                steps.pop();
            }
        }
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                steps.push(index);
                walk(file, item, steps, places);
                steps.pop();
            }
        }
        _ => {}
    }
}

/// What leads to a place: each object on the way, with the number of steps to it.
pub(super) struct Way {
    pub(super) objects: Vec<(usize, ObjectKind)>,
    /// The key of each step; none for an item of a list.
    pub(super) keys: Vec<Option<String>>,
}

impl Place {
    /// The keys and positions that lead to the place. They stay the same while the file changes elsewhere.
    pub(super) fn name(&self, files: &Files) -> String {
        let way = self.way(files);
        let keys = way.keys.iter().zip(&self.steps);
        let keys = keys.map(|(key, step)| key.clone().unwrap_or_else(|| step.to_string()));
        format!("{}#{}", self.file, keys.collect::<Vec<_>>().join("/"))
    }

    /// The place that the first `steps` steps lead to.
    pub(super) fn up_to(&self, steps: usize) -> Self {
        Self { file: self.file.clone(), steps: self.steps.iter().take(steps).copied().collect() }
    }

    pub(super) fn node<'a>(&self, files: &'a Files) -> Option<&'a Node> {
        self.steps.iter().try_fold(files.get(&self.file)?, |node, step| match &node.value {
            Value::Mapping(entries) => entries.get(*step).map(|(_, value)| value),
            _ => node.items().get(*step),
        })
    }

    pub(super) fn node_mut<'a>(&self, files: &'a mut Files) -> Option<&'a mut Node> {
        self.steps.iter().try_fold(files.get_mut(&self.file)?, |node, step| match &mut node.value {
            Value::Mapping(entries) => entries.get_mut(*step).map(|(_, value)| value),
            Value::Sequence(items) => items.get_mut(*step),
            _ => None,
        })
    }

    /// Takes the value out of what holds it.
    pub(super) fn remove(&self, files: &mut Files) -> Option<Node> {
        let last = *self.steps.last()?;
        let holder = self.up_to(self.steps.len().checked_sub(1)?).node_mut(files)?;
        match &mut holder.value {
            Value::Mapping(entries) if last < entries.len() => Some(entries.remove(last).1),
            Value::Sequence(items) if last < items.len() => Some(items.remove(last)),
            _ => None,
        }
    }

    /// What leads to the place, by the grammar of OpenAPI.
    pub(super) fn way(&self, files: &Files) -> Way {
        let mut way = Way { objects: vec![(0, ObjectKind::Document)], keys: Vec::new() };
        let Some(mut node) = files.get(&self.file) else { return way };
        let mut kind = Some(ValueKind::One(ObjectKind::Document));
        for (index, step) in self.steps.iter().enumerate() {
            let (key, inner) = match &node.value {
                Value::Mapping(entries) => {
                    let Some((key, value)) = entries.get(*step) else { return way };
                    (key.text().map(str::to_owned), value)
                }
                _ => {
                    let Some(item) = node.items().get(*step) else { return way };
                    (None, item)
                }
            };
            kind = match kind {
                Some(ValueKind::One(of) | ValueKind::FlagOr(of)) => {
                    key.as_deref().filter(|key| !is_extension(key)).and_then(|key| of.grammar().value_of(key))
                }
                Some(ValueKind::List(of) | ValueKind::Map(of)) => Some(ValueKind::One(of)),
                _ => None,
            };
            way.keys.push(key);
            if let Some(ValueKind::One(of) | ValueKind::FlagOr(of)) = kind {
                way.objects.push((index + 1, of));
            }
            node = inner;
        }
        way
    }
}
