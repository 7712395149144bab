//! The macros that generated modules declare their types with.
//!
//! A declaration lists the members of an object, each as `name: Type = "nameOnTheWire"`: those in parentheses are
//! required, those in braces are not, and one after a semicolon takes whatever else there is. What the service accepts
//! of a text, or of each in a list, stands behind the name, as a call of a method of [`Limits`](super::Limits):
//! `.within()` says that the value is made of parts with limits of their own.
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

/// Declares a type that a part of a request has. `new` takes the required members, and every other one has a setter;
/// what is unset isn't sent. A type that requires nothing has a default in place of `new`.
macro_rules! request {
    ($($declared:tt)*) => {
        $crate::runtime::types::only_sent! { [setters] $($declared)* }
    };
}

/// Declares a type that the whole body of a request has: like `request!`, and each `Call` with such a body has the
/// setters as well.
macro_rules! body {
    ($($declared:tt)*) => {
        $crate::runtime::types::only_sent! { [setters, call_setters] $($declared)* }
    };
}

/// Declares a type that no response contains.
macro_rules! only_sent {
    ($documented:tt $(#[$($meta:tt)*])* pub struct $name:ident() $optional:tt) => {
        $crate::runtime::types::declare! {
            [serialize, limits, deserialize_strictly] $documented
            $(#[$($meta)*])* #[derive(Default)] pub struct $name() $optional
        }
    };
    ($documented:tt $($declared:tt)*) => {
        $crate::runtime::types::declare! {
            [constructor, serialize, limits, deserialize_strictly] $documented $($declared)*
        }
    };
}

/// Declares a type that responses contain. Any member may be absent or null, and is its default then.
macro_rules! response {
    ($($declared:tt)*) => {
        $crate::runtime::types::declare! { [deserialize, serialize_too] [] #[derive(Default)] $($declared)* }
    };
}

/// Declares a type that both requests and responses contain.
macro_rules! request_and_response {
    ($($declared:tt)*) => {
        $crate::runtime::types::declare! {
            [constructor, serialize, limits, deserialize] [setters] #[derive(Default)] $($declared)*
        }
    };
}

/// Declares a type that both whole bodies of requests and responses contain.
macro_rules! body_and_response {
    ($($declared:tt)*) => {
        $crate::runtime::types::declare! {
            [constructor, serialize, limits, deserialize] [setters, call_setters] #[derive(Default)] $($declared)*
        }
    };
}

/// The struct itself, and what each macro of the two lists makes of its members. Those of the first get them without
/// their texts, those of the second get the texts too, but only what isn't required.
macro_rules! declare {
    (
        $implemented:tt $documented:tt
        $(#[$($meta:tt)*])*
        pub struct $name:ident($(
            $(#[$($required_meta:tt)*])*
            $required:ident: $required_type:ident $(<$($required_of:ty),+>)?
                = $required_wire:literal $(.$required_limit:ident $required_bounds:tt)*
        ),* $(,)?) {
            $(
                $(#[$($optional_meta:tt)*])*
                $optional:ident: $optional_type:ident $(<$($optional_of:ty),+>)?
                    = $optional_wire:literal $(.$optional_limit:ident $optional_bounds:tt)*
            ),* $(,)?
            $(; $(#[$($rest_meta:tt)*])* $rest:ident: $rest_type:ident $(<$($rest_of:ty),+>)?)?
        }
    ) => {
        $(#[$($meta)*])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$($required_meta)*])* pub $required: $required_type $(<$($required_of),+>)?,)*
            $($(#[$($optional_meta)*])* pub $optional: $optional_type $(<$($optional_of),+>)?,)*
            $($(#[$($rest_meta)*])* pub $rest: $rest_type $(<$($rest_of),+>)?,)?
        }

        #[cfg(feature = "operations")]
        impl $crate::runtime::Shaped for $name {
            const OBJECT: $crate::runtime::ObjectShape = $crate::runtime::ObjectShape {
                name: stringify!($name),
                members: &[
                    $($crate::runtime::MemberShape {
                        name: $required_wire,
                        is_required: true,
                        limits: $crate::runtime::Limits::NONE $(.$required_limit $required_bounds)*,
                        shape: <$required_type $(<$($required_of),+>)? as $crate::runtime::Shaped>::shape,
                        documentation: $crate::runtime::describe::text!($(#[$($required_meta)*])*),
                    },)*
                    $($crate::runtime::MemberShape {
                        name: $optional_wire,
                        is_required: false,
                        limits: $crate::runtime::Limits::NONE $(.$optional_limit $optional_bounds)*,
                        shape: <$optional_type $(<$($optional_of),+>)? as $crate::runtime::Shaped>::shape,
                        documentation: $crate::runtime::describe::text!($(#[$($optional_meta)*])*),
                    },)*
                ],
                is_extensible: false $(|| !stringify!($rest).is_empty())?,
            };
        }

        $crate::runtime::types::implement! {
            $implemented {
                $name
                ($($required: $required_type $(<$($required_of),+>)? = $required_wire [$(.$required_limit $required_bounds)*],)*)
                {$($optional: $optional_type $(<$($optional_of),+>)? = $optional_wire [$(.$optional_limit $optional_bounds)*],)*}
                $($rest)?
            }
        }
        $crate::runtime::types::implement! {
            $documented {
                $name
                $($(#[$($optional_meta)*])* $optional: $optional_type $(<$($optional_of),+>)?,)*
                $($(#[$($rest_meta)*])* $rest: $rest_type $(<$($rest_of),+>)?,)?
            }
        }
    };
}

/// Hands the members of a type to each macro of the list.
macro_rules! implement {
    ([$($implemented:ident),*] $members:tt) => {
        $($crate::runtime::types::$implemented! $members)*
    };
}

/// `new`, where something is required.
macro_rules! constructor {
    ($name:ident () $optional:tt $($rest:tt)*) => {};
    (
        $name:ident
        ($($required:ident: $required_type:ident $(<$($required_of:ty),+>)? = $_required:literal $_required_limits:tt,)*)
        {$($optional:ident: $_optional_type:ident $(<$($_optional_of:ty),+>)? = $_optional:literal $_optional_limits:tt,)*}
        $($rest:ident)?
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

/// A setter for each member that isn't required, with the text of the member.
macro_rules! setters {
    ($name:ident $($(#[$($meta:tt)*])* $member:ident: $type:ident $(<$($of:ty),+>)?,)*) => {
        impl $name {
            $($crate::runtime::types::setter! {
                $(#[$($meta)*])* #[must_use] $member [$member] $type $(<$($of),+>)?
            })*
        }
    };
}

/// The same setters on the calls that have the type for their body.
macro_rules! call_setters {
    ($name:ident $($(#[$($meta:tt)*])* $member:ident: $type:ident $(<$($of:ty),+>)?,)*) => {
        impl<O> $crate::runtime::Call<O, $name> {
            $($crate::runtime::types::setter! {
                $(#[$($meta)*])* $member [body.$member] $type $(<$($of),+>)?
            })*
        }
    };
}

/// A setter that takes whatever becomes what the member holds.
macro_rules! setter {
    ($(#[$($meta:tt)*])* $name:ident [$($field:ident).+] Option<$type:ty>) => {
        $(#[$($meta)*])*
        pub fn $name(mut self, value: impl Into<$type>) -> Self {
            self.$($field).+ = Some(value.into());
            self
        }
    };
    ($(#[$($meta:tt)*])* $name:ident [$($field:ident).+] Vec<$type:ty>) => {
        $(#[$($meta)*])*
        pub fn $name(mut self, values: impl IntoIterator<Item = impl Into<$type>>) -> Self {
            self.$($field).+ = values.into_iter().map(Into::into).collect();
            self
        }
    };
    ($(#[$($meta:tt)*])* $name:ident [$($field:ident).+] $type:ty) => {
        $(#[$($meta)*])*
        pub fn $name(mut self, value: impl Into<$type>) -> Self {
            self.$($field).+ = value.into();
            self
        }
    };
}

/// `Serialize`: what is required is always written, the rest if it is set.
macro_rules! serialize {
    (
        $name:ident
        ($($required:ident: $_required_type:ident $(<$($_required_of:ty),+>)? = $required_wire:literal $_required_limits:tt,)*)
        {$($optional:ident: $_optional_type:ident $(<$($_optional_of:ty),+>)? = $optional_wire:literal $_optional_limits:tt,)*}
        $($rest:ident)?
    ) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::members::Writer::begin(serializer)
                    $(.required($required_wire, &self.$required))*
                    $(.optional($optional_wire, &self.$optional))*
                    $(.rest(&self.$rest))?
                    .end()
            }
        }
    };
}

/// `Limited`: each member against what stands behind its name, where anything does.
macro_rules! limits {
    (
        $name:ident
        ($($_required:ident: $_required_type:ident $(<$($_required_of:ty),+>)? = $_required_wire:literal [],)*)
        {$($_optional:ident: $_optional_type:ident $(<$($_optional_of:ty),+>)? = $_optional_wire:literal [],)*}
    ) => {
        impl $crate::runtime::Validate for $name {}
    };
    (
        $name:ident
        ($($required:ident: $_required_type:ident $(<$($_required_of:ty),+>)? = $required_wire:literal [$($required_limits:tt)*],)*)
        {$($optional:ident: $_optional_type:ident $(<$($_optional_of:ty),+>)? = $optional_wire:literal [$($optional_limits:tt)*],)*}
        $($rest:ident)?
    ) => {
        impl $crate::runtime::Validate for $name {
            #[inline]
            fn check(&self, _: &$crate::runtime::Limits) -> Result<(), $crate::runtime::Violation> {
                $($crate::runtime::types::check! { self.$required, $required_wire, $($required_limits)* })*
                $($crate::runtime::types::check! { self.$optional, $optional_wire, $($optional_limits)* })*
                $($crate::runtime::Validate::check(&self.$rest, &$crate::runtime::Limits::NONE)?;)?
                Ok(())
            }
        }
    };
}

/// Checks a member, if there is anything to hold it against.
macro_rules! check {
    ($member:expr, $wire:literal,) => {};
    ($member:expr, $wire:literal, $($limits:tt)+) => {
        $crate::runtime::limits::member($wire, &$member, $crate::runtime::Limits::NONE $($limits)+)?;
    };
}

/// `Deserialize`: whatever is there of the members.
macro_rules! deserialize {
    (
        $name:ident
        ($($required:ident: $_required_type:ident $(<$($_required_of:ty),+>)? = $required_wire:literal $_required_limits:tt,)*)
        {$($optional:ident: $_optional_type:ident $(<$($_optional_of:ty),+>)? = $optional_wire:literal $_optional_limits:tt,)*}
        $($rest:ident)?
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
            fn read_whole<'de, D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::members::object(deserializer)
            }
        }
    };
}

/// `Deserialize` of a type that only requests contain: what is required has to be there.
#[cfg(feature = "both-directions")]
macro_rules! deserialize_strictly {
    (
        $name:ident
        ($($required:ident: $_required_type:ident $(<$($_required_of:ty),+>)? = $required_wire:literal $_required_limits:tt,)*)
        {$($optional:ident: $_optional_type:ident $(<$($_optional_of:ty),+>)? = $optional_wire:literal $_optional_limits:tt,)*}
        $($rest:ident)?
    ) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #[allow(unused_mut, reason = "a type may have no members")]
                let mut members = $crate::runtime::members::Reader::begin(deserializer);
                #[allow(irrefutable_let_patterns, reason = "a type may require nothing")]
                let ($(Some($required),)*) = ($(members.required($required_wire),)*) else {
                    return members.fail();
                };
                let read = Self {
                    $($required,)*
                    $($optional: members.optional($optional_wire),)*
                    $($rest: members.rest(),)?
                };
                members.end(read)
            }
        }

        impl $crate::runtime::members::Member for $name {}
    };
}

/// Types that only travel the other way.
#[cfg(feature = "both-directions")]
pub(crate) use serialize as serialize_too;

#[cfg(not(feature = "both-directions"))]
macro_rules! only_with_both_directions {
    ($($members:tt)*) => {};
}

#[cfg(not(feature = "both-directions"))]
pub(crate) use {
    only_with_both_directions as deserialize_strictly, only_with_both_directions as serialize_too,
};

/// A member that isn't listed: kept where there is a place for it.
macro_rules! read_other {
    ($self:ident, $name:ident, $map:ident) => {
        $crate::runtime::members::ignore($map)
    };
    ($self:ident, $name:ident, $map:ident, $rest:ident) => {
        $crate::runtime::members::read_rest(&mut $self.$rest, $name, $map)
    };
}

/// The type that a constructor takes: whatever becomes what the member holds.
macro_rules! taken {
    (Vec<$item:ty>) => { impl IntoIterator<Item = impl Into<$item>> };
    ($type:ty) => { impl Into<$type> };
}

/// What the member keeps of what a constructor took.
macro_rules! kept {
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
    body, body_and_response, call_setters, check, constructor, declare, deserialize, implement, kept, limits,
    only_sent, read_other, request, request_and_response, response, serialize, setter, setters, taken,
};
