//! Completions: scripts for shells, and what they ask for.

use clap::ValueEnum;
use generated_client::runtime::Shape;

use crate::Outcome;
use crate::arguments;
use crate::catalog::{self, Service};
use crate::cli::{self, Shell};
use crate::output;

pub(crate) fn script(shell: Shell) -> Outcome {
    output::print(match shell {
        Shell::Bash => include_str!("shells/authctl.bash"),
        Shell::Zsh => include_str!("shells/authctl.zsh"),
        Shell::Fish => include_str!("shells/authctl.fish"),
    })
}

/// Prints what the last of the words may become, one a line.
pub(crate) fn run(words: &[String]) -> Outcome {
    let Some((current, before)) = words.split_last() else { return Ok(()) };
    let mut found: String = candidates(before, current)
        .into_iter()
        .filter(|candidate| candidate.starts_with(current.as_str()))
        .collect::<Vec<_>>()
        .join("\n");
    if !found.is_empty() {
        found.push('\n');
    }
    output::print(&found)
}

fn candidates(before: &[String], current: &str) -> Vec<String> {
    let cli = cli::command();
    let Some((name, rest)) = before.split_first() else {
        let shown = cli.get_subcommands().filter(|command| !command.is_hide_set());
        return shown.map(|command| command.get_name().to_owned()).collect();
    };
    let Some(command) = cli.find_subcommand(name) else { return Vec::new() };
    if current.starts_with('-') {
        return options(command);
    }
    let given = positional(command, rest);
    let service = given.first().and_then(|name| catalog::service(name));
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    match (name.as_str(), given.as_slice(), service) {
        ("list" | "describe" | "call", [], _) => owned(catalog::names()),
        ("completions", [], _) => shells(),
        ("list", [_], Some(service)) => owned(catalog::groups(service)),
        ("describe" | "call", [_], Some(service)) => {
            owned((service.operations)().iter().map(|info| info.spec.id).collect())
        }
        ("call", [_, id, ..], Some(service)) => arguments_of(service, id, current),
        _ => Vec::new(),
    }
}

fn shells() -> Vec<String> {
    let named = Shell::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    named.map(|value| value.get_name().to_owned()).collect()
}

fn options(command: &clap::Command) -> Vec<String> {
    command.get_opts().filter_map(|option| Some(format!("--{}", option.get_long()?))).collect()
}

/// The words that are neither options nor their values.
fn positional<'a>(command: &clap::Command, words: &'a [String]) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.strip_prefix("--") {
            Some(name) => {
                let mut options = command.get_opts();
                let option = options.find(|option| option.get_long() == Some(name));
                if option.is_some_and(|option| option.get_action().takes_values()) {
                    words.next();
                }
            }
            None => found.push(word.as_str()),
        }
    }
    found
}

/// The names of arguments; once a name is there, the values that the argument may have.
fn arguments_of(service: Service, id: &str, current: &str) -> Vec<String> {
    let Ok(info) = catalog::find(service, id) else { return Vec::new() };
    match current.split_once('=') {
        None => arguments::names(info).iter().map(|name| format!("{name}=")).collect(),
        Some((name, _)) => {
            let values = arguments::shape(info, name).map(|shape| known(&shape)).unwrap_or_default();
            values.iter().map(|value| format!("{name}={value}")).collect()
        }
    }
}

fn known(shape: &Shape) -> Vec<&'static str> {
    match shape {
        Shape::Boolean => vec!["true", "false"],
        Shape::Enum(of) => of.values.to_vec(),
        Shape::List(inner) | Shape::Secret(inner) | Shape::Nullable(inner) => known(inner),
        _ => Vec::new(),
    }
}
