//! How calls fail.

use super::sample::{ErrorCode, Sample};
use super::timeouts::with_growing_timeout;
use super::{answering, json, received, writing};
use crate::runtime::error::Error;
use crate::runtime::error::kind::ErrorKind;
use crate::runtime::error::transport::Phase;
use std::error::Error as _;
use std::time::{Duration, SystemTime};
use wiremock::ResponseTemplate;

type Failure = Error<ErrorCode>;

async fn exchange(response: ResponseTemplate) -> Failure {
    let server = answering(response).await;
    let error = Sample::at(&server.uri()).exchange("x").send().await.unwrap_err();
    received(&server).await;
    assert!(!error.to_string().contains('\n'));
    error
}

#[test]
fn an_error_is_one_pointer_and_goes_anywhere() {
    fn goes_anywhere<T: std::error::Error + Send + Sync + 'static>() {}
    goes_anywhere::<Failure>();
    assert_eq!(size_of::<Failure>(), size_of::<usize>());
}

#[tokio::test]
async fn an_error_response() {
    let body = r#"{"code": "wrong-code", "message": "The code is\nwrong", "extra": 1}"#;
    let response = json(401, body).insert_header("x-request-id", "r1");
    let error = exchange(response).await;
    assert_eq!(error.to_string(), "sample exchange: 401 Unauthorized, wrong-code: The code is wrong");
    assert_eq!(error.code(), Some(&ErrorCode::WrongCode));
    assert_eq!(error.message(), Some("The code is\nwrong"));
    assert_eq!(error.operation(), Some("exchange"));
    assert!(error.source().is_none());
    let api = error.api().unwrap();
    assert_eq!(api.body(), body.as_bytes());
    assert_eq!(api.headers()["content-type"], "application/json");
    assert_eq!(api.request_id(), Some("r1"));
    assert_eq!(api.detail(), None);
}

