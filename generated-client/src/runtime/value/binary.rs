//! Bytes that are no JSON and no text.

use std::fmt;
use std::ops::Deref;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
#[cfg(feature = "both-directions")]
use serde::{Deserialize, Deserializer, de};
use serde::{Serialize, Serializer};

use super::limits::Validate;
use super::safe_debug::SafeDebug;
use super::secret_bytes::SecretBytes;
#[cfg(feature = "operations")]
use super::shape::{Shape, Shaped};

/// The body of a request or response that is neither JSON nor text, such as an image. Nobody knows what it holds, so its `Debug` shows
/// the number of bytes alone, and its memory is overwritten when it is dropped.
#[derive(Clone, Default)]
pub struct Binary(SecretBytes);

impl Binary {
    /// Keeps the bytes.
    #[must_use]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(SecretBytes::from(bytes.into()))
    }

    /// Takes the bytes out. Their memory isn't overwritten any more when they are dropped.
    #[must_use]
    pub fn into_vec(self) -> Vec<u8> {
        self.0.into_vec()
    }
}

impl Deref for Binary {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.0.as_slice()
    }
}

impl AsRef<[u8]> for Binary {
    fn as_ref(&self) -> &[u8] {
        self.0.as_slice()
    }
}

impl From<Vec<u8>> for Binary {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<&[u8]> for Binary {
    fn from(bytes: &[u8]) -> Self {
        Self::new(bytes)
    }
}

impl PartialEq for Binary {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_slice() == other.0.as_slice()
    }
}

impl Eq for Binary {}

impl SafeDebug for Binary {}

impl fmt::Debug for Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Binary({} bytes)", self.len())
    }
}

impl Validate for Binary {
    fn as_bytes(&self) -> Option<&[u8]> {
        Some(self)
    }
}

/// In JSON it is a text in base64.
impl Serialize for Binary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(&**self))
    }
}

#[cfg(feature = "both-directions")]
impl<'de> Deserialize<'de> for Binary {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD.decode(text).map(Self::new).map_err(|_| de::Error::custom("is not a text in base64"))
    }
}

#[cfg(feature = "operations")]
impl Shaped for Binary {
    fn shape() -> Shape {
        Shape::Any
    }
}

#[cfg(test)]
mod tests {
    use super::Binary;

    #[test]
    fn debug_shows_the_number_of_bytes_alone() {
        let binary = Binary::new(*b"s3cret");
        assert_eq!(format!("{binary:?}"), "Binary(6 bytes)");
        assert_eq!((&*binary, binary.clone().into_vec()), (&b"s3cret"[..], b"s3cret".to_vec()));
        assert_eq!(binary, Binary::from(b"s3cret".to_vec()));
    }
}
