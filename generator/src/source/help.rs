//! What mends a text that isn't YAML.

/// What mends a text that isn't YAML, by what the parser says of it.
const HELP: &[(&str, &str)] = &[
    (
        "recursion limit",
        "give the inner part a name under `components` and use a `$ref`, or shorten the example",
    ),
    ("Unicode character escape", "write the character itself, or the code of one: half of a pair is none"),
    ("escape", "put the value in single quotes, or write each backslash twice"),
    ("unexpected character", "put the value in quotes"),
    ("unknown anchor", "put the value in quotes, because a `*` at its start means an alias"),
    (
        "invalid trailing content",
        "put the whole value in quotes; between single quotes, a quote is written twice: `''`",
    ),
    (
        "mapping values are not allowed",
        "put the value in quotes if it has a colon, or else look at the indentation",
    ),
    ("simple key expect ':'", "write `key: value`, with a blank after the colon"),
    ("valid YAML whitespace", "write a blank after the colon"),
];

pub(super) fn help_for(info: &str) -> &'static str {
    let known = HELP.iter().find(|(words, _)| info.contains(words));
    let otherwise = "look at the indentation, quotes, brackets and colons of this line and of the one above";
    known.map_or(otherwise, |(_, help)| help)
}
