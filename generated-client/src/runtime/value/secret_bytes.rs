//! Bytes that hold secrets: the bodies of requests and responses, and the values of headers.

use std::io;

use bytes::Bytes;
use reqwest::header::{HeaderValue, InvalidHeaderValue};

/// Bytes that are overwritten when they are dropped, and when they move because they grow.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct SecretBytes(Vec<u8>);

impl SecretBytes {
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self(Vec::with_capacity(capacity))
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Adds bytes. A `Vec` that grows by itself would leave its old memory as it is.
    pub(crate) fn extend(&mut self, bytes: &[u8]) {
        if self.0.capacity() - self.0.len() < bytes.len() {
            let wanted = (self.0.len() + bytes.len()).max(2 * self.0.capacity());
            let mut larger = Vec::with_capacity(wanted);
            larger.extend_from_slice(&self.0);
            std::mem::swap(&mut self.0, &mut larger);
            wipe(&mut larger);
        }
        self.0.extend_from_slice(bytes);
    }

    /// Takes the bytes out. Nobody overwrites them any more when they are dropped.
    pub(crate) fn into_vec(mut self) -> Vec<u8> {
        std::mem::take(&mut self.0)
    }

    /// The bytes as a text, which is empty if they aren't UTF-8.
    pub(crate) fn into_text(self) -> String {
        String::from_utf8(self.into_vec()).unwrap_or_default()
    }

    /// The bytes for the HTTP client. They are overwritten when the last copy is dropped.
    pub(crate) fn into_bytes(self) -> Bytes {
        Bytes::from_owner(self)
    }

    /// The bytes as the value of a header, which is marked as sensitive.
    pub(crate) fn into_header(self) -> Result<HeaderValue, InvalidHeaderValue> {
        let mut value = HeaderValue::from_maybe_shared(self.into_bytes())?;
        value.set_sensitive(true);
        Ok(value)
    }
}

/// Overwrites the bytes, and the memory that is reserved behind them. `Zeroize` would write each byte by itself, which
/// takes too long for a long body. The barrier keeps the compiler from leaving these writes out, too.
fn wipe(bytes: &mut Vec<u8>) {
    bytes.fill(0);
    bytes.resize(bytes.capacity(), 0);
    zeroize::optimization_barrier(bytes.as_slice());
}

impl Drop for SecretBytes {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

impl AsRef<[u8]> for SecretBytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for SecretBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<String> for SecretBytes {
    fn from(text: String) -> Self {
        Self(text.into_bytes())
    }
}

/// JSON is written into it.
impl io::Write for SecretBytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::SecretBytes;

    #[test]
    fn bytes_grow_and_are_handed_on() {
        let mut bytes = SecretBytes::with_capacity(2);
        for piece in ["a", "", "bcd", "efghijklmnop"] {
            bytes.extend(piece.as_bytes());
        }
        assert_eq!((bytes.as_slice(), bytes.len()), (&b"abcdefghijklmnop"[..], 16));
        assert_eq!(&*bytes.clone().into_bytes(), b"abcdefghijklmnop");
        let header = bytes.clone().into_header().unwrap();
        assert!(header.is_sensitive());
        assert_eq!(header, "abcdefghijklmnop");
        assert_eq!(bytes.into_vec(), b"abcdefghijklmnop");
        assert!(SecretBytes::from("a\nb".to_owned()).into_header().is_err());
    }
}
