//! Declares the groups of a service.

/// Declares the modules of the groups, each behind its feature, and what the module of the service has from them: the
/// methods of the client, the table of operations, the example responses, and the words that may be printed. The words in
/// brackets are those that no group has.
///
/// ```text
/// groups! {
///     words ["x-api-key", common::KNOWN_WORDS];
///     /// Sign-in by a password.
///     password: PasswordApi = "descope-password",
/// }
/// ```
macro_rules! groups {
    (
        words [$($words:expr),*];
        $($(#[doc = $doc:literal])* $module:ident: $handle:ident = $feature:tt),* $(,)?
    ) => {
        $(
            #[cfg(feature = $feature)]
            pub mod $module;
        )*

        impl<C> Client<C> {
            $(
                $(#[doc = $doc])*
                #[cfg(feature = $feature)]
                pub fn $module(&self) -> $module::$handle<C> {
                    $module::$handle::new(self.clone())
                }
            )*
        }

        /// All operations of the service whose groups are switched on.
        #[cfg(feature = "operations")]
        #[inline]
        #[must_use]
        pub fn operations() -> Vec<&'static $crate::runtime::OperationInfo> {
            let mut operations = Vec::new();
            $(
                #[cfg(feature = $feature)]
                operations.extend($crate::runtime::listed::<$module::$handle<()>>());
            )*
            operations
        }

        /// What each operation responds with in the spec, for the tests of applications.
        #[cfg(feature = "test-util")]
        pub mod examples {
            $(
                #[cfg(feature = $feature)]
                #[allow(unused_imports, unreachable_pub, reason = "a group may have no example")]
                pub use super::$module::examples::*;
            )*
        }

        /// The names in the spec and the words of error texts. They may be printed where a server's text contains them.
        #[doc(hidden)]
        pub const KNOWN_WORDS: &[&str] = &[
            $($words,)*
            $(
                #[cfg(feature = $feature)]
                $module::KNOWN_WORDS,
            )*
        ];
    };
}

pub(crate) use groups;

#[cfg(test)]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "it stands for generated code")]
mod tests {
    use crate::runtime::codegen::*;
    use crate::runtime::{Conventions, SchemeRole};

    impl Conventions for Depot {}

    client! {
        /// A client of the depot.
        pub struct Client<C = Account>(Depot, "depot", "The depot", String);

        pub trait Carries<N>;

        pub fn builder(..) at "https://depot.example";

        base {
            Account(account) = SecurityScheme::header("account", "X-Account");
        }
        parts {}
        carried {}
        settings {}
    }

    groups! {
        words ["x-account"];
        /// The boxes in the depot.
        boxes: Boxes = "_client",
    }

    #[test]
    fn a_service_has_what_its_groups_have() {
        let client = Client::builder("a1").build().unwrap();
        let _: boxes::BoxesOpen = client.boxes().open();
        assert_eq!(KNOWN_WORDS, ["x-account", "lid"]);
        #[cfg(feature = "operations")]
        assert_eq!(
            operations().iter().map(|operation| operation.spec.id).collect::<Vec<_>>(),
            ["boxes_open"]
        );
        #[cfg(feature = "test-util")]
        assert_eq!(examples::boxes_open(), "the lid is up");
    }
}
