//! Makes mutants of documents, and judges what the generator says of them. The fuzz target, a test and a task of xtask do
//! the same here, with bytes from different sources.

#![allow(dead_code, reason = "each program uses a part of it")]

mod edit;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use generator::fault::{Fault, Location};
use generator::{Output, generate};

/// The documents of a service, by their paths.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A service to make mutants of.
#[derive(Clone, Debug)]
pub(crate) struct Original {
    /// The case that it is, or the service of the repository.
    pub(crate) name: String,
    pub(crate) files: Files,
    /// Whether nothing is wrong with it.
    is_right: bool,
}

/// All cases of the generator, and the services of the repository.
///
/// # Errors
///
/// That a folder or a file can't be read.
pub(crate) fn originals(root: &Path) -> io::Result<Vec<Original>> {
    let cases = root.join("generator/tests/cases");
    let files = read(&cases.join("mutants/spec"), "spec/")?;
    let mut found = vec![Original { name: "mutants".to_owned(), files, is_right: true }];
    for kind in ["ok", "err"] {
        for name in names_in(&cases.join(kind))? {
            let files = read(&cases.join(kind).join(&name).join("spec"), "spec/")?;
            found.push(Original { name: format!("{kind}/{name}"), files, is_right: kind == "ok" });
        }
    }
    for name in names_in(&root.join("spec"))? {
        let folder = root.join("spec").join(&name);
        if folder.is_dir() {
            let mut files = read(&folder, &format!("spec/{name}/"))?;
            files.retain(|path, _| path.ends_with(".yaml"));
            files.values_mut().for_each(without_hand_written);
            found.push(Original { name, files, is_right: true });
        }
    }
    Ok(found)
}

/// Takes out what says that there is hand-written code, so that the generated code compiles alone.
fn without_hand_written(file: &mut Vec<u8>) {
    let text = String::from_utf8_lossy(file);
    let lines = text.split_inclusive('\n').filter(|line| !line.starts_with("x-hand-written"));
    *file = lines.collect::<String>().into_bytes();
}

fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    Ok(names)
}

fn read(folder: &Path, prefix: &str) -> io::Result<Files> {
    let mut files = Files::new();
    for name in names_in(folder)? {
        let path = folder.join(&name);
        if path.is_dir() {
            files.extend(read(&path, &format!("{prefix}{name}/"))?);
        } else {
            files.insert(format!("{prefix}{name}"), fs::read(&path)?);
        }
    }
    Ok(files)
}

/// A mutant of one of the services, and the name of that: the first bytes choose the service, and each further few are an
/// edit. Most are made from what is right, so that some are accepted.
pub(crate) fn mutant<'a>(originals: &'a [Original], bytes: &[u8]) -> (&'a str, Files) {
    let Some((&[chosen, kind], bytes)) = bytes.split_first_chunk() else { return ("", Files::new()) };
    let candidates: Vec<&Original> =
        originals.iter().filter(|original| original.is_right || kind < 16).collect();
    let chosen = usize::from(chosen) * candidates.len() / 256;
    let Some(original) = candidates.get(chosen) else { return ("", Files::new()) };
    let mut files = original.files.clone();
    for bytes in bytes.chunks_exact(edit::BYTES) {
        edit::apply(&mut files, bytes);
    }
    (&original.name, files)
}

/// What the generator makes of the documents; `None` if it refuses them.
///
/// # Errors
///
/// That it refuses them by a fault that no document should lead to: one of a later stage, or one without a place.
pub(crate) fn judge(files: &Files) -> Result<Option<Output>, String> {
    let faults = match generate(files) {
        Ok(output) => return Ok(Some(output)),
        Err(faults) => faults,
    };
    if faults.is_empty() || faults.to_string().is_empty() {
        return Err("it is refused without a fault".to_owned());
    }
    match faults.iter().find(|fault| !is_sound(fault, files)) {
        None => Ok(None),
        Some(fault) => Err(fault.to_string()),
    }
}

/// Whether a fault is one of the checks, with a place inside a file.
fn is_sound(fault: &Fault, files: &Files) -> bool {
    let is_of_a_check = !matches!(fault.rule, "progenitor" | "openapi");
    let is_placed = match &fault.location {
        Some(location) => is_inside(location, files),
        None => fault.rule == "missing-file",
    };
    is_of_a_check && is_placed && !fault.what.is_empty() && !fault.help.is_empty()
}

fn is_inside(location: &Location, files: &Files) -> bool {
    let Some(bytes) = files.get(&location.file) else { return false };
    let text = String::from_utf8_lossy(bytes);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let line = location.line.checked_sub(1).and_then(|index| text.split('\n').nth(index));
    // A fault about something that is missing can point behind the end of a line.
    line.is_some_and(|line| (1..=line.chars().count() + 1).contains(&location.column))
}
