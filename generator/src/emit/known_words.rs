//! The words of a service that may be printed when they stand in what its server sent: the names in its spec, and the
//! words of its error codes and error texts.

use std::collections::BTreeSet;

use super::text::INDENT;
use crate::model::{Api, Definition, ErrorResponse, Placement, Schema};
use serde_json::Value;

/// How long a line may be.
const WIDTH: usize = 110;

/// The open enum of the codes of errors.
const ERROR_CODES: &str = "ErrorCode";

/// The constant with the words. Each letter begins a line, so that a new word moves no word of another letter.
pub(super) fn declaration(api: &Api) -> String {
    let mut text = String::from(
        "/// The names in the spec and the words of error texts. They may be printed where a server's text contains them.\n\
         #[doc(hidden)]\npub const KNOWN_WORDS: &str = \"\n",
    );
    let mut line = String::new();
    for word in words(api) {
        if !line.is_empty() && (head(&line) != head(&word) || line.len() + word.len() >= WIDTH) {
            text.push_str(&format!("{INDENT}{line}\n"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    if !line.is_empty() {
        text.push_str(&format!("{INDENT}{line}\n"));
    }
    text.push_str("\";\n");
    text
}

/// The first letter in lower case.
fn head(text: &str) -> Option<char> {
    text.chars().next().map(|first| first.to_ascii_lowercase())
}

/// All words, sorted without regard to case. A single letter says nothing, and any random text has some.
fn words(api: &Api) -> Vec<String> {
    let mut words: BTreeSet<(String, String)> = BTreeSet::new();
    let mut add = |word: &str| {
        if word.len() > 1 && is_printable(word) {
            words.insert((word.to_lowercase(), word.to_owned()));
        }
    };
    for scheme in &api.schemes {
        if let Placement::Header(name) | Placement::Query(name) = &scheme.placement {
            add(name);
        }
    }
    for operation in api.operations() {
        operation.parameters.iter().for_each(|parameter| add(&parameter.name));
        operation.errors.iter().flat_map(error_words).for_each(|word| add(&word));
    }
    api.schemas.values().flat_map(member_names).for_each(&mut add);
    for code in api.schemas.values().flat_map(error_codes) {
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
    values.iter().map(|value| value.value.as_str())
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
