//! A document to measure, and its folders under `target/bench/`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use generator::Input;
use serde_json::Value;

use super::{Side, plain, scratch, synthetic};
use crate::fault::Faults;
use crate::tree;

/// A document to measure.
#[derive(Debug)]
pub(super) struct Case {
    /// What it is, in a heading.
    pub(super) title: String,
    /// The services of the repository that it doesn't describe.
    pub(super) absent: Vec<String>,
    /// Everything of this case is in this folder.
    pub(super) folder: PathBuf,
    /// Where compiled dependencies are kept for all cases.
    pub(super) target: PathBuf,
    /// The curated document of each service.
    pub(super) documents: Vec<(String, Value)>,
    inputs: BTreeMap<String, Input>,
}

impl Case {
    /// The repository's own spec.
    pub(super) fn own(root: &Path) -> Result<Self, Faults> {
        Self::new(root, "own", "our own spec", tree::spec(root)?, Vec::new())
    }

    /// A synthetic document of this size.
    pub(super) fn synthetic(root: &Path, operations: usize) -> Result<Self, Faults> {
        let own = tree::spec(root)?;
        let documents = synthetic::documents(operations)?.into_iter();
        let inputs: BTreeMap<_, _> =
            documents.map(|(path, text)| (path, Input::Read(text.into_bytes()))).collect();
        let mut absent: Vec<String> =
            own.keys().filter_map(|path| service(path)).map(str::to_owned).collect();
        absent.dedup();
        absent.retain(|name| !inputs.keys().any(|path| service(path) == Some(name)));
        Self::new(root, &format!("synthetic-{operations}"), "a synthetic spec", inputs, absent)
    }

    fn new(
        root: &Path,
        name: &str,
        what: &str,
        inputs: BTreeMap<String, Input>,
        absent: Vec<String>,
    ) -> Result<Self, Faults> {
        let documents =
            generator::documents(&inputs).map_err(|faults| Faults::verbatim(faults.to_string()))?;
        let bench = super::folder(root);
        Ok(Self {
            title: format!("{what} ({})", size(&documents)),
            absent,
            folder: bench.join(name),
            target: bench.join("build"),
            inputs,
            documents,
        })
    }

    /// What a side's generator reads.
    pub(super) fn input(&self, side: Side) -> PathBuf {
        self.folder.join("input").join(side.name())
    }

    /// What a side's generator writes.
    pub(super) fn generated(&self, side: Side) -> PathBuf {
        self.folder.join("generated").join(side.name())
    }

    /// A side's crate.
    pub(super) fn package(&self, side: Side) -> PathBuf {
        self.folder.join(side.name())
    }

    /// Writes what the generators read, and removes what an earlier run left.
    pub(super) fn write(&self) -> Result<(), Faults> {
        for left in ["input", "generated", Side::Ours.name(), Side::Plain.name()] {
            scratch::remove(&self.folder.join(left))?;
        }
        for (path, input) in &self.inputs {
            if let Input::Read(bytes) = input {
                scratch::write(&self.input(Side::Ours).join(path), bytes)?;
            }
        }
        for (service, document) in &self.documents {
            let path = self.input(Side::Plain).join(format!("{service}.json"));
            scratch::write(&path, &plain::lower(document).to_string())?;
        }
        Ok(())
    }
}

/// `descope`, of `spec/descope/oauth.yaml`.
fn service(path: &str) -> Option<&str> {
    path.split('/').nth(1)
}

/// `459 operations, 741 schemas`
fn size(documents: &[(String, Value)]) -> String {
    let members = |value: &Value| value.as_object().map_or(0, serde_json::Map::len);
    let operations = |document: &Value| -> usize {
        let paths = document.get("paths").and_then(Value::as_object);
        paths.into_iter().flatten().map(|(_, path)| members(path)).sum()
    };
    let schemas = |document: &Value| document.pointer("/components/schemas").map_or(0, members);
    let sum =
        |of: &dyn Fn(&Value) -> usize| documents.iter().map(|(_, document)| of(document)).sum::<usize>();
    format!("{} operations, {} schemas", sum(&operations), sum(&schemas))
}
