//! Where the client sends something else than the SDK did, as listed and as found.

use crate::harness::{Pairs, parsed};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fmt;

/// What two requests differ in: the values of one and of the other, by their place, such as `body.loginOptions.mfa`.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Difference {
    recorded: Map<String, Value>,
    sent: Map<String, Value>,
}

/// One reason for a difference, and the calls in which it occurs. An entry that names no difference is of calls that no
/// operation covers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    why: String,
    #[serde(default)]
    recorded: Map<String, Value>,
    #[serde(default)]
    sent: Map<String, Value>,
    calls: BTreeSet<String>,
}

/// The list of all differences.
pub(super) struct Listed(Vec<Entry>);

impl Listed {
    pub(super) fn of(list: &str) -> Self {
        let entries: Vec<Entry> = parsed(list);
        assert!(entries.iter().all(|entry| !entry.why.is_empty() && !entry.calls.is_empty()));
        Self(entries)
    }

    /// Faults about calls that aren't among these.
    pub(super) fn unknown(&self, calls: BTreeSet<String>) -> Vec<String> {
        let listed = self.0.iter().flat_map(|entry| &entry.calls);
        listed
            .filter(|call| !calls.contains(*call))
            .map(|call| format!("{call}: it was not recorded"))
            .collect()
    }

    pub(super) fn is_uncovered(&self, call: &str) -> bool {
        self.entries(call).any(|entry| entry.recorded.is_empty() && entry.sent.is_empty())
    }

    /// All that a call differs in.
    pub(super) fn of_call(&self, call: &str) -> Difference {
        let mut all = Difference::default();
        for entry in self.entries(call) {
            all.recorded.extend(entry.recorded.clone());
            all.sent.extend(entry.sent.clone());
        }
        all
    }

    /// The path of a call, if it isn't the recorded one.
    pub(super) fn path(&self, call: &str) -> Option<String> {
        self.of_call(call).sent.get("path").and_then(Value::as_str).map(str::to_owned)
    }

    fn entries(&self, call: &str) -> impl Iterator<Item = &Entry> {
        self.0.iter().filter(move |entry| entry.calls.contains(call))
    }
}

/// A request as one JSON value. The order of the query's names has no meaning, that of the values of one name has.
pub(super) fn request(method: &str, path: &str, query: &Pairs, authorization: &str, body: Value) -> Value {
    let mut by_name: Map<String, Value> = Map::new();
    for (name, value) in query {
        let values = by_name.entry(name).or_insert_with(|| json!([]));
        values.as_array_mut().unwrap().push(value.as_str().into());
    }
    json!({"method": method, "path": path, "query": by_name, "authorization": authorization, "body": body})
}

impl Difference {
    pub(super) fn between(recorded: &Value, sent: &Value) -> Self {
        let mut difference = Self::default();
        difference.compare("", recorded, sent);
        difference
    }

    /// The request with the values that are sent instead of the recorded ones. A recorded value that the request doesn't
    /// have is a fault of the list.
    pub(super) fn applied_to(&self, mut request: Value) -> Option<Value> {
        for (place, recorded) in &self.recorded {
            let (parent, name) = object_at(&mut request, place)?;
            if parent.remove(name).as_ref() != Some(recorded) {
                return None;
            }
        }
        for (place, sent) in &self.sent {
            let (parent, name) = object_at(&mut request, place)?;
            if parent.insert(name.to_owned(), sent.clone()).is_some() {
                return None;
            }
        }
        Some(request)
    }

    fn compare(&mut self, place: &str, recorded: &Value, sent: &Value) {
        let (Value::Object(recorded), Value::Object(sent)) = (recorded, sent) else {
            if recorded != sent {
                self.recorded.insert(place.to_owned(), recorded.clone());
                self.sent.insert(place.to_owned(), sent.clone());
            }
            return;
        };
        let names: BTreeSet<&String> = recorded.keys().chain(sent.keys()).collect();
        for name in names {
            let place = if place.is_empty() { name.clone() } else { format!("{place}.{name}") };
            match (recorded.get(name), sent.get(name)) {
                (Some(recorded), Some(sent)) => self.compare(&place, recorded, sent),
                (Some(recorded), None) => drop(self.recorded.insert(place, recorded.clone())),
                (None, Some(sent)) => drop(self.sent.insert(place, sent.clone())),
                (None, None) => {}
            }
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", json!({"recorded": self.recorded, "sent": self.sent}))
    }
}

/// The object that has the value at a place such as `body.loginOptions.mfa`, and the value's name in it.
fn object_at<'a, 'p>(
    request: &'a mut Value,
    place: &'p str,
) -> Option<(&'a mut Map<String, Value>, &'p str)> {
    let (parents, name) = place.rsplit_once('.').map_or(("", place), |(parents, name)| (parents, name));
    let mut object = request;
    for parent in parents.split('.').filter(|parent| !parent.is_empty()) {
        object = object.get_mut(parent)?;
    }
    Some((object.as_object_mut()?, name))
}
