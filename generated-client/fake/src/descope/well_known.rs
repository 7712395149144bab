//! The public keys of the project, and the documents at well-known paths.

use super::errors::{ServiceError, invalid};
use super::state::Descope;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::json;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("keys_get_v1", keys_v1),
    ("keys_get_v2", keys),
    ("well_known_jwks", keys),
    ("well_known_openid_configuration", metadata),
    ("well_known_oauth_authorization_server", metadata),
    ("well_known_oauth_authorization_server_at_root", metadata),
    ("well_known_sso_app_openid_configuration", metadata),
    ("well_known_inbound_apps_openid_configuration", metadata),
    ("well_known_inbound_apps_oauth_authorization_server", metadata),
    ("well_known_mcp_server_openid_configuration", metadata),
    ("well_known_mcp_server_oauth_authorization_server", metadata),
    ("well_known_project_configuration", project_configuration),
];

/// Refuses another project's ID in the path.
fn own_project(state: &Descope, request: &Request) -> Result<(), ServiceError> {
    match request.path_argument("projectId") == state.settings.project_id {
        true => Ok(()),
        false => Err(invalid("There is no project with this ID")),
    }
}

fn keys_v1(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    own_project(state, request)?;
    Ok(Response::json(&json!(state.tools.keys.public())))
}

fn keys(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    own_project(state, request)?;
    Ok(Response::json(&json!({ "keys": state.tools.keys.public() })))
}

fn metadata(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    own_project(state, request)?;
    let (base, project) = (&state.tools.url, &state.settings.project_id);
    let endpoint = |name: &str| format!("{base}/oauth2/v1/{name}");
    Ok(Response::json(&json!({
        "issuer": state.issuer(),
        "jwks_uri": format!("{base}/{project}/.well-known/jwks.json"),
        "authorization_endpoint": endpoint("authorize"),
        "token_endpoint": endpoint("token"),
        "userinfo_endpoint": endpoint("userinfo"),
        "end_session_endpoint": endpoint("logout"),
        "revocation_endpoint": endpoint("revoke"),
        "scopes_supported": ["openid", "profile", "email", "phone", "descope.claims"],
        "claims_supported": ["iss", "aud", "iat", "exp", "sub", "name", "email", "email_verified"],
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
    })))
}

fn project_configuration(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    own_project(state, request)?;
    Ok(Response::json(&json!({ "allowAuthHostingIframeEmbedding": false })))
}
