//! Users for tests, whose codes and links a backend makes.

use super::details::create;
use super::lookup::{done, refused, user_of};
use crate::descope::enchanted_link;
use crate::descope::errors::ServiceError;
use crate::descope::links::wanted_page;
use crate::descope::model::channels::Channel;
use crate::descope::model::identity::Identity;
use crate::descope::model::links::LinkUse;
use crate::descope::model::options::SignInOptions;
use crate::descope::recipients::Recipient;
use crate::descope::state::Descope;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::json;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("test_user_create", create_user),
    ("test_user_otp", otp),
    ("test_user_magic_link", magic_link),
    ("test_user_enchanted_link", enchanted),
    ("test_user_delete_all", delete_all),
];

fn create_user(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let user_id = create(state, &request.body, true)?;
    Ok(Response::json(&json!({"user": state.user_json(&user_id), "created": true})))
}

/// The test user of a request, to whom nothing is sent.
fn recipient(state: &Descope, request: &Request, channel: Channel) -> Result<Recipient, ServiceError> {
    let user_id = user_of(state, request)?;
    let user = state.users.get(&user_id).filter(|user| user.is_test);
    let user = user.ok_or_else(|| refused("The user isn't a test user"))?;
    let login_id = request.text("loginId").to_owned();
    let address = delivery(request).address_of(user, &login_id, false).unwrap_or_default();
    let options = SignInOptions::of(request)?;
    Ok(Recipient { login_id, channel, address, identity: Identity::Known(user_id), options })
}

/// The channel that a code or a link is to stand for.
fn delivery(request: &Request) -> Channel {
    Channel::named(request.text("deliveryMethod")).unwrap_or(Channel::Embedded)
}

/// The code is good for every channel.
fn otp(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let recipient = recipient(state, request, Channel::Embedded)?;
    let code = state.make_code(recipient);
    Ok(Response::json(&json!({"loginId": request.text("loginId"), "code": code})))
}

fn magic_link(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let recipient = recipient(state, request, delivery(request))?;
    let page = state.page(wanted_page(request))?;
    let link = state.make_link(&recipient, &page, LinkUse::Magic);
    Ok(Response::json(&json!({"loginId": request.text("loginId"), "link": link})))
}

fn enchanted(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let recipient = recipient(state, request, Channel::Email)?;
    let page = state.page(wanted_page(request))?;
    let made = enchanted_link::make(state, &recipient, &page);
    let body = json!({"loginId": request.text("loginId"), "link": made.right, "pendingRef": made.pending});
    Ok(Response::json(&body))
}

fn delete_all(state: &mut Descope, _request: &Request) -> Result<Response, ServiceError> {
    let of_test = state.users.iter().filter(|user| user.is_test);
    let ids: Vec<String> = of_test.map(|user| user.id.clone()).collect();
    for user_id in ids {
        state.delete_user(&user_id);
    }
    Ok(done())
}
