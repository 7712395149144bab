//! Path templates: their parameters, the form in which they are sent, and which of them are one path for a
//! server. What follows a `#` isn't sent, and tells operations of one path apart.

/// The names in a template, in order.
pub(crate) fn parameters_of(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}

/// The template with empty braces in place of each parameter.
pub(crate) fn without_names(path: &str) -> String {
    let mut parts = path.split('{');
    let mut shape = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shape.push_str("{}");
        shape.push_str(part.split_once('}').map_or("", |(_, literal)| literal));
    }
    shape
}

/// What is sent of a template, and what follows from the `#` on.
fn split(path: &str) -> (&str, &str) {
    path.split_at(path.find('#').unwrap_or(path.len()))
}

/// The template in the form in which it is sent: whatever RFC 3986 doesn't allow in a path is
/// percent-encoded. A URL with such a character is changed before it is sent, or refused. The names of
/// parameters, and the name behind a `#`, aren't sent.
pub(crate) fn encoded(path: &str) -> String {
    let (sent, name) = split(path);
    let mut text = String::with_capacity(path.len());
    let mut is_name = false;
    for (at, character) in sent.char_indices() {
        is_name = character == '{' || (is_name && character != '}');
        let begins_a_byte = || is_byte(sent.get(at + 1..at + 3).unwrap_or_default());
        if is_name || is_allowed(character) || (character == '%' && begins_a_byte()) {
            text.push(character);
        } else {
            let mut bytes = [0; 4];
            let bytes = character.encode_utf8(&mut bytes).bytes();
            text.extend(bytes.map(|byte| format!("%{byte:02X}")));
        }
    }
    text + name
}

/// Whether the text is a byte as it stands behind a `%`: two hexadecimal digits.
fn is_byte(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// Whether a path may have the character as it is: those of RFC 3986, and those that have a meaning in a
/// template.
fn is_allowed(character: char) -> bool {
    is_unreserved(character) || "!$&'()*+,;=:@/{}?".contains(character)
}

/// Whether the character means the same in a URL, encoded or not.
fn is_unreserved(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~".contains(character)
}

/// The template in the form that all ways to write its URL have in common (RFC 3986, section 6.2.2): nothing
/// is encoded that needn't be, and the digits of what is encoded are in upper case. A reserved character,
/// such as `:`, isn't the same as its encoded form.
pub(crate) fn normal(path: &str) -> String {
    let encoded = encoded(path);
    let (sent, name) = split(&encoded);
    let mut parts = sent.split('%');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) =
            part.split_at_checked(2).filter(|(digits, _)| is_byte(digits)).unwrap_or(("", part));
        match u8::from_str_radix(digits, 16).map(char::from) {
            Ok(character) if is_unreserved(character) => text.push(character),
            _ => text.extend(["%", &digits.to_ascii_uppercase()]),
        }
        text.push_str(rest);
    }
    text + name
}

/// What two templates have in common that are one path for a server, however they are written, and whatever
/// their parameters are called.
pub(crate) fn compared(path: &str) -> String {
    without_names(&normal(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_url_cannot_have_is_encoded_once() {
        for (path, expected) in [
            ("/a b", "/a%20b"),
            ("/a%", "/a%25"),
            ("/%4{a}%", "/%254{a}%25"),
            ("/%é", "/%25%C3%A9"),
            ("/100%/%2f", "/100%25/%2f"),
            ("/{user id}/é#é b", "/{user id}/%C3%A9#é b"),
        ] {
            assert_eq!(encoded(path), expected);
            assert_eq!(encoded(expected), expected);
        }
    }

    #[test]
    fn templates_are_the_same_however_they_are_written() {
        for (one, other) in [
            ("/a/{b}/c", "/a/{x}/c"),
            ("/a", "/%61"),
            ("/%7Ba", "/%7ba"),
            ("/%2f", "/%2F"),
            ("/%7e.%2D", "/~%2e-"),
            ("/é b%", "/%c3%A9%20b%25"),
            ("/{%61}", "/{a}"),
        ] {
            assert_eq!(compared(one), compared(other), "{one} {other}");
        }
        for (one, other) in [
            ("/a/{b}/c", "/a/b/c"),
            ("/%7B%7D", "/{a}"),
            ("/%2F", "//"),
            ("/a:b", "/a%3Ab"),
            ("/a", "/A"),
            ("/%2561", "/%61"),
            ("/a#b", "/a#c"),
            ("/a#b", "/a%23b"),
        ] {
            assert_ne!(compared(one), compared(other), "{one} {other}");
        }
    }
}
