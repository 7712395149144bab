//! The shapes of values, for programs that handle all operations alike.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::limits::Limits;
use super::secret::Secret;
use super::secret_value::SecretValue;

/// The shape of a value.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Shape {
    /// No value at all.
    Nothing,
    /// Any JSON value.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A string.
    Text,
    /// A string that is a time of RFC 3339.
    Time,
    /// Bytes: a string in base64, or an object that has it as `content`, beside `media_type` and `file_name`.
    Binary,
    /// One of several strings, numbers or truth values.
    Enum(EnumShape),
    /// A list of values of one shape.
    List(Box<Shape>),
    /// An object whose members have any name, and values of one shape.
    Map(Box<Shape>),
    /// An object of a declared type.
    Object(ObjectShape),
    /// A value of one of several shapes.
    Choice {
        /// The name of the type.
        name: &'static str,
        /// Its description in the spec, in Markdown.
        documentation: &'static str,
        /// The shapes.
        forms: Vec<Shape>,
    },
    /// The target of a redirect.
    Redirect,
    /// A value whose shape depends on the status of the response, such as `200`. Ranges such as `2XX` stand after all
    /// single statuses.
    ByStatus(Vec<(&'static str, Shape)>),
    /// A value that is never printed.
    Secret(Box<Shape>),
    /// A value of this shape, or null.
    Nullable(Box<Shape>),
}

/// The shape of an enum.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EnumShape {
    /// The name of the type.
    pub name: &'static str,
    /// Its description in the spec, in Markdown.
    pub documentation: &'static str,
    /// What its values are in JSON.
    pub kind: EnumKind,
    /// The values that are known; numbers and truth values as they are written in JSON.
    pub values: &'static [&'static str],
    /// Whether the service may know more of them.
    pub is_open: bool,
}

/// What the values of an enum are in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EnumKind {
    /// Strings.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Number,
    /// `true`, `false` or both.
    Boolean,
}

impl EnumKind {
    /// The shape of values of this kind, whether they are in the enum or not.
    #[must_use]
    pub const fn shape(self) -> Shape {
        match self {
            Self::Text => Shape::Text,
            Self::Integer => Shape::Integer,
            Self::Number => Shape::Number,
            Self::Boolean => Shape::Boolean,
        }
    }
}

impl EnumShape {
    /// The value that a text stands for, as JSON; none if it stands for no value of this kind.
    #[must_use]
    pub fn json(&self, text: &str) -> Option<Value> {
        match self.kind {
            EnumKind::Text => Some(Value::from(text)),
            _ => serde_json::from_str(text).ok().filter(|value| self.is_of_kind(value)),
        }
    }

    /// Whether a value is of the kind of this enum's values.
    #[must_use]
    pub fn is_of_kind(&self, value: &Value) -> bool {
        match self.kind {
            EnumKind::Text => value.is_string(),
            EnumKind::Integer => value.is_i64() || value.is_u64(),
            EnumKind::Number => value.is_number(),
            EnumKind::Boolean => value.is_boolean(),
        }
    }

    /// Whether a value is one of those that are known.
    #[must_use]
    pub fn knows(&self, value: &Value) -> bool {
        let is_same = |text: &&str| match (self.kind, self.json(text)) {
            (EnumKind::Number, Some(known)) => known.as_f64() == value.as_f64(),
            (_, known) => known.as_ref() == Some(value),
        };
        self.is_of_kind(value) && self.values.iter().any(is_same)
    }
}

/// The shape of an object of a declared type.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ObjectShape {
    /// The name of the type.
    pub name: &'static str,
    /// Its description in the spec, in Markdown.
    pub documentation: &'static str,
    /// The members, those first that are required.
    pub members: &'static [MemberShape],
    /// Whether there may be members that aren't listed.
    pub is_extensible: bool,
}

