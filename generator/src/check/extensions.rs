//! Each extension is known, stands where it means something, and has a value that it can have.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::words::{either, suggest};
use crate::fault::Fault;
use crate::names::{self, ERROR_CODES};
use crate::openapi::extension::{EXTENSIONS, ExtensionHome, ExtensionValue, RETRY_CLASSES};
use crate::openapi::file::FileRole;
use crate::openapi::kind::{ObjectKind, is_extension};
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;
use crate::openapi::types::SchemaType;
use crate::rules::LINTS;
use crate::source::{Node, Value};

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in survey.sites.iter().filter(|site| site.reference().is_none()) {
        for (key, value) in site.node.entries() {
            let name = key.text().unwrap_or_default();
            if is_extension(name) {
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
    if value.is_invalid() {
        return;
    }
    if is_at_home(survey, site, extension.home) {
        check_value(survey, site, value, extension.value, faults);
    } else {
        let what = format!("`{name}` has no effect on {}", site.kind.grammar().name);
        faults.push(key.fault(
            "misplaced-extension",
            what,
            format!("it belongs {}", extension.home.in_words()),
        ));
    }
}

fn is_at_home(survey: &Survey<'_>, site: &Site<'_>, home: ExtensionHome) -> bool {
    let is_property = site.kind == ObjectKind::Schema && site.via == "properties";
    let is_value = is_property || matches!(site.kind, ObjectKind::Parameter | ObjectKind::Header);
    match home {
        ExtensionHome::Value => is_value,
        ExtensionHome::ValueOrScheme => is_value || site.kind == ObjectKind::SecurityScheme,
        ExtensionHome::TextProperty => is_property && site.node.text_of("type") == Some("string"),
        ExtensionHome::Enum => site.kind == ObjectKind::Schema && site.node.get("enum").is_some(),
        ExtensionHome::Structure => site.via == "schemas" && is_structure(survey, site.node),
        // The check of keywords looks at the type.
        ExtensionHome::Text => site.kind == ObjectKind::Schema,
        // Where it means something, it was read as the usual key.
        ExtensionHome::JsonText => false,
        ExtensionHome::Operation => site.kind == ObjectKind::Operation,
        ExtensionHome::Failure => is_on_failure(survey, site),
        ExtensionHome::ErrorCodes => is_error_codes(site),
        ExtensionHome::ErrorCodesOrFailure => is_error_codes(site) || is_on_failure(survey, site),
        ExtensionHome::Service => site.kind == ObjectKind::Document && site.file.role == FileRole::Service,
        ExtensionHome::Anywhere => true,
        ExtensionHome::ImportedFile => {
            site.kind == ObjectKind::Document && site.file.role != FileRole::Service && survey.is_imported()
        }
        ExtensionHome::BearerScheme => {
            site.kind == ObjectKind::SecurityScheme && site.node.text_of("scheme") == Some("bearer")
        }
    }
}

fn is_structure(survey: &Survey<'_>, schema: &Node) -> bool {
    survey.type_of(schema) == SchemaType::Choice || !survey.properties_of(schema).is_empty()
}

fn is_on_failure(survey: &Survey<'_>, site: &Site<'_>) -> bool {
    let status = match survey.around(site).map(|holder| holder.kind) {
        // Responses of any status can refer to a shared response.
        Some(ObjectKind::Components) => "default",
        _ => site.key.and_then(Node::text).unwrap_or_default(),
    };
    site.kind == ObjectKind::Response && (status == "default" || status.starts_with(['4', '5']))
}

/// Whether an object is the open enum of the service's error codes.
fn is_error_codes(site: &Site<'_>) -> bool {
    let is_named = site.key.and_then(Node::text) == Some(ERROR_CODES);
    let is_open_enum = site.node.get("enum").is_some() && site.node.is_true("x-open-enum");
    site.via == "schemas" && site.file.role == FileRole::Common && is_named && is_open_enum
}

fn check_value(
    survey: &Survey<'_>,
    site: &Site<'_>,
    value: &Node,
    kind: ExtensionValue,
    faults: &mut Vec<Fault>,
) {
    match kind {
        ExtensionValue::True => must_be_true(value, faults),
        ExtensionValue::Reason => must_be_reason(value, faults),
        ExtensionValue::RetryClass => must_be_retry_class(value, faults),
        ExtensionValue::Version => must_be_version(value, faults),
        ExtensionValue::SearchWords => must_be_search_words(site, value, faults),
        ExtensionValue::Operation => must_be_another_operation(survey, site, value, faults),
        ExtensionValue::EnumDescriptions => {
            must_be_of_values(site, value, faults);
            value.entries().iter().for_each(|(_, description)| must_be_reason(description, faults));
        }
        ExtensionValue::EnumNames => {
            must_be_of_values(site, value, faults);
            value.entries().iter().for_each(|(_, name)| must_be_variant(name, faults));
        }
        ExtensionValue::ErrorCodes => must_be_codes(value, faults),
        ExtensionValue::Questions => must_map_texts(value, "the questions must be a mapping", faults),
        ExtensionValue::Meanings => must_map_texts(value, "the meanings must be a mapping", faults),
        ExtensionValue::Count => must_be_count(value, faults),
        // The schema is a site of its own, so the checks of schemas find its faults.
        ExtensionValue::Schema => {}
        // Another check looks at each of them.
        ExtensionValue::Settings => must_be_settings(value, faults),
        ExtensionValue::Paging => must_be_paging(value, faults),
        ExtensionValue::Arguments => must_be_arguments(value, faults),
        ExtensionValue::Schemes => must_be_names(value, faults),
        ExtensionValue::Lints => must_be_lints(value, faults),
    }
}

fn wrong_value(value: &Node, what: impl Into<Box<str>>, help: impl Into<Box<str>>) -> Fault {
    value.fault("extension-value", what, help)
}

fn must_be_true(value: &Node, faults: &mut Vec<Fault>) {
    if !matches!(value.value, Value::Bool(true)) {
        faults.push(wrong_value(
            value,
            "the only value of this extension is `true`",
            "write `true`, or delete the line",
        ));
    }
}

fn must_be_count(value: &Node, faults: &mut Vec<Fault>) {
    if !matches!(value.value, Value::Integer(1..=4_294_967_295)) {
        let what = "the value of this extension must be a number of bytes";
        faults.push(wrong_value(value, what, "write a whole number that is more than 0"));
    }
}

fn must_be_reason(value: &Node, faults: &mut Vec<Fault>) {
    if value.text().is_none_or(|text| text.trim().is_empty()) {
        faults.push(wrong_value(
            value,
            "the value of this extension must be a sentence",
            "write the sentence",
        ));
    }
}

fn must_be_retry_class(value: &Node, faults: &mut Vec<Fault>) {
    if !value.text().is_some_and(|text| RETRY_CLASSES.contains(&text)) {
        let help = "write `safe` if it changes nothing, `idempotent` if a second call changes nothing more, or else `never`";
        let help = suggest(value.text().unwrap_or_default(), RETRY_CLASSES.iter().copied(), help);
        let what = format!(
            "{} isn't a retry class",
            value.text().map_or(value.kind().to_owned(), |text| format!("`{text}`"))
        );
        faults.push(wrong_value(value, what, help));
    }
}

fn must_be_version(value: &Node, faults: &mut Vec<Fault>) {
    let is_part =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let is_version = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit()) && text.contains('.') && text.split('.').all(is_part)
    };
    if !value.text().is_some_and(is_version) {
        let help = "write the first version of the server that has the operation, such as `'0.42.0'`";
        faults.push(wrong_value(value, "this isn't a version", help));
    }
}

