//! Extensions are known, stand where they mean something, and have a value that they can have.

use super::shape::Kind;
use super::survey::{Site, Survey};
use super::words::{either, suggest};
use crate::fault::Fault;
use crate::source::{Node, Value};

/// One extension: its key, where it may stand, and what its value must be.
struct Extension {
    key: &'static str,
    /// Where it belongs, in words.
    belongs: &'static str,
    is_at_home: fn(&Survey<'_>, &Site<'_>) -> bool,
    check: fn(&Site<'_>, &Node, &mut Vec<Fault>),
}

/// Every extension that there is; `spec/README.md` describes them.
const EXTENSIONS: &[Extension] = &[
    Extension { key: "x-sensitive", belongs: ON_A_VALUE, is_at_home: is_on_a_value, check: must_be_true },
    Extension { key: "x-not-sensitive", belongs: ON_A_VALUE, is_at_home: is_on_a_value, check: must_be_text },
    Extension {
        key: "x-retry",
        belongs: "on an operation",
        is_at_home: is_on_operation,
        check: must_be_class,
    },
    Extension {
        key: "x-retry-reason",
        belongs: "on an operation",
        is_at_home: is_on_operation,
        check: must_be_reason,
    },
    Extension {
        key: "x-since",
        belongs: "on an operation",
        is_at_home: is_on_operation,
        check: must_be_version,
    },
    Extension { key: "x-open-enum", belongs: ON_AN_ENUM, is_at_home: is_on_enum, check: must_be_true },
    Extension {
        key: "x-enum-descriptions",
        belongs: ON_AN_ENUM,
        is_at_home: is_on_enum,
        check: must_describe_values,
    },
    Extension {
        key: "x-json-text",
        belongs: "on a property of `type: string`",
        is_at_home: is_on_text,
        // It is a schema, and looked at as one.
        check: |_, _, _| {},
    },
    Extension {
        key: "x-error-codes",
        belongs: "on the response of an error: 4xx, 5xx or `default`",
        is_at_home: is_on_error,
        check: must_be_codes,
    },
];

const ON_A_VALUE: &str = "on a parameter or a property";
const ON_AN_ENUM: &str = "on a schema with `enum`";

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in survey.sites.iter().filter(|site| site.reference().is_none()) {
        for (key, value) in site.node.entries() {
            let name = key.text().unwrap_or_default();
            if name.starts_with("x-") {
                check_one(survey, site, key, value, faults);
            }
        }
        let both = (site.node.get("x-sensitive"), site.node.entry("x-not-sensitive"));
        if let (Some(_), Some((key, _))) = both {
            let what = "`x-sensitive` and `x-not-sensitive` contradict each other";
            faults.push(key.fault("contradiction", what, "delete one of them"));
        }
    }
}

fn check_one(survey: &Survey<'_>, site: &Site<'_>, key: &Node, value: &Node, faults: &mut Vec<Fault>) {
    let name = key.text().unwrap_or_default();
    let Some(extension) = EXTENSIONS.iter().find(|extension| extension.key == name) else {
        let known: Vec<&str> = EXTENSIONS.iter().map(|extension| extension.key).collect();
        let help = suggest(name, known.iter().copied(), &format!("the extensions are {}", either(&known)));
        faults.push(key.fault("unknown-extension", format!("there is no extension `{name}`"), help));
        return;
    };
    if (extension.is_at_home)(survey, site) {
        (extension.check)(site, value, faults);
    } else {
        let what = format!("`{name}` means nothing on {}", site.kind.shape().name);
        faults.push(key.fault("misplaced-extension", what, format!("it belongs {}", extension.belongs)));
    }
}

fn is_on_a_value(_: &Survey<'_>, site: &Site<'_>) -> bool {
    site.kind == Kind::Parameter || (site.kind == Kind::Schema && site.via == "properties")
}

fn is_on_text(_: &Survey<'_>, site: &Site<'_>) -> bool {
    site.kind == Kind::Schema && site.via == "properties" && site.node.text_of("type") == Some("string")
}

