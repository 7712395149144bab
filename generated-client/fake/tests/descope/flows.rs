//! The flow that the fake has.

use crate::support::{JANE, carrying, code, minutes, signed_in, started, valid};
use generated_client::descope::flow::{FlowOptions, FlowRedirectAuth};
use serde_json::{Map, Value, json};

const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

fn input(name: &str, value: &str) -> Map<String, Value> {
    Map::from_iter([(name.to_owned(), json!(value))])
}

#[tokio::test]
async fn a_flow_asks_for_an_address_and_a_code() {
    let (fake, client) = started().await;
    let unknown = client.flow().start("another").send().await.unwrap_err();
    assert_eq!(code(&unknown), "E011004");
    let (start, raw) = client.flow().start("sign-up-or-in").send_with_raw().await.unwrap();
    let mut nonce = raw.headers()["x-descope-flow-nonce"].to_str().unwrap().to_owned();
    let run = start.execution_id.expose();
    let next = |step: &'static str, input, nonce: &str| {
        client.flow().next(run, step, "submit").input(input).x_descope_flow_nonce(nonce).send_with_raw()
    };
    let stale = next("0", input("email", JANE), "0.stale").await.unwrap_err();
    assert_eq!((code(&stale), stale.status().unwrap().as_u16()), ("E108201", 403));
    let (asked, raw) = next("0", input("email", JANE), &nonce).await.unwrap();
    raw.headers()["x-descope-flow-nonce"].to_str().unwrap().clone_into(&mut nonce);
    assert_eq!(asked.step_id, "1");
    let (refused, raw) = next("1", input("code", "no"), &nonce).await.unwrap();
    raw.headers()["x-descope-flow-nonce"].to_str().unwrap().clone_into(&mut nonce);
    assert_eq!(refused.error.unwrap().code.unwrap().as_str(), "E061102");
    let (done, _) = next("1", input("code", &fake.outbox().code(JANE).unwrap()), &nonce).await.unwrap();
    valid(&fake, &client, &done.auth_info.unwrap()).await;
    let ended = next("1", input("code", "x"), &nonce).await.unwrap_err();
    assert_eq!(code(&ended), "E103202");
}

#[tokio::test]
async fn a_flow_in_a_browser_ends_with_a_code_for_the_application() {
    let (fake, client) = started().await;
    let session = signed_in(&fake, &client, JANE).await;
    carrying(&client, &session).flow().prime("sign-up-or-in", CHALLENGE).send().await.unwrap();
    let back = FlowRedirectAuth::new("app://back", CHALLENGE);
    let options = FlowOptions::default().redirect_auth(back);
    let (start, raw) = client.flow().start("sign-up-or-in").options(options).send_with_raw().await.unwrap();
    let nonce = |raw: &generated_client::runtime::RawResponse| {
        raw.headers()["x-descope-flow-nonce"].to_str().unwrap().to_owned()
    };
    let next = |step: &str, input, nonce: String| {
        client
            .flow()
            .next(start.execution_id.expose(), step, "submit")
            .input(input)
            .x_descope_flow_nonce(nonce)
    };
    let (_, raw) = next("0", input("email", JANE), nonce(&raw)).send_with_raw().await.unwrap();
    let text = fake.outbox().code(JANE).unwrap();
    let done = next("1", input("code", &text), nonce(&raw)).send().await.unwrap();
    let url = done.redirect.unwrap().url;
    let (_, code_text) = url.split_once("app://back?code=").unwrap();
    let wrong = client.flow().exchange(code_text, "another verifier").send().await.unwrap_err();
    assert_eq!(code(&wrong), "E011004");
    client.flow().exchange(code_text, VERIFIER).send().await.unwrap_err();
}

#[tokio::test]
async fn a_flow_takes_too_long() {
    let (fake, client) = started().await;
    let (start, raw) = client.flow().start("sign-up-or-in").send_with_raw().await.unwrap();
    let nonce = raw.headers()["x-descope-flow-nonce"].to_str().unwrap();
    fake.clock().advance(minutes(10));
    let next = client.flow().next(start.execution_id.expose(), "0", "submit").x_descope_flow_nonce(nonce);
    assert_eq!(code(&next.send().await.unwrap_err()), "E103205");
}
