//! Numbers in JSON that are too large to be read.
//!
//! JSON doesn't limit a number, and serde_json refuses the whole document for one beyond the range of `f64`, such as `1e999`.

use super::redact::{Token, Tokens};
use super::secret_bytes::SecretBytes;

/// A document in which each number beyond the range of `f64` is null, which a member that may be absent can hold; none if
/// there is no such number.
pub(super) fn replaced(json: &[u8]) -> Option<SecretBytes> {
    let mut replaced = SecretBytes::default();
    // Everything before this position is copied already.
    let mut copied = 0;
    for (token, range) in Tokens::of(json) {
        if token == Token::Number && json.get(range.clone()).is_some_and(is_huge) {
            replaced.extend(json.get(copied..range.start).unwrap_or_default());
            replaced.extend(b"null");
            copied = range.end;
        }
    }
    if copied == 0 {
        return None;
    }
    replaced.extend(json.get(copied..).unwrap_or_default());
    Some(replaced)
}

fn is_huge(number: &[u8]) -> bool {
    let number = std::str::from_utf8(number).ok().and_then(|number| number.parse().ok());
    number.is_some_and(f64::is_infinite)
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn numbers_beyond_the_range_are_null() {
        for (json, expected) in [
            ("1e999", "null"),
            ("[1e999,2,-1E+400]", "[null,2,null]"),
            (r#"{"1e999": 1e999, "a": "1e999"}"#, r#"{"1e999": null, "a": "1e999"}"#),
        ] {
            let replaced = replaced(json.as_bytes());
            assert_eq!(replaced.as_ref().map(AsRef::as_ref), Some(expected.as_bytes()), "{json}");
        }
    }

    #[test]
    fn everything_else_is_kept() {
        let long = format!("[{}]", "9".repeat(300));
        for json in ["", "{}", "1e-999", "1.7976931348623157e308", r#""1e999""#, "Infinity", &long] {
            assert!(replaced(json.as_bytes()).is_none(), "{json}");
        }
    }
}
