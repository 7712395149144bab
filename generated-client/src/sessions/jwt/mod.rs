//! Tokens as they are written: the compact form of JWS (RFC 7515), read strictly.
//!
//! No library is used for this, because none does all of it: refuse `crit`, insist on the types of claims, refuse members
//! that are there twice, and never panic because of the features that another crate switched on.

mod algorithm;
mod json;

pub use algorithm::Algorithm;
pub(crate) use json::Object;

use super::{Malformed, TokenError};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::Value;
use std::fmt;

/// The longest token that is looked at. A cookie holds a quarter of that.
pub(crate) const MAX_TOKEN: usize = 16 * 1024;

/// A token, split into its parts. Nothing of it has been checked but its form.
pub(crate) struct Jwt<'t> {
    pub(crate) header: Header,
    /// What the signature is of: header and payload, as they are written.
    pub(crate) signed: &'t str,
    payload: &'t str,
    pub(crate) signature: Vec<u8>,
}

/// What the header of a token says of its signature.
#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) algorithm: Algorithm,
    pub(crate) kid: Option<String>,
}

/// The rest is the credential.
impl fmt::Debug for Jwt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jwt").field("header", &self.header).finish_non_exhaustive()
    }
}

impl<'t> Jwt<'t> {
    /// Splits a token and reads its header.
    ///
    /// # Errors
    ///
    /// `Missing`, `Malformed`, and `WrongAlgorithm` for one that isn't known, such as `none`.
    pub(crate) fn parse(token: &'t str) -> Result<Self, TokenError> {
        if token.is_empty() {
            return Err(TokenError::Missing);
        }
        if token.len() > MAX_TOKEN {
            return Err(Malformed::TooLong.into());
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(Malformed::NotThreeParts)?;
        let (header, payload) = signed.split_once('.').ok_or(Malformed::NotThreeParts)?;
        if payload.contains('.') {
            return Err(Malformed::NotThreeParts.into());
        }
        let header = Header::read(&decode(header)?)?;
        Ok(Self { header, signed, payload, signature: decode(signature)? })
    }

    /// The bytes of the payload. Call it only when the signature has been checked.
    pub(crate) fn payload(&self) -> Result<Vec<u8>, TokenError> {
        Ok(decode(self.payload)?)
    }
}

/// Members that name an extension, which changes what the token means. No extension is known here.
const EXTENSIONS: [&str; 4] = ["b64", "crit", "enc", "zip"];
/// Members that bring a key along or say where to get it. A token can't bring the key that it is checked with.
const KEYS: [&str; 4] = ["jku", "jwk", "x5c", "x5u"];
/// Members that have to be texts, and say nothing that matters here.
const TEXTS: [&str; 4] = ["cty", "typ", "x5t", "x5t#S256"];

const NAMES: &[&str] =
    &["alg", "b64", "crit", "cty", "enc", "jku", "jwk", "kid", "typ", "x5c", "x5t", "x5t#S256", "x5u", "zip"];

impl Header {
    fn read(json: &[u8]) -> Result<Self, TokenError> {
        let mut header = Object::read(json, NAMES).ok_or(Malformed::NotJson)?;
        if EXTENSIONS.iter().any(|name| header.take(name).is_some()) {
            return Err(Malformed::Extension.into());
        }
        if KEYS.iter().any(|name| header.take(name).is_some()) {
            return Err(Malformed::Key.into());
        }
        if let Some(name) =
            TEXTS.iter().find(|name| header.take(name).is_some_and(|value| !value.is_string()))
        {
            return Err(Malformed::Header(name).into());
        }
        let kid = match header.take("kid") {
            None => None,
            Some(Value::String(kid)) if !kid.is_empty() => Some(kid),
            Some(_) => return Err(Malformed::Header("kid").into()),
        };
        let Some(Value::String(algorithm)) = header.take("alg") else {
            return Err(Malformed::Header("alg").into());
        };
        let algorithm = Algorithm::from_name(&algorithm).ok_or(TokenError::WrongAlgorithm)?;
        Ok(Self { algorithm, kid })
    }
}

/// Decodes base64url without padding, in the one way in which it can be written.
pub(crate) fn decode(text: &str) -> Result<Vec<u8>, Malformed> {
    BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| Malformed::NotBase64url)
}

#[cfg(test)]
mod tests {
    use super::{Algorithm, Jwt, MAX_TOKEN};
    use crate::sessions::{Malformed, TokenError};
    use base64::Engine;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;

    fn of_header(header: &str) -> String {
        format!("{}.e30.AA", BASE64_URL_SAFE_NO_PAD.encode(header))
    }

    fn fault(token: &str) -> TokenError {
        Jwt::parse(token).unwrap_err()
    }

