//! What is read of a request.

use generated_client::sessions::web::{Credentials, Place, Rejection, SessionCookies};
use generated_client::sessions::{Malformed, TokenError};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

fn headers(headers: &[(&'static str, &str)]) -> HeaderMap {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
        map.append(HeaderName::from_static(name), value);
    }
    map
}

/// Session token, refresh token and place of what is read, or the refusal.
fn read(of: &[(&'static str, &str)]) -> Result<(String, String, Place), Rejection> {
    let credentials = Credentials::read(&headers(of), &SessionCookies::new("DS", "DSR"))?;
    Ok((credentials.session.into_inner(), credentials.refresh.into_inner(), credentials.place))
}

fn found(session: &str, refresh: &str, place: Place) -> (String, String, Place) {
    (session.to_owned(), refresh.to_owned(), place)
}

#[test]
fn a_session_is_in_the_header_or_in_the_cookies() {
    for (of, expected) in [
        (&[][..], found("", "", Place::Cookies)),
        (&[("cookie", "DS=s; DSR=r")], found("s", "r", Place::Cookies)),
        (&[("cookie", "DSR=r")], found("", "r", Place::Cookies)),
        (&[("cookie", "DS=s"), ("cookie", "DSR=r")], found("s", "r", Place::Cookies)),
        (&[("authorization", "Bearer s")], found("s", "", Place::Header)),
        (&[("authorization", "bEARER  s ")], found("s", "", Place::Header)),
        (&[("authorization", "Bearer s"), ("cookie", "DSR=r; other=x")], found("s", "", Place::Header)),
        (&[("authorization", "Bearer s"), ("cookie", "DS=")], found("s", "", Place::Header)),
    ] {
        assert_eq!(read(of).unwrap(), expected, "{of:?}");
    }
}

/// The Next.js SDK takes the second word of the header whatever the scheme is, and the cookie if the header fails.
#[test]
fn nothing_falls_back_from_a_header_to_a_cookie() {
    for header in ["Basic dXNlcjpwYXNz", "Bearer", "Bearer ", "", "s", "BearerX s"] {
        let of = [("authorization", header), ("cookie", "DSR=r")];
        assert_eq!(read(&of).unwrap(), found("", "", Place::Header), "{header}");
    }
    let unreadable = read(&[("authorization", "Bearer \u{e9}"), ("cookie", "DSR=r")]).unwrap_err();
    assert!(matches!(unreadable, Rejection::Token(TokenError::Malformed(Malformed::NotBase64url))));
    for header in ["DPoP s", "dpop s"] {
        let bound = read(&[("authorization", header), ("cookie", "DSR=r")]).unwrap_err();
        assert!(matches!(bound, Rejection::Token(TokenError::ProofRequired)));
    }
}

#[test]
fn credentials_in_two_places_are_refused() {
    for of in [
        &[("authorization", "Bearer s"), ("cookie", "DS=s")][..],
        &[("authorization", "Bearer s"), ("cookie", "DS=other")],
        &[("authorization", "Basic x"), ("cookie", "DS=s")],
        &[("authorization", "Bearer s"), ("authorization", "Bearer s")],
        &[("cookie", "DS=s; DS=other")],
        &[("cookie", "DS=s"), ("cookie", "DS=other")],
        &[("cookie", "DS=s; DSR=r; DSR=other")],
    ] {
        let refusal = read(of).unwrap_err();
        assert!(matches!(refusal, Rejection::Ambiguous), "{of:?}");
        assert_eq!(refusal.status(), 400);
        assert_eq!(
            refusal.www_authenticate().unwrap(),
            r#"Bearer error="invalid_request", error_description="there are credentials in two places""#
        );
    }
}

#[test]
fn cookies_may_not_count_at_all() {
    let both = headers(&[("authorization", "Bearer s"), ("cookie", "DS=s; DSR=r")]);
    assert_eq!(Credentials::read_header(&both).unwrap().session.expose(), "s");
    let cookies = headers(&[("cookie", "DS=s; DSR=r")]);
    assert!(Credentials::read_header(&cookies).unwrap().is_empty());
    let shown = format!("{:?}", Credentials::read_header(&headers(&[("authorization", "Bearer canary")])));
    assert!(!shown.contains("canary"), "{shown}");
}
