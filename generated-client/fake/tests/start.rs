//! A fake starts, answers, fails on demand, and ends with its handle.

use generated_client::runtime::{ErrorKind, RetryPolicy};
use generated_client_fake::{FakeNhost, Fault};
use std::time::Duration;

#[tokio::test]
async fn several_run_at_once_and_end_with_their_handles() {
    let (one, two) = (FakeNhost::start().await.unwrap(), FakeNhost::start().await.unwrap());
    assert_ne!(one.url(), two.url());
    let client = one.client().unwrap();
    assert_eq!(client.system().version().send().await.unwrap().version, "fake");
    let keys = client.system().jwks().send_raw().await.unwrap();
    drop(one);
    tokio::task::yield_now().await;
    let error = client.system().version().send().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error}");
    let others = two.client().unwrap().system().jwks().send_raw().await.unwrap();
    assert_ne!(keys.body(), others.body());
}

#[tokio::test]
async fn calls_fail_on_demand() {
    let fake = FakeNhost::start().await.unwrap();
    let client = fake.client().unwrap();
    let fail = |fault| fake.fail_next("system_version", fault).unwrap();
    let once = || client.system().version().retry_policy(RetryPolicy::disabled());

    fail(Fault::RateLimited { retry_after: Some(7) });
    fail(Fault::RateLimited { retry_after: None });
    fail(Fault::ServerError);
    fail(Fault::Html);
    for (status, retry_after) in [(429, Some(7)), (429, None), (500, None), (502, None)] {
        let error = once().send().await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(error.retry_after(), retry_after.map(Duration::from_secs));
    }
    for fault in [Fault::ResetBefore, Fault::ResetAfter, Fault::CutOff] {
        fail(fault.clone());
        let error = once().send().await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{fault:?}: {error}");
    }
    assert_eq!(once().send().await.unwrap().version, "fake");
    // The last call: where it gives up before it is sent, the fault waits for the next one.
    fail(Fault::Slow(Duration::from_secs(600)));
    let error = once().timeout(Duration::from_millis(20)).send().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");

    let error = fake.fail_next("system_versoin", Fault::Html).unwrap_err();
    assert_eq!(error.to_string(), "there is no operation `system_versoin`");
}
