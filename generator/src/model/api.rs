//! What the API is, as plain data: no Rust syntax, no OpenAPI. Lists are in the order of the spec, maps are sorted.

use std::collections::BTreeMap;

use super::arguments::{ArgumentGroup, Asked, Body, Parameter};
use super::component::Component;
use super::definitions::{Definition, Object, Schema};
use super::media::{Accept, Content};
use super::security::{SecurityScheme, Server};
use super::types::Type;
pub(crate) use crate::openapi::status::Status;

/// The stem of the file with the shared schemas.
pub(crate) const COMMON: &str = "common";

/// One service: everything that its folder in `spec/` describes.
#[derive(Debug, Clone)]
pub(crate) struct Api {
    /// The folder's name: `descope`.
    pub(crate) service: String,
    /// The title in `openapi.yaml`.
    pub(crate) title: String,
    /// The description in `openapi.yaml`.
    pub(crate) description: String,
    /// The page of the vendor's documentation about the whole service.
    pub(crate) docs: Option<String>,
    /// Where the service is.
    pub(crate) server: Server,
    /// The servers that operations are at in place of that one, each once, in the order of the operations.
    pub(crate) other_servers: Vec<Server>,
    /// In the order of the spec.
    pub(crate) schemes: Vec<SecurityScheme>,
    /// Whether a module that is written by hand says what no spec can say of the service.
    pub(crate) is_hand_written: bool,
    /// What callers can ask an error, in the order of the spec.
    pub(crate) questions: Questions,
    /// In the order of their files.
    pub(crate) groups: Vec<OperationGroup>,
    /// By the name of the Rust type.
    pub(crate) schemas: BTreeMap<String, Schema>,
}

impl Api {
    /// The operations of all groups.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.groups.iter().flat_map(|group| &group.operations)
    }

    /// Whether the file with the shared schemas has any that is used.
    pub(crate) fn has_shared_types(&self) -> bool {
        self.schemas.values().any(|schema| schema.home == COMMON)
    }

    /// The object that a type stands for, if it stands for one.
    pub(crate) fn object(&self, ty: &Type) -> Option<(&Schema, &Object)> {
        let Type::Named(name) = ty else { return None };
        let schema = self.schemas.get(name)?;
        match &schema.definition {
            Definition::Object(object) => Some((schema, object)),
            _ => None,
        }
    }
}

/// One spec file with operations.
#[derive(Debug, Clone)]
pub(crate) struct OperationGroup {
    /// The file's name without its ending, also the tag: `enchanted-link`.
    pub(crate) stem: String,
    /// The tag's description in `openapi.yaml`.
    pub(crate) description: String,
    /// `spec/descope/enchanted-link.yaml`.
    pub(crate) file: String,
    /// In the order of the spec.
    pub(crate) operations: Vec<Operation>,
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
    /// The usual URL of its server, if that isn't the server of the service.
    pub(crate) server: Option<String>,
    /// One line without a full stop.
    pub(crate) summary: String,
    /// Markdown.
    pub(crate) description: String,
    /// The documentation page.
    pub(crate) docs: Option<String>,
    /// Whether callers should move away from it.
    pub(crate) deprecated: bool,
    /// The security schemes of which the operation takes any one.
    pub(crate) credentials: Credentials,
    /// When a failed call may be sent again.
    pub(crate) retry: Retry,
    /// Why, where it isn't obvious.
    pub(crate) retry_reason: Option<String>,
    /// The version of the server that brought it, where older ones are still in use.
    pub(crate) since: Option<String>,
    /// The id of the operation that is called before, and gives or sends what this one needs.
    pub(crate) after: Option<String>,
    /// Words by which people look for it, beside those of its name.
    pub(crate) search_words: Vec<String>,
    /// In the order of the spec.
    pub(crate) parameters: Vec<Parameter>,
    /// The request's body.
    pub(crate) body: Option<Body>,
    /// The responses that mean success, by status.
    pub(crate) responses: Vec<Response>,
    /// The media types of the responses that are asked for, where there are others.
    pub(crate) accept: Option<Accept>,
    /// The responses that mean an error, in the order of the spec.
    pub(crate) errors: Vec<ErrorResponse>,
    /// The arguments that a request needs one of, if there are such.
    pub(crate) argument_group: Option<ArgumentGroup>,
    /// How it gives a list in pages, if it does.
    pub(crate) paging: Option<Paging>,
}

