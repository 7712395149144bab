//! Keys that all tests share, since RSA keys take long to make.

use generated_client::sessions::testing::{Signer, TestClock, descope_session, key_set};
use generated_client::sessions::{Algorithm, KeySet, descope};
use std::sync::LazyLock;

pub(crate) const PROJECT: &str = "P2aAc4T2V93bddihGEx2Ryhc8e5Z";
pub(crate) const USER: &str = "U2bXd6mVvG5n3Yd1QkqKqH9pV7tX";

/// When the tests take place.
pub(crate) const NOW: u64 = 1_700_000_000;

pub(crate) fn clock() -> TestClock {
    TestClock::at(NOW)
}

static RSA: LazyLock<Signer> = LazyLock::new(|| Signer::new(Algorithm::Rs256, "key-rsa").unwrap());
static OTHER_RSA: LazyLock<Signer> = LazyLock::new(|| Signer::new(Algorithm::Rs256, "key-other").unwrap());

/// A key for RS256.
pub(crate) fn rsa() -> Signer {
    RSA.clone()
}

/// Another key for RS256.
pub(crate) fn other_rsa() -> Signer {
    OTHER_RSA.clone()
}

/// A key for this algorithm.
pub(crate) fn signer(algorithm: Algorithm) -> Signer {
    if algorithm.name().starts_with(['R', 'P']) {
        RSA.for_algorithm(algorithm)
    } else {
        Signer::new(algorithm, format!("key-{algorithm}")).unwrap()
    }
}

pub(crate) fn keys<'s>(signers: impl IntoIterator<Item = &'s Signer>) -> KeySet {
    KeySet::from_json(&key_set(signers)).unwrap()
}

/// A validator for Descope with the key of [`rsa`].
pub(crate) fn sessions() -> descope::Sessions {
    descope::Sessions::offline(PROJECT, keys([&rsa()])).clock(clock()).build()
}

/// A good session token of Descope that isn't signed yet.
pub(crate) fn session() -> generated_client::sessions::testing::TestToken {
    descope_session(PROJECT, USER, &clock())
}
