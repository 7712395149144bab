//! The generated code of every case in `tests/cases/ok`, compiled with the runtime of the client.
//!
//! Each case is a service of its own, in a module of its own. The examples in its documentation name it as the client
//! does, which the build script corrects.

#![allow(deprecated, reason = "what is deprecated in an API still has to work")]
#![allow(unused_imports, reason = "a case needs less than all services do")]
#![allow(clippy::approx_constant, reason = "an API has the values that it has")]
#![allow(clippy::module_inception, reason = "a case is called what its group is called")]
#![allow(
    clippy::should_implement_trait,
    reason = "a member can be called what a method of a trait is called"
)]
#![allow(clippy::too_many_arguments, reason = "an operation takes all that the API requires")]

#[allow(dead_code, unused_macros, reason = "the cases need less than a client does")]
#[path = "../../../../generated-client/src/runtime/mod.rs"]
pub mod runtime;

pub use runtime::{JsonText, Nullable, Secret, Timestamp};

/// The runtime prints only words that it knows. No case has a text to print.
pub(crate) const KNOWN_WORDS: &[&[&str]] = &[];

include!(concat!(env!("OUT_DIR"), "/cases.rs"));
