//! Writes the checks of the limits of declared objects.

/// `Validate`: checks each member that has limits.
macro_rules! validate {
    (
        $name:ident $_meta:tt
        [$(($_required:ident $_required_type:tt $_required_wire:tt [] $_required_meta:tt))*]
        [$(($_optional:ident $_optional_type:tt $_optional_wire:tt [] $_optional_meta:tt))*]
        [] $_read_only:tt
    ) => {
        impl $crate::runtime::Validate for $name {}
    };
    (
        $name:ident $_meta:tt
        [$(($required:ident $_required_type:tt $required_wire:literal $required_limits:tt $_required_meta:tt))*]
        [$(($optional:ident $_optional_type:tt $optional_wire:literal $optional_limits:tt $_optional_meta:tt))*]
        [$(($rest:ident $_rest_type:tt $_rest_meta:tt))?]
        $_read_only:tt
    ) => {
        impl $crate::runtime::Validate for $name {
            #[inline]
            fn check(&self, _: &$crate::runtime::Limits) -> Result<(), $crate::runtime::Violation> {
                $($crate::runtime::declare::limits::check! { self.$required, $required_wire $required_limits })*
                $($crate::runtime::declare::limits::check! { self.$optional, $optional_wire $optional_limits })*
                $($crate::runtime::Validate::check(&self.$rest, &$crate::runtime::Limits::NONE)?;)?
                Ok(())
            }
        }
    };
}

/// Checks a member, if it has limits.
macro_rules! check {
    ($member:expr, $wire:literal []) => {};
    ($member:expr, $wire:literal [$($limits:tt)+]) => {
        $crate::runtime::validate::member($wire, &$member, $crate::runtime::Limits::NONE $($limits)+)?;
    };
}

pub(crate) use {check, validate};

#[cfg(test)]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "it stands for generated code")]
mod tests {
    use crate::runtime::codegen::*;
    use crate::runtime::declare::types;
    use crate::runtime::{Limits, Validate};

    types::declare! {
        [structures::structure, constructors::new, limits::validate]
        pub struct Outer(
            name: String = "name".length(2, 3),
            inner: Inner = "inner".within(),
        ) {
            free: Option<String> = "free",
        }
    }

    types::declare! {
        [structures::structure, constructors::new, limits::validate]
        pub struct Inner(
            code: Secret = "code".length(4, 4),
        ) {}
    }

    types::declare! {
        [structures::structure, constructors::new, limits::validate]
        pub struct Unlimited(
            name: String = "name",
        ) {}
    }

    #[test]
    fn members_with_limits_are_checked() {
        let is_valid = |value: &dyn Fn() -> Result<(), crate::runtime::Violation>| value().is_ok();
        assert!(is_valid(&|| Outer::new("ab", Inner::new("1234")).check(&Limits::NONE)));
        assert!(!is_valid(&|| Outer::new("a", Inner::new("1234")).check(&Limits::NONE)));
        assert!(!is_valid(&|| Outer::new("ab", Inner::new("123")).check(&Limits::NONE)));
        assert!(is_valid(&|| Unlimited::new("").check(&Limits::NONE)));
    }
}
