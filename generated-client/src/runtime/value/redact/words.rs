//! The words of a server's texts that may be printed.

use std::collections::HashSet;
use std::sync::LazyLock;

/// The words of error texts, and of the names and codes of the services, in lower case. Don't add a word that somebody may
/// choose as a password, unless the services use it.
static WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("words.txt").split_ascii_whitespace().collect());

/// Whether a text without blanks is made of known words alone: `expired`, `user's`, `redirectTo-not-allowed`,
/// `tenantSSOID`, `/options/locale`. Digits may stand between words, as in `openapi3filter`, but not many.
pub(crate) fn are_known(text: &str) -> bool {
    const MOST: usize = 96;

    let text = ["'s", "'t", "'re", "'ve"].iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text);
    let has_digits = text.bytes().any(|byte| byte.is_ascii_digit());
    // Random texts fall into single letters, and into short words beside digits.
    let fewest = match text.len() {
        1 => 1,
        _ if has_digits => 3,
        _ => 2,
    };
    let mut pieces = Pieces { rest: text }.peekable();
    let mut has_words = false;
    pieces.peek().is_some()
        && text.len() <= MOST
        && pieces.all(|piece| {
            if piece.bytes().all(|byte| byte.is_ascii_digit()) {
                return piece.len() <= 3;
            }
            has_words = true;
            piece.len() >= fewest && WORDS.contains(&*piece.to_ascii_lowercase())
        })
        && has_words
}

/// Splits at separators, at changes of case and at digits. Any other character is a piece of its own, which is no known
/// word.
struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        self.rest = self.rest.trim_start_matches(['-', '_', '/', '.', '#', '\'']);
        let first = self.rest.chars().next()?;
        let rest = self.rest.as_bytes();
        let run = |start: usize, wanted: fn(&u8) -> bool| {
            rest.iter().skip(start).take_while(|byte| wanted(byte)).count()
        };
        let length = if self.rest.starts_with("OAuth") {
            "OAuth".len()
        } else if first.is_ascii_digit() {
            run(0, u8::is_ascii_digit)
        } else if first.is_ascii_lowercase() {
            run(0, u8::is_ascii_lowercase)
        } else if first.is_ascii_uppercase() {
            let capitals = run(0, u8::is_ascii_uppercase);
            match run(capitals, u8::is_ascii_lowercase) {
                // `SSOID`, and `IDs` for several.
                0 => capitals,
                1 if capitals > 1 && rest.get(capitals) == Some(&b's') => capitals + 1,
                // `Jwt`, and `SSO` in front of `Jwt`.
                small if capitals == 1 => 1 + small,
                _ => capitals - 1,
            }
        } else {
            first.len_utf8()
        };
        let (piece, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(piece)
    }
}

#[cfg(test)]
mod tests {
    use super::{Pieces, are_known};

    #[test]
    fn names_fall_into_words() {
        for (text, pieces) in [
            ("sessionJwt", &["session", "Jwt"][..]),
            ("tenantSSOID", &["tenant", "SSOID"]),
            ("addToLoginIDs", &["add", "To", "Login", "IDs"]),
            ("OAuthToken", &["OAuth", "Token"]),
            ("oauth2-token_x", &["oauth", "2", "token", "x"]),
            ("/a.b", &["a", "b"]),
            ("é=", &["é", "="]),
        ] {
            assert_eq!(Pieces { rest: text }.collect::<Vec<_>>(), pieces, "{text}");
        }
    }

    #[test]
    fn what_is_made_of_words_is_known() {
        for text in [
            "expired",
            "Token",
            "OTP",
            "a",
            "user's",
            "isn't",
            "user-already-exists",
            "redirectTo-not-allowed",
            "sessionJwt",
            "loginIDs",
            "tenantSSOID",
            "/options/displayName",
            "openapi3filter.RequestError",
            "#/components/schemas/SignUpEmailPasswordRequest",
        ] {
            assert!(are_known(text), "{text}");
        }
    }

    #[test]
    fn what_may_be_a_secret_is_not_known() {
        for text in [
            "",
            "-",
            "'",
            "x",
            "hunter",
            "correct-horse-battery-staple",
            "123456",
            "12-34",
            "E061102",
            "d189abb0-7bae-498f-bb07-a7d1513c092a",
            "eyJhbGciOi.e30.c2ln",
            "jane@example.com",
            "aBaB",
            "code=ok",
            "in4to2",
            "token1234",
            "é",
            "tokén",
        ] {
            assert!(!are_known(text), "{text}");
        }
        assert!(!are_known(&"token".repeat(30)));
        assert!(!are_known(&"token-".repeat(30)));
    }
}
