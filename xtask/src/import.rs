//! The task `import`: a public OpenAPI document becomes a service.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use generator::import::{self, Imported};

use crate::fault::Faults;
use crate::plan::{Change, EMPTY_RECORD, Plan};
use crate::regen::Report;
use crate::write;

/// Puts the documents into the folder of the service, and prints what was mended.
pub(crate) fn run(root: &Path, service: &str, files: &[String], prints_all: bool) -> Result<Report, Faults> {
    let (imported, plan) = prepare(root, service, files)?;
    carry_out(root, service, &plan)?;
    Ok(Report::of(summary(service, &imported, &plan, prints_all)))
}

/// Does everything that can fail before the first write.
fn prepare(root: &Path, service: &str, files: &[String]) -> Result<(Imported, Plan), Faults> {
    let documents = documents(files)?;
    let known = known(root, service)?;
    let imported = import::import(service, &documents, &known)
        .map_err(|faults| Faults::verbatim(faults.to_string()).and("nothing was written"))?;
    let plan = Plan::of_import(known, &imported.files, &import::record(service));
    Ok((imported, plan))
}

fn carry_out(root: &Path, service: &str, plan: &Plan) -> Result<(), Faults> {
    let again = format!("`cargo xtask import {service}` with the same documents makes the rest");
    write::apply(root, plan, &again)
}

/// The documents, and the files that they refer to. A file that is referred to is read only if it is in the folder of a
/// document or below, since a document that somebody else wrote may name any file of this computer.
fn documents(files: &[String]) -> Result<Vec<(String, Vec<u8>)>, Faults> {
    let mut documents: Vec<(String, Vec<u8>)> = Vec::new();
    let mut faults = Faults::default();
    for path in files {
        match named(path) {
            Ok(bytes) => documents.push((path.clone(), bytes)),
            Err(fault) => faults.add(fault),
        }
    }
    let mut next = 0;
    while let Some((path, bytes)) = documents.get(next) {
        next += 1;
        for path in import::referred_files(path, bytes) {
            let is_known = documents.iter().any(|(known, _)| *known == path);
            if is_known || !is_beside(files, &path) {
                continue;
            }
            match read(&path) {
                Ok(bytes) => documents.push((path, bytes)),
                // The import reports what refers to it.
                Err(Unread::NotFound | Unread::NoFile(_)) => {}
                Err(Unread::Refused(cause)) => faults.add(Faults::io("read", path, &cause)),
            }
        }
    }
    faults.or(documents).map_err(|faults| faults.and("nothing was written"))
}

/// A document that the command line names.
fn named(path: &str) -> Result<Vec<u8>, Faults> {
    if path.contains("://") {
        return Err(Faults::new(format_args!("{path} is a URL: download the document, and name the file")));
    }
    read(path).map_err(|cause| match cause {
        Unread::NotFound => Faults::new(format_args!("there is no file {path}")),
        Unread::NoFile(what) => Faults::new(format_args!("{path} is {what}: name the file of the document")),
        Unread::Refused(cause) => Faults::io("read", path, &cause),
    })
}

/// Why a file wasn't read.
enum Unread {
    NotFound,
    /// What is there is something else than a document.
    NoFile(&'static str),
    Refused(io::Error),
}

fn read(path: &str) -> Result<Vec<u8>, Unread> {
    let refused = |cause: io::Error| match cause.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => Unread::NotFound,
        _ => Unread::Refused(cause),
    };
    let metadata = fs::metadata(path).map_err(refused)?;
    if metadata.is_dir() {
        return Err(Unread::NoFile("a folder"));
    }
    if !metadata.is_file() {
        return Err(Unread::NoFile("a device or a pipe"));
    }
    if metadata.len() > MOST_BYTES {
        return Err(Unread::NoFile("larger than 256 MiB, as no document is"));
    }
    fs::read(path).map_err(refused)
}

/// The most bytes of a document. The largest that are known have a seventh of it.
const MOST_BYTES: u64 = 256 << 20;

