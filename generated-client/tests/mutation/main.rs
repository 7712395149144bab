//! Every operation takes what servers send rather than what documents say.
//!
//! The examples of the specs are sent and read by the operations of the table, as they are and changed in every way
//! that servers are known to change a response. An operation that is added is tested without a line here, but it has to
//! have examples.

#![cfg(all(feature = "descope", feature = "nhost"))]

#[path = "../support/examples.rs"]
mod examples;
mod failures;
#[allow(dead_code, reason = "other tests need more of it")]
#[path = "../support/loopback.rs"]
mod loopback;
#[path = "../support/made_up.rs"]
mod made_up;
mod mutate;
mod requests;
mod responses;
#[allow(dead_code, reason = "other tests need more of it")]
#[path = "../support/service.rs"]
mod service;
#[path = "../support/threads.rs"]
mod threads;
