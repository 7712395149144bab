//! PKCE, as the service checks it.

use crate::pkce::challenge as challenge_of;

/// Whether a verifier fits a challenge. The challenge may be in either alphabet of base64, with or without padding.
pub(super) fn fits(verifier: &str, challenge: &str) -> bool {
    let challenge = challenge.trim_end_matches('=').replace('+', "-").replace('/', "_");
    !verifier.is_empty() && challenge_of(verifier) == challenge
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
