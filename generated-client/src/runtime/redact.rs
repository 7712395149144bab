//! What of a body and of a server's text may be printed.
//!
//! Bodies hold tokens, and a server may repeat in its error text what it was sent. So nothing of
//! either is printed as it came: of JSON its structure with the names of members, of a text the
//! words that can't be a secret.

use std::ops::Range;

/// Written in place of what is left out.
const LEFT_OUT: &str = "…";

/// A piece of something that may be JSON, or may have been meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// One of `{}[]:,`.
    Punctuation(u8),
    /// A string before a colon.
    Name,
    /// Any other string.
    Text,
    Number,
    /// `true`, `false` or `null`.
    Word,
    /// Whatever else stands there.
    Other,
}

/// Splits any bytes into tokens; where they aren't JSON it still comes to an end.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn skip(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.bytes.get(self.at).is_some_and(|byte| wanted(*byte)) {
            self.at += 1;
        }
    }

    /// Goes behind the closing quote, or to the end where there is none.
    fn skip_string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'"' => break,
                _ => {}
            }
        }
        self.at = self.at.min(self.bytes.len());
    }

    fn colon_follows(&self) -> bool {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        rest.trim_ascii_start().first() == Some(&b':')
    }
}

impl Iterator for Tokens<'_> {
    type Item = (Token, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        self.skip(|byte| byte.is_ascii_whitespace());
        let start = self.at;
        let token = match *self.bytes.get(start)? {
            byte @ (b'{' | b'}' | b'[' | b']' | b':' | b',') => {
                self.at += 1;
                Token::Punctuation(byte)
            }
            b'"' => {
                self.skip_string();
                if self.colon_follows() { Token::Name } else { Token::Text }
            }
            b'-' | b'0'..=b'9' => {
                self.skip(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'));
                Token::Number
            }
            _ => {
                self.skip(|byte| !byte.is_ascii_whitespace() && !b"{}[]:,\"".contains(&byte));
                match self.bytes.get(start..self.at) {
                    Some(b"true" | b"false" | b"null") => Token::Word,
                    _ => Token::Other,
                }
            }
        };
        Some((token, start..self.at))
    }
}

/// The name of a member as it may be printed: names that look like data are left out.
pub(super) fn name(quoted: &[u8]) -> &str {
    let plain = quoted.strip_prefix(b"\"").unwrap_or(quoted);
    let plain = plain.strip_suffix(b"\"").unwrap_or(plain);
    let printable = plain.len() <= 40
        && plain.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'$'));
    match std::str::from_utf8(plain) {
        Ok(name) if printable => name,
        _ => LEFT_OUT,
    }
}

/// The structure of a body around the given place, with every value left out.
pub(super) fn excerpt(body: &[u8], place: usize) -> String {
    const BEFORE: usize = 60;
    const AFTER: usize = 20;

    let mut shape = String::new();
    let mut wanted = usize::MAX;
    for (token, range) in Tokens::of(body) {
        if wanted == usize::MAX && range.start >= place {
            wanted = shape.len() + AFTER;
        }
        if shape.len() > wanted {
            shape.push_str(LEFT_OUT);
            break;
        }
        print_token(&mut shape, token, body.get(range).unwrap_or_default());
        // Only the end before the place is of interest, and a body may be long.
        if wanted == usize::MAX && shape.len() > 4 * BEFORE {
            shape = last(&shape, BEFORE);
        }
    }
    last(&shape, BEFORE + AFTER + LEFT_OUT.len())
}

fn print_token(shape: &mut String, token: Token, bytes: &[u8]) {
    match token {
        Token::Punctuation(byte) => shape.push(char::from(byte)),
        Token::Name => {
            shape.push('"');
            shape.push_str(name(bytes));
            shape.push('"');
        }
        Token::Text if bytes == b"\"\"" => shape.push_str("\"\""),
        Token::Text => shape.push_str("\"…\""),
        Token::Number => shape.push('0'),
        Token::Word => shape.push_str(std::str::from_utf8(bytes).unwrap_or(LEFT_OUT)),
        Token::Other if shape.ends_with(LEFT_OUT) => {}
        Token::Other => shape.push_str(LEFT_OUT),
    }
}

fn last(text: &str, most: usize) -> String {
    let mut start = text.len().saturating_sub(most);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let cut = text.get(start..).unwrap_or_default();
    if start == 0 || cut.starts_with(LEFT_OUT) { cut.to_owned() } else { format!("{LEFT_OUT}{cut}") }
}

