//! Accounts at other applications that users connect.

use super::caller::user_id;
use super::errors::{ServiceError, invalid};
use super::model::options::SignInOptions;
use super::model::pending::Purpose;
use super::state::Descope;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] =
    &[("outbound_connect", connect), ("outbound_connect_app", connect)];

fn connect(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let app = request.text("appId");
    if !state.settings.outbound_apps.iter().any(|known| known == app) {
        return Err(invalid("There is no such outbound application"));
    }
    user_id(request)?;
    let wanted = request.text_at("/options/redirectUrl");
    let visit = state.new_visit(app, wanted, Purpose::Connect, SignInOptions::default())?;
    Ok(state.visit(visit))
}
