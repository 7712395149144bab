//! The state of a sign-in by redirect: a random value that goes with the browser and has to come back with it.

use super::random;
use crate::runtime::{InvalidRequest, Secret, is_own_path, last_in_query};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::{StatusCode, Url};
use sha2::{Digest, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;

/// The longest path to land on. What the browser keeps has to fit into a cookie.
const MAX_LANDING: usize = 2000;

/// What ties a callback to the browser that began the sign-in, and says where to go on.
///
/// A random value travels in the redirect URL, and the browser keeps its hash. A callback whose value doesn't fit the hash
/// was begun elsewhere: refuse it before the code is traded. A code that was traded is spent, so no callback works twice.
///
/// The methods about cookies and headers need the feature `cookies`:
///
/// ```
/// # #[cfg(feature = "cookies")] {
/// # use generated_client::redirects::{SignInState, StateError};
/// # use reqwest::header::{HeaderMap, HeaderValue, COOKIE};
/// // The page that begins a sign-in:
/// let state = SignInState::new("/invoices?month=3")?;
/// let redirect_url = state.add_to("https://app.example/callback")?; // for the call that starts the sign-in
/// let set_cookie = state.set_cookie(); // for the response
///
/// // The callback, with the query of its URL and the headers of its request:
/// # let query = redirect_url.split_once('?').unwrap().1.to_owned() + "&code=7d1f";
/// # let cookie = set_cookie.to_str()?.split(';').next().unwrap().to_owned();
/// # let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_str(&cookie)?)]);
/// let landing = SignInState::finish(&headers, &query)?;
/// assert_eq!(landing, "/invoices?month=3");
/// let clear = SignInState::clear_cookie(); // for the response, so that the state is used once
/// # drop(clear);
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Without it, keep [`cookie_value`](Self::cookie_value) in a cookie of your own, and [`check`](Self::check) what came back.
///
/// The list of redirect URLs that the service accepts has to permit the parameter
/// [`PARAMETER`](Self::PARAMETER). Servers of Nhost Auth that give a `state` back can take [`value`](Self::value) as that
/// instead.
#[derive(Clone)]
pub struct SignInState {
    value: Secret,
    kept: Secret,
}

/// Why a callback isn't accepted: whoever made the request may be somebody else than who began the sign-in. Let the user
/// begin again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StateError {
    /// The browser keeps no state. The sign-in was begun in another one, or too long ago, or has ended before.
    NotKept,
    /// The callback brings no state.
    NotInCallback,
    /// The state of the callback isn't the one that the browser keeps.
    Mismatch,
}

impl SignInState {
    /// The name of the query parameter that the value travels in. Neither service has one of this name.
    pub const PARAMETER: &'static str = "app_state";

    /// A new state, for one sign-in. The landing is the path with which to go on afterwards.
    ///
    /// # Errors
    ///
    /// If the landing isn't a path of this site, since a link could send the user anywhere then; or if the system has no
    /// random bytes.
    pub fn new(landing: &str) -> Result<Self, InvalidRequest> {
        if !is_landing(landing) {
            let why = "isn't a path of this site: it has to begin with one `/`, be percent-encoded, and be no longer than 2,000 bytes";
            return Err(InvalidRequest::new("the landing path", why));
        }
        let value = random("the state of a sign-in")?;
        let kept = format!("{}.{}", hash(&value, landing), URL_SAFE_NO_PAD.encode(landing));
        Ok(Self { value: value.into(), kept: kept.into() })
    }

    /// The random value.
    #[must_use]
    pub fn value(&self) -> &Secret {
        &self.value
    }

    /// What the browser keeps, where it isn't in the cookie of this crate: the hash of the value, and the landing.
    #[must_use]
    pub fn cookie_value(&self) -> &Secret {
        &self.kept
    }

    /// The redirect URL with the value as a parameter.
    ///
    /// # Errors
    ///
    /// If the URL isn't one.
    pub fn add_to(&self, redirect_url: &str) -> Result<String, InvalidRequest> {
        let url = Url::parse(redirect_url);
        let mut url = url.map_err(|_| InvalidRequest::new("the redirect URL", "is not a URL"))?;
        url.query_pairs_mut().append_pair(Self::PARAMETER, self.value.expose());
        Ok(url.into())
    }

    /// The value in the query of a callback.
    #[must_use]
    pub fn in_query(query: &str) -> Option<Secret> {
        last_in_query(query, Self::PARAMETER).map(Secret::new)
    }