/// A media type, if it is one that is met; whatever else a server writes there is not printed.
pub(super) fn media_type(media_type: Option<&str>) -> &'static str {
    const MET: [&str; 7] = [
        "application/json",
        "application/octet-stream",
        "application/problem+json",
        "application/xml",
        "text/html",
        "text/plain",
        "text/xml",
    ];
    match media_type {
        None => "no media type",
        Some(given) => {
            MET.into_iter().find(|met| met.eq_ignore_ascii_case(given)).unwrap_or("another media type")
        }
    }
}

/// A server's text on one line, with every word left out that could be a secret: what has digits
/// or unusual characters in it, what is long, and what is quoted (save a pointer into the body).
pub(super) fn text(text: &str) -> String {
    const MOST: usize = 200;

    let mut plain = String::new();
    let mut quoted = false;
    for word in text.split_whitespace() {
        let quotes = word.matches('"').count();
        let in_quotes = quoted || quotes > 0;
        quoted ^= quotes % 2 == 1;
        let shown = if is_harmless(word, in_quotes) { word } else { LEFT_OUT };
        if shown == LEFT_OUT && plain.ends_with(LEFT_OUT) {
            continue;
        }
        if plain.len() + shown.len() > MOST {
            if !plain.ends_with(LEFT_OUT) {
                plain.push_str(" …");
            }
            break;
        }
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(shown);
    }
    plain
}

fn is_harmless(word: &str, in_quotes: bool) -> bool {
    let core = word.trim_matches(|c: char| "\"'`.,:;!?()[]".contains(c));
    let short_number = core.len() <= 3 && core.bytes().all(|byte| byte.is_ascii_digit());
    let letters = core.len() <= 32
        && core.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'\'' | b'/'));
    (short_number || letters) && (!in_quotes || core.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::{excerpt, text};

    #[test]
    fn an_excerpt_has_the_structure_and_no_value() {
        let body = br#"{"sessionJwt":"eyJ.s3cret","age":-1.5e3,"ok":true,"none":null,"list":["",1]}"#;
        assert_eq!(excerpt(body, 0), r#"{"sessionJwt":"…","age"…"#);
        assert_eq!(
            excerpt(body, body.len()),
            r#"{"sessionJwt":"…","age":0,"ok":true,"none":null,"list":["",0]}"#
        );
    }

    #[test]
    fn names_that_look_like_data_are_left_out() {
        assert_eq!(excerpt(br#"{"a@example.com": {"x.y.z": 1}}"#, 99), r#"{"…":{"…":0}}"#);
    }

    #[test]
    fn what_is_not_json_is_left_out() {
        assert_eq!(excerpt(b"<html><b>token s3cret</b>", 0), "…");
        assert_eq!(excerpt(b"\xff\xfe s3cret", 99), "…");
        assert_eq!(excerpt(br#"{"jwt":"cut o"#, 99), r#"{"jwt":"…""#);
        assert_eq!(excerpt(br#"{"jwt":"cut \"#, 99), r#"{"jwt":"…""#);
        assert_eq!(excerpt(b"", 0), "");
    }

    #[test]
    fn a_long_body_is_cut_on_both_sides() {
        let body = format!("[{}", "true,".repeat(1000));
        let shape = excerpt(body.as_bytes(), 2500);
        assert!(shape.starts_with('…') && shape.ends_with('…'), "{shape}");
        assert!(shape.len() < 100, "{shape}");
    }

    #[test]
    fn a_text_keeps_its_words_and_loses_what_may_be_secret() {
        for (given, printed) in [
            ("Invalid or expired refresh token", "Invalid or expired refresh token"),
            ("code 123456 for a@b.c is wrong", "code … for … is wrong"),
            (
                r#"Error at "/options/locale": maximum string length is 2"#,
                r#"Error at "/options/locale": maximum string length is 2"#,
            ),
            (r#"the password "open sesame now" is weak"#, "the password … is weak"),
            ("two\nlines\tand  more", "two lines and more"),
            (
                "security requirements failed: elevated-claim-required",
                "security requirements failed: elevated-claim-required",
            ),
            ("d189abb0-7bae-498f-bb07-a7d1513c092a", "…"),
        ] {
            assert_eq!(text(given), printed);
        }
        assert!(text(&"word ".repeat(500)).len() < 210);
    }
}
