//! The generated code of every case in `tests/cases/ok`, compiled with the runtime of the client.
//!
//! Each case is a module of its own. [`sample`] has them all, as the one service that they are parts of; that is
//! where the examples in their documentation look.

#![allow(deprecated, reason = "what is deprecated in an API still has to work")]
#![allow(clippy::module_inception, reason = "a case is called what its group is called")]
#![allow(clippy::too_many_arguments, reason = "an operation takes all that the API requires")]

pub mod ext {
    //! What is written by hand for a service.

    pub mod sample;
}

#[allow(dead_code, unused_imports, unused_macros, reason = "the cases need less than a client does")]
#[path = "../../../../generated-client/src/runtime/mod.rs"]
pub mod runtime;

pub use runtime::{JsonText, Secret};

include!(concat!(env!("OUT_DIR"), "/cases.rs"));
