//! Calls that can be pasted, with made-up values for whatever is required.

use generated_client::runtime::{Limits, OperationInfo, Shape};
use serde_json::{Map, Value, json};

/// The command that calls an operation with what it requires. Secrets are asked for on standard input.
pub(crate) fn call(info: &OperationInfo) -> String {
    let mut words =
        vec!["authctl".to_owned(), "call".to_owned(), info.service.to_owned(), info.spec.id.to_owned()];
    words.extend(arguments(info).into_iter().map(|(name, value, is_secret)| match value {
        Value::String(_) if is_secret => format!("{name}=-"),
        Value::String(text) => quoted(&format!("{name}={text}")),
        value => quoted(&format!("{name}={value}")),
    }));
    match (info.request)() {
        Shape::Nothing | Shape::Object(_) | Shape::Map(_) => {}
        shape => {
            words.extend(["--body".to_owned(), quoted(&made_up("body", &shape, &Limits::NONE).to_string())])
        }
    }
    words.join(" ")
}

/// The required arguments by name, and the first of several arguments of which the operation needs one. Each has a made-up
/// value, and says whether that is a secret.
pub(crate) fn arguments(info: &OperationInfo) -> Vec<(&'static str, Value, bool)> {
    let first = info.spec.argument_group.and_then(|group| group.arguments.first().copied());
    let parameters = info.spec.parameters.iter().zip(info.arguments);
    let parameters =
        parameters.filter(|(parameter, _)| parameter.required || first == Some(parameter.argument));
    let mut arguments: Vec<_> = parameters
        .map(|(parameter, of)| argument(parameter.argument, &(of.shape)(), &parameter.limits))
        .collect();
    if let Shape::Object(object) = (info.request)().without_null() {
        let members = object.members.iter();
        let members = members.filter(|member| member.is_required || first == Some(member.name));
        arguments.extend(members.map(|member| argument(member.name, &(member.shape)(), &member.limits)));
    }
    arguments
}

fn argument(name: &'static str, shape: &Shape, limits: &Limits) -> (&'static str, Value, bool) {
    (name, made_up(name, shape, limits), matches!(shape, Shape::Secret(_)))
}

/// A made-up value of this shape. An object has only its required members.
fn made_up(name: &str, shape: &Shape, limits: &Limits) -> Value {
    match shape {
        Shape::Boolean => json!(true),
        Shape::Integer | Shape::Number => json!(1),
        Shape::Text => json!(text(name, limits)),
        Shape::Time => json!("2030-01-01T00:00:00Z"),
        Shape::Enum(of) => json!(of.values.first().and_then(|value| of.json(value))),
        Shape::List(item) => json!([made_up(name, item, limits)]),
        Shape::Secret(inner) | Shape::Nullable(inner) => made_up(name, inner, limits),
        Shape::Choice { forms, .. } => forms.first().map_or(Value::Null, |form| made_up(name, form, limits)),
        Shape::Object(object) => {
            let required = object.members.iter().filter(|member| member.is_required);
            let member = |member: &generated_client::runtime::MemberShape| {
                (member.name.to_owned(), made_up(member.name, &(member.shape)(), &member.limits))
            };
            Value::Object(required.map(member).collect::<Map<_, _>>())
        }
        _ => json!({}),
    }
}

fn text(name: &str, limits: &Limits) -> String {
    if let Some(pattern) = limits.pattern {
        // A pattern that begins with plain text asks for that text.
        let prefix = pattern.trim_start_matches('^');
        let prefix: String =
            prefix.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == ':').collect();
        if pattern.contains("{8}-") {
            return "d189abb0-7bae-498f-bb07-a7d1513c092a".to_owned();
        }
        if prefix.ends_with(':') {
            return format!("{prefix}d189abb0-7bae-498f-bb07-a7d1513c092a");
        }
    }
    let lower = name.to_lowercase();
    let example = if lower.contains("email") || lower == "loginid" {
        "user@example.com"
    } else if lower.contains("phone") {
        "+15555550123"
    } else if lower.contains("url") || lower.contains("uri") || lower.contains("redirect") {
        "https://app.example.com/callback"
    } else if lower.contains("locale") {
        "en"
    } else {
        name
    };
    fitting(example, limits.length)
}

/// The text, made longer or shorter until it has an allowed length.
fn fitting(text: &str, length: Option<(u32, u32)>) -> String {
    let Some((fewest, most)) = length else { return text.to_owned() };
    let (fewest, most) = (usize::try_from(fewest).unwrap_or(0), usize::try_from(most).unwrap_or(usize::MAX));
    let mut text: String = text.chars().take(most).collect();
    while text.chars().count() < fewest {
        text.push('x');
    }
    text
}

/// A word as a shell takes it.
pub(crate) fn quoted(word: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"=-_.,:/@+%".contains(&byte);
    if word.bytes().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}
