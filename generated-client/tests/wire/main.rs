//! What goes over the wire, and what is made of what comes back: every operation is called against a
//! real HTTP server on loopback.

#![cfg(all(feature = "descope", feature = "nhost"))]

mod bodies;
mod curated;
mod descope_common;
mod descope_cookies;
mod descope_enchanted_link;
mod descope_flow;
mod descope_oauth;
mod descope_password;
mod descope_sdk;
mod descope_session;
mod descope_sso;
mod harness;
mod hostile;
mod machine;
mod nhost_exchanges;
mod nhost_responses;
mod nhost_signin;
#[cfg(feature = "descope-management")]
mod paging;
mod proxies;
mod relayed;
mod retries;
mod sent_once;

#[allow(dead_code, reason = "other tests need more of it")]
#[path = "../support/timeouts.rs"]
mod timeouts;
mod transport;
mod unexpected;
