//! Calls against a server on this machine, by a service that is made up for it.

mod budget;
mod builder;
mod chunks;
mod clock;
#[cfg(feature = "tracing")]
mod collector;
mod connections;
mod credentials;
mod failures;
mod operations;
mod pauses;
mod requests;
mod responses;
mod retries;
mod sample;
mod secrets;
#[allow(dead_code, reason = "other tests need more of it")]
#[path = "../../../../tests/support/timeouts.rs"]
mod timeouts;
#[cfg(feature = "tracing")]
mod tracing;
mod types;

use std::io;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// A server that gives every request this response.
async fn answering(response: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(response).mount(&server).await;
    server
}

fn json(status: u16, body: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body, "application/json")
}

/// The one request that the server got.
async fn received(server: &MockServer) -> Request {
    let mut requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 1, "{requests:?}");
    requests.remove(0)
}

async fn received_none(server: &MockServer) {
    assert_eq!(server.received_requests().await.unwrap().len(), 0);
}

/// The query as it was sent.
fn query(request: &Request) -> &str {
    request.url.query().unwrap_or_default()
}

/// The URL of a server that writes these bytes to its first connection, then waits and closes it.
async fn writing(bytes: &'static [u8], then_wait: Duration) -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        let mut request = [0; 4096];
        let _ = stream.read(&mut request).await?;
        stream.write_all(bytes).await?;
        tokio::time::sleep(then_wait).await;
        io::Result::Ok(())
    });
    Ok(url)
}
