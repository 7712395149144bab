//! Writes YAML that people can read and edit, and that the reader reads as what was written.

use std::collections::BTreeSet;

use serde_json::Value;

use super::reader::read;

/// The document as YAML. Texts and keys that the reader would take for something else than text, or for several lines,
/// stand in double quotes.
#[must_use]
pub fn to_yaml(document: &Value) -> String {
    let written = written(document);
    let misread = match read_back(&written) {
        Some(back) => {
            let mut misread = BTreeSet::new();
            compare(document, &back, &mut misread);
            misread
        }
        None => texts(document),
    };
    if misread.is_empty() {
        return written;
    }
    let text = with_quotes(document, &written, &misread);
    match read_back(&text) {
        Some(back) if back == *document => text,
        // A text that was read as several lines hid what is wrong behind it.
        _ => with_quotes(document, &written, &texts(document)),
    }
}

fn written(document: &Value) -> String {
    // JSON has no value that YAML can't hold.
    serde_yaml::to_string(document).unwrap_or_default()
}

/// The value that the reader finds in a text.
fn read_back(text: &str) -> Option<Value> {
    read("", text.as_bytes()).0.map(|tree| tree.to_json())
}

/// Collects the texts and keys that were read as something else.
fn compare<'a>(wanted: &'a Value, back: &Value, misread: &mut BTreeSet<&'a str>) {
    match (wanted, back) {
        (Value::Object(wanted), Value::Object(back)) => {
            for (key, value) in wanted {
                match back.get(key) {
                    Some(back) => compare(value, back, misread),
                    None => _ = misread.insert(key),
                }
            }
        }
        (Value::Array(wanted), Value::Array(back)) if wanted.len() == back.len() => {
            wanted.iter().zip(back).for_each(|(value, back)| compare(value, back, misread));
        }
        _ if wanted == back => {}
        _ => misread.extend(texts(wanted)),
    }
}

/// All texts and keys of a value.
fn texts(value: &Value) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => _ = found.insert(text.as_str()),
            Value::Array(items) => open.extend(items),
            Value::Object(members) => {
                found.extend(members.keys().map(String::as_str));
                open.extend(members.values());
            }
            _ => {}
        }
    }
    found
}

/// The document with some texts and keys in double quotes. serde_yaml has no way to ask for quotes, so a word that
/// occurs nowhere stands for each of these texts until all is written.
fn with_quotes(document: &Value, written: &str, quoted: &BTreeSet<&str>) -> String {
    let mut mark = "quoted-text-".to_owned();
    while written.contains(&mark) {
        mark.push('x');
    }
    let texts: Vec<&str> = quoted.iter().copied().collect();
    let stand_in = |text: &str| match texts.binary_search(&text) {
        Ok(index) => format!("{mark}{index}."),
        Err(_) => text.to_owned(),
    };
    let marked = self::written(&replaced(document, &stand_in));
    let mut parts = marked.split(mark.as_str());
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (index, rest) = part.split_once('.').unwrap_or_default();
        let meant = index.parse().ok().and_then(|index: usize| texts.get(index));
        text.push_str(&in_quotes(meant.copied().unwrap_or_default()));
        text.push_str(rest);
    }
    text
}

/// The value with other texts and keys.
fn replaced(value: &Value, replace: &impl Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => Value::String(replace(text)),
        Value::Array(items) => items.iter().map(|item| replaced(item, replace)).collect(),
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| (replace(key), replaced(value, replace)));
            Value::Object(members.collect())
        }
        other => other.clone(),
    }
}

/// A text as JSON has it, which YAML reads alike. The characters that other readers of YAML take for the end of a
/// line, and the mark of an order of bytes, are escaped.
fn in_quotes(text: &str) -> String {
    let mut quoted = Value::from(text).to_string();
    for (character, escape) in
        [('\u{85}', "\\u0085"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029"), ('\u{feff}', "\\ufeff")]
    {
        quoted = quoted.replace(character, escape);
    }
    quoted
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TEXTS: &[&str] = &[
        "7e12345",
        "-7E+12345",
        "1e400",
        "0x1F",
        "0o17",
        ".inf",
        "-.Inf",
        ".nan",
        "~",
        "null",
        "Null",
        "yes",
        "True",
        "1_000",
        "1.5",
        "",
        " a",
        "a ",
        "\ta",
        "- a",
        "a: b",
        "a #b",
        "# a",
        "? a",
        "!a",
        "&a",
        "*a",
        "%a",
        "@a",
        "`a",
        "|",
        ">",
        "<<",
        "---",
        "...",
        "=",
        "2024-01-01",
        "a\nb",
        "\na\n\n",
        "  a\n b\n",
        "a\u{2028}b",
        "a\n\u{2028}\n  b\n",
        "\u{2029}",
        "\u{feff}a",
        "a\u{feff}",
        "a\"b\\\u{2028}",
        "quoted-text-0.",
    ];

    #[test]
    fn every_text_is_read_as_it_was_written() {
        for text in TEXTS {
            for document in [json!({"a": text, "b": 1}), json!({*text: "c", "d": [text, {"e": text}]})] {
                let written = to_yaml(&document);
                let (tree, faults) = read("a.yaml", written.as_bytes());
                assert_eq!(
                    (tree.map(|tree| tree.to_json()), faults),
                    (Some(document), Vec::new()),
                    "{written}"
                );
            }
        }
        let all = json!({"texts": TEXTS});
        assert_eq!(read_back(&to_yaml(&all)), Some(all));
    }

    #[test]
    fn only_what_would_be_misread_is_quoted_beyond_what_yaml_asks_for() {
        let document =
            json!({"example": "7e12345", "7e1": "one\ntwo\n", "c": "a\u{2028}b", "d": "plain", "e": 7e30});
        let expected = "example: \"7e12345\"\n'7e1': |\n  one\n  two\nc: \"a\\u2028b\"\nd: plain\ne: 7e30\n";
        assert_eq!(to_yaml(&document), expected);
    }
}
