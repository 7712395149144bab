//! Declares enums of texts.

use std::fmt;

/// Declares an open enum: the service may add values, and a value that this version doesn't know is kept.
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
    ($($declared:tt)*) => {
        $crate::runtime::declare::enums::declare! {
            [
                enums::open, enums::open_values, enums::from_text, enums::deserialize_open, enums::text,
                shapes::open_enum
            ]
            $($declared)*
        }
    };
}

/// Declares a closed enum, whose values are all known. The declaration looks like that of an open one.
macro_rules! closed_enum {
    ($($declared:tt)*) => {
        $crate::runtime::declare::enums::declare! {
            [
                enums::closed, enums::closed_values, enums::from_str, enums::deserialize_closed, enums::text,
                shapes::closed_enum
            ]
            $($declared)*
        }
    };
}

/// Brings the declaration of an enum into the canonical form `Name [meta] [(Variant "wire" [meta]) ...]`, and hands it
/// to each macro of the list.
macro_rules! declare {
    (
        $implemented:tt
        $(#$meta:tt)*
        pub enum $name:ident { $($(#$variant_meta:tt)* $variant:ident = $wire:literal),* $(,)? }
    ) => {
        $crate::runtime::declare::types::implement! {
            $implemented { $name [$(#$meta)*] [$(($variant $wire [$(#$variant_meta)*]))*] }
        }
    };
}

/// An open enum itself. `Eq` is written out, because the derived one has a function that would have to be compiled. Of a value
/// that is unknown, `Debug` shows what an error shows of its code: a server may have repeated in it what it was sent.
macro_rules! open {
    ($name:ident [$(#$meta:tt)*] [$(($variant:ident $_wire:literal [$(#$variant_meta:tt)*]))*]) => {
        $(#$meta)*
        #[derive(Clone, PartialEq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#$variant_meta)* $variant,)*
            /// A value that this version does not know, as it came.
            Unknown(String),
        }

        impl Eq for $name {}

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $(Self::$variant => f.write_str(stringify!($variant)),)*
                    Self::Unknown(value) => $crate::runtime::safe_debug::write_unknown(f, value),
                }
            }
        }

        impl $crate::runtime::safe_debug::SafeDebug for $name {}

        impl Default for $name {
            #[inline]
            fn default() -> Self {
                Self::Unknown(String::new())
            }
        }
    };
}

/// A closed enum itself.
macro_rules! closed {
    ($name:ident [$(#$meta:tt)*] [$(($variant:ident $_wire:literal [$(#$variant_meta:tt)*]))*]) => {
        $(#$meta)*
        #[derive(Clone, Copy, Debug, PartialEq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#$variant_meta)* $variant,)*
        }

        impl Eq for $name {}

        impl $crate::runtime::safe_debug::SafeDebug for $name {}
    };
}

/// The texts of an open enum.
macro_rules! open_values {
    ($name:ident $_meta:tt [$(($variant:ident $wire:literal $_variant_meta:tt))*]) => {
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

            #[inline]
            fn known(value: &str) -> Option<Self> {
                match value {
                    $($wire => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

/// The texts of a closed enum.
macro_rules! closed_values {
    ($name:ident $_meta:tt [$(($variant:ident $wire:literal $_variant_meta:tt))*]) => {
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
    };
}

/// Conversions of any text into an open enum.
macro_rules! from_text {
    ($name:ident $($_declaration:tt)*) => {
        impl From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                match Self::known(value) {
                    Some(known) => known,
                    None => Self::Unknown(value.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(value: String) -> Self {
                Self::known(&value).unwrap_or(Self::Unknown(value))
            }
        }
    };
}

/// The conversion of one of its texts into a closed enum. The type of the error is written out, since a variant can be called
/// `Err`.
macro_rules! from_str {
    ($name:ident $_meta:tt [$(($variant:ident $wire:literal $_variant_meta:tt))*]) => {
        impl ::std::str::FromStr for $name {
            type Err = $crate::runtime::UnknownValue;

            #[inline]
            fn from_str(value: &str) -> Result<Self, $crate::runtime::UnknownValue> {
                match value {
                    $($wire => Ok(Self::$variant),)*
                    _ => Err($crate::runtime::UnknownValue::new(stringify!($name), Self::KNOWN)),
                }
            }
        }
    };
}

/// `Deserialize` of an open enum, which reads any text.
macro_rules! deserialize_open {
    ($name:ident $($_declaration:tt)*) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::members::Member::read(deserializer).map(Option::unwrap_or_default)
            }
        }

        impl $crate::runtime::members::Member for $name {
            fn read<'de, D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                Ok(<String as $crate::runtime::members::Member>::read(deserializer)?.map(Self::from))
            }

            #[inline]
            fn read_form(value: &::serde_json::Value, _: $crate::runtime::members::Form) -> Option<Self> {
                value.as_str().map(Self::from)
            }
        }
    };
}

/// `Deserialize` of a closed enum, which responses don't contain.
#[cfg(feature = "both-directions")]
macro_rules! deserialize_closed {
    ($name:ident $($_declaration:tt)*) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value: String = ::serde::Deserialize::deserialize(deserializer)?;
                value.parse().map_err(::serde::de::Error::custom)
            }
        }

        impl $crate::runtime::members::Member for $name {
            fn read<'de, D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                ::serde::Deserialize::deserialize(deserializer)
            }
        }
    };
}

/// Expands to nothing without the feature `both-directions`: a closed enum is only written then.
#[cfg(not(feature = "both-directions"))]
macro_rules! deserialize_closed {
    ($($declaration:tt)*) => {};
}

/// What enums of both kinds can do by means of `as_str`.
macro_rules! text {
    ($name:ident $($_declaration:tt)*) => {
        impl AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
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
    closed, closed_enum, closed_values, declare, deserialize_closed, deserialize_open, from_str, from_text,
    open, open_enum, open_values, text,
};

/// The error for a text that is none of the values of a closed enum.
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

/// The message names the values that exist. It leaves out the text, which may be secret.
impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a {}: {}", self.name, self.known.join(", "))
    }
}

impl std::error::Error for UnknownValue {}

#[cfg(test)]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "it stands for generated code")]
mod tests {
    use super::UnknownValue;
    use crate::runtime::declare::testing::assert_tokens;

    open_enum! {
        pub enum Colour {
            Red = "red",
            DarkBlue = "dark-blue",
        }
    }

    closed_enum! {
        pub enum Mode {
            Fast = "fast",
            Slow = "slow",
        }
    }

    #[test]
    fn a_declaration_is_brought_into_its_canonical_form() {
        super::declare! {
            [testing::show]
            /// What it looks like.
            pub enum Colour {
                /// `red`
                Red = "red",
                Blue = "blue",
            }
        }
        assert_tokens(
            SHOWN,
            r#"Colour [#[doc = r" What it looks like."]] [(Red "red" [#[doc = r" `red`"]]) (Blue "blue" [])]"#,
        );
    }

    #[test]
    fn an_open_enum_keeps_what_it_does_not_know() {
        assert_eq!(Colour::KNOWN, ["red", "dark-blue"]);
        assert_eq!(Colour::from("dark-blue"), Colour::DarkBlue);
        assert_eq!(Colour::from("mauve".to_owned()), Colour::Unknown("mauve".to_owned()));
        assert_eq!(Colour::default().as_str(), "");
        for (colour, json) in [(Colour::Red, r#""red""#), (Colour::from("mauve"), r#""mauve""#)] {
            assert_eq!(serde_json::to_string(&colour).unwrap(), json);
            assert_eq!(serde_json::from_str::<Colour>(json).unwrap(), colour);
            assert_eq!(colour.to_string(), colour.as_ref());
        }
    }

    #[test]
    fn debug_shows_no_unknown_words() {
        for (colour, shown) in [
            ("dark-blue", "DarkBlue"),
            ("hunter", r#"Unknown("…")"#),
            ("not-found", r#"Unknown("not-found")"#),
            ("", r#"Unknown("")"#),
        ] {
            assert_eq!(format!("{:?}", Colour::from(colour)), shown);
            assert_eq!(format!("{:?}", Some(Colour::from(colour))), format!("Some({shown})"));
        }
    }

    #[test]
    fn a_closed_enum_refuses_what_it_does_not_know() {
        assert_eq!(Mode::KNOWN, ["fast", "slow"]);
        assert_eq!("slow".parse(), Ok(Mode::Slow));
        assert_eq!("s3cret".parse::<Mode>(), Err(UnknownValue::new("Mode", Mode::KNOWN)));
        assert_eq!("s3cret".parse::<Mode>().unwrap_err().to_string(), "not a Mode: fast, slow");
        assert_eq!(
            (Mode::Fast.as_str(), serde_json::to_string(&Mode::Fast).unwrap()),
            ("fast", r#""fast""#.to_owned())
        );
    }

    #[cfg(feature = "both-directions")]
    #[test]
    fn a_closed_enum_can_be_read() {
        assert_eq!(serde_json::from_str::<Mode>(r#""fast""#).unwrap(), Mode::Fast);
        let error = serde_json::from_str::<Mode>(r#""s3cret""#).unwrap_err();
        assert_eq!(error.to_string(), "not a Mode: fast, slow");
    }
}
