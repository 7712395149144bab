//! How parameters and bodies of requests are written, and what responses carry.

use super::types::Type;

/// How the value of a parameter, or of a member of a form, is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// The usual style of the place: `form` in a query or cookie, and `simple` elsewhere.
    Plain,
    /// Behind a dot.
    Label,
    /// `;name=value`.
    Matrix,
    /// With blanks between the items.
    Space,
    /// With `|` between the items.
    Pipe,
    /// `name[member]=value`.
    DeepObject,
    /// One value, in JSON.
    Json,
}

impl Style {
    /// The style with this name in OpenAPI; the usual style if there is no name.
    pub(super) fn of(name: Option<&str>) -> Self {
        match name {
            Some("deepObject") => Self::DeepObject,
            Some("label") => Self::Label,
            Some("matrix") => Self::Matrix,
            Some("spaceDelimited") => Self::Space,
            Some("pipeDelimited") => Self::Pipe,
            _ => Self::Plain,
        }
    }
}

/// How a body is written, with the media type that it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Media {
    /// `application/json`.
    Json,
    /// Another type that is JSON.
    OtherJson(String),
    /// `application/x-www-form-urlencoded`, with those members that are written in another way than usual.
    Form(Vec<Field>),
    /// `multipart/form-data`, with those parts about which there is something to say.
    Multipart(Vec<Part>),
    /// A type that is text.
    Text(String),
    /// Any other type.
    Bytes(String),
}

/// A member of a form that is written in another way than usual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// The name on the wire.
    pub(crate) name: String,
    pub(crate) style: Style,
    /// Whether the items of a list and the members of an object are pairs of their own.
    pub(crate) explode: bool,
    /// Whether most of the characters that are reserved in URLs are sent as they are.
    pub(crate) allow_reserved: bool,
}

/// A part of a form that is a file, or has another media type than usual, or further headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// The name on the wire.
    pub(crate) name: String,
    /// Whether it is a file, or several.
    pub(crate) is_file: bool,
    /// Its media type.
    pub(crate) media_type: Option<String>,
    /// Whether each value in it is a part of its own, with brackets in its name.
    pub(crate) is_deep: bool,
    /// Further headers, each with its value.
    pub(crate) headers: Vec<(String, String)>,
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
