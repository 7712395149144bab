//! Plays exchanges to fakes.

use crate::compare::differences;
use crate::exceptions;
use crate::exchange::{Body, Exchange, Request, Response};
use crate::passkeys;
use crate::profiles::{Keys, settings};
use crate::situation::Situation;
use generated_client_fake::FakeNhost;
use std::error::Error;

/// What has become of the exchanges, by their ids.
#[derive(Debug, Default)]
pub(crate) struct Played {
    pub(crate) same: Vec<String>,
    pub(crate) excepted: Vec<(String, &'static str)>,
    pub(crate) different: Vec<(String, Vec<String>)>,
}

/// Plays all exchanges of a file, each to a fake of its own.
pub(crate) async fn all(lines: &str) -> Result<Played, Box<dyn Error>> {
    let keys = Keys::new()?;
    let mut played = Played::default();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let exchange = Exchange::read(line)?;
        let fake = FakeNhost::with(settings(&exchange.profile, &keys)).await?;
        fake.clock().stop();
        let request = set_up(&fake, &exchange).await?;
        let response = send(&fake, &request).await?;
        let found = differences(&exchange.response, &response);
        match exceptions::reason(&exchange) {
            _ if found.is_empty() => played.same.push(exchange.id),
            Some(reason) => played.excepted.push((exchange.id, reason)),
            None => played.different.push((exchange.id, found)),
        }
    }
    Ok(played)
}

/// Sets up the situation of an exchange, and gives the request.
async fn set_up(fake: &FakeNhost, exchange: &Exchange) -> Result<Request, Box<dyn Error>> {
    let mut situation = Situation::new(fake, exchange);
    let mut caller = situation.caller()?;
    if exchange.bare_path().contains("webauthn") {
        let user = caller.take().map(|user| fake.add_user(user));
        passkeys::set_up(&mut situation, user).await?;
    }
    situation.set_up(caller).await
}

async fn send(fake: &FakeNhost, request: &Request) -> Result<Response, Box<dyn Error>> {
    let server = fake.url();
    let server = server.strip_suffix("/v1").unwrap_or(&server);
    let mut url = format!("{server}{}", request.path);
    if !request.query.is_empty() {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&request.query).finish();
        url = format!("{url}?{query}");
    }
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let mut sent = client.request(request.method.parse()?, url);
    for (name, value) in &request.headers {
        sent = sent.header(name, value);
    }
    sent = match &request.body {
        Body::Nothing => sent,
        Body::Json(body) => sent.body(body.to_string()),
        Body::Text(text) => sent.body(text.clone()),
    };
    let response = sent.send().await?;
    let header =
        |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let (status, content_type, location) =
        (response.status().as_u16(), header("content-type"), header("location"));
    let text = response.text().await?;
    let json = serde_json::from_str(&text).unwrap_or_default();
    Ok(Response { status, content_type: content_type.unwrap_or_default(), location, json, text })
}
