//! Clients: how one is built, and how operations are called by their methods and by their ids.

mod app_scheme;
pub(crate) mod builder;
#[cfg(feature = "operations")]
pub(crate) mod by_id;
pub(crate) mod call;
pub(crate) mod chunks;
mod connections;
#[cfg(feature = "operations")]
pub(crate) mod documentation;
#[cfg(feature = "stream")]
pub(crate) mod item_stream;
#[cfg(feature = "operations")]
pub(crate) mod links;
pub(crate) mod operation;
#[cfg(feature = "operations")]
pub(crate) mod operation_pages;
mod own_headers;
pub(crate) mod pages;
pub(crate) mod service;
#[cfg(feature = "operations")]
pub(crate) mod services;
#[cfg(feature = "operations")]
pub(crate) mod table;
#[cfg(feature = "test-util")]
pub mod testing;
pub(crate) mod walk;

#[cfg(test)]
mod tests;
