//! Whom one-time codes, magic links and enchanted links are sent to, and why.

use super::errors::ServiceError;
use super::recipients::Recipient;
use super::state::Descope;
use crate::request::Request;
use crate::response::Response;

/// Something that is sent to a user and signs them in when it comes back.
pub(super) trait Message {
    /// Sends it, and gives the response to whoever asked for it. The purpose is written in the message.
    fn send(
        state: &mut Descope,
        request: &Request,
        recipient: Recipient,
        purpose: &str,
    ) -> Result<Response, ServiceError>;
}

pub(super) fn sign_up<M: Message>(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let recipient = state.new_recipient(request)?;
    M::send(state, request, recipient, "sign-up")
}

pub(super) fn sign_in<M: Message>(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let recipient = state.known_recipient(request)?;
    M::send(state, request, recipient, "sign-in")
}

pub(super) fn sign_up_or_in<M: Message>(
    state: &mut Descope,
    request: &Request,
) -> Result<Response, ServiceError> {
    let recipient = state.any_recipient(request)?;
    M::send(state, request, recipient, "sign-in")
}

pub(super) fn update<M: Message>(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let recipient = state.changing_recipient(request)?;
    M::send(state, request, recipient, "update")
}
