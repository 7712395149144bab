//! PKCE (RFC 7636): what ties the code of a redirect to the one who started the sign-in.

use super::random;
use crate::runtime::{InvalidRequest, Secret};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// What faults are said to be in.
const WHAT: &str = "the PKCE verifier";

/// A verifier and its challenge, for one sign-in.
///
/// Give the challenge to the call that starts a sign-in, and keep the verifier on the server, with the visitor's own
/// session.
///
/// - Nhost Auth takes the challenge as `code_challenge`. The browser then comes back with a code instead of a refresh token,
///   and `client.token().exchange(code, verifier)` trades it. Servers before 0.48.0 don't know PKCE: they send a refresh
///   token all the same, or refuse a challenge in a body.
/// - Descope takes the challenge as `pkce_challenge` in the login options of enchanted links, and the verifier as
///   `pkce_verifier` when the link is verified. Its sign-ins by redirect know no PKCE: use
///   [`SignInState`](super::SignInState) for them.
///
/// ```
/// use generated_client::redirects::Pkce;
///
/// # fn main() -> Result<(), generated_client::runtime::InvalidRequest> {
/// let pkce = Pkce::new()?;
/// assert_eq!(pkce.challenge.len(), 43);
/// let stored = pkce.verifier.expose();
/// assert_eq!(Pkce::from_verifier(stored.as_str())?, pkce);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pkce {
    /// What only the one who started the sign-in knows: 43 characters of base64url.
    pub verifier: Secret,
    /// The SHA-256 hash of the verifier (method S256): 43 characters of base64url, made to be sent in the open.
    pub challenge: String,
}

impl Pkce {
    /// A verifier of 32 random bytes, and its challenge.
    ///
    /// # Errors
    ///
    /// If the system has no random bytes.
    pub fn new() -> Result<Self, InvalidRequest> {
        random(WHAT).map(Self::of)
    }

    /// The challenge of a verifier that was kept.
    ///
    /// # Errors
    ///
    /// If it doesn't have 43 to 128 characters, each a letter, a digit or one of `-._~`.
    pub fn from_verifier(verifier: impl Into<Secret>) -> Result<Self, InvalidRequest> {
        let verifier = verifier.into().into_inner();
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if (43..=128).contains(&verifier.len()) && verifier.bytes().all(is_allowed) {
            Ok(Self::of(verifier))
        } else {
            let why = "doesn't have 43 to 128 characters, each a letter, a digit or one of `-._~`";
            Err(InvalidRequest::new(WHAT, why))
        }
    }

    fn of(verifier: String) -> Self {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
        Self { verifier: Secret::new(verifier), challenge }
    }
}

#[cfg(test)]
mod tests {
    use super::Pkce;

    #[test]
    fn the_challenge_of_appendix_b_of_the_rfc() {
        let pkce = Pkce::from_verifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").unwrap();
        assert_eq!(pkce.challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert!(!format!("{pkce:?}").contains("dBjft"));
    }

    #[test]
    fn every_verifier_is_another_and_as_long_as_it_has_to_be() {
        let (one, other) = (Pkce::new().unwrap(), Pkce::new().unwrap());
        assert_ne!(one, other);
        assert_ne!(one.challenge, other.challenge);
        assert_eq!(one.verifier.expose().len(), 43);
        assert_eq!(Pkce::from_verifier(one.verifier.clone()).unwrap(), one);
    }

    #[test]
    fn what_the_rfc_allows_is_taken_and_anything_else_refused() {
        for verifier in ["a".repeat(43), "~".repeat(128), "-._~0Aa".repeat(7)] {
            Pkce::from_verifier(verifier).unwrap();
        }
        for verifier in ["a".repeat(42), "a".repeat(129), format!("{}=", "a".repeat(42)), "é".repeat(30)] {
            let error = Pkce::from_verifier(verifier.as_str()).unwrap_err();
            assert_eq!(
                error.to_string(),
                "the PKCE verifier doesn't have 43 to 128 characters, each a letter, a digit or one of `-._~`"
            );
        }
    }
}
