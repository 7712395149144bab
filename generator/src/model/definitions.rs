//! What each schema declares: an object with members, an enum or a choice.

use std::collections::BTreeSet;

use super::facts::Facts;
use super::limits::Limits;
use super::types::Type;

/// A schema that becomes a Rust item.
#[derive(Debug, Clone)]
pub(crate) struct Schema {
    /// The schema's name in the document.
    pub(crate) schema_name: String,
    /// The name of the Rust type.
    pub(crate) name: String,
    /// The stem of the file that holds it: a group, or `common`.
    pub(crate) home: String,
    /// Markdown.
    pub(crate) description: String,
    /// Whether callers should move away from it.
    pub(crate) deprecated: bool,
    /// Its place in the order of the spec.
    pub(crate) order: usize,
    /// Who uses it.
    pub(crate) usage: Usage,
    /// Whether it is handed on between the service and a browser.
    pub(crate) is_relayed: bool,
    /// Whether its values are stored and read back.
    pub(crate) is_stored: bool,
    /// What it declares.
    pub(crate) definition: Definition,
    /// What else the spec says of its values.
    pub(crate) facts: Facts,
    /// An example.
    pub(crate) example: Option<serde_json::Value>,
}

/// Who uses a schema.
#[derive(Debug, Clone, Default)]
pub(crate) struct Usage {
    /// Whether a request can contain it.
    pub(crate) in_requests: bool,
    /// Whether a response can contain it.
    pub(crate) in_responses: bool,
    /// Whether a value contains it that is handed on between the service and a browser.
    pub(crate) in_relayed: bool,
    /// Whether a value contains it that is stored and read back.
    pub(crate) in_stored: bool,
    /// Whether it is the whole body of a request.
    pub(crate) is_body: bool,
    /// Whether it is a form with parts.
    pub(crate) has_parts: bool,
    /// Whether a value that is never printed contains it.
    pub(crate) in_secrets: bool,
    /// Whether it holds the headers of a response.
    pub(crate) is_headers: bool,
    /// The groups whose operations use it.
    pub(crate) groups: BTreeSet<String>,
}

/// What a schema declares.
#[derive(Debug, Clone)]
pub(crate) enum Definition {
    /// An object with members.
    Object(Object),
    /// A set of strings, numbers or truth values.
    Enum {
        /// Whether the server may know more of them.
        open: bool,
        /// What each of them is.
        of: EnumKind,
        /// All that are known.
        values: Vec<EnumValue>,
    },
    /// One of several types.
    Choice(Vec<Alternative>),
}

impl Definition {
    /// The types of its parts.
    pub(crate) fn types(&self) -> Box<dyn Iterator<Item = &Type> + '_> {
        match self {
            Self::Object(object) => {
                Box::new(object.members.iter().chain(&object.read_only).map(|member| &member.ty))
            }
            Self::Enum { .. } => Box::new(std::iter::empty()),
            Self::Choice(alternatives) => Box::new(alternatives.iter().map(|alternative| &alternative.ty)),
        }
    }
}

/// An object with members.
#[derive(Debug, Clone)]
pub(crate) struct Object {
    /// Those that are required in the order of the schema's `required`, then the others in the order of the spec.
    pub(crate) members: Vec<Member>,
    /// The members that only responses have, where requests contain the type, too.
    pub(crate) read_only: Vec<Member>,
    /// What holds the members that the schema doesn't list, where it allows any.
    pub(crate) rest: Option<Rest>,
}

impl Object {
    /// The Rust names of all members that callers can give.
    pub(crate) fn argument_names(&self) -> impl Iterator<Item = &str> {
        let members = self.members.iter().map(|member| member.rust.as_str());
        members.chain(self.rest.as_ref().map(|rest| rest.rust.as_str()))
    }

    /// The Rust names of the members that have setters, because an object can be made without them.
    pub(crate) fn setters(&self) -> impl Iterator<Item = &str> {
        let members = self.members.iter().filter(|member| !member.required);
        members.map(|member| member.rust.as_str()).chain(self.rest.as_ref().map(|rest| rest.rust.as_str()))
    }

    /// The members that an object can't be made without, in the order of the constructor's arguments.
    pub(crate) fn required(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.required)
    }
}

/// What holds the members that a schema doesn't list.
#[derive(Debug, Clone)]
pub(crate) struct Rest {
    /// The name in Rust.
    pub(crate) rust: String,
    /// The type of all of them together.
    pub(crate) ty: Type,
}

/// A member of an object.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    /// The name on the wire.
    pub(crate) name: String,
    /// The name in Rust.
    pub(crate) rust: String,
    /// The type of its value.
    pub(crate) ty: Type,
    /// Markdown.
    pub(crate) description: String,
    /// Whether the object makes no sense without it.
    pub(crate) required: bool,
    /// The only direction in which values have it, where the type travels in both.
    pub(crate) only_in: Option<Direction>,
    /// Whether callers should move away from it.
    pub(crate) deprecated: bool,
    /// What the server accepts.
    pub(crate) limits: Limits,
    /// Why it isn't secret, although it looks as if it were.
    pub(crate) not_sensitive: Option<String>,
    /// What else the spec says of it.
    pub(crate) facts: Facts,
    /// An example of its value.
    pub(crate) example: Option<serde_json::Value>,
}

/// What the values of an enum are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EnumKind {
    /// Strings.
    Text,
    /// Integers.
    Integer,
    /// Numbers.
    Number,
    /// Truth values.
    Boolean,
}

/// One value of an enum.
#[derive(Debug, Clone)]
pub(crate) struct EnumValue {
    /// The value.
    pub(crate) value: serde_json::Value,
    /// The name of the Rust variant.
    pub(crate) variant: String,
    /// Whether the spec gives this name, so that it can't be derived from the value.
    pub(crate) is_named: bool,
    /// One phrase.
    pub(crate) description: String,
}

/// One of the types that a value can have.
#[derive(Debug, Clone)]
pub(crate) struct Alternative {
    /// The name of the Rust variant.
    pub(crate) variant: String,
    /// The type.
    pub(crate) ty: Type,
    /// Markdown.
    pub(crate) description: String,
    /// The members that tell it from the other alternatives, where it is an object, and that can't be null.
    pub(crate) required: Vec<String>,
    /// Those that can be null.
    pub(crate) nullable: Vec<String>,
    /// A member that has certain texts only in this alternative.
    pub(crate) tag: Option<Tag>,
}

/// A member whose texts tell an object from others.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tag {
    /// The name on the wire.
    pub(crate) member: String,
    /// The texts.
    pub(crate) texts: Vec<String>,
}

/// The direction that a value travels in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// From a client to the service.
    Request,
    /// Back.
    Response,
}

impl Direction {
    /// The key of the members that values in this direction don't have.
    pub(super) fn left_out(self) -> &'static str {
        match self {
            Self::Request => "readOnly",
            Self::Response => "writeOnly",
        }
    }
}
