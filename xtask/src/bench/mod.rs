//! The task `bench`: what generating and compiling cost, against plain progenitor on the same operations.
//!
//! Both sides run in turns, so that any other load on the machine slows both of them down; compare the ratios. Two
//! documents are measured: the repository's own spec, and a synthetic one of the size of a real API.
//!
//! - `case`: a document to measure;
//! - `synthetic`: makes one of any size;
//! - `plain`: lowers a document for plain progenitor, and runs it;
//! - `generate`: both sides from documents to files, process to process;
//! - `patterns`: our side alone, on documents of one pattern;
//! - `crates`: two crates around what was generated;
//! - `compile`: rustc on either;
//! - `measure`: one process;
//! - `lines`: the size of what was generated;
//! - `median`: the arithmetic;
//! - `table`: the result as it is printed;
//! - `scratch`: files under `target/bench/`.

mod case;
mod compile;
mod crates;
mod generate;
mod lines;
mod measure;
mod median;
mod patterns;
mod plain;
pub(crate) mod scratch;
mod synthetic;
mod table;

use std::io::Write;
use std::path::{Path, PathBuf};

use case::Case;
use measure::Usage;
use table::Point;

pub(crate) use measure::as_wrapper;

use crate::cli::{Bench, Measuring};
use crate::fault::Faults;
use crate::regen::{Report, counted};

/// One of the two generators that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Ours,
    Plain,
}

/// Something for each side.
#[derive(Clone, Debug, Default, PartialEq)]
struct Both<T> {
    ours: T,
    plain: T,
}

impl Side {
    /// The name of the side's folder, and of the hidden task that generates it.
    fn name(self) -> &'static str {
        match self {
            Side::Ours => "ours",
            Side::Plain => "plain",
        }
    }
}

impl<T> Both<T> {
    /// Calls the function for each side.
    fn of(mut make: impl FnMut(Side) -> Result<T, Faults>) -> Result<Self, Faults> {
        Ok(Self { ours: make(Side::Ours)?, plain: make(Side::Plain)? })
    }
}

/// Runs the task.
pub(crate) fn run(root: &Path, bench: &Bench) -> Result<Report, Faults> {
    match bench {
        Bench::Generate { measuring, rustfmt } => {
            let program = generate::Program::build(root, *rustfmt)?;
            measure_all(root, measuring, "generating", table::GENERATE, |case| {
                case.write()?;
                medians(case, measuring.runs, |side| program.run(case, side))
            })
        }
        Bench::Compile { measuring, features } => {
            let program = generate::Program::build(root, false)?;
            measure_all(root, measuring, "compiling", table::COMPILE, |case| {
                case.write()?;
                Both::of(|side| program.run(case, side))?;
                crates::write(root, case)?;
                let features = compile::features(case, features.as_deref())?;
                say(&format!("{}: dependencies", case.title));
                Both::of(|side| compile::dependencies(case, side, &features))?;
                medians(case, measuring.runs, |side| compile::once(case, side, &features))
            })
        }
        Bench::Patterns { sizes } => patterns::measure_all(root, sizes),
        Bench::Pattern { name, size, outcome } => patterns::once(name, *size, outcome),
        Bench::Ours { input, output } => generate::ours(input, output),
        Bench::Plain { input, output, rustfmt } => generate::plain(input, output, *rustfmt),
    }
}

/// Where everything is that a benchmark writes.
fn folder(root: &Path) -> PathBuf {
    root.join("target/bench")
}

/// Measures the documents that were asked for, and makes a table of each, or one of how the cost grows.
fn measure_all(
    root: &Path,
    measuring: &Measuring,
    what: &str,
    budgets: [table::Budgets; 2],
    mut measure: impl FnMut(&Case) -> Result<Both<Usage>, Faults>,
) -> Result<Report, Faults> {
    let _held = scratch::lock(&folder(root))?;
    if let Some(sizes) = &measuring.growth {
        let mut points = Vec::new();
        for size in sizes {
            let usage = measure(&Case::synthetic(root, *size)?)?;
            points.push(Point { operations: *size, usage });
        }
        return Ok(Report::of(table::growth(&format!("{what}, as the spec grows"), &points)));
    }
    let mut text = String::new();
    let cases = [Case::own(root)?, Case::synthetic(root, synthetic::OPERATIONS)?];
    for (case, budgets) in cases.iter().zip(budgets) {
        let usage = measure(case)?;
        let lines = Both::of(|side| lines::count(&case.generated(side)))?;
        let title = format!("{what} {}, median of {}", case.title, counted(measuring.runs, "run"));
        text.push_str(&table::ratios(&title, &usage, &lines, budgets));
        text.push('\n');
    }
    Ok(Report::of(text))
}

/// Measures both sides as often as asked for, in turns.
fn medians(
    case: &Case,
    runs: usize,
    mut measure: impl FnMut(Side) -> Result<Usage, Faults>,
) -> Result<Both<Usage>, Faults> {
    let mut all = Both::<Vec<Usage>>::default();
    for run in 1..=runs {
        say(&format!("{}: run {run} of {runs}", case.title));
        let usage = Both::of(&mut measure)?;
        all.ours.push(usage.ours);
        all.plain.push(usage.plain);
    }
    Ok(Both { ours: Usage::median(&all.ours), plain: Usage::median(&all.plain) })
}

/// Prints the progress; it does not matter whether anybody can read it.
fn say(what: &str) {
    _ = writeln!(std::io::stderr(), "{what}");
}
