//! The macro that generated modules describe their operations with.

#![allow(unused_macros, unused_imports, reason = "what of it generated code uses depends on the features")]

/// Declares the type that stands for an operation: its body, its service, how the answer is read and what it is, the
/// rest of its description, and its parameters in the order in which they are sent. A parameter in parentheses is
/// required, and set by the method that starts the call; any other has a setter on the operation's `Call`.
///
/// ```text
/// operation! {
///     /// `POST /v1/authorize`, which [`Oauth::authorize`] calls.
///     OauthAuthorize(LoginOptions): Descope -> Json<RedirectUrl> =
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
        $(#[$meta:meta])*
        $name:ident($($body:ty)?): $service:ident -> $form:ident<$answer:ty> = $spec:expr;
        $(
            $(#[$($parameter_meta:tt)*])*
            $(($required:ident: $required_type:ty))? $($parameter:ident: $type:ident $(<$($of:ty),+>)?)? = $described:expr;
        )*
    ) => {
        $(#[$meta])*
        #[derive(Debug)]
        pub enum $name {}

        impl $crate::runtime::Operation for $name {
            type Service = $service;
            type Answer = $answer;
            type Form = $crate::runtime::$form;
            const SPEC: &'static $crate::runtime::Spec = &$spec.parameters(&[$($described),*]);
        }

        impl $crate::runtime::Call<$name $(, $body)?> {
            $($crate::runtime::describe::argument! {
                $(#[$($parameter_meta)*])* $($parameter: $type $(<$($of),+>)?)? = $described
            })*
        }

        #[cfg(feature = "operations")]
        impl $crate::runtime::Listed for $name {
            const PARAMETERS: &'static [fn() -> $crate::runtime::Shape] = &[$(
                $(<$required_type as $crate::runtime::Shaped>::shape)?
                $(<$type $(<$($of),+>)? as $crate::runtime::Shaped>::shape)?
            ),*];

            const ARGUMENTS: &'static [$crate::runtime::ArgumentInfo] = &[$($crate::runtime::ArgumentInfo {
                name: $(stringify!($required))? $(stringify!($parameter))?,
                documentation: &[$($crate::runtime::describe::doc_line!($($parameter_meta)*)),*],
            }),*];

            const REQUEST_IS_OPTIONAL: bool = false $(|| <$body as $crate::runtime::Shaped>::IS_OPTIONAL)?;

            #[inline]
            fn request() -> $crate::runtime::Shape {
                $crate::runtime::describe::body_shape!($($body)?)
            }

            #[cfg(feature = "both-directions")]
            #[inline]
            fn read_request(
                body: &::serde_json::Value,
            ) -> Result<$crate::runtime::Typed, $crate::runtime::DecodeFault> {
                $crate::runtime::Typed::read::<$crate::runtime::describe::body_type!($($body)?)>(body)
            }
        }
    };
}

/// Declares the handle of a group with a method for each of its operations, and lists these, with what is said of the
/// methods, for the table of all operations.
///
/// ```text
/// group! {
///     /// The operations of the group `oauth`; [`Client::oauth`] gives it.
///     pub struct Oauth("oauth");
///
///     /// Exchange a code for a session.
///     pub fn exchange(&self, code: impl Into<Secret>) -> Call<OauthExchange, ExchangeRequest> {
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
            $(where $client:ident: Carries<$credential:ty>)? $call:block
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
                $(#[$($attribute)*])*
                pub fn $method($($inputs)*) -> Call<$operation $(, $body)?>
                $(where $client: Carries<$credential>)? $call
            )*
        }

        // What a static refers to would be compiled with this crate, the decoding of every answer included.
        #[cfg(feature = "operations")]
        pub(super) const OPERATIONS: &[OperationInfo] = &[$(OperationInfo::of::<$operation>(
            $group,
            &[$($crate::runtime::describe::doc_line!($($attribute)*)),*],
        )),*];
    };
}

/// The text of a line of a doc comment, which is an attribute; any other attribute has none.
#[cfg(feature = "operations")]
macro_rules! doc_line {
    (doc = $line:literal) => {
        $line
    };
    ($($other:tt)*) => {
        ""
    };
}

/// The shape of a body.
#[cfg(feature = "operations")]
macro_rules! body_shape {
    () => {
        $crate::runtime::Shape::Nothing
    };
    ($body:ty) => {
        <$body as $crate::runtime::Shaped>::shape()
    };
}

/// The type of a body.
#[cfg(all(feature = "operations", feature = "both-directions"))]
macro_rules! body_type {
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

/// Declares the answers of an operation that succeeds in several ways, each with its status:
///
/// ```text
/// answers! {
///     /// What the operation answers.
///     pub enum ReportAnswer {
///         /// The report.
///         Ok(Json<Report>) = 200,
///         /// There is none.
///         NoContent = 204,
///     }
/// }
/// ```
macro_rules! answers {
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
                raw: &$crate::runtime::RawAnswer,
            ) -> Result<Self, $crate::runtime::DecodeFault> {
                match raw.status() {
                    $($status => $crate::runtime::describe::read_answer!(raw, $variant $(, $form<$type>)?),)*
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
                raw: &$crate::runtime::RawAnswer,
            ) -> Result<::serde_json::Value, $crate::runtime::DecodeFault> {
                match raw.status() {
                    $($status => $crate::runtime::describe::form_of!($($form<$type>)?, read_value(raw)),)*
                    _ => raw.unexpected(),
                }
            }

            #[cfg(feature = "operations")]
            #[inline]
            fn read_typed(
                raw: &$crate::runtime::RawAnswer,
            ) -> Result<$crate::runtime::Typed, $crate::runtime::DecodeFault> {
                match raw.status() {
                    $($status => $crate::runtime::describe::form_of!($($form<$type>)?, read_typed(raw)),)*
                    _ => raw.unexpected(),
                }
            }
        }
    };
}

/// One of several answers, read in its form.
macro_rules! read_answer {
    ($raw:ident, $variant:ident) => {
        Ok(Self::$variant)
    };
    ($raw:ident, $variant:ident, $form:ident<$type:ty>) => {
        <$crate::runtime::$form as $crate::runtime::Form<$type>>::read($raw).map(Self::$variant)
    };
}

/// A call of the form of one of several answers.
#[cfg(feature = "operations")]
macro_rules! form_of {
    (, $($call:tt)*) => {
        <$crate::runtime::Empty as $crate::runtime::Form<()>>::$($call)*
    };
    ($form:ident<$type:ty>, $($call:tt)*) => {
        <$crate::runtime::$form as $crate::runtime::Form<$type>>::$($call)*
    };
}

#[cfg(all(feature = "operations", feature = "both-directions"))]
pub(crate) use body_type;
pub(crate) use {answers, argument, group, operation, read_answer};
#[cfg(feature = "operations")]
pub(crate) use {body_shape, doc_line, form_of};
