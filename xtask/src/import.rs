//! The task `import`: a public OpenAPI document becomes a service.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use generator::import::{self, Imported};

use crate::fault::Faults;
use crate::plan::{Change, Plan};
use crate::regen::Report;
use crate::write;

/// Puts the documents into the folder of the service, and prints what was mended.
pub(crate) fn run(root: &Path, service: &str, files: &[String], prints_all: bool) -> Result<Report, Faults> {
    let documents = documents(files)?;
    let known = known(root, service)?;
    let imported = import::import(service, &documents, &known)
        .map_err(|faults| Faults::verbatim(faults.to_string()).and("nothing was written"))?;
    let mut changes: Vec<Change> = Vec::new();
    for (path, new) in &imported.files {
        let old = known.get(path).cloned();
        if old.as_deref() != new.as_ref().map(String::as_bytes) {
            changes.push(Change { path: path.clone(), old, new: new.clone() });
        }
    }
    let plan = Plan { changes, unchanged: 0 };
    write::apply(root, &plan)?;
    Ok(Report::of(summary(service, &imported, &plan, prints_all)))
}

/// The documents, and the files that they refer to.
fn documents(files: &[String]) -> Result<Vec<(String, Vec<u8>)>, Faults> {
    let mut documents: Vec<(String, Vec<u8>)> = Vec::new();
    let mut open: Vec<String> = files.iter().rev().cloned().collect();
    while let Some(path) = open.pop() {
        if documents.iter().any(|(known, _)| *known == path) {
            continue;
        }
        match fs::read(&path) {
            Ok(bytes) => {
                open.extend(import::referred_files(&path, &bytes));
                documents.push((path, bytes));
            }
            // The import reports what refers to it.
            Err(cause) if cause.kind() == ErrorKind::NotFound && !files.contains(&path) => {}
            Err(cause) => return Err(Faults::io("read", path, &cause)),
        }
    }
    Ok(documents)
}

/// The files that are in the folder of the service.
fn known(root: &Path, service: &str) -> Result<BTreeMap<String, Vec<u8>>, Faults> {
    let folder = format!("spec/{service}");
    let entries = match fs::read_dir(root.join(&folder)) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(cause) => return Err(Faults::io("read", folder, &cause)),
    };
    let mut known = BTreeMap::new();
    for entry in entries {
        let entry = entry.map_err(|cause| Faults::io("read", &folder, &cause))?;
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if path.ends_with(".yaml") {
            let bytes = fs::read(entry.path()).map_err(|cause| Faults::io("read", &path, &cause))?;
            known.insert(path, bytes);
        }
    }
    Ok(known)
}

fn summary(service: &str, imported: &Imported, plan: &Plan, prints_all: bool) -> String {
    let mut text = String::new();
    for change in &plan.changes {
        _ = writeln!(text, "{}  {}", change.verb(), change.path);
    }
    if prints_all {
        for note in &imported.notes {
            _ = writeln!(text, "{note}");
        }
    } else {
        text.push_str(&import::summary(&imported.notes));
    }
    let Imported { operations, imported, .. } = imported;
    _ = writeln!(
        text,
        "{service}: {imported} of {operations} operations; `cargo xtask regen` generates the client"
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_referred_to_are_read_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        fs::create_dir(folder.path().join("parts")).unwrap();
        fs::write(path("api.yaml"), "a: {$ref: 'parts/user.yaml#/User'}\nb: {$ref: gone.yaml}\n").unwrap();
        fs::write(path("parts/user.yaml"), "User: {x: {\"$ref\": \"../api.yaml#/a\"}}\n").unwrap();
        let read = documents(&[path("api.yaml")]).unwrap();
        let names: Vec<&str> = read.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, [path("api.yaml"), path("parts/user.yaml")]);
        assert!(documents(&[path("gone.yaml")]).is_err());
    }
}
