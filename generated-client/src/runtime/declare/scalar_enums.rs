//! Declares enums of numbers and truth values. They look like enums of texts, with the value of each variant behind it.
//!
//! An open enum keeps a value that this version doesn't know. A closed one has no other values.
//!
//! ```text
//! open_integer_enum! {
//!     /// How urgent it is.
//!     pub enum Priority {
//!         /// `1`: At once.
//!         High = 1,
//!     }
//! }
//! ```

/// Declares a macro for each kind of enum. The brackets hold what a value is in Rust and in the table of operations, and
/// what can be derived for it; the dollar sign is handed in because a macro can't write its own.
macro_rules! kinds {
    ($dollar:tt $($open:ident $closed:ident $held:tt)*) => {$(
        macro_rules! $open {
            ($dollar ($dollar declared:tt)*) => {
                $crate::runtime::declare::scalar_enums::declare! {
                    [
                        scalar_enums::open, scalar_enums::open_values, scalar_enums::deserialize_open,
                        scalar_enums::written, shapes::open_scalar_enum
                    ]
                    $held $dollar ($dollar declared)*
                }
            };
        }

        macro_rules! $closed {
            ($dollar ($dollar declared:tt)*) => {
                $crate::runtime::declare::scalar_enums::declare! {
                    [
                        scalar_enums::closed, scalar_enums::closed_values, scalar_enums::deserialize_closed,
                        scalar_enums::written, shapes::closed_scalar_enum
                    ]
                    $held $dollar ($dollar declared)*
                }
            };
        }

        pub(crate) use {$open, $closed};
    )*};
}

kinds! {
    $
    open_integer_enum closed_integer_enum [i64 Integer [Eq, Hash]]
    open_number_enum closed_number_enum [f64 Number []]
    open_boolean_enum closed_boolean_enum [bool Boolean [Eq, Hash]]
}

