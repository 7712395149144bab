//! Which requests are sent again.

use super::clock::FakeClock;
use super::sample::{ErrorCode, ExchangeRequest, Sample};
use super::timeouts::with_growing_timeout;
use super::{answering, json};
use crate::runtime::client::builder::Builder;
use crate::runtime::engine::http::HttpSettings;
use crate::runtime::error::Error;
use crate::runtime::error::kind::ErrorKind;
use crate::runtime::error::transport::Phase;
use crate::runtime::request::spec::Retry;
use reqwest::dns::{Name, Resolve, Resolving};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use wiremock::{MockServer, ResponseTemplate};

pub(super) type Failure = Error<ErrorCode>;

pub(super) const CLASSES: [Retry; 3] = [Retry::Safe, Retry::Idempotent, Retry::Never];

/// How often an operation of the class is sent if it may be sent again, and if it may not.
fn times(class: Retry) -> u32 {
    if class == Retry::Never { 1 } else { 3 }
}

pub(super) async fn call(sample: &Sample, class: Retry) -> Result<(), Failure> {
    match class {
        Retry::Safe => sample.find("x").send().await.map(drop),
        Retry::Idempotent => sample.delete().send().await,
        Retry::Never => sample.exchange("c0de").send().await.map(drop),
    }
}

/// A client, and the clock that it uses.
pub(super) fn timed(builder: Builder<Sample>) -> (Sample, FakeClock) {
    let clock = FakeClock::default();
    (Sample::built(builder.clock(clock.clone())).unwrap(), clock)
}

pub(super) async fn count(server: &MockServer) -> u32 {
    server.received_requests().await.unwrap().len().try_into().unwrap()
}

pub(super) fn millis<const N: usize>(millis: [u64; N]) -> Vec<Duration> {
    millis.map(Duration::from_millis).to_vec()
}

/// The pauses of a call that was sent this often, with the default policy.
pub(super) fn pauses(attempts: u32) -> Vec<Duration> {
    if attempts == 1 { Vec::new() } else { millis([100, 200]) }
}

/// Makes an operation of each class fail against this server, and looks at how often it was sent.
async fn fails(response: ResponseTemplate, attempts: impl Fn(Retry) -> u32) {
    for class in CLASSES {
        let server = answering(response.clone()).await;
        let (sample, clock) = timed(Sample::builder(&server.uri()));
        let error = call(&sample, class).await.unwrap_err();
        let expected = attempts(class);
        let (found, case) = (count(&server).await, format!("{class:?} {error}"));
        assert_eq!((found, error.attempts()), (expected, expected), "{case}");
        assert_eq!(clock.sleeps(), pauses(expected), "{case}");
        assert_eq!(error.may_retry(), expected > 1, "{case}");
        assert_eq!(error.to_string().ends_with(", after 3 attempts"), expected > 1, "{case}");
    }
}

#[tokio::test]
async fn statuses_that_may_pass_are_tried_again_unless_the_class_forbids_it() {
    for status in [502, 503, 504, 520, 521, 522, 523, 524, 530] {
        fails(json(status, "{}"), times).await;
    }
    // The pauses after a rate limit are others.
    fails(json(429, "{}").insert_header("retry-after", "Wed, 31 Dec 2025 23:59:59 GMT"), times).await;
}

#[tokio::test]
async fn other_statuses_are_final() {
    for status in [301, 304, 400, 401, 404, 408, 409, 425, 500, 501, 505, 525] {
        fails(json(status, "{}").insert_header("retry-after", "1"), |_| 1).await;
    }
}

#[tokio::test]
async fn responses_that_can_not_be_used_are_final() {
    for response in [json(200, "["), ResponseTemplate::new(200)] {
        let server = answering(response).await;
        let error = Sample::at(&server.uri()).find("x").send().await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::InvalidResponse(_)));
        assert_eq!((error.attempts(), error.may_retry(), count(&server).await), (1, false, 1));
    }
    let server = answering(json(200, "[1, 2, 3]")).await;
    let sample = Sample::built(Sample::builder(&server.uri()).max_body(3)).unwrap();
    let error = sample.find("x").send().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::TooLarge { .. }));
    assert_eq!((error.attempts(), error.may_retry(), count(&server).await), (1, false, 1));
}