/// Whether a file is in the folder of a document that the command line names, or below.
fn is_beside(files: &[String], path: &str) -> bool {
    files.iter().any(|document| {
        let (folder, _) = document.split_at(document.rfind('/').map_or(0, |slash| slash + 1));
        let below = path.strip_prefix(folder);
        below.is_some_and(|below| !below.starts_with('/') && !below.split('/').any(|part| part == ".."))
    })
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
    let is_empty_record = |change: &&Change| change.new.as_deref() == Some(EMPTY_RECORD);
    for change in plan.changes.iter().filter(|change| !is_empty_record(change)) {
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
    }

    #[test]
    fn files_outside_the_folder_of_the_document_are_read_only_when_they_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        fs::create_dir(folder.path().join("api")).unwrap();
        let text = format!(
            "a: {{$ref: ../secret.yaml}}\nb: {{$ref: '{}#/b'}}\nc: {{$ref: .}}\n",
            path("secret.yaml")
        );
        fs::write(path("api/api.yaml"), text).unwrap();
        fs::write(path("secret.yaml"), "b: 1\n").unwrap();
        let read = |files: &[String]| documents(files).unwrap().len();
        assert_eq!(read(&[path("api/api.yaml")]), 1);
        assert_eq!(read(&[path("api/api.yaml"), path("secret.yaml")]), 2);
        assert!(!is_beside(&["api.yaml".to_owned()], "/dev/zero"));
        assert!(!is_beside(&["./api.yaml".to_owned()], "./../api.yaml"));
    }

    /// A document with an operation in each of these groups.
    fn document(groups: &[&str]) -> String {
        let path = |group: &&str| {
            format!(
                "  /{group}:\n    get: {{operationId: list{group}, tags: [{group}], responses: {{'200': {{description: \
                 Done.}}}}}}\n"
            )
        };
        let paths: String = groups.iter().map(path).collect();
        format!("openapi: 3.0.3\ninfo: {{title: Acme, version: '1'}}\npaths:\n{paths}")
    }

    #[test]
    fn an_import_that_ended_early_is_finished_by_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let whole = tempfile::tempdir().unwrap();
        let files = [folder.path().join("api.yaml").to_string_lossy().into_owned()];
        // The first import writes all files, and the second changes one and adds one.
        for groups in [&["boats", "ports"][..], &["boats", "ports", "quays"]] {
            fs::write(&files[0], document(groups)).unwrap();
            run(whole.path(), "acme", &files, false).unwrap();
            let (_, plan) = prepare(folder.path(), "acme", &files).unwrap();
            let [.., change, record] = plan.changes.as_slice() else { panic!("{plan:?}") };
            assert_eq!(record.path, "spec/acme/.imported.yaml");
            // A folder in the place of the last file can't be written over.
            let last = folder.path().join(&change.path);
            _ = fs::remove_file(&last);
            fs::create_dir_all(last.join("inside")).unwrap();
            let message = carry_out(folder.path(), "acme", &plan).unwrap_err().to_string();
            let made = plan.changes.len() - 2;
            let again = format!(
                "{made} of {} changes were made; `cargo xtask import acme` with the same documents makes the rest\n",
                made + 2
            );
            assert!(message.ends_with(&again), "{message}");
            fs::remove_dir_all(&last).unwrap();
            change.old.iter().for_each(|old| fs::write(&last, old).unwrap());
            run(folder.path(), "acme", &files, false).unwrap();
            assert_eq!(known(folder.path(), "acme").unwrap(), known(whole.path(), "acme").unwrap());
        }
    }

    #[test]
    fn all_that_is_named_and_no_file_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().to_string_lossy().into_owned();
        let files =
            [format!("{folder}/gone.yaml"), folder.clone(), "https://api.example/openapi.json".to_owned()];
        let message = documents(&files).unwrap_err().to_string();
        let expected = format!(
            "error: there is no file {folder}/gone.yaml\n\
             error: {folder} is a folder: name the file of the document\n\
             error: https://api.example/openapi.json is a URL: download the document, and name the file\n\
             nothing was written\n"
        );
        assert_eq!(message, expected);
    }
}
