//! The company that the project belongs to.

use crate::descope::errors::ServiceError;
use crate::descope::state::Descope;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::json;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[("company_license", license)];

/// The licence of the company, which official SDKs ask for when they start.
fn license(_state: &mut Descope, _request: &Request) -> Result<Response, ServiceError> {
    Ok(Response::json(&json!({ "rateLimitTier": "tier1" })))
}
