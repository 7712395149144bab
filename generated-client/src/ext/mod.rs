//! The clients, the credentials and the errors of the services.

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

#[cfg(feature = "_descope")]
pub(crate) mod descope;
#[cfg(feature = "_nhost")]
pub(crate) mod nhost;
