//! Public documents become services. `cases/import/<what-it-shows>/in` has the documents, the first of which is `api.*`;
//! `out` has the files of the service, and `notes.txt` what was done. In a case with `later`, a person puts the files in
//! `edited` in the place of those of the first import, and `later` is imported over them. In a case with `refused`, no file
//! can be imported, and `message.txt` says why.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test -p generator --test import` accepts what is found.

mod folders;
mod generated;
mod harness;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use folders::{Files, bytes, read};
use generated::{diff, is_update};
use generator::import::{Imported, import};

const SERVICE: &str = "acme";

fn main() -> ExitCode {
    harness::run("import", check)
}

fn check(folder: &Path) {
    if folder.join("refused").exists() {
        return check_refused(folder);
    }
    let (files, notes) = imported(folder);
    // What an import writes has no faults.
    let spec = files.iter().filter(|(path, _)| !path.ends_with(".imported.yaml"));
    let spec: Files = spec.map(|(path, text)| (path.clone(), text.clone())).collect();
    generator::generate(&spec).unwrap_or_else(|faults| panic!("{faults}"));
    let mut found: Files =
        spec.into_iter().map(|(path, text)| (path.replace("spec/acme/", "out/"), text)).collect();
    found.insert("notes.txt".to_owned(), notes);
    let mut expected = read(&folder.join("out"), "out/");
    expected.extend(fs::read_to_string(folder.join("notes.txt")).map(|text| ("notes.txt".to_owned(), text)));
    if is_update() {
        _ = fs::remove_dir_all(folder.join("out"));
        fs::create_dir_all(folder.join("out")).unwrap();
        found.iter().for_each(|(path, text)| fs::write(folder.join(path), text).unwrap());
        return;
    }
    let diff = diff(&expected, &found);
    assert!(
        diff.is_empty(),
        "{} is imported in another way than before:\n\n{diff}\n\
         if that is meant, `UPDATE_SNAPSHOTS=1 cargo test -p generator --test import` accepts it\n",
        folder.display()
    );
}

/// Each file in `refused` is one that can't be imported, and `message.txt` has what is said of it.
fn check_refused(folder: &Path) {
    let mut messages = String::new();
    for (name, bytes) in bytes(&folder.join("refused"), "") {
        let faults = import(SERVICE, &[(name.clone(), bytes)], &BTreeMap::new());
        let faults = faults.err().unwrap_or_else(|| panic!("{name} is imported"));
        messages.push_str(&format!("{faults}\n"));
    }
    let message = folder.join("message.txt");
    if is_update() {
        return fs::write(message, messages).unwrap();
    }
    assert_eq!(fs::read_to_string(message).unwrap_or_default(), messages, "{}", folder.display());
}

/// The files of the service, and the notes of the last import.
fn imported(folder: &Path) -> (Files, String) {
    let first = run(&folder.join("in"), &Files::new());
    let mut files = Files::new();
    apply(&mut files, &first);
    let later = folder.join("later");
    if !later.exists() {
        return (files, notes(&first));
    }
    files.extend(read(&folder.join("edited"), "spec/acme/"));
    let second = run(&later, &files);
    apply(&mut files, &second);
    // A third import of the same document has nothing to do.
    assert_eq!(run(&later, &files).files.len(), 1, "only what was imported is written again");
    (files, notes(&second))
}

fn run(folder: &Path, known: &Files) -> Imported {
    let mut documents: Vec<(String, Vec<u8>)> = bytes(folder, "").into_iter().collect();
    documents.sort_by_key(|(name, _)| !name.starts_with("api."));
    let known: BTreeMap<String, Vec<u8>> =
        known.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
    import(SERVICE, &documents, &known).unwrap_or_else(|faults| panic!("{faults}"))
}

fn apply(files: &mut Files, imported: &Imported) {
    for (path, text) in &imported.files {
        match text {
            Some(text) => _ = files.insert(path.clone(), text.clone()),
            None => _ = files.remove(path),
        }
    }
}

fn notes(imported: &Imported) -> String {
    let notes: String = imported.notes.iter().map(|note| format!("{note}\n")).collect();
    format!("{notes}{} of {} operations\n", imported.imported, imported.operations)
}
