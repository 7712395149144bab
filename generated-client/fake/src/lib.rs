#![doc = include_str!("../README.md")]

mod authenticator;
mod check;
mod clock;
mod control;
mod descope;
mod fake;
mod faults;
mod html;
mod keys;
mod members;
mod nhost;
mod operations;
mod outbox;
mod passkeys;
mod passwords;
mod providers;
mod random;
mod request;
mod response;
mod route;
mod running;
mod server;
mod service;
mod totp;
mod urls;

pub use authenticator::Authenticator;
pub use clock::FakeClock;
pub use descope::{DescopeSettings, FakeDescope, PasswordPolicy};
pub use faults::Fault;
pub use keys::FakeKeys;
pub use nhost::{Elevation, FakeNhost, NhostSettings, NhostUser, OAuth2Client};
pub use operations::operations_page;
pub use outbox::{Message, Outbox};
pub use providers::{Account, Providers};
pub use totp::totp_code;
