//! What is on the disk. Paths are relative to the repository root, with forward slashes.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use generator::Input;
use walkdir::{DirEntry, WalkDir};

use crate::fault::Faults;

/// The folder of the specs.
pub(crate) const SPEC: &str = "spec";

/// The folder of the client's package.
pub(crate) const PACKAGE: &str = "generated-client";

/// The sources of the client: one folder a service, beside folders written by hand.
pub(crate) const SOURCES: &str = "generated-client/src";

/// Every file under `spec/` except those in Markdown, which are for people. The generator reports the files that can't
/// be read, together with all other faults.
pub(crate) fn spec(root: &Path) -> Result<BTreeMap<String, Input>, Faults> {
    let folder = root.join(SPEC);
    fs::read_dir(&folder).map_err(|cause| Faults::io("read", SPEC, &cause))?;
    let mut files = BTreeMap::new();
    let mut tree = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = tree.next() {
        let (path, input) = match entry {
            Ok(entry) if entry.depth() > 0 && is_hidden(&entry) => {
                if entry.file_type().is_dir() {
                    tree.skip_current_dir();
                }
                continue;
            }
            Ok(entry) if entry.file_type().is_dir() => {
                if !has_ending_of_file(&entry) {
                    continue;
                }
                tree.skip_current_dir();
                (relative(root, entry.path()), Input::Unreadable("it is a folder".to_owned()))
            }
            Ok(entry) => (relative(root, entry.path()), input(entry.path())),
            Err(error) => unreadable_input(root, error),
        };
        if !path.ends_with(".md") {
            files.insert(path, input);
        }
    }
    if files.is_empty() {
        return Err(Faults::new(format_args!("there is no *.yaml file under {SPEC}/")));
    }
    Ok(files)
}

fn input(path: &Path) -> Input {
    fs::read(path).map_or_else(|cause| Input::Unreadable(cause.to_string()), Input::Read)
}

/// The input for something that can't be read, such as a link that leads nowhere.
fn unreadable_input(root: &Path, error: walkdir::Error) -> (String, Input) {
    let path = error.path().map_or_else(|| SPEC.to_owned(), |path| relative(root, path));
    let is_loop = error.loop_ancestor().is_some();
    let cause = io::Error::from(error);
    let reason = match cause.kind() {
        _ if is_loop => "it is a link to a folder around it".to_owned(),
        ErrorKind::NotFound => "it is a link that leads nowhere".to_owned(),
        _ => cause.to_string(),
    };
    (path, Input::Unreadable(reason))
}

/// Whether a folder is called like a file of a service.
fn has_ending_of_file(entry: &DirEntry) -> bool {
    let ending = entry.path().extension();
    ending.is_some_and(|ending| ["yaml", "yml", "json"].iter().any(|known| ending == *known))
}

/// The files that a plan is made against: all of the client's sources, and whatever stands where
/// one of `wanted` is to be.
pub(crate) fn disk<'a>(
    root: &Path,
    wanted: impl IntoIterator<Item = &'a String>,
) -> Result<BTreeMap<String, Vec<u8>>, Faults> {
    let mut found = BTreeMap::new();
    for path in files_under(root, SOURCES)? {
        let bytes = read(root, &path)?;
        found.insert(path, bytes);
    }
    for path in wanted {
        if found.contains_key(path) {
            continue;
        }
        match fs::read(root.join(path)) {
            Ok(bytes) => _ = found.insert(path.clone(), bytes),
            Err(cause) if cause.kind() == ErrorKind::NotFound => {}
            Err(cause) => return Err(Faults::io("replace", path, &cause)),
        }
    }
    Ok(found)
}

/// A file that must be there and be UTF-8.
pub(crate) fn read_text(root: &Path, path: &str) -> Result<String, Faults> {
    text(path, read(root, path)?)
}

fn read(root: &Path, path: &str) -> Result<Vec<u8>, Faults> {
    fs::read(root.join(path)).map_err(|cause| Faults::io("read", path, &cause))
}

fn text(path: &str, bytes: Vec<u8>) -> Result<String, Faults> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let valid = String::from_utf8_lossy(valid);
        let line = valid.matches('\n').count() + 1;
        let column = valid.chars().rev().take_while(|c| *c != '\n').count() + 1;
        Faults::new(format_args!("{path}:{line}:{column}: this is not UTF-8; save the file as UTF-8"))
    })
}

