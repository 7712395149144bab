//! One edit of a document.

use super::Files;

/// How many bytes decide an edit.
pub(super) const BYTES: usize = 7;

/// What keys are replaced with.
const KEYS: &[&str] = &[
    "type",
    "format",
    "enum",
    "properties",
    "items",
    "required",
    "additionalProperties",
    "allOf",
    "oneOf",
    "nullable",
    "default",
    "example",
    "$ref",
    "pattern",
    "minLength",
    "maximum",
    "x-open-enum",
    "x-sensitive",
    "x-json-text",
    "description",
    "deprecated",
    "readOnly",
    "in",
    "name",
    "schema",
    "content",
    "headers",
    "parameters",
    "security",
    "get",
    "200",
    "404",
    "default",
    "paths",
    "components",
    "x-retry",
    "operationId",
    "tags",
    "title",
    "Self",
    "type_",
];

/// What values are replaced with.
const VALUES: &[&str] = &[
    "null",
    "{}",
    "[]",
    "[{}]",
    "-7",
    "''",
    "true",
    "false",
    "1.5",
    "string",
    "integer",
    "number",
    "boolean",
    "array",
    "object",
    "int32",
    "date-time",
    "[string]",
    "[a, a]",
    "query",
    "header",
    "path",
    "deepObject",
    "'200'",
    "fn",
    "{type: string}",
    "{type: object}",
    "{type: array, items: {type: integer, format: int64}}",
    "{type: object, properties: {}}",
    "{type: object, additionalProperties: true}",
    "{type: object, additionalProperties: {type: boolean}}",
    "{allOf: [{type: string, maxLength: 3}, {type: string, minLength: 2}]}",
    "{allOf: [{type: object}, {type: string}]}",
    "{oneOf: [{type: string}, {type: integer}]}",
    "{type: string, nullable: true}",
    "{type: string, enum: [a, b]}",
    "{type: string, x-open-enum: true, enum: ['', '1', é, Unknown]}",
    "application/json",
    "text/plain",
    "'^(?i)x$'",
    "18446744073709551616",
    "1e400",
    "\"\\0\"",
    "\u{202e}",
    "common.yaml",
    "'#/components/schemas/Nothing'",
    "__",
    "r#type",
];

/// Lines that are put beside others.
const LINES: &[&str] = &[
    "nullable: true",
    "deprecated: true",
    "readOnly: true",
    "writeOnly: true",
    "minLength: 1",
    "maxLength: 5",
    "minimum: 1",
    "maximum: 2",
    "minItems: 1",
    "uniqueItems: true",
    "pattern: ^a$",
    "format: date-time",
    "format: int32",
    "default: a",
    "default: 1",
    "title: A",
    "required: true",
    "required: [name]",
    "additionalProperties: false",
    "additionalProperties: true",
    "additionalProperties: {type: integer}",
    "x-sensitive: true",
    "x-open-enum: true",
    "explode: false",
    "style: deepObject",
    "multipleOf: 2",
    "exclusiveMinimum: true",
    "example: a",
    "security: []",
];

/// Characters that are put into the text.
const CHARACTERS: &[char] = &[
    '\t', '\u{0}', '\u{202e}', '\u{feff}', '"', '\'', '#', '[', '}', ':', '&', '*', '!', '\\', '`', '\r',
    'é', '🦀',
];

/// Applies the edit that the bytes decide.
pub(super) fn apply(files: &mut Files, bytes: &[u8]) {
    let &[file, kind, low, high, other_low, other_high, argument] = bytes else { return };
    let number = |low, high| usize::from(u16::from_le_bytes([low, high]));
    let (at, other) = (number(low, high), number(other_low, other_high));
    let all: Vec<String> = files.values().flat_map(|bytes| lines_of(bytes)).collect();
    let index = usize::from(file) % files.len().max(1);
    let Some(bytes) = files.values_mut().nth(index) else { return };
    let mut lines = lines_of(bytes);
    if lines.is_empty() {
        return;
    }
    let (at, argument) = (at % lines.len(), usize::from(argument));
    change(&mut lines, kind % 17, at, &all, other, argument);
    *bytes = lines.concat().into_bytes();
}

