//! The pages that show what the generator does, written from the tables that it works by. A test keeps the files up to
//! date.

use std::fmt::Write;

use crate::openapi::extension::EXTENSIONS;
use crate::openapi::grammar::REFUSED_OBJECTS;
use crate::openapi::kind::{Effect, KeyRule, ObjectKind, is_extension};
use crate::rules::{self, Class, DRIFTS, LINTS, Rule};

/// The page about faults: each rule with its meaning and what mends it.
#[must_use]
pub fn faults() -> String {
    with_rules(FAULTS, rules::all(), |rule| if rule.class == Class::Curation { " yes |" } else { " |" })
}

/// The page about quality: each rule of `cargo xtask lint` with its meaning and what mends it.
#[must_use]
pub fn lints() -> String {
    with_rules(LINT, LINTS, |_| "")
}

/// The page about differences: each kind that `cargo xtask drift` reports, with its meaning and what mends it.
#[must_use]
pub fn drifts() -> String {
    with_rules(DRIFT, DRIFTS, |_| "")
}

/// A page that ends with a table of rules. `last` gives the cells behind those that all tables have.
fn with_rules(
    head: &str,
    rules: impl IntoIterator<Item = &'static Rule>,
    last: impl Fn(&Rule) -> &'static str,
) -> String {
    let mut page = head.to_owned();
    for rule in rules {
        let Rule { id, meaning, help, .. } = rule;
        _ = writeln!(page, "| `{id}` | {meaning} | {help} |{}", last(rule));
    }
    page
}

const DRIFT: &str = "\
# What `cargo xtask drift` reports

These are the differences between the spec of a service and the vendor's own document. `spec/<service>/differences.yaml`
accepts a difference with a reason, by its kind and its place: `member-only-in-spec: [User.modifiedTime]`. A place is the name
of a schema and a member of it, or the ID of an operation and a part of it, as the help of the finding shows it; `*` stands
for any text. `tests/cases/drift/` has an example of each.

This page is written from `src/rules/drifts.rs`; `UPDATE_SNAPSHOTS=1 cargo test -p generator --test pages` brings it up to date.

| kind | what is found | what mends it |
| --- | --- | --- |
";

const LINT: &str = "\
# What `cargo xtask lint` reports

These are rules of quality: what a reviewer of a spec would ask for, beyond what `cargo xtask regen` demands. Code is
generated all the same. The ids stay as they are. `tests/cases/lint/` has an example of each.

Where a rule doesn't apply, `x-lint-allow` says why. It stands on the object that the finding is about or on one around it,
and holds for all that is in it; at the top of `openapi.yaml` it holds for the whole service.

This page is written from `src/rules/lints.rs`; `UPDATE_SNAPSHOTS=1 cargo test -p generator --test pages` brings it up to date.

| rule | what is found | what mends it |
| --- | --- | --- |
";

const FAULTS: &str = "\
# What `cargo xtask regen` reports

A fault names the rule that is broken, as in `error[missing-reference]`, the place, and what to write instead. The ids stay
as they are, so that programs can tell faults apart; `cargo xtask regen --format json` prints them for programs, and
`--format github` as annotations of a pull request. `tests/cases/err/` has an example of each.

This page is written from `src/rules/`; `UPDATE_SNAPSHOTS=1 cargo test -p generator --test pages` brings it up to date.

A rule of curation asks for what makes a client good, not for what makes it possible. In a service with `x-imported: true`
it gives no fault but an open finding, until the file has `x-curated: true`.

| rule | what is wrong | what mends it | curation |
| --- | --- | --- | --- |
";

/// The page about OpenAPI: each key of each object, with what becomes of it.
#[must_use]
pub fn openapi() -> String {
    let mut page = OPENAPI.to_owned();
    for kind in ObjectKind::ALL {
        let grammar = kind.grammar();
        _ = write!(page, "\n## {}\n\n", title(grammar.name));
        if grammar.is_referable {
            page.push_str("A `$ref` can stand in its place.\n\n");
        }
        if grammar.others.is_some() {
            page.push_str("The author of the spec chooses the keys; all of them are used.\n");
        }
        if !grammar.keys.is_empty() {
            page.push_str("| key | what becomes of it | |\n| --- | --- | --- |\n");
        }
        for rule in grammar.keys.iter().filter(|rule| !is_extension(rule.key)) {
            page.push_str(&row(rule));
        }
    }
    page.push_str(REFUSED);
    for (name, keys, holder) in REFUSED_OBJECTS {
        let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
        _ = writeln!(page, "| {name} | {} | `{holder}` |", keys.join(", "));
    }
    page.push_str(EXTENSIONS_HEAD);
    for extension in EXTENSIONS {
        _ = writeln!(page, "| `{}` | {} |", extension.key, extension.home.in_words());
    }
    page
}

const OPENAPI: &str = "\
# What becomes of each key of OpenAPI 3.0.3

This page is written from the tables in `src/openapi/`, by which the generator works;
`UPDATE_SNAPSHOTS=1 cargo test -p generator --test pages` brings it up to date. A key is

- **generated**: it decides a part of the generated code;
- **checked**: it changes no code, but a value that doesn't fit the rest of the spec is a fault;
- **kept**: it is for those who read the spec, and for other tools, which get it from `cargo xtask bundle`;
- **refused**: it is the fault `unsupported-key`;
- **unused**: it is the fault `unused-key`, which in an imported service is an open finding: nothing comes of the key.

Any other key is the fault `unknown-key`. An object that has a bold key **must** have it.
";

const REFUSED: &str = "
## Objects that are refused as a whole

| object | keys | refused with the key |
| --- | --- | --- |
";

const EXTENSIONS_HEAD: &str = "
## Extensions

All of them are used; `spec/README.md` describes them.

| extension | where it stands |
| --- | --- |
";

fn row(rule: &KeyRule) -> String {
    let key = format!("`{}`", rule.key);
    let key = if rule.is_required { format!("**{key}**") } else { key };
    let (effect, text) = match rule.effect {
        Effect::Generated(what) => ("generated", what),
        Effect::Checked(against) => ("checked", against),
        Effect::Kept(why) => ("kept", why),
        Effect::Refused(instead) if rule.is_tolerated => ("unused", instead),
        Effect::Refused(instead) => ("refused", instead),
    };
    format!("| {key} | {effect} | {text} |\n")
}

/// A name as a heading: `a media type` is `Media type`.
fn title(name: &str) -> String {
    let name = name.trim_start_matches("an ").trim_start_matches("a ");
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
