//! The page that shows the table of changes.

use std::fmt::Write;

use super::table::{ROWS, Row};
use super::verdict::Bump;

/// The page, with a line for each row.
#[must_use]
pub fn review() -> String {
    let mut page = HEAD.to_owned();
    for row in ROWS {
        let Row { id, when, meaning, rust, wire, .. } = row;
        let when = if when.name().is_empty() { String::new() } else { format!(" ({})", when.name()) };
        let kinds: Vec<&str> = row.kinds.iter().map(|kind| kind.name()).collect();
        _ = writeln!(
            page,
            "| `{id}` | {} | {meaning}{when} | {} | {} | {} |",
            kinds.join(", "),
            rust.name(),
            wire.name(),
            Bump::of(*rust, *wire).name()
        );
    }
    page
}

const HEAD: &str = "\
# What `cargo xtask diff` reports

Each change of the API that a change of the spec makes is a finding, with two verdicts. The first is for callers of the
Rust API: `breaking` (a program that compiled may not compile any more), `additive`, `deprecated` (the compiler warns),
`documentation` or `unchanged`. The second says what happens on the wire, which no compiler tells. The bump is the least part of the version that the change
raises. Where several rows fit a change, the first holds.

This page is written from `src/compare/table.rs`; `UPDATE_SNAPSHOTS=1 cargo test -p generator --test pages` brings it up to
date. `tests/cases/review/` has a case of each row.

| finding | of | what happened | callers | on the wire | bump |
| --- | --- | --- | --- | --- | --- |
";
