//! How bodies of requests are written, and what responses carry.

use super::types::Type;

/// How a body is written, with the media type that it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Media {
    /// `application/json`.
    Json,
    /// Another type that is JSON.
    OtherJson(String),
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`, with those parts about which there is something to say.
    Multipart(Vec<Part>),
    /// A type that is text.
    Text(String),
    /// Any other type.
    Bytes(String),
}

/// A part of a form that is a file, or has another media type than usual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// The name on the wire.
    pub(crate) name: String,
    /// Whether it is a file, or several.
    pub(crate) is_file: bool,
    /// Its media type.
    pub(crate) media_type: Option<String>,
}

/// The media types of responses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Accept {
    /// Those that are read.
    pub(crate) usual: Vec<String>,
    /// Those that can be asked for in their place.
    pub(crate) others: Vec<String>,
}

/// What a response carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    /// JSON of this type.
    Json(Type),
    /// Text.
    Text,
    /// Bytes.
    Binary,
    /// Nothing.
    Empty,
    /// A `Location`.
    Redirect,
}

impl Content {
    /// The type of the JSON that it is.
    pub(crate) fn json(&self) -> Option<&Type> {
        match self {
            Self::Json(ty) => Some(ty),
            _ => None,
        }
    }
}
