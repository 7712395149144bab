//! What the spec says of a value by its keywords, in sentences that stand behind its description.

use serde_json::Value;

use super::text::is_item;
use crate::model::{Direction, Facts, Format, Headers, Member, Parameter, Range, Schema};

/// What is said of anything that callers should move away from.
pub(super) const DEPRECATED: &str = "It is deprecated.";

/// The facts of a member; empty if there is nothing to say.
pub(super) fn of_member(member: &Member) -> String {
    let only = member.only_in.map(|direction| match direction {
        Direction::Request => "Only requests have it.".to_owned(),
        Direction::Response => "Only responses have it.".to_owned(),
    });
    let deprecated = member.deprecated.then(|| DEPRECATED.to_owned());
    joined(sentences(&member.facts).into_iter().chain(only).chain(deprecated))
}

/// The facts of a parameter.
pub(super) fn of_parameter(parameter: &Parameter) -> String {
    let deprecated = parameter.deprecated.then(|| DEPRECATED.to_owned());
    joined(sentences(&parameter.facts).into_iter().chain(deprecated))
}

/// The facts of a schema.
pub(super) fn of_schema(schema: &Schema) -> String {
    let deprecated = schema.deprecated.then(|| DEPRECATED.to_owned());
    joined(sentences(&schema.facts).into_iter().chain(deprecated))
}

/// Which headers a response has, and what holds them; empty if it declares none.
pub(super) fn of_headers(headers: Option<&Headers>) -> String {
    let Some(Headers { type_name, names }) = headers else { return String::new() };
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let named = match names.as_slice() {
        [one] => format!("header {one}"),
        [most @ .., last] => format!("headers {} and {last}", most.join(", ")),
        [] => "headers".to_owned(),
    };
    format!("The response has the {named}, which [`{type_name}`] holds.")
}

/// The text with the facts behind it: in the same paragraph if there is only one and it consists of sentences, or else in
/// a new one.
pub(super) fn behind(text: &str, facts: &str) -> String {
    let text = text.trim_end();
    match facts {
        "" => text.to_owned(),
        _ if text.is_empty() => facts.to_owned(),
        _ if is_paragraph(text) => format!("{text} {facts}"),
        _ => format!("{text}\n\n{facts}"),
    }
}

/// Whether a text is one paragraph of sentences, so that another sentence can follow. It can also be a list, a table or
/// code.
fn is_paragraph(text: &str) -> bool {
    let begins_block =
        |line: &str| line.starts_with(['|', '#', '>', ' ']) || line.starts_with("```") || is_item(line);
    text.ends_with(['.', '!', '?', ')'])
        && !text.lines().any(|line| line.trim().is_empty() || begins_block(line))
}

fn joined(sentences: impl Iterator<Item = String>) -> String {
    sentences.collect::<Vec<_>>().join(" ")
}

fn sentences(facts: &Facts) -> Vec<String> {
    let format = facts.format.as_ref().map(|Format { name, is_of_each }| {
        format!("Format{}: `{name}`.", if *is_of_each { " of each" } else { "" })
    });
    let example = facts.example.as_ref().map(|example| format!("Example: {}.", code(example)));
    let default = facts.default.as_ref().map(|default| format!("The default is {}.", code(default)));
    let bytes = facts.max_bytes.map(|most| format!("The text has at most {most} bytes in UTF-8."));
    [format, example, bounds(facts), counted(&facts.items), bytes, default].into_iter().flatten().collect()
}

/// The range of a number.
fn bounds(facts: &Facts) -> Option<String> {
    let bounds = match (&facts.range.least, &facts.range.most) {
        (None, None) => return None,
        (Some(least), Some(most)) if !facts.is_more && !facts.is_less => format!("from {least} to {most}"),
        (least, most) => {
            let (more, less) = (
                if facts.is_more { "more than" } else { "at least" },
                if facts.is_less { "less than" } else { "at most" },
            );
            let least = least.iter().map(|least| format!("{more} {least}"));
            let most = most.iter().map(|most| format!("{less} {most}"));
            least.chain(most).collect::<Vec<_>>().join(" and ")
        }
    };
    Some(format!("The value is {bounds}."))
}

