//! The macro that generated modules describe their operations with.

#![allow(unused_macros, unused_imports, reason = "what of it generated code uses depends on the features")]

/// Declares the type that stands for an operation: the method that calls it, its body, its service, how the response is
/// read and what it is, the rest of its description, and its parameters in the order in which they are sent. A parameter
/// in parentheses is required, and set by the method that starts the call; any other has a setter on the operation's
/// `Call`.
///
/// ```text
/// operation! {
///     pub enum OauthAuthorize for Oauth::authorize(LoginOptions): Descope -> Json<RedirectUrl> =
///         Spec::post("oauth_authorize", "/v1/authorize")
///             .credentials(&["project_id"])
///             .body(MediaType::Json);
///     (provider: String) = Parameter::query("provider").required();
///     /// Where the browser goes afterwards.
///     redirect_url: String = Parameter::query("redirectUrl");
/// }
/// ```
macro_rules! operation {
    (
        pub enum $name:ident for $handle:ident::$method:ident($($body:ty)?):
            $service:ident -> $form:ident<$response:ty> = $spec:expr;
        $($parameters:tt)*
    ) => {
        #[doc = concat!("The operation that [`", stringify!($handle), "::", stringify!($method), "`] calls.")]
        pub enum $name {}

        impl $crate::runtime::Operation for $name {
            type Service = $service;
            type Body = $crate::runtime::describe::body!($($body)?);
            type Response = $response;
            type Format = $crate::runtime::$form;
            const SPEC: &'static $crate::runtime::Spec = &$crate::runtime::describe::spec!($spec; $($parameters)*);
        }

        $crate::runtime::describe::arguments! { [$name $(, $body)?] $($parameters)* }
    };
}

