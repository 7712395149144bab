//! Decides what of a body and of a server's text may be printed.
//!
//! Bodies contain tokens, and a server may repeat in an error text what it was sent. No program can see whether a word is
//! a secret: a password may consist of letters alone, a one-time code of three digits. So only known words are printed:
//! those of the language in which services report errors, and of the names in their APIs. In a text, all other words are
//! left out. In JSON, the structure is kept together with the names of members that consist of known words. This is done
//! when an error is printed, so a call that succeeds has no cost.
//!
//! A password that is a known word would be printed. But services put the values that they repeat in quotes as a rule, and
//! quoted words are left out even if they are known.
//!
//! `message()` and `body()` return the full texts.

mod tokens;
mod words;

pub(crate) use tokens::{Token, Tokens};

/// It is written in place of what is left out.
const LEFT_OUT: &str = "…";

/// The name of a member as it may be printed. The key of a map can be any text, so only known words are printed.
pub(crate) fn name(quoted: &[u8]) -> &str {
    let plain = quoted.strip_prefix(b"\"").unwrap_or(quoted);
    let plain = plain.strip_suffix(b"\"").unwrap_or(plain);
    match std::str::from_utf8(plain) {
        Ok(name) if words::are_known(name) => name,
        _ => LEFT_OUT,
    }
}

/// The structure of a body around the given place, with every value left out.
pub(crate) fn excerpt(body: &[u8], place: usize) -> String {
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
        // Only the end before the place is needed, and a body may be long.
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

/// A media type, if it is one of the usual ones; other texts of the server are not printed.
pub(crate) fn media_type(media_type: Option<&str>) -> &'static str {
    const USUAL: [&str; 7] = [
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
            USUAL.into_iter().find(|usual| usual.eq_ignore_ascii_case(given)).unwrap_or("another media type")
        }
    }
}

/// An error code as it may be printed: if it consists of known words, or is `E` and six digits as with Descope.
pub(crate) fn code(code: &str) -> &str {
    let is_numbered = code
        .strip_prefix('E')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit()));
    if is_numbered || words::are_known(code) { code } else { LEFT_OUT }
}

/// A server's text on one line, reduced to known words and short numbers. Quoted words are mostly values, so they are left
/// out as well, except for pointers into the body.
pub(crate) fn text(text: &str) -> String {
    const MOST: usize = 200;

    let mut plain = String::new();
    let mut quotes = Quotes::default();
    for word in text.split_whitespace() {
        let shown = if is_harmless(word, quotes.enclose(word)) { word } else { LEFT_OUT };
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
    if in_quotes {
        return core.starts_with('/') && words::are_known(core);
    }
    let is_short_number = core.len() <= 3 && core.bytes().all(|byte| byte.is_ascii_digit());
    let is_short_mark = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_punctuation());
    words::are_known(core) || (is_short_number && !core.is_empty()) || is_short_mark
}

/// Which quotation mark is open.
#[derive(Default)]
struct Quotes(Option<char>);

impl Quotes {
    /// Reads the next word, and returns whether any part of it is quoted. An apostrophe opens a quotation only at the
    /// beginning of a word, and closes it only at the end of one.
    fn enclose(&mut self, word: &str) -> bool {
        let mut is_quoted = self.0.is_some();
        let mut before = ' ';
        let mut marks = word.chars().peekable();
        while let Some(mark) = marks.next() {
            let ends = !marks.peek().copied().is_some_and(char::is_alphanumeric);
            match self.0 {
                Some(open) if open == mark && (mark != '\'' || ends) => self.0 = None,
                None if matches!(mark, '"' | '`') || (mark == '\'' && !before.is_alphanumeric()) => {
                    self.0 = Some(mark);
                    is_quoted = true;
                }
                _ => {}
            }
            before = mark;
        }
        is_quoted
    }
}

#[cfg(test)]
mod tests {
    use super::{code, excerpt, text};

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
        let body = br#"{"a@example.com": {"hunter": 1, "token": {"abcdef": 2}}}"#;
        assert_eq!(excerpt(body, 99), r#"{"…":{"…":0,"token":{"…":0}}}"#);
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
            ("code 123456 for a@b.c is wrong", "code … for … is wrong"),
            ("the password hunter is too weak", "the password … is too weak"),
            ("no user has the code ABCDEF, nor abcdef", "no user has the code … nor …"),
            ("token eyJhbGciOi.e30.c2ln expired", "token … expired"),
            ("ticket=verifyEmail:x, state: (s3cret)", "… state: …"),
            (r#"the password "open token now" is weak"#, "the password … is weak"),
            ("the password 'open token now' is weak", "the password … is weak"),
            ("parameter `token's` isn't the user's own", "parameter … isn't the user's own"),
            (r#"the value "token is invalid"#, "the value …"),
            ("two\nlines\tand  more", "two lines and more"),
            ("d189abb0-7bae-498f-bb07-a7d1513c092a", "…"),
            ("- 12 of 345 & 6789", "- 12 of 345 & …"),
            ("!?!?!?", "…"),
            ("", ""),
        ] {
            assert_eq!(text(given), printed);
        }
        assert!(text(&"word ".repeat(500)).len() < 210);
    }

    #[test]
    fn what_the_services_say_is_printed() {
        for said in [
            "Wrong OTP code",
            "Failed to verify code",
            "Token expired due to logout",
            "Request is invalid",
            "The code field is required",
            "API rate limit exceeded",
            "User already exists",
            "Cannot find user",
            "Invalid or expired refresh token",
            "Incorrect email or password",
            "User does not have TOTP MFA enabled",
            "Default role must be in allowed roles",
            "Query argument redirectTo is required, but not found",
            "security requirements failed: elevated-claim-required",
            "error parsing token: token signature is invalid",
            r#"Error at "/options/locale": maximum string length is 2"#,
            "doesn't match schema #/components/schemas/CreatePATRequest:",
            "404 page not found",
        ] {
            assert_eq!(text(said), said);
        }
        let said = r#"The value of "options.redirectTo" is not allowed."#;
        assert_eq!(text(said), "The value of … is not allowed.");
        let said = r#"Error at "/password": property "password" is missing"#;
        assert_eq!(text(said), r#"Error at "/password": property … is missing"#);
    }

    #[test]
    fn a_code_is_printed_if_it_is_one() {
        for known in ["E061102", "user-already-exists", "elevated-claim-required"] {
            assert_eq!(code(known), known);
        }
        for other in ["E06110", "E0611022", "hunter", "correct-horse", "123456", ""] {
            assert_eq!(code(other), "…");
        }
    }
}
