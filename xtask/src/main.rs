//! The project's tasks, run as `cargo xtask <task>`.
//!
//! This is the only program of the workspace that touches the disk. `generator` is a pure function
//! from the texts under `spec/` to the texts of the generated files; this program does the rest:
//!
//! - `cli`: the command line;
//! - `root`: where the repository is;
//! - `tree`: what is on the disk, read before anything is written;
//! - `features`: the generated block in `generated-client/Cargo.toml`;
//! - `plan`: what has to change, as a pure function of the two;
//! - `write`: carries a plan out, each file atomically;
//! - `diff`: shows a plan instead;
//! - `regen`: the task that ties them together;
//! - `findings`: the formats in which a task says what it found;
//! - `cargo`: runs cargo and other programs;
//! - `compare`: the tasks that tell what two versions of the spec make different;
//! - `semver`: the task that compares these with what cargo-semver-checks says;
//! - `bundle`: the task that makes one document of a service, for other tools;
//! - `drift`: the task that compares the spec with the vendor's document;
//! - `import`: the task that makes a service of a public document;
//! - `lint`: the task that looks for what a reviewer of the spec would ask for;
//! - `browser`: the task that drives the example application in Chromium;
//! - `feature_sets`: the task that compiles the client with each feature alone, with none, and with all;
//! - `bench`: the task that measures all of this against plain progenitor;
//! - `mutate`: the task that edits specs at random;
//! - `fault`: the messages when a task cannot go on.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::todo,
        clippy::unreachable,
        clippy::unimplemented
    )
)]

mod bench;
mod block;
mod browser;
mod bundle;
mod cargo;
mod cli;
mod compare;
mod diff;
mod drift;
mod fault;
mod feature_sets;
mod features;
mod findings;
mod import;
mod lint;
mod mutate;
mod plan;
mod regen;
mod root;
mod semver;
mod tree;
mod write;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::cli::{Cli, Task};
use crate::fault::Faults;
use crate::regen::Report;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    if let Some(code) = bench::as_wrapper() {
        return code;
    }
    match run(&Cli::parse()) {
        Ok(report) => print(&report),
        Err(faults) => {
            print_to(io::stderr(), &faults.to_string());
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli) -> Result<Report, Faults> {
    match &cli.task {
        None => Ok(Report::of(Cli::command().render_help().to_string())),
        Some(Task::Regen { check, format }) => {
            let root = root::find(cli.root.as_deref())?;
            regen::run(&root, *check, *format)
        }
        Some(Task::Bundle { service, format, output }) => {
            bundle::run(&root::find(cli.root.as_deref())?, service, *format, output.as_deref())
        }
        Some(Task::Drift { vendor, service, format }) => {
            drift::run(&root::find(cli.root.as_deref())?, vendor, service.as_deref(), *format)
        }
        Some(Task::Import { service, files, all }) => {
            import::run(&root::find(cli.root.as_deref())?, service, files, *all)
        }
        Some(Task::Lint { service, group, format }) => {
            lint::run(&root::find(cli.root.as_deref())?, service.as_deref(), group.as_deref(), *format)
        }
        Some(Task::Diff(comparing)) => compare::diff(&root::find(cli.root.as_deref())?, comparing),
        Some(Task::Changelog { old }) => {
            compare::write_changelog(&root::find(cli.root.as_deref())?, old.as_deref())
        }
        Some(Task::Semver(comparing)) => semver::run(&root::find(cli.root.as_deref())?, comparing),
        Some(Task::Browser { if_available }) => {
            browser::run(&root::find(cli.root.as_deref())?, *if_available)
        }
        Some(Task::Features) => feature_sets::check(&root::find(cli.root.as_deref())?),
        Some(Task::Mutate(mutating)) => mutate::run(&root::find(cli.root.as_deref())?, mutating),
        Some(Task::Bench(bench)) => bench::run(&root::find(cli.root.as_deref())?, bench),
    }
}

fn print(report: &Report) -> ExitCode {
    let printed = print_to(io::stdout(), &report.text) && print_to(io::stderr(), &report.complaint);
    if printed && report.complaint.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints; unlike `println!`, it does not panic if the reader is gone, as in `cargo xtask | head`.
fn print_to(mut stream: impl Write, text: &str) -> bool {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Ok(()) => true,
        Err(error) => error.kind() == ErrorKind::BrokenPipe,
    }
}