/// The description of an operation with its parameters, if it has any.
macro_rules! spec {
    ($spec:expr;) => {
        $spec
    };
    (
        $spec:expr;
        $($(#[$_meta:meta])* $(($_required:ident: $_required_type:ty))? $($_name:ident: $_type:ty)? = $described:expr;)+
    ) => {
        $spec.parameters(&[$($described),+])
    };
}

/// What the client makes of an operation's parameters.
macro_rules! arguments {
    ([$operation:ident $(, $body:ty)?]) => {
        #[cfg(feature = "operations")]
        impl $crate::runtime::DescribeArguments for $operation {}
    };
    (
        [$operation:ident $(, $body:ty)?]
        $(
            $(#[$($meta:tt)*])*
            $(($required:ident: $required_type:ty))? $($name:ident: $type:ident $(<$($of:ty),+>)?)? = $described:expr;
        )+
    ) => {
        impl $crate::runtime::Call<$operation $(, $body)?> {
            $($crate::runtime::describe::argument! {
                $(#[$($meta)*])* $($name: $type $(<$($of),+>)?)? = $described
            })+
        }

        #[cfg(feature = "operations")]
        impl $crate::runtime::DescribeArguments for $operation {
            const ARGUMENTS: &'static [$crate::runtime::ArgumentInfo] = &[$($crate::runtime::ArgumentInfo {
                name: $(stringify!($required))? $(stringify!($name))?,
                shape: $(<$required_type as $crate::runtime::Shaped>::shape)?
                    $(<$type $(<$($of),+>)? as $crate::runtime::Shaped>::shape)?,
                documentation: $crate::runtime::describe::text!($(#[$($meta)*])*),
            }),+];
        }
    };
}

/// Declares the handle of a group with a method for each of its operations, and lists these, with what is said of the
/// methods, for the table of all operations. The text of a method stands within its braces, so that a diff of a line of
/// the text names the method.
///
/// ```text
/// group! {
///     /// The operations of the group `oauth`; [`Client::oauth`] gives it.
///     pub struct Oauth("oauth");
///
///     pub fn exchange(&self, code: impl Into<Secret>) -> Call<OauthExchange, ExchangeRequest> {
///         //! Exchange a code for a session.
///         self.client.call(ExchangeRequest::new(code))
///     }
/// }
/// ```
macro_rules! group {
    (
        $(#[$meta:meta])*
        pub struct $handle:ident($group:literal);
        $(
            $(#[$($attribute:tt)*])*
            pub fn $method:ident($($inputs:tt)*) -> Call<$operation:ident $(, $body:ty)?>
            $(where $client:ident: Carries<$credential:ty>)? {
                $(#![$($text:tt)*])*
                $this:ident $($call:tt)*
            }
        )*
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $handle<C> {
            client: Client<C>,
        }

        impl<C> $handle<C> {
            pub(super) fn new(client: Client<C>) -> Self {
                Self { client }
            }

            $(
                $(#[$($text)*])*
                $(#[$($attribute)*])*
                pub fn $method($($inputs)*) -> Call<$operation $(, $body)?>
                $(where $client: Carries<$credential>)? {
                    $this $($call)*
                }
            )*
        }

        // What a static refers to would be compiled with this crate, the decoding of every response included.
        #[cfg(feature = "operations")]
        pub(super) const OPERATIONS: &[OperationInfo] = &[$(OperationInfo::of::<$operation>(
            $group,
            $crate::runtime::describe::texts!($(#[$($text)*])* $(#[$($attribute)*])*),
        )),*];
    };
}

/// The text of a doc comment, whose lines are attributes.
#[cfg(feature = "operations")]
macro_rules! text {
    ($(#[doc = $line:expr])* $(#[deprecated])?) => {
        concat!($($line, "\n"),*)
    };
}

/// The same in parts, of which some are what a macro gives.
#[cfg(feature = "operations")]
macro_rules! texts {
    ($(#[doc = $part:expr])* $(#[deprecated])?) => {
        &[$($part),*]
    };
}

/// The type of a body, which is `()` where there is none.
macro_rules! body {
    () => {
        ()
    };
    ($body:ty) => {
        $body
    };
}

/// The setter of an optional parameter.
macro_rules! argument {
    ($(#[$meta:meta])* = $described:expr) => {};
    ($(#[$meta:meta])* $name:ident: Vec<$item:ty> = $described:expr) => {
        $(#[$meta])*
        pub fn $name(self, values: impl IntoIterator<Item = impl Into<$item>>) -> Self {
            self.argument_list::<$item>($described.name, values)
        }
    };
    ($(#[$meta:meta])* $name:ident: $type:ty = $described:expr) => {
        $(#[$meta])*
        pub fn $name(self, value: impl Into<$type>) -> Self {
            self.argument::<$type>($described.name, value)
        }
    };
}

/// Declares the responses of an operation that succeeds in several ways, each with its status:
///
/// ```text
/// responses! {
///     /// What the operation responds with.
///     pub enum ReportResponse {
///         /// The report.
///         Ok(Json<Report>) = 200,
///         /// There is none.
///         NoContent = 204,
///     }
/// }
/// ```
macro_rules! responses {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident $(($form:ident<$type:ty>))? = $status:literal),* $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_meta])* $variant $(($type))?,)*
        }

        impl $crate::runtime::FromStatus for $name {
            #[inline]
            fn from_status(
                raw: &$crate::runtime::RawResponse,
            ) -> Result<Self, $crate::runtime::DecodeFault> {
                match raw.status() {
                    $($status => $crate::runtime::describe::read_response!(raw, $variant $(, $form<$type>)?),)*
                    _ => raw.unexpected(),
                }
            }

            #[cfg(feature = "operations")]
            #[inline]
            fn shapes() -> Vec<(u16, $crate::runtime::Shape)> {
                vec![$(($status, $crate::runtime::describe::form_of!($($form<$type>)?, shape()))),*]
            }

            #[cfg(feature = "operations")]
            #[inline]
            fn read_value(
                raw: &$crate::runtime::RawResponse,
            ) -> Result<::serde_json::Value, $crate::runtime::DecodeFault> {
                match raw.status() {
                    $($status => $crate::runtime::describe::form_of!($($form<$type>)?, read_value(raw)),)*
                    _ => raw.unexpected(),
                }
            }

            #[cfg(feature = "operations")]
            #[inline]
            fn read_typed(
                raw: &$crate::runtime::RawResponse,
            ) -> Result<$crate::runtime::Decoded, $crate::runtime::DecodeFault> {
                match raw.status() {
                    $($status => $crate::runtime::describe::form_of!($($form<$type>)?, read_typed(raw)),)*
                    _ => raw.unexpected(),
                }
            }
        }
    };
}

/// One of several responses, read in its form.
macro_rules! read_response {
    ($raw:ident, $variant:ident) => {
        Ok(Self::$variant)
    };
    ($raw:ident, $variant:ident, $form:ident<$type:ty>) => {
        <$crate::runtime::$form as $crate::runtime::ResponseFormat<$type>>::read($raw).map(Self::$variant)
    };
}

/// A call of the form of one of several responses.
#[cfg(feature = "operations")]
macro_rules! form_of {
    (, $($call:tt)*) => {
        <$crate::runtime::Empty as $crate::runtime::ResponseFormat<()>>::$($call)*
    };
    ($form:ident<$type:ty>, $($call:tt)*) => {
        <$crate::runtime::$form as $crate::runtime::ResponseFormat<$type>>::$($call)*
    };
}

pub(crate) use {argument, arguments, body, group, operation, read_response, responses, spec};
#[cfg(feature = "operations")]
pub(crate) use {form_of, text, texts};
