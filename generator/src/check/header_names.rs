//! Which names a header can have, and which headers belong to the client.

/// Headers that the client sets itself, or that only say how a message is sent. OpenAPI ignores parameters that are called
/// `accept`, `content-type` or `authorization`; cookies are parameters of their own.
const OWN_HEADERS: &[&str] = &[
    "accept",
    "accept-encoding",
    AUTHORIZATION,
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "cookie",
    "expect",
    "host",
    "http2-settings",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

pub(super) const AUTHORIZATION: &str = "authorization";

/// Whether a header can have the name.
pub(super) fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(is_character)
}

fn is_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(character)
}

/// Whether only the client sets the header.
pub(super) fn is_own_header(name: &str) -> bool {
    OWN_HEADERS.iter().any(|own| name.eq_ignore_ascii_case(own))
}

#[cfg(test)]
mod tests {
    use super::OWN_HEADERS;

    #[test]
    fn what_no_spec_declares_no_application_sets() {
        let client = include_str!("../../../generated-client/src/runtime/client/own_headers.rs");
        let (_, refused) = client.split_once("fn set_elsewhere").unwrap();
        let (refused, _) = refused.split_once("_ => return None").unwrap();
        let patterns = refused.lines().filter_map(|line| line.split_once(" => "));
        let mut refused: Vec<&str> =
            patterns.flat_map(|(names, _)| names.split('"').skip(1).step_by(2)).collect();
        // Cookies are parameters of their own in a spec. An application sets some where no credential stands in one.
        refused.push("cookie");
        refused.sort_unstable();
        assert_eq!(refused, OWN_HEADERS);
    }
}
