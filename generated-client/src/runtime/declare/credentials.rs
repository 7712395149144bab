//! The credentials of a client: their types, which of them a client carries, and the methods that give a client with one.

/// The types of the credentials, and which of them a client carries. Every client carries those of the base schemes.
macro_rules! credentials {
    ([$($carries_meta:tt)*] [$($base:ident)*] [$($carried:ident $with:ident)*] $all:tt) => {
        $(
            #[doc = "A credential that every client carries. It alone is carried by a client that was just built."]
            #[derive(Clone, Copy, Debug)]
            pub enum $base {}
        )*
        $(
            #[doc = concat!("The credential of [`Client::", stringify!($with), "`].")]
            #[derive(Clone, Copy, Debug)]
            pub enum $carried {}

            impl Carries<Self> for $carried {}
        )*

        $($carries_meta)*
        pub trait Carries<N> {}

        $($crate::runtime::declare::credentials::carries_base! { $base $all })*
    };
}

/// Says that a client with any of these credentials carries the base credential, too.
macro_rules! carries_base {
    ($base:ident [$($credential:ident)*]) => {
        $(impl Carries<$base> for $credential {})*
    };
}

/// The methods that give a client with a credential.
macro_rules! carrying {
    ($($with:ident [$($argument:ident)+] $carried:ident [$scheme:expr] [$($meta:tt)*])*) => {
        impl<C> Client<C> {
            $(
                /// The same client with this credential:
                ///
                $($meta)*
                #[must_use]
                pub fn $with(&self, $($argument: impl Into<$crate::Secret>),+) -> Client<$carried> {
                    const SCHEME: &SecurityScheme = &$scheme;
                    Client::of(self.core.with_value(SCHEME, &[$($argument.into()),+]))
                }
            )*
        }
    };
}

/// The methods that give a client with a value that goes with every request.
macro_rules! setting {
    ($($with:ident $argument:ident [$scheme:expr] [$($meta:tt)*])*) => {
        impl<C> Client<C> {
            $(
                /// The same client, with the same credential, and with this setting:
                ///
                $($meta)*
                #[must_use]
                pub fn $with(&self, $argument: impl Into<$crate::Secret>) -> Self {
                    const SCHEME: &SecurityScheme = &$scheme;
                    Self::of(self.core.with_setting(SCHEME, $argument.into()))
                }
            )*
        }
    };
}

pub(crate) use {carries_base, carrying, credentials, setting};

/// Whether a client with the first credential can call an operation that needs the second. The module that asks has
/// the `Carries` of its service in scope.
#[cfg(test)]
macro_rules! carries {
    ($credential:ty, $needed:ty) => {{
        struct Client<C>(std::marker::PhantomData<C>);
        #[allow(dead_code, reason = "it counts only where the constant below doesn't exist")]
        trait Otherwise {
            const CARRIES: bool = false;
        }
        impl<C> Otherwise for Client<C> {}
        #[allow(dead_code, reason = "where it exists, it goes before the constant of the trait")]
        impl<C: Carries<$needed>> Client<C> {
            const CARRIES: bool = true;
        }
        <Client<$credential>>::CARRIES
    }};
}

#[cfg(test)]
pub(crate) use carries;
