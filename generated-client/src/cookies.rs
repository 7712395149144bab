//! Cookies: what to write into `Set-Cookie`, and what to read of `Cookie`.

use crate::{Secret, cookie_pair};
use cookie::time::OffsetDateTime;
use cookie::{Cookie, SameSite};
use reqwest::header::{COOKIE, HeaderMap, HeaderValue};
use std::time::Duration;

/// How many bytes the name and the value of a cookie may have together. Browsers drop a longer cookie without saying so.
const LONGEST: usize = 4096;

/// A cookie to be set. It can't be read by scripts. Without a value it is cleared.
#[derive(Clone, Copy)]
pub(crate) struct SetCookie<'c> {
    pub(crate) name: &'c str,
    pub(crate) value: &'c str,
    pub(crate) path: &'c str,
    /// Without a domain, the cookie is only for the host that sets it.
    pub(crate) domain: Option<&'c str>,
    pub(crate) same_site: SameSite,
    pub(crate) is_secure: bool,
    pub(crate) lifetime: Duration,
}

impl<'c> SetCookie<'c> {
    /// A cookie for the whole host. The browser sends it even when a link or a redirect of another site leads to the host.
    pub(crate) fn new(name: &'c str, value: &'c str) -> Self {
        let lifetime = Duration::ZERO;
        Self { name, value, path: "/", domain: None, same_site: SameSite::Lax, is_secure: true, lifetime }
    }

    /// Whether a browser keeps it.
    pub(crate) fn fits(&self) -> bool {
        self.name.len() + self.value.len() <= LONGEST
    }

    /// Whether name, value and attributes can be written as they are. Anything else might add attributes.
    pub(crate) fn is_writable(&self) -> bool {
        let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"\"(),/:;<=>?@[\\]{}".contains(&byte);
        let is_octet = |byte: u8| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte);
        let is_of_attribute = |byte: u8| byte.is_ascii_graphic() && byte != b';';
        let mut attributes = [Some(self.path), self.domain].into_iter().flatten();
        !self.name.is_empty()
            && self.name.bytes().all(is_plain)
            && self.value.bytes().all(is_octet)
            && attributes.all(|attribute| attribute.bytes().all(is_of_attribute))
    }

    /// What browsers ask for of a name with a prefix, if the cookie doesn't have it. They ignore the case of a prefix.
    pub(crate) fn lacks(&self) -> Option<&'static str> {
        let begins = |prefix: &str| {
            self.name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        let is_of_host = self.is_secure && self.path == "/" && self.domain.is_none();
        match () {
            () if begins("__Host-") && !is_of_host => Some("TLS, the path `/` and no domain"),
            () if begins("__Secure-") && !self.is_secure => Some("TLS"),
            () => None,
        }
    }

    /// The value of the header, which isn't printed by `Debug`. A cookie that isn't writable gives an empty header, which
    /// browsers ignore.
    pub(crate) fn header(&self) -> HeaderValue {
        let lifetime = if self.value.is_empty() { Duration::ZERO } else { self.lifetime };
        let mut cookie = Cookie::build((self.name, self.value))
            .path(self.path)
            .same_site(self.same_site)
            .secure(self.is_secure)
            .http_only(true)
            .max_age(lifetime.try_into().unwrap_or(cookie::time::Duration::MAX));
        if let Some(domain) = self.domain {
            cookie = cookie.domain(domain);
        }
        if lifetime.is_zero() {
            cookie = cookie.expires(OffsetDateTime::UNIX_EPOCH);
        }
        let text = if self.is_writable() { cookie.build().to_string() } else { String::new() };
        let mut header = HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""));
        header.set_sensitive(true);
        header
    }
}

/// The request has several cookies of one name with different values, and nobody knows which of them this site has set.
pub(crate) struct Ambiguous;

