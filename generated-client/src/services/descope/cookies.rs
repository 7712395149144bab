//! The tokens of a session that come as cookies, where a project wants that.

use crate::cookie_pair;
use crate::descope::Client;
use crate::runtime::{RawResponse, Values};
use reqwest::header::{HeaderMap, SET_COOKIE};
use serde_json::{Map, Value};
use std::time::SystemTime;

/// A token of a session that a cookie can carry.
struct Token {
    /// The member of the session.
    member: &'static str,
    /// The member that may name the cookie.
    named_by: &'static str,
    /// The setting of the client that may name it.
    setting: &'static str,
    /// Its usual name.
    usual: &'static str,
}

const TOKENS: [Token; 2] = [
    Token {
        member: "sessionJwt",
        named_by: "sessionCookieName",
        setting: "session_cookie_name",
        usual: "DS",
    },
    Token { member: "refreshJwt", named_by: "cookieName", setting: "refresh_cookie_name", usual: "DSR" },
];

impl<C> Client<C> {
    /// The names of the cookies for the session token and the refresh token.
    #[allow(dead_code, reason = "only sessions ask for it")]
    pub(crate) fn cookie_names(&self) -> [&str; 2] {
        TOKENS.map(|token| self.core().value(token.setting).map_or(token.usual, |name| name.expose()))
    }
}

/// The members of a session with the tokens that only cookies carry, if there are any.
pub(super) fn supplement(response: &RawResponse, values: &Values) -> Option<Map<String, Value>> {
    if !response.headers().contains_key(SET_COOKIE) {
        return None;
    }
    let mut members = response.object()?.into_inner();
    let found: Vec<(&str, String)> = TOKENS
        .into_iter()
        .filter(|token| is_lacking(members.get(token.member)))
        .filter_map(|token| {
            let named = members.get(token.named_by).and_then(Value::as_str).filter(|name| !name.is_empty());
            let set = values.get(token.setting).map(|name| name.expose().as_str());
            let mut names = named.into_iter().chain(set).chain([token.usual]);
            Some((token.member, names.find_map(|name| value(response.headers(), name))?))
        })
        .collect();
    if found.is_empty() {
        return None;
    }
    members.extend(found.into_iter().map(|(token, value)| (token.to_owned(), Value::String(value))));
    Some(members)
}

/// Whether the body says nothing. A value that is no text is left alone, so that decoding reports it.
fn is_lacking(token: Option<&Value>) -> bool {
    match token {
        None | Some(Value::Null) => true,
        Some(token) => token.as_str() == Some(""),
    }
}

/// What the response sets the cookie of this name to.
///
/// A server may set it several times: for another domain or path that is another cookie, such as an old one that it
/// clears; for the same ones the last counts.
fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut set: Vec<Cookie<'_>> = Vec::new();
    for header in headers.get_all(SET_COOKIE) {
        let Some(cookie) = header.to_str().ok().and_then(Cookie::parse).filter(|cookie| cookie.name == name)
        else {
            continue;
        };
        set.retain(|old| !old.domain.eq_ignore_ascii_case(cookie.domain) || old.path != cookie.path);
        set.push(cookie);
    }
    set.iter().rev().find_map(|cookie| cookie.value).map(str::to_owned)
}

struct Cookie<'a> {
    name: &'a str,
    /// None if the cookie is being cleared.
    value: Option<&'a str>,
    domain: &'a str,
    path: &'a str,
}

impl<'a> Cookie<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let (pair, attributes) = text.split_once(';').unwrap_or((text, ""));
        let (name, value) = cookie_pair::read(pair)?;
        let attribute = |wanted: &str| {
            // Of an attribute that is there twice, the last counts.
            attributes.split(';').rev().find_map(|attribute| {
                let (name, value) = attribute.split_once('=')?;
                name.trim().eq_ignore_ascii_case(wanted).then(|| value.trim())
            })
        };
        let is_cleared = value.is_empty() || is_over(attribute("max-age"), attribute("expires"));
        Some(Self {
            name,
            value: (!is_cleared).then_some(value),
            domain: attribute("domain").unwrap_or_default().trim_start_matches('.'),
            path: attribute("path").unwrap_or_default(),
        })
    }
}

/// Whether a cookie's time is over. Its age counts before its date. An age or a date that can't be read doesn't count.
fn is_over(max_age: Option<&str>, expires: Option<&str>) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(age) = max_age {
        if age.strip_prefix('-').is_some_and(digits) {
            return true;
        }
        if digits(age) {
            return age.bytes().all(|byte| byte == b'0');
        }
    }
    let date = expires.and_then(|date| {
        // Some servers write `Thu, 01-Jan-1970`, which is in between two of the forms that a date may have.
        httpdate::parse_http_date(date).or_else(|_| httpdate::parse_http_date(&date.replace('-', " "))).ok()
    });
    date.is_some_and(|date| date <= SystemTime::now())
}