/// Only the names are compared: each type has a name of its own, and a type may contain itself.
impl PartialEq for ObjectShape {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// A member of an object.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct MemberShape {
    /// The name on the wire.
    pub name: &'static str,
    /// Whether the object is invalid without it.
    pub is_required: bool,
    /// Whether only responses have it.
    pub is_read_only: bool,
    /// The limits of the value, or of a list and of each value in it.
    pub limits: Limits,
    /// The shape of its value. It is a function because a type may contain itself.
    pub shape: fn() -> Shape,
    /// Its description in the spec, in Markdown. It is empty if the [description of its type](Shape::documentation)
    /// says everything.
    pub documentation: &'static str,
}

impl Shape {
    /// Whether the value, or any part of it, is never printed.
    #[must_use]
    pub fn has_secrets(&self) -> bool {
        let mut seen = Vec::new();
        self.search(&mut seen)
    }

    fn search(&self, seen: &mut Vec<&'static str>) -> bool {
        match self {
            Self::Secret(_) => true,
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.search(seen),
            Self::Choice { forms, .. } => forms.iter().any(|form| form.search(seen)),
            Self::ByStatus(shapes) => shapes.iter().any(|(_, shape)| shape.search(seen)),
            Self::Object(object) if !seen.contains(&object.name) => {
                seen.push(object.name);
                object.members.iter().any(|member| (member.shape)().search(seen))
            }
            _ => false,
        }
    }

    /// The shape of the values that aren't null.
    #[must_use]
    pub fn without_null(&self) -> &Self {
        match self {
            Self::Nullable(inner) => inner.without_null(),
            shape => shape,
        }
    }

    /// The name of the value's declared type; of a list or map, that of its items.
    #[must_use]
    pub fn type_name(&self) -> Option<&'static str> {
        match self {
            Self::Enum(shape) => Some(shape.name),
            Self::Object(shape) => Some(shape.name),
            Self::Choice { name, .. } => Some(name),
            Self::List(inner) | Self::Map(inner) | Self::Secret(inner) | Self::Nullable(inner) => {
                inner.type_name()
            }
            _ => None,
        }
    }

    /// The description of the value's declared type, in Markdown; of a list or map, that of its items. It is empty if
    /// the type isn't declared.
    #[must_use]
    pub fn documentation(&self) -> &'static str {
        match self {
            Self::Enum(shape) => shape.documentation,
            Self::Object(shape) => shape.documentation,
            Self::Choice { documentation, .. } => documentation,
            Self::List(inner) | Self::Map(inner) | Self::Secret(inner) | Self::Nullable(inner) => {
                inner.documentation()
            }
            _ => "",
        }
    }
}

/// A type whose values have a shape.
pub trait Shaped {
    /// Whether there may be no value at all.
    const IS_OPTIONAL: bool = false;

    /// The shape of its values, where they are objects of a declared type.
    const OBJECT: ObjectShape =
        ObjectShape { name: "", documentation: "", members: &[], is_extensible: true };

    /// The shape of its values.
    fn shape() -> Shape {
        Shape::Object(Self::OBJECT)
    }
}

macro_rules! shapes {
    ($($type:ty = $shape:ident),* $(,)?) => {$(
        impl Shaped for $type {
            fn shape() -> Shape {
                Shape::$shape
            }
        }
    )*};
}

shapes! {
    () = Nothing,
    Value = Any,
    bool = Boolean,
    i32 = Integer,
    i64 = Integer,
    u32 = Integer,
    u64 = Integer,
    f32 = Number,
    f64 = Number,
    String = Text,
}

impl Shaped for Map<String, Value> {
    fn shape() -> Shape {
        Shape::Map(Box::new(Shape::Any))
    }
}

impl<T: Shaped> Shaped for BTreeMap<String, T> {
    fn shape() -> Shape {
        Shape::Map(Box::new(T::shape()))
    }
}

impl<T: Shaped> Shaped for Vec<T> {
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }
}

impl<T: Shaped> Shaped for Option<T> {
    const IS_OPTIONAL: bool = true;

    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: Shaped> Shaped for Box<T> {
    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: SecretValue + Shaped> Shaped for Secret<T> {
    fn shape() -> Shape {
        Shape::Secret(Box::new(T::shape()))
    }
}