/// The value of a request's cookie; none if it is empty. Each cookie is read by itself, so that one which isn't UTF-8 hides
/// no other.
pub(crate) fn read(headers: &HeaderMap, name: &str) -> Result<Option<Secret>, Ambiguous> {
    let mut found: Option<Secret> = None;
    let pairs =
        headers.get_all(COOKIE).into_iter().flat_map(|header| header.as_bytes().split(|&byte| byte == b';'));
    let cookies = pairs.filter_map(|pair| cookie_pair::read(std::str::from_utf8(pair).ok()?));
    for (_, value) in cookies.filter(|(of, value)| *of == name && !value.is_empty()) {
        let value = Secret::from(value);
        if found.as_ref().is_some_and(|found| *found != value) {
            return Err(Ambiguous);
        }
        found = Some(value);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::{SetCookie, read};
    use reqwest::header::{COOKIE, HeaderMap, HeaderValue};
    use std::time::Duration;

    fn text(cookie: SetCookie<'_>) -> String {
        cookie.header().to_str().unwrap().to_owned()
    }

    #[test]
    fn a_cookie_is_set_with_all_its_attributes() {
        let cookie = SetCookie { lifetime: Duration::from_secs(60), ..SetCookie::new("DS", "a.b-c_d") };
        assert_eq!(text(cookie), "DS=a.b-c_d; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=60");
        let cookie = SetCookie { domain: Some("app.example"), path: "/a", is_secure: false, ..cookie };
        assert_eq!(
            text(cookie),
            "DS=a.b-c_d; HttpOnly; SameSite=Lax; Path=/a; Domain=app.example; Max-Age=60"
        );
        assert!(format!("{:?}", cookie.header()).contains("Sensitive"));
    }

    #[test]
    fn a_cookie_without_a_value_is_cleared() {
        let cookie = SetCookie { lifetime: Duration::from_secs(60), ..SetCookie::new("DS", "") };
        assert_eq!(
            text(cookie),
            "DS=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT"
        );
    }

    #[test]
    fn nothing_adds_attributes() {
        for (name, value) in
            [("DS", "a; Domain=b"), ("DS", "a\nb"), ("D S", "a"), ("D=S", "a"), ("", "a"), ("DS", "\u{e9}")]
        {
            let cookie = SetCookie::new(name, value);
            assert!(!cookie.is_writable());
            assert_eq!(text(cookie), "", "{name} {value}");
        }
        let long = "a".repeat(4095);
        assert!(!SetCookie::new("DS", &long).fits());
        assert!(SetCookie::new("DS", &long[1..]).fits());
    }

    fn value(cookies: &[&[u8]]) -> Result<Option<String>, ()> {
        let cookies = cookies.iter().map(|cookie| (COOKIE, HeaderValue::from_bytes(cookie).unwrap()));
        let value = read(&HeaderMap::from_iter(cookies), "DS").map_err(drop)?;
        Ok(value.map(crate::Secret::into_inner))
    }

    #[test]
    fn a_cookie_is_found_in_any_header() {
        for cookies in [
            &[&b"DS=x"[..]][..],
            &[b"a=b; DS=x; c=d"],
            &[b"a=b", b"DS=x"],
            &[b"DSR=y;DS=x"],
            &[b"DS=\"x\""],
            &[b"DS=; DS=x"],
            &[b"DS=x; DS=x", b"DS=x"],
            &[b"\xff\xfe=b", b"DS=x"],
            &[b"a=\xff; DS=x; \xff"],
            &[b"novalue; =; DS=x"],
        ] {
            assert_eq!(value(cookies), Ok(Some("x".to_owned())), "{cookies:?}");
        }
        for cookies in [
            &[][..],
            &[&b"DS="[..]],
            &[b"ds=x"],
            &[b"DSR=x"],
            &[b"a=DS=x"],
            &[b"DS"],
            &["\u{2000}DS=x".as_bytes()],
        ] {
            assert_eq!(value(cookies), Ok(None), "{cookies:?}");
        }
    }

    #[test]
    fn two_values_of_one_name_are_refused() {
        assert_eq!(value(&[b"DS=x; DS=y"]), Err(()));
        assert_eq!(value(&[b"DS=x", b"DS=y"]), Err(()));
    }
}
