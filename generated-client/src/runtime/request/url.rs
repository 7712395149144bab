//! Base URLs, and the URLs of operations under them.

use super::encode;
use super::parameter::Parameter;
use super::spec::Spec;
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::value::remedy::Remedy;
use reqwest::Url;
use serde_json::Value;
use std::net::IpAddr;

/// Reads a base URL. It may have no part that operations would inherit by surprise. Plain HTTP shows credentials to the
/// network, so it is only allowed to this machine, or if the caller allows it.
pub(crate) fn base(text: &str, insecure_allowed: bool) -> Result<Url, InvalidRequest> {
    let invalid = |why: &str| InvalidRequest::new("the base URL", why);
    let url = Url::parse(text).map_err(|error| {
        if text.contains("://") {
            invalid(&format!("can't be read: {error}"))
        } else {
            invalid("isn't a URL: it begins with `https://`, as `https://auth.example.com` does")
        }
    })?;
    match url.scheme() {
        "https" => {}
        "http" if insecure_allowed || is_loopback(&url) => {}
        "http" => {
            return Err(invalid("is plain HTTP to another machine")
                .or(Remedy::new("use `https://`"))
                .or(Remedy::by("allow it by", "allow_insecure_http")));
        }
        _ => return Err(invalid("is neither HTTPS nor HTTP")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(invalid("has a user name or password in it"));
    }
    if url.query().is_some() {
        return Err(invalid("has a query"));
    }
    if url.fragment().is_some() {
        return Err(invalid("has a fragment"));
    }
    Ok(url)
}

/// Whether the URL leads to this machine itself.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

/// The URL of a call without its query.
pub(crate) fn of_path(
    base: &Url,
    spec: &Spec,
    arguments: &[(&'static Parameter, &Value)],
) -> Result<Url, InvalidRequest> {
    let under = encode::path(spec.path, arguments)?;
    let path = format!("{}{under}", base.path().trim_end_matches('/'));
    let mut url = base.clone();
    url.set_path(&path);
    // If the parser changed the path, the URL would lead to another operation.
    if url.path() != path {
        return Err(InvalidRequest::new("the path", "would lead to another operation"));
    }
    Ok(url)
}

/// Adds the query of a call to its URL.
pub(crate) fn add_query(
    mut url: Url,
    arguments: &[(&'static Parameter, &Value)],
) -> Result<Url, InvalidRequest> {
    let query = encode::query(arguments)?;
    if !query.is_empty() {
        url.set_query(Some(&query));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::{base, of_path};
    use crate::runtime::request::parameter::Parameter;
    use crate::runtime::request::spec::Spec;
    use serde_json::json;

    #[test]
    fn base_urls_that_are_taken() {
        for url in [
            "https://api.descope.com",
            "https://abc.auth.eu-central-1.nhost.run/v1",
            "https://proxy.example/auth/",
            "http://localhost:4000",
            "http://127.0.0.1:1/v1",
            "http://127.9.9.9",
            "http://[::1]:80",
            "http://LOCALHOST",
            "http://127.1",
            "http://0x7f000001",
        ] {
            base(url, false).unwrap();
        }
        base("http://auth.internal", true).unwrap();
    }

    #[test]
    fn base_urls_that_are_refused() {
        for (url, why) in [
            ("api.descope.com", "isn't a URL: it begins with `https://`, as `https://auth.example.com` does"),
            ("", "isn't a URL: it begins with `https://`, as `https://auth.example.com` does"),
            ("https://", "can't be read: empty host"),
            ("ftp://a.example", "is neither HTTPS nor HTTP"),
            ("data:text/plain,x", "is neither HTTPS nor HTTP"),
            ("https://user@a.example", "has a user name or password in it"),
            ("https://:s3cret@a.example", "has a user name or password in it"),
            ("https://a.example/?x=1", "has a query"),
            ("https://a.example/?", "has a query"),
            ("https://a.example/#x", "has a fragment"),
            ("https://a.example#", "has a fragment"),
            // Each leads to `evil.example`, whatever it looks like.
            ("https://api.descope.com@evil.example", "has a user name or password in it"),
            ("https://api.descope.com:443@evil.example/", "has a user name or password in it"),
            ("https:api.descope.com@evil.example", "has a user name or password in it"),
            ("https:\\\\api.descope.com@evil.example", "has a user name or password in it"),
            ("https://a\0.example", "can't be read: invalid international domain name"),
            ("https://a b.example", "can't be read: invalid international domain name"),
            ("https://a%2eexample%2f", "can't be read: invalid international domain name"),
            ("https://a.example:99999", "can't be read: invalid port number"),
            ("javascript:alert(1)", "is neither HTTPS nor HTTP"),
            ("file:///etc/passwd", "is neither HTTPS nor HTTP"),
        ] {
            let invalid = base(url, false).unwrap_err();
            assert_eq!(invalid.to_string(), format!("the base URL {why}"), "{url}");
        }
        for url in [
            "http://a.example",
            "http://10.0.0.1",
            "http://0.0.0.0",
            "http://[::]",
            "http://[::ffff:10.0.0.1]",
            "http://128.0.0.1",
            "http://localhost.evil.example",
            "http://localhost.",
            "http://xlocalhost",
            "http://127.0.0.1.evil.example",
            "http://127.0.0.1@evil.example",
        ] {
            let invalid = base(url, false).unwrap_err();
            assert!(invalid.why().starts_with("is plain HTTP to another machine"), "{url}: {invalid}");
        }
    }

    /// A client shows the URL as it was parsed, so that everybody sees where it leads.
    #[test]
    fn a_host_that_looks_like_another_is_shown_as_what_it_is() {
        for (given, leads_to) in [
            ("https://аpi.descope.com", "https://xn--pi-6kc.descope.com/"),
            ("https://api.descope.com\\@evil.example", "https://api.descope.com/@evil.example"),
            ("https://API.Descope.com", "https://api.descope.com/"),
            ("https://a.example/v1/../v2/%2e%2e/v3", "https://a.example/v3"),
        ] {
            assert_eq!(base(given, false).unwrap().as_str(), leads_to);
        }
    }

    #[test]
    fn a_trailing_slash_makes_no_difference() {
        let spec = Spec::get("x", "/x/y");
        for (given, expected) in [
            ("https://a.example", "https://a.example/x/y"),
            ("https://a.example/", "https://a.example/x/y"),
            ("https://a.example/v1", "https://a.example/v1/x/y"),
            ("https://a.example/v1/", "https://a.example/v1/x/y"),
        ] {
            let base = base(given, false).unwrap();
            assert_eq!(of_path(&base, &spec, &[]).unwrap().as_str(), expected);
        }
    }

    #[test]
    fn no_argument_leads_to_another_operation() {
        let base = base("https://a.example/v1", false).unwrap();
        let parameter: &'static Parameter = Box::leak(Box::new(Parameter::path("id")));
        for value in ["a/../..", "%2e%2e", "..%2f", "a\\..\\..", "..\t", "x?y", "x#y", "//evil"] {
            let spec = Spec::get("x", "/users/{id}/keys");
            let value = json!(value);
            let url = of_path(&base, &spec, &[(parameter, &value)]).unwrap();
            let segments: Vec<_> = url.path_segments().unwrap().collect();
            assert_eq!(segments.len(), 4, "{url}");
            assert_eq!((segments[0], segments[1], segments[3]), ("v1", "users", "keys"));
            assert_eq!((url.host_str(), url.query()), (Some("a.example"), None));
        }
        let mixed = Spec::get("x", "/users/.{id}/keys");
        of_path(&base, &mixed, &[(parameter, &json!("x"))]).unwrap();
        let mixed = Spec::get("x", "/users/.%2{id}/keys");
        of_path(&base, &mixed, &[(parameter, &json!("e"))]).unwrap_err();
    }
}