    #[test]
    fn a_token_is_split_and_its_header_read() {
        let token = of_header(r#"{"typ":"JWT","alg":"RS256","kid":"k1","x5t":"x","other":[1]}"#);
        let jwt = Jwt::parse(&token).unwrap();
        assert_eq!(jwt.header.algorithm, Algorithm::Rs256);
        assert_eq!(jwt.header.kid.as_deref(), Some("k1"));
        assert_eq!(format!("{}.AA", jwt.signed), token);
        assert_eq!(jwt.signature, [0]);
        assert_eq!(jwt.payload().unwrap(), b"{}");
    }

    #[test]
    fn the_form_of_a_token_is_strict() {
        let head = BASE64_URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256"}"#);
        assert_eq!(fault(""), TokenError::Missing);
        for token in ["x", "x.y", ".", "a.b.c.d", "a.b.c.d.e", "...."] {
            assert_eq!(fault(token), Malformed::NotThreeParts.into(), "{token}");
        }
        // Padding, the other alphabet, white space, bits that nobody needs, no text at all.
        for (header, signature) in [
            (format!("{head}="), "AA"),
            (head.clone(), "AA=="),
            (head.clone(), "+/AA"),
            (head.clone(), "A A"),
            (head.clone(), "AA\n"),
            (head.clone(), "AB"),
            (head.clone(), "A"),
            (head.clone(), "é"),
            (format!(" {head}"), "AA"),
        ] {
            let token = format!("{header}.e30.{signature}");
            assert_eq!(fault(&token), Malformed::NotBase64url.into(), "{token:?}");
        }
        assert_eq!(
            Jwt::parse(&format!("{head}.e31.AA")).unwrap().payload(),
            Err(Malformed::NotBase64url.into())
        );
        let long = format!("{head}.{}.AA", "A".repeat(MAX_TOKEN));
        assert_eq!(fault(&long), Malformed::TooLong.into());
    }

    #[test]
    fn a_header_has_an_algorithm_that_is_known_and_no_extension() {
        for (header, expected) in [
            ("", TokenError::from(Malformed::NotJson)),
            ("[]", Malformed::NotJson.into()),
            (r#"{"alg":"RS256","alg":"RS256"}"#, Malformed::NotJson.into()),
            (r#"{"alg":"RS256","x":1,"x":1}"#, Malformed::NotJson.into()),
            ("{}", Malformed::Header("alg").into()),
            (r#"{"alg":null}"#, Malformed::Header("alg").into()),
            (r#"{"alg":5}"#, Malformed::Header("alg").into()),
            (r#"{"alg":["RS256"]}"#, Malformed::Header("alg").into()),
            (r#"{"alg":"none"}"#, TokenError::WrongAlgorithm),
            (r#"{"alg":"NONE"}"#, TokenError::WrongAlgorithm),
            (r#"{"alg":"rs256"}"#, TokenError::WrongAlgorithm),
            (r#"{"alg":"RS256","kid":5}"#, Malformed::Header("kid").into()),
            (r#"{"alg":"RS256","kid":""}"#, Malformed::Header("kid").into()),
            (r#"{"alg":"RS256","crit":["exp"]}"#, Malformed::Extension.into()),
            (r#"{"alg":"RS256","crit":[]}"#, Malformed::Extension.into()),
            (r#"{"alg":"RS256","b64":false}"#, Malformed::Extension.into()),
            (r#"{"alg":"RS256","zip":"DEF"}"#, Malformed::Extension.into()),
            (r#"{"alg":"RS256","enc":"A128GCM"}"#, Malformed::Extension.into()),
            (r#"{"alg":"RS256","jwk":{"kty":"oct"}}"#, Malformed::Key.into()),
            (r#"{"alg":"RS256","jku":"https://example.com"}"#, Malformed::Key.into()),
            (r#"{"alg":"RS256","x5u":"https://example.com"}"#, Malformed::Key.into()),
            (r#"{"alg":"RS256","x5c":[]}"#, Malformed::Key.into()),
            (r#"{"alg":"RS256","typ":5}"#, Malformed::Header("typ").into()),
            (r#"{"alg":"RS256","cty":{}}"#, Malformed::Header("cty").into()),
            (r#"{"alg":"RS256","x5t":[]}"#, Malformed::Header("x5t").into()),
            (r#"{"alg":"RS256","x5t#S256":true}"#, Malformed::Header("x5t#S256").into()),
        ] {
            assert_eq!(fault(&of_header(header)), expected, "{header}");
        }
        let token = of_header(r#"{"alg":"RS256","kid":null,"crit":null,"jwk":null,"typ":null}"#);
        assert_eq!(Jwt::parse(&token).unwrap().header.kid, None);
    }
}
