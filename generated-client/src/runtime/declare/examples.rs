//! Declares the example responses of operations, for the tests of applications.

/// Declares the example responses that the spec has for the operations of a group. Each has the operation's id and type,
/// the status, and what the response carries, which is `empty`, or a text behind `json`, `text` or `location`.
///
/// ```text
/// examples! {
/// oauth_exchange: OauthExchange = 200 json r#"{"sessionJwt":"eyJ"}"#,
/// session_logout: SessionLogout = 200 empty,
/// }
/// ```
macro_rules! examples {
    ($($id:ident: $operation:ident = $status:literal $kind:ident $($text:literal)?,)*) => {
        $(
            impl $crate::runtime::testing::Example for op::$operation {
                const EXAMPLE: (u16, $crate::runtime::testing::ExampleResponse) = (
                    $status,
                    $crate::runtime::declare::examples::example!($kind $($text)?),
                );
            }
        )*

        /// What each operation of the group responds with in the spec, for the tests of applications.
        pub mod examples {
            $(
                #[doc = concat!(
                    "An example of what [`", stringify!($operation), "`](super::op::", stringify!($operation),
                    ") responds with."
                )]
                #[allow(clippy::must_use_candidate, reason = "some responses hold nothing")]
                pub fn $id() -> <super::op::$operation as $crate::runtime::Operation>::Response {
                    $crate::runtime::testing::response::<super::op::$operation>()
                }
            )*

            #[cfg(test)]
            #[test]
            fn every_example_can_be_read() {
                $(let _ = $id();)*
            }
        }
    };
}

/// What an example response carries.
macro_rules! example {
    (empty) => {
        $crate::runtime::testing::ExampleResponse::Empty
    };
    (json $text:literal) => {
        $crate::runtime::testing::ExampleResponse::Json($text)
    };
    (text $text:literal) => {
        $crate::runtime::testing::ExampleResponse::Text($text)
    };
    (location $text:literal) => {
        $crate::runtime::testing::ExampleResponse::Location($text)
    };
}

pub(crate) use {example, examples};
