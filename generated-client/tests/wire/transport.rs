//! Responses that never come, or not in whole.
//!
//! Whatever is a secret in these tests has `c4nary` in it, and no error may show that.

use crate::descope_common::SESSION;
use crate::harness::{PROJECT, Server, descope_at, json, nhost_at, without_proxy};
use crate::timeouts::with_growing_timeout;
use crate::unexpected::{CODE, assert_silent, text};
use generated_client::runtime::{Code, Error, ErrorKind, Phase};
use generated_client::{descope, nhost};
use std::io;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

#[tokio::test]
async fn a_connection_that_is_refused() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let uri = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = descope_at(&uri).oauth().exchange(CODE).send().await.unwrap_err();
    assert_silent(&error);
    assert_eq!(text(&error), "no connection could be made, after 3 attempts");
    assert_eq!((error.status(), error.is_connect(), error.is_timeout()), (None, true, false));

    let call = nhost_at(&uri).signin().provider_callback("github", "c4nary-state").code(CODE);
    let error = call.send().await.unwrap_err();
    assert_silent(&error);
    let text = "nhost signin_provider_callback: no connection could be made, after 3 attempts";
    assert_eq!(error.to_string(), text);
}

fn phase<C: Code>(error: &Error<C>) -> Phase {
    match error.kind() {
        ErrorKind::Transport(error) => error.phase(),
        _ => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn timeouts() {
    let server = Server::answering(json(200, SESSION).set_delay(Duration::from_secs(30))).await;
    let is_late = |error: &descope::Error| phase(error) == Phase::Exchange;
    let client = server.descope();
    let error = with_growing_timeout(is_late, async |timeout| {
        client.oauth().exchange(CODE).timeout(timeout).send().await.unwrap_err()
    })
    .await;
    assert_silent(&error);
    assert_eq!(text(&error), "there was no response in time");
    assert_eq!((error.status(), error.is_connect(), error.is_timeout()), (None, false, true));

    let is_late = |error: &nhost::Error| phase(error) == Phase::Exchange;
    let error = with_growing_timeout(is_late, async |timeout| {
        let builder =
            nhost::Client::builder(server.uri()).http_client_builder(without_proxy()).timeout(timeout);
        let call = builder.build().unwrap().signin().provider_callback("github", "c4nary-state");
        call.send().await.unwrap_err()
    })
    .await;
    assert_silent(&error);
    assert_eq!((error.status(), error.is_connect(), error.is_timeout()), (None, false, true));
}

/// The address of a server that writes these bytes to its first connection, then waits and closes it.
async fn writing(bytes: &'static [u8], then_wait: Duration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        let _ = stream.read(&mut [0; 4096]).await?;
        stream.write_all(bytes).await?;
        tokio::time::sleep(then_wait).await;
        io::Result::Ok(())
    });
    uri
}

#[tokio::test]
async fn connections_that_break_or_stop() {
    let part = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"sessionJwt\":\"c4nary";
    let long = Duration::from_secs(30);
    for (bytes, wait, expected, is_timeout) in [
        (&b""[..], Duration::ZERO, Phase::Exchange, false),
        (b"c4nary speaks no HTTP\r\n\r\n", long, Phase::Exchange, false),
        (part, Duration::ZERO, Phase::Body, false),
        (part, long, Phase::Body, true),
    ] {
        let is_meant = |error: &descope::Error| (phase(error), error.is_timeout()) == (expected, is_timeout);
        let error = with_growing_timeout(is_meant, async |timeout| {
            let client = descope_at(&writing(bytes, wait).await);
            client.oauth().exchange(CODE).timeout(timeout).send().await.unwrap_err()
        })
        .await;
        assert_silent(&error);
        assert_eq!((phase(&error), error.is_timeout()), (expected, is_timeout), "{error}");
    }
}

#[tokio::test]
async fn a_response_that_is_too_large() {
    let body = format!(r#"{{"sessionJwt": "{}"}}"#, "c4nary".repeat(20));
    for status in [200, 500] {
        let server = Server::answering(json(status, &body)).await;
        let builder =
            descope::Client::builder(PROJECT).base_url(server.uri()).http_client_builder(without_proxy());
        let limit = body.len() - 1;
        let client = builder.max_body(limit).max_error_body(limit).build().unwrap();
        let error = client.oauth().exchange(CODE).send().await.unwrap_err();
        assert_silent(&error);
        assert_eq!(error.status().unwrap(), status);
        match error.kind() {
            ErrorKind::TooLarge { limit: named, .. } => assert_eq!((status, *named), (200, limit)),
            ErrorKind::Api(api) => assert_eq!((status, api.body()), (500, &body.as_bytes()[..limit])),
            kind => panic!("{kind:?}"),
        }
    }

    let chunks = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
        10\r\n{\"a\":\"c4nary....\r\n10\r\n................\r\n";
    let uri = writing(chunks, Duration::from_secs(30)).await;
    let builder =
        descope::Client::builder(PROJECT).base_url(uri).http_client_builder(without_proxy()).max_body(20);
    let error = builder.build().unwrap().oauth().exchange(CODE).send().await.unwrap_err();
    assert_silent(&error);
    assert_eq!(text(&error), "the response (200 OK) has more than 20 bytes");
}
