//! The engine: it builds every request, sends it as often as it may, and judges the response.

mod attempt;
pub(crate) mod budget;
pub(crate) mod build;
pub(crate) mod clients;
pub(crate) mod clock;
pub(crate) mod core;
pub(crate) mod credential;
pub(crate) mod exchange;
pub(crate) mod http;
pub(crate) mod known_urls;
pub(crate) mod once;
mod receive;
pub(crate) mod retry;
pub(crate) mod scheme;
#[cfg(feature = "test-util")]
mod seam;
pub(crate) mod servers;
pub(crate) mod service;
pub(crate) mod timing;
#[cfg_attr(not(feature = "tracing"), path = "untraced.rs")]
mod trace;
#[cfg(feature = "test-util")]
pub(crate) mod transport;
mod trust;
#[cfg(feature = "stream")]
mod upload;
pub(crate) mod values;
