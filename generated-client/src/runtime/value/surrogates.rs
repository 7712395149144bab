//! Halves of surrogate pairs in JSON.
//!
//! JSON writes a character beyond U+FFFF as two escapes, `\ud83d\ude00`. A server that cuts a text between them sends one
//! half, which is no character, and serde_json refuses the whole document then.

use super::secret_bytes::SecretBytes;

/// How JSON writes U+FFFD, the character that stands for what can't be read.
const REPLACEMENT: &[u8] = b"\\ufffd";

/// A document in which each half of a pair that stands alone is replaced; none if there is no such half.
pub(super) fn replaced(json: &[u8]) -> Option<SecretBytes> {
    let mut replaced = SecretBytes::default();
    let mut rest = json;
    // How much of `rest` is known to be kept.
    let mut kept = 0;
    while let Some(at) = rest.get(kept..).and_then(|rest| rest.iter().position(|byte| *byte == b'\\')) {
        let start = kept + at;
        let escape = rest.get(start..).unwrap_or_default();
        match (half(escape), escape.get(6..).and_then(half)) {
            (Some(Half::High), Some(Half::Low)) => kept = start + 12,
            (Some(_), _) => {
                replaced.extend(rest.get(..start).unwrap_or_default());
                replaced.extend(REPLACEMENT);
                rest = escape.get(6..).unwrap_or_default();
                kept = 0;
            }
            (None, _) => kept = start + 2,
        }
    }
    if replaced.len() == 0 {
        return None;
    }
    replaced.extend(rest);
    Some(replaced)
}

/// A half of a surrogate pair.
enum Half {
    High,
    Low,
}

/// The half that a text begins with, if it does.
fn half(escape: &[u8]) -> Option<Half> {
    let digits = escape.strip_prefix(b"\\u")?.get(..4)?;
    match u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()? {
        0xd800..=0xdbff => Some(Half::High),
        0xdc00..=0xdfff => Some(Half::Low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn halves_that_stand_alone_are_replaced() {
        for (json, expected) in [
            (r#""\ud83d""#, r#""\ufffd""#),
            (r#""a\uD83Db""#, r#""a\ufffdb""#),
            (r#""\ude00""#, r#""\ufffd""#),
            (r#""\ud83d\ud83d\ude00""#, r#""\ufffd\ud83d\ude00""#),
            (r#""\ude00\ud83d""#, r#""\ufffd\ufffd""#),
            (r#""\ud83d\n""#, r#""\ufffd\n""#),
            (r#""\ud83d\u0041""#, r#""\ufffd\u0041""#),
            (r#"{"\ud83d":"\\\ud83d"}"#, r#"{"\ufffd":"\\\ufffd"}"#),
        ] {
            assert_eq!(
                replaced(json.as_bytes()).as_ref().map(AsRef::as_ref),
                Some(expected.as_bytes()),
                "{json}"
            );
        }
    }

    #[test]
    fn everything_else_is_kept() {
        for json in [
            "",
            "{}",
            r#""\ud83d\ude00""#,
            r#""\\ud83d""#,
            r#""\u00e9\"\\""#,
            r#""\ud8"#,
            r#""\u"#,
            "\\",
            r#""\u+d83""#,
        ] {
            assert!(replaced(json.as_bytes()).is_none(), "{json}");
        }
    }
}
