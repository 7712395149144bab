//! The headers that a builder adds to every request, and those that it refuses, since the client sets them.

use reqwest::header::{COOKIE, HeaderMap, HeaderName, HeaderValue};

use crate::runtime::engine::scheme::{Placement, SecurityScheme};
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::value::remedy::Remedy;
use crate::runtime::value::secret_bytes::SecretBytes;

/// A header of the application. It is refused if the client, or its HTTP client, sets it: one of the two would be lost, or
/// nobody could read the message.
pub(super) fn of_application(
    schemes: &[SecurityScheme],
    name: &str,
    value: &str,
) -> Result<(HeaderName, HeaderValue), InvalidRequest> {
    let name = parsed(name)?;
    if let Some((why, remedy)) = set_elsewhere(&name) {
        return Err(invalid(name.as_str(), why).or(remedy));
    }
    if let Some(scheme) = schemes.iter().find(|scheme| is_in(scheme.placement, &name)) {
        let why = format!("is set by the client itself, from the credential `{}`", scheme.name);
        return Err(invalid(name.as_str(), why));
    }
    let value = valid(&name, value)?;
    Ok((name, value))
}

/// Adds a header with which the client identifies itself to the service.
pub(super) fn add_own(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), InvalidRequest> {
    let name = parsed(name)?;
    if headers.contains_key(&name) {
        return Err(invalid(name.as_str(), "is set by the client itself"));
    }
    let value = valid(&name, value)?;
    headers.insert(name, value);
    Ok(())
}

fn parsed(name: &str) -> Result<HeaderName, InvalidRequest> {
    HeaderName::try_from(name).map_err(|_| invalid(name, "is not a valid header name"))
}

fn valid(name: &HeaderName, value: &str) -> Result<HeaderValue, InvalidRequest> {
    let value = SecretBytes::from(value.to_owned()).into_header();
    value.map_err(|_| invalid(name.as_str(), "has a character in its value that no header may have"))
}

fn invalid(name: &str, why: impl Into<String>) -> InvalidRequest {
    InvalidRequest::new(format!("header `{}`", name.escape_debug()), why)
}

/// Who sets a header that says how a message is sent and read, and what an application sets in its place, if there is
/// something; none for any other header.
fn set_elsewhere(name: &HeaderName) -> Option<(&'static str, Option<Remedy>)> {
    let to_http_client = |text| Some(Remedy::by(text, "http_client_builder"));
    Some(match name.as_str() {
        "authorization" => ("is set by the client itself, from its credential", None),
        "host" => ("is set by the client itself, from its URL", Some(Remedy::by("set it by", "base_url"))),
        "accept" => (
            "is set by the client itself",
            Some(Remedy::by("ask a call for another media type by", "accepting")),
        ),
        "content-type" => (
            "is set by the client itself",
            Some(Remedy::by("send a call's body in another media type by", "body_as")),
        ),
        "content-encoding" | "content-length" | "transfer-encoding" | "trailer" => {
            ("is set by the client itself, which sends the body", None)
        }
        "accept-encoding" => {
            ("is set by the HTTP client, which unpacks responses", to_http_client("give one that does to"))
        }
        "connection" | "expect" | "http2-settings" | "keep-alive" | "proxy-connection" | "te" | "upgrade" => {
            ("is set by the HTTP client, which makes the connections", to_http_client("set them up by"))
        }
        "proxy-authorization" => (
            "would go to the service instead of a proxy",
            to_http_client("give the proxy and its password to"),
        ),
        _ => return None,
    })
}

/// Whether a credential with this placement is sent in the header.
fn is_in(placement: Placement, name: &HeaderName) -> bool {
    match placement {
        Placement::Header(header) => name.as_str().eq_ignore_ascii_case(header),
        Placement::Cookie(_) => *name == COOKIE,
        Placement::All(parts) => parts.iter().any(|part| is_in(part.placement, name)),
        // Nobody but the client sets `Authorization`, whatever the service takes.
        Placement::Bearer | Placement::Basic | Placement::Query(_) | Placement::Unsent => false,
    }
}

#[cfg(test)]
mod tests {
    use super::of_application;
    use crate::runtime::engine::scheme::SecurityScheme;

    const PARTS: &[SecurityScheme] =
        &[SecurityScheme::bearer("token"), SecurityScheme::header("account", "X-Account")];

    fn refused(schemes: &[SecurityScheme], name: &str) -> Option<String> {
        of_application(schemes, name, "s3cret").err().map(|invalid| invalid.to_string())
    }

    #[test]
    fn headers_that_somebody_else_sets_are_refused_with_what_to_set_in_their_place() {
        let body = "is set by the client itself, which sends the body";
        let connections =
            "is set by the HTTP client, which makes the connections: set them up by `http_client_builder`";
        for (name, why) in [
            ("Authorization", "is set by the client itself, from its credential"),
            ("Host", "is set by the client itself, from its URL: set it by `base_url`"),
            ("ACCEPT", "is set by the client itself: ask a call for another media type by `accepting`"),
            (
                "content-type",
                "is set by the client itself: send a call's body in another media type by `body_as`",
            ),
            ("Content-Encoding", body),
            ("Content-Length", body),
            ("Transfer-Encoding", body),
            ("Trailer", body),
            (
                "Accept-Encoding",
                "is set by the HTTP client, which unpacks responses: give one that does to `http_client_builder`",
            ),
            ("Connection", connections),
            ("Expect", connections),
            ("HTTP2-Settings", connections),
            ("Keep-Alive", connections),
            ("Proxy-Connection", connections),
            ("TE", connections),
            ("Upgrade", connections),
            (
                "Proxy-Authorization",
                "would go to the service instead of a proxy: give the proxy and its password to \
                 `http_client_builder`",
            ),
        ] {
            let text = format!("header `{}` {why}", name.to_lowercase());
            assert_eq!(refused(&[], name), Some(text));
        }
        for name in ["Cookie", "User-Agent", "X-Account", "traceparent", "accept-language"] {
            assert_eq!(refused(&[], name), None, "{name}");
        }
    }

    #[test]
    fn headers_in_which_the_service_takes_credentials_are_refused() {
        let schemes = [
            SecurityScheme::header("key", "X-Key"),
            SecurityScheme::query("unsent", "x-query"),
            SecurityScheme::cookie("session", "sid"),
            SecurityScheme::all("both", PARTS),
        ];
        for (name, scheme) in [("x-key", "key"), ("Cookie", "session"), ("x-account", "both")] {
            let why = format!("is set by the client itself, from the credential `{scheme}`");
            assert_eq!(refused(&schemes, name), Some(format!("header `{}` {why}", name.to_lowercase())));
        }
        assert_eq!(refused(&schemes, "x-query"), None);
    }
}
