//! Bytes as text.

/// The bytes in hexadecimal digits, in lower case.
pub(crate) fn text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
