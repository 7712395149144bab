//! What the tokens of Descope say.

use super::tenants::Tenants;
use crate::sessions::claim::{Times, audience, granted, moment, object, optional_text, required_text, shown};
use crate::sessions::jwt::Object;
use crate::sessions::{Forbidden, Grants, Malformed, TokenError};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::fmt;
use std::time::SystemTime;

const NAMES: &[&str] = &[
    "amr",
    "aud",
    "cnf",
    "dct",
    "drn",
    "dsub",
    "exp",
    "iat",
    "iss",
    "jti",
    "nbf",
    "nsec",
    "permissions",
    "rexp",
    "roles",
    "scope",
    "su",
    "sub",
    "tenants",
];

/// What a validated session token of Descope says.
///
/// Only [`Sessions`](super::Sessions) makes it, so whoever has one knows that the token is good. A claim that is null is
/// as good as absent, and one that grants something grants nothing if it has the wrong type.
///
/// `Debug` leaves out the values of custom claims, which may be personal.
#[derive(Clone, PartialEq)]
pub struct Claims {
    subject: String,
    issuer: String,
    times: Times,
    audience: Vec<String>,
    cookie_name: Option<String>,
    refresh_expires_at: Option<Value>,
    methods: Vec<String>,
    is_stepped_up: bool,
    current_tenant: Option<String>,
    tenants: Option<Tenants>,
    roles: Vec<String>,
    permissions: Vec<String>,
    scope: Option<String>,
    token_id: Option<String>,
    unsafe_claims: Map<String, Value>,
    custom: Map<String, Value>,
}

/// What a validated refresh token of Descope says. It is no session: nothing is granted by it.
#[derive(Clone, PartialEq)]
pub struct RefreshClaims(Claims);

impl Claims {
    /// Reads the payload of a token whose signature is good.
    pub(super) fn read(payload: &[u8]) -> Result<Self, TokenError> {
        let mut claims = Object::read(payload, NAMES).ok_or(Malformed::NotJson)?;
        let claims = &mut claims;
        let times = Times::read(claims)?;
        let issuer = required_text(claims, "iss")?;
        let audience = audience(claims)?;
        let sub = required_text(claims, "sub")?;
        let dsub = optional_text(claims, "dsub")?.filter(|dsub| !dsub.is_empty());
        let cookie_name = optional_text(claims, "drn")?;
        refuse_bound(claims)?;
        Ok(Self {
            subject: dsub.unwrap_or(sub),
            issuer,
            times,
            audience,
            cookie_name,
            refresh_expires_at: claims.take("rexp"),
            methods: granted(claims, "amr"),
            is_stepped_up: claims.take("su") == Some(Value::Bool(true)),
            current_tenant: shown(claims, "dct").filter(|tenant| !tenant.is_empty()),
            tenants: claims.take("tenants").map(Tenants::read),
            roles: granted(claims, "roles"),
            permissions: granted(claims, "permissions"),
            scope: shown(claims, "scope"),
            token_id: shown(claims, "jti"),
            unsafe_claims: object(claims, "nsec").unwrap_or_default(),
            custom: claims.take_others(),
        })
    }

    pub(super) fn times(&self) -> &Times {
        &self.times
    }

    /// The ID of the user, or of the access key: the claim `dsub` if the project overrides `sub`, else `sub`.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Who made the token, as it stands there.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// When the token expires.
    #[must_use]
    pub fn expires_at(&self) -> SystemTime {
        moment(self.times.expires_at)
    }

    /// When the token was made.
    #[must_use]
    pub fn issued_at(&self) -> Option<SystemTime> {
        self.times.issued_at.map(moment)
    }

    /// Whom the token is for, if it says so.
    #[must_use]
    pub fn audience(&self) -> &[String] {
        &self.audience
    }

    /// The name of the cookie that the token belongs in (`drn`): `DS` or `DSR`, unless the project names them otherwise.
    #[must_use]
    pub fn cookie_name(&self) -> Option<&str> {
        self.cookie_name.as_deref()
    }

    /// When the refresh token of the session expires (`rexp`). Its form isn't documented: a number of seconds since the
    /// beginning of 1970, or a text.
    #[must_use]
    pub fn refresh_expires_at(&self) -> Option<&Value> {
        self.refresh_expires_at.as_ref()
    }

    /// How the user signed in (`amr`), such as `email`, `sms`, `oauth`, `webauthn`, `totp`, `pwd`, `mfa`.
    #[must_use]
    pub fn methods(&self) -> &[String] {
        &self.methods
    }

    /// Whether the user signed in with more than one factor. Descope says it by the method `mfa`, its SDK by more than one
    /// method; either counts.
    #[must_use]
    pub fn is_multi_factor(&self) -> bool {
        self.methods.len() > 1 || self.methods.iter().any(|method| method == "mfa")
    }

    /// Whether the user has authenticated once more, for something delicate (`su`).
    #[must_use]
    pub fn is_stepped_up(&self) -> bool {
        self.is_stepped_up
    }

    /// The tenant that is selected (`dct`).
    #[must_use]
    pub fn current_tenant(&self) -> Option<&str> {
        self.current_tenant.as_deref()
    }

    /// The IDs of the tenants that the user belongs to, sorted.
    pub fn tenants(&self) -> impl Iterator<Item = &str> {
        let selected = self.current_tenant().filter(|_| self.tenants.is_none());
        self.tenants.iter().flat_map(Tenants::ids).chain(selected)
    }