fn lines_of(bytes: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(bytes).split_inclusive('\n').map(str::to_owned).collect()
}

/// Changes the lines from `at` on; `all` are those that something can be copied from, and `other` says which.
fn change(lines: &mut Vec<String>, kind: u8, at: usize, all: &[String], other: usize, argument: usize) {
    let line = lines.get(at).cloned().unwrap_or_default();
    let end = at + block(lines.get(at..).unwrap_or_default());
    let replace = |lines: &mut Vec<String>, text: String| _ = lines.splice(at..=at, [text]);
    let indentation = indentation_of(&line);
    match kind {
        0 => _ = lines.remove(at),
        1 => lines.insert(at, line),
        2 => replace(lines, format!("  {line}")),
        3 => replace(lines, line.strip_prefix("  ").unwrap_or(&line).to_owned()),
        4 | 5 => {
            let value = pick(VALUES, argument);
            match line.split_once(": ").or_else(|| line.trim_end().rsplit_once(':')) {
                Some((key, _)) => _ = lines.splice(at..end, [format!("{key}: {value}\n")]),
                None => replace(lines, format!("{}- {value}\n", " ".repeat(indentation))),
            }
        }
        6 => {
            let rest = line.split_once(':').map_or("", |(_, rest)| rest);
            replace(lines, format!("{}{}:{rest}", " ".repeat(indentation), pick(KEYS, argument)));
        }
        7 => {
            let next = (at + 1).min(lines.len().saturating_sub(1));
            lines.swap(at, next);
        }
        8 => _ = lines.drain(at..end),
        9 | 10 => {
            let copied = all.get(other % all.len().max(1)..).unwrap_or_default();
            let copied = shifted(copied.get(..block(copied)).unwrap_or_default(), indentation);
            _ = lines.splice(if kind == 9 { at..at } else { at..end }, copied);
        }
        11 => lines.truncate(at),
        12 => {
            let word = all.get(other % all.len().max(1)).and_then(|line| line.split_whitespace().last());
            let old = line.split_whitespace().last().unwrap_or(" ");
            replace(lines, line.replacen(old, word.unwrap_or_default(), 1));
        }
        13..16 => lines.insert(at, format!("{}{}\n", " ".repeat(indentation), pick(LINES, argument))),
        _ => {
            let place = line.char_indices().nth(other % 40).map_or(line.len(), |(place, _)| place);
            let (before, after) = line.split_at(place);
            replace(lines, format!("{before}{}{after}", pick(CHARACTERS, argument)));
        }
    }
}

fn pick<T: Copy + Default>(choices: &[T], index: usize) -> T {
    choices.get(index % choices.len().max(1)).copied().unwrap_or_default()
}

fn indentation_of(line: &str) -> usize {
    line.chars().take_while(|character| *character == ' ').count()
}

/// How many lines belong to the first one: itself, and those below that are indented deeper.
fn block(lines: &[String]) -> usize {
    let Some((first, rest)) = lines.split_first() else { return 0 };
    let depth = indentation_of(first);
    1 + rest.iter().take_while(|line| indentation_of(line) > depth && !line.trim().is_empty()).count()
}

/// The lines with another indentation of the first, and the others moved with it.
fn shifted(lines: &[String], indentation: usize) -> Vec<String> {
    let old = lines.first().map_or(0, |line| indentation_of(line));
    let moved = |line: &String| {
        let depth = (indentation_of(line) + indentation).saturating_sub(old);
        format!("{}{}", " ".repeat(depth), line.trim_start_matches(' '))
    };
    lines.iter().map(moved).collect()
}
