//! Access keys.

use super::sessions::Grants;
use serde_json::{Map, Value};

/// An access key.
#[derive(Clone)]
pub(in crate::descope) struct AccessKey {
    pub(in crate::descope) name: String,
    /// The hash of the key itself.
    pub(in crate::descope) hash: String,
    pub(in crate::descope) is_active: bool,
    pub(in crate::descope) grants: Grants,
    /// The user whom the key belongs to.
    pub(in crate::descope) user_id: Option<String>,
    pub(in crate::descope) created: u64,
    /// When it expires; 0 means never.
    pub(in crate::descope) expires: u64,
    pub(in crate::descope) claims: Map<String, Value>,
    /// The other members by their names on the wire, which are data and nothing else.
    pub(in crate::descope) details: Map<String, Value>,
}
