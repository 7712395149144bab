//! Responses of success.

use generated_client::runtime::{OperationInfo, RawResponse, Shape};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION};
use reqwest::{StatusCode, Url};
use serde_json::{Value, json};

use super::examples::{self, Content, Example};
use super::made_up;
use super::mutate::{self, Expected, Mutant};
use super::service::{Failure as _, operations, read_response};
use super::threads;

/// What the operation receives.
pub(crate) fn raw(status: u16, media_type: &'static str, location: Option<&str>, body: &str) -> RawResponse {
    let mut headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(media_type))]);
    headers.extend(location.map(|location| (LOCATION, location.parse().unwrap())));
    RawResponse::from_parts(
        StatusCode::from_u16(status).unwrap(),
        headers,
        body,
        Url::parse("http://localhost/").unwrap(),
    )
}

/// What the example is read as, as JSON.
fn read(info: &OperationInfo, status: u16, body: &Value) -> Result<Value, String> {
    let response = raw(status, "application/json", None, &body.to_string());
    read_response(info, response).map(|typed| typed.value).map_err(|error| error.to_string())
}

/// The shape of the response with this status.
fn shape(info: &OperationInfo, status: u16) -> Shape {
    match (info.response)() {
        Shape::ByStatus(shapes) => shapes.into_iter().find(|(of, _)| *of == status.to_string()).unwrap().1,
        shape => shape,
    }
}

/// The value without the members that are null, which is what a response with them is read as.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let told = members.iter().filter(|(_, member)| !member.is_null());
            told.map(|(name, member)| (name.clone(), without_nulls(member))).collect()
        }
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

#[test]
fn every_response_has_an_example_which_is_read_and_written_as_it_was() {
    let mut examples = 0;
    for info in operations() {
        let id = info.spec.id;
        for status in info.spec.responses {
            let of_status = examples::of(info).responses.iter().filter(|example| example.status == *status);
            let of_status: Vec<&Example> = of_status.collect();
            assert!(!of_status.is_empty(), "{id} has no example of a response with {status}");
            for Example { content, .. } in of_status {
                let location = match content {
                    Content::Location(location) => Some(location.as_str()),
                    _ => None,
                };
                let response = raw(*status, content.media_type(), location, &content.body());
                let typed = read_response(info, response).unwrap_or_else(|error| panic!("{error}"));
                let expected = match (content, shape(info, *status)) {
                    (_, Shape::Nothing) => Value::Null,
                    (Content::Location(location), _) => json!({"status": status, "location": location}),
                    (Content::Text(text), _) => json!(text),
                    (Content::Json(value), _) => without_nulls(value),
                    (Content::Nothing, _) => {
                        panic!("{id} has no example of the body that comes with {status}")
                    }
                };
                assert_eq!(typed.value, expected, "{id} with {status}");
                examples += 1;
            }
        }
    }
    println!("{examples} examples of responses of {} operations", operations().len());
}

/// Changes the responses of these operations. Returns how many there were, and what was read wrongly or not at all.
fn read_mutants(operations: &[&'static OperationInfo]) -> (usize, Vec<String>) {
    let (mut mutants, mut failures) = (0, Vec::new());
    for info in operations {
        for (status, body) in bodies(info) {
            for mutant in mutate::all(&body, &shape(info, status)) {
                mutants += 1;
                let fault = fault(info, status, &body, &mutant);
                failures.extend(fault.map(|fault| format!("{}: {}: {fault}", info.spec.id, mutant.name)));
            }
        }
    }
    (mutants, failures)
}

#[test]
fn a_response_is_read_whatever_of_it_has_changed() {
    let all = operations();
    let (mutants, failures): (Vec<usize>, Vec<Vec<String>>) =
        threads::each(threads::shares(&all), read_mutants).into_iter().unzip();
    let (mutants, failures) = (mutants.into_iter().sum::<usize>(), failures.concat());
    println!(
        "{} operations, {mutants} changed responses, {} read wrongly or not at all",
        all.len(),
        failures.len()
    );
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(mutants >= all.len());
}

/// What may be around the JSON of a body without changing it.
#[test]
fn a_body_is_read_whatever_stands_around_its_json() {
    let mut cases = 0;
    for info in operations() {
        for (status, body) in bodies(info) {
            let (text, plain) = (body.to_string(), read(info, status, &body));
            for around in
                [format!("\u{feff}{text}"), format!("\r\n\t {text} \r\n"), format!("\u{feff}\n{text}\n")]
            {
                let response = raw(status, "application/json; charset=utf-8", None, &around);
                let found =
                    read_response(info, response).map(|typed| typed.value).map_err(|error| error.to_string());
                assert_eq!(found, plain, "{} with {status}", info.spec.id);
                cases += 1;
            }
        }
    }
    println!("{cases} bodies with something around their JSON");
}

/// Whether a body may be missing depends on the operation; no other error may come of it.
#[test]
fn a_body_that_says_nothing_is_read_or_refused_by_name() {
    let mut cases = 0;
    for info in operations() {
        for status in info.spec.responses {
            for nothing in ["", " \r\n", "null", "\u{feff}", "\u{feff}null", "\"\"", "{}", "[]"] {
                let outcome = read_response(info, raw(*status, "application/json", None, nothing));
                if let Err(error) = outcome {
                    let found = (error.what(), error.status().map(|status| status.as_u16()));
                    assert_eq!(
                        found,
                        ("invalid_response", Some(*status)),
                        "{}: {nothing:?}: {error}",
                        info.spec.id
                    );
                }
                cases += 1;
            }
        }
    }
    println!("{cases} bodies that say nothing");
}

/// The examples of an operation, and responses that have every member, which an example seldom has.
fn bodies(info: &OperationInfo) -> Vec<(u16, Value)> {
    let examples = examples::of(info).responses.iter().filter_map(|example| match &example.content {
        Content::Json(body) => Some((example.status, without_nulls(body))),
        _ => None,
    });
    let full = info
        .spec
        .responses
        .iter()
        .filter_map(|status| Some((*status, made_up::value(&shape(info, *status))?)));
    let is_json = |body: &Value| !body.is_string();
    examples.chain(full.filter(|(_, body)| is_json(body))).collect()
}

/// What is wrong with what a changed response is read as.
fn fault(info: &OperationInfo, status: u16, original: &Value, mutant: &Mutant) -> Option<String> {
    let read = match read(info, status, &mutant.body) {
        Ok(read) => read,
        Err(error) => return Some(error),
    };
    let (read, expected) = match &mutant.expected {
        Expected::Same => (read, original.clone()),
        Expected::AsSent => (read, mutant.body.clone()),
        Expected::Is(expected) => (read, expected.clone()),
        Expected::Elsewhere(pointer) => {
            let without = |mut value: Value| {
                mutate::remove(&mut value, pointer);
                mutate::prune(&mut value, pointer);
                value
            };
            (without(read), without(original.clone()))
        }
    };
    (read != expected).then(|| format!("read as {read}, not as {expected}"))
}
