//! When requests are sent again, and for how long.

use super::clock::FakeClock;
use super::retries::{CLASSES, Failure, call, count, millis, pauses, timed};
use super::sample::Sample;
use super::{answering, json};
use crate::runtime::client::builder::Builder;
use crate::runtime::client::call::Call;
use crate::runtime::engine::budget::{Bucket, RetryBudget};
use crate::runtime::engine::retry::{Next, RetryPolicy};
use crate::runtime::engine::timing::{Schedule, Timing};
use crate::runtime::error::kind::ErrorKind;
use crate::runtime::error::transport::TransportError;
use crate::runtime::request::spec::{Retry, Spec};
use std::time::Duration;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// Calls a server that gives this response once and then succeeds: the sleeps, or the error.
async fn after(response: ResponseTemplate, policy: RetryPolicy) -> Result<Vec<Duration>, Failure> {
    after_by(&FakeClock::default(), response, policy).await
}

/// Like [`after`], by this clock.
async fn after_by(
    clock: &FakeClock,
    response: ResponseTemplate,
    policy: RetryPolicy,
) -> Result<Vec<Duration>, Failure> {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(response).up_to_n_times(1).mount(&server).await;
    Mock::given(any()).respond_with(json(200, "{}")).mount(&server).await;
    let builder = Sample::builder(&server.uri()).retry_policy(policy).clock(clock.clone());
    let result = Sample::built(builder).unwrap().find("x").send().await;
    let sleeps = clock.sleeps();
    assert_eq!(count(&server).await as usize, 1 + sleeps.len());
    result.map(|_| sleeps)
}

fn asking(status: u16, retry_after: &str) -> ResponseTemplate {
    let response = json(status, "{}").insert_header("retry-after", retry_after);
    response.insert_header("date", "Thu, 01 Jan 2026 00:00:00 GMT")
}

#[tokio::test]
async fn retry_after_is_kept_to() {
    for (status, retry_after, shortest, longest) in [
        (429, "7", 7_000, 10_500),
        (503, "1", 1_000, 1_500),
        (502, "2", 2_000, 3_000),
        (429, "0", 0, 100),
        (429, " 30 ", 30_000, 45_000),
        // The response is of midnight.
        (429, "Thu, 01 Jan 2026 00:00:09 GMT", 9_000, 13_500),
        (503, "Thursday, 01-Jan-26 00:00:10 GMT", 10_000, 15_000),
        (429, "Wed, 31 Dec 2025 23:59:59 GMT", 0, 100),
        // A value that can't be read is ignored.
        (429, "", 1_000, 1_500),
        (429, "soon", 1_000, 1_500),
        (429, "-1", 1_000, 1_500),
        (503, "+5", 0, 100),
        (503, "1.5", 0, 100),
        (503, "Thu, 41 Jan 2026 00:00:09 GMT", 0, 100),
    ] {
        for (random, slept) in [(0, shortest), (u64::MAX, longest)] {
            let clock = FakeClock::with_random(random);
            let found = after_by(&clock, asking(status, retry_after), RetryPolicy::default()).await;
            assert_eq!(found.unwrap(), millis([slept]), "{status} {retry_after}");
        }
    }
}

#[tokio::test]
async fn a_rate_limit_without_retry_after_is_waited_for_longer_than_a_broken_connection() {
    let server = answering(json(429, "{}")).await;
    let policy = RetryPolicy::default().max_attempts(6);
    let half_a_minute = RetryPolicy::default().max_attempts(3).rate_limit_delay(Duration::from_secs(30));
    for (policy, random, expected) in [
        (policy, 0, millis([1_000, 2_000, 4_000, 5_000, 5_000])),
        (policy, u64::MAX, millis([1_500, 3_000, 6_000, 7_500, 7_500])),
        (policy.max_backoff(Duration::from_millis(10)), 0, millis([1_000; 5])),
        (policy.rate_limit_delay(Duration::ZERO), 0, millis([0; 5])),
        (half_a_minute.max_backoff(Duration::from_secs(90)), 0, millis([30_000, 60_000])),
    ] {
        let clock = FakeClock::with_random(random);
        let builder = Sample::builder(&server.uri()).retry_policy(policy).clock(clock.clone());
        let call = Sample::built(builder).unwrap().find("x").timeout(Duration::from_secs(600));
        call.send().await.unwrap_err();
        assert_eq!(clock.sleeps(), expected);
    }
}