    /// The scopes of a token for another application (`scope`).
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scope.iter().flat_map(|scope| scope.split_ascii_whitespace())
    }

    /// The ID of the token (`jti`), if the project gives tokens one.
    #[must_use]
    pub fn token_id(&self) -> Option<&str> {
        self.token_id.as_deref()
    }

    /// Claims that the user's own device set (`nsec`). Nobody vouches for them: they never decide what the user may do.
    #[must_use]
    pub fn unsafe_claims(&self) -> &Map<String, Value> {
        &self.unsafe_claims
    }

    /// The claims that the project adds to its tokens, by their names, as they stand in the token. They are
    /// those that have no method here.
    #[must_use]
    pub fn custom(&self) -> &Map<String, Value> {
        &self.custom
    }

    /// A custom claim as a type of the application; none if it is absent, null or of another type.
    #[must_use]
    pub fn custom_as<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        T::deserialize(self.custom.get(name).filter(|value| !value.is_null())?).ok()
    }

    /// What the session may do in the project, beside what it may do in single tenants.
    #[must_use]
    pub fn project(&self) -> Grants<'_> {
        Grants::project(&self.roles, &self.permissions)
    }

    /// What the session may do in a tenant.
    ///
    /// The user belongs to the tenant if `tenants` names it, or if it is the selected one. Its roles are those under its
    /// name in `tenants`. A project can leave `tenants` out; then the roles at the top of the token are those of the
    /// selected tenant. Nobody belongs to a tenant with an empty ID.
    #[must_use]
    pub fn tenant<'c>(&'c self, tenant: &'c str) -> Grants<'c> {
        if tenant.is_empty() {
            return Grants::elsewhere(tenant);
        }
        let is_selected = self.current_tenant() == Some(tenant);
        match &self.tenants {
            Some(tenants) => match tenants.get(tenant) {
                Some((roles, permissions)) => Grants::tenant(tenant, roles, permissions),
                None if is_selected => Grants::tenant(tenant, &[], &[]),
                None => Grants::elsewhere(tenant),
            },
            None if is_selected => Grants::tenant(tenant, &self.roles, &self.permissions),
            None => Grants::elsewhere(tenant),
        }
    }

    /// Whether the role is granted in the project. For a tenant, ask [`tenant`](Self::tenant).
    #[must_use]
    pub fn has_role(&self, role: &str) -> bool {
        self.project().has_role(role)
    }

    /// Whether the permission is granted in the project. For a tenant, ask [`tenant`](Self::tenant).
    #[must_use]
    pub fn has_permission(&self, permission: &str) -> bool {
        self.project().has_permission(permission)
    }

    /// Refuses a session that doesn't have the role in the project.
    ///
    /// # Errors
    ///
    /// If the role isn't granted.
    pub fn require_role(&self, role: &str) -> Result<(), Forbidden> {
        self.project().require_role(role)
    }

    /// Refuses a session that doesn't have the permission in the project.
    ///
    /// # Errors
    ///
    /// If the permission isn't granted.
    pub fn require_permission(&self, permission: &str) -> Result<(), Forbidden> {
        self.project().require_permission(permission)
    }
}

/// Refuses a token that is bound to a key (`cnf`), by whatever method: it is worth nothing without a proof of that key,
/// and taking it for a plain one would undo what the binding is for.
fn refuse_bound(claims: &mut Object) -> Result<(), TokenError> {
    match claims.take("cnf") {
        None => Ok(()),
        Some(Value::Object(methods)) if methods.values().all(Value::is_null) => Ok(()),
        Some(Value::Object(_)) => Err(TokenError::ProofRequired),
        Some(_) => Err(Malformed::ClaimType("cnf").into()),
    }
}

impl RefreshClaims {
    pub(super) fn new(claims: Claims) -> Self {
        Self(claims)
    }

    /// The ID of the user.
    #[must_use]
    pub fn subject(&self) -> &str {
        self.0.subject()
    }

    /// Who made the token, as it stands there.
    #[must_use]
    pub fn issuer(&self) -> &str {
        self.0.issuer()
    }

    /// When the token expires, and the session with it.
    #[must_use]
    pub fn expires_at(&self) -> SystemTime {
        self.0.expires_at()
    }

    /// The name of the cookie that the token belongs in (`drn`).
    #[must_use]
    pub fn cookie_name(&self) -> Option<&str> {
        self.0.cookie_name()
    }

    /// The tenant that is selected (`dct`).
    #[must_use]
    pub fn current_tenant(&self) -> Option<&str> {
        self.0.current_tenant()
    }
}

impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claims")
            .field("subject", &self.subject)
            .field("issuer", &self.issuer)
            .field("expires_at", &self.times.expires_at)
            .field("audience", &self.audience)
            .field("current_tenant", &self.current_tenant)
            .field("tenants", &self.tenants().collect::<Vec<_>>())
            .field("roles", &self.roles)
            .field("permissions", &self.permissions)
            .field("custom", &self.custom.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for RefreshClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshClaims")
            .field("subject", &self.0.subject)
            .field("issuer", &self.0.issuer)
            .field("expires_at", &self.0.times.expires_at)
            .finish_non_exhaustive()
    }
}
