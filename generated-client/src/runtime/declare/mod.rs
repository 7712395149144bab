//! The macros that generated code declares types and operations with.
//!
//! A generated file says what a type is: its members, their types and their names on the wire. What such a type can do is
//! the same for all types of its kind, so it is written here once. Code that a declaration expands to takes a fraction of
//! the time to compile that serde's derives take, and has few functions and few branches, because the compiler has to check
//! each of them. A function without type parameters is marked `inline`, so that it is translated into machine code only in
//! crates that call it, as generic functions are.
//!
//! Each macro for generated code works in two steps. First it brings the declaration into a canonical form, in which
//! every part of a member stands in brackets of its own, whether or not it is empty:
//!
//! ```text
//! SignUpRequest [#[doc = " Who signs up."]]                             name, documentation
//! [(login_id [String] "loginId" [.length(1, 254)] [#[doc = " ..."]])]   required members
//! [(role_names [Vec<String>] "roleNames" [] [#[doc = " ..."]])]         optional members
//! [(rest [Map<String, Value>] [#[doc = " ..."]])]                       the member for all others, if there is one
//! [(id [String] "id" [] [#[doc = " ..."]])]                             members that only responses have
//! ```
//!
//! Then [`implement`](types::implement) hands this form to one macro for each thing that the type can do, such as
//! `constructors::new` or `json::serialize`. Each of them matches the parts that it needs and passes over the others.

#![allow(unused_macros, unused_imports, reason = "the features decide which of it generated code uses")]

pub(crate) mod by_id;
pub(crate) mod choice_reading;
pub(crate) mod choices;
pub(crate) mod client;
pub(crate) mod constructors;
pub(crate) mod credentials;
pub(crate) mod documentation;
pub(crate) mod enums;
#[cfg(feature = "test-util")]
pub(crate) mod examples;
pub(crate) mod file;
pub(crate) mod group;
pub(crate) mod groups;
pub(crate) mod json;
pub(crate) mod limits;
pub(crate) mod operation;
pub(crate) mod paging;
pub(crate) mod parameters;
pub(crate) mod questions;
pub(crate) mod responses;
pub(crate) mod scalar_enums;
pub(crate) mod secrets;
pub(crate) mod sentences;
pub(crate) mod setters;
pub(crate) mod shapes;
pub(crate) mod structures;
pub(crate) mod types;

/// What the tests of the macros have in common.
#[cfg(test)]
pub(crate) mod testing {
    /// Shows a declaration in its canonical form, in place of a macro that implements something.
    macro_rules! show {
        ($($declaration:tt)*) => {
            const SHOWN: &str = stringify!($($declaration)*);
        };
    }

    /// Asserts that two texts have the same tokens. Blanks between tokens don't count, because the compiler may print
    /// them or not.
    #[track_caller]
    pub(crate) fn assert_tokens(shown: &str, expected: &str) {
        let compact = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(compact(shown), compact(expected), "{shown}");
    }

    pub(crate) use show;
}
