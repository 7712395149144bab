//! The macros that generated modules declare their types with.
//!
//! A declaration lists the members of an object, each as `name: Type = "nameOnTheWire"`: those in parentheses are
//! required, those in braces are not, and one after a semicolon takes whatever else there is. What the service accepts
//! of a text, or of each in a list, stands behind the name, as a call of a method of [`Limits`](super::Limits).
//!
//! ```text
//! request! {
//!     /// Who signs up.
//!     pub struct SignUpRequest(
//!         /// Email address.
//!         login_id: String = "loginId".length(1, 254),
//!     ) {
//!         /// Roles to give.
//!         role_names: Vec<String> = "roleNames",
//!     }
//! }
//! ```
//!
//! What serde's derives would write is written here instead. It takes a fraction of their time to compile, no user has
//! to build them, and one place, [`members`](super::members), decides what decoding puts up with.

#![allow(unused_macros, unused_imports, reason = "what of it generated code uses depends on the features")]

/// Declares a type that requests contain. `new` takes the required members, and every other one has a setter, on the
/// type itself and on each `Call` that has it for its body; what is unset isn't sent. A type that requires nothing has
/// a default in place of `new`.
macro_rules! request {
    ($(#[$meta:meta])* pub struct $name:ident() $optional:tt) => {
        $crate::runtime::types::declare! { $(#[$meta])* #[derive(Default)] pub struct $name() $optional }
        $crate::runtime::types::write_only! { pub struct $name() $optional }
    };
    ($(#[$meta:meta])* pub struct $name:ident $required:tt $optional:tt) => {
        $crate::runtime::types::declare! { $(#[$meta])* pub struct $name $required $optional }
        $crate::runtime::types::constructor! { pub struct $name $required $optional }
        $crate::runtime::types::write_only! { pub struct $name $required $optional }
    };
}

/// What a type of requests can do beside being declared.
macro_rules! write_only {
    ($($declared:tt)*) => {
        $crate::runtime::types::setters! { $($declared)* }
        $crate::runtime::types::serialize! { $($declared)* }
        $crate::runtime::types::limits! { $($declared)* }
        #[cfg(feature = "both-directions")]
        $crate::runtime::types::deserialize_strictly! { $($declared)* }
    };
}

/// Declares a type that answers contain. Any member may be absent or null, and is its default then.
macro_rules! answer {
    ($(#[$meta:meta])* pub struct $name:ident $required:tt $optional:tt) => {
        $crate::runtime::types::declare! { $(#[$meta])* #[derive(Default)] pub struct $name $required $optional }
        $crate::runtime::types::deserialize! { pub struct $name $required $optional }
        #[cfg(feature = "both-directions")]
        $crate::runtime::types::serialize! { pub struct $name $required $optional }
    };
}

/// Declares a type that both requests and answers contain.
macro_rules! request_and_answer {
    ($(#[$meta:meta])* pub struct $name:ident $required:tt $optional:tt) => {
        $crate::runtime::types::declare! { $(#[$meta])* #[derive(Default)] pub struct $name $required $optional }
        $crate::runtime::types::constructor! { pub struct $name $required $optional }
        $crate::runtime::types::setters! { pub struct $name $required $optional }
        $crate::runtime::types::serialize! { pub struct $name $required $optional }
        $crate::runtime::types::limits! { pub struct $name $required $optional }
        $crate::runtime::types::deserialize! { pub struct $name $required $optional }
    };
}

/// The struct itself.
macro_rules! declare {
    (
        $(#[$meta:meta])*
        pub struct $name:ident($(
            $(#[$($required_meta:tt)*])*
            $required:ident: $required_type:ty = $required_wire:literal $(.$required_limit:ident $required_bounds:tt)*
        ),* $(,)?) {
            $(
                $(#[$($optional_meta:tt)*])*
                $optional:ident: $optional_type:ty = $optional_wire:literal $(.$optional_limit:ident $optional_bounds:tt)*
            ),* $(,)?
            $(; $(#[$rest_meta:meta])* $rest:ident: $rest_type:ty)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$($required_meta)*])* pub $required: $required_type,)*
            $($(#[$($optional_meta)*])* pub $optional: $optional_type,)*
            $($(#[$rest_meta])* pub $rest: $rest_type,)?
        }

        #[cfg(feature = "operations")]
        impl $crate::runtime::Shaped for $name {
            #[inline]
            fn shape() -> $crate::runtime::Shape {
                $crate::runtime::Shape::Object($crate::runtime::ObjectShape {
                    name: stringify!($name),
                    members: const { &[
                        $($crate::runtime::MemberShape {
                            name: $required_wire,
                            is_required: true,
                            limits: $crate::runtime::Limits::NONE $(.$required_limit $required_bounds)*,
                            shape: <$required_type as $crate::runtime::Shaped>::shape,
                            documentation: &[$($crate::runtime::describe::doc_line!($($required_meta)*)),*],
                        },)*
                        $($crate::runtime::MemberShape {
                            name: $optional_wire,
                            is_required: false,
                            limits: $crate::runtime::Limits::NONE $(.$optional_limit $optional_bounds)*,
                            shape: <$optional_type as $crate::runtime::Shaped>::shape,
                            documentation: &[$($crate::runtime::describe::doc_line!($($optional_meta)*)),*],
                        },)*
                    ] },
                    is_extensible: false $(|| !stringify!($rest).is_empty())?,
                })
            }
        }
    };
}

/// `new`, where something is required.
macro_rules! constructor {
    (pub struct $name:ident() $optional:tt) => {};
    (
        pub struct $name:ident($(
            $(#[$_required_meta:meta])*
            $required:ident: $required_type:ident $(<$($required_of:ty),+>)?
                = $_required:literal $(.$_required_limit:ident $_required_bounds:tt)*
        ),* $(,)?) {
            $(
                $(#[$_optional_meta:meta])*
                $optional:ident: $_optional_type:ty = $_optional:literal $(.$_optional_limit:ident $_optional_bounds:tt)*
            ),* $(,)?
            $(; $(#[$_rest_meta:meta])* $rest:ident: $_rest_type:ty)?
        }
    ) => {
        impl $name {
            /// Takes the members that are required; the others have setters.
            #[must_use]
            pub fn new($($required: $crate::runtime::types::taken!($required_type $(<$($required_of),+>)?)),*) -> Self {
                Self {
                    $($required: $crate::runtime::types::kept!($required, $required_type $(<$($required_of),+>)?),)*
                    $($optional: Default::default(),)*
                    $($rest: Default::default(),)?
                }
            }
        }
    };
}

/// A setter for each member that isn't required.
macro_rules! setters {
    (
        pub struct $name:ident $_required:tt {
            $(
                $(#[$_meta:meta])*
                $member:ident: $type:ident $(<$($of:ty),+>)? = $_wire:literal $(.$_limit:ident $_bounds:tt)*
            ),* $(,)?
            $(; $(#[$_rest_meta:meta])* $rest:ident: $rest_type:ty)?
        }
    ) => {
        impl $name {
            $(
                #[doc = concat!("Sets [`", stringify!($member), "`](field@Self::", stringify!($member), ").")]
                #[must_use]
                pub fn $member(mut self, value: $crate::runtime::types::taken!($type $(<$($of),+>)?)) -> Self {
                    self.$member = $crate::runtime::types::kept!(value, $type $(<$($of),+>)?);
                    self
                }
            )*
            $(
                #[doc = concat!("Sets [`", stringify!($rest), "`](field@Self::", stringify!($rest), ").")]
                #[must_use]
                pub fn $rest(mut self, value: $rest_type) -> Self {
                    self.$rest = value;
                    self
                }
            )?
        }

        impl<O> $crate::runtime::Call<O, $name> {
            $(
                #[doc = concat!(
                    "Sets [`", stringify!($member), "`](field@", stringify!($name), "::", stringify!($member), ") of the body.",
                )]
                pub fn $member(mut self, value: $crate::runtime::types::taken!($type $(<$($of),+>)?)) -> Self {
                    self.body.$member = $crate::runtime::types::kept!(value, $type $(<$($of),+>)?);
                    self
                }
            )*
            $(
                #[doc = concat!(
                    "Sets [`", stringify!($rest), "`](field@", stringify!($name), "::", stringify!($rest), ") of the body.",
                )]
                pub fn $rest(mut self, value: $rest_type) -> Self {
                    self.body.$rest = value;
                    self
                }
            )?
        }
    };
}

/// `Serialize`: what is required is always written, the rest if it is set.
macro_rules! serialize {
    (
        pub struct $name:ident($(
            $(#[$_required_meta:meta])*
            $required:ident: $_required_type:ty = $required_wire:literal $(.$_required_limit:ident $_required_bounds:tt)*
        ),* $(,)?) {
            $(
                $(#[$_optional_meta:meta])*
                $optional:ident: $_optional_type:ty = $optional_wire:literal $(.$_optional_limit:ident $_optional_bounds:tt)*
            ),* $(,)?
            $(; $(#[$_rest_meta:meta])* $rest:ident: $_rest_type:ty)?
        }
    ) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #[allow(unused_mut, reason = "an object may have no members")]
                let mut map = ::serde::Serializer::serialize_map(serializer, None)?;
                $(::serde::ser::SerializeMap::serialize_entry(&mut map, $required_wire, &self.$required)?;)*
                $($crate::runtime::members::write(&mut map, $optional_wire, &self.$optional)?;)*
                $($crate::runtime::members::write_rest(&mut map, &self.$rest)?;)?
                ::serde::ser::SerializeMap::end(map)
            }
        }
    };
}

/// `Limited`: each member against what stands behind its name.
macro_rules! limits {
    (
        pub struct $name:ident($(
            $(#[$_required_meta:meta])*
            $required:ident: $_required_type:ty = $required_wire:literal $(.$required_limit:ident $required_bounds:tt)*
        ),* $(,)?) {
            $(
                $(#[$_optional_meta:meta])*
                $optional:ident: $_optional_type:ty = $optional_wire:literal $(.$optional_limit:ident $optional_bounds:tt)*
            ),* $(,)?
            $(; $(#[$_rest_meta:meta])* $rest:ident: $_rest_type:ty)?
        }
    ) => {
        impl $crate::runtime::Limited for $name {
            #[inline]
            fn check(&self, _: &$crate::runtime::Limits) -> Result<(), $crate::runtime::Unfit> {
                #[allow(unused_imports, reason = "an object may have no members")]
                use $crate::runtime::{Limits, limits::member};
                $(member($required_wire, &self.$required, Limits::NONE $(.$required_limit $required_bounds)*)?;)*
                $(member($optional_wire, &self.$optional, Limits::NONE $(.$optional_limit $optional_bounds)*)?;)*
                $($crate::runtime::Limited::check(&self.$rest, &Limits::NONE)?;)?
                Ok(())
            }
        }
    };
}

/// `Deserialize`: whatever is there of the members.
macro_rules! deserialize {
    (
        pub struct $name:ident($(
            $(#[$_required_meta:meta])*
            $required:ident: $_required_type:ty = $required_wire:literal $(.$_required_limit:ident $_required_bounds:tt)*
        ),* $(,)?) {
            $(
                $(#[$_optional_meta:meta])*
                $optional:ident: $_optional_type:ty = $optional_wire:literal $(.$_optional_limit:ident $_optional_bounds:tt)*
            ),* $(,)?
            $(; $(#[$_rest_meta:meta])* $rest:ident: $_rest_type:ty)?
        }
    ) => {
        impl $crate::runtime::members::Object for $name {
            fn read<'de, A: ::serde::de::MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
                match name {
                    $($required_wire => $crate::runtime::members::read(&mut self.$required, map),)*
                    $($optional_wire => $crate::runtime::members::read(&mut self.$optional, map),)*
                    _ => $crate::runtime::types::read_other!(self, name, map $(, $rest)?),
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::members::object(deserializer)
            }
        }

        impl $crate::runtime::members::Member for $name {
            fn read<'de, D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                $crate::runtime::members::member(deserializer)
            }

            fn read_whole<'de, D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::members::object(deserializer)
            }

            #[inline]
            fn of_form(value: &::serde_json::Value) -> Option<Self> {
                $crate::runtime::members::object_of_form(value, &[$($required_wire),*])
            }
        }
    };
}

/// `Deserialize` of a type that only requests contain: what is required has to be there.
#[cfg(feature = "both-directions")]
macro_rules! deserialize_strictly {
    (
        pub struct $name:ident($(
            $(#[$_required_meta:meta])*
            $required:ident: $_required_type:ty = $required_wire:literal $(.$_required_limit:ident $_required_bounds:tt)*
        ),* $(,)?) {
            $(
                $(#[$_optional_meta:meta])*
                $optional:ident: $_optional_type:ty = $optional_wire:literal $(.$_optional_limit:ident $_optional_bounds:tt)*
            ),* $(,)?
            $(; $(#[$_rest_meta:meta])* $rest:ident: $_rest_type:ty)?
        }
    ) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #[allow(unused_mut, unused_variables, reason = "an object may have no members")]
                let mut members: ::serde_json::Map<String, ::serde_json::Value> = ::serde::Deserialize::deserialize(deserializer)?;
                Ok(Self {
                    $($required: $crate::runtime::members::take_required(&mut members, $required_wire)?,)*
                    $($optional: $crate::runtime::members::take(&mut members, $optional_wire)?.unwrap_or_default(),)*
                    $($rest: $crate::runtime::members::take_rest(members)?,)?
                })
            }
        }

        impl $crate::runtime::members::Member for $name {
            fn read<'de, D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                ::serde::Deserialize::deserialize(deserializer)
            }

            #[inline]
            fn of_form(value: &::serde_json::Value) -> Option<Self> {
                $crate::runtime::members::object_of_form(value, &[$($required_wire),*])
            }
        }
    };
}

/// A member that isn't listed: kept where there is a place for it.
macro_rules! read_other {
    ($self:ident, $name:ident, $map:ident) => {
        $crate::runtime::members::ignore($map)
    };
    ($self:ident, $name:ident, $map:ident, $rest:ident) => {
        $crate::runtime::members::read_rest(&mut $self.$rest, $name, $map)
    };
}

/// The type that a setter takes: whatever becomes what the member holds.
macro_rules! taken {
    (Option<$inner:ty>) => { impl Into<$inner> };
    (Vec<$item:ty>) => { impl IntoIterator<Item = impl Into<$item>> };
    ($type:ty) => { impl Into<$type> };
}

/// What the member keeps of what a setter took.
macro_rules! kept {
    ($value:ident, Option<$inner:ty>) => {
        Some(Into::<$inner>::into($value))
    };
    ($value:ident, Vec<$item:ty>) => {
        $value.into_iter().map(Into::<$item>::into).collect()
    };
    ($value:ident, $type:ty) => {
        Into::<$type>::into($value)
    };
}

#[cfg(feature = "both-directions")]
pub(crate) use deserialize_strictly;
pub(crate) use {
    answer, constructor, declare, deserialize, kept, limits, read_other, request, request_and_answer,
    serialize, setters, taken, write_only,
};
