//! The URL of a server, with the values of its parts in braces.

/// How many parts in braces a URL can have. Each stands for a value of any length.
pub(crate) const MOST_PARTS: usize = 20;

/// Whether a URL has more parts in braces than it can have.
pub(crate) fn has_too_many_parts(url: &str) -> bool {
    url.matches('{').nth(MOST_PARTS).is_some()
}

/// The URL with the value of each part in braces that has one. As in OpenAPI, braces in a value are no further parts.
pub(crate) fn filled<'a>(url: &str, value_of: impl Fn(&str) -> Option<&'a str>) -> String {
    let (mut filled, mut rest) = (String::new(), url);
    while let Some((head, tail)) = rest.split_once('}') {
        match head.rsplit_once('{').and_then(|(before, name)| Some((before, value_of(name)?))) {
            Some((before, value)) => filled.extend([before, value]),
            None => filled.extend([head, "}"]),
        }
        rest = tail;
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_is_filled_once() {
        let values = |name: &str| match name {
            "a" => Some("{b}{b}"),
            "b" => Some("{a}"),
            "host" => Some("example.com"),
            _ => None,
        };
        let cases = [
            ("https://{host}/{a}/{b}", "https://example.com/{b}{b}/{a}"),
            ("https://{other}/{host}", "https://{other}/example.com"),
            ("/{x{b}}/{", "/{x{a}}/{"),
            ("/}", "/}"),
            ("", ""),
        ];
        for (url, expected) in cases {
            assert_eq!(filled(url, values), expected, "{url}");
        }
    }

    #[test]
    fn the_parts_are_counted() {
        assert!(!has_too_many_parts(&"{a}".repeat(MOST_PARTS)));
        assert!(has_too_many_parts(&"{a}".repeat(MOST_PARTS + 1)));
    }
}
