//! No secret is printed, whatever happens to a call.

use super::sample::{ErrorCode, ExchangeRequest, Sample};
use super::{answering, json};
use crate::runtime::error::Error;
use serde_json::json as value;
use std::error::Error as _;
use std::fmt::Debug;
use wiremock::ResponseTemplate;

const CANARY: &str = "c4nary-7f3a";

fn show(shown: impl Debug) {
    let text = format!("{shown:?} {shown:#?}");
    assert!(!text.contains(CANARY), "{text}");
}

fn show_error(error: &Error<ErrorCode>) {
    show(error);
    show(error.kind());
    let text = error.to_string();
    assert!(!text.contains(CANARY), "{text}");
    let mut source = error.source();
    while let Some(cause) = source {
        show(cause);
        assert!(!cause.to_string().contains(CANARY), "{cause}");
        source = cause.source();
    }
}

async fn fail(sample: &Sample) {
    let exchange = sample.exchange(CANARY).type_(CANARY);
    show(&exchange);
    show_error(&exchange.send().await.unwrap_err());
    let find = sample.find(CANARY).nonce(CANARY).tags([CANARY]);
    show(&find);
    show_error(&find.send().await.unwrap_err());
    let sign_in = sample.sign_in(CANARY).connect(CANARY);
    show(&sign_in);
    show_error(&sign_in.send().await.unwrap_err());
}

#[tokio::test]
async fn canaries_are_not_seen_in_any_failure() {
    let echo = format!("the value {CANARY} is wrong");
    let page = format!("<html>{CANARY}</html>");
    for response in [
        json(400, &value!({"code": "wrong-code", "message": echo}).to_string()),
        json(400, &value!({"message": format!("\"{CANARY}\"")}).to_string()),
        json(200, &value!({"sessionJwt": [CANARY], "roles": CANARY}).to_string()[1..]),
        json(200, &format!(r#"{{"sessionJwt": "{CANARY}", "roles": "{CANARY}""#)),
        ResponseTemplate::new(200).set_body_raw(page.clone(), "text/html"),
        ResponseTemplate::new(502).set_body_raw(page, &format!("text/{CANARY}; {CANARY}")),
        ResponseTemplate::new(307).insert_header("location", format!("/{CANARY}")),
        ResponseTemplate::new(302).insert_header("location", format!("http://[{CANARY}")),
        json(500, &CANARY.repeat(100)).insert_header("x-request-id", CANARY),
    ] {
        let server = answering(response).await;
        let sample = Sample::at(&server.uri()).carrying(CANARY);
        show(&sample);
        fail(&sample).await;
        let limited = Sample::built(Sample::builder(&server.uri()).max_body(1)).unwrap();
        fail(&limited.carrying(CANARY)).await;
    }
    fail(&Sample::at("http://127.0.0.1:1").carrying(CANARY)).await;
    fail(&Sample::at("http://127.0.0.1:1").carrying(&format!("{CANARY}\n"))).await;
}

#[test]
fn requests_and_responses_show_no_secret() {
    show(ExchangeRequest::new(CANARY));
    let response: super::sample::Session = serde_json::from_value(value!({"sessionJwt": CANARY})).unwrap();
    show(response);
}
