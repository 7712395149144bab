//! Responses of servers that use what few servers do, or that break HTTP. Each is either decoded or an error that shows
//! nothing of it, and a call never gets what belongs to another.

use crate::harness::{PROJECT, without_proxy};
use crate::unexpected::{CODE, assert_silent, text};
use generated_client::descope;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const OK: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n{\"sessionJwt\":\"a.b\"}";
const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
const BROKEN: &str = "the connection failed before there was a response";
const BROKEN_WITHIN: &str = "the connection failed within the response";

/// A server that writes some bytes for each request, and then others without end.
struct Server {
    client: descope::Client,
    seen: Arc<AtomicUsize>,
}

impl Server {
    async fn start(first: String, then: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let uri = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::<AtomicUsize>::default();
        let counted = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, first.clone(), then.repeat(100), Arc::clone(&counted)));
            }
        });
        let builder = descope::Client::builder(PROJECT).base_url(uri).http_client_builder(without_proxy());
        Self { client: builder.build().unwrap(), seen }
    }

    /// What two calls come to, which has to be the same.
    async fn calls(&self) -> Result<String, String> {
        let mut outcomes = Vec::new();
        for _ in 0..2 {
            let outcome = self.client.oauth().exchange(CODE).send().await;
            outcomes.push(outcome.map(|session| session.session_jwt.into_inner()).map_err(|error| {
                assert_silent(&error);
                text(&error)
            }));
        }
        assert_eq!(outcomes[0], outcomes[1]);
        assert_eq!(self.seen.load(Ordering::SeqCst), 2, "each call is sent once");
        outcomes.remove(0)
    }
}

async fn serve(mut stream: TcpStream, first: String, then: String, seen: Arc<AtomicUsize>) -> io::Result<()> {
    loop {
        let mut request = Vec::new();
        while !request.ends_with(b"}") {
            if stream.read_buf(&mut request).await? == 0 {
                return Ok(());
            }
        }
        seen.fetch_add(1, Ordering::SeqCst);
        stream.write_all(first.as_bytes()).await?;
        while !then.is_empty() {
            stream.write_all(then.as_bytes()).await?;
        }
    }
}

#[tokio::test]
async fn what_few_servers_send_is_decoded() {
    let headers = |more: &str| OK.replace("content-type", &format!("{more}content-type"));
    for response in [
        format!("HTTP/1.1 100 Continue\r\n\r\n{OK}"),
        format!("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n{OK}"),
        format!("\r\n\r\n{OK}"),
        OK.replace("\r\n", "\n"),
        format!("{CHUNKED}14\r\n{{\"sessionJwt\":\"a.b\"}}\r\n0\r\nset-cookie: DS=c4nary\r\n\r\n"),
        format!("{CHUNKED}14;{}\r\n{{\"sessionJwt\":\"a.b\"}}\r\n0\r\n\r\n", "x".repeat(1000)),
        headers("content-length: 20\r\n"),
        OK.replace("length: 20", "length: 20, 20"),
        headers(&"x: y\r\n".repeat(200)),
        headers(&format!("x: {}\r\n", "y".repeat(100_000))),
    ] {
        let server = Server::start(response.clone(), "").await;
        assert_eq!(server.calls().await, Ok("a.b".to_owned()), "{}", &response[..response.len().min(300)]);
    }
}

/// The second response was not asked for, so the next call must not get it.
#[tokio::test]
async fn a_response_that_nobody_asked_for_is_not_taken_for_the_next() {
    let server = Server::start(format!("{OK}{}", OK.replace("a.b", "c.d")), "").await;
    assert_eq!(server.calls().await, Ok("a.b".to_owned()));
    let rest = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";
    let server = Server::start(format!("{rest}{OK}"), "").await;
    let not_found = "404 Not Found without an error text (no media type, 0 bytes)";
    assert_eq!(server.calls().await, Err(not_found.to_owned()));
}

#[tokio::test]
async fn what_breaks_http_is_an_error() {
    let headers = |more: &str| OK.replace("content-type", &format!("{more}content-type"));
    for (response, error) in [
        (headers("content-length: 5\r\n"), BROKEN),
        (headers("transfer-encoding: chunked\r\n"), BROKEN_WITHIN),
        (OK.replace("length: 20", "length: 18446744073709551616"), BROKEN),
        (OK.replace("length: 20", "length: -1"), BROKEN),
        (OK.replace("length: 20", "length: +20"), BROKEN),
        (headers("x: c4nary\r\n folded\r\n"), BROKEN),
        (headers("x: c4nary\0\r\n"), BROKEN),
        (headers("c4nary\r\n"), BROKEN),
        (OK.replace("HTTP/1.1 200", "HTTP/1.1 099"), BROKEN),
        (OK.replace("HTTP/1.1 200", "HTTP/1.1 2000"), BROKEN),
        (OK.replace("HTTP/1.1", "HTTP/2.0"), BROKEN),
        (format!("{CHUNKED}fffffffffffffffff\r\n{{}}\r\n"), BROKEN_WITHIN),
        (
            "HTTP/1.1 400 c4nary\r\nset-cookie: DS=c4nary\r\ncontent-length: 0\r\n\r\n".to_owned(),
            "400 Bad Request without an error text (no media type, 0 bytes)",
        ),
        (
            "HTTP/1.1 101 -\r\nconnection: upgrade\r\nupgrade: c4nary\r\n\r\n".to_owned(),
            "101 Switching Protocols without an error text (no media type, 0 bytes)",
        ),
    ] {
        let server = Server::start(response.clone(), "").await;
        assert_eq!(server.calls().await, Err(error.to_owned()), "{response}");
    }
}

#[tokio::test]
async fn a_part_without_end_is_an_error() {
    for (first, then, error) in [
        ("HTTP/1.1 200 OK\r\nx: ", "c4nary", BROKEN),
        ("HTTP/1.1 200 OK\r\n", "x: c4nary\r\n", BROKEN),
        ("HTTP/1.1 200 ", "c4nary", BROKEN),
        ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n14;", "c4nary", BROKEN_WITHIN),
        ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n", "x: c4nary\r\n", BROKEN_WITHIN),
    ] {
        let server = Server::start(first.to_owned(), then).await;
        assert_eq!(server.calls().await, Err(error.to_owned()), "{first} {then}");
    }
}
