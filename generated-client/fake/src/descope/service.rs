//! Descope as a service of the fake's server: which operations it has, and what it says to requests that it refuses.

use super::errors::{ServiceError, error, missing, rate_limited};
use super::management;
use super::notp;
use super::provider;
use super::settings::DescopeSettings;
use super::state::Descope;
use super::{access_keys, enchanted_link, flow, magic_link, oauth, one_tap, otp, outbound, password, push};
use super::{recovery_codes, security_questions, session, sso, totp, webauthn, well_known};
use crate::check::{FaultKind, RequestFault};
use crate::keys::FakeKeys;
use crate::request::{RawRequest, Request};
use crate::response::Response;
use crate::service::{Behaviour, Service, Tools};
use generated_client::runtime::{ServiceInfo, Shape};
use generated_client::sessions::Algorithm;
use generated_client::sessions::testing::SigningError;
use generated_client::{descope, descope_management};
use serde_json::Value;

impl Service for Descope {
    type Settings = DescopeSettings;
    type Error = ServiceError;

    fn services() -> Vec<&'static ServiceInfo> {
        vec![descope::SERVICE, descope_management::SERVICE]
    }

    fn new(settings: DescopeSettings, tools: Tools) -> Self {
        Self::empty(settings, tools)
    }

    fn keys(_settings: &DescopeSettings) -> Result<FakeKeys, SigningError> {
        FakeKeys::new(Algorithm::Rs256)
    }

    fn prefix(_settings: &DescopeSettings) -> &str {
        ""
    }

    fn behaviours() -> Vec<(&'static str, Behaviour<Self>)> {
        let of_users = [
            access_keys::BEHAVIOURS,
            enchanted_link::BEHAVIOURS,
            flow::BEHAVIOURS,
            magic_link::BEHAVIOURS,
            notp::BEHAVIOURS,
            oauth::BEHAVIOURS,
            one_tap::BEHAVIOURS,
            otp::BEHAVIOURS,
            outbound::BEHAVIOURS,
            password::BEHAVIOURS,
            push::BEHAVIOURS,
            recovery_codes::BEHAVIOURS,
            security_questions::BEHAVIOURS,
            session::BEHAVIOURS,
            sso::BEHAVIOURS,
            totp::BEHAVIOURS,
            webauthn::BEHAVIOURS,
            well_known::BEHAVIOURS,
        ];
        [of_users.concat(), management::behaviours()].concat()
    }

    fn left_out() -> &'static [(&'static str, &'static str)] {
        management::LEFT_OUT
    }

    fn admit(&mut self, request: &mut Request) -> Result<(), ServiceError> {
        self.count_call(request)?;
        self.admit_request(request)
    }

    /// As the service does, this overlooks unknown members, and members that are null. An address may stand in `user`
    /// instead of beside it, and so may the login ID where a passkey ceremony starts.
    fn check(&mut self, request: &Request, faults: &[RequestFault]) -> Result<(), ServiceError> {
        let starts_passkey =
            ["webauthn_sign_up_start", "webauthn_sign_up_or_in_start"].contains(&request.id());
        let is_elsewhere = |name: &str| {
            let may_be = matches!(name, "email" | "phone") || name == "loginId" && starts_passkey;
            may_be && request.text_at(&format!("/user/{name}")).is_some_and(|text| !text.is_empty())
        };
        let is_moved = |fault: &&RequestFault| {
            fault.kind == FaultKind::Missing && fault.place.strip_prefix('/').is_some_and(is_elsewhere)
        };
        let refused = faults.iter().filter(|fault| !is_moved(fault)).find_map(refusal);
        let empty = || empty_member(request).map(missing);
        refused.or_else(empty).map_or(Ok(()), Err)
    }

    fn refuse(&self, _request: &Request, error: ServiceError) -> Response {
        error.response()
    }

    fn too_many(&self, retry_after: Option<u64>) -> Response {
        rate_limited(retry_after).response()
    }

    fn other(&mut self, request: &RawRequest) -> Response {
        if request.path == provider::CALLBACK {
            return self.callback(request);
        }
        match request.path.strip_prefix(notp::PAGE) {
            Some(pending) => self.notp_page(pending, request),
            None => error(404, "E011001", "There is no such path or method").response(),
        }
    }
}

/// The refusal for a fault of a request; none if the service overlooks the fault.
fn refusal(fault: &RequestFault) -> Option<ServiceError> {
    let name = fault.place.rsplit('/').next().unwrap_or_default();
    Some(match &fault.kind {
        FaultKind::Unknown | FaultKind::Null | FaultKind::NotListed => return None,
        FaultKind::Missing if fault.place.is_empty() => error(400, "E011001", "The body is missing"),
        FaultKind::Missing => missing(name),
        FaultKind::NotJson => error(400, "E011001", "The body is no JSON"),
        FaultKind::ContentType => error(400, "E011001", "The body has to be of the type application/json"),
        FaultKind::WrongType(wanted) => {
            error(400, "E011001", format!("The {name} field has to be a {wanted}"))
        }
        FaultKind::NotInEnum => error(400, "E011003", format!("The {name} field has an unknown value")),
        FaultKind::Limit(why) => error(400, "E011003", format!("The {name} field {why}")),
    })
}

/// The first member that is required and is an empty text or null.
fn empty_member(request: &Request) -> Option<&'static str> {
    let Shape::Object(object) = (request.operation.request)() else { return None };
    let is_empty = |name: &str| match request.body.get(name) {
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Null) => true,
        _ => false,
    };
    let mut required = object.members.iter().filter(|member| member.is_required);
    required.find(|member| is_empty(member.name)).map(|member| member.name)
}

impl Descope {
    /// Refuses a call that is one too many in this minute.
    fn count_call(&mut self, request: &Request) -> Result<(), ServiceError> {
        let Some(limit) = self.settings.calls_a_minute else { return Ok(()) };
        let now = self.now();
        let calls = self.calls.entry(request.id()).or_default();
        if calls.0 != now / 60 {
            *calls = (now / 60, 0);
        }
        calls.1 += 1;
        if calls.1 > limit { Err(rate_limited(Some(60 - now % 60))) } else { Ok(()) }
    }
}
