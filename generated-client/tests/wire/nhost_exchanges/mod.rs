//! What a real server of Nhost Auth was sent and what it answered: this client sends the same, and makes of the responses
//! what they mean. Each exchange finds its operation by method and path, so that none is left out.

mod calls;
mod recorded;
mod requests;
mod responses;

use crate::harness::{Sent, without_proxy};
use calls::{Impossible, Outcome, Sending, call};
use generated_client::nhost::{Client, Error};
use generated_client::runtime::{ErrorKind, RawResponse, RetryPolicy};
use recorded::{Exchange, Recorder, exchanges};
use reqwest::redirect::Policy;

/// An exchange that was played again.
struct Played {
    exchange: Exchange,
    operation: &'static str,
    verdict: Verdict,
    outcome: Result<(Outcome, RawResponse), Error>,
}

/// Whether the client sent what was recorded, or else in which way it doesn't.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Sent,
    /// No operation has this method and path.
    NoOperation,
    /// There is no client without the credential.
    NoCredential,
    /// The type of the body can't hold it.
    NoBody,
    /// The client refuses the value before it sends anything.
    Refused,
    /// The client leaves out of the query what the operation doesn't take.
    OtherQuery,
    /// The client sends other headers, or leaves some out.
    OtherHeaders,
    /// The client leaves out of the body what the operation doesn't take, or sends one where there was none.
    OtherBody,
}

/// Sends every recorded request as far as this client can, and something else to the same operation where it can't, so
/// that each response is read.
async fn play() -> Vec<Played> {
    let exchanges = exchanges();
    let server = Recorder::start(&exchanges).await;
    // One for all, since making one takes longer than a hundred exchanges.
    let http = without_proxy().redirect(Policy::none()).build().unwrap();
    let mut played = Vec::new();
    for (number, exchange) in exchanges.into_iter().enumerate() {
        let base_url = format!("{}{}", server.uri(number), exchange.request.base());
        // What was recorded was sent once.
        let builder =
            Client::builder(base_url).http_client(http.clone()).retry_policy(RetryPolicy::disabled());
        let client = builder.build().unwrap();
        let (operation, is_operation) = exchange.operation();
        let id = operation.spec.id;
        let least = || call(id, &client, None).unwrap_or_else(|why| panic!("{id}: {why:?}"));
        let (verdict, mut outcome) =
            match sending(is_operation, || call(id, &client, Some(&exchange.request))) {
                Ok(sending) => (Verdict::Sent, sending.await),
                Err(verdict) => (verdict, least().await),
            };
        let mut verdict = verdict;
        if matches!(&outcome, Err(error) if matches!(error.kind(), ErrorKind::InvalidRequest(_))) {
            (verdict, outcome) = (Verdict::Refused, least().await);
        }
        played.push(Played { exchange, operation: id, verdict, outcome });
    }
    let mut requests = server.requests().await;
    for (number, played) in played.iter_mut().enumerate() {
        let sent = requests.remove(&number).unwrap_or_default();
        assert_eq!(sent.len(), 1, "{}: {sent:#?}", played.exchange.id);
        if played.verdict == Verdict::Sent {
            played.verdict = sent
                .into_iter()
                .map(|sent| compare(sent, played.exchange.request.expected()))
                .next()
                .unwrap();
        }
    }
    played
}

fn sending(
    is_operation: bool,
    call: impl FnOnce() -> Result<Sending, Impossible>,
) -> Result<Sending, Verdict> {
    if !is_operation {
        return Err(Verdict::NoOperation);
    }
    call().map_err(|why| match why {
        Impossible::Credential => Verdict::NoCredential,
        Impossible::Body => Verdict::NoBody,
    })
}

fn compare(mut sent: Sent, expected: Sent) -> Verdict {
    assert_eq!((&sent.method, &sent.path), (&expected.method, &expected.path));
    if sent.query != expected.query {
        return Verdict::OtherQuery;
    }
    if sent.headers != expected.headers {
        return Verdict::OtherHeaders;
    }
    sent.body = sent.body.parsed_like(&expected.body);
    if sent.body == expected.body { Verdict::Sent } else { Verdict::OtherBody }
}
