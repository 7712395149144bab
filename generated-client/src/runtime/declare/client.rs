//! Declares the client of a service.

/// Declares a service: its type, its errors, its credentials, and the client that carries them. `builder` takes the base
/// URL unless `at` gives one for all clients; the two dots stand for the values of the schemes that every client carries.
/// `servers` lists the URLs of operations that aren't at the base URL. The names in parentheses are the arguments: one
/// value, or the user name and the password of HTTP Basic. `together` lists sets of base schemes that go with one request.
///
/// ```text
/// client! {
///     /// A client of Descope that carries the credential `C`.
///     pub struct Client<C = ProjectId>(Descope, "descope", "Descope", ErrorCode);
///
///     #[diagnostic::on_unimplemented(message = "this operation needs a client that carries a `{N}`")]
///     pub trait Carries<N>;
///
///     /// Starts building a client.
///     pub fn builder(..) at "https://api.descope.com";
///
///     servers {
///         "https://uploads.descope.com";
///     }
///     base {
///         /// The ID of the project.
///         ProjectId(project_id) = SecurityScheme::bearer("project_id");
///     }
///     parts {
///         /// A key that is sent beside the others.
///         auth_management_key(key) = SecurityScheme::bearer("auth_management_key");
///     }
///     carried {
///         /// The refresh JWT of a signed-in user.
///         RefreshToken: with_refresh_token(token) =
///             SecurityScheme::bearer("refresh_token").parts(&["project_id", "refresh_token"]);
///     }
///     settings {
///         /// The token of the device.
///         device_token: with_device_token(token) = SecurityScheme::header("device_token", "x-device");
///     }
/// }
/// ```
macro_rules! client {
    (
        $(#$client_meta:tt)*
        pub struct Client<C = $default:ident>($service:ident, $name:literal, $title:literal, $code:ty);
        $(#$carries_meta:tt)*
        pub trait Carries<N>;
        $(#$builder_meta:tt)*
        pub fn builder($($url:ident,)? ..) $(at $base_url:literal)?;
        $(servers { $($server:literal;)+ })?
        base { $($(#[doc = $base_doc:literal])* $base:ident($($base_argument:ident),+) = $base_scheme:expr;)* }
        parts {
            $($(#[doc = $part_doc:literal])* $part:ident($part_argument:ident) = $part_scheme:expr;)*
        }
        carried {
            $($(#[doc = $doc:literal])* $carried:ident: $with:ident($($argument:ident),+) = $scheme:expr;)*
        }
        $(settings {
            $(
                $(#[doc = $setting_doc:literal])*
                $setting:ident: $with_setting:ident($setting_argument:ident) = $setting_scheme:expr;
            )*
        })?
        $(together { $($(#[doc = $together_doc:literal])* $together:ident = $together_scheme:expr;)* })?
    ) => {
        $crate::runtime::declare::client::service! {
            $service $title $code
            [
                $crate::runtime::ServiceSpec::new::<$service>($name, $title)
                    $(.base_url($base_url))?
                    $(.servers(&[$($server),+]))?
            ]
            [
                $(Base [$($base_doc)*] [$base_scheme])*
                $(Part [$($part_doc)*] [$part_scheme])*
                $(Carried [$($doc)*] [$scheme])*
                $($(Setting [$($setting_doc)*] [$setting_scheme])*)?
                $($(Base [$($together_doc)*] [$together_scheme])*)?
            ]
        }
        $crate::runtime::declare::credentials::credentials! {
            [$(#$carries_meta)*] [$($base)*] [$($carried $with)*] [$($base)* $($carried)*]
        }
        $crate::runtime::declare::client::struct_client! { $service $default [$(#$client_meta)*] }
        $crate::runtime::declare::client::builder! {
            [$(#$builder_meta)*] [$($url)?] [$([$($base_argument)+] [$base_scheme])*]
            [
                $($part $part_argument [$part_scheme] [$(#[doc = $part_doc])*])*
                $($($setting $setting_argument [$setting_scheme] [$(#[doc = $setting_doc])*])*)?
            ]
        }
        $crate::runtime::declare::credentials::carrying! {
            $($with [$($argument)+] $carried [$scheme] [$(#[doc = $doc])*])*
        }
        $($crate::runtime::declare::credentials::setting! {
            $($with_setting $setting_argument [$setting_scheme] [$(#[doc = $setting_doc])*])*
        })?
        $crate::runtime::declare::by_id::by_id! {}
    };
}

/// The type that stands for the service, and the type of its errors.
macro_rules! service {
    ($service:ident $title:literal $code:ty [$spec:expr] [$($role:ident [$($doc:literal)*] [$scheme:expr])*]) => {
        #[doc = concat!("The service ", stringify!($service), ".")]
        #[derive(Clone, Copy, Debug)]
        pub enum $service {}

        #[doc = concat!(
            " The error of a call to ", $title, ", with the codes of this service.\n\n",
            " The [methods of an error](crate::runtime::Error) are questions to ask it: those of this service, such as",
            " whether nobody is signed in, and those of all."
        )]
        pub type Error = $crate::runtime::Error<$code>;

        impl $crate::runtime::Service for $service {
            type Code = $code;
            const SPEC: &'static $crate::runtime::ServiceSpec = &$spec.schemes(&[
                $($scheme.role($crate::runtime::SchemeRole::$role).describe(&[$($doc),*])),*
            ]);
        }
    };
}

/// The client itself.
macro_rules! struct_client {
    ($service:ident $default:ident [$($meta:tt)*]) => {
        $($meta)*
        pub struct Client<C = $default> {
            core: $crate::runtime::Core,
            credential: ::std::marker::PhantomData<fn() -> C>,
        }

        impl<C> Client<C> {
            fn of(core: $crate::runtime::Core) -> Self {
                Self { core, credential: ::std::marker::PhantomData }
            }

            /// The state of the client.
            #[allow(dead_code, reason = "only code that is written by hand asks for it")]
            pub(crate) fn core(&self) -> &$crate::runtime::Core {
                &self.core
            }

            /// The URL that all operations are under.
            #[allow(dead_code, reason = "only code that is written by hand asks for it")]
            pub(crate) fn base_url(&self) -> &str {
                self.core.base_url()
            }

            /// A call without arguments yet.
            pub(crate) fn call<O, B>(&self, body: B) -> $crate::runtime::Call<O, B>
            where
                O: $crate::runtime::Operation<Service = $service>,
            {
                $crate::runtime::Call::new(&self.core, body)
            }
        }

        impl $crate::runtime::ServiceClient for Client {
            type Code = <$service as $crate::runtime::Service>::Code;
        }

        impl<C> Clone for Client<C> {
            fn clone(&self) -> Self {
                Self::of(self.core.clone())
            }
        }

        impl<C> ::std::fmt::Debug for Client<C> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.core, f)
            }
        }

        const SPEC: &$crate::runtime::ServiceSpec = <$service as $crate::runtime::Service>::SPEC;
    };
}

/// The start of building a client, and the setters of the settings that only this service has.
macro_rules! builder {
    (
        [$($meta:tt)*] [$($url:ident)?] [$([$($argument:ident)+] [$scheme:expr])*]
        [$($part:ident $part_argument:ident [$part_scheme:expr] [$($part_meta:tt)*])*]
    ) => {
        /// The settings of a client of the service; [`Client::builder`] gives them.
        pub type Builder = $crate::runtime::Builder<Client>;

        impl Client {
            $($meta)*
            pub fn builder($($url: impl Into<String>,)? $($($argument: impl Into<$crate::Secret>),+),*) -> Builder {
                $crate::runtime::Builder::new(SPEC, Self::of)
                    $(.base_url($url))?
                    $(.given($scheme.name, vec![$($argument.into()),+]))*
            }
        }

        impl Builder {
            $(
                $($part_meta)*
                pub fn $part(self, $part_argument: impl Into<$crate::Secret>) -> Self {
                    self.given($part_scheme.name, vec![$part_argument.into()])
                }
            )*
        }
    };
}

pub(crate) use {builder, client, service, struct_client};

#[cfg(test)]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "it stands for generated code")]
mod tests {
    use crate::runtime::codegen::*;
    use crate::runtime::declare::credentials::carries;
    use crate::runtime::{Conventions, Placement, SchemeRole, Service};

    impl Conventions for Depot {}

    #[cfg(feature = "operations")]
    fn operations() -> Vec<&'static OperationInfo> {
        Vec::new()
    }

    client! {
        /// A client of the depot.
        pub struct Client<C = Account>(Depot, "depot", "The depot", String);

        pub trait Carries<N>;

        pub fn builder(base_url, ..);

        base {
            /// The name of the account.
            Account(account) = SecurityScheme::header("account", "X-Account");
        }
        parts {
            tenant(name) = SecurityScheme::bearer("tenant");
        }
        carried {
            Token: with_token(token) = SecurityScheme::bearer("token").parts(&["token", "tenant"]);
            Login: with_login(user_name, password) = SecurityScheme::basic("login");
        }
        settings {
            /// The token of the device.
            device: with_device(token) = SecurityScheme::header("device", "X-Device");
            cookie: with_cookie(name) = SecurityScheme::unsent("cookie");
        }
    }

    operations! {
        pub enum Probe: Depot -> Empty<()> {
            Spec::get("probe", "/probe").credentials(&["token", "login", "account"]);
        }
    }

    #[test]
    fn the_service_lists_its_schemes() {
        let spec = Depot::SPEC;
        assert_eq!((spec.name, spec.title, spec.base_url), ("depot", "The depot", None));
        let schemes: Vec<_> =
            spec.schemes.iter().map(|scheme| (scheme.name, scheme.role, scheme.placement)).collect();
        assert_eq!(
            schemes,
            [
                ("account", SchemeRole::Base, Placement::Header("X-Account")),
                ("tenant", SchemeRole::Part, Placement::Bearer),
                ("token", SchemeRole::Carried, Placement::Bearer),
                ("login", SchemeRole::Carried, Placement::Basic),
                ("device", SchemeRole::Setting, Placement::Header("X-Device")),
                ("cookie", SchemeRole::Setting, Placement::Unsent),
            ]
        );
        assert_eq!(
            spec.scheme("account").map(SecurityScheme::description).as_deref(),
            Some("The name of the account.")
        );
    }

    #[test]
    fn a_client_carries_what_it_was_built_with_and_what_it_was_given() {
        assert!(carries!(Account, Account) && !carries!(Account, Token));
        assert!(carries!(Token, Account) && carries!(Token, Token) && !carries!(Token, Login));
        let builder = || Client::builder("https://depot.example", "a1");
        let client = builder().tenant("t1").build().unwrap();
        let header = |client: &crate::runtime::Core, name| {
            let mut request = reqwest::Request::new(reqwest::Method::GET, client.base_url().parse().unwrap());
            client
                .credential(<op::Probe as crate::runtime::Operation>::SPEC)
                .unwrap()
                .add_to(&mut request)
                .unwrap();
            request.headers().get(name).map(|value| value.to_str().unwrap().to_owned())
        };
        assert_eq!(header(client.core(), "x-account").as_deref(), Some("a1"));
        let token = header(client.with_token("s3cret").core(), "authorization");
        assert_eq!(token.as_deref(), Some("Bearer s3cret:t1"));
        let login = header(client.with_login("u", "p").core(), "authorization");
        assert_eq!(login.as_deref(), Some("Basic dTpw"));
        let client = client.with_token("s3cret").with_device("d1").with_cookie("c").with_device("d2");
        let mut request = reqwest::Request::new(reqwest::Method::GET, client.base_url().parse().unwrap());
        client.core().settings().iter().for_each(|setting| setting.add_to(&mut request).unwrap());
        assert_eq!(request.headers().iter().count(), 1);
        assert_eq!(request.headers()["x-device"], "d2");
        assert!(request.headers()["x-device"].is_sensitive());
        let error = builder().device("d\n").build().unwrap_err();
        assert_eq!(error.to_string(), "depot: credential `device` has a control character in it");
        let error = builder().header("x-device", "d1").device("d2").build().unwrap_err();
        assert_eq!(
            error.to_string(),
            "depot: header `x-device` is set by the client itself, from the credential `device`"
        );
        let error = builder().tenant("t:1").build().unwrap_err();
        assert_eq!(error.to_string(), "depot: credential `tenant` has a colon in it");
        let error = Client::builder("https://depot.example", "").build().unwrap_err();
        assert_eq!(error.to_string(), "depot: credential `account` is empty");
    }
}
