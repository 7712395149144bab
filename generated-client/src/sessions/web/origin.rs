//! Whether a request comes from this site, so that no other site has made a browser send it.

use reqwest::Method;
use reqwest::header::{HOST, HeaderMap, HeaderName, ORIGIN, UPGRADE};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Where a request that may change something comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Provenance {
    /// It comes from this site or an admitted one, or changes nothing.
    Trusted,
    /// It says nothing, as the requests of programs do. Browsers tell the origin of whatever may change something.
    Unknown,
    /// A page of another site has made it.
    OtherSite,
}

/// Which sites may make requests that change something.
#[derive(Clone, Debug)]
pub(super) struct Origins {
    /// Other origins than that of the request.
    allowed: Vec<String>,
    is_checked: bool,
}

impl Origins {
    pub(super) fn new() -> Self {
        Self { allowed: Vec::new(), is_checked: true }
    }

    pub(super) fn allow(&mut self, origin: &str) {
        self.allowed.push(origin.trim_end_matches('/').to_owned());
    }

    pub(super) fn disable(&mut self) {
        self.is_checked = false;
    }

    pub(super) fn provenance(
        &self,
        method: &Method,
        headers: &HeaderMap,
        authority: Option<&str>,
    ) -> Provenance {
        // A WebSocket begins with a `GET`, and its messages may change anything.
        let is_safe = method.is_safe() && !headers.contains_key(UPGRADE);
        if is_safe || !self.is_checked || self.is_from_here(headers, authority) {
            Provenance::Trusted
        } else if headers.contains_key(&FETCH_SITE) || headers.contains_key(ORIGIN) {
            Provenance::OtherSite
        } else {
            Provenance::Unknown
        }
    }

    fn is_from_here(&self, headers: &HeaderMap, authority: Option<&str>) -> bool {
        let origin = only(headers, &ORIGIN);
        let is_allowed =
            |origin: &str| self.allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(origin));
        if origin.is_some_and(is_allowed) {
            return true;
        }
        if headers.contains_key(&FETCH_SITE) {
            // Browsers say `none` of a request that the user makes by hand, such as by typing the URL.
            return matches!(only(headers, &FETCH_SITE), Some("same-origin" | "none"));
        }
        let here = authority.or_else(|| only(headers, &HOST));
        match (origin.and_then(host), here) {
            (Some(there), Some(here)) => there.eq_ignore_ascii_case(here),
            _ => false,
        }
    }
}

/// The value of a header that is there once.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).into_iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

/// Host and port of an origin. The scheme of the request isn't known behind a proxy that ends TLS.
fn host(origin: &str) -> Option<&str> {
    origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"))
}

#[cfg(test)]
mod tests {
    use super::Origins;
    use super::Provenance::{self, OtherSite, Trusted, Unknown};
    use reqwest::Method;
    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    fn provenance(origins: &Origins, method: Method, headers: &[(&'static str, &'static str)]) -> Provenance {
        let header = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        let mut map = HeaderMap::new();
        for (name, value) in headers.iter().map(header) {
            map.append(name, value);
        }
        origins.provenance(&method, &map, None)
    }

    #[test]
    fn what_changes_nothing_may_come_from_anywhere() {
        for method in [Method::GET, Method::HEAD, Method::OPTIONS, Method::TRACE] {
            assert_eq!(provenance(&Origins::new(), method, &[("sec-fetch-site", "cross-site")]), Trusted);
        }
        let evil = ("origin", "https://evil.example");
        assert_eq!(provenance(&Origins::new(), Method::GET, &[("upgrade", "websocket"), evil]), OtherSite);
    }

    #[test]
    fn what_may_change_something_has_to_come_from_here() {
        let host = ("host", "app.example");
        for (headers, expected) in [
            (&[("sec-fetch-site", "same-origin")][..], Trusted),
            (&[("sec-fetch-site", "none")], Trusted),
            (&[("sec-fetch-site", "same-site"), ("origin", "https://app.example"), host], OtherSite),
            (&[("sec-fetch-site", "cross-site")], OtherSite),
            (&[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")], OtherSite),
            (&[("origin", "https://app.example"), host], Trusted),
            (&[("origin", "HTTPS://app.example"), host], OtherSite),
            (&[("origin", "http://App.example"), host], Trusted),
            (&[("origin", "https://app.example:8443"), host], OtherSite),
            (&[("origin", "https://evil.example"), host], OtherSite),
            (&[("origin", "https://app.example.evil.example"), host], OtherSite),
            (&[("origin", "https://app.example"), ("origin", "https://app.example"), host], OtherSite),
            (&[("origin", "null"), host], OtherSite),
            (&[("origin", "https://app.example")], OtherSite),
            (&[("origin", "https://app.example"), host, ("host", "app.example")], OtherSite),
            (&[host], Unknown),
            (&[], Unknown),
        ] {
            for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
                assert_eq!(provenance(&Origins::new(), method, headers), expected, "{headers:?}");
            }
        }
    }

    #[test]
    fn other_origins_are_admitted_by_name() {
        let mut origins = Origins::new();
        origins.allow("https://spa.example/");
        let (cross, spa) = (("sec-fetch-site", "cross-site"), ("origin", "https://spa.example"));
        assert_eq!(provenance(&origins, Method::POST, &[cross, spa]), Trusted);
        assert_eq!(provenance(&origins, Method::POST, &[spa]), Trusted);
        assert_eq!(provenance(&origins, Method::POST, &[cross, ("origin", "http://spa.example")]), OtherSite);
        assert_eq!(provenance(&origins, Method::POST, &[cross, spa, spa]), OtherSite);
        origins.disable();
        assert_eq!(provenance(&origins, Method::POST, &[cross]), Trusted);
    }
}
