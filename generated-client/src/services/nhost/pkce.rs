//! PKCE (RFC 7636): what ties the code of a redirect to the one who started the sign-in.

use crate::nhost::{Error, Nhost};
use crate::runtime::{Failure, InvalidRequest, Secret, Service};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A verifier and its challenge, for one sign-in.
///
/// Give the challenge as `code_challenge` to the call that starts a sign-in, and keep the verifier on the server, with the
/// visitor's own session. The browser then comes back with a code instead of a refresh token, and
/// `client.token().exchange(code, verifier)` trades it. Servers before 0.48.0 don't know PKCE: they send a refresh token
/// all the same, or refuse a challenge in a body.
///
/// ```
/// use generated_client::nhost::Pkce;
///
/// # fn main() -> Result<(), generated_client::nhost::Error> {
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
    /// [`Kind::InvalidRequest`](crate::runtime::Kind::InvalidRequest) if the system has no random bytes.
    pub fn new() -> Result<Self, Error> {
        let mut random = [0; 32];
        getrandom::fill(&mut random)
            .map_err(|_| refused("can't be made, since the system has no random bytes"))?;
        Ok(Self::of(URL_SAFE_NO_PAD.encode(random)))
    }

    /// The challenge of a verifier that was kept.
    ///
    /// # Errors
    ///
    /// [`Kind::InvalidRequest`](crate::runtime::Kind::InvalidRequest) if it doesn't have 43 to 128 characters, each a letter, a digit or
    /// one of `-._~`.
    pub fn from_verifier(verifier: impl Into<Secret>) -> Result<Self, Error> {
        let verifier = verifier.into().into_inner();
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if (43..=128).contains(&verifier.len()) && verifier.bytes().all(is_allowed) {
            Ok(Self::of(verifier))
        } else {
            Err(refused("doesn't have 43 to 128 characters, each a letter, a digit or one of `-._~`"))
        }
    }

    fn of(verifier: String) -> Self {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
        Self { verifier: Secret::new(verifier), challenge }
    }
}

fn refused(why: &str) -> Error {
    Error::from(Failure::invalid(Nhost::SPEC.name, InvalidRequest::new("the PKCE verifier", why)))
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
                "nhost: the PKCE verifier doesn't have 43 to 128 characters, each a letter, a digit or one of `-._~`"
            );
        }
    }
}
