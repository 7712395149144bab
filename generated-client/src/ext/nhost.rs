//! Clients of Nhost Auth.

use crate::nhost::ErrorCode;
use crate::runtime::{self, Call, Core, Credential, ErrorBody, Operation, RawResponse, Secret, Service};
use serde_json::{Map, Value};
use std::fmt;
use std::marker::PhantomData;

#[cfg(feature = "pkce")]
mod pkce;
mod questions;
mod redirect;

#[cfg(feature = "pkce")]
pub use pkce::Pkce;
pub use redirect::{RedirectFailure, RedirectOutcome, SignInRedirect, TicketKind};

/// The error of a call to Nhost Auth.
pub type Error = runtime::Error<ErrorCode>;

/// The settings of a client of Nhost Auth; [`Client::builder`] gives them.
pub type Builder = runtime::Builder<Nhost>;

/// The service Nhost Auth.
#[derive(Clone, Copy, Debug)]
pub enum Nhost {}

/// The credential of a client that was just built: none.
#[derive(Clone, Copy, Debug)]
pub enum Anonymous {}

/// The credential of [`Client::with_access_token`].
#[derive(Clone, Copy, Debug)]
pub enum AccessToken {}

/// A client with the credential `Self` can call operations that need the credential `N`.
///
/// ```compile_fail,E0277
/// use generated_client::nhost::{AccessToken, Carries, Client};
///
/// fn needs_a_user<C: Carries<AccessToken>>(_client: &Client<C>) {}
///
/// fn example(client: &Client) {
///     needs_a_user(&client.with_access_token("eyJ"));
///     needs_a_user(client); // nobody is signed in
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "this operation of Nhost needs a client that carries an `{N}`",
    label = "this client carries no `{N}`",
    note = "`client.with_access_token(jwt)` carries an `AccessToken`"
)]
pub trait Carries<N> {}

impl Carries<Self> for AccessToken {}

/// A client of Nhost Auth that carries the credential `C`.
///
/// It is cheap to clone, and all its clones share their connections.
///
/// ```no_run
/// # fn example(access_token: String) -> Result<(), generated_client::nhost::Error> {
/// use generated_client::nhost::Client;
///
/// let client = Client::builder("https://abc.auth.eu-central-1.nhost.run/v1").build()?;
/// let signed_in = client.with_access_token(access_token);
/// # Ok(())
/// # }
/// ```
pub struct Client<C = Anonymous> {
    core: Core,
    credential: PhantomData<fn() -> C>,
}

/// What a [`Builder`] of Nhost Auth has beside the settings of all services.
#[derive(Debug)]
#[doc(hidden)]
pub struct NhostSettings {
    base_url: String,
}

impl Client {
    /// Starts building a client for the server at this URL: for Nhost's cloud
    /// `https://{subdomain}.auth.{region}.nhost.run/v1`, for a server of one's own often without
    /// a path.
    pub fn builder(base_url: impl Into<String>) -> Builder {
        Builder::new(NhostSettings { base_url: base_url.into() })
    }
}

impl runtime::Builder<Nhost> {
    /// Builds the client.
    ///
    /// # Errors
    ///
    /// [`Kind::InvalidRequest`](runtime::Kind::InvalidRequest) if a setting can't be used.
    pub fn build(mut self) -> Result<Client, Error> {
        let base_url = std::mem::take(&mut self.own.base_url);
        let core = self.connect(base_url, &[], None).map_err(Builder::error)?;
        Ok(Client { core, credential: PhantomData })
    }
}

impl<C> Client<C> {
    /// The same client for a signed-in user.
    #[must_use]
    pub fn with_access_token(&self, jwt: impl Into<Secret>) -> Client<AccessToken> {
        let credential = Credential::bearer("access_token", &[&jwt.into()]);
        Client { core: self.core.carrying(credential), credential: PhantomData }
    }

    /// The URL that all operations are under.
    #[allow(dead_code, reason = "only sessions ask for it")]
    pub(crate) fn base_url(&self) -> &str {
        self.core.base_url()
    }

    /// A call without arguments yet.
    pub(crate) fn call<O: Operation<Service = Nhost>, B>(&self, body: B) -> Call<O, B> {
        Call::new(&self.core, body)
    }
}

#[cfg(feature = "operations")]
impl<C> runtime::CallById for Client<C> {
    type Service = Nhost;

    fn core(&self) -> &Core {
        &self.core
    }

    fn operations() -> Vec<&'static runtime::OperationInfo> {
        crate::nhost::operations()
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

/// A part of the text by which the server says that a security requirement is not met.
const SECURITY: &str = "SecurityRequirementsError";

impl Service for Nhost {
    type Code = ErrorCode;
    type Settings = NhostSettings;
    const NAME: &'static str = "nhost";

    fn read_error(response: &RawResponse) -> ErrorBody {
        match response.object() {
            Some(body) => read_object(&body),
            None => ErrorBody::read(response, is_code),
        }
    }
}

/// The forms that are JSON:
///
/// - `{error, message, status}`, `{error, reason}` and, of OAuth 2.0, `{error, error_description}`, where `error` is a
///   code;
/// - `{error}` alone, which is a free text that may end in a code;
/// - `{msg}`;
/// - `{errors, message}`, where `errors` is a code or a list of texts.
fn read_object(body: &Map<String, Value>) -> ErrorBody {
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let error = text("error");
    let first_error = match body.get("errors") {
        Some(Value::Array(errors)) => errors.first().and_then(Value::as_str),
        errors => errors.and_then(Value::as_str),
    };
    let message = ["message", "reason", "error_description", "msg"].into_iter().find_map(text);

    // A word without a hyphen is only a code if there is a message beside it.
    let code = match error {
        Some(error) => code(error, message.is_some()),
        None => first_error.and_then(|error| code(error, false)),
    };
    // A text that was taken for the code is no message.
    let free = |text: Option<&str>| text.filter(|text| code != Some(text)).map(str::to_owned);
    ErrorBody {
        code: code.map(|code| if code == "invalid_request" { "invalid-request" } else { code }.to_owned()),
        message: message.map(str::to_owned).or_else(|| free(error)),
        detail: free(first_error),
    }
}

/// The code in a text: the whole text, or the end of one about security requirements.
fn code(text: &str, is_described: bool) -> Option<&str> {
    let (last, may_be_a_word) = match text.rsplit_once(": ") {
        Some((before, last)) if before.contains(SECURITY) => (last, false),
        Some(_) => return None,
        None => (text, is_described),
    };
    (is_code(last) && (may_be_a_word || last.contains(['-', '_']))).then_some(last)
}

/// A code has letters, hyphens and, in OAuth 2.0, underscores. Nothing else is taken for a code, since codes are printed.
fn is_code(text: &str) -> bool {
    let is_in_codes = |byte: u8| byte.is_ascii_alphabetic() || byte == b'-' || byte == b'_';
    (1..=64).contains(&text.len()) && text.bytes().all(is_in_codes)
}

#[cfg(test)]
mod tests;
