//! Clients: how one is built, and how operations are called by their methods and by their ids.

mod app_scheme;
pub(crate) mod builder;
#[cfg(feature = "operations")]
pub(crate) mod by_id;
pub(crate) mod call;
mod connections;
#[cfg(feature = "operations")]
pub(crate) mod documentation;
#[cfg(feature = "operations")]
pub(crate) mod links;
pub(crate) mod operation;
pub(crate) mod service;
#[cfg(feature = "operations")]
pub(crate) mod services;
#[cfg(feature = "operations")]
pub(crate) mod table;
