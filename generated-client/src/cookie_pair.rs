//! Reads the name and the value of a cookie, as `Cookie` and `Set-Cookie` have them.

/// The characters that browsers leave out around a name and a value. Any other blank belongs to the name: browsers don't see
/// the prefix `__Host-` behind one, so that any host of the domain can set such a cookie.
const BLANKS: [char; 2] = [' ', '\t'];

/// The name and the value in `name=value`, without the blanks around them and the quotes around the value.
pub(crate) fn read(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once('=')?;
    let value = value.trim_matches(BLANKS);
    let unquoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    Some((name.trim_matches(BLANKS), unquoted.unwrap_or(value)))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn blanks_and_quotes_are_left_out() {
        for (text, expected) in [
            ("DS=a.b-c", Some(("DS", "a.b-c"))),
            (" DS\t= \"a=b==\" ", Some(("DS", "a=b=="))),
            ("\u{a0}DS=a\u{2000}", Some(("\u{a0}DS", "a\u{2000}"))),
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
