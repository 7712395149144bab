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

    /// What [`call_operation_typed`](Client::call_operation_typed) makes of a response that was stored or made up.
    ///
    /// # Errors
    ///
    /// Those of [`Call::send`] for such a response; an operation that doesn't exist is refused.
    #[cfg(feature = "operations")]
    #[inline]
    pub fn read_response(id: &str, response: RawResponse) -> Result<runtime::Typed, Error> {
        runtime::read_response::<Nhost>(&crate::nhost::operations(), id, response)
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

    /// Calls the operation with this id, such as `signin_provider`. Arguments go by their names on the wire; those that are
    /// no parameters of the operation are members of its body. A whole body goes by `body`: one that is no object, or that
    /// has a member with the name of a parameter.
    ///
    /// A redirect is answered as `{"status": .., "location": ..}`. The response is plain JSON: what is secret in it is not
    /// kept from being printed.
    ///
    /// # Errors
    ///
    /// Those of [`Call::send`]; an operation that doesn't exist, an argument that it doesn't have, and a credential
    /// that the client lacks are refused.
    #[cfg(feature = "operations")]
    pub async fn call_operation(&self, id: &str, arguments: Map<String, Value>) -> Result<Value, Error> {
        runtime::call_listed::<Nhost>(&self.core, &crate::nhost::operations(), id, arguments).await
    }

    /// Like [`call_operation`](Self::call_operation), for the response as it came: its status, headers and body.
    /// [`OperationInfo::read`](runtime::OperationInfo::read) makes the same JSON of it as `call_operation`.
    ///
    /// # Errors
    ///
    /// Those of [`Call::send_raw`], and the refusals of `call_operation`.
    #[cfg(feature = "operations")]
    pub async fn call_operation_raw(
        &self,
        id: &str,
        arguments: Map<String, Value>,
    ) -> Result<RawResponse, Error> {
        runtime::call_listed_raw::<Nhost>(&self.core, &crate::nhost::operations(), id, arguments).await
    }

    /// Like [`call_operation`](Self::call_operation), but the response is read as its type, as [`Call::send`] does.
    ///
    /// # Errors
    ///
    /// Those of [`call_operation`](Self::call_operation).
    #[cfg(feature = "operations")]
    pub async fn call_operation_typed(
        &self,
        id: &str,
        arguments: serde_json::Map<String, serde_json::Value>,
    ) -> Result<runtime::Typed, Error> {
        runtime::call_typed::<Nhost>(&self.core, &crate::nhost::operations(), id, arguments).await
    }

    /// The request that [`call_operation`](Self::call_operation) would send. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`Kind::InvalidRequest`](runtime::Kind::InvalidRequest) for whatever `call_operation` refuses.
    #[cfg(feature = "operations")]
    pub fn prepare_operation(
        &self,
        id: &str,
        arguments: Map<String, Value>,
    ) -> Result<runtime::Prepared, Error> {
        runtime::prepare_listed::<Nhost>(&self.core, &crate::nhost::operations(), id, arguments)
    }

    /// A call without arguments yet.
    #[allow(dead_code, reason = "only generated groups use it")]
    pub(crate) fn call<O: Operation<Service = Nhost>, B>(&self, body: B) -> Call<O, B> {
        self.core.call(body)
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

/// What the text of an unmet security requirement has in it.
const SECURITY: &str = "SecurityRequirementsError";

impl Service for Nhost {
    type Code = ErrorCode;
    type Settings = NhostSettings;
    const NAME: &'static str = "nhost";

    fn read_error(response: &RawResponse) -> ErrorBody {
        match response.object() {
            Some(body) => read_object(&body),
            None => ErrorBody { message: response.short_text(), ..ErrorBody::default() },
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

    // A word beside a message is a code even without a hyphen.
    let code = match error {
        Some(error) => code(error, message.is_some()),
        None => first_error.and_then(|error| code(error, false)),
    };
    // A text that is only a code is no message as well.
    let free = |text: Option<&str>| text.filter(|text| code != Some(text)).map(str::to_owned);
    ErrorBody {
        code: code.map(|code| if code == "invalid_request" { "invalid-request" } else { code }.to_owned()),
        message: message.map(str::to_owned).or_else(|| free(error)),
        detail: free(first_error),
    }
}

/// The code that a text is or, if it speaks of security requirements, ends in.
fn code(text: &str, is_described: bool) -> Option<&str> {
    let (last, may_be_a_word) = match text.rsplit_once(": ") {
        Some((before, last)) if before.contains(SECURITY) => (last, false),
        Some(_) => return None,
        None => (text, is_described),
    };
    (is_code(last) && (may_be_a_word || last.contains(['-', '_']))).then_some(last)
}

/// Letters, hyphens and, of OAuth 2.0, underscores. Anything else is not taken for a code, since codes are printed.
fn is_code(text: &str) -> bool {
    let is_in_codes = |byte: u8| byte.is_ascii_alphabetic() || byte == b'-' || byte == b'_';
    (1..=64).contains(&text.len()) && text.bytes().all(is_in_codes)
}

#[cfg(test)]
mod tests;
