//! The text of a file, whatever its encoding.

use std::borrow::Cow;

use super::{NOT_OPENAPI, Repair};
use crate::fault::Fault;
use crate::source;

/// How much of a file that holds no text a message shows, in bytes.
const SHOWN: usize = 40;

/// The text of a file. UTF-16 is read where the file begins with the mark of its order of bytes.
pub(super) fn text<'a>(
    file: &str,
    bytes: &'a [u8],
    repairs: &mut Vec<Repair>,
) -> Result<Cow<'a, str>, Fault> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes),
    };
    let start = bytes.get(..SHOWN).unwrap_or(bytes);
    if text.contains('\0') {
        let what = "the file holds no text, or text in another encoding than UTF-8";
        return Err(source::file_fault(file, start, "encoding", what, "save it in the encoding UTF-8"));
    }
    if text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        let what = "the file is a web page or XML, and not the document itself";
        let help =
            "download the document in YAML or JSON; where a site shows it as a page, take the raw file";
        return Err(source::file_fault(file, start, NOT_OPENAPI, what, help));
    }
    if matches!(text, Cow::Owned(_)) && text.contains('\u{fffd}') {
        let (_, faults) = source::read_published(file, bytes);
        let of_encoding = faults.into_iter().find(|fault| fault.rule == "encoding");
        let what = "took bytes that aren't UTF-8 for U+FFFD";
        repairs.extend(of_encoding.map(|fault| Repair { what, fault }));
    }
    Ok(text)
}

/// The text of pairs of bytes.
fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Cow<'static, str> {
    let pairs = bytes.chunks_exact(2).filter_map(|pair| Some(unit(pair.try_into().ok()?)));
    let characters = char::decode_utf16(pairs).map(|read| read.unwrap_or(char::REPLACEMENT_CHARACTER));
    Cow::Owned(characters.collect())
}
