//! Reads documents that somebody else published, and that nobody curated. What the reader can mend is mended,
//! and what no document can have is left out. `import` makes a service of such documents, and `drift`
//! compares services with them.
//!
//! - `decode`: the text of a file, whatever its encoding
//! - `unreadable`: why a file can't be read, where that says more than the place where reading failed
//! - `indent`: lines that have to stand further in

mod decode;
mod indent;
mod unreadable;

use std::borrow::Cow;

use crate::fault::Fault;
use crate::source::{self, Node, Value};

pub(crate) use unreadable::{NOT_OPENAPI, SWAGGER};

/// A published document as it could be read.
pub(crate) struct Published {
    pub(crate) tree: Node,
    pub(crate) repairs: Vec<Repair>,
}

/// What was done to a document so that it could be read.
#[derive(Debug)]
pub(crate) struct Repair {
    /// What was done, in words that are the same wherever it was done.
    pub(crate) what: &'static str,
    /// What the reader found, with its place.
    pub(crate) fault: Fault,
}

/// Reads a document. What of it can't be read is left out, unless that is all.
pub(crate) fn read(file: &str, bytes: &[u8]) -> Result<Published, Vec<Fault>> {
    let mut repairs = Vec::new();
    let text = decode::text(file, bytes, &mut repairs).map_err(|fault| vec![fault])?;
    let is_json = text.trim_start_matches('\u{feff}').trim_start().starts_with('{');
    let text = if is_json { as_yaml(&text) } else { text };
    let (tree, found) = indent::read(file, text, &mut repairs);
    let Some(mut tree) = tree else { return Err(found) };
    repairs
        .extend(found.into_iter().map(|fault| Repair { what: "left out what no document can have", fault }));
    clean(&mut tree);
    Ok(Published { tree, repairs })
}

/// JSON as YAML reads it: a character that is written as two escapes becomes itself. Every other JSON is
/// YAML.
fn as_yaml(text: &str) -> Cow<'_, str> {
    if !text.contains("\\u") {
        return Cow::Borrowed(text);
    }
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('\\') {
        let (before, escape) = rest.split_at(start);
        read.push_str(before);
        let (taken, length) = match (unit(escape, 0), unit(escape, 6)) {
            (Some(high @ 0xd800..=0xdbff), Some(low @ 0xdc00..=0xdfff)) => {
                let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                (char::from_u32(code).unwrap_or('\u{fffd}').to_string(), 12)
            }
            (Some(0xd800..=0xdfff), _) => ("\u{fffd}".to_owned(), 6),
            _ => {
                let length = escape.chars().take(2).map(char::len_utf8).sum();
                (escape.get(..length).unwrap_or_default().to_owned(), length)
            }
        };
        read.push_str(&taken);
        rest = escape.get(length..).unwrap_or_default();
    }
    read.push_str(rest);
    Cow::Owned(read)
}

/// The unit of UTF-16 that stands as an escape at this byte.
fn unit(text: &str, at: usize) -> Option<u32> {
    let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
    u32::from_str_radix(digits, 16).ok()
}

/// Resolves merge keys, and takes out the characters that no file can contain.
fn clean(node: &mut Node) {
    match &mut node.value {
        Value::String(text) => {
            let cleaned: String = text.chars().filter(|character| !source::is_refused(*character)).collect();
            *text = cleaned.replace("\r\n", "\n").replace('\r', "\n").into();
        }
        Value::Sequence(items) => items.iter_mut().for_each(clean),
        Value::Mapping(entries) => {
            entries.retain(|(_, value)| !value.is_invalid());
            for (key, value) in entries.iter_mut() {
                clean(key);
                clean(value);
            }
            merge(entries);
        }
        _ => {}
    }
}

/// Puts the members of what a merge key names behind its own, which count where both have a member.
fn merge(entries: &mut Vec<(Node, Node)>) {
    let Some(index) = entries.iter().position(|(key, _)| key.text() == Some("<<")) else { return };
    let (_, merged) = entries.remove(index);
    let sources = if merged.is_sequence() { merged.items().to_vec() } else { vec![merged] };
    for (key, value) in sources.iter().flat_map(Node::entries) {
        if !entries.iter().any(|(known, _)| known.scalar() == key.scalar()) {
            entries.push((key.clone(), value.clone()));
        }
    }
}
