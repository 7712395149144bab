//! Splits a body into tokens, whether it is JSON or not.

use std::ops::Range;

/// A piece of a body, which may be JSON or anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// One of `{}[]:,`.
    Punctuation(u8),
    /// A string before a colon.
    Name,
    /// Any other string.
    Text,
    Number,
    /// `true`, `false` or `null`.
    Word,
    /// Anything else.
    Other,
}

/// Splits any bytes into tokens. It comes to an end for bytes that aren't JSON as well.
pub(crate) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn skip(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.bytes.get(self.at).is_some_and(|byte| wanted(*byte)) {
            self.at += 1;
        }
    }

    /// Moves behind the closing quote, or to the end if there is none.
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
