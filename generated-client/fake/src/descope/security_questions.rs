//! Security questions.

use super::access::user_of_login;
use super::caller::user_id;
use super::errors::{ServiceError, invalid};
use super::model::options::SignInOptions;
use super::signed_in::Gives;
use super::state::Descope;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] = &[
    ("security_questions_setup", setup),
    ("security_questions_list", list),
    ("security_questions_verify", verify),
];

/// The answers of a request, by the question. Case and space at the ends don't matter.
fn answers(request: &Request) -> BTreeMap<String, String> {
    let given = request.body.get("answers").and_then(Value::as_array).into_iter().flatten();
    let text = |answer: &Value, name: &str| {
        answer.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned()
    };
    given.map(|answer| (text(answer, "id"), text(answer, "answer").to_lowercase())).collect()
}

fn setup(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let user_id = user_of_login(state, request)?;
    let answers = answers(request);
    let is_question = |id: &String| state.settings.security_questions.iter().any(|(known, _)| known == id);
    if answers.is_empty() || !answers.keys().all(is_question) {
        return Err(invalid("There is no such question"));
    }
    state.users.known_mut(&user_id)?.credentials.answers = answers;
    Ok(Response::json(&json!({})))
}

/// The questions that the user has answered, or all of them if there are none.
fn list(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let answered = &state.users.known_mut(&user_id(request)?)?.credentials.answers;
    let all = &state.settings.security_questions;
    let asked = all.iter().filter(|(id, _)| answered.is_empty() || answered.contains_key(id));
    let questions: Vec<Value> = asked.map(|(id, text)| json!({"id": id, "text": text})).collect();
    Ok(Response::json(&json!({ "questions": questions })))
}

fn verify(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let user_id = user_of_login(state, request)?;
    let known = &state.users.known_mut(&user_id)?.credentials.answers;
    if known.is_empty() || *known != answers(request) {
        return Err(invalid("An answer is wrong"));
    }
    let earlier = super::caller::session_id(request).map(str::to_owned);
    let options = SignInOptions { step_up: request.flag("stepup"), earlier, ..SignInOptions::default() };
    let session = state.sign_in(&user_id, &["securityquestions"], &options)?;
    state.session_response(&session, Gives::SignIn { is_first: false })
}
