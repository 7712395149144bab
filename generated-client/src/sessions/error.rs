//! Why a token isn't accepted, and what to tell whoever sent it.

use reqwest::StatusCode;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Why a token isn't accepted.
///
/// Neither `Display` nor `Debug` has anything of the token in it. Where the application can mend the fault, `Display` says
/// how.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenError {
    /// There is no token.
    Missing,
    /// The token isn't written as it has to be.
    Malformed(Malformed),
    /// None of the keys is the one that the token names. It may be the token of another project, or an old one whose key
    /// was withdrawn.
    UnknownKey,
    /// The keys can't be had at the moment, so nobody knows whether the token is good.
    KeysUnavailable(KeysUnavailable),
    /// The signature isn't one of the key that the token names.
    BadSignature,
    /// The token is signed with another algorithm than its key is for.
    WrongAlgorithm,
    /// The time of the token is over. Refresh the session.
    Expired,
    /// The time of the token hasn't come. The clock of this machine may be slow.
    NotYetValid,
    /// The token comes from somebody else.
    WrongIssuer,
    /// The token is for somebody else.
    WrongAudience {
        /// Whether an audience was set, which the token isn't for. If none was, set the one that the token is for.
        is_configured: bool,
    },
    /// It is a token of another kind: a refresh token where a session token is wanted or the reverse, or one that is no
    /// session's at all.
    WrongTokenType,
    /// The token is bound to a key, and there is no proof here that the sender has that key.
    ProofRequired,
}

/// What is wrong with how a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Malformed {
    /// It is longer than 16 KiB.
    TooLong,
    /// It doesn't consist of three parts with dots between.
    NotThreeParts,
    /// One of its parts isn't base64url without padding, or isn't in its canonical form.
    NotBase64url,
    /// The header or the payload isn't a JSON object, or has a member twice.
    NotJson,
    /// It is a refresh token of Nhost Auth that isn't a UUID in lower case.
    NotUuid,
    /// The header names an extension (`crit`, `b64`, `enc`, `zip`), and none is known.
    Extension,
    /// The header brings a key along (`jwk`, `jku`, `x5c`, `x5u`), and such a key is worth nothing.
    Key,
    /// This member of the header is missing or has the wrong type.
    Header(&'static str),
    /// This claim is missing.
    ClaimMissing(&'static str),
    /// This claim has the wrong type.
    ClaimType(&'static str),
}

/// Why there are no keys to check tokens with. It passes by itself or is a matter of settings; it isn't the fault of
/// whoever sent the token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeysUnavailable {
    reason: Arc<str>,
    retry_after: Option<Duration>,
}

impl KeysUnavailable {
    pub(crate) fn new(reason: impl Into<Arc<str>>) -> Self {
        Self { reason: reason.into(), retry_after: None }
    }

    pub(crate) fn retry_after_pause(self, pause: Duration) -> Self {
        Self { retry_after: Some(pause), ..self }
    }

    /// How long it takes until the keys are asked for again.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }
}

impl TokenError {
    /// The status for the response to a request with such a token: 401, or 503 if the keys are unavailable.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::KeysUnavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::UNAUTHORIZED,
        }
    }

    /// The value of the header `WWW-Authenticate` for that response (RFC 6750); none for a 503.
    #[must_use]
    pub fn www_authenticate(&self) -> Option<&'static str> {
        Some(match self {
            Self::Missing => "Bearer",
            Self::KeysUnavailable(_) => return None,
            Self::Malformed(_) => {
                r#"Bearer error="invalid_token", error_description="the token is malformed""#
            }
            Self::UnknownKey => {
                r#"Bearer error="invalid_token", error_description="the key of the token is not known""#
            }
            Self::BadSignature => {
                r#"Bearer error="invalid_token", error_description="the signature is not valid""#
            }
            Self::WrongAlgorithm => {
                r#"Bearer error="invalid_token", error_description="the algorithm is not accepted""#
            }
            Self::Expired => r#"Bearer error="invalid_token", error_description="the token has expired""#,
            Self::NotYetValid => {
                r#"Bearer error="invalid_token", error_description="the token is not valid yet""#
            }
            Self::WrongIssuer => {
                r#"Bearer error="invalid_token", error_description="the issuer is not accepted""#
            }
            Self::WrongAudience { .. } => {
                r#"Bearer error="invalid_token", error_description="the audience is not accepted""#
            }
            Self::WrongTokenType => {
                r#"Bearer error="invalid_token", error_description="the token is of another kind""#
            }
            Self::ProofRequired => {
                r#"Bearer error="invalid_token", error_description="the token is bound to a key""#
            }
        })
    }

    /// Whether a refresh gives a token that is accepted, as far as can be told.
    ///
    /// It doesn't where the settings are at fault, or where the next token would have the same flaw: then a refresh would
    /// only use up the refresh token.
    #[must_use]
    pub fn is_fixed_by_refresh(&self) -> bool {
        matches!(
            self,
            Self::Missing | Self::Malformed(_) | Self::UnknownKey | Self::BadSignature | Self::Expired
        )
    }
}

impl From<Malformed> for TokenError {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "there is no token",
            Self::Malformed(malformed) => return write!(f, "the token is malformed: {malformed}"),
            Self::UnknownKey => "none of the keys is the one that the token names",
            Self::KeysUnavailable(unavailable) => return unavailable.fmt(f),
            Self::BadSignature => "the signature of the token is not valid",
            Self::WrongAlgorithm => "the token is signed with an algorithm that its key is not for",
            Self::Expired => "the token has expired",
            Self::NotYetValid => "the token is not valid yet; the clock of this machine may be slow",
            Self::WrongIssuer => "the issuer of the token is not the expected one",
            Self::WrongAudience { is_configured: true } => {
                "the token is not for any of the audiences that were set"
            }
            Self::WrongAudience { is_configured: false } => {
                "the token names an audience; accept it by `audience` if it is yours"
            }
            Self::WrongTokenType => "the token is of another kind than is wanted here",
            Self::ProofRequired => "the token is bound to a key, and there is no proof of that key",
        })
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => f.write_str("it is too long"),
            Self::NotThreeParts => f.write_str("it does not have three parts"),
            Self::NotBase64url => f.write_str("a part of it is not base64url in canonical form"),
            Self::NotJson => f.write_str("a part of it is no JSON object, or has a member twice"),
            Self::NotUuid => f.write_str("it is no UUID in lower case"),
            Self::Extension => f.write_str("its header names an extension, and none is known"),
            Self::Key => f.write_str("its header brings a key along"),
            Self::Header(name) => write!(f, "`{name}` in its header is missing or has the wrong type"),
            Self::ClaimMissing(name) => write!(f, "the claim `{name}` is missing"),
            Self::ClaimType(name) => write!(f, "the claim `{name}` has the wrong type"),
        }
    }
}

impl fmt::Display for KeysUnavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the keys for checking tokens are unavailable: {}", self.reason)
    }
}

impl std::error::Error for TokenError {}
impl std::error::Error for KeysUnavailable {}
