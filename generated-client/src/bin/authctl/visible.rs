//! Text of a server or a user as a terminal may get it: characters that would steer the terminal are shown, not sent.

use std::borrow::Cow;
use std::fmt::Write;

/// The text with its control characters, and those that change the direction of text, written as `\u{1b}`.
pub(crate) fn text(text: &str) -> Cow<'_, str> {
    if !text.contains(is_steering) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_steering(character) {
            _ = write!(shown, "{}", character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// The same for bytes, of which those that aren't UTF-8 are written as `\x9b`.
pub(crate) fn bytes(bytes: &[u8]) -> String {
    let mut shown = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        shown.push_str(&text(chunk.valid()));
        for byte in chunk.invalid() {
            _ = write!(shown, "\\x{byte:02x}");
        }
    }
    shown
}

/// C0, DEL and C1 but for line breaks and tabs, the marks and controls of bidirectional text, and the separators of lines
/// and paragraphs.
fn is_steering(character: char) -> bool {
    let is_control = character.is_control() && !matches!(character, '\n' | '\t');
    is_control
        || matches!(
            character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

#[cfg(test)]
mod tests {
    use super::{bytes, text};

    #[test]
    fn what_steers_a_terminal_is_shown() {
        for (given, shown) in [
            ("plain\ttext\nand more, é", "plain\ttext\nand more, é"),
            ("\u{1b}]0;X\u{7}\u{1b}[2J", "\\u{1b}]0;X\\u{7}\\u{1b}[2J"),
            ("a\rb\u{8}c\0", "a\\u{d}b\\u{8}c\\u{0}"),
            ("\u{7f}\u{9b}31m", "\\u{7f}\\u{9b}31m"),
            ("a\u{202e}b\u{2066}c\u{200f}d\u{61c}", "a\\u{202e}b\\u{2066}c\\u{200f}d\\u{61c}"),
        ] {
            assert_eq!(text(given), shown);
            assert_eq!(bytes(given.as_bytes()), shown);
        }
        assert_eq!(bytes(b"a\x9b2J\xff"), "a\\x9b2J\\xff");
    }
}
