//! The types of values: what a member, parameter, body or response holds.

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
    /// The type of a value that has this type or is absent.
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

    /// The same, by reference.
    pub(crate) fn required(&self) -> &Self {
        match self {
            Self::Option(inner) => inner,
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

    /// Whether a value is JSON of any form, or contains such a value.
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

    /// Whether a value is bytes, or a list of them.
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
