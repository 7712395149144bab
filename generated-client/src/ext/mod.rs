//! What a service needs beyond the shared runtime: its client, its credentials and its errors.

#[cfg(feature = "_descope")]
pub(crate) mod descope;
#[cfg(feature = "_nhost")]
pub(crate) mod nhost;
