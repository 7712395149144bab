//! Values read as their declared types, for programs that know an operation by its id alone.

use std::fmt;

#[cfg(feature = "both-directions")]
use super::{DecodeFault, decode};

/// What is asked of the types of bodies and responses beside being read.
#[cfg(not(feature = "both-directions"))]
pub trait Inspect: fmt::Debug {}

#[cfg(not(feature = "both-directions"))]
impl<T: fmt::Debug> Inspect for T {}

/// What is asked of the types of bodies and responses beside being read.
#[cfg(feature = "both-directions")]
pub trait Inspect: fmt::Debug + serde::Serialize {}

#[cfg(feature = "both-directions")]
impl<T: fmt::Debug + serde::Serialize> Inspect for T {}

/// A value that was read as its declared type: what is printed of it and, with the feature `both-directions`, what it
/// is written as.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Typed {
    /// What `{:?}` prints; nothing of it is secret.
    pub debug: String,
    /// What `{:#?}` prints; nothing of it is secret.
    pub pretty: String,
    /// The value as JSON, what is secret in it included.
    #[cfg(feature = "both-directions")]
    pub value: serde_json::Value,
}

impl Typed {
    /// Takes down a value whose JSON is not its own affair.
    pub(super) fn shown(
        value: &impl fmt::Debug,
        #[cfg(feature = "both-directions")] json: serde_json::Value,
    ) -> Self {
        Self {
            debug: format!("{value:?}"),
            pretty: format!("{value:#?}"),
            #[cfg(feature = "both-directions")]
            value: json,
        }
    }

    /// Takes down a value.
    pub(super) fn of(value: &impl Inspect) -> Self {
        Self::shown(
            value,
            // Only a map with keys that are no strings has no JSON, and declared types have none.
            #[cfg(feature = "both-directions")]
            serde_json::to_value(value).unwrap_or_default(),
        )
    }

    /// Reads the body of a request as its type.
    #[cfg(feature = "both-directions")]
    pub(crate) fn read<T: Inspect + serde::de::DeserializeOwned>(
        body: &serde_json::Value,
    ) -> Result<Self, DecodeFault> {
        decode::json::<T>(body.to_string().as_bytes()).map(|value| Self::of(&value))
    }
}

/// What the type's own `Debug` prints.
impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if f.alternate() { &self.pretty } else { &self.debug })
    }
}
