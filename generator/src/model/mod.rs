//! What the API is, as plain data: no syntax tree, no OpenAPI.
//!
//! Everything that progenitor doesn't read (security, retry classes, sensitive members, several responses, texts)
//! reaches the generated code through this. Lists are in the order of the spec, maps are sorted.

mod build;
mod limited;
mod usage;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use build::build;

/// One service: everything that its folder in `spec/` describes.
#[derive(Debug, Clone)]
pub(crate) struct Api {
    /// The folder's name: `descope`.
    pub(crate) service: String,
    /// The title in `openapi.yaml`.
    pub(crate) title: String,
    /// The description in `openapi.yaml`.
    pub(crate) description: String,
    /// The security schemes that every client of the service carries, from the root `security` of `openapi.yaml`.
    pub(crate) base_credentials: BTreeSet<String>,
    /// In the order of their files.
    pub(crate) groups: Vec<Group>,
    /// Operations in the order of the spec, group after group.
    pub(crate) operations: Vec<Operation>,
    /// By schema name.
    pub(crate) types: BTreeMap<String, TypeInfo>,
}

/// One spec file with operations.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    /// The file's name without its ending, also the tag: `enchanted-link`.
    pub(crate) stem: String,
    /// The tag's description in `openapi.yaml`.
    pub(crate) description: String,
    /// `spec/descope/enchanted-link.yaml`.
    pub(crate) file: String,
}

/// One operation.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    /// `oauth_exchange`.
    pub(crate) id: String,
    /// The stem of the group: `oauth`.
    pub(crate) group: String,
    /// The method's name: `exchange`.
    pub(crate) name: String,
    /// The name of the type that stands for the operation: `OauthExchange`.
    pub(crate) marker: String,
    /// In upper case: `POST`.
    pub(crate) method: String,
    /// `/v1/auth/oauth/exchange`.
    pub(crate) path: String,
    /// One line without a full stop.
    pub(crate) summary: String,
    /// Markdown.
    pub(crate) description: String,
    /// The documentation page.
    pub(crate) docs: Option<String>,
    /// Whether callers should move away from it.
    pub(crate) deprecated: bool,
    /// The security schemes of which any one will do; the empty list where none is ever sent.
    pub(crate) credentials: Vec<String>,
    /// Whether none of them will do, too.
    pub(crate) credential_is_optional: bool,
    /// When a failed call may be sent again.
    pub(crate) retry: Retry,
    /// Why, where it isn't obvious.
    pub(crate) retry_reason: Option<String>,
    /// The version of the server that brought it, where older ones are still in use.
    pub(crate) since: Option<String>,
    /// In the order of the spec.
    pub(crate) parameters: Vec<Parameter>,
    /// The request's body.
    pub(crate) body: Option<Body>,
    /// What success looks like, by status.
    pub(crate) responses: Vec<Response>,
    /// What failure looks like, in the order of the spec.
    pub(crate) failures: Vec<Failure>,
}

impl Operation {
    /// Whether a browser makes the request: a GET that is answered by a redirect.
    pub(crate) fn is_for_browsers(&self) -> bool {
        self.method == "GET" && self.responses.iter().all(|response| response.content == Content::Redirect)
    }
}

/// When a failed call may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Retry {
    /// It changes nothing.
    Safe,
    /// Twice is as good as once.
    Idempotent,
    /// It sends a message or spends a code.
    Never,
}

/// One parameter.
#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    /// The name on the wire.
    pub(crate) name: String,
    /// The name in Rust.
    pub(crate) rust: String,
    /// Where it is sent.
    pub(crate) place: Place,
    /// Markdown.
    pub(crate) description: String,
    /// Whether a call without it makes no sense.
    pub(crate) required: bool,
    /// Whether callers should move away from it.
    pub(crate) deprecated: bool,
    /// Whether its value is never printed.
    pub(crate) sensitive: bool,
    /// How a list or object is written.
    pub(crate) style: Style,
    /// What the server accepts.
    pub(crate) limits: Limits,
    /// An example of its value.
    pub(crate) example: Option<serde_json::Value>,
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
}

