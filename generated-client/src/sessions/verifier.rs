//! The checks that tokens of all services share: form, algorithm, key and signature, in this order.

use super::claim::Times;
use super::jwt::Jwt;
use super::keys::{Keys, VerifyingKey};
use super::{Algorithm, Clock, Malformed, SystemClock, TokenError};
use std::sync::Arc;
use std::time::Duration;

/// How far the clocks of two machines may be apart.
const LEEWAY: Duration = Duration::from_secs(5);
/// More than this would make expired tokens good.
const MAX_LEEWAY: Duration = Duration::from_secs(300);

/// What a token has to be signed with.
#[derive(Clone, Copy, Debug)]
pub(super) enum Accepts {
    /// Any algorithm with a public key; the key fixes which. The token has to name the key.
    NamedKeys,
    /// The same, but a token without the name of a key gets the only key of its algorithm.
    PublicKeys,
    /// This one algorithm, with a shared secret.
    Secret(Algorithm),
}

/// The part of the checks that doesn't depend on the claims.
#[derive(Clone, Debug)]
pub(super) struct Verifier {
    pub(super) keys: Keys,
    pub(super) accepts: Accepts,
    pub(super) timing: Timing,
}

/// The clock, and how far it may differ from other clocks.
#[derive(Clone, Debug)]
pub(super) struct Timing {
    pub(super) clock: Arc<dyn Clock>,
    leeway: Duration,
}

impl Timing {
    pub(super) fn new() -> Self {
        Self { clock: Arc::new(SystemClock::new()), leeway: LEEWAY }
    }

    pub(super) fn set_leeway(&mut self, leeway: Duration) {
        self.leeway = leeway.min(MAX_LEEWAY);
    }

    /// Whether a token with these times is valid now.
    pub(super) fn check(&self, times: &Times) -> Result<(), TokenError> {
        times.check(self.clock.calendar(), self.leeway)
    }
}

impl Verifier {
    /// Checks that the token was signed by one of the keys, and gives its payload.
    pub(super) async fn verify(&self, token: &str) -> Result<Vec<u8>, TokenError> {
        let jwt = Jwt::parse(token)?;
        let (algorithm, mut kid) = (jwt.header.algorithm, jwt.header.kid.as_deref());
        let is_accepted = match self.accepts {
            Accepts::Secret(only) => algorithm == only,
            Accepts::NamedKeys | Accepts::PublicKeys => !algorithm.is_symmetric(),
        };
        if !is_accepted {
            return Err(TokenError::WrongAlgorithm);
        }
        match self.accepts {
            Accepts::NamedKeys if kid.is_none() => return Err(Malformed::Header("kid").into()),
            // A secret has no name, but a server may be told to give it one.
            Accepts::Secret(_) => kid = None,
            _ => {}
        }
        let verifies = |key: &VerifyingKey| key.verifies(jwt.signed.as_bytes(), &jwt.signature);
        let key = self.keys.find(kid, algorithm).await?;
        if verifies(&key) {
            return jwt.payload();
        }
        // The key may have been replaced: tokens needn't name their key, and a new key may have the name of the old
        // one.
        match self.keys.find_newer(kid, algorithm, &key).await {
            Some(newer) if verifies(&newer) => jwt.payload(),
            _ => Err(TokenError::BadSignature),
        }
    }
}
