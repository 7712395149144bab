//! What values look like, for programs that go through all operations.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Limits, Redirect, Secret, Validate, Violation};

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
    /// One of several strings.
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
        /// The shapes.
        forms: Vec<Shape>,
    },
    /// Where a redirect leads.
    Redirect,
    /// A value whose shape depends on the status of the response.
    ByStatus(Vec<(u16, Shape)>),
    /// A value that is never printed.
    Secret(Box<Shape>),
}

/// The shape of an enum.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EnumShape {
    /// The name of the type.
    pub name: &'static str,
    /// The values that are known.
    pub values: &'static [&'static str],
    /// Whether the service may know more of them.
    pub is_open: bool,
}

/// The shape of an object of a declared type.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ObjectShape {
    /// The name of the type.
    pub name: &'static str,
    /// The members, those first that are required.
    pub members: &'static [MemberShape],
    /// Whether there may be members that aren't listed.
    pub is_extensible: bool,
}

/// Types have names of their own, and one that contains itself would have no end.
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
    /// Whether the object makes no sense without it.
    pub is_required: bool,
    /// What the service accepts of a string, or of each in a list.
    pub limits: Limits,
    /// What its value looks like. It is a function because a type may contain itself.
    pub shape: fn() -> Shape,
    /// What the spec says of it, in Markdown.
    pub documentation: &'static str,
}

impl Shape {
    /// Whether the value, or any part of it, is never printed.
    #[must_use]
    pub fn has_secrets(&self) -> bool {
        let mut seen = Vec::new();
        self.search(&mut seen)
    }

    /// Holds a value against the limits of its place, and what it is made of against limits of its own, as
    /// [`Limited`] does with a value of a declared type. One of several forms is accepted if any of them accepts it.
    pub(super) fn check(&self, value: &Value, limits: &Limits) -> Result<(), Violation> {
        match (self, value) {
            (Self::Secret(inner), _) => inner.check(value, limits),
            (Self::List(of), Value::Array(items)) => items.iter().try_for_each(|item| of.check(item, limits)),
            (Self::Map(of), Value::Object(members)) => {
                members.values().try_for_each(|value| of.check(value, limits))
            }
            (Self::Object(object), Value::Object(members)) => object.members.iter().try_for_each(|member| {
                let Some(value) = members.get(member.name) else { return Ok(()) };
                (member.shape)()
                    .check(value, &member.limits)
                    .map_err(|violation| violation.of_member(member.name))
            }),
            (Self::Choice { forms, .. }, _) => {
                let mut checked = forms.iter().map(|form| form.check(value, limits));
                let first = checked.next().unwrap_or(Ok(()));
                if first.is_err() && checked.any(|form| form.is_ok()) { Ok(()) } else { first }
            }
            _ => value.check(limits),
        }
    }

    fn search(&self, seen: &mut Vec<&'static str>) -> bool {
        match self {
            Self::Secret(_) => true,
            Self::List(inner) | Self::Map(inner) => inner.search(seen),
            Self::Choice { forms, .. } => forms.iter().any(|form| form.search(seen)),
            Self::ByStatus(shapes) => shapes.iter().any(|(_, shape)| shape.search(seen)),
            Self::Object(object) if !seen.contains(&object.name) => {
                seen.push(object.name);
                object.members.iter().any(|member| (member.shape)().search(seen))
            }
            _ => false,
        }
    }

    /// The name of the declared type that the value is of, or that its parts are of.
    #[must_use]
    pub fn type_name(&self) -> Option<&'static str> {
        match self {
            Self::Enum(shape) => Some(shape.name),
            Self::Object(shape) => Some(shape.name),
            Self::Choice { name, .. } => Some(name),
            Self::List(inner) | Self::Map(inner) | Self::Secret(inner) => inner.type_name(),
            _ => None,
        }
    }
}

/// A type whose values have a shape.
pub trait Shaped {
    /// Whether there may be no value at all.
    const IS_OPTIONAL: bool = false;

    /// The shape of its values, where they are objects of a declared type.
    const OBJECT: ObjectShape = ObjectShape { name: "", members: &[], is_extensible: true };

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
    Redirect = Redirect,
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

impl<T: Shaped> Shaped for Secret<T> {
    fn shape() -> Shape {
        Shape::Secret(Box::new(T::shape()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Limits, Shape};
    use serde_json::{Value, json};

    #[test]
    fn what_a_value_is_made_of_is_held_against_the_limits() {
        let list = |of| Shape::List(Box::new(of));
        let secrets = Shape::Map(Box::new(Shape::Secret(Box::new(Shape::Text))));
        let choice = Shape::Choice { name: "Choice", forms: vec![Shape::Text, list(Shape::Text)] };
        let limits = Limits::NONE.length(2, 3);
        let is_taken = |shape: &Shape, value: Value| shape.check(&value, &limits).is_ok();
        for (shape, good, bad) in [
            (&Shape::Text, json!("ab"), json!("a")),
            (&list(Shape::Text), json!(["ab", "abc"]), json!(["ab", "abcd"])),
            (&secrets, json!({"a": "ab"}), json!({"a": "ab", "b": "b"})),
            (&choice, json!("ab"), json!("a")),
            (&choice, json!(["ab"]), json!(["a"])),
        ] {
            assert!(is_taken(shape, good), "{shape:?}");
            assert!(!is_taken(shape, bad), "{shape:?}");
        }
        assert!(is_taken(&list(Shape::Integer), json!([1])));
    }
}
