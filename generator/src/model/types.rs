//! The Rust types of the API: what a member, parameter, body or response holds, and what each schema declares.

use std::collections::BTreeSet;

use super::facts::Facts;
use super::limits::Limits;

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Type {
    /// A truth value.
    Bool,
    /// An integer.
    Int(Width),
    /// An integer of 64 bits that isn't negative.
    Unsigned,
    /// A number with a fraction.
    Float(Width),
    /// A string.
    Text,
    /// A string that is a time.
    Time,
    /// Any JSON value.
    Any,
    /// A JSON object whose members can be anything.
    FreeObject,
    /// The type that a schema declares, by its Rust name.
    Named(String),
    /// An array.
    List(Box<Type>),
    /// An object whose members all have one type.
    Map(Box<Type>),
    /// A value that can be absent.
    Option(Box<Type>),
    /// A value that can be null, where that is something else than an absent one.
    Nullable(Box<Type>),
    /// A value on the heap, which ends the size of a type that contains itself.
    Boxed(Box<Type>),
    /// A value that is never printed.
    Secret(Box<Type>),
    /// A string that holds JSON of a type.
    JsonText(Box<Type>),
    /// A body that is sent as it is, or a file in a form.
    Binary,
}

/// How many bits a number has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    /// 32 bits.
    W32,
    /// 64 bits.
    W64,
}

impl Type {
    /// The same type where it can be absent.
    pub(crate) fn into_option(self) -> Self {
        Self::Option(Box::new(self))
    }

    /// The type within an `Option`; any other type is its own.
    pub(crate) fn into_required(self) -> Self {
        match self {
            Self::Option(inner) => *inner,
            other => other,
        }
    }

    /// The name of the schema's type, where a value is of one, or absent.
    pub(crate) fn named(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::Option(inner) | Self::Nullable(inner) | Self::Boxed(inner) | Self::Secret(inner) => {
                inner.named()
            }
            _ => None,
        }
    }

    /// The names of the schemas' types that a value contains. What stands in a string, as JSON, is no part of the value.
    pub(crate) fn contained(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::List(inner)
            | Self::Map(inner)
            | Self::Option(inner)
            | Self::Nullable(inner)
            | Self::Boxed(inner)
            | Self::Secret(inner) => inner.contained(),
            _ => None,
        }
    }

    /// Whether a value is JSON of any form, or consists of such.
    pub(crate) fn is_free_form(&self) -> bool {
        match self {
            Self::Any | Self::FreeObject => true,
            Self::List(inner)
            | Self::Map(inner)
            | Self::Option(inner)
            | Self::Nullable(inner)
            | Self::Boxed(inner) => inner.is_free_form(),
            _ => false,
        }
    }

    /// Whether a value is bytes, or a list of such.
    pub(crate) fn is_binary(&self) -> bool {
        match self {
            Self::Binary => true,
            Self::List(inner) | Self::Option(inner) => inner.is_binary(),
            _ => false,
        }
    }

    /// The value that is never printed, if a value is one or contains one.
    pub(crate) fn secret(&self) -> Option<&Self> {
        match self {
            Self::Secret(inner) => Some(inner),
            Self::List(inner)
            | Self::Map(inner)
            | Self::Option(inner)
            | Self::Nullable(inner)
            | Self::Boxed(inner) => inner.secret(),
            _ => None,
        }
    }

    /// The type of a member whose value stands in a string, as JSON. A list or map that is left out is an empty one,
    /// but a string that is left out is absent. A string needs no `Box` to end the size of a type.
    pub(crate) fn into_json_text(self, is_required: bool) -> Self {
        let held = match self.into_required() {
            Self::Boxed(inner) => *inner,
            other => other,
        };
        let text = Self::JsonText(Box::new(held));
        if is_required { text } else { text.into_option() }
    }

    /// The type of a value that is never printed: each element of a list is hidden by itself.
    pub(crate) fn into_secret(self) -> Self {
        match self {
            Self::List(element) => Self::List(Box::new(element.into_secret())),
            other => Self::Secret(Box::new(other)),
        }
    }

    /// The type of a member whose value is never printed. A map that is hidden is absent where it is left out.
    pub(crate) fn into_secret_member(self, is_required: bool) -> Self {
        match self {
            Self::Option(inner) => inner.into_secret().into_option(),
            map @ (Self::Map(_) | Self::FreeObject) if !is_required => map.into_secret().into_option(),
            other => other.into_secret(),
        }
    }
}

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
    /// The Rust names of all that can be set.
    pub(crate) fn argument_names(&self) -> impl Iterator<Item = &str> {
        let members = self.members.iter().map(|member| member.rust.as_str());
        members.chain(self.rest.as_ref().map(|rest| rest.rust.as_str()))
    }

    /// The Rust names of what an object can be made without.
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
    /// Whether the spec gives this name, so that it can't be told from the value.
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
    /// The members that tell it from the other alternatives, where it is an object.
    pub(crate) required: Vec<String>,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(ty: Type) -> Type {
        Type::Secret(Box::new(ty))
    }

    #[test]
    fn a_secret_keeps_what_can_be_absent_and_hides_each_element() {
        let texts = Type::List(Box::new(Type::Text));
        let map = Type::Map(Box::new(Type::Text));
        let cases = [
            (Type::Text, true, secret(Type::Text)),
            (Type::Text.into_option(), false, secret(Type::Text).into_option()),
            (texts, false, Type::List(Box::new(secret(Type::Text)))),
            (map.clone(), true, secret(map.clone())),
            (map.clone(), false, secret(map).into_option()),
        ];
        for (ty, is_required, expected) in cases {
            assert_eq!(ty.clone().into_secret_member(is_required), expected, "{ty:?}");
        }
    }

    #[test]
    fn json_in_a_string_needs_no_box() {
        let named = Type::Named("Report".to_owned());
        let text = Type::JsonText(Box::new(named.clone()));
        let boxed = Type::Boxed(Box::new(named.clone())).into_option();
        assert_eq!(boxed.into_json_text(false), text.clone().into_option());
        assert_eq!(named.into_json_text(true), text);
        let list = Type::List(Box::new(Type::Bool));
        assert_eq!(list.clone().into_json_text(false), Type::JsonText(Box::new(list)).into_option());
    }
}
