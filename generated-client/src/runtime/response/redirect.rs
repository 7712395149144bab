//! Redirects that the client does not follow.

use percent_encoding::percent_decode_str;
use reqwest::header::LOCATION;
use reqwest::{StatusCode, Url};
use std::fmt;

use super::raw::RawResponse;
use crate::runtime::value::decode::DecodeError;
use crate::runtime::value::remedy::Remedy;
use crate::runtime::value::safe_debug::SafeDebug;
#[cfg(feature = "operations")]
use crate::runtime::value::shape::{Shape, Shaped};

/// A redirect of the browser. The client does not follow it.
///
/// It leads to a page (`http` or `https`), or to an app whose scheme
/// [`Builder::app_scheme`](crate::runtime::Builder::app_scheme) names. Any other URL is refused: in a link, a `javascript:` or
/// `data:` URL would run a script or show a made-up page. The URL may contain codes and tokens, so `Debug` shows its scheme
/// and host alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Redirect {
    status: StatusCode,
    url: Url,
}

impl SafeDebug for Redirect {}

impl Redirect {
    /// The URL, resolved against that of the request.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Takes the URL out.
    #[must_use]
    pub fn into_url(self) -> Url {
        self.url
    }

    /// The redirect as JSON, for callers without types.
    #[cfg(feature = "operations")]
    pub(crate) fn into_value(self) -> serde_json::Value {
        serde_json::json!({ "status": self.status.as_u16(), "location": self.url.as_str() })
    }

    /// The URL as a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// The status of the redirect, such as 302.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

/// The last value that a query has for this name; none if that is empty.
pub(crate) fn last_in_query(query: &str, name: &str) -> Option<String> {
    let mut url = Url::parse("http://localhost").ok()?;
    url.set_query(Some(query.strip_prefix('?').unwrap_or(query)));
    let (_, value) = url.query_pairs().filter(|(key, _)| key == name).last()?;
    Some(value.into_owned()).filter(|value| !value.is_empty())
}

/// Whether a browser that is sent to this path stays on the site that sends it, so that the path may come
/// from a visitor.
///
/// Browsers take `//` and `/\` for the beginning of a host, and drop control characters, tabs for example. A
/// server or proxy that decodes the path before it passes it on would make these of their encoded forms, so
/// those are refused too.
pub(crate) fn is_own_path(path: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    let mut decoded = percent_decode_str(path).filter(|byte| !byte.is_ascii_control());
    path.starts_with('/')
        && path.bytes().all(is_plain)
        && decoded.next() == Some(b'/')
        && !matches!(decoded.next(), Some(b'/' | b'\\'))
}

impl fmt::Debug for Redirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redirect")
            .field("status", &self.status.as_u16())
            .field("scheme", &self.url.scheme())
            // In the URL of an app, anything may stand in the place of the host.
            .field("host", &self.url.host_str().filter(|_| matches!(self.url.scheme(), "http" | "https")))
            .finish_non_exhaustive()
    }
}

#[cfg(feature = "operations")]
impl Shaped for Redirect {
    fn shape() -> Shape {
        Shape::Redirect
    }
}

impl RawResponse {
    /// Reads where the response redirects to.
    ///
    /// # Errors
    ///
    /// If the response is no redirect, or has no `Location` that is the URL of a page or an app.
    pub fn redirect(&self) -> Result<Redirect, DecodeError> {
        let fault = |problem: &str| DecodeError::new(problem, self.body());
        let status = self.status();
        if !status.is_redirection() {
            return Err(fault("the status is not a redirect's"));
        }
        let location = self.headers().get(LOCATION).map(|location| location.as_bytes().trim_ascii());
        let Some(location) = location.filter(|location| !location.is_empty()) else {
            return Err(fault("the redirect has no Location"));
        };
        // Like an empty one, it would lead back to the request, with all secrets in its URL.
        if location.starts_with(b"#") {
            return Err(fault("the Location is a fragment without a URL"));
        }
        let location = std::str::from_utf8(location).ok();
        match location.and_then(|location| self.resolve(location)) {
            Some(url) if !self.may_lead_to(url.scheme()) => {
                let fault = fault("the Location leads neither to a page (http, https) nor to a known app");
                Err(fault.with(Remedy::by("if it is your app, name its scheme by", "app_scheme")))
            }
            Some(url) => Ok(Redirect { status, url }),
            None => Err(fault("the Location is not a URL")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_own_path;

    #[test]
    fn only_a_path_keeps_a_browser_on_the_site() {
        for path in
            ["/", "/a", "/a?next=//b", "/a//b", "/a/%2F", "/?next=%5C", "/#//b", "/%C3%A9", "/%", "/%20/b"]
        {
            assert!(is_own_path(path), "{path}");
        }
        for path in [
            "",
            "a",
            "?a",
            "#a",
            ".",
            "//",
            "//b",
            "///b",
            "/\\b",
            "\\b",
            "\\\\b",
            "/a\\b",
            "https://b",
            "https:b",
            "https:/b",
            "javascript:x()",
            " /a",
            "\t//b",
            "/\t/b",
            "/\u{1}/b",
            "/a\nb",
            "/a b",
            "/a ",
            "/\u{e9}",
            "/%2Fb",
            "/%2f/b",
            "/%5Cb",
            "/%09/b",
            "/%0d%0A\u{5c}b",
            "/%09%2fb",
            "/%00%5Cb",
            "/%7F/b",
            "%2F%2Fb",
        ] {
            assert!(!is_own_path(path), "{path}");
        }
    }
}
