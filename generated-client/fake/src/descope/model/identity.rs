//! Whom a message is for: a user who is known, one who signs up with it, or one who changes an address.

use super::channels::Channel;
use serde_json::{Map, Value};

/// Whom a message is for, and what happens when its code or its link comes back.
#[derive(Clone)]
pub(in crate::descope) enum Identity {
    /// The user with this ID signs in.
    Known(String),
    /// A user with this login ID and these data is made, and signs in.
    New { login_id: String, profile: Map<String, Value> },
    /// The user with this ID gets a new address, and signs in.
    Changed(Change),
}

/// A change of an address.
#[derive(Clone)]
pub(in crate::descope) struct Change {
    pub(in crate::descope) user_id: String,
    pub(in crate::descope) channel: Channel,
    pub(in crate::descope) address: String,
    /// Whether the address becomes a login ID.
    pub(in crate::descope) becomes_login: bool,
    /// Whether the data of the other user win, if there is another user with this login ID.
    pub(in crate::descope) merges_into_other: bool,
    /// Whether the change fails if there is such a user.
    pub(in crate::descope) fails_on_conflict: bool,
}

impl Identity {
    /// The ID of the user; none if they sign up.
    pub(in crate::descope) fn user_id(&self) -> Option<&str> {
        match self {
            Self::Known(user_id) => Some(user_id),
            Self::New { .. } => None,
            Self::Changed(change) => Some(&change.user_id),
        }
    }
}