/// The keys are values of the enum.
fn must_be_of_values(site: &Site<'_>, value: &Node, faults: &mut Vec<Fault>) {
    if !value.is_mapping() {
        let help = "write a line for each value, such as `value: text`";
        faults.push(wrong_value(value, "this must be a mapping from values of the enum", help));
    }
    let values = site.node.get("enum").map(Node::items).unwrap_or_default();
    let known: BTreeSet<Cow<'_, str>> = values.iter().filter_map(Node::scalar).collect();
    for (name, _) in value.entries() {
        let text = name.text().unwrap_or_default();
        if !known.contains(text) {
            let help =
                suggest(text, known.iter().map(AsRef::as_ref), "add the value to `enum`, or delete the line");
            faults.push(wrong_value(name, format!("the enum has no value `{text}`"), help));
        }
    }
}

fn must_be_another_operation(survey: &Survey<'_>, site: &Site<'_>, value: &Node, faults: &mut Vec<Fault>) {
    let ids: Vec<&str> = survey.operations.iter().filter_map(|operation| operation.id()?.text()).collect();
    let id = value.text().unwrap_or_default();
    if site.node.text_of("operationId") == Some(id) {
        let what = format!("`{id}` can't come before itself");
        faults.push(wrong_value(value, what, "name the operation that is called before, or delete the line"));
    } else if !survey.is_incomplete() && !ids.contains(&id) {
        let help = suggest(id, ids, "name an operation of this service, or delete the line");
        faults.push(wrong_value(value, format!("there is no operation `{id}`"), help));
    }
}

