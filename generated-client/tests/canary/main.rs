//! No secret is printed or logged, whatever happens to a call of whatever operation.
//!
//! For each operation of the table arguments and responses are made up in which every secret is a canary: a text that
//! occurs nowhere else. The operation is then called in every way in which a call can end, and whatever is printed of
//! it, and whatever this crate and those that it stands on log of it, is searched for canaries. Operations are known by
//! the table alone, so one that is added is tested without a line here.

#![cfg(all(feature = "descope", feature = "nhost"))]

mod calls;
mod canaries;
mod capture;
mod clients;
#[allow(dead_code, reason = "other tests need more of it")]
#[path = "../support/loopback.rs"]
mod loopback;
mod plan;
#[cfg(unix)]
mod program;
mod refusals;
mod scenarios;
mod search;
#[allow(dead_code, reason = "other tests need more of it")]
#[path = "../support/service.rs"]
mod service;
mod sessions;
#[cfg(unix)]
#[allow(dead_code, reason = "other tests need more of it")]
#[path = "../support/terminal.rs"]
mod terminal;
#[path = "../support/threads.rs"]
mod threads;
#[allow(dead_code, reason = "other tests need more of it")]
#[path = "../support/timeouts.rs"]
mod timeouts;
mod transports;
