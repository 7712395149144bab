//! The words of a server's texts that may be printed.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words in lower case.
struct Words {
    /// Those of the specs: names of headers, parameters and members, codes of errors, and words of error texts.
    specs: HashSet<String>,
    /// Those of the English in which services report errors. The list is kept by hand. It has no word that people choose as
    /// a password; if the texts of a service have such a word, the spec of the service lists it.
    english: HashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
    specs: crate::KNOWN_WORDS
        .iter()
        .flat_map(|words| words.iter())
        .flat_map(|words| words.split_ascii_whitespace())
        .map(str::to_lowercase)
        .collect(),
    english: include_str!("words.txt").split_ascii_whitespace().map(str::to_owned).collect(),
});

/// Whether a text is the name of something in a spec, or joined of such names by dots: `codeChallenge`,
/// `options.redirectTo`, `x-cf-turnstile-response`.
pub(super) fn is_name(text: &str) -> bool {
    let is_known = |name: &str| WORDS.specs.contains(&name.to_lowercase());
    text.len() <= MOST && (is_known(text) || text.split('.').all(is_known))
}

/// Whether a text without blanks is known as a whole, or made of known words alone: `expired`, `user's`,
/// `redirectTo-not-allowed`, `tenantSSOID`, `/options/locale`. A word with digits is known as a whole or not at all, as
/// `openapi3filter` is.
pub(super) fn are_known(text: &str) -> bool {
    let text = ENDINGS.iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text);
    if text.len() > MOST {
        return false;
    }
    if is_name(text) {
        return true;
    }
    // Random texts fall into single letters, so no letter counts as a known part of a longer text.
    let fewest = if text.len() == 1 { 1 } else { 2 };
    let mut parts = text.split(SEPARATORS).filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some()
        && parts.all(|part| {
            let pieces = || Pieces { rest: part };
            is_known(part, fewest) || pieces().all(|piece| is_known(piece, fewest))
        })
}

/// What stands behind an apostrophe.
const ENDINGS: [&str; 8] = ["'s", "'t", "'re", "'ve", "’s", "’t", "’re", "’ve"];

/// The longest text that is looked at.
const MOST: usize = 96;

const SEPARATORS: [char; 6] = ['-', '_', '/', '.', '#', '\''];

fn is_known(word: &str, fewest: usize) -> bool {
    let small = word.to_ascii_lowercase();
    word.len() >= fewest && (WORDS.english.contains(&small) || WORDS.specs.contains(&small))
}

/// Splits at changes of case. Any character but a letter is a piece of its own, which is no known word.
struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let first = self.rest.chars().next()?;
        let rest = self.rest.as_bytes();
        let run = |start: usize, wanted: fn(&u8) -> bool| {
            rest.iter().skip(start).take_while(|byte| wanted(byte)).count()
        };
        let length = if self.rest.starts_with("OAuth") {
            "OAuth".len()
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
            ("oauth2", &["oauth", "2"]),
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
            "isn’t",
            "user-already-exists",
            "redirectTo-not-allowed",
            "sessionJwt",
            "loginIDs",
            "tenantSSOID",
            "/options/displayName",
            "openapi3filter.RequestError",
            "#/components/schemas/SignUpEmailPasswordRequest",
            "x-cf-turnstile-response",
            "codeChallenge",
            "signin",
            "oauth2",
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
            "E061199",
            "d189abb0-7bae-498f-bb07-a7d1513c092a",
            "eyJhbGciOi.e30.c2ln",
            "jane@example.com",
            "aBaB",
            "code=ok",
            "in4to2",
            "token1234",
            "token123",
            "code1",
            "code-123",
            "/items/123",
            "monkey",
            "dragon",
            "welcome",
            "letmein",
            "master",
            "sunshine",
            "apple-magic",
            "é",
            "tokén",
        ] {
            assert!(!are_known(text), "{text}");
        }
        assert!(!are_known(&"token".repeat(30)));
        assert!(!are_known(&"token-".repeat(30)));
    }
}