/// How a parameter's value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// A list repeats the name in a query, and is joined by commas elsewhere.
    Plain,
    /// A list is joined by commas.
    Comma,
    /// `name[member]=value`.
    DeepObject,
    /// One value, in JSON.
    Json,
}

/// What the server accepts of a string, or of each in a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Limits {
    /// In characters.
    pub(crate) min_length: Option<u64>,
    /// In characters.
    pub(crate) max_length: Option<u64>,
    /// A regular expression of ECMA-262.
    pub(crate) pattern: Option<String>,
    /// Whether the value is made of parts with limits of their own.
    pub(crate) within: bool,
}

/// The body of a request.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    /// How it is written.
    pub(crate) media: Media,
    /// Whether a call without it makes no sense.
    pub(crate) required: bool,
    /// Markdown.
    pub(crate) description: String,
    /// The name of its schema, where it is a structure.
    pub(crate) schema: Option<String>,
    /// An example.
    pub(crate) example: Option<serde_json::Value>,
}

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Media {
    /// `application/json`, or another type that is JSON.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
}

/// A successful response.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    /// `200`.
    pub(crate) status: u16,
    /// Markdown.
    pub(crate) description: String,
    /// What it carries.
    pub(crate) content: Content,
}

/// What a response carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// JSON.
    Json,
    /// Text.
    Text,
    /// Nothing.
    Empty,
    /// A `Location`.
    Redirect,
}

/// A failure that the spec describes.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    /// `401`, `4XX` or `default`.
    pub(crate) status: String,
    /// Markdown.
    pub(crate) description: String,
    /// The codes that the operation can answer with.
    pub(crate) codes: Vec<String>,
    /// Where it is defined, if several operations refer to it.
    pub(crate) component: Option<Component>,
}

/// Something that is defined by itself, to be referred to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Component {
    /// The stem of the file: a group, or `common`.
    pub(crate) home: String,
    /// Its name there.
    pub(crate) name: String,
}

/// A schema that becomes a Rust item.
#[derive(Debug, Clone)]
pub(crate) struct TypeInfo {
    /// The stem of the file that holds it: a group, or `common`.
    pub(crate) home: String,
    /// Markdown.
    pub(crate) description: String,
    /// Whether callers should move away from it.
    pub(crate) deprecated: bool,
    /// Whether a request can contain it.
    pub(crate) in_requests: bool,
    /// Whether a response can contain it.
    pub(crate) in_responses: bool,
    /// Whether it is the whole body of a request.
    pub(crate) is_body: bool,
    /// The groups whose operations use it.
    pub(crate) used_by: BTreeSet<String>,
    /// Its place among all types, so that types stand beneath those that use them.
    pub(crate) order: usize,
    /// What it is.
    pub(crate) shape: Shape,
    /// An example.
    pub(crate) example: Option<serde_json::Value>,
}

/// What a type is made of.
#[derive(Debug, Clone)]
pub(crate) enum Shape {
    /// An object.
    Object(Vec<Member>),
    /// A set of strings.
    Enum {
        /// Whether the server may know more of them.
        open: bool,
        /// Each value with its text.
        values: Vec<(String, String)>,
    },
    /// One of several.
    Choice(Vec<Form>),
}

impl Shape {
    /// The members of an object; nothing else has any.
    pub(crate) fn members(&self) -> &[Member] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }
}

/// One of the forms that a value has.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    /// Markdown.
    pub(crate) description: String,
    /// The members by which it is told from the others, where it is an object.
    pub(crate) required: Vec<String>,
}

/// A member of an object.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    /// The name on the wire.
    pub(crate) name: String,
    /// The name in Rust.
    pub(crate) rust: String,
    /// Markdown.
    pub(crate) description: String,
    /// Whether the object makes no sense without it.
    pub(crate) required: bool,
    /// Whether callers should move away from it.
    pub(crate) deprecated: bool,
    /// Whether its value is never printed.
    pub(crate) sensitive: bool,
    /// What the server accepts.
    pub(crate) limits: Limits,
    /// Whether its value stands in a string, as JSON.
    pub(crate) json_text: bool,
    /// An example of its value.
    pub(crate) example: Option<serde_json::Value>,
}