/// A gateway may send a long page with its error.
#[tokio::test]
async fn an_error_is_tried_again_however_long_its_body_is() {
    let server = answering(json(503, "[1, 2, 3]")).await;
    let (sample, _) = timed(Sample::builder(&server.uri()).max_error_body(3));
    let error = sample.find("x").send().await.unwrap_err();
    assert_eq!((error.attempts(), error.may_retry(), count(&server).await), (3, true, 3));
}

#[tokio::test]
async fn a_redirect_that_is_the_response_is_a_success() {
    let server = answering(ResponseTemplate::new(302).insert_header("location", "/there")).await;
    Sample::at(&server.uri()).sign_in("apple").send().await.unwrap();
    assert_eq!(count(&server).await, 1);
}

#[tokio::test]
async fn a_refused_call_is_not_sent_at_all() {
    let server = answering(json(200, "{}")).await;
    let error = Sample::at(&server.uri()).find("..").send().await.unwrap_err();
    assert_eq!((error.attempts(), error.may_retry(), count(&server).await), (0, false, 0));

    let http = reqwest::Client::builder().no_proxy().https_only(true);
    let (sample, clock) = timed(Sample::builder(&server.uri()).http_client_builder(http));
    let error = sample.find("s3cret").send().await.unwrap_err();
    assert_eq!(error.to_string(), "sample find: the request is refused by the HTTP client");
    assert!(matches!(error.kind(), ErrorKind::InvalidRequest(_)));
    assert!(!format!("{error:?}").contains("s3cret"), "{error:?}");
    assert_eq!((error.attempts(), error.may_retry(), count(&server).await), (0, false, 0));
    assert!(clock.sleeps().is_empty());
}

#[test]
fn a_call_outside_of_a_runtime_is_refused() {
    for most in [1, 0] {
        let sample = Sample::built(Sample::builder("http://localhost:9").max_connections(most)).unwrap();
        let error = futures_util::FutureExt::now_or_never(sample.find("x").send()).unwrap().unwrap_err();
        let expected = "sample find: the call needs a runtime of tokio: await it within one";
        assert_eq!((error.to_string(), error.attempts()), (expected.to_owned(), 0));
    }
}

/// The reply of a server on loopback to one connection.
#[derive(Clone, Copy)]
enum Reply {
    /// It writes this and closes the connection.
    Bytes(&'static str),
    /// It writes this and keeps the connection open.
    Stops(&'static str),
}

/// A server that gives each connection the next reply, and the last one to all that follow.
struct Scripted {
    uri: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Scripted {
    async fn start(replies: &'static [Reply]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let uri = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::<Mutex<Vec<String>>>::default();
        let received = Arc::clone(&requests);
        tokio::spawn(async move {
            let mut open = Vec::new();
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let request = request(&mut stream).await;
                let number = {
                    let mut received = received.lock().unwrap();
                    received.push(request);
                    received.len()
                };
                match replies[number.min(replies.len()) - 1] {
                    Reply::Bytes(bytes) => stream.write_all(bytes.as_bytes()).await.unwrap(),
                    Reply::Stops(bytes) => {
                        stream.write_all(bytes.as_bytes()).await.unwrap();
                        open.push(stream);
                    }
                }
            }
        });
        Self { uri, requests }
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// Reads a whole request, whose body has a length.
async fn request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let read = stream.read_buf(&mut bytes).await.unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return text;
            }
        }
        assert_ne!(read, 0, "the request breaks off: {text}");
    }
}

