//! Any bytes are edits of documents.

#![no_main]

#[path = "../mutants/mod.rs"]
mod mutants;

use std::path::Path;
use std::sync::LazyLock;

use mutants::{Original, judge, mutant, originals};

static ORIGINALS: LazyLock<Vec<Original>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    originals(&root).unwrap()
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let (name, files) = mutant(&ORIGINALS, data);
    if let Err(reason) = judge(&files) {
        panic!("an edit of {name}: {reason}");
    }
});