impl Operation {
    /// Whether a browser makes the request: a GET without a body, to which the response is a redirect.
    pub(crate) fn is_for_browsers(&self) -> bool {
        let mut responses = self.responses.iter().peekable();
        self.method == "GET"
            && self.body.is_none()
            && responses.peek().is_some()
            && responses.all(|response| response.content == Content::Redirect)
    }

    /// The parameters that are arguments of the method.
    pub(crate) fn required_parameters(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| parameter.required)
    }

    /// Whether one type can't hold all successful responses.
    pub(crate) fn has_several_responses(&self) -> bool {
        self.responses.windows(2).any(|pair| matches!(pair, [one, other] if one.content != other.content))
    }
}

/// How an operation gives a list in pages.
#[derive(Debug, Clone)]
pub(crate) struct Paging {
    /// Whether a page is asked for by the number of its first item, in place of its own number.
    pub(crate) counts_items: bool,
    /// The number of the first page or item.
    pub(crate) first: i64,
    /// What says which page is wanted.
    pub(crate) position: Asked,
    /// What says how many items a page has at most.
    pub(crate) size: Option<Asked>,
    /// The member of the response that has the items.
    pub(crate) items: Given,
    /// The type of an item.
    pub(crate) item: Type,
    /// The member of the response with the number of all items.
    pub(crate) total: Option<Given>,
}

/// A member of a response.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    /// The name on the wire.
    pub(crate) name: String,
    /// The name in Rust.
    pub(crate) rust: String,
}

/// What an operation takes as proof of who calls.
#[derive(Debug, Clone)]
pub(crate) struct Credentials {
    /// The security schemes of which any one will do, as the spec names them; none where none is ever sent.
    pub(crate) schemes: Vec<String>,
    /// The Rust types of those that not every client of the service carries; none where any client carries one.
    pub(crate) types: Vec<String>,
    /// Whether a call without any is accepted, too.
    pub(crate) are_optional: bool,
    /// The Rust type of what most calls carry, the first that the spec names; none if that is what every client carries.
    pub(crate) usual: Option<String>,
}

impl Credentials {
    /// The types of which the client must carry one.
    pub(crate) fn needed(&self) -> &[String] {
        if self.are_optional { &[] } else { &self.types }
    }
}

/// When a failed call may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Retry {
    /// Always: the call changes nothing.
    Safe,
    /// Always: a second call leaves the same state as the first.
    Idempotent,
    /// Never: each call sends a message or spends a code.
    Never,
}

/// A response that means success.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    /// `200`.
    pub(crate) status: Status,
    /// Markdown.
    pub(crate) description: String,
    /// What it carries.
    pub(crate) content: Content,
    /// Examples of its body, each with what the spec says of it.
    pub(crate) examples: Vec<(String, serde_json::Value)>,
    /// Its headers, if it declares any.
    pub(crate) headers: Option<Headers>,
    /// An example of where a redirect leads.
    pub(crate) location: Option<String>,
}

/// The headers that a response declares.
#[derive(Debug, Clone)]
pub(crate) struct Headers {
    /// The Rust type that holds them.
    pub(crate) type_name: String,
    /// Their names, in the order of the spec.
    pub(crate) names: Vec<String>,
}

/// The questions to an error of a service.
#[derive(Debug, Clone)]
pub(crate) struct Questions {
    /// Each with its text, in the order of the spec.
    pub(crate) asked: Vec<(String, String)>,
    /// The question that a code answers in all operations that don't say otherwise.
    pub(crate) meanings: Vec<(String, String)>,
}

impl Questions {
    /// The question that a code of a response answers, if it answers one.
    pub(crate) fn answered<'a>(&'a self, error: &'a ErrorResponse, code: &str) -> Option<&'a str> {
        let mut meanings = error.meanings.iter().chain(&self.meanings);
        let (_, question) = meanings.find(|(listed, _)| listed == code)?;
        self.asked.iter().find(|(asked, _)| asked == question).map(|(asked, _)| asked.as_str())
    }
}

/// A response that means an error.
#[derive(Debug, Clone)]
pub(crate) struct ErrorResponse {
    /// `401`, `4XX` or `default`.
    pub(crate) status: String,
    /// Markdown.
    pub(crate) description: String,
    /// The error codes that the response can have.
    pub(crate) codes: Vec<String>,
    /// The question that a code answers with this response, where that isn't the one that it answers elsewhere.
    pub(crate) meanings: Vec<(String, String)>,
    /// An example of its body.
    pub(crate) example: Option<serde_json::Value>,
    /// Its headers, if it declares any.
    pub(crate) headers: Option<Headers>,
    /// Where it is defined, if several operations refer to it.
    pub(crate) component: Option<Component>,
}
