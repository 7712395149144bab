//! Describes declared types for the table of operations.

/// The shape of an object.
#[cfg(feature = "operations")]
macro_rules! object {
    (
        $name:ident [$(#[doc = $line:literal])* $(#[deprecated])?]
        [$((
            $_required:ident [$($required_type:tt)+] $required_wire:literal [$($required_limits:tt)*]
            [$(#[doc = $required_line:literal])* $(#[doc = see!($_required_see:ident)])? $(#[deprecated])?
                $(#[cfg_attr $_required_alias:tt])?]
        ))*]
        [$((
            $_optional:ident [$($optional_type:tt)+] $optional_wire:literal [$($optional_limits:tt)*]
            [$(#[doc = $optional_line:literal])* $(#[doc = see!($_optional_see:ident)])? $(#[deprecated])?
                $(#[cfg_attr $_optional_alias:tt])?]
        ))*]
        [$(($rest:ident $_rest_type:tt $_rest_meta:tt))?]
        [$((
            $_read_only:ident [$($read_only_type:tt)+] $read_only_wire:literal [$($read_only_limits:tt)*]
            [$(#[doc = $read_only_line:literal])* $(#[doc = see!($_read_only_see:ident)])? $(#[deprecated])?
                $(#[cfg_attr $_read_only_alias:tt])?]
        ))*]
    ) => {
        impl $crate::runtime::Shaped for $name {
            const OBJECT: $crate::runtime::ObjectShape = $crate::runtime::ObjectShape {
                name: stringify!($name),
                documentation: concat!($($line, "\n"),*),
                members: &[
                    $($crate::runtime::MemberShape {
                        name: $required_wire,
                        is_required: true,
                        is_read_only: false,
                        limits: $crate::runtime::Limits::NONE $($required_limits)*,
                        shape: <$($required_type)+ as $crate::runtime::Shaped>::shape,
                        documentation: concat!($($required_line, "\n"),*),
                    },)*
                    $($crate::runtime::MemberShape {
                        name: $optional_wire,
                        is_required: false,
                        is_read_only: false,
                        limits: $crate::runtime::Limits::NONE $($optional_limits)*,
                        shape: <$($optional_type)+ as $crate::runtime::Shaped>::shape,
                        documentation: concat!($($optional_line, "\n"),*),
                    },)*
                    $($crate::runtime::MemberShape {
                        name: $read_only_wire,
                        is_required: false,
                        is_read_only: true,
                        limits: $crate::runtime::Limits::NONE $($read_only_limits)*,
                        shape: <$($read_only_type)+ as $crate::runtime::Shaped>::shape,
                        documentation: concat!($($read_only_line, "\n"),*),
                    },)*
                ],
                // Whether a list of the name is empty would be one more constant to evaluate for each type.
                is_extensible: false $(| !stringify!($rest).is_empty())?,
            };
        }
    };
}

/// The shape of an open enum.
#[cfg(feature = "operations")]
macro_rules! open_enum {
    ($name:ident $meta:tt $_values:tt) => {
        $crate::runtime::declare::shapes::any_enum! { $name $meta Text is_open: true, values: Self::KNOWN }
    };
}

/// The shape of a closed enum.
#[cfg(feature = "operations")]
macro_rules! closed_enum {
    ($name:ident $meta:tt $_values:tt) => {
        $crate::runtime::declare::shapes::any_enum! { $name $meta Text is_open: false, values: Self::KNOWN }
    };
}

/// The shape of an open enum of numbers or truth values.
#[cfg(feature = "operations")]
macro_rules! open_scalar_enum {
    (
        $name:ident $meta:tt [$(($_variant:ident $value:literal $_variant_meta:tt))*]
        [$_held:ident $kind:ident $_derived:tt]
    ) => {
        $crate::runtime::declare::shapes::any_enum! {
            $name $meta $kind is_open: true, values: &[$(stringify!($value)),*]
        }
    };
}

/// The shape of a closed enum of numbers or truth values.
#[cfg(feature = "operations")]
macro_rules! closed_scalar_enum {
    (
        $name:ident $meta:tt [$(($_variant:ident $value:literal $_variant_meta:tt))*]
        [$_held:ident $kind:ident $_derived:tt]
    ) => {
        $crate::runtime::declare::shapes::any_enum! {
            $name $meta $kind is_open: false, values: &[$(stringify!($value)),*]
        }
    };
}

/// The shape of an enum.
#[cfg(feature = "operations")]
macro_rules! any_enum {
    (
        $name:ident [$(#[doc = $line:literal])* $(#[deprecated])?] $kind:ident
        is_open: $is_open:literal, values: $values:expr
    ) => {
        impl $crate::runtime::Shaped for $name {
            #[inline]
            fn shape() -> $crate::runtime::Shape {
                $crate::runtime::Shape::Enum($crate::runtime::EnumShape {
                    name: stringify!($name),
                    documentation: concat!($($line, "\n"),*),
                    kind: $crate::runtime::EnumKind::$kind,
                    values: $values,
                    is_open: $is_open,
                })
            }
        }
    };
}

/// The shape of a choice.
#[cfg(feature = "operations")]
macro_rules! choice {
    (
        $name:ident [$(#[doc = $line:literal])* $(#[deprecated])?]
        [$(($_variant:ident [$form:ty] $_required:tt $_variant_meta:tt))*]
        $_other:tt
    ) => {
        impl $crate::runtime::Shaped for $name {
            #[inline]
            fn shape() -> $crate::runtime::Shape {
                $crate::runtime::Shape::Choice {
                    name: stringify!($name),
                    documentation: concat!($($line, "\n"),*),
                    forms: vec![$(<$form as $crate::runtime::Shaped>::shape()),*],
                }
            }
        }
    };
}

/// Takes the place of every macro above without the feature `operations`, and expands to nothing.
#[cfg(not(feature = "operations"))]
macro_rules! nothing {
    ($($declaration:tt)*) => {};
}

#[cfg(feature = "operations")]
pub(crate) use {any_enum, choice, closed_enum, closed_scalar_enum, object, open_enum, open_scalar_enum};
#[cfg(not(feature = "operations"))]
pub(crate) use {
    nothing as choice, nothing as closed_enum, nothing as closed_scalar_enum, nothing as object,
    nothing as open_enum, nothing as open_scalar_enum,
};

#[cfg(all(test, feature = "operations"))]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "it stands for generated code")]
mod tests {
    use crate::runtime::codegen::*;
    use crate::runtime::declare::{choices, enums, types};
    use crate::runtime::{Limits, Shape, Shaped};

    types::declare! {
        [structures::structure, shapes::object]
        /// What is
        /// sold.
        pub struct Object(
            /// What it is
            /// called.
            name: String = "Name".length(1, 2),
        ) {
            #[doc = see!(Mode)]
            mode: Option<Mode> = "mode",
            codes: Vec<Secret> = "codes",
        } read_only {
            /// Who it is.
            id: i64 = "id",
        }
    }

    types::declare! {
        [structures::structure, shapes::object]
        pub struct Extensible() {
            ; rest: Map<String, Value>
        }
    }

    enums::declare! {
        [enums::closed, enums::closed_values, shapes::closed_enum]
        /// How fast.
        pub enum Mode {
            Fast = "fast",
        }
    }

    choices::declare! {
        [choices::structure, shapes::choice] []
        /// Which one.
        pub enum Choice {
            Number(i64),
            Mode(Mode),
        }
    }

    #[test]
    fn an_object_lists_its_members() {
        let Shape::Object(object) = Object::shape() else { panic!("no object") };
        assert_eq!((object.name, object.is_extensible), ("Object", false));
        assert_eq!(Object::shape().documentation(), " What is\n sold.\n");
        let [name, mode, codes, id] = object.members else { panic!("{object:?}") };
        assert_eq!(
            (name.name, name.is_required, name.documentation),
            ("Name", true, " What it is\n called.\n")
        );
        assert_eq!((name.limits, (name.shape)()), (Limits::NONE.length(1, 2), Shape::Text));
        assert_eq!((mode.documentation, (mode.shape)().documentation()), ("", " How fast.\n"));
        assert_eq!((codes.name, codes.is_required, codes.documentation), ("codes", false, ""));
        assert_eq!((codes.shape)(), Shape::List(Box::new(Shape::Secret(Box::new(Shape::Text)))));
        assert_eq!((id.is_read_only, id.is_required, id.documentation), (true, false, " Who it is.\n"));
        assert!(!codes.is_read_only);
        assert!(matches!(Extensible::shape(), Shape::Object(object) if object.is_extensible));
    }

    #[test]
    fn enums_and_choices_list_what_they_know() {
        let Shape::Enum(mode) = Mode::shape() else { panic!("no enum") };
        assert_eq!((mode.name, mode.values, mode.is_open), ("Mode", &["fast"][..], false));
        assert_eq!(Shape::List(Box::new(Mode::shape())).documentation(), " How fast.\n");
        assert_eq!(
            Choice::shape(),
            Shape::Choice {
                name: "Choice",
                documentation: " Which one.\n",
                forms: vec![Shape::Integer, Shape::Enum(mode)],
            }
        );
    }
}
