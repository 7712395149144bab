//! What a call asks of the sign-in that it begins.

use crate::descope::caller::session_id;
use crate::descope::errors::{ServiceError, signed_out};
use crate::request::Request;
use serde_json::{Map, Value};

/// What a call asks of the sign-in that it begins: its `loginOptions`, and the session that it continues.
#[derive(Clone, Debug, Default)]
pub(in crate::descope) struct SignInOptions {
    /// Whether the signed-in user confirms who they are.
    pub(in crate::descope) step_up: bool,
    /// Whether this is a further factor of the signed-in user.
    pub(in crate::descope) mfa: bool,
    /// Claims that a backend wants in the tokens.
    pub(in crate::descope) trusted: Map<String, Value>,
    /// Claims that the client wants in the tokens.
    pub(in crate::descope) claims: Map<String, Value>,
    /// The tenant that the user is going to work in.
    pub(in crate::descope) tenant: Option<String>,
    /// Whether the other sessions of the user end.
    pub(in crate::descope) revokes_others: bool,
    /// The challenge of PKCE, in base64.
    pub(in crate::descope) challenge: Option<String>,
    /// The ID of the session whose refresh JWT the call carries.
    pub(in crate::descope) earlier: Option<String>,
}

impl SignInOptions {
    /// The options of a request, in its member `loginOptions`.
    pub(in crate::descope) fn of(request: &Request) -> Result<Self, ServiceError> {
        let none = Value::Null;
        Self::read(request.body.get("loginOptions").unwrap_or(&none), request)
    }

    /// The options of a request whose body they are.
    pub(in crate::descope) fn of_body(request: &Request) -> Result<Self, ServiceError> {
        Self::read(&request.body, request)
    }

    fn read(options: &Value, request: &Request) -> Result<Self, ServiceError> {
        let flag = |name: &str| options.get(name).and_then(Value::as_bool).unwrap_or_default();
        let text = |name: &str| {
            let text = options.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
            text.map(str::to_owned)
        };
        let options = Self {
            step_up: flag("stepup"),
            mfa: flag("mfa"),
            trusted: Map::new(),
            claims: options.get("customClaims").and_then(Value::as_object).cloned().unwrap_or_default(),
            tenant: text("tenantId"),
            revokes_others: flag("revokeOtherSessions"),
            challenge: text("pkceChallenge"),
            earlier: session_id(request).map(str::to_owned),
        };
        let takes_token = request.operation.spec.credentials.contains(&"refresh_token");
        if (options.step_up || options.mfa) && options.earlier.is_none() && takes_token {
            return Err(signed_out("A step-up or a further factor needs the refresh token of the user"));
        }
        Ok(options)
    }
}