/// Brings the declaration into the canonical form `Name [meta] [(Variant value [meta]) ...] [i64 Integer [Eq, Hash]]`, and
/// hands it to each macro of the list.
macro_rules! declare {
    (
        $implemented:tt $held:tt
        $(#$meta:tt)*
        pub enum $name:ident { $($(#$variant_meta:tt)* $variant:ident = $value:literal),* $(,)? }
    ) => {
        $crate::runtime::declare::types::implement! {
            $implemented { $name [$(#$meta)*] [$(($variant $value [$(#$variant_meta)*]))*] $held }
        }
    };
}

/// An open enum itself.
macro_rules! open {
    (
        $name:ident [$(#$meta:tt)*] [$(($variant:ident $_value:literal [$(#$variant_meta:tt)*]))*]
        [$held:ident $_kind:ident [$($derived:ident),*]]
    ) => {
        $(#$meta)*
        #[derive(Clone, Copy, Debug, PartialEq $(, $derived)*)]
        #[non_exhaustive]
        pub enum $name {
            $($(#$variant_meta)* $variant,)*
            /// A value that this version does not know, as it came.
            Unknown($held),
        }

        impl $crate::runtime::safe_debug::SafeDebug for $name {}

        impl Default for $name {
            #[inline]
            fn default() -> Self {
                Self::Unknown(Default::default())
            }
        }
    };
}

/// A closed enum itself.
macro_rules! closed {
    (
        $name:ident [$(#$meta:tt)*] [$(($variant:ident $_value:literal [$(#$variant_meta:tt)*]))*]
        [$_held:ident $_kind:ident [$($derived:ident),*]]
    ) => {
        $(#$meta)*
        #[derive(Clone, Copy, Debug, PartialEq $(, $derived)*)]
        #[non_exhaustive]
        pub enum $name {
            $($(#$variant_meta)* $variant,)*
        }

        impl $crate::runtime::safe_debug::SafeDebug for $name {}
    };
}

/// The values of an open enum.
macro_rules! open_values {
    ($name:ident $_meta:tt [$(($variant:ident $value:literal $_variant_meta:tt))*] [$held:ident $($_kind:tt)*]) => {
        impl $name {
            /// The values that this version knows.
            pub const KNOWN: &'static [$held] = &[$($value),*];

            /// The value as it stands on the wire.
            #[must_use]
            #[inline]
            pub const fn value(self) -> $held {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl From<$held> for $name {
            #[inline]
            fn from(value: $held) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    #[allow(unreachable_patterns, reason = "there may be no other truth value")]
                    other => Self::Unknown(other),
                }
            }
        }
    };
}

/// The values of a closed enum, and the conversion of one of its values into the enum. The type of the error is written
/// out, since a variant can be called `Error`.
macro_rules! closed_values {
    ($name:ident $_meta:tt [$(($variant:ident $value:literal $_variant_meta:tt))*] [$held:ident $($_kind:tt)*]) => {
        impl $name {
            /// The values.
            pub const KNOWN: &'static [$held] = &[$($value),*];

            /// The value as it stands on the wire.
            #[must_use]
            #[inline]
            pub const fn value(self) -> $held {
                match self {
                    $(Self::$variant => $value,)*
                }
            }
        }

        impl TryFrom<$held> for $name {
            type Error = $crate::runtime::UnknownValue;

            #[inline]
            fn try_from(value: $held) -> Result<Self, $crate::runtime::UnknownValue> {
                match value {
                    $($value => Ok(Self::$variant),)*
                    #[allow(unreachable_patterns, reason = "there may be no other truth value")]
                    _ => Err($crate::runtime::UnknownValue::new(stringify!($name), &[$(stringify!($value)),*])),
                }
            }
        }
    };
}

/// `Deserialize` of an open enum, which reads any value of its kind. In a choice, no text is taken for a number.
macro_rules! deserialize_open {
    ($name:ident $_meta:tt $_values:tt [$held:ident $($_kind:tt)*]) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::members::Member::read(deserializer).map(Option::unwrap_or_default)
            }
        }

        impl $crate::runtime::members::Member for $name {
            fn read<'de, D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                Ok(<$held as $crate::runtime::members::Member>::read(deserializer)?.map(Self::from))
            }

            #[inline]
            fn read_form(value: &::serde_json::Value, form: $crate::runtime::members::Form) -> Option<Self> {
                <$held as $crate::runtime::members::Member>::read_form(value, form).map(Self::from)
            }
        }
    };
}

/// `Deserialize` of a closed enum, which responses don't contain.
#[cfg(feature = "both-directions")]
macro_rules! deserialize_closed {
    ($name:ident $_meta:tt $_values:tt [$held:ident $($_kind:tt)*]) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value: $held = ::serde::Deserialize::deserialize(deserializer)?;
                value.try_into().map_err(::serde::de::Error::custom)
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

/// What enums of both kinds can do by means of `value`.
macro_rules! written {
    ($name:ident $($_declaration:tt)*) => {
        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.value(), f)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                ::serde::Serialize::serialize(&self.value(), serializer)
            }
        }

        impl $crate::runtime::Validate for $name {
            #[inline]
            fn check(&self, limits: &$crate::runtime::Limits) -> Result<(), $crate::runtime::Violation> {
                $crate::runtime::Validate::check(&self.value(), limits)
            }
        }
    };
}

pub(crate) use {
    closed, closed_values, declare, deserialize_closed, deserialize_open, open, open_values, written,
};

#[cfg(test)]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "it stands for generated code")]
mod tests {
    use super::{
        closed_boolean_enum, closed_integer_enum, open_boolean_enum, open_integer_enum, open_number_enum,
    };
    use crate::runtime::codegen::*;
    use crate::runtime::declare::testing::assert_tokens;
    use crate::runtime::{Limits, Validate};

    open_integer_enum! {
        pub enum Priority {
            Low = -1,
            High = 10,
        }
    }

    open_number_enum! {
        pub enum Rate {
            Half = 0.5,
            Whole = 1.0,
        }
    }

    open_boolean_enum! {
        pub enum Always {
            True = true,
        }
    }

    closed_boolean_enum! {
        pub enum Switch {
            On = true,
            Off = false,
        }
    }

    closed_integer_enum! {
        pub enum Days {
            Week = 7,
            Month = 30,
        }
    }

    response_choice! {
        pub enum Urgency {
            Priority(Priority),
            Word(String),
        }
    }

    #[test]
    fn a_declaration_is_brought_into_its_canonical_form() {
        super::declare! {
            [testing::show] [i64 Integer [Eq, Hash]]
            /// How urgent it is.
            pub enum Priority {
                /// `1`
                High = 1,
                Low = -1,
            }
        }
        assert_tokens(
            SHOWN,
            r#"Priority [#[doc = r" How urgent it is."]] [(High 1 [#[doc = r" `1`"]]) (Low -1 [])]
            [i64 Integer [Eq, Hash]]"#,
        );
    }

    fn round_trip<T: serde::Serialize + Member + PartialEq + std::fmt::Debug>(json: &str, value: &T) {
        assert_eq!(serde_json::from_str::<T>(json).unwrap(), *value);
        assert_eq!(serde_json::to_string(value).unwrap(), json);
    }

    use crate::runtime::members::Member;

    #[test]
    fn an_open_enum_keeps_what_it_does_not_know() {
        round_trip("-1", &Priority::Low);
        round_trip("9007199254740993", &Priority::Unknown(9_007_199_254_740_993));
        round_trip("0.5", &Rate::Half);
        round_trip("0.25", &Rate::from(0.25));
        round_trip("true", &Always::True);
        round_trip("false", &Always::Unknown(false));
        assert_eq!((Priority::KNOWN, Priority::High.value()), (&[-1, 10][..], 10));
        assert_eq!(Priority::Low.to_string(), "-1");
        assert_eq!(serde_json::from_str::<Priority>("\"10\"").unwrap(), Priority::High);
        assert_eq!(serde_json::from_str::<Priority>("null").unwrap(), Priority::default());
        assert!(serde_json::from_str::<Priority>("\"much\"").is_err());
    }

    #[test]
    fn a_closed_enum_refuses_what_it_does_not_know() {
        assert_eq!(Days::try_from(7), Ok(Days::Week));
        assert_eq!(Days::try_from(8).unwrap_err().to_string(), "not a Days: 7, 30");
        assert_eq!(Switch::try_from(false), Ok(Switch::Off));
        assert_eq!(serde_json::to_string(&[Switch::On, Switch::Off]).unwrap(), "[true,false]");
    }

    #[test]
    fn the_value_is_checked() {
        assert_eq!(Priority::High.check(&Limits::NONE.at_most(10.0)), Ok(()));
        assert!(Priority::Unknown(11).check(&Limits::NONE.at_most(10.0)).is_err());
    }

    #[test]
    fn no_text_is_a_number_in_a_choice() {
        let read = |json| serde_json::from_str::<Urgency>(json).unwrap();
        assert_eq!(read("10"), Urgency::Priority(Priority::High));
        assert_eq!(read("\"10\""), Urgency::Word("10".to_owned()));
    }
}
