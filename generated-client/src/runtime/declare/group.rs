//! Declares groups of operations.

/// Declares the handle of a group, with a method for each of its operations and a name for the type of the call that the
/// method starts, and lists the operations with the documentation of their methods for the table of all operations.
/// rustdoc's page of the call's type has the setters of this one call, while that of `Call` has those of all. The
/// [parts](super::documentation) of a method's text stand within its braces, so that a diff of a line of the text names the
/// method.
///
/// ```text
/// group! {
///     /// The operations of the group `oauth`; [`Client::oauth`] gives it.
///     pub struct OauthApi("oauth");
///
///     pub fn exchange(&self, code: impl Into<Secret>) -> Call<op::OauthExchange, ExchangeRequest> {
///         //! Exchange a code for a session.
///         #![request(POST "/v1/auth/oauth/exchange")]
///         #![retry(never)]
///         #![error(400, BadRequest)]
///         #![example(descope)]
///         //! let response = client.oauth().exchange("7d1f0c2e").send().await?;
///         self.client.call(ExchangeRequest::new(code))
///     }
/// }
/// ```
macro_rules! group {
    (
        $(#$meta:tt)*
        pub struct $handle:ident($group:literal);
        $(
            $(#$method_meta:tt)*
            pub fn $method:ident $inputs:tt -> Call<op::$operation:ident $(, $body:ty)?>
            $(where $client:ident: Carries<$credential:ty>)? {
                $(#!$part:tt)*
                $this:ident $($call:tt)*
            }
        )*
    ) => {
        $(#$meta)*
        #[derive(Clone, Debug)]
        pub struct $handle<C> {
            client: Client<C>,
        }

        impl<C> $handle<C> {
            pub(super) fn new(client: Client<C>) -> Self {
                Self { client }
            }

            $(
                #[doc = $crate::runtime::declare::documentation::documentation! {
                    rustdoc [call($handle $method $operation)] $($part)*
                }]
                $(#$method_meta)*
                pub fn $method $inputs -> $operation
                $(where $client: Carries<$credential>)? {
                    $this $($call)*
                }
            )*
        }

        $(
            #[doc = concat!(" A call that [`", stringify!($handle), "::", stringify!($method), "`] starts.")]
            #[cfg_attr(doc, doc = $crate::runtime::declare::documentation::documentation! {
                of_call [call($handle $method $operation)] $($part)*
            })]
            pub type $operation = Call<op::$operation $(, $body)?>;
        )*

        $crate::runtime::declare::group::list! { $handle $group $([$operation $($part)*])* }
    };
}

/// The operations of a group. The list stands in a method of a generic type, because the compiler then evaluates it in the
/// crate that uses it, and not in this one: the list refers to the decoding of every response, which takes long to compile.
#[cfg(feature = "operations")]
macro_rules! list {
    ($handle:ident $group:literal $([$operation:ident $($part:tt)*])*) => {
        impl<C> OperationGroup for $handle<C> {
            #[inline]
            fn operations() -> &'static [OperationInfo] {
                const {
                    &[$(OperationInfo::of::<op::$operation>(
                        $group,
                        $crate::runtime::declare::documentation::documentation! { described [call()] $($part)* },
                    )),*]
                }
            }
        }
    };
}

/// Expands to nothing without the feature `operations`: there is no table of operations then.
#[cfg(not(feature = "operations"))]
macro_rules! list {
    ($($group:tt)*) => {};
}

pub(crate) use {group, list};

#[cfg(test)]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "it stands for generated code")]
mod tests {
    // The macro uses these names, which the module of a service has in scope.
    use std::marker::PhantomData;

    #[derive(Clone, Debug)]
    pub struct Client<C>(C);
    #[derive(Debug, PartialEq)]
    pub struct Call<O, B = ()>(B, PhantomData<O>);
    pub trait Carries<T> {}
    pub struct Token;
    impl Carries<Token> for Token {}
    pub mod op {
        #[derive(Debug, PartialEq)]
        pub struct Find;
        #[derive(Debug, PartialEq)]
        pub struct Delete;
    }

    #[cfg(feature = "operations")]
    use crate::runtime::Documentation;

    #[cfg(feature = "operations")]
    struct OperationInfo(&'static str, fn() -> &'static str, Documentation);

    #[cfg(feature = "operations")]
    trait OperationGroup {
        fn operations() -> &'static [OperationInfo];
    }

    #[cfg(feature = "operations")]
    impl OperationInfo {
        const fn of<O>(group: &'static str, documentation: Documentation) -> Self {
            Self(group, std::any::type_name::<O>, documentation)
        }
    }

    mod users {
        use super::*;

        group! {
            /// The operations of the group `users`.
            pub struct Users("users");

            pub fn find(&self, id: impl Into<String>) -> Call<op::Find, String> {
                //! Find a user.
                #![argument(id)]
                //! Whom.
                #![request(GET "/users/{id}")]
                #![retry(safe)]
                #![error(404)]
                //! There is no such user.
                #![example(descope)]
                //! client.users().find("id").send().await?;
                Call(id.into(), PhantomData)
            }

            #[deprecated]
            pub fn delete(&self) -> Call<op::Delete> where C: Carries<Token> {
                //! Delete the user.
                #![request(DELETE "/users/me")]
                #![retry(idempotent)]
                #![example(descope<Token>)]
                //! client.users().delete().send().await?;
                Call((), PhantomData)
            }
        }
    }

    #[test]
    #[allow(deprecated, reason = "the method stands for one that is")]
    fn the_handle_has_a_method_for_each_operation() {
        let users = users::Users::new(Client(Token));
        let found: users::Find = users.find("id");
        assert_eq!(found, Call::<op::Find, String>("id".to_owned(), PhantomData));
        let deleted: users::Delete = users.delete();
        assert_eq!(deleted, Call::<op::Delete>((), PhantomData));
    }

    #[cfg(feature = "operations")]
    #[test]
    fn the_operations_are_listed_with_their_documentation() {
        let [OperationInfo(group, find, documented), OperationInfo(_, delete, deprecated)] =
            <users::Users<()> as OperationGroup>::operations()
        else {
            panic!("not two")
        };
        assert_eq!((*group, documented.summary().as_str()), ("users", "Find a user."));
        assert_eq!(documented.argument("id").as_deref(), Some("Whom."));
        assert_eq!(documented.errors(), [("404", "There is no such user.".to_owned())]);
        assert_eq!(deprecated.summary(), "Delete the user.");
        assert!(find().ends_with("::Find") && delete().ends_with("::Delete"));
    }
}
