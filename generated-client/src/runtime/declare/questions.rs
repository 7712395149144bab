//! Declares the questions to the errors of a service, such as whether a code is wrong.

/// Declares a method of the service's errors for each question, and for each code the one question that is true of it. An
/// operation can give a code another meaning ([`Spec::meanings`](crate::runtime::Spec)). `other` stands for a code of which
/// no question is true.
///
/// ```text
/// questions! {
/// /// Questions to an error.
/// impl Error<ErrorCode> {
///     /// Whether the code that the user typed is wrong.
///     is_wrong_code,
/// }
///
/// codes {
///     "invalid-otp" = is_wrong_code,
///     "disabled-user" = other,
/// }
/// }
/// ```
///
/// The macro `same_questions` gives the same methods to a type of failures that is written by hand, whose function
/// `meaning` tells which of them is true.
macro_rules! questions {
    ($($declared:tt)*) => {
        $crate::runtime::declare::questions::declare! { ($) $($declared)* }
    };
}

macro_rules! declare {
    (
        ($d:tt)
        $(#$impl_meta:tt)*
        impl Error<$code:ident> { $($(#$meta:tt)* $question:ident,)* }
        codes { $($wire:literal = $meaning:ident,)* }
    ) => {
        /// What each code of an error means, by the name of the question that it answers.
        pub(crate) const MEANINGS: $crate::runtime::Meanings = &[$(($wire, stringify!($meaning))),*];

        $(#$impl_meta)*
        impl $crate::runtime::Error<$code> {
            $(
                $(#$meta)*
                #[must_use]
                pub fn $question(&self) -> bool {
                    self.means(stringify!($question), MEANINGS)
                }
            )*
        }

        #[allow(unused_macros, reason = "not every service has failures of another kind")]
        macro_rules! same_questions {
            ($d failure:ty) => {
                impl $d failure {
                    $(
                        $(#$meta)*
                        #[must_use]
                        pub fn $question(&self) -> bool {
                            self.meaning() == Some(stringify!($question))
                        }
                    )*
                }
            };
        }
        #[allow(unused_imports, reason = "not every service has failures of another kind")]
        pub(crate) use same_questions;
    };
}

pub(crate) use {declare, questions};

#[cfg(all(test, feature = "test-util"))]
#[allow(unreachable_pub, reason = "it stands for code of a service")]
mod tests {
    use crate::runtime::Error;
    use crate::runtime::codegen::open_enum;

    open_enum! {
        pub enum ErrorCode {
            WrongCode = "wrong-code",
        }
    }

    questions! {
        impl Error<ErrorCode> {
            /// Whether the code is wrong.
            is_wrong_code,
            /// Whether the user is locked out.
            is_locked_out,
        }

        codes {
            "wrong-code" = is_wrong_code,
            "too-many" = is_locked_out,
            "maintenance" = other,
        }
    }

    struct Failure(&'static str);

    impl Failure {
        fn meaning(&self) -> Option<&'static str> {
            Some(self.0)
        }
    }

    same_questions!(Failure);

    #[test]
    fn an_error_answers_the_question_of_its_code() {
        let answers = |code| {
            let error = Error::<ErrorCode>::api_error(400, code);
            (error.is_wrong_code(), error.is_locked_out())
        };
        assert_eq!(answers("wrong-code"), (true, false));
        assert_eq!(answers("too-many"), (false, true));
        assert_eq!(answers("maintenance"), (false, false));
        assert_eq!(answers("unlisted"), (false, false));
        assert_eq!(MEANINGS.len(), 3);
    }

    #[test]
    fn other_failures_answer_the_same_questions() {
        let failure = Failure("is_locked_out");
        assert!(failure.is_locked_out() && !failure.is_wrong_code());
    }
}
