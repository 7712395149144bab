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
