//! What a fake has beside the service: `/_fake`.

use serde_json::{Value, json};
use std::time::Duration;

use crate::fake::Fake;
use crate::faults;
use crate::html;
use crate::providers;
use crate::request::RawRequest;
use crate::response::Response;
use crate::service::Service;

/// The response to a request for a path under `/_fake`.
pub(crate) fn respond<S: Service>(fake: &Fake<S>, request: &RawRequest) -> Response {
    if let Some(provider) = request.path.strip_prefix(providers::PATH) {
        return fake.tools.providers.respond(provider, request);
    }
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/_fake" | "/_fake/") => Response::html(outbox_page(fake)),
        ("GET", "/_fake/outbox") => {
            let messages = fake.tools.outbox.messages();
            Response::json(&messages.iter().map(crate::outbox::Message::json).collect())
        }
        ("DELETE", "/_fake/outbox") => {
            fake.tools.outbox.clear();
            Response::empty(204)
        }
        ("POST", "/_fake/faults") => add_fault(fake, &request.body),
        ("POST", "/_fake/clock") => advance(fake, &request.body),
        ("POST", "/_fake/keys/rotate") => match fake.tools.keys.rotate() {
            Ok(()) => Response::empty(204),
            Err(error) => refused(500, &error.to_string()),
        },
        _ => refused(404, HELP),
    }
}

const HELP: &str = "there are GET /_fake, GET and DELETE /_fake/outbox, POST /_fake/faults, POST /_fake/clock and POST \
                    /_fake/keys/rotate";

fn refused(status: u16, why: &str) -> Response {
    Response::json_with(status, &json!({ "error": why }))
}

/// `{"operation": "signin_email_password", "fault": "rate-limited", "retryAfter": 3}`
fn add_fault<S: Service>(fake: &Fake<S>, body: &[u8]) -> Response {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let Some(operation) = body.get("operation").and_then(Value::as_str) else {
        return refused(400, "`operation` is missing, which is the id of an operation");
    };
    let Some(fault) = faults::described(&body) else {
        return refused(400, &format!("`fault` has to be {}", faults::WORDS));
    };
    match fake.fail_next(operation, fault) {
        Ok(()) => Response::empty(204),
        Err(error) => refused(400, &error.to_string()),
    }
}

/// `{"seconds": 900}`
fn advance<S: Service>(fake: &Fake<S>, body: &[u8]) -> Response {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let Some(seconds) = body.get("seconds").and_then(Value::as_u64) else {
        return refused(400, "`seconds` is missing, by which the clock is put forward");
    };
    fake.tools.clock.advance(Duration::from_secs(seconds));
    Response::json(&json!({ "seconds": fake.tools.clock.seconds() }))
}

/// The messages, the newest first.
fn outbox_page<S: Service>(fake: &Fake<S>) -> String {
    let mut items = String::new();
    for message in fake.tools.outbox.messages().iter().rev() {
        let (to, purpose) = (html::escape(&message.to), html::escape(&message.purpose));
        items.push_str(&format!("<li>{} to <strong>{to}</strong>: {purpose}", message.channel));
        if let Some(code) = &message.code {
            items.push_str(&format!("<br>Code: <code>{}</code>", html::escape(code)));
        }
        let one = message.link.iter().map(|link| ("Link".to_owned(), link));
        let many =
            message.numbered.iter().flat_map(|(_, links)| links).map(|(number, link)| (number.clone(), link));
        let links: Vec<_> = if message.numbered.is_some() { many.collect() } else { one.collect() };
        for (name, link) in links {
            let link = html::escape(link);
            items.push_str(&format!("<br>{name}: <a href=\"{link}\"><code>{link}</code></a>"));
        }
        items.push_str("</li>\n");
    }
    let content = match items.as_str() {
        "" => "<p>No messages yet. Load this page again after the service has sent one.</p>".to_owned(),
        items => format!("<ul>\n{items}</ul>"),
    };
    html::page("Messages", &content)
}
