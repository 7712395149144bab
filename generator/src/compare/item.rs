//! The facts that two versions of an API are compared by: items, each with a key and attributes.

use std::collections::BTreeMap;

use super::attribute::Attribute;
use super::fact::Fact;
use crate::model::Operation;
use crate::openapi::path;

/// What an operation is found by under another name: its method and its path, however that is written.
pub(super) fn route(operation: &Operation) -> String {
    format!("{} {}", operation.method, path::compared(&operation.path))
}

/// What kind of thing an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A service.
    Service,
    /// A security scheme, or another setting of a client.
    Scheme,
    /// A group of operations.
    Group,
    /// A question that callers can ask an error.
    Question,
    /// What a code means in the whole service.
    Meaning,
    /// An operation.
    Operation,
    /// A parameter of an operation.
    Parameter,
    /// The body of a request.
    Body,
    /// A response that means success.
    Response,
    /// A response that means an error.
    Error,
    /// A code that an error response lists.
    ErrorCode,
    /// The headers of a response, as a type.
    Headers,
    /// A schema.
    Schema,
    /// A member of an object.
    Member,
    /// A value of an enum.
    Value,
    /// An alternative of a choice.
    Alternative,
}

impl Kind {
    /// The kind in a message.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Scheme => "security scheme",
            Self::Group => "group",
            Self::Question => "question",
            Self::Meaning => "meaning of a code",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Body => "request body",
            Self::Response => "response",
            Self::Error => "error response",
            Self::ErrorCode => "error code",
            Self::Headers => "response headers",
            Self::Schema => "schema",
            Self::Member => "member",
            Self::Value => "enum value",
            Self::Alternative => "alternative",
        }
    }
}

/// Where the values of an item travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WireDirection {
    /// It isn't a part of any value.
    Nowhere,
    /// Requests contain it.
    InRequests,
    /// Responses contain it.
    InResponses,
    /// Both do.
    InBoth,
}

impl WireDirection {
    /// Whether requests contain it.
    #[must_use]
    pub fn is_sent(self) -> bool {
        matches!(self, Self::InRequests | Self::InBoth)
    }
}

/// The line of a file of the spec that an item stands on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The path of the file.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
}

/// What identifies an item within a version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) service: String,
    pub(super) kind: Kind,
    /// `LoginOptions`, `LoginOptions.stepup`, `oauth_authorize query:provider`.
    pub(super) name: String,
}

/// One thing that the spec describes.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) key: Key,
    /// The item that it is a part of. An item that is added or removed together with its parent has no finding of its own.
    pub(super) parent: Option<Key>,
    pub(super) wire_direction: WireDirection,
    pub(super) attributes: BTreeMap<Attribute, Fact>,
    /// What it is called in Rust, as a user writes the paths.
    pub(super) rust: Vec<String>,
    /// The declarations in the generated files that say something of it.
    pub(super) declared: Vec<Declared>,
    /// The texts by which it is found again if its name changes, tried in their order. An empty text identifies nothing.
    pub(super) identities: Vec<String>,
    pub(super) place: Option<Place>,
}

/// A part of the generated code, as `public_api` names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Declared {
    /// `LoginOptions`, `exchange`, `Client`.
    pub(super) declaration: String,
    /// The member, variant or parameter; none stands for all of them and the declaration itself.
    pub(super) part: Option<String>,
}

impl Item {
    pub(super) fn new(
        service: &str,
        kind: Kind,
        name: impl Into<String>,
        wire_direction: WireDirection,
    ) -> Self {
        Self {
            key: Key { service: service.to_owned(), kind, name: name.into() },
            parent: None,
            wire_direction,
            attributes: BTreeMap::new(),
            rust: Vec::new(),
            declared: Vec::new(),
            identities: Vec::new(),
            place: None,
        }
    }

    pub(super) fn within(mut self, parent: &Self) -> Self {
        self.parent = Some(parent.key.clone());
        self
    }

    pub(super) fn found_by(self, identity: impl Into<String>) -> Self {
        self.found_by_any(vec![identity.into()])
    }

    pub(super) fn found_by_any(mut self, identities: Vec<String>) -> Self {
        self.identities = identities;
        self
    }

    pub(super) fn called(mut self, path: impl Into<String>) -> Self {
        self.rust.push(path.into());
        self
    }

    /// The item is declared by a whole declaration.
    pub(super) fn declared(mut self, declaration: &str) -> Self {
        self.declared.push(Declared { declaration: declaration.to_owned(), part: None });
        self
    }

    /// The item is declared by a part of a declaration.
    pub(super) fn declared_in(mut self, declaration: &str, part: &str) -> Self {
        self.declared.push(Declared { declaration: declaration.to_owned(), part: Some(part.to_owned()) });
        self
    }

    pub(super) fn fact(mut self, attribute: Attribute, fact: Fact) -> Self {
        self.attributes.insert(attribute, fact);
        self
    }

    pub(super) fn text(self, attribute: Attribute, text: impl Into<String>) -> Self {
        self.fact(attribute, Fact::Text(text.into()))
    }

    pub(super) fn maybe(self, attribute: Attribute, text: Option<String>) -> Self {
        self.fact(attribute, Fact::Maybe(text))
    }

    pub(super) fn flag(self, attribute: Attribute, flag: bool) -> Self {
        self.fact(attribute, Fact::Flag(flag))
    }
}
