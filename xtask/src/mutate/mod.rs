//! The task `mutate`: edits the cases of the generator and the repository's specs at random, and counts what the generator
//! says of the results. Optionally it compiles what was generated from those that it accepted.
//!
//! - `sources`: the random numbers;
//! - `code`: the generated code, as far as the compiler sees a difference;
//! - `compile`: crates of many mutants.

mod code;
mod compile;
#[path = "../../../generator/fuzz/mutants/mod.rs"]
mod mutants;
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use code::Code;
use mutants::{Files, Original, judge, mutant, originals};

use crate::bench::scratch;
use crate::cli::Mutating;
use crate::fault::Faults;
use crate::regen::Report;

/// How many mutants are made between two lines of progress.
const STEP: u64 = 1000;

/// What became of the mutants.
#[derive(Debug, Default)]
struct Counts {
    accepted: u64,
    refused: u64,
    /// The generated code that differs for the compiler, each once, with the seed of the mutant.
    distinct: Vec<(u64, Code)>,
    /// The hashes of the code in `distinct`, and of the code of the originals, which other tests compile.
    known: BTreeSet<u64>,
    /// The seed of each mutant that shows a defect of the generator, and what happened.
    failures: Vec<(u64, String)>,
}

/// Runs the task.
pub(crate) fn run(root: &Path, mutating: &Mutating) -> Result<Report, Faults> {
    let originals = originals(root).map_err(|cause| Faults::io("read", root.display(), &cause))?;
    let folder = root.join("target/mutants");
    scratch::remove(&folder.join("failed"))?;
    let counts = count(&originals, mutating);
    for (seed, failure) in &counts.failures {
        keep(&folder, *seed, &mutant(&originals, &sources::bytes(*seed)).1, failure)?;
    }
    let mut text = format!(
        "{} mutants: {} accepted, {} refused, {} failed; {} differ in more than comments\n",
        mutating.count,
        counts.accepted,
        counts.refused,
        counts.failures.len(),
        counts.distinct.len()
    );
    let mut complaint = complaint_of(&counts.failures, &folder);
    if mutating.compile {
        let refused = compile::all(root, &folder, &counts.distinct)?;
        text.push_str(&format!("{} compiled, {} don't compile\n", counts.distinct.len(), refused.len()));
        for (seed, errors) in &refused {
            keep(&folder, *seed, &mutant(&originals, &sources::bytes(*seed)).1, errors)?;
        }
        complaint.push_str(&complaint_of(&refused, &folder));
    }
    Ok(Report { text, complaint })
}

fn count(originals: &[Original], mutating: &Mutating) -> Counts {
    let mut counts = Counts::default();
    // Each failure is reported in the end; the messages of panics in between would hide the progress.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let code = |files: &Files| match panic::catch_unwind(AssertUnwindSafe(|| judge(files))) {
        Ok(judged) => judged.map(|output| output.map(Code::new)),
        Err(_) => Err("the generator panicked".to_owned()),
    };
    let generated: BTreeMap<&str, Code> = originals
        .iter()
        .filter_map(|original| Some((original.name.as_str(), code(&original.files).ok()??)))
        .collect();
    counts.known.extend(generated.values().map(Code::hash));
    for seed in mutating.seed..mutating.seed.saturating_add(mutating.count) {
        let (name, files) = mutant(originals, &sources::bytes(seed));
        match code(&files) {
            Ok(Some(code)) => counts.accept(seed, code, generated.get(name)),
            Ok(None) => counts.refused += 1,
            Err(fault) => counts.failures.push((seed, fault)),
        }
        if (seed - mutating.seed + 1).is_multiple_of(STEP) {
            say(&format!(
                "{} accepted, {} refused, {} failed",
                counts.accepted,
                counts.refused,
                counts.failures.len()
            ));
        }
    }
    panic::set_hook(hook);
    counts
}

impl Counts {
    fn accept(&mut self, seed: u64, mut code: Code, original: Option<&Code>) {
        self.accepted += 1;
        if self.known.insert(code.hash()) {
            if let Some(original) = original {
                code.reduce(original);
            }
            self.distinct.push((seed, code));
        }
    }
}

/// Writes a mutant that shows a defect, and what it shows.
fn keep(folder: &Path, seed: u64, files: &Files, failure: &str) -> Result<(), Faults> {
    let folder = failed(folder, seed);
    for (path, bytes) in files {
        scratch::write(&folder.join(path), bytes)?;
    }
    scratch::write(&folder.join("failure.txt"), failure)
}

fn failed(folder: &Path, seed: u64) -> PathBuf {
    folder.join(format!("failed/{seed}"))
}

fn complaint_of(failures: &[(u64, String)], folder: &Path) -> String {
    let lines = failures.iter().map(|(seed, failure)| {
        format!(
            "error: {}: {}\n",
            failed(folder, *seed).display(),
            failure.lines().next().unwrap_or_default()
        )
    });
    lines.collect()
}

/// Prints the progress; it does not matter whether anybody can read it.
fn say(what: &str) {
    _ = writeln!(std::io::stderr(), "{what}");
}
