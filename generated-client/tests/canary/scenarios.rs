//! The ways in which a service, or what stands in front of it, may answer.

use std::mem::discriminant;

use generated_client::runtime::{Method, ObjectShape, OperationInfo, Shape};
use serde_json::{Value, json};

use super::canaries::Canary;
use super::loopback::response;
use super::plan::{Plan, Success};

/// A response, and what the call then ends with.
pub(crate) struct Scenario {
    pub(crate) name: String,
    pub(crate) response: Vec<u8>,
    pub(crate) ends: &'static [&'static str],
}

const JSON: &str = "application/json";

/// All scenarios of an operation.
pub(crate) fn all(info: &OperationInfo, plan: &Plan, credentials: &[Canary]) -> Vec<Scenario> {
    let mut scenarios = vec![success(&plan.success, plan.spare)];
    scenarios.extend(undecodable(&plan.success, plan.spare));
    scenarios.extend(errors(info.service, plan, credentials));
    scenarios.extend(pages(plan));
    scenarios.extend(redirects(&plan.success, plan.spare));
    // A response to HEAD has no body, whatever it announces.
    scenarios.extend((info.spec.method != Method::Head).then(|| oversized(plan)));
    scenarios
}

/// Headers that hold secrets beside the media type.
fn headers(media_type: &str, spare: Canary) -> Vec<(&'static str, String)> {
    let text: String = spare.text().chars().filter(char::is_ascii_graphic).collect();
    vec![
        ("content-type", media_type.to_owned()),
        ("set-cookie", format!("DS={text}; HttpOnly")),
        ("x-request-id", text),
    ]
}

fn scenario(name: &str, response: Vec<u8>, ends: &'static [&'static str]) -> Scenario {
    Scenario { name: name.to_owned(), response, ends }
}

/// The bytes of a response that can be decoded.
fn success(success: &Success, spare: Canary) -> Scenario {
    let mut headers = headers(JSON, spare);
    headers.extend(success.location.clone().map(|location| ("location", location)));
    let body = success.body.as_ref().map(Value::to_string).unwrap_or_default();
    scenario("success", response(success.status, &headers, body), &["ok"])
}

/// Responses of success that aren't what they should be: of another type in one member after the other, cut off, HTML.
fn undecodable(success: &Success, spare: Canary) -> Vec<Scenario> {
    let ends: &[&str] = match &success.shape {
        // Without a body, and with one of any form, nothing can be wrong.
        Shape::Nothing => &["ok"],
        Shape::Text | Shape::Any => &["ok", "invalid_response"],
        _ => &["invalid_response"],
    };
    let status = success.status;
    let json = |name: String, body: String| Scenario {
        name,
        response: response(status, &headers(JSON, spare), body),
        ends,
    };
    let page = format!("<html><body>{}</body></html>", spare.text());
    let mut scenarios = vec![
        scenario("HTML in place of a response", response(status, &headers("text/html", spare), page), ends),
        scenario(
            "bytes in place of a response",
            response(status, &headers(JSON, spare), b"\xff\xfe\x00"),
            ends,
        ),
        scenario(
            "an empty response",
            response(status, &headers(JSON, spare), ""),
            &["ok", "invalid_response"],
        ),
    ];
    let bad_location = format!("https://[{}", spare.text().replace(|c: char| !c.is_ascii_graphic(), ""));
    let mut headers = headers(JSON, spare);
    headers.push(("location", bad_location));
    scenarios.push(scenario(
        "a bad Location",
        response(302, &headers, ""),
        &["ok", "invalid_response", "api"],
    ));

    let Some(body) = &success.body else { return scenarios };
    let text = body.to_string();
    for part in 1..=3 {
        let mut cut = text.len() * part / 4;
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let text = text[..cut].to_owned();
        scenarios.push(json(format!("a response cut off after {part}/4"), text));
    }
    if let (Shape::Object(object), Value::Object(_)) = (&success.shape, body) {
        let faulty = faulty_members(object, body, spare).into_iter();
        scenarios
            .extend(faulty.map(|(name, body)| json(format!("a wrong type at {name}"), body.to_string())));
    }
    scenarios
}

/// The body with the first member of each kind that can be wrong being so, and the last of all.
fn faulty_members(object: &ObjectShape, body: &Value, spare: Canary) -> Vec<(&'static str, Value)> {
    let faulty: Vec<_> = object
        .members
        .iter()
        .filter_map(|member| {
            let shape = (member.shape)();
            let mut body = body.clone();
            body[member.name] = wrong(&shape, spare)?;
            Some((discriminant(&shape), member.name, body))
        })
        .collect();
    let last = faulty.len().saturating_sub(1);
    let mut kinds = Vec::new();
    let mut is_chosen = |at: usize, kind| {
        let is_new = !kinds.contains(&kind);
        kinds.push(kind);
        is_new || at == last
    };
    let faulty = faulty.into_iter().enumerate();
    faulty
        .filter(|(at, (kind, _, _))| is_chosen(*at, *kind))
        .map(|(_, (_, name, body))| (name, body))
        .collect()
}

/// What no value of this shape is. Its keys and values are secret.
fn wrong(shape: &Shape, spare: Canary) -> Option<Value> {
    let text = spare.text();
    match shape {
        Shape::Secret(inner) => wrong(inner, spare),
        Shape::Any | Shape::Choice { .. } => None,
        Shape::Object(_) | Shape::Map(_) | Shape::List(_) | Shape::Boolean => Some(json!(text)),
        Shape::Integer | Shape::Number if text.parse::<f64>().is_err() => Some(json!(text)),
        _ => Some(json!({ text.as_str(): { "token": text } })),
    }
}

