//! Clients of the service that the cases describe.

use std::fmt;
use std::marker::PhantomData;

use crate::runtime::{self, Call, Core, Credential, Operation, Secret, Service};

/// The error of a call to the service.
pub type Error = runtime::Error<String>;

/// The settings of a client.
pub type Builder = runtime::Builder<Sample>;

/// The service.
#[derive(Clone, Copy, Debug)]
pub enum Sample {}

/// The credential that every client has.
#[derive(Clone, Copy, Debug)]
pub enum BaseKey {}

/// The credential of [`Client::with_user_token`].
#[derive(Clone, Copy, Debug)]
pub enum UserToken {}

/// The credential of [`Client::with_admin_key`].
#[derive(Clone, Copy, Debug)]
pub enum AdminKey {}

/// A client with the credential `Self` can call operations that need the credential `N`.
pub trait Carries<N> {}

impl Carries<Self> for UserToken {}
impl Carries<Self> for AdminKey {}
impl<C> Carries<BaseKey> for C {}

/// A client that carries the credential `C` beside its base key.
pub struct Client<C = BaseKey> {
    core: Core,
    credential: PhantomData<fn() -> C>,
}

impl Client {
    /// Starts building a client.
    pub fn builder() -> Builder {
        Builder::new(())
    }
}

impl runtime::Builder<Sample> {
    /// Builds the client.
    ///
    /// # Errors
    ///
    /// If a setting can't be used.
    pub fn build(self, base_key: impl Into<Secret>) -> Result<Client, Error> {
        let key = Credential::bearer("base_key", &[&base_key.into()]);
        let core = self.connect(String::new(), &[], Some(key)).map_err(Builder::error)?;
        Ok(Client { core, credential: PhantomData })
    }
}

impl<C> Client<C> {
    /// The same client for a signed-in user.
    #[must_use]
    pub fn with_user_token(&self, token: impl Into<Secret>) -> Client<UserToken> {
        self.carrying(Credential::bearer("user_token", &[&token.into()]))
    }

    /// The same client for an administrator.
    #[must_use]
    pub fn with_admin_key(&self, key: impl Into<Secret>) -> Client<AdminKey> {
        self.carrying(Credential::bearer("admin_key", &[&key.into()]))
    }

    fn carrying<N>(&self, credential: Credential) -> Client<N> {
        Client { core: self.core.carrying(credential), credential: PhantomData }
    }

    /// A call without arguments yet.
    pub(crate) fn call<O: Operation<Service = Sample>, B>(&self, body: B) -> Call<O, B> {
        Call::new(&self.core, body)
    }
}

impl<C> Clone for Client<C> {
    fn clone(&self) -> Self {
        Self { core: self.core.clone(), credential: PhantomData }
    }
}

impl<C> fmt::Debug for Client<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.core.fmt(f)
    }
}

impl Service for Sample {
    type Code = String;
    type Settings = ();
    const NAME: &'static str = "sample";
}
