//! Single sign-on by the identity provider of a tenant, by SAML or by any protocol that the provider speaks.

use super::errors::{ServiceError, invalid};
use super::links::wanted_page;
use super::model::options::SignInOptions;
use super::model::pending::Purpose;
use super::provider::exchange;
use super::state::Descope;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("saml_authorize", authorize),
    ("saml_exchange", exchange),
    ("sso_authorize", authorize),
    ("sso_exchange", exchange),
];

/// Begins a visit of the identity provider. The tenant is named by its ID, or by an email address of its domain.
fn authorize(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let wanted = request.raw.query("tenant").unwrap_or_default();
    let tenant =
        state.directory.tenant_named(wanted).ok_or_else(|| invalid("There is no such tenant"))?.to_owned();
    if state.directory.is_disabled(&tenant) {
        return Err(invalid("The tenant is disabled"));
    }
    let options = SignInOptions::of_body(request)?;
    let visit = state.new_visit(&tenant, wanted_page(request), Purpose::Federated, options)?;
    Ok(state.visit(visit))
}
