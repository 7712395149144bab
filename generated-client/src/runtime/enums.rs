//! Enums of the wire's strings.

#![allow(unused_macros, unused_imports, reason = "what of it generated code uses depends on the features")]

use std::fmt;

/// Declares an enum whose values may grow: a value that this version doesn't know is kept.
///
/// ```text
/// open_enum! {
///     /// Whose accounts users sign in with.
///     pub enum Provider {
///         /// `apple`
///         Apple = "apple",
///     }
/// }
/// ```
macro_rules! open_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $wire:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)*
            /// A value that this version does not know, as it came.
            Unknown(String),
        }

        impl $name {
            /// The values that this version knows, as they stand on the wire.
            pub const KNOWN: &'static [&'static str] = &[$($wire),*];

            /// The value as it stands on the wire.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(value) => value,
                }
            }

            fn known(value: &str) -> Option<Self> {
                match value {
                    $($wire => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                Self::known(value).unwrap_or_else(|| Self::Unknown(value.to_owned()))
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(value: String) -> Self {
                Self::known(&value).unwrap_or(Self::Unknown(value))
            }
        }

        impl Default for $name {
            #[inline]
            fn default() -> Self {
                Self::Unknown(String::new())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::members::Member::read(deserializer).map(Option::unwrap_or_default)
            }
        }

        impl $crate::runtime::members::Member for $name {
            fn read<'de, D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                Ok(<String as $crate::runtime::members::Member>::read(deserializer)?.map(Self::from))
            }
        }

        #[cfg(feature = "operations")]
        impl $crate::runtime::Shaped for $name {
            #[inline]
            fn shape() -> $crate::runtime::Shape {
                $crate::runtime::Shape::Enum($crate::runtime::EnumShape {
                    name: stringify!($name),
                    values: Self::KNOWN,
                    is_open: true,
                })
            }
        }

        $crate::runtime::enums::text_enum! { $name }
    };
}

/// Declares an enum whose values are all known, in the same form as `open_enum!`.
macro_rules! closed_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $wire:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)*
        }

        impl $name {
            /// The values, as they stand on the wire.
            pub const KNOWN: &'static [&'static str] = &[$($wire),*];

            /// The value as it stands on the wire.
            #[must_use]
            #[inline]
            pub const fn as_str(&self) -> &'static str {
                match self {
                    $(Self::$variant => $wire,)*
                }
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::runtime::UnknownValue;

            fn from_str(value: &str) -> Result<Self, Self::Err> {
                match value {
                    $($wire => Ok(Self::$variant),)*
                    _ => Err($crate::runtime::UnknownValue::new(stringify!($name), Self::KNOWN)),
                }
            }
        }

        #[cfg(feature = "both-directions")]
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value: String = ::serde::Deserialize::deserialize(deserializer)?;
                value.parse().map_err(::serde::de::Error::custom)
            }
        }

        #[cfg(feature = "both-directions")]
        impl $crate::runtime::members::Member for $name {
            fn read<'de, D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                ::serde::Deserialize::deserialize(deserializer)
            }
        }

        #[cfg(feature = "operations")]
        impl $crate::runtime::Shaped for $name {
            #[inline]
            fn shape() -> $crate::runtime::Shape {
                $crate::runtime::Shape::Enum($crate::runtime::EnumShape {
                    name: stringify!($name),
                    values: Self::KNOWN,
                    is_open: false,
                })
            }
        }

        $crate::runtime::enums::text_enum! { $name }
    };
}

/// Declares a value that has one of several forms, and that only requests contain:
///
/// ```text
/// request_choice! {
///     /// How long, in words or in seconds.
///     pub enum Duration {
///         /// `String`.
///         String(String),
///         /// How many of which unit.
///         Quantity(Quantity) = ["amount", "unit"],
///     }
/// }
/// ```
macro_rules! request_choice {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident($form:ty) $(= [$($required:literal),+])?),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::large_enum_variant, reason = "few of them exist at a time, and a box is in the way of matching")]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_meta])* $variant($form),)*
        }

        $crate::runtime::enums::write_choice! { $name { $($variant,)* } }
        $crate::runtime::enums::limit_choice! { $name { $($variant,)* } }

        #[cfg(feature = "both-directions")]
        $crate::runtime::enums::read_forms! {
            $name { $($variant($form) [$($($required),+)?],)* } _value => Err(::serde::de::Error::custom(concat!("no form of ", stringify!($name))))
        }
        $crate::runtime::enums::shape_forms! { $name { $($form,)* } }
    };
}

