//! The response: a session with all its members, about 2 KB.

use serde_json::Value;

/// The session.
///
/// # Errors
///
/// If the fixture is no JSON.
pub fn value() -> serde_json::Result<Value> {
    serde_json::from_str(include_str!("../../tests/wire/fixtures/descope-session.json"))
}

/// The session as a server sends it, without the spaces that make the fixture readable.
///
/// # Errors
///
/// If the fixture is no JSON.
pub fn body() -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(&value()?)
}
