//! Clients of Descope.

mod cookies;

use crate::descope::ErrorCode;
use crate::runtime::{self, Call, Core, Credential, InvalidRequest, Operation, RawResponse, Secret, Service};
use reqwest::StatusCode;
use serde_json::{Map, Value};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// The error of a call to Descope.
///
/// ```
/// use generated_client::descope::Error;
/// use generated_client::runtime::Kind;
///
/// fn advice(error: &Error) -> &'static str {
///     if error.is_pending() {
///         return "ask again in a second";
///     }
///     match error.kind() {
///         Kind::Api(_) if error.is_rate_limited() => "wait as long as `retry_after` says",
///         Kind::Api(api) if api.status().is_client_error() => "look at the code",
///         Kind::InvalidRequest(_) => "correct the call",
///         _ => "try again later",
///     }
/// }
/// ```
pub type Error = runtime::Error<ErrorCode>;

/// The settings of a client of Descope; [`Client::builder`] gives them.
pub type Builder = runtime::Builder<Descope>;

/// The service Descope.
#[derive(Clone, Copy, Debug)]
pub enum Descope {}

/// The credential of a client that was just built: the project ID alone.
#[derive(Clone, Copy, Debug)]
pub enum ProjectId {}

/// The credential of [`Client::with_refresh_token`].
#[derive(Clone, Copy, Debug)]
pub enum RefreshToken {}

/// The credential of [`Client::with_session_token`].
#[derive(Clone, Copy, Debug)]
pub enum SessionToken {}

/// The credential of [`Client::with_access_key`].
#[derive(Clone, Copy, Debug)]
pub enum AccessKey {}

/// The credential of [`Client::with_management_key`].
#[derive(Clone, Copy, Debug)]
pub enum ManagementKey {}

/// A client with the credential `Self` can call operations that need the credential `N`.
///
/// ```compile_fail,E0277
/// use generated_client::descope::{Carries, Client, RefreshToken};
///
/// fn needs_a_user<C: Carries<RefreshToken>>(_client: &Client<C>) {}
///
/// fn example(client: &Client) {
///     needs_a_user(&client.with_refresh_token("eyJ"));
///     needs_a_user(client); // the project ID alone is not enough
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "this operation of Descope needs a client that carries a `{N}`",
    label = "this client carries no `{N}`",
    note = "`client.with_refresh_token(jwt)` carries a `RefreshToken`",
    note = "`client.with_session_token(jwt)` carries a `SessionToken`",
    note = "`client.with_access_key(key)` carries an `AccessKey`",
    note = "`client.with_management_key(key)` carries a `ManagementKey`"
)]
pub trait Carries<N> {}

impl Carries<Self> for RefreshToken {}
impl Carries<Self> for SessionToken {}
impl Carries<Self> for AccessKey {}
impl Carries<Self> for ManagementKey {}
/// Every client has a project ID.
impl<C> Carries<ProjectId> for C {}

/// A client of Descope that carries the credential `C` beside its project ID.
///
/// It is cheap to clone, and all its clones share their connections.
///
/// ```no_run
/// # fn example(refresh_jwt: generated_client::Secret) -> Result<(), generated_client::descope::Error> {
/// use generated_client::descope::Client;
///
/// let client = Client::builder("P2abcdefghijklmnopqrstuvwxyz").build()?;
/// let signed_in = client.with_refresh_token(refresh_jwt);
/// # Ok(())
/// # }
/// ```
pub struct Client<C = ProjectId> {
    core: Core,
    project: Arc<Project>,
    credential: PhantomData<fn() -> C>,
}

/// The secrets that are joined with every credential.
struct Project {
    id: Secret,
    auth_management_key: Option<Secret>,
}

/// What a [`Builder`] of Descope has beside the settings of all services.
#[derive(Debug)]
#[doc(hidden)]
pub struct DescopeSettings {
    project_id: String,
    auth_management_key: Option<Secret>,
}

impl Client {
    /// Starts building a client for the project with this ID.
    ///
    /// The base URL is the one of the region that the project ID names, unless
    /// [`base_url`](runtime::Builder::base_url) sets another.
    pub fn builder(project_id: impl Into<String>) -> Builder {
        Builder::new(DescopeSettings { project_id: project_id.into(), auth_management_key: None })
    }
}

impl runtime::Builder<Descope> {
    /// Sets the key that operations of end users need where their public use is switched off. It
    /// is sent with every credential but a management key.
    pub fn auth_management_key(mut self, key: impl Into<Secret>) -> Self {
        self.own.auth_management_key = Some(key.into());
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// [`Kind::InvalidRequest`](runtime::Kind::InvalidRequest) if a setting can't be used.
    pub fn build(mut self) -> Result<Client, Error> {
        let project_id = std::mem::take(&mut self.own.project_id);
        let project = Project {
            id: Secret::from(&project_id),
            auth_management_key: self.own.auth_management_key.take(),
        };
        let credential = project.credential("project_id", None);
        let headers = [
            ("x-descope-project-id", &*project_id),
            ("x-descope-sdk-name", env!("CARGO_PKG_NAME")),
            ("x-descope-sdk-version", env!("CARGO_PKG_VERSION")),
        ];
        let core = default_base_url(&project_id)
            .and_then(|base_url| project.check_auth_management_key().map(|()| base_url))
            .and_then(|base_url| self.connect(base_url, &headers, Some(credential)))
            .map_err(Builder::error)?;
        Ok(Client { core, project: Arc::new(project), credential: PhantomData })
    }
}

/// A project ID of 32 characters or more has its region in the four after the first.
fn default_base_url(project_id: &str) -> Result<String, InvalidRequest> {
    let is_id_character = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if project_id.is_empty() || !project_id.bytes().all(is_id_character) {
        let why = "is not made of letters and digits";
        return Err(InvalidRequest::new("the project ID", why));
    }
    Ok(match project_id.get(1..5) {
        Some(region) if project_id.len() >= 32 => format!("https://api.{region}.descope.com"),
        _ => "https://api.descope.com".to_owned(),
    })
}

impl Project {
    /// `<project ID>[:<credential>][:<auth management key>]`
    fn credential(&self, scheme: &'static str, carried: Option<&Secret>) -> Credential {
        let joined = match scheme {
            "management_key" => None,
            _ => self.auth_management_key.as_ref(),
        };
        let parts: Vec<&Secret> = [Some(&self.id), carried, joined].into_iter().flatten().collect();
        Credential::bearer(scheme, &parts)
    }

