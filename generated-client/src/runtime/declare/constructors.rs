//! Writes the functions that make values of declared objects.

/// `new`, or a default for a type that requires nothing.
macro_rules! new_or_default {
    ($name:ident $meta:tt [] $optional:tt $rest:tt $read_only:tt) => {
        $crate::runtime::declare::constructors::default! { $name $meta [] $optional $rest $read_only }
    };
    ($($declaration:tt)*) => {
        $crate::runtime::declare::constructors::new! { $($declaration)* }
    };
}

/// `new`, which takes the required members, or nothing for a type that has none.
macro_rules! new {
    ($name:ident $_meta:tt [] $_optional:tt $_rest:tt $_read_only:tt) => {};
    (
        $name:ident $_meta:tt
        [$(($required:ident $required_type:tt $_required_wire:tt $_required_limits:tt $_required_meta:tt))*]
        [$(($optional:ident $_optional_type:tt $_optional_wire:tt $_optional_limits:tt $_optional_meta:tt))*]
        [$(($rest:ident $_rest_type:tt $_rest_meta:tt))?]
        [$(($read_only:ident $($_read_only:tt)*))*]
    ) => {
        impl $name {
            /// Takes the members that are required; the others have setters.
            #[must_use]
            pub fn new($($required: $crate::runtime::declare::constructors::taken! $required_type),*) -> Self {
                Self {
                    $($required: $crate::runtime::declare::constructors::converted! { $required $required_type },)*
                    $($optional: Default::default(),)*
                    $($rest: Default::default(),)?
                    $($read_only: Default::default(),)*
                }
            }
        }
    };
}

/// `Default`, whose members all have their defaults.
macro_rules! default {
    (
        $name:ident $_meta:tt
        [$(($required:ident $_required_type:tt $_required_wire:tt $_required_limits:tt $_required_meta:tt))*]
        [$(($optional:ident $_optional_type:tt $_optional_wire:tt $_optional_limits:tt $_optional_meta:tt))*]
        [$(($rest:ident $_rest_type:tt $_rest_meta:tt))?]
        [$(($read_only:ident $($_read_only:tt)*))*]
    ) => {
        impl Default for $name {
            #[inline]
            fn default() -> Self {
                Self {
                    $($required: Default::default(),)*
                    $($optional: Default::default(),)*
                    $($rest: Default::default(),)?
                    $($read_only: Default::default(),)*
                }
            }
        }
    };
}

/// The type of an argument of `new`: anything that converts into the type of the member.
macro_rules! taken {
    (Vec<$item:ty>) => { impl IntoIterator<Item = impl Into<$item>> };
    ($type:ty) => { impl Into<$type> };
}

/// An argument of `new`, converted into the type of the member.
macro_rules! converted {
    ($argument:ident [Vec<$item:ty>]) => {
        $argument.into_iter().map(Into::<$item>::into).collect()
    };
    ($argument:ident [$type:ty]) => {
        Into::<$type>::into($argument)
    };
}

pub(crate) use {converted, default, new, new_or_default, taken};

#[cfg(test)]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "it stands for generated code")]
mod tests {
    use crate::runtime::codegen::*;
    use crate::runtime::declare::types;

    types::declare! {
        [structures::structure, constructors::new_or_default]
        pub struct Required(
            name: String = "name",
            codes: Vec<Secret> = "codes",
        ) {
            count: Option<i64> = "count";
            rest: Map<String, Value>
        }
    }

    types::declare! {
        [structures::structure, constructors::new_or_default]
        pub struct Optional() {
            count: Option<i64> = "count",
        }
    }

    types::declare! {
        [structures::structure, constructors::new, constructors::default]
        pub struct Both(
            count: i64 = "count",
        ) {}
    }

    #[test]
    fn new_takes_the_required_members() {
        let made = Required::new("n", ["a", "b"]);
        let codes = vec![Secret::from("a"), Secret::from("b")];
        assert_eq!(made, Required { name: "n".to_owned(), codes, count: None, rest: Map::new() });
        assert_eq!(Both::new(7), Both { count: 7 });
    }

    #[test]
    fn a_default_leaves_everything_empty() {
        assert_eq!(Optional::default(), Optional { count: None });
        assert_eq!(Both::default(), Both { count: 0 });
    }
}
