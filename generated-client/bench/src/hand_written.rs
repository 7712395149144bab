//! The client that a careful engineer writes for the operation: typed, with timeouts, and with an error that shows
//! what the server responded.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

// The headers are those of our own client.
const NAME: &str = "generated-client";
const VERSION: &str = "0.1.0";
const AGENT: &str = "generated-client/0.1.0";

/// A client of Descope.
#[derive(Clone, Debug)]
pub struct Descope {
    http: Client,
    base_url: String,
    project_id: String,
}

/// Why a call failed.
#[derive(Debug)]
pub(crate) enum Error {
    /// There was no response, or none that could be read.
    Http(reqwest::Error),
    /// The server responded with an error.
    Api(StatusCode, ErrorBody),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Http(_) => f.write_str("the call failed"),
            Self::Api(status, body) => {
                write!(f, "{status}")?;
                [&body.error_code, &body.error_description, &body.error_message]
                    .into_iter()
                    .flatten()
                    .try_for_each(|text| write!(f, ": {text}"))
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Http(error) => Some(error),
            Self::Api(..) => None,
        }
    }
}

impl From<reqwest::Error> for Error {
    fn from(error: reqwest::Error) -> Self {
        Self::Http(error)
    }
}

impl Descope {
    /// A client for the project at the given URL.
    pub(crate) fn new(base_url: &str, project_id: &str) -> Result<Self, Error> {
        Ok(Self {
            http: settings(project_id).build()?,
            base_url: base_url.to_owned(),
            project_id: project_id.to_owned(),
        })
    }

    /// Exchanges the code of a social login for a session.
    pub(crate) async fn exchange(&self, code: &str) -> Result<Session, Error> {
        let response = self
            .http
            .post(format!("{}/v1/auth/oauth/exchange", self.base_url))
            .bearer_auth(&self.project_id)
            .json(&ExchangeRequest { code })
            .send()
            .await?;
        let status = response.status();
        if !status.is_success() {
            return Err(Error::Api(status, response.json().await.unwrap_or_default()));
        }
        Ok(response.json().await?)
    }
}

/// The settings of the HTTP client: the same limits as ours, and the headers that Descope wants.
pub(crate) fn settings(project_id: &str) -> ClientBuilder {
    let mut headers = HeaderMap::new();
    if let Ok(project_id) = HeaderValue::try_from(project_id) {
        headers.insert("x-descope-project-id", project_id);
    }
    headers.insert("x-descope-sdk-name", HeaderValue::from_static(NAME));
    headers.insert("x-descope-sdk-version", HeaderValue::from_static(VERSION));
    Client::builder()
        .user_agent(AGENT)
        .default_headers(headers)
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_secs(60))
        .redirect(Policy::none())
}

#[derive(Serialize)]
struct ExchangeRequest<'a> {
    code: &'a str,
}

/// The body of an error response of Descope.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct ErrorBody {
    error_code: Option<String>,
    error_description: Option<String>,
    error_message: Option<String>,
}

/// A session.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Session {
    session_jwt: String,
    refresh_jwt: String,
    trusted_device_jwt: Option<String>,
    known_device_jwt: Option<String>,
    external_token: Option<String>,
    flow_output: Map<String, Value>,
    session_expiration: Option<i64>,
    next_refresh_seconds: Option<i64>,
    claims: Map<String, Value>,
    cookie_name: Option<String>,
    cookie_domain: Option<String>,
    cookie_path: Option<String>,
    cookie_max_age: Option<i64>,
    cookie_expiration: Option<i64>,
    session_cookie_name: Option<String>,
    session_cookie_domain: Option<String>,
    user: Option<User>,
    first_seen: Option<bool>,
    idp_response: Option<IdpResponse>,
    #[serde(rename = "tenantSSOID")]
    tenant_sso_id: Option<String>,
    #[serde(rename = "unsavedSSO")]
    unsaved_sso: Option<bool>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
struct User {
    user_id: String,
    login_ids: Vec<String>,
    external_ids: Vec<String>,
    name: Option<String>,
    given_name: Option<String>,
    middle_name: Option<String>,
    family_name: Option<String>,
    picture: Option<String>,
    email: Option<String>,
    verified_email: Option<bool>,
    phone: Option<String>,
    verified_phone: Option<bool>,
    recovery_email: Option<String>,
    verified_recovery_email: Option<bool>,
    recovery_phone: Option<String>,
    verified_recovery_phone: Option<bool>,
    role_names: Vec<String>,
    permissions: Vec<String>,
    user_tenants: Vec<UserTenant>,
    sso_app_ids: Vec<String>,
    custom_attributes: Map<String, Value>,
    status: Option<UserStatus>,
    test: Option<bool>,
    editable: Option<bool>,
    created_time: Option<i64>,
    modified_time: Option<i64>,
    consent_expiration: Option<i64>,
    #[serde(rename = "OAuth")]
    oauth: BTreeMap<String, bool>,
    #[serde(rename = "SAML")]
    saml: Option<bool>,
    #[serde(rename = "OIDC")]
    oidc: Option<bool>,
    #[serde(rename = "SCIM")]
    scim: Option<bool>,
    #[serde(rename = "TOTP")]
    totp: Option<bool>,
    webauthn: Option<bool>,
    password: Option<bool>,
    push: Option<bool>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
struct UserTenant {
    tenant_id: String,
    tenant_name: Option<String>,
    role_names: Vec<String>,
    permissions: Vec<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
enum UserStatus {
    Enabled,
    Disabled,
    Invited,
    Expired,
    #[serde(other)]
    Unknown,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
struct IdpResponse {
    saml_response: Option<String>,
    saml_generated_user: Option<String>,
    saml_generated_roles: Option<String>,
    oidc_response: Option<String>,
    oidc_generated_user: Option<String>,
    oidc_generated_roles: Option<String>,
    idp_groups: Vec<String>,
    #[serde(rename = "idpSAMLAttributes")]
    idp_saml_attributes: Map<String, Value>,
    #[serde(rename = "idpOIDCClaims")]
    idp_oidc_claims: Map<String, Value>,
}
