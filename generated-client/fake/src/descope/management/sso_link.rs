//! The links with which the administrator of a tenant sets up its single sign-on.

use super::lookup::{done, known_tenant};
use crate::descope::errors::ServiceError;
use crate::descope::state::Descope;
use crate::outbox::Message;
use crate::random;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::json;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("tenant_generate_sso_link", generate),
    ("tenant_signed_in_sso_link", generate),
    ("tenant_send_sso_link", send),
    ("tenant_revoke_sso_link", revoke),
];

/// A new link. It leads nowhere: the fake has no page for that.
fn link(state: &Descope) -> String {
    format!("{}/sso-setup/{}", state.tools.url, random::token())
}

fn generate(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    known_tenant(state, request.text("tenantId"))?;
    let link = link(state);
    if !request.text("email").is_empty() {
        state.tools.outbox.send(Message::new("email", request.text("email"), "sso-setup").link(link.clone()));
    }
    Ok(Response::json(&json!({ "adminSSOConfigurationLink": link })))
}

fn send(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    generate(state, request)?;
    Ok(done())
}

fn revoke(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    known_tenant(state, request.text("tenantId"))?;
    Ok(done())
}
