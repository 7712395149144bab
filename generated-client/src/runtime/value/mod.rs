//! Values: secrets, times, JSON in strings, the types of members, what the service accepts of them, and how they are read.

pub(crate) mod binary;
pub(crate) mod binary_content;
pub(crate) mod counted;
pub(crate) mod decode;
pub(crate) mod floats;
#[cfg(all(feature = "multipart", feature = "stream"))]
pub(crate) mod form_sources;
pub(crate) mod free_form;
mod huge_numbers;
pub(crate) mod json_text;
pub(crate) mod limits;
pub(crate) mod members;
#[cfg(feature = "operations")]
pub(crate) mod mismatch;
pub(crate) mod nullable;
mod patterns;
pub(crate) mod redact;
pub(crate) mod remedy;
pub(crate) mod rfc3339;
pub(crate) mod safe_debug;
mod scalars;
pub(crate) mod secret;
pub(crate) mod secret_bytes;
pub(crate) mod secret_value;
#[cfg(feature = "operations")]
pub(crate) mod shape;
#[cfg(feature = "operations")]
mod shape_check;
#[cfg(feature = "stream")]
pub(crate) mod source;
#[cfg(feature = "stream")]
mod streamed;
mod surrogates;
pub(crate) mod timestamp;
pub(crate) mod validate;
pub(crate) mod violation;
