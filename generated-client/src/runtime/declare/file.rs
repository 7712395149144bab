//! Declares the types of a file.

/// Declares the types of a file. Behind the name of each type stands the macro that declares it, such as `body` or
/// `open_enum`.
///
/// ```text
/// types! {
/// /// Who signs up.
/// pub struct SignUpRequest: body(
///     /// Email address.
///     email: String = "email",
/// ) {}
///
/// /// What a user may do.
/// pub enum Role: open_enum {
///     /// `admin`: Everything.
///     Admin = "admin",
/// }
/// }
/// ```
macro_rules! types {
    ($(
        $(#$meta:tt)*
        pub $item:ident $name:ident: $kind:ident $first:tt $({ $($second:tt)* })?
        $(read_only { $($read_only:tt)* })?
    )*) => {
        $(
            $kind! {
                $(#$meta)*
                pub $item $name $first $({ $($second)* })? $(read_only { $($read_only)* })?
            }
        )*
    };
}

pub(crate) use types;

#[cfg(test)]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "it stands for generated code")]
mod tests {
    use crate::runtime::declare::testing::assert_tokens;

    /// Shows the form in which a declaration is handed to the macro of its kind.
    macro_rules! shown {
        ($($declaration:tt)*) => {
            pub(super) const SHOWN: &str = stringify!($($declaration)*);
        };
    }

    mod object {
        super::super::types! {
            /// Who signs up.
            #[deprecated]
            pub struct SignUp: shown(
                email: String = "email",
            ) {
                name: Option<String> = "name".length(1, 9);
                rest: Map<String, Value>
            } read_only {
                id: Option<String> = "id",
            }
        }
    }

    mod one_of_two {
        macro_rules! hidden {
            ($($declaration:tt)*) => {};
        }

        super::super::types! {
            /// What a user may do.
            pub enum Role: shown {
                Admin = "admin",
            }

            pub struct Nothing: hidden() {}
        }
    }

    #[test]
    fn each_type_is_handed_to_the_macro_of_its_kind() {
        assert_tokens(
            object::SHOWN,
            r#"#[doc = r" Who signs up."] #[deprecated] pub struct SignUp(email: String = "email",) {
                name: Option<String> = "name".length(1, 9); rest: Map<String, Value>
            } read_only { id: Option<String> = "id", }"#,
        );
        assert_tokens(
            one_of_two::SHOWN,
            r#"#[doc = r" What a user may do."] pub enum Role { Admin = "admin", }"#,
        );
    }
}
