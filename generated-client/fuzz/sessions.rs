//! What must be so of every token, every request and every callback, whatever somebody sends. The fuzz target and the tests
//! with random input check the same here.

use std::fmt::Debug;
use std::sync::LazyLock;

use generated_client::redirects::SignInState;
use generated_client::sessions::testing::{Signer, TestClock, key_set};
use generated_client::sessions::web::{Credentials, SessionCookies};
use generated_client::sessions::{Algorithm, KeySet, Tokens, descope, nhost};
use generated_client::{Secret, descope as descope_api, nhost as nhost_api};
use reqwest::Url;
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderValue};
use tokio::runtime::{Builder, Runtime};

const PROJECT: &str = "P2aAc4T2V93bddihGEx2Ryhc8e5Z";

/// Validators of both services, with one key.
pub(crate) struct Validators {
    runtime: Runtime,
    signer: Signer,
    descope: descope::Sessions,
    nhost: nhost::Sessions,
}

/// They are made once, as keys take long to make.
pub(crate) static VALIDATORS: LazyLock<Validators> = LazyLock::new(|| {
    let signer = Signer::new(Algorithm::EdDsa, "key").expect("there is randomness");
    let keys = KeySet::from_json(&key_set([&signer])).expect("it is a set of keys");
    let clock = TestClock::at(1_700_000_000);
    Validators {
        runtime: Builder::new_current_thread().build().expect("there is a runtime"),
        signer,
        descope: descope::Sessions::offline(PROJECT, keys.clone()).clock(clock.clone()).build(),
        nhost: nhost::Sessions::offline("hasura-auth", keys).clock(clock).build(),
    }
});

/// Takes bytes for one of the inputs: the first says which, and lines follow.
#[allow(dead_code, reason = "only the fuzz target begins with bytes")]
pub(crate) fn run(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else { return };
    let mut lines = rest.splitn(2, |byte| *byte == b'\n');
    let (one, other) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    match kind % 4 {
        0 => VALIDATORS.check_token(&text(rest)),
        1 => VALIDATORS.check_signed(&text(one), &text(other)),
        2 => check_request(one, other),
        _ => check_callback(&text(one), &text(other)),
    }
}

impl Validators {
    /// A token that nobody has signed is never accepted.
    pub(crate) fn check_token(&self, token: &str) {
        let refused = self.runtime.block_on(self.descope.validate(token)).expect_err("nobody has signed it");
        check_shown(&refused, &refused.to_string());
        let refused = self.runtime.block_on(self.nhost.validate(token)).expect_err("nobody has signed it");
        check_shown(&refused, &refused.to_string());
    }

    /// A token that is signed is accepted only if it isn't over and says whose it is.
    pub(crate) fn check_signed(&self, header: &str, payload: &str) {
        let token = self.signer.sign_texts(header, payload).expect("the key can sign");
        match self.runtime.block_on(self.descope.validate(&token)) {
            Ok(claims) => {
                assert!(!claims.subject().is_empty() && claims.issuer().contains(PROJECT));
                _ = (claims.has_role("a"), claims.tenant("a").has_permission("b"), claims.is_multi_factor());
                _ = format!("{claims:?}");
            }
            Err(refused) => check_shown(&refused, &refused.to_string()),
        }
        match self.runtime.block_on(self.nhost.validate(&token)) {
            Ok(claims) => {
                assert!(!claims.user_id().is_empty() && claims.issuer() == "hasura-auth");
                _ = (claims.custom().len(), claims.custom_as::<String>("own"), format!("{claims:?}"));
            }
            Err(refused) => check_shown(&refused, &refused.to_string()),
        }
    }
}

/// What is refused is told in one line, however long it is.
fn check_shown(error: &dyn Debug, line: &str) {
    assert!(line.len() <= 300 && !line.chars().any(char::is_control), "{line}");
    assert!(format!("{error:#?}").len() <= 600);
}

/// What is read of a request was sent, and what is set of it is read as the same.
pub(crate) fn check_request(cookie: &[u8], authorization: &[u8]) {
    let mut headers = HeaderMap::new();
    for (name, value) in [(COOKIE, cookie), (AUTHORIZATION, authorization)] {
        // What can't be a header can't arrive as one.
        if let (false, Ok(value)) = (value.is_empty(), HeaderValue::from_bytes(value)) {
            headers.append(name, value);
        }
    }
    let cookies = SessionCookies::new("DS", "DSR");
    let Ok(found) = Credentials::read(&headers, &cookies) else { return };
    let is_sent = |token: &Secret| {
        let token = token.expose().as_bytes();
        token.is_empty() || [cookie, authorization].iter().any(|sent| contains(sent, token))
    };
    assert!(is_sent(&found.session) && is_sent(&found.refresh));
    let Ok(set) = cookies.set(&Tokens::new(found.session.clone(), found.refresh.clone())) else { return };
    let mut again = HeaderMap::new();
    for header in set {
        let text = header.to_str().expect("it was written here");
        assert_eq!(text.matches(';').count(), if text.contains("Max-Age=0") { 6 } else { 5 }, "{text}");
        let pair = text.split(';').next().unwrap_or_default();
        again.append(COOKIE, HeaderValue::from_str(pair).expect("it was a header"));
    }
    let again = Credentials::read(&again, &cookies).expect("it was written here");
    assert_eq!((again.session, again.refresh), (found.session, found.refresh));
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

/// A callback is read in some way, is accepted only with the state that was kept, and leads to this site alone.
pub(crate) fn check_callback(query: &str, kept: &str) {
    let read = descope_api::SignInRedirect::from_query(query);
    assert!(format!("{read:?}").len() <= 2000);
    let read = nhost_api::SignInRedirect::from_query(query);
    assert!(format!("{read:?}").len() <= 4000);
    if let Ok(url) = Url::parse(query) {
        _ = (descope_api::SignInRedirect::from_url(&url), nhost_api::SignInRedirect::from_url(&url));
    }
    let came_back = SignInState::in_query(query);
    SignInState::check(Some(&Secret::from(kept)), came_back.as_ref()).expect_err("no such state was made");

    let Ok(state) = SignInState::new(query) else { return };
    let landing = SignInState::check(Some(state.cookie_value()), Some(state.value()));
    assert_eq!(landing.as_deref(), Ok(query));
    let site = Url::parse("https://app.example/a/b").expect("it is a URL");
    let landed = site.join(query).expect("it is a path");
    assert_eq!(landed.origin(), site.origin(), "{query}");
    SignInState::check(Some(state.cookie_value()), came_back.as_ref())
        .expect_err("it is the state of another sign-in");
}
