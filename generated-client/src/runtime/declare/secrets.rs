//! Declares the parts of a type that a `Secret` can hold, so that its values can be overwritten and compared.

/// Declares the parts of a type: the members of an object, the variants of a choice, or that it is an enum.
///
/// ```text
/// secret_value! { object Master { teeth, profile } }
/// secret_value! { choice Pick { Text, Master } }
/// secret_value! { open_enum Metal }
/// ```
macro_rules! secret_value {
    (object $name:ident { $($member:ident),* }) => {
        impl $crate::runtime::SecretValue for $name {
            #[inline]
            fn wipe(&mut self) {
                $($crate::runtime::SecretValue::wipe(&mut self.$member);)*
            }

            #[inline]
            fn is_same(&self, other: &Self) -> bool {
                let _ = other;
                true $(& $crate::runtime::SecretValue::is_same(&self.$member, &other.$member))*
            }
        }
    };
    (choice $name:ident { $($variant:ident),* }) => {
        impl $crate::runtime::SecretValue for $name {
            #[inline]
            fn wipe(&mut self) {
                match self {
                    $(Self::$variant(value) => $crate::runtime::SecretValue::wipe(value),)*
                }
            }

            #[inline]
            fn is_same(&self, other: &Self) -> bool {
                match (self, other) {
                    $(
                        (Self::$variant(one), Self::$variant(other)) =>
                            $crate::runtime::SecretValue::is_same(one, other),
                    )*
                    #[allow(unreachable_patterns, reason = "a choice may have one variant")]
                    _ => false,
                }
            }
        }
    };
    (open_enum $name:ident) => {
        impl $crate::runtime::SecretValue for $name {
            #[inline]
            fn wipe(&mut self) {
                if let Self::Unknown(text) = self {
                    $crate::runtime::SecretValue::wipe(text);
                }
            }

            #[inline]
            fn is_same(&self, other: &Self) -> bool {
                self == other
            }
        }
    };
    (closed_enum $name:ident) => {
        impl $crate::runtime::SecretValue for $name {
            #[inline]
            fn wipe(&mut self) {}

            #[inline]
            fn is_same(&self, other: &Self) -> bool {
                self == other
            }
        }
    };
}

pub(crate) use secret_value;

#[cfg(test)]
#[allow(dead_code, unreachable_pub, reason = "it stands for generated code")]
mod tests {
    use crate::runtime::SecretValue;
    use crate::runtime::codegen::*;

    request_and_response! {
        pub struct Master(
            teeth: i64 = "teeth",
        ) {
            blank: Option<String> = "blank",
            metal: Option<Metal> = "metal",
            made: Option<Made> = "made",
        }
    }
    secret_value! { object Master { teeth, blank, metal, made } }

    open_enum! {
        pub enum Metal {
            Brass = "brass",
        }
    }
    secret_value! { open_enum Metal }

    request_and_response_choice! {
        pub enum Made {
            By(String),
        }
    }
    secret_value! { choice Made { By, Other } }

    fn master(blank: &str) -> Master {
        Master::new(5).blank(blank).metal("s3cret").made(Made::By("s3cret".to_owned()))
    }

    #[test]
    fn all_parts_are_wiped() {
        let mut wiped = master("s3cret");
        wiped.wipe();
        let expected = Master::new(0).blank("").metal("").made(Made::By(String::new()));
        assert_eq!(wiped, expected);
    }

    #[test]
    fn all_parts_are_compared() {
        assert_eq!(Secret::new(master("a")), Secret::new(master("a")));
        assert_ne!(Secret::new(master("a")), Secret::new(master("b")));
        assert_ne!(Secret::new(master("a")), Secret::new(master("a").metal(Metal::Brass)));
        assert_ne!(Secret::new(master("a")), Secret::new(master("a").made(Made::default())));
    }
}