#[cfg(test)]
mod tests {
    use super::value;
    use reqwest::header::{HeaderMap, HeaderValue, SET_COOKIE};

    fn dsr(cookies: &[&str]) -> Option<String> {
        let cookies = cookies.iter().map(|cookie| (SET_COOKIE, HeaderValue::from_str(cookie).unwrap()));
        value(&HeaderMap::from_iter(cookies), "DSR")
    }

    #[test]
    fn cookies_that_have_a_value() {
        for cookie in [
            "DSR=eyJ.a-b_c",
            "DSR=eyJ.a-b_c; Path=/; Domain=example.com; HttpOnly; Secure; SameSite=Strict",
            "DSR=eyJ.a-b_c;Secure;Max-Age=2419199;Path=/",
            " DSR = eyJ.a-b_c ; max-age = 10",
            "DSR=\"eyJ.a-b_c\"; Path=/",
            "DSR=eyJ.a-b_c; Expires=Fri, 31 Dec 9999 23:59:59 GMT",
            "DSR=eyJ.a-b_c; Expires=Fri, 31-Dec-9999 23:59:59 GMT",
            "DSR=eyJ.a-b_c; Max-Age=99999999999999999999999999",
            "DSR=eyJ.a-b_c; Max-Age=10; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
            "DSR=eyJ.a-b_c; Max-Age=; Expires=; Max-Age",
            "DSR=eyJ.a-b_c; Max-Age=soon; Expires=later",
            "DSR=eyJ.a-b_c; Max-Age=0; Max-Age=10",
        ] {
            assert_eq!(dsr(&[cookie]).as_deref(), Some("eyJ.a-b_c"), "{cookie}");
        }
        assert_eq!(dsr(&["DSR=a=b=="]).unwrap(), "a=b==");
    }

    #[test]
    fn cookies_that_are_cleared_or_are_others() {
        for cookie in [
            "DSR=",
            "DSR=; Path=/",
            "DSR=\"\"",
            "DSR=deleted; Max-Age=0",
            "DSR=deleted; max-age=-1; Expires=Fri, 31 Dec 9999 23:59:59 GMT",
            "DSR=deleted; Max-Age=00",
            "DSR=deleted; Max-Age=10; Max-Age=0",
            "DSR=deleted; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
            "DSR=deleted; Path=/; expires=Thu, 01-Jan-1970 00:00:00 GMT",
            "DSR=deleted; Expires=Thursday, 01-Jan-70 00:00:00 GMT",
            "DSR=deleted; Expires=Thu Jan  1 00:00:00 1970",
            "DSR",
            "dsr=eyJ",
            "DS=eyJ; DSR=eyJ",
            "XDSR=eyJ",
            "HttpOnly; DSR=eyJ",
            "",
        ] {
            assert_eq!(dsr(&[cookie]), None, "{cookie}");
        }
    }

    #[test]
    fn of_several_the_last_counts_for_each_domain_and_path() {
        for (cookies, expected) in [
            (["DSR=old; Path=/", "DSR=new; Path=/"], Some("new")),
            (["DSR=old; Path=/", "DSR=; Path=/; Max-Age=0"], None),
            (["DSR=; Path=/; Max-Age=0", "DSR=new; Path=/"], Some("new")),
            (["DSR=; Domain=old.example; Max-Age=0", "DSR=new; Domain=example.com"], Some("new")),
            (["DSR=new; Domain=example.com", "DSR=; Domain=old.example; Max-Age=0"], Some("new")),
            (["DSR=old; Domain=.Example.com", "DSR=; Domain=example.com"], None),
            (["DSR=new; Path=/", "DSR=; Path=/auth"], Some("new")),
            (["DSR=old; Path=/", "DSR=new; Path=/auth"], Some("new")),
        ] {
            assert_eq!(dsr(&cookies).as_deref(), expected, "{cookies:?}");
        }
    }

    #[test]
    fn a_header_that_is_no_text_is_passed_over() {
        let mut headers = HeaderMap::new();
        headers.append(SET_COOKIE, HeaderValue::from_bytes(b"DSR=\xff").unwrap());
        headers.append(SET_COOKIE, HeaderValue::from_static("DSR=eyJ"));
        assert_eq!(value(&headers, "DSR").as_deref(), Some("eyJ"));
    }
}