/// Declares a value that has one of several forms, in the same form as `request_choice!`. When it is read, the first
/// form that fits is taken, an object by the members that it requires, and what fits none is kept as it came.
macro_rules! response_choice {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident($form:ty) $(= [$($required:literal),+])?),* $(,)? }) => {
        $crate::runtime::enums::read_choice! {
            $(#[$meta])* pub enum $name { $($(#[$variant_meta])* $variant($form) $(= [$($required),+])?),* }
        }
        #[cfg(feature = "both-directions")]
        $crate::runtime::enums::write_choice! { $name { $($variant,)* Other, } }
    };
}

/// The enum of a choice that is read, and `Deserialize`.
macro_rules! read_choice {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident($form:ty) $(= [$($required:literal),+])?),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::large_enum_variant, reason = "few of them exist at a time, and a box is in the way of matching")]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_meta])* $variant($form),)*
            /// Anything else, as it came. It may hold what would be secret in a form that is known.
            Other($crate::runtime::Secret<::serde_json::Value>),
        }

        impl Default for $name {
            #[inline]
            fn default() -> Self {
                Self::Other(::serde_json::Value::Null.into())
            }
        }

        $crate::runtime::enums::read_forms! { $name { $($variant($form) [$($($required),+)?],)* } value => Ok(Self::Other(value.into())) }
        $crate::runtime::enums::shape_forms! { $name { $($form,)* } }
    };
}

/// Like `response_choice!`, for a value that requests contain too.
macro_rules! request_and_response_choice {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident($form:ty) $(= [$($required:literal),+])?),* $(,)? }) => {
        $crate::runtime::enums::read_choice! {
            $(#[$meta])* pub enum $name { $($(#[$variant_meta])* $variant($form) $(= [$($required),+])?),* }
        }
        $crate::runtime::enums::write_choice! { $name { $($variant,)* Other, } }
        $crate::runtime::enums::limit_choice! { $name { $($variant,)* Other, } }
    };
}

/// `Deserialize` of a choice: the first form that fits, or what is said for a value that fits none.
macro_rules! read_forms {
    ($name:ident { $($variant:ident($form:ty) $required:tt,)* } $violation:ident => $otherwise:expr) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let $violation: ::serde_json::Value = ::serde::Deserialize::deserialize(deserializer)?;
                $(
                    if let Some(fitting) = <$form as $crate::runtime::members::Member>::of_form(&$violation, &$required) {
                        return Ok(Self::$variant(fitting));
                    }
                )*
                $otherwise
            }
        }

        impl $crate::runtime::members::Member for $name {
            fn read<'de, D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                ::serde::Deserialize::deserialize(deserializer)
            }
        }
    };
}

/// The shape of a choice.
macro_rules! shape_forms {
    ($name:ident { $($form:ty,)* }) => {
        #[cfg(feature = "operations")]
        impl $crate::runtime::Shaped for $name {
            #[inline]
            fn shape() -> $crate::runtime::Shape {
                $crate::runtime::Shape::Choice {
                    name: stringify!($name),
                    forms: vec![$(<$form as $crate::runtime::Shaped>::shape()),*],
                }
            }
        }
    };
}

/// `Serialize` of a choice.
macro_rules! write_choice {
    ($name:ident { $($variant:ident,)* }) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => ::serde::Serialize::serialize(value, serializer),)*
                }
            }
        }
    };
}

/// `Limited` of a choice.
macro_rules! limit_choice {
    ($name:ident { $($variant:ident,)* }) => {
        impl $crate::runtime::Validate for $name {
            #[inline]
            fn check(&self, limits: &$crate::runtime::Limits) -> Result<(), $crate::runtime::Violation> {
                match self {
                    $(Self::$variant(value) => $crate::runtime::Validate::check(value, limits),)*
                }
            }
        }
    };
}

/// What open and closed enums have in common, on the ground of `as_str`.
macro_rules! text_enum {
    ($name:ident) => {
        impl AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl $crate::runtime::Validate for $name {
            #[inline]
            fn check(&self, limits: &$crate::runtime::Limits) -> Result<(), $crate::runtime::Violation> {
                $crate::runtime::Validate::check(self.as_str(), limits)
            }
        }
    };
}

pub(crate) use {
    closed_enum, limit_choice, open_enum, read_choice, read_forms, request_and_response_choice,
    request_choice, response_choice, shape_forms, text_enum, write_choice,
};

/// A text is none of the values of a closed enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownValue {
    name: &'static str,
    known: &'static [&'static str],
}

impl UnknownValue {
    #[allow(dead_code, reason = "not every set of features has a closed enum")]
    pub(crate) const fn new(name: &'static str, known: &'static [&'static str]) -> Self {
        Self { name, known }
    }
}

/// It names the values that there are, but not the one that was given.
impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a {}: {}", self.name, self.known.join(", "))
    }
}

impl std::error::Error for UnknownValue {}
