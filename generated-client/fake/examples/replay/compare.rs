//! Compares what the fake responds with what the real server responded.

use crate::exchange::Response;
use serde_json::Value;

/// What is different; nothing if the status, the code of the error, and the members and their types are the same.
pub(crate) fn differences(real: &Response, fake: &Response) -> Vec<String> {
    let mut found = Vec::new();
    if real.status != fake.status {
        found.push(format!("status {} in place of {}", fake.status, real.status));
    }
    let essence =
        |response: &Response| response.content_type.split(';').next().unwrap_or_default().trim().to_owned();
    let has_body = !real.json.is_null() || !real.text.is_empty();
    if has_body && essence(real) != essence(fake) {
        found.push(format!("content type `{}` in place of `{}`", fake.content_type, real.content_type));
    }
    if real.json.is_null() && real.text != fake.text && real.location.is_none() {
        found.push(format!("body `{}` in place of `{}`", fake.text, real.text));
    }
    values("", &real.json, &fake.json, &mut found);
    locations(real.location.as_deref(), fake.location.as_deref(), &mut found);
    found
}

/// Compares names, types, and codes of errors.
fn values(place: &str, real: &Value, fake: &Value, found: &mut Vec<String>) {
    match (real, fake) {
        (Value::Object(real), Value::Object(fake)) => {
            for name in real.keys().filter(|name| !fake.contains_key(*name)) {
                found.push(format!("{place}/{name} is missing"));
            }
            for (name, value) in fake {
                match real.get(name) {
                    Some(expected) => values(&format!("{place}/{name}"), expected, value, found),
                    None => found.push(format!("{place}/{name} is too much")),
                }
            }
        }
        (Value::Array(real), Value::Array(fake)) => {
            if real.is_empty() != fake.is_empty() {
                found.push(format!("{place} has {} items in place of {}", fake.len(), real.len()));
            }
            for (index, (real, fake)) in real.iter().zip(fake).enumerate() {
                values(&format!("{place}/{index}"), real, fake, found);
            }
        }
        (Value::String(real), Value::String(fake)) if is_fixed(place, real) && real != fake => {
            found.push(format!("{place} is `{fake}` in place of `{real}`"));
        }
        _ if kind(real) != kind(fake) => {
            found.push(format!("{place} is {} in place of {}", kind(fake), kind(real)));
        }
        _ => {}
    }
}

/// Whether the text of a member has to be the same: a code, its message, or `OK`.
fn is_fixed(place: &str, real: &str) -> bool {
    match place {
        "/error" => !real.contains(' '),
        "/message" | "" => true,
        _ => false,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Compares the page that a redirect leads to, the names in its query, and what the query says of an error.
fn locations(real: Option<&str>, fake: Option<&str>, found: &mut Vec<String>) {
    let (Some(real), Some(fake)) = (real, fake) else {
        if real.is_some() != fake.is_some() {
            found.push(format!("location {fake:?} in place of {real:?}"));
        }
        return;
    };
    if parts(real) != parts(fake) {
        found.push(format!("location `{fake}` in place of `{real}`"));
    }
}

/// The page, the fragment, and the names in the query with those values that aren't made up.
fn parts(location: &str) -> (String, String, Vec<(String, String)>) {
    let (url, fragment) = location.split_once('#').unwrap_or((location, ""));
    let (page, query) = url.split_once('?').unwrap_or((url, ""));
    let pairs = form_urlencoded::parse(query.as_bytes()).into_owned().map(|(name, value)| {
        let is_made_up = matches!(name.as_str(), "refreshToken" | "code" | "state");
        (name, if is_made_up { String::new() } else { value })
    });
    (page.to_owned(), fragment.to_owned(), pairs.collect())
}
