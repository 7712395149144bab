//! Expands the value of a parameter into a text, after the operators of RFC 6570 on which OpenAPI's styles are based.

use super::parameter::{Parameter, ParameterLocation, Style};
use crate::runtime::value::secret::Secret;
use crate::runtime::value::secret_bytes::SecretBytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Every character is encoded that is not unreserved in URLs, so that no value can end the part of the URL that it
/// stands in.
const PERCENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// In a query, most of the reserved characters end nothing. Those are encoded that would: `&`, which ends a pair, `#`, `+`,
/// which servers read as a blank, and the brackets.
const ALLOWED_RESERVED: &AsciiSet = &PERCENT
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

pub(super) fn percent(text: &str) -> String {
    utf8_percent_encode(text, PERCENT).to_string()
}

/// The text of a single value. A list or an object in its place is written as JSON.
fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Null => Cow::Borrowed(""),
        other => Cow::Owned(other.to_string()),
    }
}

/// The members that aren't null, in the order of their names. Whether a map of `serde_json` has this order or that of
/// insertion depends on the features that other crates switch on, but the bytes of a request must not depend on that.
pub(super) fn sorted(members: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut sorted: Vec<_> = members.iter().filter(|(_, value)| !value.is_null()).collect();
    sorted.sort_unstable_by_key(|(name, _)| *name);
    sorted
}

/// How the parts of a value are written in a style.
#[derive(Clone, Copy)]
struct Expansion {
    /// What stands before the first part.
    first: &'static str,
    /// What stands between two parts.
    between: &'static str,
    /// What stands between the items of a list that is one part.
    items: &'static str,
    /// None if the parts have no names; else whether the name of an empty part has an equals sign, too.
    names: Option<bool>,
    /// The characters that are encoded; none in a header.
    encoded: Option<&'static AsciiSet>,
}

impl Expansion {
    fn of(parameter: &Parameter) -> Self {
        let is_header = parameter.location == ParameterLocation::Header;
        let encoded = match (is_header, parameter.allow_reserved) {
            (true, _) => None,
            (false, true) => Some(ALLOWED_RESERVED),
            (false, false) => Some(PERCENT),
        };
        let simple = Self { first: "", between: ",", items: ",", names: None, encoded };
        match (parameter.style, parameter.location) {
            (Style::Label, _) => Self { first: ".", between: ".", ..simple },
            (Style::Matrix, _) => Self { first: ";", between: ";", names: Some(false), ..simple },
            (_, ParameterLocation::Path | ParameterLocation::Header) => simple,
            (_, ParameterLocation::Cookie) => Self { between: "; ", names: Some(true), ..simple },
            (style, ParameterLocation::Query) => {
                let items = match style {
                    Style::SpaceDelimited => "%20",
                    Style::PipeDelimited => "%7C",
                    _ => ",",
                };
                Self { between: "&", items, names: Some(true), ..simple }
            }
        }
    }

    /// What an item can't contain, because nothing would tell it from what stands between the items or the parts; and the
    /// words for it. A character that is encoded in an item can stand there.
    fn separator(self, explode: bool) -> Option<(char, &'static str)> {
        let written = if explode { self.between } else { self.items };
        let separator = match written {
            "%20" => return Some((' ', "a blank")),
            "%7C" => return Some(('|', "a `|`")),
            "," => (',', "a comma"),
            "." => ('.', "a dot"),
            ";" => (';', "a semicolon"),
            _ => return None,
        };
        let is_encoded =
            self.encoded.is_some_and(|encoded| utf8_percent_encode(written, encoded).next() != Some(written));
        (!is_encoded).then_some(separator)
    }

    /// The value as JSON. Many servers take UTF-8 in a header for Latin-1, so what isn't ASCII is escaped there.
    fn json(self, value: &Value) -> Secret {
        let json = Secret::from(value.to_string());
        match self.encoded {
            Some(_) => json,
            None => Secret::from(ascii(json.expose())),
        }
    }
}

