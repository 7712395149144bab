//! What several tests of the generator need: files as texts by their paths.

#![allow(dead_code, reason = "not every test needs all of it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Texts by their path, with `/` between its parts.
pub(crate) type Files = BTreeMap<String, String>;

/// The folder of the generator's package.
pub(crate) fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The names in a folder, sorted; none if there is no such folder.
pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// All files below a folder, by their path with `prefix` before it.
pub(crate) fn read(folder: &Path, prefix: &str) -> Files {
    let mut files = Files::new();
    for name in names_in(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            files.extend(read(&path, &format!("{prefix}{name}/")));
        } else {
            let text =
                fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            files.insert(format!("{prefix}{name}"), text);
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

/// The generated files.
pub(crate) fn generate(inputs: &Files) -> Files {
    let output = generator::generate(inputs).unwrap_or_else(|faults| panic!("{faults}"));
    output.files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}
