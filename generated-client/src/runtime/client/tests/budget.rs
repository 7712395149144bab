//! How much a client sends again in all.

use super::retries::{count, timed};
use super::sample::Sample;
use super::{answering, json};
use crate::runtime::engine::budget::RetryBudget;
use crate::runtime::engine::retry::RetryPolicy;
use std::time::Duration;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer};

#[tokio::test]
async fn a_service_that_is_down_gets_hardly_more_requests_than_there_are_calls() {
    let server = answering(json(503, "{}")).await;
    let (sample, _) = timed(Sample::builder(&server.uri()));
    // The clones and the clients of users share one budget.
    let clients = [sample.clone(), sample.carrying("TOKEN"), sample.clone().carrying("OTHER")];
    let mut attempts = Vec::new();
    for client in clients.iter().cycle().take(200) {
        let error = client.find("x").send().await.unwrap_err();
        assert!(error.may_retry());
        attempts.push(error.attempts());
    }
    // 500 tokens are 100 retries, and each call takes two.
    assert_eq!(attempts, [vec![3; 50], vec![1; 150]].concat());
    assert_eq!(count(&server).await, 300);

    // Another client has a budget of its own.
    let error = timed(Sample::builder(&server.uri())).0.find("x").send().await.unwrap_err();
    assert_eq!(error.attempts(), 3);
}

#[tokio::test]
async fn successes_fill_the_budget_again() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(json(503, "{}")).up_to_n_times(4).mount(&server).await;
    Mock::given(any()).respond_with(json(200, "{}")).up_to_n_times(4).mount(&server).await;
    Mock::given(any()).respond_with(json(503, "{}")).up_to_n_times(1).mount(&server).await;
    Mock::given(any()).respond_with(json(200, "{}")).mount(&server).await;
    let budget = RetryBudget::new().tokens(11);
    let (sample, _) = timed(Sample::builder(&server.uri()).retry_budget(budget));
    assert_eq!(sample.find("x").send().await.unwrap_err().attempts(), 3);
    // There is one token, and a retry costs five.
    assert_eq!(sample.find("x").send().await.unwrap_err().attempts(), 1);
    for _ in 0..4 {
        sample.find("x").send().await.unwrap();
    }
    sample.find("x").send().await.unwrap();
    assert_eq!(count(&server).await, 10);
}

#[tokio::test]
async fn the_budget_can_be_switched_off_and_so_can_retries() {
    let server = answering(json(503, "{}")).await;
    for (budget, attempts) in [(RetryBudget::unlimited(), 3), (RetryBudget::new().tokens(4), 1)] {
        let (sample, clock) = timed(Sample::builder(&server.uri()).retry_budget(budget));
        for _ in 0..60 {
            assert_eq!(sample.find("x").send().await.unwrap_err().attempts(), attempts);
        }
        assert_eq!(clock.sleeps().len(), 60 * (attempts as usize - 1));
    }
    // What is not sent again costs nothing.
    let (sample, _) = timed(Sample::builder(&server.uri()).retry_budget(RetryBudget::new().tokens(10)));
    for _ in 0..10 {
        sample.exchange("c0de").send().await.unwrap_err();
        sample.find("x").retry_policy(RetryPolicy::disabled()).send().await.unwrap_err();
        sample.find("x").timeout(Duration::from_millis(1)).send().await.unwrap_err();
    }
    assert_eq!(sample.find("x").send().await.unwrap_err().attempts(), 3);
}

#[tokio::test]
#[cfg(feature = "tracing")]
async fn a_budget_that_is_spent_is_traced() {
    use super::collector::Collector;

    let server = answering(json(429, "{}").insert_header("retry-after", "2")).await;
    let (sample, _) = timed(Sample::builder(&server.uri()).retry_budget(RetryBudget::new().tokens(7)));
    let collector = Collector::default();
    collector.collect(sample.find("x").send()).await.unwrap_err();
    let shown: Vec<_> = collector
        .events("find")
        .into_iter()
        .filter(|(.., fields)| fields.contains_key("retry_budget"))
        .map(|(level, text, fields)| {
            (level, text, fields["retry_budget"].clone(), fields.get("retry_delay_ms").cloned())
        })
        .collect();
    let owned = |level: &str, text: &str, budget: &str, delay: Option<&str>| {
        (level.to_owned(), text.to_owned(), budget.to_owned(), delay.map(str::to_owned))
    };
    assert_eq!(
        shown,
        [
            owned("INFO", "an attempt failed, another follows", "2", Some("3000.0")),
            owned("WARN", "an attempt failed, and the retry budget is spent", "2", None),
        ]
    );
}