fn is_on_operation(_: &Survey<'_>, site: &Site<'_>) -> bool {
    site.kind == Kind::Operation
}

fn is_on_enum(_: &Survey<'_>, site: &Site<'_>) -> bool {
    site.kind == Kind::Schema && site.node.get("enum").is_some()
}

fn is_on_error(survey: &Survey<'_>, site: &Site<'_>) -> bool {
    let status = match survey.around(site).map(|holder| holder.kind) {
        // A shared response can serve any status.
        Some(Kind::Components) => "default",
        _ => site.key.and_then(Node::text).unwrap_or_default(),
    };
    site.kind == Kind::Response && (status == "default" || status.starts_with(['4', '5']))
}

fn wrong_value(value: &Node, what: impl Into<Box<str>>, help: impl Into<Box<str>>) -> Fault {
    value.fault("extension-value", what, help)
}

fn must_be_true(_: &Site<'_>, value: &Node, faults: &mut Vec<Fault>) {
    if !matches!(value.value, Value::Bool(true)) {
        faults.push(wrong_value(
            value,
            "the only value of this extension is `true`",
            "write `true`, or delete the line",
        ));
    }
}

fn must_be_text(_: &Site<'_>, value: &Node, faults: &mut Vec<Fault>) {
    if value.text().is_none_or(|text| text.trim().is_empty()) {
        faults.push(wrong_value(value, "the value of this extension is the reason, in words", "write why"));
    }
}

fn must_be_reason(site: &Site<'_>, value: &Node, faults: &mut Vec<Fault>) {
    must_be_text(site, value, faults);
}

fn must_be_class(_: &Site<'_>, value: &Node, faults: &mut Vec<Fault>) {
    const CLASSES: &[&str] = &["safe", "idempotent", "never"];
    if !value.text().is_some_and(|text| CLASSES.contains(&text)) {
        let help =
            "write `safe` if it changes nothing, `idempotent` if twice is as good as once, or else `never`";
        let help = suggest(value.text().unwrap_or_default(), CLASSES.iter().copied(), help);
        let what = format!(
            "{} is no retry class",
            value.text().map_or(value.kind().to_owned(), |text| format!("`{text}`"))
        );
        faults.push(wrong_value(value, what, help));
    }
}

fn must_be_version(_: &Site<'_>, value: &Node, faults: &mut Vec<Fault>) {
    let is_part =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let is_version = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit()) && text.contains('.') && text.split('.').all(is_part)
    };
    if !value.text().is_some_and(is_version) {
        let help = "write the version of the server that brought the operation, such as `'0.42.0'`";
        faults.push(wrong_value(value, "this is no version", help));
    }
}

fn must_describe_values(site: &Site<'_>, value: &Node, faults: &mut Vec<Fault>) {
    if !value.is_mapping() {
        faults.push(wrong_value(
            value,
            "the descriptions must be a mapping",
            "write `value: description` lines",
        ));
    }
    let known: Vec<&str> =
        site.node.get("enum").map(Node::items).unwrap_or_default().iter().filter_map(Node::text).collect();
    for (name, description) in value.entries() {
        let text = name.text().unwrap_or_default();
        if !known.contains(&text) {
            let help = suggest(text, known.iter().copied(), "add the value to `enum`, or delete the line");
            faults.push(wrong_value(name, format!("the enum has no value `{text}`"), help));
        }
        must_be_text(site, description, faults);
    }
}

fn must_be_codes(_: &Site<'_>, value: &Node, faults: &mut Vec<Fault>) {
    if value.items().is_empty() {
        faults.push(wrong_value(
            value,
            "the error codes must be a list",
            "list the codes, or delete the line",
        ));
    }
    let mut seen: Vec<&str> = Vec::new();
    for code in value.items() {
        match code.text() {
            Some(text) if seen.contains(&text) => {
                faults.push(wrong_value(code, format!("the code `{text}` is listed twice"), "delete one"));
            }
            Some(text) => seen.push(text),
            None => faults.push(wrong_value(code, "an error code must be text", "put it in quotes")),
        }
    }
}
