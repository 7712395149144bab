//! Flows. The fake has one, `sign-up-or-in`: the user enters an email address, then the code that is sent there.

use super::caller::required_session;
use super::errors::{ServiceError, error, invalid};
use super::model::channels::Channel;
use super::model::identity::Identity;
use super::model::options::SignInOptions;
use super::model::pending::{FlowStep, Grant, Run};
use super::recipients::Recipient;
use super::signed_in::Gives;
use super::state::Descope;
use crate::random;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use crate::urls::with_query;
use serde_json::{Map, Value, json};

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] =
    &[("flow_start", start), ("flow_next", next), ("flow_prime", prime), ("flow_exchange", exchange)];

/// The flow that there is.
const FLOW: &str = "sign-up-or-in";

/// How long a run may take, in seconds.
const RUN_SECONDS: u64 = 600;

/// The header of the nonce.
const NONCE: &str = "x-descope-flow-nonce";

fn start(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    if request.text("flowId") != FLOW {
        return Err(invalid(format!("There is no such flow; the fake has {FLOW}")));
    }
    let text = |pointer: &str| request.text_at(pointer).unwrap_or_default().to_owned();
    let challenge = text("/options/redirectAuth/codeChallenge");
    let tenant = Some(text("/options/tenant")).filter(|tenant| !tenant.is_empty());
    let id = format!("{FLOW}|#|{}", random::token());
    let run = Run {
        step: FlowStep::Address,
        nonce: (0, new_nonce(0)),
        login_id: String::new(),
        options: SignInOptions { tenant, ..SignInOptions::default() },
        returns_to: Some((text("/options/redirectAuth/callbackUrl"), challenge))
            .filter(|(url, _)| !url.is_empty()),
        expires: state.now() + RUN_SECONDS,
    };
    let response = screen(&id, &run, None);
    state.runs.insert(id, run);
    Ok(response)
}

fn new_nonce(number: u64) -> String {
    format!("{number}.{}", random::token())
}

/// The response that shows the screen of a step.
fn screen(id: &str, run: &Run, refused: Option<&ServiceError>) -> Response {
    let (step, name) = match run.step {
        FlowStep::Address => ("0", "Email address"),
        FlowStep::Code => ("1", "Code"),
    };
    let mut body = json!({
        "executionId": id,
        "stepId": step,
        "stepName": name,
        "status": "waiting",
        "action": "screen",
        "screen": {"id": format!("SC{step}"), "state": {"loginId": run.login_id}},
    });
    if let (Some(refused), Some(members)) = (refused, body.as_object_mut()) {
        members.insert("error".to_owned(), json!({"code": refused.code(), "description": "The step failed"}));
    }
    Response::json(&body).header(NONCE, run.nonce.1.clone())
}

fn next(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let id = request.text("executionId").to_owned();
    let run = state.runs.get(&id).cloned();
    let mut run = run.ok_or_else(|| error(400, "E103202", "There is no such run"))?;
    if run.expires <= state.now() {
        state.runs.remove(&id);
        return Err(error(400, "E103205", "The flow took too long"));
    }
    if request.raw.header(NONCE) != Some(run.nonce.1.as_str()) {
        return Err(error(403, "E108201", "The nonce is missing, or isn't the latest"));
    }
    let number = run.nonce.0 + 1;
    run.nonce = (number, new_nonce(number));
    let input = |name: &str| request.text_at(&format!("/input/{name}")).unwrap_or_default();
    let outcome = match run.step {
        FlowStep::Address => take_address(state, &mut run, [input("email"), input("loginId")]).map(|()| None),
        FlowStep::Code => take_code(state, &run, input("code")).map(Some),
    };
    let response = match outcome {
        Ok(Some((user_id, is_first))) => {
            state.runs.remove(&id);
            return completed(state, &id, &run, user_id, is_first);
        }
        Ok(None) => screen(&id, &run, None),
        Err(refused) => screen(&id, &run, Some(&refused)),
    };
    state.runs.insert(id, run);
    Ok(response)
}

/// Sends a code to the address.
fn take_address(state: &mut Descope, run: &mut Run, given: [&str; 2]) -> Result<(), ServiceError> {
    let address = given.into_iter().find(|text| text.contains('@'));
    let address = address.ok_or_else(|| invalid("That is no email address"))?.to_owned();
    let identity = match state.users.by_login(&address) {
        Some(user) => Identity::Known(user.id.clone()),
        None => {
            state.open_for_sign_up()?;
            let profile = Map::from_iter([("email".to_owned(), Value::from(address.clone()))]);
            Identity::New { login_id: address.clone(), profile }
        }
    };
    let recipient = Recipient {
        login_id: address.clone(),
        channel: Channel::Email,
        address: address.clone(),
        identity,
        options: run.options.clone(),
    };
    let code = state.make_code(recipient);
    state.tools.outbox.send(Channel::Email.message(&address, "flow").code(code));
    run.login_id = address;
    run.step = FlowStep::Code;
    Ok(())
}

fn take_code(state: &mut Descope, run: &Run, text: &str) -> Result<(String, bool), ServiceError> {
    let now = state.now();
    let code = state.codes.take(&run.login_id, Channel::Email, text, now)?;
    state.confirm(code.identity, Channel::Email, &code.address, &run.options)
}

/// Ends a run: with the session, or with a code for the application that opened it in a browser.
fn completed(
    state: &mut Descope,
    id: &str,
    run: &Run,
    user_id: String,
    is_first: bool,
) -> Result<Response, ServiceError> {
    let ended = json!({"executionId": id, "stepId": "END", "status": "completed", "action": "none"});
    let mut body = ended.as_object().cloned().unwrap_or_default();
    let mut cookies = Vec::new();
    if let Some((callback, challenge)) = &run.returns_to {
        let grant = Grant {
            user_id,
            is_first,
            method: "email",
            options: run.options.clone(),
            challenge: Some(challenge.clone()),
            federated: None,
            expires: 0,
        };
        let url = with_query(callback, &[("code", &state.grant(grant))]);
        body.insert("action".to_owned(), json!("redirect"));
        body.insert("redirect".to_owned(), json!({ "url": url }));
    } else {
        let session = state.sign_in(&user_id, &["email"], &run.options)?;
        let (signed_in, set) = state.session_parts(&session, Gives::SignIn { is_first })?;
        body.insert("authInfo".to_owned(), signed_in);
        cookies = set;
    }
    let response = Response::json(&body.into()).header(NONCE, run.nonce.1.clone());
    Ok(response.set_cookies(cookies))
}

/// Prepares a flow for a signed-in user, who opens it in a browser. The fake's flow begins with the address whoever opens it, so
/// nothing is noted.
fn prime(_state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    if request.text("flowId") != FLOW {
        return Err(invalid(format!("There is no such flow; the fake has {FLOW}")));
    }
    required_session(request)?;
    Ok(Response::json(&json!({})))
}

fn exchange(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let grant = state.take_grant(request.text("authorizationCode"), Some(request.text("codeVerifier")))?;
    if grant.challenge.is_none() {
        return Err(invalid("The code isn't that of a flow"));
    }
    state.redeem_grant(&grant)
}
