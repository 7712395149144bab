//! Declares choices: values that have one of several forms.
//!
//! A value is read as the first form that describes all of it, or else as the first that it fits. The names in brackets
//! behind a form are the members that an object of this form has; those behind `nullable` may be null. Behind `if` stand a
//! member and the texts which it has in this form only.

/// Declares a choice that only requests contain.
///
/// ```text
/// request_choice! {
///     /// How long, in words or in seconds.
///     pub enum Duration {
///         /// `String`.
///         String(String),
///         /// How many of which unit.
///         Quantity(Quantity) = ["amount", "unit"] if "kind" = ["quantity"],
///     }
/// }
/// ```
macro_rules! request_choice {
    ($($declared:tt)*) => {
        $crate::runtime::declare::choices::declare! {
            [
                choices::structure, choices::serialize, choice_reading::deserialize_strictly, choices::validate,
                shapes::choice
            ]
            [] $($declared)*
        }
    };
}

/// Declares a choice that only requests contain, and that can be read without the feature `both-directions`, too.
macro_rules! readable_request_choice {
    ($($declared:tt)*) => {
        $crate::runtime::declare::choices::declare! {
            [choices::structure, choices::serialize, choice_reading::deserialize, choices::validate, shapes::choice]
            [] $($declared)*
        }
    };
}

/// Declares a choice that only responses contain. The first form that fits is read. A value that fits none is kept as
/// it came, in a variant `Other`.
macro_rules! response_choice {
    ($($declared:tt)*) => {
        $crate::runtime::declare::choices::declare! {
            [choices::structure, choices::serialize_response, choice_reading::deserialize, shapes::choice]
            [Other] $($declared)*
        }
    };
}

/// Declares a choice that only responses contain, and that can be written without the feature `both-directions`, too.
macro_rules! writable_response_choice {
    ($($declared:tt)*) => {
        $crate::runtime::declare::choices::declare! {
            [choices::structure, choices::serialize, choice_reading::deserialize, shapes::choice]
            [Other] $($declared)*
        }
    };
}

/// Declares a choice that both requests and responses contain.
macro_rules! request_and_response_choice {
    ($($declared:tt)*) => {
        $crate::runtime::declare::choices::declare! {
            [choices::structure, choices::serialize, choice_reading::deserialize, choices::validate, shapes::choice]
            [Other] $($declared)*
        }
    };
}

