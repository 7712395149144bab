//! What the project remembers. Nothing here knows of requests that change several things at once.

pub(super) mod access_keys;
pub(super) mod channels;
pub(super) mod codes;
pub(super) mod credentials;
pub(super) mod directory;
pub(super) mod identity;
pub(super) mod links;
pub(super) mod options;
pub(super) mod pending;
pub(super) mod sessions;
pub(super) mod users;
