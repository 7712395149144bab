//! What a call of an operation takes: its parameters and its body.

use super::component::Component;
use super::facts::Facts;
use super::limits::Limits;
use super::media::{Media, Style};
use super::types::Type;
use crate::names::parameters::ParameterNames;

/// One parameter.
#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    /// The name on the wire.
    pub(crate) name: String,
    /// What its argument is called.
    pub(crate) names: ParameterNames,
    /// The type of its value.
    pub(crate) ty: Type,
    /// Where it is sent.
    pub(crate) location: ParameterIn,
    /// Markdown.
    pub(crate) description: String,
    /// Whether a call without it makes no sense.
    pub(crate) required: bool,
    /// Whether callers should move away from it.
    pub(crate) deprecated: bool,
    /// Whether its value is never printed.
    pub(crate) sensitive: bool,
    /// Why it isn't secret, although it looks as if it were.
    pub(crate) not_sensitive: Option<String>,
    /// How its value is written.
    pub(crate) style: Style,
    /// Whether the items of a list and the members of an object are parts of their own.
    pub(crate) explode: bool,
    /// Whether characters that are reserved in URLs are sent as they are.
    pub(crate) allow_reserved: bool,
    /// Whether it can be sent without a value.
    pub(crate) allow_empty: bool,
    /// What the server accepts.
    pub(crate) limits: Limits,
    /// What else the spec says of it.
    pub(crate) facts: Facts,
    /// An example of its value.
    pub(crate) example: Option<serde_json::Value>,
    /// Where it is defined, if several operations refer to it.
    pub(crate) component: Option<Component>,
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParameterIn {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// The body of a request.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    /// How it is written.
    pub(crate) media: Media,
    /// Its type, without the `Option` of one that can be absent.
    pub(crate) ty: Type,
    /// Whether leaving it out means something else than sending it empty.
    pub(crate) can_be_absent: bool,
    /// The media types that it can have beside the usual one.
    pub(crate) other_media: Vec<String>,
    /// What the server accepts, where it isn't an object with members.
    pub(crate) limits: Limits,
    /// Markdown.
    pub(crate) description: String,
    /// An example.
    pub(crate) example: Option<serde_json::Value>,
}

/// A member of the body of a request, or a query parameter.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// The name of its argument where the operation is called by its id.
    pub(crate) by_id: String,
    /// The Rust name of its setter.
    pub(crate) rust: String,
    /// Whether it is a member of the body.
    pub(crate) is_member: bool,
}

/// Arguments of which a request needs one.
#[derive(Debug, Clone)]
pub(crate) struct ArgumentGroup {
    /// In the order of the spec.
    pub(crate) arguments: Vec<Asked>,
    /// Whether a request with several of them is invalid.
    pub(crate) is_exact: bool,
}
