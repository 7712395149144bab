//! The task `regen`: reads everything, generates, compares, and only then writes or shows.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

use crate::block::SERVICES;
use crate::fault::Faults;
use crate::features::{self, MANIFEST};
use crate::plan::Plan;
use crate::{diff, tree, write};

/// What to print when a task came to its end.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Report {
    pub(crate) text: String,
    /// Why the task fails although it came to its end; empty if it succeeds.
    pub(crate) complaint: String,
}

impl Report {
    /// All is well.
    pub(crate) fn of(text: String) -> Self {
        Self { text, complaint: String::new() }
    }
}

/// Brings the generated files up to date.
pub(crate) fn regen(root: &Path) -> Result<Report, Faults> {
    let started = Instant::now();
    let (plan, made) = prepare(root)?;
    write::apply(root, &plan)?;
    let mut text = String::new();
    for change in &plan.changes {
        _ = writeln!(text, "{}  {}", change.verb(), change.path);
    }
    let written = plan.changes.iter().filter(|change| change.new.is_some()).count();
    let removed = plan.changes.len() - written;
    _ = writeln!(
        text,
        "{made}: {} written, {} unchanged, {removed} removed ({:.2} s)",
        counted(written, "file"),
        plan.unchanged,
        started.elapsed().as_secs_f64()
    );
    Ok(Report::of(text))
}

/// Shows what `regen` would change.
pub(crate) fn check(root: &Path) -> Result<Report, Faults> {
    let started = Instant::now();
    let (plan, made) = prepare(root)?;
    let seconds = started.elapsed().as_secs_f64();
    if plan.changes.is_empty() {
        let all = counted(plan.unchanged, "file");
        return Ok(Report::of(format!("{made}: {all} up to date ({seconds:.2} s)\n")));
    }
    Ok(Report {
        text: diff::unified(&plan),
        complaint: format!(
            "{made}: {} out of date, {} up to date ({seconds:.2} s)\n\
             the checked-in code is not what the spec gives; run `cargo xtask regen` and commit \
             what it writes\n",
            counted(plan.changes.len(), "file"),
            plan.unchanged
        ),
    })
}

/// Everything that can go wrong before the first write, and the beginning of the summary.
fn prepare(root: &Path) -> Result<(Plan, String), Faults> {
    let prepared = || {
        let generated =
            generator::generate(&tree::spec(root)?).map_err(|faults| Faults::verbatim(faults.to_string()))?;
        let made = format!(
            "{}, {} in {}",
            counted(generated.counts.operations, "operation"),
            counted(generated.counts.types, "type"),
            counted(generated.counts.groups, "group")
        );
        let files = generated.files.iter();
        let mut wanted: BTreeMap<_, _> =
            files.map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        let manifest = features::splice(&tree::read_text(root, MANIFEST)?, &generated.features)?;
        wanted.insert(MANIFEST.to_owned(), manifest);
        let library = SERVICES.splice(&tree::read_text(root, SERVICES.file)?, &generated.services)?;
        wanted.insert(SERVICES.file.to_owned(), library);
        let disk = tree::disk(root, wanted.keys())?;
        Ok((Plan::new(disk, wanted)?, made))
    };
    prepared().map_err(|faults: Faults| faults.and("nothing was written"))
}

/// `1 file`, `2 files`
pub(crate) fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