/// All files under `folder`, sorted; hidden ones belong to editors and are passed over.
fn files_under(root: &Path, folder: &str) -> Result<Vec<String>, Faults> {
    let mut files = Vec::new();
    let tree = WalkDir::new(root.join(folder)).follow_links(true).sort_by_file_name();
    for entry in tree.into_iter().filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry)) {
        let entry = entry.map_err(|error| unreadable(root, folder, error))?;
        if entry.file_type().is_file() {
            files.push(relative(root, entry.path()));
        }
    }
    Ok(files)
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn unreadable(root: &Path, folder: &str, error: walkdir::Error) -> Faults {
    let path = error.path().map_or_else(|| folder.to_owned(), |path| relative(root, path));
    Faults::io("read", path, &error.into())
}

/// The path as it is printed and as the generator knows it.
fn relative(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    #[test]
    fn files_are_found_at_any_depth_and_sorted() {
        let folder = folder(&[
            ("spec/b/openapi.yaml", b"b"),
            ("spec/a/openapi.yaml", b"a"),
            ("spec/a/deep/er.yaml", b"d"),
            ("spec/a/.oauth.yaml", b"an editor's"),
            ("spec/a/latin.yml", b"\xe9"),
            ("spec/README.md", b"\xff"),
        ]);
        let read = spec(folder.path()).unwrap();
        let paths: Vec<_> = read.keys().map(String::as_str).collect();
        assert_eq!(
            paths,
            ["spec/a/deep/er.yaml", "spec/a/latin.yml", "spec/a/openapi.yaml", "spec/b/openapi.yaml"]
        );
        assert_eq!(read["spec/a/latin.yml"], Input::Read(b"\xe9".to_vec()));
    }

    #[test]
    fn a_missing_and_an_empty_spec_folder_are_faults() {
        let missing = spec(folder(&[]).path()).unwrap_err().to_string();
        assert!(missing.starts_with("error: cannot read spec: "), "{missing}");
        let empty = spec(folder(&[("spec/README.md", b"")]).path()).unwrap_err().to_string();
        assert_eq!(empty, "error: there is no *.yaml file under spec/\n");
    }

    #[cfg(unix)]
    #[test]
    fn what_can_not_be_read_is_found_with_the_rest() {
        let folder = folder(&[("spec/a/openapi.yaml", b"a"), ("spec/a/oauth.yaml/deep", b"")]);
        let link = |target: &str, name: &str| std::os::unix::fs::symlink(target, folder.path().join(name));
        link("nowhere.yaml", "spec/a/gone.yaml").unwrap();
        link("..", "spec/a/round").unwrap();
        let found = spec(folder.path()).unwrap();
        let unreadable = |reason: &str| Input::Unreadable(reason.to_owned());
        let expected = [
            ("spec/a/gone.yaml", unreadable("it is a link that leads nowhere")),
            ("spec/a/oauth.yaml", unreadable("it is a folder")),
            ("spec/a/openapi.yaml", Input::Read(b"a".to_vec())),
            ("spec/a/round", unreadable("it is a link to a folder around it")),
        ];
        assert_eq!(found, expected.map(|(path, input)| (path.to_owned(), input)).into());
    }

    #[test]
    fn the_disk_holds_the_sources_and_what_is_wanted_elsewhere() {
        let folder = folder(&[
            ("generated-client/src/lib.rs", b"lib"),
            ("generated-client/Cargo.toml", b"manifest"),
            ("generated-client/README.md", b"not asked for"),
        ]);
        let wanted = ["generated-client/Cargo.toml", "generated-client/src/new.rs"];
        let found = disk(folder.path(), &wanted.map(str::to_owned)).unwrap();
        let paths: Vec<_> = found.keys().map(String::as_str).collect();
        assert_eq!(paths, ["generated-client/Cargo.toml", "generated-client/src/lib.rs"]);
    }

    #[test]
    fn a_folder_in_the_place_of_a_file_is_a_fault() {
        let folder = folder(&[("generated-client/src/a/oauth.rs/x", b"")]);
        let wanted = ["generated-client/src/a/oauth.rs".to_owned()];
        let message = disk(folder.path(), &wanted).unwrap_err().to_string();
        assert!(message.starts_with("error: cannot replace generated-client/src/a/oauth.rs: "), "{message}");
    }
}
