//! Values that were decoded as their types, for programs that know an operation by its id alone.

use std::fmt;

#[cfg(feature = "both-directions")]
use crate::runtime::value::decode::{self, DecodeError};
#[cfg(feature = "both-directions")]
use crate::runtime::value::floats::to_value;

/// A type whose values can be printed, by `Debug` and, with the feature `both-directions`, as JSON.
#[cfg(not(feature = "both-directions"))]
pub trait Printable: fmt::Debug {}

#[cfg(not(feature = "both-directions"))]
impl<T: fmt::Debug> Printable for T {}

/// A type whose values can be printed, by `Debug` and, with the feature `both-directions`, as JSON.
#[cfg(feature = "both-directions")]
pub trait Printable: fmt::Debug + serde::Serialize {}

#[cfg(feature = "both-directions")]
impl<T: fmt::Debug + serde::Serialize> Printable for T {}

/// A value that was decoded as its type, for callers that don't know the type: its `Debug` texts and, with the feature
/// `both-directions`, its JSON.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Decoded {
    /// The value as `{:?}` prints it, without its secrets.
    pub debug: String,
    /// The value as `{:#?}` prints it, without its secrets.
    pub pretty: String,
    /// The value as JSON, with its secrets. It is written like a request: a member that only responses have is left out
    /// where its type is one that requests contain, too.
    #[cfg(feature = "both-directions")]
    pub value: serde_json::Value,
}

impl Decoded {
    /// Keeps the texts of a value, and JSON that was made of it elsewhere.
    pub(crate) fn with_json(
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

    /// Keeps the texts and the JSON of a value.
    pub(crate) fn of(value: &impl Printable) -> Self {
        Self::with_json(
            value,
            // Writing fails only for keys that are no strings, and numbers that aren't finite: no declared type has the
            // former, and no response the latter.
            #[cfg(feature = "both-directions")]
            to_value(value).unwrap_or_default(),
        )
    }

    /// Reads the body of a request as its type.
    #[cfg(feature = "both-directions")]
    pub(crate) fn read<T: Printable + serde::de::DeserializeOwned>(
        body: &serde_json::Value,
    ) -> Result<Self, DecodeError> {
        decode::json::<T>(body.to_string().as_bytes()).map(|value| Self::of(&value))
    }
}

/// It prints what the `Debug` of the value's type prints.
impl fmt::Debug for Decoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if f.alternate() { &self.pretty } else { &self.debug })
    }
}

#[cfg(all(test, feature = "both-directions"))]
mod tests {
    use serde_json::json;

    use super::Decoded;

    #[test]
    fn an_f32_of_a_response_is_printed_as_it_came() {
        let read = Decoded::read::<Vec<Option<f32>>>(&json!([0.7, null, 16777216.0])).unwrap();
        assert_eq!(read.value.to_string(), "[0.7,null,16777216.0]");
        assert_eq!(Decoded::of(&0.1_f32).value, json!(0.1));
    }
}
