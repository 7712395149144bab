//! Encodes values for a path, a query, a form and a header.

use super::arguments::invalid;
use super::parameter::{Parameter, ParameterLocation, Style};
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::value::secret_bytes::SecretBytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Every character is encoded that is not unreserved in URLs, so that no value can end the part of the URL that it
/// stands in.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn percent(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A pair of a query.
pub(crate) fn pair(name: &str, value: &str) -> String {
    format!("{}={}", percent(name), percent(value))
}

/// The text of a single value. A list or an object in its place is written as JSON.
fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Null => Cow::Borrowed(""),
        other => Cow::Owned(other.to_string()),
    }
}

/// The path with every `{name}` replaced by its argument. An argument never becomes more than one segment.
pub(crate) fn path(
    template: &str,
    arguments: &[(&'static Parameter, &Value)],
) -> Result<String, InvalidRequest> {
    let mut path = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        path.push_str(literal);
        path.push_str(&path_argument(name, arguments)?);
        rest = after;
    }
    path.push_str(rest);
    Ok(path)
}

fn path_argument(name: &str, arguments: &[(&'static Parameter, &Value)]) -> Result<String, InvalidRequest> {
    let found = arguments
        .iter()
        .find(|(parameter, _)| parameter.location == ParameterLocation::Path && parameter.name == name);
    let Some((parameter, value)) = found else {
        return Err(InvalidRequest::new(format!("parameter `{name}`"), "is missing"));
    };
    let text = match value {
        Value::Array(items) => joined(items),
        value => percent(&plain(value)),
    };
    // URL parsers remove these segments, even if they are encoded.
    if matches!(&*text, "" | "." | "..") {
        return Err(invalid(parameter, "can't be a segment of a path"));
    }
    Ok(text)
}

/// The query without its question mark; empty if no argument goes there.
pub(crate) fn query(arguments: &[(&'static Parameter, &Value)]) -> String {
    let mut pairs = Pairs::default();
    for (parameter, value) in arguments {
        if parameter.location == ParameterLocation::Query {
            pairs.parameter(parameter, value);
        }
    }
    pairs.text.into_text()
}

/// A body of `application/x-www-form-urlencoded`: lists repeat their name, objects are JSON. Like a query, a form can't
/// say that a list is empty.
pub(crate) fn form(members: &Map<String, Value>) -> SecretBytes {
    let mut pairs = Pairs::default();
    for (name, value) in sorted(members) {
        match value {
            Value::Array(items) => pairs.each(name, items),
            value => pairs.push(name, value),
        }
    }
    pairs.text
}

/// The value of a header; none if an item of a list contains a comma, since headers have no encoding for it.
pub(crate) fn header(value: &Value) -> Option<String> {
    let Value::Array(items) = value else {
        return Some(plain(value).into_owned());
    };
    let items: Vec<_> = items.iter().map(plain).collect();
    items.iter().all(|item| !item.contains(',')).then(|| items.join(","))
}

/// The members in the order of their names. Whether a map of `serde_json` has this order or that of insertion depends on
/// the features that other crates switch on, and the bytes of a request must not.
fn sorted(members: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut sorted: Vec<_> = members.iter().collect();
    sorted.sort_unstable_by_key(|(name, _)| *name);
    sorted
}

/// Encodes the items of a list and joins them by commas, which stay as they are.
fn joined(items: &[Value]) -> String {
    let items: Vec<_> = items.iter().map(|item| percent(&plain(item))).collect();
    items.join(",")
}

#[derive(Default)]
struct Pairs {
    text: SecretBytes,
}

impl Pairs {
    fn parameter(&mut self, parameter: &Parameter, value: &Value) {
        let name = parameter.name;
        match (parameter.style, value) {
            (Style::Json, value) => self.push(name, &Value::String(value.to_string())),
            (Style::Comma, Value::Array(items)) if items.is_empty() => {}
            (Style::Comma, Value::Array(items)) => self.raw(name, &joined(items)),
            (Style::Comma, Value::Object(members)) => self.flat(name, members),
            (_, Value::Array(items)) => self.each(name, items),
            (Style::DeepObject, Value::Object(members)) => {
                self.members(members, |member| format!("{name}[{member}]"))
            }
            (_, Value::Object(members)) => self.members(members, str::to_owned),
            (_, value) => self.push(name, value),
        }
    }

    /// `name=member,value,member,value`
    fn flat(&mut self, name: &str, members: &Map<String, Value>) {
        let items: Vec<_> = sorted(members)
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .flat_map(|(member, value)| [percent(member), percent(&plain(value))])
            .collect();
        if !items.is_empty() {
            self.raw(name, &items.join(","));
        }
    }

    fn members(&mut self, members: &Map<String, Value>, named: impl Fn(&str) -> String) {
        for (member, value) in sorted(members) {
            match value {
                Value::Array(items) => self.each(&named(member), items),
                value => self.push(&named(member), value),
            }
        }
    }

    fn each(&mut self, name: &str, items: &[Value]) {
        for item in items {
            self.push(name, item);
        }
    }

    fn push(&mut self, name: &str, value: &Value) {
        if !value.is_null() {
            self.begin(name);
            self.add(&plain(value));
        }
    }

    fn raw(&mut self, name: &str, encoded: &str) {
        self.begin(name);
        self.text.extend(encoded.as_bytes());
    }

    fn begin(&mut self, name: &str) {
        if self.text.len() > 0 {
            self.text.extend(b"&");
        }
        self.add(name);
        self.text.extend(b"=");
    }

    /// Adds a text, encoded.
    fn add(&mut self, text: &str) {
        for piece in utf8_percent_encode(text, RESERVED) {
            self.text.extend(piece.as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{form, header, path, query};
    use crate::runtime::request::parameter::Parameter;
    use serde_json::{Value, json};

    fn query_of(parameter: Parameter, value: Value) -> String {
        let parameter: &'static Parameter = Box::leak(Box::new(parameter));
        query(&[(parameter, &value)])
    }

    #[test]
    fn query_styles() {
        let list = json!(["a b", "c,d", "é&="]);
        let object = json!({"a": 1, "b": ["x", true], "gone": null});
        let p = || Parameter::query("p");
        for (parameter, value, expected) in [
            (
                p(),
                json!("https://a.example/cb?x=1&y=a b+c"),
                "p=https%3A%2F%2Fa.example%2Fcb%3Fx%3D1%26y%3Da%20b%2Bc",
            ),
            (p(), json!(false), "p=false"),
            (p(), json!(1.5), "p=1.5"),
            (p(), json!(""), "p="),
            (p(), list.clone(), "p=a%20b&p=c%2Cd&p=%C3%A9%26%3D"),
            (p(), json!([]), ""),
            (p(), object.clone(), "a=1&b=x&b=true"),
            (p().comma(), list, "p=a%20b,c%2Cd,%C3%A9%26%3D"),
            (p().comma(), json!([]), ""),
            (p().comma(), json!("one"), "p=one"),
            (p().comma(), json!({"a": 1, "b": "x,y"}), "p=a,1,b,x%2Cy"),
            (p().json(), json!({"a": {"b": 1}}), "p=%7B%22a%22%3A%7B%22b%22%3A1%7D%7D"),
            (p().json(), json!("text"), "p=%22text%22"),
            (p().deep_object(), object, "p%5Ba%5D=1&p%5Bb%5D=x&p%5Bb%5D=true"),
            (Parameter::query("a b"), json!("line\r\nfeed\0"), "a%20b=line%0D%0Afeed%00"),
        ] {
            assert_eq!(query_of(parameter, value), expected);
        }
    }

    #[test]
    fn a_path_argument_is_one_segment() {
        let parameter: &'static Parameter = Box::leak(Box::new(Parameter::path("id")));
        let of = |value: Value| path("/a/{id}/b", &[(parameter, &value)]);
        for (value, expected) in [
            (json!("plain"), "/a/plain/b"),
            (json!("x/../y"), "/a/x%2F..%2Fy/b"),
            (json!("%2e%2e"), "/a/%252e%252e/b"),
            (json!("a?b#c;d\\e"), "/a/a%3Fb%23c%3Bd%5Ce/b"),
            (json!("..."), "/a/.../b"),
            (json!("é \0"), "/a/%C3%A9%20%00/b"),
            (json!(7), "/a/7/b"),
            (json!(["x,", "y"]), "/a/x%2C,y/b"),
        ] {
            assert_eq!(of(value).unwrap(), expected);
        }
        for value in ["", ".", ".."] {
            let invalid = of(json!(value)).unwrap_err();
            assert_eq!(invalid.to_string(), "parameter `id` can't be a segment of a path");
        }
        assert_eq!(
            path("/a/{other}", &[(parameter, &json!(1))]).unwrap_err().to_string(),
            "parameter `other` is missing"
        );
    }

    #[test]
    fn form_bodies() {
        let members = json!({"a": "x y&", "b": [1, 2], "c": {"d": 1}, "e": null, "f": true});
        assert_eq!(
            form(members.as_object().unwrap()).into_text(),
            "a=x%20y%26&b=1&b=2&c=%7B%22d%22%3A1%7D&f=true"
        );
    }

    #[test]
    fn header_values() {
        assert_eq!(header(&json!("as it is, whole")).unwrap(), "as it is, whole");
        assert_eq!(header(&json!(["a", 1])).unwrap(), "a,1");
        assert_eq!(header(&json!(["a", "b,c"])), None);
    }
}
