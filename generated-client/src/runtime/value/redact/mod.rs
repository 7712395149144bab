//! Decides what of a body and of a server's text may be printed.
//!
//! Bodies contain tokens, and a server may repeat in an error text what it was sent. No program can see whether a word is
//! a secret: a password may consist of letters alone, a one-time code of three digits. So only known words are printed:
//! those of the language in which services report errors, and those of the specs, which are generated. In a text, all other
//! words are left out, and so is a number that may be a code. In JSON, the structure is kept together with the names of
//! members that consist of known words. This is done when an error is printed, so a call that succeeds has no cost.
//!
//! A password that is a known word would be printed. But services put the values that they repeat in quotes as a rule, and a
//! quoted word is left out even if it is known, unless the words beside it say that it is the name of something.
//!
//! `message()` and `body()` return the full texts.

mod numbers;
mod quotes;
mod text;
mod tokens;
mod words;

pub(crate) use text::text;
pub(crate) use tokens::{Token, Tokens};

/// The mark that is written in place of what is left out.
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

#[cfg(test)]
mod tests {
    use super::{code, excerpt};

    #[test]
    fn an_excerpt_has_the_structure_and_no_value() {
        let body = br#"{"sessionJwt":"eyJ.s3cret","expiresIn":-1.5e3,"ok":true,"none":null,"list":["",1]}"#;
        assert_eq!(excerpt(body, 0), r#"{"sessionJwt":"…","expiresIn"…"#);
        assert_eq!(
            excerpt(body, body.len()),
            r#"{"sessionJwt":"…","expiresIn":0,"ok":true,"none":null,"list":["",0]}"#
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
    fn a_code_is_printed_if_it_is_one() {
        for known in ["E061102", "user-already-exists", "elevated-claim-required"] {
            assert_eq!(code(known), known);
        }
        for other in ["E06110", "E0611022", "hunter", "correct-horse", "123456", ""] {
            assert_eq!(code(other), "…");
        }
    }
}
