//! No layer below the engine sends a request again, whichever HTTP client and version of HTTP is used: what the server has
//! seen is what the error says.

use crate::harness::{PROJECT, WITHOUT_PAUSES, without_proxy};
use generated_client::runtime::{Builder, Code, Error};
use generated_client::{descope, nhost};
use h2::Reason;
use h2::server::SendResponse;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// What a server does when it has read a whole request.
#[derive(Clone, Copy, Debug)]
enum Then {
    /// It closes the connection after these bytes.
    Closes(&'static str),
    /// It breaks the connection off after these bytes, which the client sees as a reset.
    Resets(&'static str),
    /// It resets the stream with this reason.
    ResetsStream(Reason),
    /// It begins a response and resets the stream with this reason.
    ResetsResponse(Reason),
    /// It sends `GOAWAY` with this reason and closes the connection.
    GoesAway(Reason),
}

const HTTP_1: [Then; 8] = [
    Then::Closes(""),
    Then::Closes("HTTP/1.1 200 O"),
    Then::Closes("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"),
    Then::Closes("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"),
    Then::Resets(""),
    Then::Resets("HTTP/1.1 200 O"),
    Then::Resets("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"),
    Then::Resets("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"),
];

const HTTP_2: [Then; 8] = [
    Then::Closes(""),
    Then::Resets(""),
    Then::ResetsStream(Reason::REFUSED_STREAM),
    Then::ResetsStream(Reason::INTERNAL_ERROR),
    Then::ResetsStream(Reason::NO_ERROR),
    Then::ResetsResponse(Reason::REFUSED_STREAM),
    Then::GoesAway(Reason::NO_ERROR),
    Then::GoesAway(Reason::ENHANCE_YOUR_CALM),
];

/// A server that counts the requests that it has read as a whole.
struct Server {
    uri: String,
    seen: Arc<AtomicUsize>,
}

impl Server {
    async fn start(is_http2: bool, then: Then) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let uri = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::<AtomicUsize>::default();
        let counted = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let seen = Arc::clone(&counted);
                if is_http2 {
                    tokio::spawn(http2(stream, then, seen));
                } else {
                    tokio::spawn(http1(stream, then, seen));
                }
            }
        });
        Self { uri, seen }
    }

    fn seen(&self) -> usize {
        self.seen.swap(0, Ordering::SeqCst)
    }
}

async fn http1(mut stream: TcpStream, then: Then, seen: Arc<AtomicUsize>) {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                break;
            }
        }
        if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return;
        }
    }
    seen.fetch_add(1, Ordering::SeqCst);
    let (Then::Closes(response) | Then::Resets(response)) = then else { panic!("{then:?}") };
    stream.write_all(response.as_bytes()).await.unwrap();
    if matches!(then, Then::Resets(_)) {
        stream.set_zero_linger().unwrap();
    }
}

async fn http2(stream: TcpStream, then: Then, seen: Arc<AtomicUsize>) {
    if matches!(then, Then::Resets(_)) {
        stream.set_zero_linger().unwrap();
    }
    let read = Arc::new(Notify::new());
    let Ok(mut connection) = h2::server::handshake(stream).await else { return };
    loop {
        tokio::select! {
            request = connection.accept() => {
                let Some(Ok((request, respond))) = request else { return };
                let (seen, read) = (Arc::clone(&seen), Arc::clone(&read));
                tokio::spawn(async move {
                    let mut body = request.into_body();
                    while let Some(Ok(_)) = body.data().await {}
                    seen.fetch_add(1, Ordering::SeqCst);
                    break_off(respond, then);
                    read.notify_one();
                });
            }
            () = read.notified() => match then {
                Then::GoesAway(reason) => connection.abrupt_shutdown(reason),
                Then::Closes(_) | Then::Resets(_) => return,
                _ => {}
            }
        }
    }
}

fn break_off(mut respond: SendResponse<bytes::Bytes>, then: Then) {
    match then {
        Then::ResetsStream(reason) => respond.send_reset(reason),
        Then::ResetsResponse(reason) => {
            let mut response = respond.send_response(http::Response::new(()), false).unwrap();
            response.send_reset(reason);
        }
        // The stream ends with its connection, and not before it.
        _ => std::mem::forget(respond),
    }
}

