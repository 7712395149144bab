//! Reads the folders that tests are made of.

#![allow(dead_code, reason = "each test program uses a part of it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Texts by their path, with `/` between its parts.
pub(crate) type Files = BTreeMap<String, String>;

/// The folder of this package.
pub(crate) fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The names in a folder, sorted, without hidden ones; none if there is no such folder.
pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

/// The texts of all files below a folder, by their paths with `prefix` before them.
pub(crate) fn read(folder: &Path, prefix: &str) -> Files {
    let text = |(path, bytes): (String, Vec<u8>)| (path, String::from_utf8_lossy(&bytes).into_owned());
    bytes(folder, prefix).into_iter().map(text).collect()
}

/// All files below a folder, by their paths with `prefix` before them.
pub(crate) fn bytes(folder: &Path, prefix: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for name in names_in(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            files.extend(bytes(&path, &format!("{prefix}{name}/")));
        } else {
            let read = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            files.insert(format!("{prefix}{name}"), read);
        }
    }
    files
}

/// The specs that the client is made from.
pub(crate) fn real_inputs() -> Files {
    let mut inputs = read(&package().join("../spec"), "spec/");
    inputs.retain(|path, _| path.ends_with(".yaml"));
    inputs
}