/// How many items a list has.
fn counted(range: &Range) -> Option<String> {
    let items = |count: &Value| format!("{count} {}", if *count == 1 { "item" } else { "items" });
    match (&range.least, &range.most) {
        (Some(least), Some(most)) if least == most => Some(format!("The list has {}.", items(most))),
        (Some(least), Some(most)) => Some(format!("The list has {least} to {}.", items(most))),
        (Some(least), None) => Some(format!("The list has at least {}.", items(least))),
        (None, Some(most)) => Some(format!("The list has at most {}.", items(most))),
        (None, None) => None,
    }
}

/// A value as code: a text as it is, anything else in JSON.
fn code(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match text.as_str() {
        "" => "an empty text".to_owned(),
        text if text.contains(['`', '\n']) => Value::from(text).to_string(),
        text => format!("`{text}`"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn range(least: Option<i64>, most: Option<i64>) -> Range {
        Range { least: least.map(Value::from), most: most.map(Value::from) }
    }

    fn text(facts: Facts) -> String {
        joined(sentences(&facts).into_iter())
    }

    #[test]
    fn bounds_are_told() {
        let of = |least, most| Facts { range: range(least, most), ..Facts::default() };
        assert_eq!(text(of(None, None)), "");
        assert_eq!(text(of(Some(1), Some(9))), "The value is from 1 to 9.");
        assert_eq!(text(of(Some(1), None)), "The value is at least 1.");
        assert_eq!(
            text(Facts { is_more: true, ..of(Some(1), Some(9)) }),
            "The value is more than 1 and at most 9."
        );
        assert_eq!(text(Facts { is_less: true, ..of(None, Some(9)) }), "The value is less than 9.");
    }

    #[test]
    fn facts_follow_sentences_and_stand_below_anything_else() {
        let cases = [
            ("Who.", "Who. Format: `email`."),
            ("Whom?", "Whom? Format: `email`."),
            ("", "Format: `email`."),
            ("One of:\n- a.\n- b.", "One of:\n- a.\n- b.\n\nFormat: `email`."),
            ("Who.\n\nOr else.", "Who.\n\nOr else.\n\nFormat: `email`."),
            ("As in `a`:", "As in `a`:\n\nFormat: `email`."),
        ];
        for (text, expected) in cases {
            assert_eq!(behind(text, "Format: `email`."), expected);
        }
    }

    #[test]
    fn formats_and_examples_are_told() {
        let format = |is_of_each| Some(Format { name: "email".to_owned(), is_of_each });
        let facts = Facts { format: format(false), example: Some(json!("a@b.c")), ..Facts::default() };
        assert_eq!(text(facts), "Format: `email`. Example: `a@b.c`.");
        let facts = Facts { format: format(true), example: Some(json!(["a@b.c"])), ..Facts::default() };
        assert_eq!(text(facts), "Format of each: `email`. Example: `[\"a@b.c\"]`.");
    }

    #[test]
    fn counts_are_told() {
        let of = |least, most| Facts { items: range(least, most), ..Facts::default() };
        assert_eq!(text(of(Some(1), None)), "The list has at least 1 item.");
        assert_eq!(text(of(Some(1), Some(3))), "The list has 1 to 3 items.");
        assert_eq!(text(of(Some(2), Some(2))), "The list has 2 items.");
    }

    #[test]
    fn defaults_are_told() {
        let of = |default: Value| text(Facts { default: Some(default), ..Facts::default() });
        assert_eq!(of(json!("local")), "The default is `local`.");
        assert_eq!(of(json!("")), "The default is an empty text.");
        assert_eq!(of(json!(false)), "The default is `false`.");
        assert_eq!(of(json!(["a"])), r#"The default is `["a"]`."#);
    }
}
