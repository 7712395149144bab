//! Reads claims. A claim that decides whether a token is good has to have the right type. A claim that only grants
//! something grants nothing if it has the wrong type.

use super::jwt::Object;
use super::{Malformed, TokenError};
use serde_json::{Map, Value};
use std::time::{Duration, SystemTime};

/// The last second of the year 9999.
const MAX_TIME: u64 = 253_402_300_799;

/// A claim that has to be a text, and not an empty one.
pub(super) fn required_text(claims: &mut Object, name: &'static str) -> Result<String, TokenError> {
    let text = optional_text(claims, name)?.ok_or(Malformed::ClaimMissing(name))?;
    if text.is_empty() { Err(Malformed::ClaimMissing(name).into()) } else { Ok(text) }
}

/// A claim that is a text if it is there.
pub(super) fn optional_text(claims: &mut Object, name: &'static str) -> Result<Option<String>, TokenError> {
    match claims.take(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Malformed::ClaimType(name).into()),
    }
}

/// The audience: one text or a list of texts.
pub(super) fn audience(claims: &mut Object) -> Result<Vec<String>, TokenError> {
    match claims.take("aud") {
        None => Ok(Vec::new()),
        Some(Value::String(audience)) => Ok(vec![audience]),
        Some(Value::Array(items)) if items.iter().all(Value::is_string) => Ok(texts(Value::Array(items))),
        Some(_) => Err(Malformed::ClaimType("aud").into()),
    }
}

/// The texts of a list. What isn't a text is left out, and what isn't a list has none.
pub(super) fn texts(value: Value) -> Vec<String> {
    let text = |item| if let Value::String(text) = item { Some(text) } else { None };
    match value {
        Value::Array(items) => items.into_iter().filter_map(text).collect(),
        _ => Vec::new(),
    }
}

/// The texts of a claim that is a list; none if it is anything else.
pub(super) fn granted(claims: &mut Object, name: &str) -> Vec<String> {
    claims.take(name).map(texts).unwrap_or_default()
}

/// A claim that is a text; none if it is anything else.
pub(super) fn shown(claims: &mut Object, name: &str) -> Option<String> {
    match claims.take(name) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    }
}

/// A claim that is an object; none if it is anything else.
pub(super) fn object(claims: &mut Object, name: &str) -> Option<Map<String, Value>> {
    match claims.take(name) {
        Some(Value::Object(object)) => Some(object),
        _ => None,
    }
}

/// When a token is valid, in seconds since the beginning of 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Times {
    pub(super) expires_at: u64,
    pub(super) issued_at: Option<u64>,
    not_before: Option<u64>,
}

impl Times {
    pub(super) fn read(claims: &mut Object) -> Result<Self, TokenError> {
        Ok(Self {
            expires_at: seconds(claims, "exp", f64::floor)?.ok_or(Malformed::ClaimMissing("exp"))?,
            issued_at: seconds(claims, "iat", f64::floor)?,
            // A token must not be accepted before this time, not even by a part of a second.
            not_before: seconds(claims, "nbf", f64::ceil)?,
        })
    }

    /// # Errors
    ///
    /// `Expired` or `NotYetValid`, if the time is after or before that of the token by more than the leeway.
    pub(super) fn check(&self, now: Duration, leeway: Duration) -> Result<(), TokenError> {
        let (now, leeway) = (now.as_secs(), leeway.as_secs());
        if now >= self.expires_at.saturating_add(leeway) {
            return Err(TokenError::Expired);
        }
        let begins = self.issued_at.max(self.not_before);
        if begins.is_some_and(|begins| begins > now.saturating_add(leeway)) {
            return Err(TokenError::NotYetValid);
        }
        Ok(())
    }
}

/// A time in whole seconds. No token is from before 1970.
fn seconds(
    claims: &mut Object,
    name: &'static str,
    round: fn(f64) -> f64,
) -> Result<Option<u64>, TokenError> {
    let Some(value) = claims.take(name) else {
        return Ok(None);
    };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked before")]
    let whole = |number: f64| (0.0..=MAX_TIME as f64).contains(&number).then(|| round(number) as u64);
    let seconds = value.as_u64().or_else(|| value.as_f64().and_then(whole));
    match seconds.filter(|seconds| *seconds <= MAX_TIME) {
        Some(seconds) => Ok(Some(seconds)),
        None => Err(Malformed::ClaimType(name).into()),
    }
}

/// The moment that is so many seconds after the beginning of 1970.
pub(super) fn moment(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).unwrap_or(SystemTime::UNIX_EPOCH)
}
