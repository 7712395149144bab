//! How the generator's work grows with documents of one pattern, such as a chain of references. Each run is a process of
//! its own, because only a process knows its processor time.

use std::ffi::OsString;
use std::path::Path;

#[path = "../../../generator/tests/patterns/mod.rs"]
mod documents;

use documents::{PATTERNS, Pattern};

use super::generate::Program;
use super::{folder, measure, say, scratch, table};
use crate::fault::Faults;
use crate::regen::{Report, counted};

/// Measures each pattern with documents of these sizes.
pub(super) fn measure_all(root: &Path, sizes: &[usize]) -> Result<Report, Faults> {
    let _held = scratch::lock(&folder(root))?;
    let program = Program::build(root, false)?;
    let mut rows = Vec::new();
    for pattern in PATTERNS {
        say(pattern.name);
        let mut row = table::Row { name: pattern.name, seconds: Vec::new(), outcome: String::new() };
        for size in sizes {
            let outcome = folder(root).join("outcome");
            let arguments: [OsString; 5] = [
                "bench".into(),
                "pattern".into(),
                pattern.name.into(),
                size.to_string().into(),
                outcome.clone().into(),
            ];
            row.seconds.push(measure::process(program.path(), arguments, &folder(root))?.user);
            row.outcome = scratch::read(&outcome)?;
        }
        rows.push(row);
    }
    Ok(Report::of(table::patterns(sizes, &rows)))
}

/// The process: generates from documents of the pattern, and writes what became of them to a file.
pub(super) fn once(name: &str, size: usize, outcome: &Path) -> Result<Report, Faults> {
    let pattern: Option<&Pattern> = PATTERNS.iter().find(|pattern| pattern.name == name);
    let pattern = pattern.ok_or_else(|| Faults::new(format_args!("there is no pattern `{name}`")))?;
    let text = match generator::generate(&pattern.documents(size)) {
        Ok(output) => counted(output.files.iter().map(|(_, text)| text.lines().count()).sum(), "line"),
        Err(faults) => {
            let rules: Vec<&str> = faults.iter().map(|fault| fault.rule).collect();
            rules.join(", ")
        }
    };
    scratch::write(outcome, &text)?;
    Ok(Report::default())
}
