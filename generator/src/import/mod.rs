//! Makes a service of documents that somebody else published: files that the generator takes, and that a person can read
//! and curate.
//!
//! - `read`: the documents as trees, and the files that they refer to
//! - `formats`, `second_document`: files that no service can be made of
//! - `gather`: several files as one document, with a component for whatever a reference leads to
//! - `convert`: OpenAPI 3.1 as OpenAPI 3.0.3
//! - `repair`: what every service has, such as names, groups and responses
//! - `split`: a file for each group, and what several share
//! - `settle`: what the checks still find is repaired or left out
//! - `merge`, `moved`, `renamed`, `part`: a later import over what a person has edited
//!
//! The whole is a function of its input alone.

mod convert;
mod edit;
mod formats;
mod gather;
mod merge;
mod moved;
mod notes;
mod part;
mod read;
mod renamed;
mod repair;
mod second_document;
mod settle;
mod split;

use std::collections::BTreeMap;

use crate::check;
use crate::fault::{Fault, Faults};

pub use merge::record;
pub use notes::{Note, summary};
pub use read::referred_files;

/// What an import gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The files of the service by their paths, as they are to be; `None` for a file that is no longer needed.
    pub files: BTreeMap<String, Option<String>>,
    /// What was repaired, what was left out, and what is gone.
    pub notes: Vec<Note>,
    /// How many operations the documents have.
    pub operations: usize,
    /// How many of them the service has.
    pub imported: usize,
}

/// Makes the files of a service of the documents: each with the name of its file and its bytes, and the main one first.
/// `known` has the files that are in the folder of the service now, by their paths.
///
/// # Errors
///
/// The faults of documents, or of files in the folder, that can't be read or that no service can be made of.
pub fn import(
    service: &str,
    documents: &[(String, Vec<u8>)],
    known: &BTreeMap<String, Vec<u8>>,
) -> Result<Imported, Faults> {
    if let Some(what) = check::wrong_service_name(service) {
        let help = "choose another name, of lower-case words and digits that are joined by `-`";
        return Err(Faults::new([Fault::without_location("service-name", what, help)]));
    }
    if let Some(fault) = merge::refused(service, known) {
        return Err(Faults::new([fault]));
    }
    let mut notes = notes::Notes::default();
    let trees = read::read(documents, &mut notes)?;
    if let Some(fault) = second_document::fault(documents, &trees) {
        return Err(Faults::new([fault]));
    }
    let Some(mut document) = gather::gather(trees, &mut notes) else {
        return Err(Faults::new([Fault::without_location(
            "missing-file",
            "there is no document",
            "name one",
        )]));
    };
    let operations = repair::count(&document);
    if let Some(fault) = formats::fault(&document, operations) {
        return Err(Faults::new([fault]));
    }
    convert::convert(&mut document, &mut notes);
    repair::repair(service, &mut document, &mut notes);
    let files = split::split(&document);
    let files = settle::settle(service, files, &mut notes);
    let imported = files.values().map(repair::count).sum();
    let files = merge::merge(service, &files, known, &mut notes)?;
    Ok(Imported { files, notes: notes.sorted(), operations, imported })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_document_with_paths_is_refused_unless_another_one_refers_to_it() {
        let import = |first: &str| {
            let refer = format!("{{$ref: '{first}#/components/schemas/B'}}");
            let document = |path: &str| {
                format!(
                    "openapi: 3.0.3\ninfo: {{title: A, version: '1'}}\npaths:\n  {path}: {{get: {{responses: {{'200': \
                     {{description: A.}}}}}}}}\ncomponents: {{schemas: {{A: {refer}, B: {{type: string}}}}}}\n"
                )
                .into_bytes()
            };
            let documents = [("a.yaml".to_owned(), document("/a")), ("b.yaml".to_owned(), document("/b"))];
            import("acme", &documents, &BTreeMap::new())
        };
        let faults = import("").unwrap_err();
        assert_eq!(
            faults.to_string(),
            "error[second-document]: `a.yaml` has paths, too, and a service is made of the paths of one document\n \
             --> b.yaml:3:1\n  |\n3 | paths:\n  | ^^^^^\n  |\n  = help: import it as a service of its own, or put the \
             paths of both into one document\n\n1 fault in 1 file"
        );
        assert_eq!(import("b.yaml").unwrap().operations, 1);
    }

    #[test]
    fn what_a_person_wrote_is_not_overwritten() {
        let document = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {responses: {'200': {description: A.}}}}}";
        let documents = [("api.yaml".to_owned(), document.as_bytes().to_vec())];
        let files = |names: &[&str]| {
            let files = names.iter().map(|name| (format!("spec/acme/{name}"), b"openapi: 3.0.3".to_vec()));
            files.collect::<BTreeMap<_, _>>()
        };
        let faults = import("acme", &documents, &files(&["openapi.yaml"])).unwrap_err();
        assert_eq!(
            faults.to_string(),
            "error[not-imported]: `spec/acme` has files that no import wrote\n |\n = help: choose another name; if an \
             import did write them, bring back its `.imported.yaml`\n\n1 fault"
        );
        for known in [files(&[]), files(&["openapi.yaml", ".imported.yaml"])] {
            import("acme", &documents, &known).unwrap();
        }
    }
}