/// JSON in ASCII. Other characters stand in its strings alone, where each can be escaped.
fn ascii(json: &str) -> String {
    let mut ascii = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            ' '..='~' => ascii.push(character),
            other => {
                for unit in other.encode_utf16(&mut [0; 2]) {
                    ascii.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    ascii
}

/// The name of a value in an object, with the way to it in brackets.
///
/// # Errors
///
/// If the name of the member has a bracket, which would end it. The text says what is wrong.
pub(super) fn deep_name(name: &str, member: &str) -> Result<String, &'static str> {
    match member.contains(['[', ']']) {
        true => Err("has a name with a bracket in it, which would make it two"),
        false => Ok(format!("{name}[{member}]")),
    }
}

/// Writes values one after the other.
#[derive(Default)]
pub(super) struct Expander {
    text: SecretBytes,
    /// Whether a part has been written, which may be empty.
    has_part: bool,
}

impl Expander {
    pub(super) fn into_bytes(self) -> SecretBytes {
        self.text
    }

    /// The bytes; none if no part has been written, as for an empty list.
    pub(super) fn into_parts(self) -> Option<SecretBytes> {
        self.has_part.then_some(self.text)
    }

    /// Writes a parameter behind those that were written before.
    ///
    /// # Errors
    ///
    /// If an item of a list contains what separates the items, or a name what ends it. The text says what is wrong with the
    /// parameter.
    pub(super) fn parameter(&mut self, parameter: &Parameter, value: &Value) -> Result<(), String> {
        let how = Expansion::of(parameter);
        let name = parameter.name;
        match (parameter.style, value) {
            (Style::Json, value) => self.part(how, name, how.json(value).expose()),
            (_, Value::Null) if parameter.allow_empty => self.part(how, name, ""),
            (Style::DeepObject, value) => self.deep(how, name, value)?,
            (_, Value::Array(items)) => {
                let items: Vec<_> = items.iter().filter(|item| !item.is_null()).map(plain).collect();
                Self::check_items(how, parameter, &items)?;
                if parameter.explode {
                    items.iter().for_each(|item| self.part(how, name, item));
                } else {
                    self.joined(how, name, &items);
                }
            }
            (_, Value::Object(members)) => {
                let flat = sorted(members);
                let flat = flat.into_iter().flat_map(|(name, value)| [Cow::Borrowed(&**name), plain(value)]);
                let flat: Vec<_> = flat.collect();
                Self::check_items(how, parameter, &flat)?;
                Self::check_names(how, parameter, members)?;
                if parameter.explode {
                    self.pairs(how, members);
                } else {
                    self.joined(how, name, &flat);
                }
            }
            (_, Value::Null) => {}
            (_, value) => self.part(how, name, &plain(value)),
        }
        Ok(())
    }

    /// Writes a member of a form as a pair of its own, and a list as a pair for each item.
    pub(super) fn member(&mut self, name: &str, value: &Value) {
        let how =
            Expansion { first: "", between: "&", items: ",", names: Some(true), encoded: Some(PERCENT) };
        self.pair(how, name, value);
    }

    fn check_items(how: Expansion, parameter: &Parameter, items: &[Cow<'_, str>]) -> Result<(), String> {
        match how.separator(parameter.explode) {
            Some((separator, what)) if items.iter().any(|item| item.contains(separator)) => {
                Err(format!("has an item with {what} in it, which would make it two"))
            }
            _ => Ok(()),
        }
    }

    /// A name that is sent as it is, as in a header, ends at the first equals sign.
    fn check_names(
        how: Expansion,
        parameter: &Parameter,
        members: &Map<String, Value>,
    ) -> Result<(), String> {
        let is_open = parameter.explode && how.encoded.is_none();
        match is_open && sorted(members).iter().any(|(name, _)| name.contains('=')) {
            true => Err("has a name with a `=` in it, which would end it".to_owned()),
            false => Ok(()),
        }
    }

    /// `name=value` for each member, whatever the style, and for each item of a member that is a list.
    fn pairs(&mut self, how: Expansion, members: &Map<String, Value>) {
        let how = Expansion { names: Some(true), ..how };
        for (name, value) in sorted(members) {
            self.pair(how, name, value);
        }
    }

    fn pair(&mut self, how: Expansion, name: &str, value: &Value) {
        match value {
            Value::Array(items) => {
                let items = items.iter().filter(|item| !item.is_null());
                items.for_each(|item| self.part(how, name, &plain(item)));
            }
            Value::Null => {}
            value => self.part(how, name, &plain(value)),
        }
    }

    /// `name[member]=value`. OpenAPI doesn't say how the items of a list are written: they have indices, because servers in
    /// Ruby and PHP keep only the last of several values with the same name.
    fn deep(&mut self, how: Expansion, name: &str, value: &Value) -> Result<(), &'static str> {
        match value {
            Value::Object(members) => {
                for (member, value) in sorted(members) {
                    self.deep(how, &deep_name(name, member)?, value)?;
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().filter(|item| !item.is_null()).enumerate() {
                    self.deep(how, &format!("{name}[{index}]"), item)?;
                }
            }
            Value::Null => {}
            value => self.part(how, name, &plain(value)),
        }
        Ok(())
    }

    /// All items as one part; nothing if there is none.
    fn joined(&mut self, how: Expansion, name: &str, items: &[Cow<'_, str>]) {
        for (index, item) in items.iter().enumerate() {
            match index {
                0 => self.begin(how, name, false),
                _ => self.text.extend(how.items.as_bytes()),
            }
            self.add(how, item);
        }
    }

    fn part(&mut self, how: Expansion, name: &str, value: &str) {
        self.begin(how, name, value.is_empty());
        self.add(how, value);
    }

    fn begin(&mut self, how: Expansion, name: &str, is_empty: bool) {
        let before = if self.has_part { how.between } else { how.first };
        self.has_part = true;
        self.text.extend(before.as_bytes());
        if let Some(always) = how.names {
            self.add(Expansion { encoded: how.encoded.map(|_| PERCENT), ..how }, name);
            if always || !is_empty {
                self.text.extend(b"=");
            }
        }
    }

    /// Adds a text, encoded.
    fn add(&mut self, how: Expansion, text: &str) {
        match how.encoded {
            Some(encoded) => {
                for piece in utf8_percent_encode(text, encoded) {
                    self.text.extend(piece.as_bytes());
                }
            }
            None => self.text.extend(text.as_bytes()),
        }
    }
}