#[tokio::test]
async fn a_retry_after_that_is_too_long_ends_the_call() {
    for (retry_after, asked) in [
        ("31", Some(31)),
        ("3600", Some(3600)),
        ("18446744073709551616", Some(u64::MAX)),
        ("Thu, 01 Jan 2026 00:00:31 GMT", None),
    ] {
        let error = after(asking(429, retry_after), RetryPolicy::default()).await.unwrap_err();
        assert_eq!(error.attempts(), 1, "{retry_after}");
        assert!(error.is_rate_limited() && error.may_retry());
        if let Some(asked) = asked {
            assert_eq!(error.retry_after(), Some(Duration::from_secs(asked)));
        }
    }
    let patient = RetryPolicy::default().max_retry_after(Duration::from_secs(31));
    assert_eq!(after(asking(429, "31"), patient).await.unwrap(), millis([46_500]));
}

#[tokio::test]
async fn pauses_are_a_random_share() {
    let server = answering(json(503, "{}")).await;
    let policy = RetryPolicy::new()
        .max_attempts(5)
        .initial_backoff(Duration::from_millis(10))
        .max_backoff(Duration::from_millis(50));
    for (random, expected) in
        [(0, millis([0, 0, 0, 0])), (1 << 63, millis([5, 10, 20, 25])), (u64::MAX, millis([10, 20, 40, 50]))]
    {
        let clock = FakeClock::with_random(random);
        let builder = Sample::builder(&server.uri()).retry_policy(policy).clock(clock.clone());
        let error = Sample::built(builder).unwrap().delete().send().await.unwrap_err();
        assert_eq!((error.attempts(), clock.sleeps()), (5, expected));
    }
}

#[tokio::test]
async fn what_the_call_says_goes_before_what_the_client_says() {
    let server = answering(json(503, "{}")).await;
    let sample = Sample::built(Sample::builder(&server.uri()).retry_policy(RetryPolicy::disabled())).unwrap();
    assert_eq!(sample.find("x").send().await.unwrap_err().attempts(), 1);
    let twice = RetryPolicy::default().max_attempts(2);
    let call = sample.find("x").retry_policy(twice);
    assert_eq!(call.clone().send().await.unwrap_err().attempts(), 2);
    assert_eq!(call.send().await.unwrap_err().attempts(), 2);
    assert_eq!(sample.exchange("x").retry_policy(twice).send().await.unwrap_err().attempts(), 1);
    assert_eq!(count(&server).await, 6);
    let none = RetryPolicy::default().max_attempts(0);
    assert_eq!(sample.find("x").retry_policy(none).send().await.unwrap_err().attempts(), 1);

    let none = Duration::ZERO;
    for (builder, call) in [
        (Builder::timeout as fn(_, _) -> Builder<Sample>, Call::timeout as fn(_, _) -> Call<_>),
        (Builder::attempt_timeout, Call::attempt_timeout),
    ] {
        let sample = Sample::built(builder(Sample::builder(&server.uri()), Duration::MAX)).unwrap();
        assert_eq!(call(sample.find("x"), none).send().await.unwrap_err().attempts(), 0);
        let sample = Sample::built(builder(Sample::builder(&server.uri()), none)).unwrap();
        assert_eq!(call(sample.find("x"), Duration::MAX).send().await.unwrap_err().attempts(), 3);
    }
}

/// A server whose responses let time pass.
async fn taking(time: Duration, response: ResponseTemplate) -> (MockServer, Sample, FakeClock) {
    let server = MockServer::start().await;
    let (sample, clock) = timed(Sample::builder(&server.uri()));
    let passing = clock.clone();
    let respond = move |_: &Request| {
        passing.advance(time);
        response.clone()
    };
    Mock::given(any()).respond_with(respond).mount(&server).await;
    (server, sample, clock)
}

#[tokio::test]
async fn attempts_end_with_the_time_of_the_call() {
    let (server, sample, clock) = taking(Duration::from_secs(25), json(503, "{}")).await;
    let call = sample.find("x").retry_policy(RetryPolicy::default().max_attempts(10));
    let error = call.send().await.unwrap_err();
    assert_eq!((error.attempts(), error.status().unwrap().as_u16()), (3, 503));
    assert_eq!((count(&server).await, clock.sleeps()), (3, millis([100, 200])));
}

#[tokio::test]
async fn a_pause_beyond_the_time_of_the_call_is_not_begun() {
    // The pause is 7 s and, on this clock, half of that again.
    for (timeout, attempts) in [(20, 1), (27, 1), (30, 1), (31, 2)] {
        let (server, sample, clock) = taking(Duration::from_secs(20), asking(429, "7")).await;
        let error = sample.find("x").timeout(Duration::from_secs(timeout)).send().await.unwrap_err();
        assert!(error.is_rate_limited() && error.may_retry());
        assert_eq!((error.attempts(), count(&server).await), (attempts, attempts), "{timeout}");
        assert_eq!(clock.sleeps().len() as u32, attempts - 1);
    }
}