/// rustdoc takes no word that an item has as its name, and none with quotes.
fn must_be_search_words(site: &Site<'_>, value: &Node, faults: &mut Vec<Fault>) {
    if value.items().is_empty() {
        let help = "list the words, such as `[login, log in]`, or delete the line";
        faults.push(wrong_value(value, "the search words must be a list", help));
    }
    let method = site.node.text_of("operationId").map(|id| names::method(site.file.stem(), id));
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for word in value.items() {
        let text = word.text().unwrap_or_default();
        let is_word = |part: &str| {
            !part.is_empty() && part.chars().all(|letter| letter.is_alphanumeric() || "-_".contains(letter))
        };
        if !text.split(' ').all(is_word) {
            let help = "write letters, digits, `-` and `_`, with single spaces between words";
            faults.push(wrong_value(word, "nobody searches for this text", help));
        } else if !seen.insert(text) {
            faults.push(wrong_value(word, format!("the word `{text}` is listed twice"), "delete one"));
        } else if method.as_deref() == Some(text) {
            let what = format!("the method is called `{text}`, so a search finds it already");
            faults.push(wrong_value(word, what, "delete the word"));
        }
    }
}

/// Another check finds names that are taken.
fn must_be_variant(name: &Node, faults: &mut Vec<Fault>) {
    let Some(text) = name.text() else {
        let what = format!("the name of a variant must be text, and this is {}", name.kind());
        faults.push(wrong_value(name, what, "write a name in UpperCamelCase, such as `WrongCode`"));
        return;
    };
    let variant = names::pascal(text);
    if variant != text {
        let what = format!("`{text}` isn't a name in UpperCamelCase");
        faults.push(wrong_value(name, what, format!("write `{variant}`")));
    }
}

/// Another check looks at the keys, and at what the texts refer to.
fn must_map_texts(value: &Node, what: &'static str, faults: &mut Vec<Fault>) {
    if !value.is_mapping() || value.entries().is_empty() {
        faults.push(wrong_value(value, what, "write one line for each: `name: text`"));
    }
    value.entries().iter().for_each(|(_, text)| must_be_reason(text, faults));
}

/// The keys are rules of quality.
fn must_be_lints(value: &Node, faults: &mut Vec<Fault>) {
    must_map_texts(value, "what is allowed must be a mapping from rules to reasons", faults);
    let known = || LINTS.iter().map(|rule| rule.id);
    for (rule, _) in value.entries() {
        let text = rule.text().unwrap_or_default();
        if known().all(|known| known != text) {
            let help = suggest(text, known(), "write the id of a rule that `cargo xtask lint` reports");
            faults.push(wrong_value(rule, format!("there is no rule `{text}`"), help));
        }
    }
}

/// Another check looks at what is listed.
fn must_be_names(value: &Node, faults: &mut Vec<Fault>) {
    if value.items().is_empty() {
        let help = "list the names of the schemes whose values are joined";
        faults.push(wrong_value(value, "the parts must be a list", help));
    }
}

fn must_be_settings(value: &Node, faults: &mut Vec<Fault>) {
    if !value.is_mapping() || value.entries().is_empty() {
        let help = "write `name: {description: …, header: …}` lines";
        faults.push(wrong_value(value, "the settings must be a mapping", help));
    }
}

/// Another check looks at what the keys name.
fn must_be_paging(value: &Node, faults: &mut Vec<Fault>) {
    if !value.is_mapping() || value.entries().is_empty() {
        let help = "write the lines `page: …` and `items: …`, each with the name in the API";
        faults.push(wrong_value(value, "the paging must be a mapping", help));
    }
}

/// Another check looks at what is listed.
fn must_be_arguments(value: &Node, faults: &mut Vec<Fault>) {
    if value.items().len() < 2 || value.items().iter().any(|item| item.text().is_none_or(str::is_empty)) {
        let help = "list two names or more, such as `[id, name]`; one that is always needed is `required`";
        faults.push(wrong_value(value, "the arguments must be a list of names", help));
    }
}

fn must_be_codes(value: &Node, faults: &mut Vec<Fault>) {
    if value.items().is_empty() {
        faults.push(wrong_value(
            value,
            "the error codes must be a list",
            "list the codes, or delete the line",
        ));
    }
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for code in value.items() {
        match code.text() {
            Some(text) if !seen.insert(text) => {
                faults.push(wrong_value(code, format!("the code `{text}` is listed twice"), "delete one"));
            }
            Some(_) => {}
            None => faults.push(wrong_value(code, "an error code must be text", "put it in quotes")),
        }
    }
}
