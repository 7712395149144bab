//! The cases of the review: `cases/review/<row>/after/` has the files of the spec that differ from `cases/review/base/`,
//! `before/` those that the case has in place of the base.

use std::path::{Path, PathBuf};

use crate::folders::{Files, package, read};

/// The spec that the cases change.
pub(crate) const BASE: &str = "base";

/// The folder of a case.
pub(crate) fn folder(name: &str) -> PathBuf {
    package().join("tests/cases/review").join(name)
}

/// The spec of a case before its change, or after it.
pub(crate) fn version(folder: &Path, side: &str) -> Files {
    let mut files = spec(&folder.with_file_name(BASE));
    files.extend(spec(&folder.join("before")));
    if side == "after" {
        for (path, text) in spec(&folder.join("after")) {
            // An empty file stands for one that is gone.
            if text.is_empty() {
                files.remove(&path)
            } else {
                files.insert(path, text)
            };
        }
    }
    files
}

fn spec(folder: &Path) -> Files {
    let mut files = read(folder, "spec/");
    files.retain(|path, _| path.ends_with(".yaml"));
    files
}
