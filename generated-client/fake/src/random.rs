//! Values that nobody can guess.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use uuid::Uuid;

/// A new UUID.
pub(crate) fn uuid() -> String {
    Uuid::new_v4().to_string()
}

/// A text of 43 letters, digits, `-` and `_`.
pub(crate) fn token() -> String {
    let (left, right) = (Uuid::new_v4(), Uuid::new_v4());
    BASE64_URL_SAFE_NO_PAD.encode([*left.as_bytes(), *right.as_bytes()].concat())
}

/// A code of six digits.
pub(crate) fn code() -> String {
    format!("{:06}", Uuid::new_v4().as_u128() % 1_000_000)
}