/// Brings the declaration of a choice into the canonical form
/// `Name [meta] [(Variant [Type] [[required] [nullable] [member [texts]]] [meta]) ...] [Other]`, and hands it to each macro
/// of the list. The last brackets are empty if there is no variant `Other`.
macro_rules! declare {
    (
        $implemented:tt $other:tt
        $(#$meta:tt)*
        pub enum $name:ident {
            $(
                $(#$variant_meta:tt)*
                $variant:ident($form:ty) $(= [$($required:literal),+])? $(nullable [$($nullable:literal),+])?
                    $(if $tag:literal = $tags:tt)?
            ),* $(,)?
        }
    ) => {
        $crate::runtime::declare::types::implement! {
            $implemented {
                $name [$(#$meta)*]
                [$((
                    $variant [$form] [[$($($required),+)?] [$($($nullable),+)?] [$($tag $tags)?]]
                    [$(#$variant_meta)*]
                ))*]
                $other
            }
        }
    };
}

/// The enum itself.
macro_rules! structure {
    (
        $name:ident [$(#$meta:tt)*]
        [$(($variant:ident [$form:ty] $_required:tt [$(#$variant_meta:tt)*]))*]
        [$($other:ident)?]
    ) => {
        $(#$meta)*
        #[derive(Clone, PartialEq)]
        #[allow(clippy::large_enum_variant, reason = "only few exist at a time, and a box would hinder matching")]
        #[non_exhaustive]
        pub enum $name {
            $($(#$variant_meta)* $variant($form),)*
            $(
                /// Anything else, as it came. It may hold what would be secret in a form that is known.
                $other($crate::runtime::Secret<::serde_json::Value>),
            )?
        }

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                use $crate::runtime::safe_debug::write_variant;
                match self {
                    $(Self::$variant(value) => write_variant(f, stringify!($variant), value),)*
                    $(Self::$other(value) => write_variant(f, stringify!($other), value),)?
                }
            }
        }

        impl $crate::runtime::safe_debug::SafeDebug for $name {}

        $(impl Default for $name {
            #[inline]
            fn default() -> Self {
                Self::$other(::serde_json::Value::Null.into())
            }
        })?
    };
}

/// `Serialize`: the value of the variant, whichever it is.
macro_rules! serialize {
    ($name:ident $_meta:tt [$(($variant:ident $($_parts:tt)*))*] [$($other:ident)?]) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => ::serde::Serialize::serialize(value, serializer),)*
                    $(Self::$other(value) => ::serde::Serialize::serialize(value, serializer),)?
                }
            }
        }
    };
}

/// `Validate`: checks the value of the variant, whichever it is.
macro_rules! validate {
    ($name:ident $_meta:tt [$(($variant:ident $($_parts:tt)*))*] [$($other:ident)?]) => {
        impl $crate::runtime::Validate for $name {
            #[inline]
            fn check(&self, limits: &$crate::runtime::Limits) -> Result<(), $crate::runtime::Violation> {
                match self {
                    $(Self::$variant(value) => $crate::runtime::Validate::check(value, limits),)*
                    $(Self::$other(value) => $crate::runtime::Validate::check(value, limits),)?
                }
            }
        }
    };
}

/// Takes the place of a macro whose code a type has only with the feature `both-directions`, and expands to nothing.
#[cfg(not(feature = "both-directions"))]
macro_rules! nothing {
    ($($declaration:tt)*) => {};
}

#[cfg(not(feature = "both-directions"))]
pub(crate) use nothing as serialize_response;
#[cfg(feature = "both-directions")]
pub(crate) use serialize as serialize_response;

pub(crate) use {
    declare, readable_request_choice, request_and_response_choice, request_choice, response_choice,
    serialize, structure, validate, writable_response_choice,
};

#[cfg(test)]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "it stands for generated code")]
mod tests {
    use crate::runtime::codegen::*;
    use crate::runtime::declare::testing::assert_tokens;
    use crate::runtime::{Limits, Validate};

    request! {
        pub struct Quantity(
            amount: i64 = "amount",
            unit: String = "unit".length(1, 3),
        ) {}
    }

    request_choice! {
        pub enum Duration {
            Text(String),
            Quantity(Quantity) = ["amount", "unit"],
        }
    }

    request_and_response_choice! {
        pub enum Setting {
            Flag(bool),
            List(Vec<String>),
        }
    }

    #[test]
    fn a_declaration_is_brought_into_its_canonical_form() {
        super::declare! {
            [testing::show] [Other]
            /// How long.
            pub enum Duration {
                Text(String),
                /// How many of which unit.
                Quantity(Quantity) = ["amount"] nullable ["unit", "per"] if "kind" = ["a", "b"],
            }
        }
        assert_tokens(
            SHOWN,
            r#"Duration [#[doc = r" How long."]]
            [
                (Text [String] [[] [] []] [])
                (
                    Quantity [Quantity] [["amount"] ["unit", "per"] ["kind" ["a", "b"]]]
                    [#[doc = r" How many of which unit."]]
                )
            ]
            [Other]"#,
        );
    }

    #[test]
    fn the_value_of_the_variant_is_written_and_checked() {
        let duration = Duration::Quantity(Quantity::new(2, "days"));
        assert_eq!(serde_json::to_string(&duration).unwrap(), r#"{"amount":2,"unit":"days"}"#);
        assert!(duration.check(&Limits::NONE).is_err());
        assert_eq!(Duration::Text("soon".to_owned()).check(&Limits::NONE), Ok(()));
        assert!(Duration::Text("soon".to_owned()).check(&Limits::NONE.length(1, 3)).is_err());
    }

    #[test]
    fn what_fits_no_form_is_kept() {
        for (json, setting) in [
            ("true", Setting::Flag(true)),
            (r#"["a"]"#, Setting::List(vec!["a".to_owned()])),
            (r#"{"new":1}"#, Setting::Other(Secret::new(serde_json::json!({"new": 1})))),
            ("null", Setting::default()),
        ] {
            assert_eq!(serde_json::from_str::<Setting>(json).unwrap(), setting);
            assert_eq!(serde_json::to_string(&setting).unwrap(), json);
            assert_eq!(setting.check(&Limits::NONE), Ok(()));
        }
    }

    #[cfg(feature = "both-directions")]
    #[test]
    fn a_request_of_no_form_cannot_be_read() {
        let read = |json| serde_json::from_str::<Duration>(json).map_err(|error| error.to_string());
        assert_eq!(read(r#"{"amount":2,"unit":"d"}"#), Ok(Duration::Quantity(Quantity::new(2, "d"))));
        assert_eq!(read(r#"{"amount":2}"#), Err("no form of Duration".to_owned()));
    }
}
