//! The cases under the name `generated_client`, which the examples in generated documentation use.

pub use generator_cases::*;