#[tokio::test]
async fn an_unknown_code_is_kept() {
    let error = exchange(json(409, r#"{"code": "limit-reached"}"#)).await;
    assert_eq!(error.code(), Some(&ErrorCode::Unknown("limit-reached".to_owned())));
    assert_eq!(error.to_string(), "sample exchange: 409 Conflict, limit-reached");

    // A code of unknown words is kept, but not printed.
    let error = exchange(json(409, r#"{"code": "hunter"}"#)).await;
    assert_eq!(error.code(), Some(&ErrorCode::Unknown("hunter".to_owned())));
    assert_eq!(error.to_string(), "sample exchange: 409 Conflict, …");
    assert!(!format!("{error:?}").contains("hunter"));
}

#[tokio::test]
async fn error_bodies_that_are_not_understood_keep_the_status() {
    for (response, text) in [
        (
            ResponseTemplate::new(502).set_body_raw("<html>s3cret</html>", "text/html"),
            "502 Bad Gateway without an error text (text/html, 19 bytes)",
        ),
        (ResponseTemplate::new(429), "429 Too Many Requests without an error text (no media type, 0 bytes)"),
        (
            json(500, r#"{"code": "s3cr"#),
            "500 Internal Server Error without an error text (application/json, 14 bytes)",
        ),
        (
            json(400, r#"[{"code": "s3cret"}]"#),
            "400 Bad Request without an error text (application/json, 20 bytes)",
        ),
    ] {
        let error = exchange(response).await;
        assert_eq!(error.to_string(), format!("sample exchange: {text}"));
        assert!(error.api().is_some());
        assert!(!format!("{error:?}").contains("s3cret"));
    }
}

#[tokio::test]
async fn responses_of_success_that_can_not_be_decoded_keep_the_status() {
    for (response, text) in [
        (
            ResponseTemplate::new(200).set_body_raw("<html>s3cret</html>", "text/html; charset=utf-8"),
            "(200 OK, text/html, 19 bytes) can't be read at `.`: expected value; near …",
        ),
        (
            ResponseTemplate::new(200),
            "(200 OK, no media type, 0 bytes) can't be read at `.`: the body is empty, but it has to have `sessionJwt`",
        ),
        (
            json(200, r#"{"sessionJwt": "s3cr"#),
            r#"(200 OK, application/json, 20 bytes) can't be read at `sessionJwt`: the body ends early; near {"sessionJwt":"…""#,
        ),
        (
            json(201, r#"{"sessionJwt": "s3cret", "roles": ["a", {"s3cret.x": 1}]}"#),
            r#"(201 Created, application/json, 57 bytes) can't be read at `roles[1]`: invalid type: map, expected a string; near {"sessionJwt":"…","roles":["…",{"…":0}]}"#,
        ),
    ] {
        let error = exchange(response).await;
        assert_eq!(error.to_string(), format!("sample exchange: the response {text}"));
        assert!(matches!(error.kind(), ErrorKind::InvalidResponse(_)));
        assert!(!format!("{error:?}").contains("s3cr"), "{error:?}");
        assert!(error.source().is_none());
    }
}

#[tokio::test]
async fn a_decode_error_has_its_parts() {
    let error = exchange(json(200, r#"{"roles": 5}"#)).await;
    let ErrorKind::InvalidResponse(decode) = error.kind() else {
        panic!("{error:?}");
    };
    assert_eq!(decode.status(), 200);
    assert_eq!(decode.path(), "roles");
    assert_eq!(decode.problem(), "invalid type: integer, expected a list");
    assert_eq!(decode.excerpt(), r#"{"roles":0}"#);
    assert_eq!(decode.response().body(), br#"{"roles": 5}"#);
    assert_eq!(decode.response().headers()["content-type"], "application/json");
}

#[tokio::test]
async fn retry_after_in_seconds_and_as_a_date() {
    let limited = |value: &str| json(429, "{}").insert_header("retry-after", value);
    let error = exchange(limited("7")).await;
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));

    let (began, delay) = (SystemTime::now(), Duration::from_secs(100));
    let date = httpdate::fmt_http_date(began + delay);
    let wait = exchange(limited(&date)).await.retry_after().unwrap();
    // A date has whole seconds, and the time that the call took has passed already.
    let passed = began.elapsed().unwrap() + Duration::from_secs(1);
    assert!(wait <= delay && wait + passed >= delay, "{wait:?}");

    let past = exchange(limited("Sun, 06 Nov 1994 08:49:37 GMT")).await;
    assert_eq!(past.retry_after(), Some(Duration::ZERO));
    // Nobody knows whether the clocks of the service and of this machine agree, so the service's counts.
    let dated =
        limited("Sun, 06 Nov 1994 08:49:37 GMT").insert_header("date", "Sun, 06 Nov 1994 08:49:30 GMT");
    assert_eq!(exchange(dated).await.retry_after(), Some(Duration::from_secs(7)));
    let several = limited("soon").append_header("retry-after", "1").append_header("retry-after", "3600");
    assert_eq!(exchange(several).await.retry_after(), Some(Duration::from_secs(3600)));
    assert_eq!(exchange(limited("soon")).await.retry_after(), None);
    assert_eq!(exchange(limited("-1")).await.retry_after(), None);
    assert_eq!(exchange(json(429, "{}")).await.retry_after(), None);
}

#[tokio::test]
async fn no_connection() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let sample = Sample::at(&url).carrying("s3cret");
    let error = sample.find("s3cret").limit(1).send().await.unwrap_err();

    assert_eq!(error.to_string(), "sample find: no connection could be made, after 3 attempts");
    assert!(error.is_connect() && !error.is_timeout());
    assert_eq!((error.status(), error.code()), (None, None));
    let mut source = error.source();
    assert!(source.is_some());
    while let Some(cause) = source {
        assert!(!format!("{cause} {cause:?}").contains("s3cret"), "{cause:?}");
        source = cause.source();
    }
}

fn phase(error: &Failure) -> Phase {
    match error.kind() {
        ErrorKind::Transport(error) => error.phase(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_timeout_before_the_response() {
    let slow = json(200, "{}").set_delay(Duration::from_secs(30));
    let server = answering(slow).await;
    let is_late = |error: &Failure| phase(error) == Phase::Exchange;
    let error = with_growing_timeout(is_late, async |timeout| {
        let builder = Sample::builder(&server.uri()).timeout(timeout);
        Sample::built(builder).unwrap().exchange("x").send().await.unwrap_err()
    })
    .await;
    assert_eq!(error.to_string(), "sample exchange: there was no response in time");
    assert!(error.is_timeout() && !error.is_connect());
    assert_eq!(phase(&error), Phase::Exchange);

    let sample = Sample::at(&server.uri());
    let error = with_growing_timeout(is_late, async |timeout| {
        sample.exchange("x").timeout(timeout).send().await.unwrap_err()
    })
    .await;
    assert_eq!((phase(&error), error.is_timeout()), (Phase::Exchange, true));
}

#[tokio::test]
async fn a_timeout_within_the_response() {
    let part = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"sessionJwt\":";
    let is_meant = |error: &Failure| phase(error) == Phase::Body;
    let error = with_growing_timeout(is_meant, async |timeout| {
        let sample = Sample::at(&writing(part, Duration::from_secs(30)).await.unwrap());
        sample.exchange("x").timeout(timeout).send().await.unwrap_err()
    })
    .await;
    assert_eq!(error.to_string(), "sample exchange: the response did not end in time");
    assert!(error.is_timeout());
    assert_eq!(phase(&error), Phase::Body);
}

#[tokio::test]
async fn a_connection_that_breaks() {
    let part = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"sessionJwt\":";
    let sample = Sample::at(&writing(part, Duration::ZERO).await.unwrap());
    let error = sample.exchange("x").send().await.unwrap_err();
    assert_eq!(error.to_string(), "sample exchange: the connection failed within the response");
    assert_eq!(phase(&error), Phase::Body);

    let sample = Sample::at(&writing(b"", Duration::ZERO).await.unwrap());
    let error = sample.exchange("x").send().await.unwrap_err();
    assert_eq!(error.to_string(), "sample exchange: the connection failed before there was a response");
    assert_eq!(phase(&error), Phase::Exchange);
    assert!(!error.is_timeout() && !error.is_connect());
}

#[tokio::test]
async fn a_response_that_is_too_large() {
    let server = answering(json(200, &format!(r#"{{"sessionJwt": "{}"}}"#, "s3cret".repeat(20)))).await;
    let limited = |bytes| {
        let builder = Sample::builder(&server.uri()).max_body(bytes);
        Sample::built(builder).unwrap()
    };
    let error = limited(137).exchange("x").send().await.unwrap_err();
    assert_eq!(error.to_string(), "sample exchange: the response (200 OK) has more than 137 bytes");
    assert_eq!(error.status().unwrap(), 200);
    assert!(matches!(error.kind(), ErrorKind::TooLarge { limit: 137, .. }));
    limited(138).exchange("x").send().await.unwrap();
}

#[tokio::test]
async fn a_response_that_turns_out_too_large_while_it_comes_in() {
    let endless = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
        10\r\n0123456789abcdef\r\n10\r\n0123456789abcdef\r\n";
    let url = writing(endless, Duration::from_secs(30)).await.unwrap();
    let sample = Sample::built(Sample::builder(&url).max_body(20)).unwrap();
    let error = sample.exchange("x").send().await.unwrap_err();
    assert_eq!(error.to_string(), "sample exchange: the response (200 OK) has more than 20 bytes");
}

#[tokio::test]
async fn an_error_whose_body_is_too_large_keeps_its_status_and_the_start_of_the_body() {
    let endless = b"HTTP/1.1 500 Internal Server Error\r\ntransfer-encoding: chunked\r\n\r\n\
        10\r\n0123456789abcdef\r\n10\r\n0123456789abcdef\r\n";
    let announced = b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 9999999\r\n\r\n\
        0123456789abcdef0123456789abcdef";
    for response in [&endless[..], announced] {
        let url = writing(response, Duration::from_secs(30)).await.unwrap();
        let sample = Sample::built(Sample::builder(&url).max_error_body(20)).unwrap();
        let error = sample.exchange("x").send().await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "sample exchange: 500 Internal Server Error without an error text (no media type, more than 20 bytes)"
        );
        let response = error.api().unwrap().response();
        assert_eq!((response.body(), response.is_truncated()), (&b"0123456789abcdef0123"[..], true));
    }
}

/// A body that is cut short is not decoded, even if its start could be.
#[tokio::test]
async fn by_default_64_kib_of_an_error_are_read() {
    let body = |length: usize| format!(r#"{{"message": "Oh", "x": "{}"}}"#, "x".repeat(length - 26));
    for (length, message, read) in [(65_536, Some("Oh"), 65_536), (65_537, None, 65_536)] {
        assert_eq!(body(length).len(), length);
        let error = exchange(json(400, &body(length))).await;
        assert_eq!((error.message(), error.api().unwrap().body().len()), (message, read));
    }
}
