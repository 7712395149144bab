//! Declares the structs of types.

/// The struct itself.
macro_rules! structure {
    (
        $name:ident [$(#$meta:tt)*]
        [$(($required:ident [$($required_type:tt)+] $_required_wire:tt $required_limits:tt [$(#$required_meta:tt)*]))*]
        [$(($optional:ident [$($optional_type:tt)+] $_optional_wire:tt $optional_limits:tt [$(#$optional_meta:tt)*]))*]
        [$(($rest:ident [$($rest_type:tt)+] [$(#$rest_meta:tt)*]))?]
        [$((
            $read_only:ident [$($read_only_type:tt)+] $_read_only_wire:tt $read_only_limits:tt
            [$(#$read_only_meta:tt)*]
        ))*]
    ) => {
        $(#$meta)*
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $($(#$required_meta)* pub $required: $($required_type)+,)*
            $($(#$optional_meta)* pub $optional: $($optional_type)+,)*
            $($(#$rest_meta)* pub $rest: $($rest_type)+,)?
            $($(#$read_only_meta)* pub $read_only: $($read_only_type)+,)*
        }

        #[allow(deprecated, reason = "members are shown whether or not they are deprecated")]
        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::runtime::safe_debug::write_struct(
                    f,
                    stringify!($name $($required)* $($optional)* $($rest)? $($read_only)*),
                    &[
                        $($crate::runtime::declare::structures::shown!($required_limits self.$required),)*
                        $($crate::runtime::declare::structures::shown!($optional_limits self.$optional),)*
                        $($crate::runtime::declare::structures::shown!([] self.$rest),)?
                        $($crate::runtime::declare::structures::shown!($read_only_limits self.$read_only),)*
                    ],
                )
            }
        }

        impl $crate::runtime::safe_debug::SafeDebug for $name {}
    };
}

/// How `Debug` shows a member: by its safe text, or as it is if the spec says that it isn't sensitive.
macro_rules! shown {
    ([.not_sensitive()] $member:expr) => {
        &$crate::runtime::safe_debug::not_sensitive(&$member)
    };
    ($_limits:tt $member:expr) => {
        &$member
    };
}

/// `ResponseHeaders`, which lets a response read its headers as the type.
macro_rules! response_headers {
    ($name:ident $($_parts:tt)*) => {
        impl $crate::runtime::ResponseHeaders for $name {}
    };
}

/// The struct of a type that requests contain: an optional list or map is an `Option`, which is none if it is unset.
macro_rules! request_structure {
    (
        $name:ident $meta:tt $required:tt [$(($optional:ident [$($type:tt)+] $($parts:tt)*))*]
        $rest:tt $read_only:tt
    ) => {
        $crate::runtime::declare::structures::structure! {
            $name $meta $required
            [$(($optional [$crate::runtime::declare::structures::unset_or!($($type)+)] $($parts)*))*]
            $rest $read_only
        }
    };
}

/// The type of a member that can be unset.
macro_rules! unset_or {
    (Vec<$item:ty>) => { Option<Vec<$item>> };
    (BTreeMap<$name:ty, $value:ty>) => { Option<BTreeMap<$name, $value>> };
    (Map<$name:ty, $value:ty>) => { Option<Map<$name, $value>> };
    ($type:ty) => { $type };
}

pub(crate) use {request_structure, response_headers, shown, structure, unset_or};