const OK: Reply = Reply::Bytes("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 4\r\n\r\n{  }");
const UNAVAILABLE: Reply =
    Reply::Bytes("HTTP/1.1 503 Nope\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
const PART: &str = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{";

/// A call to a server whose response breaks off, or doesn't come in time, fails in this phase.
async fn breaks_off(replies: &'static [Reply], phase: Phase, is_timeout: bool, class: Retry) {
    let expected = times(class);
    let is_meant = |(error, requests, _): &(Failure, usize, _)| match error.kind() {
        ErrorKind::Transport(transport) => {
            (transport.phase(), transport.is_timeout(), *requests) == (phase, is_timeout, expected as usize)
        }
        _ => false,
    };
    let (error, requests, sleeps) = with_growing_timeout(is_meant, async |timeout| {
        let server = Scripted::start(replies).await;
        let (sample, clock) = timed(Sample::builder(&server.uri).attempt_timeout(timeout));
        let error = call(&sample, class).await.unwrap_err();
        (error, server.requests().len(), clock.sleeps())
    })
    .await;
    let ErrorKind::Transport(transport) = error.kind() else { panic!("{error:?}") };
    assert_eq!((transport.phase(), error.is_timeout()), (phase, is_timeout), "{error}");
    assert_eq!(requests, expected as usize, "{class:?} {error}");
    assert_eq!((error.attempts(), error.may_retry()), (expected, expected > 1), "{class:?} {error}");
    assert_eq!(sleeps, pauses(expected));
}

#[tokio::test]
async fn responses_that_break_off_or_do_not_come() {
    for (replies, phase, is_timeout) in [
        (&[Reply::Bytes("")], Phase::Exchange, false),
        (&[Reply::Bytes("no HTTP\r\n\r\n")], Phase::Exchange, false),
        (&[Reply::Bytes(PART)], Phase::Body, false),
        (&[Reply::Stops("")], Phase::Exchange, true),
        (&[Reply::Stops(PART)], Phase::Body, true),
    ] {
        for class in CLASSES {
            breaks_off(replies, phase, is_timeout, class).await;
        }
    }
}

/// The status and the headers of an error count, though its body doesn't arrive.
#[tokio::test]
async fn an_error_whose_body_breaks_off_keeps_its_status() {
    const SIGNED_OUT: &str = "HTTP/1.1 401 -\r\ncontent-length: 100\r\n\r\n{\"errorCode\":";
    const LIMITED: &str = "HTTP/1.1 429 -\r\nretry-after: 120\r\ncontent-length: 100\r\n\r\n";
    const DOWN: &str = "HTTP/1.1 503 -\r\ncontent-length: 100\r\n\r\n<h1>";

    for (start, status, wait, tries) in [
        (SIGNED_OUT, 401, None, [1, 1]),
        (LIMITED, 429, Some(Duration::from_secs(120)), [1, 1]),
        (DOWN, 503, None, [3, 1]),
    ] {
        let stops: &'static [Reply] = Box::leak(Box::new([Reply::Stops(start)]));
        let breaks: &'static [Reply] = Box::leak(Box::new([Reply::Bytes(start)]));
        for (class, attempts) in [Retry::Safe, Retry::Never].into_iter().zip(tries) {
            for replies in [breaks, stops] {
                let is_meant = |error: &Failure| error.status().is_some();
                let error = with_growing_timeout(is_meant, async |timeout| {
                    let server = Scripted::start(replies).await;
                    let (sample, _) = timed(Sample::builder(&server.uri).attempt_timeout(timeout));
                    call(&sample, class).await.unwrap_err()
                })
                .await;
                let ErrorKind::Api(api) = error.kind() else { panic!("{error:?}") };
                assert_eq!((api.status().as_u16(), api.retry_after()), (status, wait), "{error}");
                assert_eq!((error.attempts(), error.is_timeout()), (attempts, false), "{error}");
                assert!(api.body().len() < 100);
            }
        }
    }
}

async fn never_connects(builder: impl Fn() -> Builder<Sample>, is_timeout: bool) {
    for class in CLASSES {
        let (sample, clock) = timed(builder());
        let error = call(&sample, class).await.unwrap_err();
        assert_eq!((error.is_connect(), error.is_timeout()), (true, is_timeout), "{error:?}");
        assert_eq!((error.attempts(), error.may_retry()), (3, true), "{class:?}");
        assert_eq!(clock.sleeps(), millis([100, 200]));
    }
}

#[tokio::test]
async fn a_connection_that_is_refused_is_tried_again_by_every_class() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let uri = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    never_connects(|| Sample::builder(&uri), false).await;
}

/// No part of a request is sent before the TLS handshake is complete.
#[tokio::test]
#[cfg(any(feature = "rustls", feature = "native-tls"))]
async fn a_connection_without_tls_is_none() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            listener.accept().await.unwrap();
        }
    });
    never_connects(|| Sample::builder(&uri), false).await;
}

