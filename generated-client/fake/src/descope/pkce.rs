//! PKCE (RFC 7636): the verifier that comes later has to fit the challenge that came first.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// Whether a verifier fits a challenge. The challenge may be in either alphabet of base64, with or without padding.
pub(super) fn fits(verifier: &str, challenge: &str) -> bool {
    let hash = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    let challenge = challenge.trim_end_matches('=').replace('+', "-").replace('/', "_");
    !verifier.is_empty() && hash == challenge
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn the_verifier_of_the_rfc_fits_its_challenge() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert!(fits(verifier, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
        assert!(fits(verifier, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM="));
        assert!(!fits("another", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
        assert!(!fits("", ""));
    }
}
