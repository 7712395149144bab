//! The server itself.

use super::{Nhost, ServiceError};
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::json;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Nhost>)] = &[
    ("system_health", health),
    ("system_health_head", health_head),
    ("system_version", version),
    ("system_jwks", jwks),
    ("oauth2_jwks", jwks),
    ("system_openid_configuration", configuration),
    ("system_oauth_authorization_server", configuration),
];

fn health(_state: &mut Nhost, _request: &Request) -> Result<Response, ServiceError> {
    Ok(Nhost::ok())
}

fn health_head(_state: &mut Nhost, _request: &Request) -> Result<Response, ServiceError> {
    Ok(Response::empty(200))
}

fn version(_state: &mut Nhost, _request: &Request) -> Result<Response, ServiceError> {
    Ok(Response::json(&json!({ "version": "fake" })))
}

/// The public keys. A server with a shared secret has none, and responds with null.
fn jwks(state: &mut Nhost, _request: &Request) -> Result<Response, ServiceError> {
    let keys = state.tools.keys.public();
    let keys = if keys.is_empty() { json!(null) } else { json!(keys) };
    Ok(Response::json(&json!({ "keys": keys })))
}

fn configuration(state: &mut Nhost, _request: &Request) -> Result<Response, ServiceError> {
    let base = state.base_url();
    let at = |path: &str| format!("{base}{path}");
    Ok(Response::json(&json!({
        "issuer": base,
        "authorization_endpoint": at("/oauth2/authorize"),
        "token_endpoint": at("/oauth2/token"),
        "userinfo_endpoint": at("/oauth2/userinfo"),
        "jwks_uri": at("/oauth2/jwks"),
        "revocation_endpoint": at("/oauth2/revoke"),
        "introspection_endpoint": at("/oauth2/introspect"),
        "scopes_supported": ["openid", "profile", "email", "phone", "offline_access"],
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [state.tools.keys.algorithm().name()],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "code_challenge_methods_supported": ["S256"],
        "request_parameter_supported": false,
        "authorization_response_iss_parameter_supported": true,
    })))
}