/// A resolver that never finds an address.
struct Searching;

impl Resolve for Searching {
    fn resolve(&self, _name: Name) -> Resolving {
        Box::pin(std::future::pending())
    }
}

fn searching() -> Builder<Sample> {
    let http = reqwest::Client::builder().no_proxy().dns_resolver(Searching);
    Sample::builder("http://localhost:9").http_client_builder(http)
}

#[tokio::test]
async fn a_connection_that_takes_too_long_is_none() {
    never_connects(|| searching().connect_timeout(Duration::from_millis(20)), true).await;
}

/// Our own client gives up connecting before the time of the call or the attempt is over.
#[tokio::test]
async fn a_connection_fails_before_the_attempt_does() {
    let mut settings = HttpSettings::default();
    settings.connect_within(Some(Duration::from_secs(5)));
    assert_eq!(settings.connect_timeout, Some(Duration::from_millis(2500)));
    let mut settings = HttpSettings::default();
    settings.connect_within(None);
    assert_eq!(settings.connect_timeout, None);
    settings.connect_within(Some(Duration::from_secs(100)));
    assert_eq!(settings.connect_timeout, Some(Duration::from_secs(10)));
    settings.connect_within(Some(Duration::from_secs(1)));
    assert_eq!(settings.connect_timeout, Some(Duration::from_secs(10)));
}

/// Such an attempt can't be distinguished from one whose request was sent.
#[tokio::test]
async fn an_attempt_that_is_cut_while_connecting_may_have_been_sent() {
    for class in CLASSES {
        let builder = searching().connect_timeout(Duration::from_secs(3600));
        let (sample, _) = timed(builder.attempt_timeout(Duration::from_millis(20)));
        let error = call(&sample, class).await.unwrap_err();
        assert_eq!((error.is_connect(), error.is_timeout()), (false, true));
        assert_eq!(error.attempts(), times(class), "{class:?}");
    }
}

#[tokio::test]
async fn every_attempt_sends_the_same() {
    let server = Scripted::start(&[UNAVAILABLE, Reply::Bytes(""), OK]).await;
    let (sample, clock) = timed(Sample::builder(&server.uri).header("x-own", "1"));
    let body = ExchangeRequest::new("c0de").roles(vec!["a".to_owned(), "é".to_owned()]);
    sample.carrying("TOKEN").poll().body(body).send().await.unwrap();
    let requests = server.requests();
    assert!(requests[0].starts_with("POST /poll HTTP/1.1\r\n"), "{requests:?}");
    assert!(requests[0].ends_with("\r\n\r\n{\"code\":\"c0de\",\"roles\":[\"a\",\"é\"]}"), "{requests:?}");
    assert!(requests[0].contains("content-type: application/json\r\n"));
    assert_eq!(requests, vec![requests[0].clone(); 3]);
    assert_eq!(clock.sleeps(), millis([100, 200]));

    let server = Scripted::start(&[UNAVAILABLE, OK]).await;
    let sample = Sample::at(&server.uri).carrying("TOKEN");
    sample.find("a/b").nonce("n0nce").tags(["t&1", "t 2"]).send().await.unwrap();
    let requests = server.requests();
    assert!(requests[0].starts_with("GET /users/a%2Fb/keys?tags=t%261&tags=t%202 HTTP/1.1\r\n"));
    assert!(requests[0].contains("authorization: Bearer TOKEN\r\n"), "{requests:?}");
    assert!(requests[0].contains("x-nonce: n0nce\r\n"));
    assert_eq!(requests, vec![requests[0].clone(); 2]);
}