    /// Checks the key by itself, so that the error names the key and not the credential that it is a part of.
    fn check_auth_management_key(&self) -> Result<(), InvalidRequest> {
        match &self.auth_management_key {
            Some(key) => Credential::bearer("auth_management_key", &[&self.id, key]).check(),
            None => Ok(()),
        }
    }
}

impl<C> Client<C> {
    /// The same client for a signed-in user, by the refresh JWT of the session.
    #[must_use]
    pub fn with_refresh_token(&self, jwt: impl Into<Secret>) -> Client<RefreshToken> {
        self.carrying("refresh_token", &jwt.into())
    }

    /// The same client for a signed-in user, by the session JWT.
    #[must_use]
    pub fn with_session_token(&self, jwt: impl Into<Secret>) -> Client<SessionToken> {
        self.carrying("session_token", &jwt.into())
    }

    /// The same client with an access key.
    #[must_use]
    pub fn with_access_key(&self, key: impl Into<Secret>) -> Client<AccessKey> {
        self.carrying("access_key", &key.into())
    }

    /// The same client with a management key.
    #[must_use]
    pub fn with_management_key(&self, key: impl Into<Secret>) -> Client<ManagementKey> {
        self.carrying("management_key", &key.into())
    }

    /// The ID of the project, which is no secret.
    #[allow(dead_code, reason = "only sessions ask for it")]
    pub(crate) fn project_id(&self) -> &str {
        self.project.id.expose()
    }

    fn carrying<N>(&self, scheme: &'static str, secret: &Secret) -> Client<N> {
        Client {
            core: self.core.carrying(self.project.credential(scheme, Some(secret))),
            project: Arc::clone(&self.project),
            credential: PhantomData,
        }
    }

    /// A call without arguments yet.
    pub(crate) fn call<O: Operation<Service = Descope>, B>(&self, body: B) -> Call<O, B> {
        Call::new(&self.core, body)
    }
}

#[cfg(feature = "operations")]
impl<C> runtime::CallById for Client<C> {
    type Service = Descope;

    fn core(&self) -> &Core {
        &self.core
    }

    fn operations() -> Vec<&'static runtime::OperationInfo> {
        crate::descope::operations()
    }
}

impl<C> Clone for Client<C> {
    fn clone(&self) -> Self {
        Self { core: self.core.clone(), project: Arc::clone(&self.project), credential: PhantomData }
    }
}

impl<C> fmt::Debug for Client<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.core.fmt(f)
    }
}

impl Service for Descope {
    type Code = ErrorCode;
    type Settings = DescopeSettings;
    const NAME: &'static str = "descope";

    /// `E` and digits.
    fn is_code(text: &str) -> bool {
        let digits = text.strip_prefix('E').filter(|digits| (1..=11).contains(&digits.len()));
        digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// A project may send the tokens of its sessions in cookies instead of the body.
    fn supplement(response: &RawResponse) -> Option<Map<String, Value>> {
        cookies::supplement(response)
    }
}

impl Error {
    /// Whether the code that the user typed is wrong.
    #[must_use]
    pub fn is_wrong_code(&self) -> bool {
        self.has_code(&["E061102"])
    }

    /// Whether the code or link was right once and is expired.
    #[must_use]
    pub fn is_expired(&self) -> bool {
        self.has_code(&["E061104", "E062504"])
    }

    /// Whether the code can't be tried again: there were too many wrong ones.
    #[must_use]
    pub fn is_out_of_attempts(&self) -> bool {
        self.has_code(&["E061103"])
    }

    /// Whether the user has not confirmed yet: poll again.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.has_code(&["E062503", "E066103"])
    }

    /// Whether there is no such user.
    #[must_use]
    pub fn is_user_not_found(&self) -> bool {
        self.has_code(&["E062108", "E112102"])
    }

    /// Whether there is such a user already.
    #[must_use]
    pub fn is_user_exists(&self) -> bool {
        self.has_code(&["E062107"])
    }

    /// Whether the password is wrong.
    #[must_use]
    pub fn is_wrong_password(&self) -> bool {
        self.has_code(&["E062901", "E062903"])
    }

    /// Whether the password was right once and has to be replaced.
    #[must_use]
    pub fn is_password_expired(&self) -> bool {
        self.has_code(&["E062909"])
    }

    /// Whether the credential that the client carries is missing or invalid, or its session was ended by a logout:
    /// sign in again, or replace the key. An error with status 401 counts as well if it has no code, or one that isn't
    /// known: a known code says what else is wrong, for example that a one-time code is.
    #[must_use]
    pub fn is_unauthenticated(&self) -> bool {
        let is_unexplained = |code: Option<&ErrorCode>| matches!(code, None | Some(ErrorCode::Unknown(_)));
        let is_401 = self.api().is_some_and(|api| api.status() == StatusCode::UNAUTHORIZED);
        self.has_code(&["E062802", "E062803", "E064001", "E111119"])
            || (is_401 && is_unexplained(self.code()))
    }
}

#[cfg(test)]
mod tests;
