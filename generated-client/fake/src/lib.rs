//! Both authentication services as fakes that keep state: for the tests of an application, and for trying the client
//! without an account.

// Some of what the services share is used by their behaviours alone.
#![allow(dead_code)]

mod check;
mod clock;
mod control;
mod fake;
mod faults;
mod html;
mod keys;
mod nhost;
mod outbox;
mod passwords;
mod providers;
mod random;
mod request;
mod response;
mod route;
mod running;
mod server;
mod service;
mod urls;

pub use clock::FakeClock;
pub use faults::Fault;
pub use keys::FakeKeys;
pub use nhost::{FakeNhost, NhostSettings};
pub use outbox::{Message, Outbox};
pub use providers::{Account, Providers};
