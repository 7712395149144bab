//! The algorithms of signatures.

use std::fmt;

/// An algorithm that tokens are signed with, by its name in RFC 7518 and RFC 8037.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// `RS256`: RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// `RS384`: RSASSA-PKCS1-v1_5 with SHA-384.
    Rs384,
    /// `RS512`: RSASSA-PKCS1-v1_5 with SHA-512.
    Rs512,
    /// `PS256`: RSASSA-PSS with SHA-256.
    Ps256,
    /// `PS384`: RSASSA-PSS with SHA-384.
    Ps384,
    /// `PS512`: RSASSA-PSS with SHA-512.
    Ps512,
    /// `ES256`: ECDSA on P-256 with SHA-256.
    Es256,
    /// `ES384`: ECDSA on P-384 with SHA-384.
    Es384,
    /// `EdDSA`: Ed25519.
    EdDsa,
    /// `HS256`: HMAC with SHA-256 and a shared secret.
    Hs256,
    /// `HS384`: HMAC with SHA-384 and a shared secret.
    Hs384,
    /// `HS512`: HMAC with SHA-512 and a shared secret.
    Hs512,
}

const NAMES: [(Algorithm, &str); 12] = [
    (Algorithm::Rs256, "RS256"),
    (Algorithm::Rs384, "RS384"),
    (Algorithm::Rs512, "RS512"),
    (Algorithm::Ps256, "PS256"),
    (Algorithm::Ps384, "PS384"),
    (Algorithm::Ps512, "PS512"),
    (Algorithm::Es256, "ES256"),
    (Algorithm::Es384, "ES384"),
    (Algorithm::EdDsa, "EdDSA"),
    (Algorithm::Hs256, "HS256"),
    (Algorithm::Hs384, "HS384"),
    (Algorithm::Hs512, "HS512"),
];

impl Algorithm {
    /// The algorithm with this name, which is case-sensitive; none for `none` and for whatever isn't listed.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, known)| *known == name).map(|(algorithm, _)| *algorithm)
    }

    /// The name of the algorithm, as it stands in the header of a token.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(known, _)| *known == self).map_or("", |(_, name)| name)
    }

    /// Whether whoever can check a signature can also make one, because both take the same secret.
    #[must_use]
    pub fn is_symmetric(self) -> bool {
        matches!(self, Self::Hs256 | Self::Hs384 | Self::Hs512)
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::{Algorithm, NAMES};

    #[test]
    fn names_lead_to_algorithms_and_back() {
        for (algorithm, name) in NAMES {
            assert_eq!(Algorithm::from_name(name), Some(algorithm));
            assert_eq!(algorithm.name(), name);
            assert_eq!(algorithm.is_symmetric(), name.starts_with("HS"));
        }
        for name in ["none", "None", "", "rs256", "ES512", "ES256K", "RSA-OAEP", "Ed25519"] {
            assert_eq!(Algorithm::from_name(name), None, "{name}");
        }
    }
}
