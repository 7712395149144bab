//! The spans and events of calls: each of their fields, and no others.

use super::clock::FakeClock;
use super::collector::Collector;
use super::sample::Sample;
use super::timeouts::with_growing_timeout;
use super::{answering, json};
use crate::runtime::engine::credential::Credential;
use crate::runtime::engine::retry::RetryPolicy;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;
use tracing::Instrument;
use tracing_subscriber::filter::LevelFilter;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

fn fields<const N: usize>(fields: [(&str, &str); N]) -> BTreeMap<String, String> {
    fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

fn event<const N: usize>(
    level: &str,
    text: &str,
    given: [(&str, &str); N],
) -> (String, String, BTreeMap<String, String>) {
    (level.to_owned(), text.to_owned(), fields(given))
}

/// The fields that every span of the operation begins with, and further ones.
fn span_of_find<const N: usize>(recorded: [(&str, &str); N]) -> BTreeMap<String, String> {
    let mut all = fields([
        ("service", "sample"),
        ("operation", "find"),
        ("http.request.method", "GET"),
        ("url.template", "/users/{id}/keys"),
    ]);
    all.extend(fields(recorded));
    all
}

/// A server that takes 5 ms for each of these responses, by the clock of its client; the last one is for all others.
async fn giving(responses: Vec<ResponseTemplate>) -> (MockServer, Sample) {
    let clock = FakeClock::default();
    let server = MockServer::start().await;
    let builder = Sample::builder(&server.uri()).max_body(1000).clock(clock.clone());
    let given = Mutex::new(0);
    let respond = move |_: &Request| {
        clock.advance(Duration::from_millis(5));
        let mut given = given.lock().unwrap();
        *given += 1;
        responses[responses.len().min(*given) - 1].clone()
    };
    Mock::given(any()).respond_with(respond).mount(&server).await;
    (server, Sample::built(builder).unwrap().carrying("s3cret-token"))
}

#[tokio::test]
async fn a_success() {
    let (_server, sample) = giving(vec![json(200, r#""s3cret""#)]).await;
    let collector = Collector::default();
    collector.collect(sample.find("s3cret").nonce("s3cret").limit(1).send()).await.unwrap();
    assert_eq!(
        collector.span(),
        span_of_find([("http.response.status_code", "200"), ("duration_ms", "5.0")])
    );
    assert_eq!(
        collector.events("find"),
        [event("DEBUG", "answered", [("http.response.status_code", "200"), ("duration_ms", "5.0")])]
    );
}

#[tokio::test]
async fn a_success_of_the_last_attempt() {
    let busy = json(503, r#"{"message": "s3cret"}"#);
    let limited = json(429, "{}").insert_header("retry-after", "2");
    let (_server, sample) = giving(vec![busy, limited, json(200, "{}")]).await;
    let collector = Collector::default();
    collector.collect(sample.find("x").send()).await.unwrap();
    assert_eq!(
        collector.span(),
        span_of_find([
            ("http.response.status_code", "200"),
            ("http.request.resend_count", "2"),
            // Three attempts of 5 ms, and the two pauses.
            ("duration_ms", "3115.0"),
        ])
    );
    let failed = "an attempt failed, another follows";
    assert_eq!(
        collector.events("find"),
        [
            event(
                "INFO",
                failed,
                [
                    ("error.type", "status"),
                    ("http.response.status_code", "503"),
                    ("duration_ms", "5.0"),
                    ("retry_delay_ms", "100.0"),
                    ("retry_budget", "495"),
                ]
            ),
            event("TRACE", "sleeps", []),
            event(
                "INFO",
                failed,
                [
                    ("error.type", "status"),
                    ("http.response.status_code", "429"),
                    ("http.request.resend_count", "1"),
                    ("duration_ms", "5.0"),
                    // What the service asks for, and half of that again.
                    ("retry_delay_ms", "3000.0"),
                    ("retry_budget", "490"),
                ]
            ),
            event("TRACE", "sleeps", []),
            event(
                "DEBUG",
                "answered",
                [
                    ("http.response.status_code", "200"),
                    ("http.request.resend_count", "2"),
                    ("duration_ms", "5.0"),
                ]
            ),
        ]
    );
}

/// The fields of the last event of a failed call, without those that name the call.
fn of_failure(mut fields: BTreeMap<String, String>) -> BTreeMap<String, String> {
    assert_eq!(fields.remove("service").as_deref(), Some("sample"));
    assert_eq!(fields.remove("operation").as_deref(), Some("find"));
    fields
}

/// The level and the fields of the last event of a failed call. The event of its last attempt has the same fields.
async fn failing(response: ResponseTemplate) -> (String, BTreeMap<String, String>) {
    let (_server, sample) = giving(vec![response]).await;
    let collector = Collector::default();
    let call = sample.find("s3cret").retry_policy(RetryPolicy::disabled()).send();
    collector.collect(call).await.unwrap_err();
    let events = collector.events("find");
    let [attempt, (level, text, failure)] = &events[..] else { panic!("{events:?}") };
    assert_eq!(text, "the call failed");

    let failure = of_failure(failure.clone());
    let mut said = failure.clone();
    said.insert("duration_ms".to_owned(), "5.0".to_owned());
    assert_eq!(collector.span(), {
        let mut span = span_of_find([]);
        span.extend(said.clone());
        span
    });
    if failure["error.type"] == "invalid_response" {
        // The attempt succeeded.
        said.remove("error.type");
        assert_eq!(*attempt, ("DEBUG".to_owned(), "answered".to_owned(), said));
    } else {
        assert_eq!(*attempt, ("DEBUG".to_owned(), "the last attempt failed".to_owned(), said));
    }
    (level.clone(), failure)
}

#[tokio::test]
async fn failures_by_their_response() {
    for (response, level, word, status) in [
        (json(400, r#"{"code": "s3cret", "message": "s3cret"}"#), "DEBUG", "status", "400"),
        (json(401, "{}"), "DEBUG", "status", "401"),
        (json(429, "{}"), "WARN", "status", "429"),
        (json(500, "{}"), "WARN", "status", "500"),
        (json(307, "{}").insert_header("location", "/s3cret"), "WARN", "status", "307"),
        (json(200, "[s3cret"), "WARN", "invalid_response", "200"),
        (json(200, &"s3cret".repeat(200)), "WARN", "too_large", "200"),
    ] {
        let expected = fields([("error.type", word), ("http.response.status_code", status)]);
        assert_eq!(failing(response).await, (level.to_owned(), expected));
    }
}

/// The kinds of failure in the events of the attempts and of the call, which have no status.
async fn failing_at(uri: &str, timeout: Duration) -> Vec<String> {
    let collector = Collector::default();
    let call = Sample::at(uri).find("s3cret").retry_policy(RetryPolicy::disabled()).timeout(timeout);
    collector.collect(call.send()).await.unwrap_err();
    let events = collector.events("find");
    let (level, _, failure) = events.last().unwrap();
    assert_eq!(level, "WARN");
    assert_eq!(of_failure(failure.clone()), fields([("error.type", &failure["error.type"])]));
    assert_eq!(collector.span()["error.type"], failure["error.type"]);
    events.iter().map(|(_, _, fields)| fields["error.type"].clone()).collect()
}

#[tokio::test]
async fn failures_without_a_response() {
    let part = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"s3cret";
    let long = Duration::from_secs(30);
    for (bytes, wait, word) in [
        (&b""[..], Duration::ZERO, "no_response"),
        (b"", long, "timeout"),
        (part, Duration::ZERO, "broken_response"),
        (part, long, "timeout"),
    ] {
        let is_meant = |words: &Vec<String>| *words == [word, word];
        let words = with_growing_timeout(is_meant, async |timeout| {
            failing_at(&super::writing(bytes, wait).await.unwrap(), timeout).await
        })
        .await;
        assert_eq!(words, [word, word]);
    }
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let uri = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(failing_at(&uri, long).await, ["connect", "connect"]);
}

#[tokio::test]
async fn calls_that_are_not_sent() {
    let (server, sample) = giving(vec![json(200, "{}")]).await;
    for (call, word) in
        [(sample.find(".."), "invalid_request"), (sample.find("x").timeout(Duration::ZERO), "connect")]
    {
        let collector = Collector::default();
        collector.collect(call.send()).await.unwrap_err();
        assert_eq!(collector.span(), span_of_find([("error.type", word), ("duration_ms", "0.0")]));
        assert_eq!(
            collector.events("find"),
            [event(
                "WARN",
                "the call failed",
                [("service", "sample"), ("operation", "find"), ("error.type", word)]
            )]
        );
    }
    super::received_none(&server).await;
}

#[tokio::test]
async fn a_program_that_wants_warnings_alone_learns_which_call_failed() {
    let (_server, sample) = giving(vec![json(503, "{}")]).await;
    let collector = Collector::default();
    let calling = async {
        // This span stands for one of the program.
        let span = tracing::error_span!(target: "generated_client", "request", operation = "of the program");
        sample.find("x").send().instrument(span).await.unwrap_err();
    };
    collector.collect_from(LevelFilter::WARN, calling).await;
    let said = fields([
        ("service", "sample"),
        ("operation", "find"),
        ("error.type", "status"),
        ("http.response.status_code", "503"),
    ]);
    let expected = ("WARN".to_owned(), "the call failed".to_owned(), said);
    assert_eq!(collector.events("of the program"), [expected]);
}

/// An API key in the query is sent, but it is part of no span and of no event.
#[tokio::test]
async fn an_api_key_in_the_query_is_not_traced() {
    let (_server, sample) = giving(vec![json(503, "{}")]).await;
    let key = Credential::api_key_in_query("token", "api_key", &"s3cret".into());
    let collector = Collector::default();
    collector.collect(sample.with_credential(key).find("x").send()).await.unwrap_err();
    let collected = collector.collected();
    let traced = format!("{:?} {:?}", collected.spans, collected.events);
    assert!(!collected.events.is_empty() && !traced.contains("s3cret"), "{traced}");
}

/// A span is entered only while its own call is polled.
#[tokio::test]
async fn calls_side_by_side_are_told_apart() {
    let server = answering(json(503, "{}")).await;
    let sample = Sample::at(&server.uri());
    let collector = Collector::default();
    let calls = async {
        let outer = tracing::info_span!(target: "app", "request");
        let (find, exchange) = tokio::join!(sample.find("x").send(), sample.exchange("x").send());
        find.unwrap_err();
        exchange.unwrap_err();
        sample.delete().retry_policy(RetryPolicy::disabled()).send().instrument(outer).await.unwrap_err();
        assert!(tracing::Span::current().is_none());
    };
    collector.collect(calls).await;
    let collected = collector.collected();
    let count = |operation| collected.events.iter().filter(|event| event.within == operation).count();
    assert_eq!((count("find"), count("exchange"), count("delete")), (6, 2, 2));
    assert_eq!(collected.events.len(), 10);
    assert_eq!(collected.around, ["", "", "request"]);
}