/// Every form of error body of the service, with a text that repeats all secrets of the request.
fn errors(service: &str, plan: &Plan, credentials: &[Canary]) -> Vec<Scenario> {
    let secrets: Vec<String> = plan.sent.iter().chain(credentials).map(|canary| canary.text()).collect();
    let said = echo(&secrets);
    let one = secrets.first().cloned().unwrap_or_default();
    let bodies = match service {
        "descope" | "descope-management" => vec![
            (401, json!({"errorCode": "E061102", "errorDescription": said, "errorMessage": said})),
            (400, json!({"errorCode": "E011003", "errorMessage": said})),
            (400, json!({"errorCode": one, "errorDescription": said, "error": said})),
            (429, json!({"errorCode": "E130429", "errorDescription": one})),
            (500, json!({"code": 13, "message": said, "details": [one]})),
        ],
        "nhost" => vec![
            (400, json!({"error": "invalid-request", "message": said, "status": 400})),
            (401, json!({"error": one, "message": said, "status": 401})),
            (400, json!({"error": said})),
            (400, json!({"error": one})),
            (
                400,
                json!({"error": format!("error in openapi3filter.SecurityRequirementsError: failed: {one}")}),
            ),
            (400, json!({"msg": said})),
            (403, json!({"error": "forbidden-anonymous", "reason": said})),
            (401, json!({"error": said, "reason": said, "securityScheme": one})),
            (422, json!({"errors": said, "message": said})),
            (422, json!({"errors": secrets, "message": one})),
        ],
        // The common forms, which a service without hand-written code has.
        _ => vec![
            (400, json!({"code": one, "message": said})),
            (401, json!({"error": one, "error_description": said})),
            (403, json!({"type": one, "title": said, "status": 403, "detail": said})),
            (422, json!({"errors": [{"code": "invalid", "message": said}]})),
        ],
    };
    let mut scenarios: Vec<Scenario> = bodies
        .into_iter()
        .enumerate()
        .map(|(at, (status, body))| {
            let response = response(status, &headers(JSON, plan.spare), body.to_string());
            scenario(&format!("error body {at}"), response, &["api"])
        })
        .collect();
    let broken = json!({"errorCode": said, "error": said}).to_string();
    let list = json!([secrets]).to_string();
    for (name, status, media_type, body) in [
        ("an error without a body", 429, JSON, ""),
        ("an error cut off", 500, JSON, &broken[..broken.len() / 2 - broken.len() % 2]),
        ("an error that is a list", 400, JSON, &list),
        ("an error that is a string", 400, JSON, &json!(one).to_string()),
        ("an error that is a text", 404, "text/plain", &one),
        (
            "an error that is a longer text",
            400,
            "text/plain; charset=utf-8",
            &format!("the code {one} is wrong"),
        ),
    ] {
        let response = response(status, &headers(media_type, plan.spare), body);
        scenarios.push(scenario(name, response, &["api"]));
    }
    scenarios
}

/// A text as services write it, with each secret in another place of a sentence.
fn echo(secrets: &[String]) -> String {
    let clauses = secrets.iter().enumerate().map(|(at, secret)| match at % 7 {
        0 => format!("the value {secret} is wrong"),
        1 => format!("\"{secret}\" is not allowed"),
        2 => format!("token={secret}, expired"),
        3 => format!("no user ({secret}) found:{secret}"),
        4 => format!("at /{secret}/{secret}: invalid"),
        5 => match secret.split_at_checked(3) {
            Some((one, other)) => format!("the code {one} {other} is wrong, not {one}-{other}"),
            None => format!("the code {secret} is wrong"),
        },
        _ => format!("'{secret}'s use is `{secret}`"),
    });
    clauses.collect::<Vec<_>>().join("; ")
}

/// What gateways answer.
fn pages(plan: &Plan) -> Vec<Scenario> {
    let sent: Vec<String> = plan.sent.iter().map(|canary| canary.text()).collect();
    let page = format!("<html><h1>Bad</h1><p>{} {}</p>", plan.spare.text(), sent.join("</p><p>"));
    [
        (403, "text/html"),
        (502, "text/html; charset=utf-8"),
        (503, "text/plain"),
        (504, "application/x-canary"),
    ]
    .into_iter()
    .map(|(status, media_type)| {
        let response = response(status, &headers(media_type, plan.spare), &page);
        scenario(&format!("{media_type} with {status}"), response, &["api"])
    })
    .collect()
}

/// Redirects, which are a response to some operations and unexpected by others.
fn redirects(success: &Success, spare: Canary) -> Vec<Scenario> {
    let text: String = spare.text().chars().filter(char::is_ascii_alphanumeric).collect();
    let location = match &success.location {
        Some(location) => location.clone(),
        None => format!("https://app.example/{text}?code={text}&refreshToken={text}#{text}"),
    };
    [301, 302, 307]
        .into_iter()
        .map(|status| {
            let mut headers = headers("text/html", spare);
            headers.push(("location", location.clone()));
            let page = format!("<a href=\"{location}\">Moved</a>");
            scenario(&format!("a redirect with {status}"), response(status, &headers, page), &["ok", "api"])
        })
        .collect()
}

/// A response that says how large it is.
fn oversized(plan: &Plan) -> Scenario {
    let mut headers = headers(JSON, plan.spare);
    headers.push(("content-length", "99999999".to_owned()));
    scenario("a response that is too large", response(200, &headers, plan.spare.text()), &["too large"])
}
