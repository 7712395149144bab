//! Declares operations.

/// Declares the operations of a group. For each there is a type in the module `op` that stands for it: its service, its
/// body, the format and type of its response, its description, and its parameters in the order in which they are sent. A
/// parameter in parentheses is required, and the method that starts the call sets it. Any other has a setter on the
/// operation's `Call`. Behind the description stands how the operation gives a list in [pages](super::paging), if it does.
///
/// ```text
/// operations! {
/// pub enum OauthAuthorize(LoginOptions): Descope -> Json<RedirectUrl> {
///     Spec::post("oauth_authorize", "/v1/authorize").credentials(&["project_id"]).body(MediaType::Json);
///     (provider: String) = Parameter::query("provider").required();
///     /// Where the browser goes afterwards.
///     redirect_url: String = Parameter::query("redirectUrl");
/// }
/// }
/// ```
macro_rules! operations {
    ($(
        pub enum $name:ident $(($body:ty))?: $service:ident -> $format:ident<$response:ty> {
            $spec:expr $(=> $pages:ident($($paging:tt)*))?;
            $($parameters:tt)*
        }
    )*) => {
        /// The types that stand for the operations.
        #[doc(hidden)]
        pub mod op {
            $(pub enum $name {})*
        }

        $($crate::runtime::declare::parameters::declare! {
            [operation::description, parameters::setters]
            {
                $name [$($body)?] $service $format [$response] [$spec $(, $pages)?]
            }
            $($parameters)*
        })*

        $($($crate::runtime::declare::paging::$pages! { $name $($paging)* })?)*
    };
}

/// `Operation`: what the engine has to know of an operation.
macro_rules! description {
    (
        $name:ident [$($body:ty)?] $service:ident $format:ident [$response:ty] [$spec:expr $(, $pages:ident)?]
        [$(($parameter:ident $type:tt $_presence:ident $meta:tt $parameter_spec:expr))*]
    ) => {
        impl $crate::runtime::Operation for op::$name {
            type Service = $service;
            type Body = $crate::runtime::declare::operation::body_type!($($body)?);
            type Response = $response;
            type Format = $crate::runtime::$format;
            const SPEC: &'static $crate::runtime::Spec =
                &$crate::runtime::declare::operation::spec!($spec $(, $parameter_spec)*)
                    $(.$pages(<op::$name as $crate::runtime::PagedOperation>::PAGING))?;
            $crate::runtime::declare::parameters::listed! { $(($parameter $type $meta))* }
        }
    };
}

/// The description of an operation with its parameters, if it has any.
macro_rules! spec {
    ($spec:expr) => { $spec };
    ($spec:expr, $($parameter:expr),+) => { $spec.parameters(&[$($parameter),+]) };
}

/// The type of a body, which is `()` for an operation without one.
macro_rules! body_type {
    () => {
        ()
    };
    ($body:ty) => {
        $body
    };
}

pub(crate) use {body_type, description, operations, spec};
