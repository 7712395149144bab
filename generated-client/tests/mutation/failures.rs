//! Responses of failure.

use std::collections::BTreeSet;

use generated_client::runtime::{Error, OperationInfo};
use serde_json::{Value, json};

use super::examples::{self, Content, Example};
use super::responses::raw;
use super::service::{Failure, operations, read_response};

/// Forms of error bodies that the specs can't show, for both services.
fn other_forms() -> Vec<Example> {
    let json = |status, body| Example { status, content: Content::Json(body) };
    let text = |status, body: &str| Example { status, content: Content::Text(body.to_owned()) };
    vec![
        json(
            401,
            json!({"errorCode": "E061102", "errorDescription": "Wrong OTP code", "errorMessage": "It failed"}),
        ),
        json(400, json!({"error": "role-not-allowed", "message": "Role not allowed", "status": 400})),
        json(400, json!({"error": "error in openapi3filter.RequestError: request body has an error"})),
        json(400, json!({"msg": "Query argument ticket is required, but not found"})),
        json(403, json!({"error": "forbidden-anonymous", "reason": "Forbidden, user is anonymous."})),
        json(401, json!({"error": "unauthorized", "reason": "No token", "securityScheme": "BearerAuth"})),
        json(422, json!({"errors": ["bad-request", {"code": 1}], "message": "Not valid"})),
        Example { status: 500, content: Content::Nothing },
        text(404, "404 page not found"),
        text(502, "<html><h1>Bad Gateway</h1></html>"),
    ]
}

/// What must be so of every failure: it is the service's, its status is kept, and it is told in one short line.
fn failed(info: &OperationInfo, status: u16, media_type: &'static str, body: &str) -> Error<String> {
    let outcome = read_response(info, raw(status, media_type, None, body));
    let error = outcome.expect_err("a failure is no success");
    let found = error.status().map(|status| status.as_u16());
    assert_eq!((error.what(), found), ("api", Some(status)), "{}: {body}", info.spec.id);
    let line = error.to_string();
    assert!(line.len() < 400 && !line.chars().any(char::is_control), "{line}");
    error
}

#[test]
fn every_failure_is_understood_whatever_of_it_has_changed() {
    let (mut cases, mut seen) = (0, BTreeSet::new());
    for info in operations() {
        for Example { status, content } in examples::of(info).failures.iter().cloned().chain(other_forms()) {
            let (media_type, body) = (content.media_type(), content.body());
            let line = failed(info, status, media_type, &body).to_string();
            cases += 1;
            // How an error is read depends on the service alone.
            if !seen.insert((info.service, status, body.clone())) {
                continue;
            }
            for cut in (0..body.len()).filter(|cut| body.is_char_boundary(*cut)) {
                failed(info, status, media_type, &body[..cut]);
                cases += 1;
            }
            for nothing in ["", " ", "null", "\u{feff}"] {
                failed(info, status, media_type, nothing);
                cases += 1;
            }
            if let Content::Json(value) = &content {
                let marked = failed(info, status, media_type, &format!("\u{feff}{body}"));
                let sized = |line: &str| line.split(" without an error text").next().unwrap().to_owned();
                assert_eq!(sized(&marked.to_string()), sized(&line), "a byte order mark changes nothing");
                let mut joined = value.clone();
                joined["aNewMember"] = json!([{ "of": "later" }]);
                let joined = failed(info, status, media_type, &joined.to_string()).to_string();
                // The size of the body, which is told where nothing else can be, is another one.
                assert_eq!(sized(&joined), sized(&line));
                cases +=
                    2 + change(value, |changed| _ = failed(info, status, media_type, &changed.to_string()));
            }
        }
    }
    println!("{} operations, {cases} failures", operations().len());
}

/// Hands on the body with each of its members changed in turn, and each pair of changes too.
fn change(body: &Value, mut each: impl FnMut(&Value)) -> usize {
    let values = || {
        let large = "x".repeat(5000);
        [
            json!(null),
            json!(""),
            json!(7),
            json!(-1.5),
            json!(true),
            json!([]),
            json!([7]),
            json!({}),
            json!(large),
        ]
    };
    let Value::Object(members) = body else { return 0 };
    let mut count = 0;
    for name in members.keys() {
        let mut changed = body.clone();
        changed.as_object_mut().unwrap().remove(name);
        each(&changed);
        count += 1;
        for (value, other) in
            values().into_iter().flat_map(|value| members.keys().map(move |other| (value.clone(), other)))
        {
            let mut changed = body.clone();
            changed[other.as_str()] = json!(null);
            changed[name.as_str()] = value;
            each(&changed);
            count += 1;
        }
    }
    count
}
