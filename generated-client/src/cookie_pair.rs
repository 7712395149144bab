//! Reads the name and the value of a cookie, as `Cookie` and `Set-Cookie` have them.

/// The name and the value in `name=value`, without the blanks around them and the quotes around the value.
pub(crate) fn read(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once('=')?;
    let value = value.trim();
    let unquoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    Some((name.trim(), unquoted.unwrap_or(value)))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn blanks_and_quotes_are_left_out() {
        for (text, expected) in [
            ("DS=a.b-c", Some(("DS", "a.b-c"))),
            (" DS = \"a=b==\" ", Some(("DS", "a=b=="))),
            ("DS=\"", Some(("DS", "\""))),
            ("DS=\"a", Some(("DS", "\"a"))),
            ("DS=", Some(("DS", ""))),
            ("=a", Some(("", "a"))),
            ("DS", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
