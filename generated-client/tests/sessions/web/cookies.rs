//! The cookies of a session.

use crate::service::{Service, descope_client, nhost_client};
use crate::signers::sessions;
use generated_client::sessions::Tokens;
use generated_client::sessions::web::{CookieError, SameSite, SessionCookies};
use std::time::Duration;

fn texts(headers: [reqwest::header::HeaderValue; 2]) -> [String; 2] {
    headers.map(|header| header.to_str().unwrap().to_owned())
}

#[test]
fn both_tokens_are_set_with_all_attributes() {
    let tokens = Tokens::new("s.s.s", "r.r.r");
    let cookies = SessionCookies::new("DS", "DSR").lifetime(Duration::from_secs(60));
    assert_eq!(
        texts(cookies.set(&tokens).unwrap()),
        [
            "DS=s.s.s; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=60",
            "DSR=r.r.r; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=60",
        ]
    );
    let cookies = cookies.domain("app.example").path("/app").same_site(SameSite::Strict).insecure();
    assert_eq!(
        texts(cookies.set_for(&tokens, Duration::from_secs(9)).unwrap()),
        [
            "DS=s.s.s; HttpOnly; SameSite=Strict; Path=/app; Domain=app.example; Max-Age=9",
            "DSR=r.r.r; HttpOnly; SameSite=Strict; Path=/app; Domain=app.example; Max-Age=9",
        ]
    );
}

/// A browser forgets a cookie only if domain and path are those that it was set with.
#[test]
fn both_are_cleared_where_they_were_set() {
    let cookies = SessionCookies::new("DS", "DSR").domain("app.example").path("/app");
    let end = "HttpOnly; SameSite=Lax; Secure; Path=/app; Domain=app.example; Max-Age=0; \
               Expires=Thu, 01 Jan 1970 00:00:00 GMT";
    assert_eq!(texts(cookies.clear()), [format!("DS=; {end}"), format!("DSR=; {end}")]);
}

#[test]
fn what_cannot_be_kept_sets_neither() {
    let cookies = SessionCookies::new("DS", "DSR");
    let set = |session: &str, refresh: &str| cookies.set(&Tokens::new(session, refresh)).map(drop);
    assert_eq!(set("s", ""), Err(CookieError::NoRefreshToken));
    let long = "a".repeat(4095);
    assert_eq!(set(&long, "r"), Err(CookieError::TooLong { cookie: "DS".to_owned() }));
    assert_eq!(set("s", &long), Err(CookieError::TooLong { cookie: "DSR".to_owned() }));
    for wrong in ["a;b", "a b", "a\r\nSet-Cookie: x=y", "a,b", "\u{fc}"] {
        assert_eq!(set(wrong, "r"), Err(CookieError::NotWritable { cookie: "DS".to_owned() }));
        assert_eq!(set("s", wrong), Err(CookieError::NotWritable { cookie: "DSR".to_owned() }));
    }
    let wrong = SessionCookies::new("D;S", "DSR").set(&Tokens::new("s", "r")).unwrap_err();
    assert_eq!(
        wrong.to_string(),
        "the name, the token, the path or the domain of the cookie `D;S` has characters that cookies can't have"
    );
    for cookies in [cookies.clone().path("/a; Domain=b"), cookies.domain("app.example\r\nx: y")] {
        let error = cookies.set(&Tokens::new("s", "r")).unwrap_err();
        assert_eq!(error, CookieError::NotWritable { cookie: "DS".to_owned() });
        assert_eq!(texts(cookies.clear()), ["", ""]);
    }
}

/// Browsers drop such a cookie without a word.
#[test]
fn a_name_with_a_prefix_has_what_it_asks_for() {
    let tokens = Tokens::new("s", "r");
    let host = SessionCookies::new("__Host-s", "__host-r");
    let secure = SessionCookies::new("__Secure-s", "__secure-r");
    for cookies in [host.clone(), secure.clone(), secure.clone().path("/a").domain("app.example")] {
        assert!(cookies.set(&tokens).is_ok(), "{cookies:?}");
    }
    for (cookies, cookie, needs) in [
        (host.clone().insecure(), "__Host-s", "TLS, the path `/` and no domain"),
        (host.clone().path("/a"), "__Host-s", "TLS, the path `/` and no domain"),
        (host.domain("app.example"), "__Host-s", "TLS, the path `/` and no domain"),
        (secure.insecure(), "__Secure-s", "TLS"),
    ] {
        let error = cookies.set(&tokens).unwrap_err();
        let text = format!("browsers don't keep the cookie `{cookie}`: its prefix asks for {needs}");
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn tokens_are_not_printed() {
    let set = SessionCookies::new("DS", "DSR").set(&Tokens::new("canary", "canary")).unwrap();
    assert_eq!(format!("{set:?}"), "[Sensitive, Sensitive]");
}

#[tokio::test]
async fn the_names_are_those_of_the_service() {
    assert_eq!(SessionCookies::of(&sessions()), SessionCookies::new("DS", "DSR"));
    let (_service, server) = Service::start().await;
    let named = descope_client(&server).sessions().cookie_names("ds-app", "dsr-app").build();
    assert_eq!(SessionCookies::of(&named), SessionCookies::new("ds-app", "dsr-app"));
    let nhost = nhost_client(&server).sessions().build();
    assert_eq!(SessionCookies::of(&nhost), SessionCookies::new("nhostAccessToken", "nhostRefreshToken"));
}
