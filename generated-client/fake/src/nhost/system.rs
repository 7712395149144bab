//! The server itself.

use super::{Nhost, Refusal};
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::json;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Nhost>)] =
    &[("system_jwks", jwks), ("system_version", version)];

fn jwks(state: &mut Nhost, _request: &Request) -> Result<Response, Refusal> {
    let keys = state.tools.keys.public();
    let keys = if keys.is_empty() { json!(null) } else { json!(keys) };
    Ok(Response::json(&json!({ "keys": keys })))
}

fn version(_state: &mut Nhost, _request: &Request) -> Result<Response, Refusal> {
    Ok(Response::json(&json!({ "version": "fake" })))
}
