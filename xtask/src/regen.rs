//! The task `regen`: reads everything, generates, compares, and only then writes or shows.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

use generator::Table;

use crate::block::{Block, SERVICES};
use crate::fault::Faults;
use crate::features::{self, MANIFEST};
use crate::findings::{Finding, Findings, Format, Place, of_workspace};
use crate::plan::{Change, Plan};
use crate::{diff, tree, write};

/// What to print when a task came to its end.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Report {
    pub(crate) text: String,
    /// Why the task fails although it came to its end; empty if it succeeds.
    pub(crate) complaint: String,
}

impl Report {
    /// The report of a task that succeeds.
    pub(crate) fn of(text: String) -> Self {
        Self { text, complaint: String::new() }
    }
}

/// Brings the generated files up to date, or shows what that would change.
pub(crate) fn run(root: &Path, only_check: bool, format: Format) -> Result<Report, Faults> {
    let ended = if only_check { check(root, format) } else { regen(root) };
    match ended {
        // A program that reads faults has no use for a summary.
        Ok(report) if format != Format::Text && report.complaint.is_empty() => Ok(Report::default()),
        Ok(report) => Ok(report),
        Err(Stop::Workspace(faults)) if format == Format::Text => Err(faults),
        Err(Stop::Spec(faults)) if format == Format::Text => {
            Err(Faults::verbatim(faults.to_string()).and(NOTHING_WRITTEN))
        }
        Err(Stop::Spec(faults)) => {
            Ok(Report { text: format.print(&(&faults).into()), complaint: format!("{NOTHING_WRITTEN}\n") })
        }
        Err(Stop::Workspace(faults)) => {
            let (findings, complaint) = of_workspace(&faults);
            Ok(Report { text: format.print(&findings), complaint })
        }
    }
}

const NOTHING_WRITTEN: &str = "nothing was written";

/// Why nothing was written, or not everything.
enum Stop {
    /// The spec has faults.
    Spec(generator::fault::Faults),
    /// Something else.
    Workspace(Faults),
}

impl From<Faults> for Stop {
    fn from(faults: Faults) -> Self {
        Self::Workspace(faults)
    }
}

/// A file that isn't what the spec gives.
fn out_of_date(change: &Change) -> Finding {
    Finding {
        rule: "out-of-date".to_owned(),
        message: "the file isn't what the spec gives".to_owned(),
        facts: vec![("help", "run `cargo xtask regen`, and commit what it writes".to_owned())],
        places: vec![Place { label: "", file: change.path.clone(), line: None, column: None }],
        ..Finding::default()
    }
}

fn regen(root: &Path) -> Result<Report, Stop> {
    let started = Instant::now();
    let Prepared { plan, made, open } = prepare(root)?;
    write::apply(root, &plan, "`cargo xtask regen` makes the rest")?;
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
    Ok(Report::of(text + &open))
}

fn check(root: &Path, format: Format) -> Result<Report, Stop> {
    let started = Instant::now();
    let Prepared { plan, made, open } = prepare(root)?;
    let seconds = started.elapsed().as_secs_f64();
    if plan.changes.is_empty() {
        let all = counted(plan.unchanged, "file");
        return Ok(Report::of(format!("{made}: {all} up to date ({seconds:.2} s)\n{open}")));
    }
    Ok(Report {
        text: match format {
            Format::Text => diff::unified(&plan),
            _ => format.print(&Findings {
                findings: plan.changes.iter().map(out_of_date).collect(),
                ..Findings::default()
            }),
        },
        complaint: format!(
            "{made}: {} out of date, {} up to date ({seconds:.2} s)\n\
             the checked-in code is not what the spec gives; run `cargo xtask regen` and commit \
             what it writes\n",
            counted(plan.changes.len(), "file"),
            plan.unchanged
        ),
    })
}

/// What is known before the first write.
struct Prepared {
    plan: Plan,
    /// The beginning of the summary.
    made: String,
    /// How much of each imported service is still to be curated.
    open: String,
}

/// Does everything that can fail before the first write.
fn prepare(root: &Path) -> Result<Prepared, Stop> {
    let nothing = |faults: Faults| Stop::Workspace(faults.and(NOTHING_WRITTEN));
    let spec = tree::spec(root).map_err(nothing)?;
    let generated = generator::generate(&spec).map_err(Stop::Spec)?;
    let made = format!(
        "{}, {} in {}",
        counted(generated.counts.operations, "operation"),
        counted(generated.counts.types, "type"),
        counted(generated.counts.groups, "group")
    );
    let open = generated.open.iter().map(|(service, findings)| {
        format!(
            "{service}: {} of curation open; `cargo xtask lint {service}` lists them\n",
            counted(findings.len(), "finding")
        )
    });
    Ok(Prepared { open: open.collect(), made, plan: plan(root, &generated).map_err(nothing)? })
}

/// What has to change on the disk.
fn plan(root: &Path, generated: &generator::Output) -> Result<Plan, Faults> {
    let files = generated.files.iter();
    let mut wanted: BTreeMap<_, _> = files.map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    let manifest = features::splice(&tree::read_text(root, MANIFEST)?, &generated.features)?;
    wanted.insert(MANIFEST.to_owned(), manifest);
    let library = SERVICES.splice(&tree::read_text(root, SERVICES.file)?, &generated.services)?;
    wanted.insert(SERVICES.file.to_owned(), library);
    for Table { file, name, text } in &generated.tables {
        let page = match wanted.remove(file) {
            Some(page) => page,
            None => tree::read_text(root, file)?,
        };
        let (begin, end) = (format!("<!-- @generated {name} -->"), format!("<!-- @generated {name} end -->"));
        wanted.insert(file.clone(), Block { file, begin: &begin, end: &end }.splice(&page, text)?);
    }
    let disk = tree::disk(root, wanted.keys())?;
    Plan::new(disk, wanted)
}

/// `1 file`, `2 files`
pub(crate) fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
