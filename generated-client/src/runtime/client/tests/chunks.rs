//! Responses that are read chunk by chunk.

use super::sample::Sample;
use super::{answering, json, received, writing};
use crate::runtime::error::kind::ErrorKind;
use crate::runtime::error::transport::Phase;
use reqwest::StatusCode;
use std::time::Duration;
use wiremock::ResponseTemplate;

const CHUNKED: &[u8] = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nx-request-id: r1\r\n\r\n\
    3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";

const BROKEN: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc";

#[tokio::test]
async fn the_chunks_are_the_body() {
    let url = writing(CHUNKED, Duration::ZERO).await.unwrap();
    let mut chunks = Sample::at(&url).health().send_for_chunks().await.unwrap();
    assert_eq!((chunks.head().status().as_u16(), chunks.head().request_id()), (200, Some("r1")));
    assert_eq!(chunks.head().body(), b"");
    let mut body = Vec::new();
    while let Some(chunk) = chunks.chunk().await.unwrap() {
        assert!(!chunk.is_empty());
        body.extend_from_slice(&chunk);
    }
    assert_eq!(body, b"abcde");
    assert!(chunks.chunk().await.unwrap().is_none());
    assert!(!format!("{chunks:?}").contains("abc"), "{chunks:?}");
}

#[tokio::test]
async fn an_error_of_the_service_is_one_before_the_first_chunk() {
    let server = answering(json(401, r#"{"errorCode": "E1"}"#)).await;
    let error = Sample::at(&server.uri()).health().send_for_chunks().await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    received(&server).await;
}

#[tokio::test]
async fn a_response_that_breaks_off_is_an_error_and_is_not_asked_for_again() {
    let url = writing(BROKEN, Duration::ZERO).await.unwrap();
    let mut chunks = Sample::at(&url).health().send_for_chunks().await.unwrap();
    let error = loop {
        match chunks.chunk().await {
            Ok(chunk) => assert_eq!(chunk.as_deref(), Some(&b"abc"[..])),
            Err(error) => break error,
        }
    };
    assert!(matches!(error.kind(), ErrorKind::Transport(of) if of.phase() == Phase::Body), "{error:?}");
    assert!(chunks.chunk().await.unwrap().is_none());
}

#[tokio::test]
async fn a_response_of_too_many_bytes_is_an_error() {
    let server = answering(ResponseTemplate::new(200).set_body_string("abcde")).await;
    let sample = Sample::built(Sample::builder(&server.uri()).max_body(4)).unwrap();
    let error = sample.health().send_for_chunks().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::TooLarge { limit: 4, .. }), "{error:?}");

    let url = writing(CHUNKED, Duration::ZERO).await.unwrap();
    let mut chunks =
        Sample::built(Sample::builder(&url).max_body(4)).unwrap().health().send_for_chunks().await.unwrap();
    let error = loop {
        match chunks.chunk().await {
            Ok(chunk) => assert_eq!(chunk.as_deref(), Some(&b"abc"[..])),
            Err(error) => break error,
        }
    };
    assert!(matches!(error.kind(), ErrorKind::TooLarge { limit: 4, .. }), "{error:?}");
}

#[tokio::test]
async fn a_request_is_under_way_until_its_body_is_read() {
    let server = answering(ResponseTemplate::new(200).set_body_string("abc")).await;
    let sample = Sample::built(Sample::builder(&server.uri()).max_connections(1)).unwrap();
    let mut chunks = sample.health().send_for_chunks().await.unwrap();
    let second = sample.health().timeout(Duration::from_millis(50)).send().await;
    assert!(matches!(second.unwrap_err().kind(), ErrorKind::Transport(error) if error.is_timeout()));
    while chunks.chunk().await.unwrap().is_some() {}
    sample.health().send().await.unwrap();
}

#[cfg(feature = "stream")]
#[tokio::test]
async fn chunks_are_a_stream() {
    use futures_util::TryStreamExt;

    let url = writing(CHUNKED, Duration::ZERO).await.unwrap();
    let chunks = Sample::at(&url).health().send_for_chunks().await.unwrap();
    let chunks: Vec<_> = chunks.try_collect().await.unwrap();
    assert_eq!(chunks.concat(), b"abcde");
}
