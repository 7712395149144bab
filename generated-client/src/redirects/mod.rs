//! Signing in by a redirect: what ties the browser that comes back to the one that was sent away.
//!
//! Anybody can make a URL that leads to a callback. Without a check, a stranger's link signs a visitor in to the account of
//! the stranger, who then sees what the visitor does. Two things prevent it, and each has its place:
//!
//! - [`SignInState`] is checked by the application itself, so it works with every service and every version of it.
//! - [`Pkce`] is checked by the service, where it knows it.

#[cfg(feature = "cookies")]
mod cookie;
mod pkce;
mod state;

pub use pkce::Pkce;
pub use state::{SignInState, StateError};

use crate::runtime::InvalidRequest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// 32 random bytes in base64url, which are 43 characters.
fn random(what: &str) -> Result<String, InvalidRequest> {
    let mut bytes = [0; 32];
    match getrandom::fill(&mut bytes) {
        Ok(()) => Ok(URL_SAFE_NO_PAD.encode(bytes)),
        Err(_) => Err(InvalidRequest::new(what, "can't be made, since the system has no random bytes")),
    }
}
