//! The cases under the name by which the examples in their documentation call them: generated code takes itself for a
//! part of the client.

pub use generator_cases::*;