    /// Checks the value that came back against what the browser kept, and gives the landing. Do it before the code is traded,
    /// and let the browser forget what it kept.
    ///
    /// # Errors
    ///
    /// If the two don't belong together.
    pub fn check(kept: Option<&Secret>, came_back: Option<&Secret>) -> Result<String, StateError> {
        let kept = kept.ok_or(StateError::NotKept)?;
        let came_back = came_back.ok_or(StateError::NotInCallback)?;
        let (digest, landing) = kept.expose().split_once('.').ok_or(StateError::Mismatch)?;
        let landing = URL_SAFE_NO_PAD.decode(landing).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let landing = landing.filter(|landing| is_landing(landing)).ok_or(StateError::Mismatch)?;
        let expected = hash(came_back.expose(), &landing);
        if bool::from(expected.as_bytes().ct_eq(digest.as_bytes())) {
            Ok(landing)
        } else {
            Err(StateError::Mismatch)
        }
    }
}

/// The landing is hashed as well, so that nobody can exchange it. The parts are hashed one by one, so that no other text holds
/// the value.
fn hash(value: &str, landing: &str) -> String {
    let digest = Sha256::new().chain_update(value).chain_update("\n").chain_update(landing);
    URL_SAFE_NO_PAD.encode(digest.finalize())
}

/// Whether a landing stays on the site, and fits into a cookie.
fn is_landing(landing: &str) -> bool {
    landing.len() <= MAX_LANDING && is_own_path(landing)
}

impl StateError {
    /// The status for the response to such a callback: 400.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        StatusCode::BAD_REQUEST
    }
}

impl fmt::Debug for SignInState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignInState").finish_non_exhaustive()
    }
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotKept => "the browser keeps no state of a sign-in; begin the sign-in again",
            Self::NotInCallback => "the callback brings no state; begin the sign-in again",
            Self::Mismatch => {
                "the state of the callback isn't the one that the browser keeps; begin the sign-in again"
            }
        })
    }
}

impl std::error::Error for StateError {}

#[cfg(test)]
mod tests {
    use super::{SignInState, StateError};
    use crate::Secret;

    fn check(kept: &str, came_back: &str) -> Result<String, StateError> {
        SignInState::check(Some(&Secret::from(kept)), Some(&Secret::from(came_back)))
    }

    #[test]
    fn what_comes_back_has_to_fit_what_was_kept() {
        let (one, other) = (SignInState::new("/a?b=c#d").unwrap(), SignInState::new("/").unwrap());
        assert_eq!(SignInState::check(Some(one.cookie_value()), Some(one.value())).unwrap(), "/a?b=c#d");
        assert_eq!(
            SignInState::check(Some(one.cookie_value()), Some(other.value())).unwrap_err(),
            StateError::Mismatch
        );
        assert_eq!(SignInState::check(None, Some(one.value())).unwrap_err(), StateError::NotKept);
        assert_eq!(
            SignInState::check(Some(one.cookie_value()), None).unwrap_err(),
            StateError::NotInCallback
        );
    }

    #[test]
    fn nobody_exchanges_the_landing_or_the_hash() {
        let state = SignInState::new("/").unwrap();
        let (value, kept) = (state.value().expose(), state.cookie_value().expose());
        let (hash, _) = kept.split_once('.').unwrap();
        for forged in
            ["", ".", "x", hash, &format!("{hash}."), &format!("{hash}.L2V2aWw"), &format!("{kept}=")]
        {
            assert_eq!(check(forged, value), Err(StateError::Mismatch), "{forged}");
        }
        assert_eq!(check(kept, ""), Err(StateError::Mismatch));
        assert_eq!(check(kept, hash), Err(StateError::Mismatch));
    }

    #[test]
    fn only_paths_of_the_site_are_landings() {
        for landing in ["/", "/a", "/a?next=//b", "/%C3%A9"] {
            SignInState::new(landing).unwrap();
        }
        let long = format!("/{}", "a".repeat(2000));
        for landing in
            ["", "a", "//b", "/\\b", "\\b", "https://b", "/\t/b", "/a\nb", "/a b", "/\u{e9}", "/%09/b", &long]
        {
            let error = SignInState::new(landing).unwrap_err();
            assert_eq!(error.what(), "the landing path", "{landing}");
        }
    }

    #[test]
    fn the_value_is_added_to_the_redirect_url_and_found_in_the_query() {
        let state = SignInState::new("/").unwrap();
        let url = state.add_to("https://app.example/callback?a=b").unwrap();
        let value = state.value().expose();
        assert_eq!(url, format!("https://app.example/callback?a=b&app_state={value}"));
        let (_, query) = url.split_once('?').unwrap();
        assert_eq!(&SignInState::in_query(&format!("{query}&code=x")).unwrap(), state.value());
        assert_eq!(SignInState::in_query("code=x"), None);
        assert_eq!(state.add_to("/callback").unwrap_err().to_string(), "the redirect URL is not a URL");
        assert!(!format!("{state:?}").contains(&**value));
    }
}