/// All ways in which a client may be built, with and without a retry policy that sends everything again.
fn builders<C>(new: impl Fn() -> Builder<C>, is_http2: bool) -> Vec<(&'static str, Builder<C>)> {
    let http = || if is_http2 { without_proxy().http2_prior_knowledge() } else { without_proxy() };
    let eager = |http: ClientBuilder| {
        let again = reqwest::retry::for_host("127.0.0.1").max_retries_per_request(5);
        http.retry(again.no_budget().classify_fn(|outcome| outcome.retryable()))
    };
    let finished = |http: ClientBuilder| -> Client { http.redirect(Policy::none()).build().unwrap() };
    let mut builders = vec![
        ("a builder", new().http_client_builder(http())),
        ("an eager builder", new().http_client_builder(eager(http()))),
        ("a client", new().http_client(finished(http()))),
        ("an eager client", new().http_client(finished(eager(http())))),
    ];
    if !is_http2 {
        builders.push(("our own client", new()));
    }
    builders
}

fn assert_sent<C: Code>(error: &Error<C>, server: &Server, times: usize, case: &str) {
    assert_eq!((server.seen(), error.attempts() as usize), (times, times), "{case}: {error}");
    assert_eq!(error.may_retry(), times > 1, "{case}: {error}");
}

async fn is_sent_once(is_http2: bool, then: Then) {
    let server = Server::start(is_http2, then).await;
    let new = || descope::Client::builder(PROJECT).base_url(&server.uri).retry_policy(WITHOUT_PAUSES);
    for (name, builder) in builders(new, is_http2) {
        let client = builder.build().unwrap();
        let case = format!("{name} {then:?}");
        let error = client.otp().verify_email("a@b.example", "123456").send().await.unwrap_err();
        assert_sent(&error, &server, 1, &case);
        // This one has no body, and may be sent again.
        let error = client.oauth().authorize("google").send().await.unwrap_err();
        assert_sent(&error, &server, 3, &case);
    }
    let new = || nhost::Client::builder(&server.uri).retry_policy(WITHOUT_PAUSES);
    for (name, builder) in builders(new, is_http2) {
        // This one has no body, and must not be sent again.
        let call = builder.build().unwrap().signin().provider_callback("github", "state").code("c0de");
        let error = call.send().await.unwrap_err();
        assert_sent(&error, &server, 1, &format!("{name} {then:?}"));
    }
}

#[tokio::test]
async fn over_http_1() {
    for then in HTTP_1 {
        is_sent_once(false, then).await;
    }
}

#[tokio::test]
async fn over_http_2() {
    for then in HTTP_2 {
        is_sent_once(true, then).await;
    }
}

/// `SETTINGS`, and a `GOAWAY` that names no stream, as bytes.
const GONE: &[u8] = b"\0\0\0\x04\0\0\0\0\0\0\0\x08\x07\0\0\0\0\0\0\0\0\0\0\0\0\0";

/// A server that says of two connections at once that it goes away, so that no stream of theirs is opened, and responds
/// on the next one.
async fn going_away(listener: TcpListener, has_gone: Arc<Notify>) -> String {
    let mut gone = Vec::new();
    for _ in 0..2 {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(GONE).await.unwrap();
        gone.push(stream);
        has_gone.notify_one();
    }
    let (stream, _) = listener.accept().await.unwrap();
    has_gone.notify_one();
    let mut connection = h2::server::handshake(stream).await.unwrap();
    let (request, mut respond) = connection.accept().await.unwrap().unwrap();
    let mut body = respond.send_response(http::Response::new(()), false).unwrap();
    body.send_data(r#"{"sessionJwt":"s"}"#.into(), true).unwrap();
    tokio::spawn(async move { while connection.accept().await.is_some() {} });
    request.uri().path().to_owned()
}

#[tokio::test]
async fn what_never_left_is_sent_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("http://{}", listener.local_addr().unwrap());
    let has_gone = Arc::new(Notify::new());
    let server = tokio::spawn(going_away(listener, Arc::clone(&has_gone)));
    // The client gets each connection when the server has written what it writes first.
    let waiting = tower::layer::layer_fn(move |connector| {
        let has_gone = Arc::clone(&has_gone);
        tower::util::MapFuture::new(connector, move |connecting| {
            let has_gone = Arc::clone(&has_gone);
            async move {
                let connection = connecting.await;
                has_gone.notified().await;
                connection
            }
        })
    });
    let http = without_proxy().http2_prior_knowledge().connector_layer(waiting);
    let builder = descope::Client::builder(PROJECT)
        .base_url(uri)
        .retry_policy(WITHOUT_PAUSES)
        .http_client_builder(http);
    let session = builder.build().unwrap().oauth().exchange("c0de").send().await.unwrap();
    assert_eq!(session.session_jwt, "s".into());
    assert_eq!(server.await.unwrap(), "/v1/auth/oauth/exchange");
}
