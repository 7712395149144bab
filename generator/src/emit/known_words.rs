//! The words of a service that may be printed when they stand in what its server sent: the names in its spec, and the
//! words of its error codes and error texts.

use std::collections::BTreeSet;

use super::text::INDENT;
use crate::model::{Api, COMMON, Component, Definition, ErrorResponse, Placement, Schema};
use crate::names::ERROR_CODES;
use serde_json::Value;

/// How long a line may be.
const WIDTH: usize = 110;

/// The constant of a module with the words of its operations and types. `home` is the stem of its file.
pub(super) fn of_module(api: &Api, home: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in words(api, home) {
        match lines.last_mut().filter(|line| !begins_line(&word) && line.len() + word.len() < WIDTH) {
            Some(line) => line.extend([" ", &word]),
            None => lines.push(word),
        }
    }
    let lines: String = lines.iter().map(|line| format!("{INDENT}{line}\n")).collect();
    format!("pub(super) const KNOWN_WORDS: &str = \"\n{lines}\";\n")
}

/// Whether a word begins a line. Its letters alone decide, about every eighth word does, and so a new word changes no
/// line but its own.
fn begins_line(word: &str) -> bool {
    let sum = word.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    sum % 8 == 0
}

/// The words of the service that aren't those of a group: the names of the headers and query parameters that hold
/// credentials, and the words that groups share.
pub(super) fn of_service(api: &Api, has_common: bool) -> Vec<String> {
    let names = api.schemes.iter().filter_map(|scheme| match &scheme.placement {
        Placement::Header(name) | Placement::Query(name) => Some(format!("{name:?}")),
        _ => None,
    });
    names.chain(has_common.then(|| format!("{COMMON}::KNOWN_WORDS"))).collect()
}

/// The words of a file, sorted without regard to case. A single letter says nothing, and any random text has some.
fn words(api: &Api, home: &str) -> Vec<String> {
    let mut words: BTreeSet<(String, String)> = BTreeSet::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut add = |word: &str| {
        if word.len() > 1 && is_printable(word) {
            words.insert((word.to_lowercase(), word.to_owned()));
        }
    };
    for (group, operation) in
        api.groups.iter().flat_map(|group| group.operations.iter().map(move |it| (group, it)))
    {
        let is_here = |component: Option<&Component>| component.map_or(&group.stem, |it| &it.home) == home;
        let parameters = operation.parameters.iter().filter(|it| is_here(it.component.as_ref()));
        parameters.for_each(|parameter| add(&parameter.name));
        let errors = operation.errors.iter().filter(|it| is_here(it.component.as_ref()));
        let errors = errors.filter(|it| it.component.as_ref().is_none_or(|of| seen.insert(&of.name)));
        errors.flat_map(error_words).for_each(|word| add(&word));
    }
    let schemas = || api.schemas.values().filter(|schema| schema.home == home);
    schemas().flat_map(member_names).for_each(&mut add);
    for code in schemas().flat_map(error_codes) {
        add(code);
        code.split(['-', '_', '.']).filter(|word| is_word(word)).for_each(&mut add);
    }
    let mut sorted: Vec<(String, String)> = words.into_iter().collect();
    sorted.dedup_by(|next, kept| next.0 == kept.0);
    sorted.into_iter().map(|(_, word)| word).collect()
}

/// Whether a word can stand in the constant, between blanks.
fn is_printable(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\'))
}

fn member_names(schema: &Schema) -> impl Iterator<Item = &str> {
    let (members, read_only) = match &schema.definition {
        Definition::Object(object) => (object.members.as_slice(), object.read_only.as_slice()),
        _ => (&[][..], &[][..]),
    };
    members.iter().chain(read_only).map(|member| member.name.as_str())
}

fn error_codes(schema: &Schema) -> impl Iterator<Item = &str> {
    let values = match &schema.definition {
        Definition::Enum { values, .. } if schema.name == ERROR_CODES => values.as_slice(),
        _ => &[],
    };
    values.iter().filter_map(|value| value.value.as_str())
}

/// The codes of an error, and the words of its example that consist of letters alone.
fn error_words(error: &ErrorResponse) -> Vec<String> {
    let mut words = error.codes.clone();
    let mut pending: Vec<&Value> = error.example.iter().collect();
    while let Some(value) = pending.pop() {
        match value {
            Value::String(text) => words.extend(letters(text)),
            Value::Array(items) => pending.extend(items),
            Value::Object(members) => pending.extend(members.values()),
            _ => {}
        }
    }
    words
}

fn letters(text: &str) -> impl Iterator<Item = String> {
    let words = text.split_whitespace().map(|word| word.trim_matches(|c: char| c.is_ascii_punctuation()));
    words.filter(|word| is_word(word)).map(str::to_lowercase)
}

fn is_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphabetic())
}