#[tokio::test]
async fn a_pause_that_lasts_too_long_is_the_last() {
    let server = answering(json(503, "{}")).await;
    let clock = FakeClock::with_lag(Duration::from_secs(60));
    let sample = Sample::built(Sample::builder(&server.uri()).clock(clock)).unwrap();
    let error = sample.find("x").send().await.unwrap_err();
    assert_eq!((error.attempts(), error.status().unwrap().as_u16()), (1, 503));
    assert_eq!(count(&server).await, 1);
}

#[tokio::test]
async fn a_call_without_time_is_not_sent() {
    let server = answering(json(200, "{}")).await;
    let sample = Sample::at(&server.uri());
    for class in CLASSES {
        for timing in [Builder::timeout, Builder::attempt_timeout] {
            let (sample, _) = timed(timing(Sample::builder(&server.uri()), Duration::ZERO));
            let error = call(&sample, class).await.unwrap_err();
            assert!(error.is_timeout() && error.is_connect() && error.may_retry());
            assert_eq!(error.attempts(), 0);
            assert!(std::error::Error::source(&error).is_none());
        }
    }
    let error = sample.find("x").timeout(Duration::ZERO).send().await.unwrap_err();
    assert_eq!(error.to_string(), "sample find: no connection could be made in time");
    assert_eq!(count(&server).await, 0);
    sample.find("x").timeout(Duration::MAX).attempt_timeout(Duration::MAX).send().await.unwrap();
}

#[test]
fn an_attempt_has_its_time_and_no_more_than_what_is_left() {
    static SAFE: Spec = Spec::get("x", "/x").retry(Retry::Safe);
    static NEVER: Spec = Spec::get("x", "/x");
    let seconds = Duration::from_secs;
    let set = Timing { timeout: Some(seconds(9)), attempt_timeout: Some(seconds(7)), retries: None };
    let off = Timing { retries: Some(RetryPolicy::disabled()), ..Timing::default() };
    for (spec, timing, passed, expected) in [
        (&SAFE, Timing::default(), 0, Some(20)),
        (&SAFE, Timing::default(), 40, Some(20)),
        (&SAFE, Timing::default(), 41, Some(19)),
        (&SAFE, Timing::default(), 60, None),
        (&SAFE, Timing::default(), 999, None),
        // An attempt that can't be repeated isn't cut short, unless a setting says so.
        (&SAFE, off, 0, Some(60)),
        (&NEVER, Timing::default(), 0, Some(60)),
        (&NEVER, Timing::default(), 10, Some(50)),
        (&NEVER, set, 0, Some(7)),
        (&NEVER, set, 3, Some(6)),
        (&SAFE, set, 9, None),
    ] {
        let clock = FakeClock::default();
        let schedule = Schedule::start(&clock, spec, timing);
        clock.advance(seconds(passed));
        assert_eq!(schedule.attempt(), expected.map(seconds), "{spec:?} {timing:?} {passed}");
    }
}

#[test]
fn a_pause_ends_before_the_time_of_the_call_does() {
    static NEVER: Spec = Spec::get("x", "/x");
    let unconnected = ErrorKind::from(TransportError::without_time());
    let pause = Next::Attempt(Duration::from_millis(100));
    let budget = Bucket::full(RetryBudget::new());
    for (passed, expected) in [(0, pause), (59_899, pause), (59_900, Next::End), (60_001, Next::End)] {
        let clock = FakeClock::default();
        let schedule = Schedule::start(&clock, &NEVER, Timing::default());
        clock.advance(Duration::from_millis(passed));
        assert_eq!(schedule.next(&unconnected, 1, &budget), expected, "{passed}");
    }
}

#[tokio::test]
async fn a_call_that_is_dropped_sends_nothing_more() {
    let server = answering(json(503, "{}")).await;
    let clock = FakeClock::that_never_wakes();
    let sample = Sample::built(Sample::builder(&server.uri()).clock(clock.clone())).unwrap();
    let pausing = async {
        while clock.sleeps().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = sample.find("x").send() => panic!("it should pause"),
        () = pausing => {}
    }
    tokio::task::yield_now().await;
    assert_eq!(count(&server).await, 1);
    assert_eq!(clock.sleeps().len(), 1);
}

#[tokio::test]
#[cfg(feature = "operations")]
async fn calls_by_id_follow_the_same_rules() {
    for (id, argument, times) in [("find", "id", 3), ("exchange", "code", 1)] {
        let server = answering(json(503, "{}")).await;
        let (sample, clock) = timed(Sample::builder(&server.uri()));
        let arguments = serde_json::json!({argument: "x"}).as_object().unwrap().clone();
        let error = sample.carrying("TOKEN").call_operation(id, arguments).await.unwrap_err();
        assert_eq!((error.attempts(), count(&server).await), (times, times), "{error}");
        assert_eq!(clock.sleeps(), pauses(times));
    }
}
