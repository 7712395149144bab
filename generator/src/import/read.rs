//! Reads documents that somebody else wrote.

use std::borrow::Cow;

use super::notes::Notes;
use super::{decode, indent};
use crate::fault::{Fault, Faults};
use crate::source::{self, Node, Value};

/// The documents as trees, in the order in which they were given. What of them can't be read is left out.
pub(super) fn read(documents: &[(String, Vec<u8>)], notes: &mut Notes) -> Result<Vec<Node>, Faults> {
    let mut trees = Vec::new();
    let mut faults = Vec::new();
    for (file, bytes) in documents {
        match read_one(file, bytes, notes) {
            Ok(tree) => trees.push(tree),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(trees) } else { Err(Faults::new(faults)) }
}

/// One document as a tree. What of it can't be read is left out, unless that is all.
pub(crate) fn read_document(file: &str, bytes: &[u8]) -> Result<Node, Vec<Fault>> {
    read_one(file, bytes, &mut Notes::default())
}

fn read_one(file: &str, bytes: &[u8], notes: &mut Notes) -> Result<Node, Vec<Fault>> {
    let text = decode::text(file, bytes, notes).map_err(|fault| vec![fault])?;
    let is_json = text.trim_start_matches('\u{feff}').trim_start().starts_with('{');
    let text = if is_json { as_yaml(&text) } else { text };
    let (tree, found) = indent::read(file, text, notes);
    let Some(mut tree) = tree else { return Err(found) };
    found.iter().for_each(|fault| notes.of_fault("left out what no document can have", fault));
    clean(&mut tree);
    Ok(tree)
}

/// JSON as YAML reads it: a character that is written as two escapes becomes itself. Every other JSON is YAML.
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
        }
        _ => {}
    }
    let Some(merged) = node.remove("<<") else { return };
    let sources = if merged.is_sequence() { merged.items().to_vec() } else { vec![merged] };
    for (key, value) in sources.iter().flat_map(Node::entries) {
        let name = key.text().unwrap_or_default();
        if node.get(name).is_none() {
            node.set(name, value.clone());
        }
    }
}

/// The files that a document refers to, as their paths are beside its own.
#[must_use]
pub fn referred_files(file: &str, bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut found: Vec<String> = Vec::new();
    for rest in text.split("$ref").skip(1) {
        let rest = rest.trim_start_matches(['"', '\'', ' ', ':']);
        let end = rest.find(['"', '\'', ' ', ',', '}', '\n', '\r', '#']).unwrap_or(rest.len());
        let (target, _) = rest.split_at(end);
        if !target.is_empty() && !target.contains("://") {
            let path = super::gather::joined(file, target);
            if !found.contains(&path) {
                found.push(path);
            }
        }
    }
    found
}
