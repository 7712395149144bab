//! Descope.

mod access;
mod access_keys;
mod caller;
mod enchanted_link;
mod errors;
mod fake;
mod flow;
mod links;
mod magic_link;
mod management;
mod model;
mod notp;
mod oauth;
mod one_tap;
mod otp;
mod outbound;
mod password;
mod pkce;
mod provider;
mod push;
mod recipients;
mod recovery_codes;
mod security_questions;
mod service;
mod session;
mod settings;
mod sign_in;
mod signed_in;
mod sso;
mod state;
mod tokens;
mod totp;
mod webauthn;
mod well_known;

pub use fake::FakeDescope;
pub use settings::{DescopeSettings, PasswordPolicy};
