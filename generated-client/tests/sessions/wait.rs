//! Waiting for a user who signs in on another device.

use crate::service::{Service, descope_client, ok};
use crate::signers::{NOW, USER};
use futures_util::StreamExt;
use generated_client::descope;
use generated_client::sessions::descope::{SessionWait, WaitError, WaitState};
use generated_client::sessions::{Clock, Pause};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use wiremock::{MockServer, ResponseTemplate};

const LINK: &str = "/v1/auth/enchantedlink/pending-session";
const NOTP: &str = "/v1/auth/notp/pending-session";

fn refused(status: u16, code: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({"errorCode": code}))
}

fn pending() -> ResponseTemplate {
    refused(401, "E062503")
}

fn signed_in(service: &Service) -> ResponseTemplate {
    ok(
        json!({"sessionJwt": service.descope_session(), "refreshJwt": service.descope_refresh(0), "user": {"userId": USER}}),
    )
}

async fn start() -> (Service, MockServer, descope::Client) {
    let (service, server) = Service::start().await;
    let client = descope_client(&server);
    (service, server, client)
}

/// Responds with these, one after the other, and then with the last one for ever.
fn script(service: &Service, path: &str, mut responses: Vec<ResponseTemplate>) {
    service.route(path, move |request| {
        assert_eq!(request.body_json::<serde_json::Value>().unwrap(), json!({"pendingRef": "ref"}));
        if responses.len() > 1 { responses.remove(0) } else { responses[0].clone() }
    });
}

fn wait(service: &Service, client: &descope::Client) -> SessionWait {
    client.enchanted_link().wait_for_session("ref").clock(service.clock.clone())
}

fn elapsed(service: &Service) -> u64 {
    service.clock.seconds() - NOW
}

#[tokio::test]
async fn the_service_is_asked_at_once_and_then_every_second() {
    let (service, _server, client) = start().await;
    let token = service.descope_session();
    script(&service, LINK, vec![pending(), pending(), pending(), signed_in(&service)]);
    let session = wait(&service, &client).await.unwrap();
    assert_eq!(session.session_jwt.expose(), &token);
    assert_eq!((service.requests(LINK), elapsed(&service)), (4, 3));
}

#[tokio::test]
async fn notp_waits_in_the_same_way() {
    let (service, _server, client) = start().await;
    script(&service, NOTP, vec![refused(401, "E066103"), signed_in(&service)]);
    let wait = client.notp().wait_for_session("ref").interval(Duration::from_secs(5));
    wait.clock(service.clock.clone()).await.unwrap();
    assert_eq!((service.requests(NOTP), elapsed(&service)), (2, 5));
}

#[tokio::test]
async fn what_may_pass_does_not_end_the_wait() {
    let (service, _server, client) = start().await;
    let limited = refused(429, "E130429").insert_header("retry-after", "7");
    let responses =
        vec![limited, refused(500, "E1"), refused(503, "E1"), refused(429, "E130429"), signed_in(&service)];
    script(&service, LINK, responses);
    wait(&service, &client).await.unwrap();
    assert_eq!((service.requests(LINK), elapsed(&service)), (5, 7 + 1 + 1 + 1));
}

#[tokio::test]
async fn a_service_that_cannot_be_reached_is_asked_until_the_deadline() {
    let (service, _server, _) = start().await;
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = descope::Client::builder("P2abc").base_url(format!("http://{nobody}")).build().unwrap();
    let error = wait(&service, &client).timeout(Duration::from_secs(3)).await.unwrap_err();
    assert!(error.is_timeout() && error.last().is_connect(), "{error}");
    assert_eq!(elapsed(&service), 3);
}

/// core-js never ends on 404, nor on any other refusal.
#[tokio::test]
async fn any_other_failure_ends_the_wait_at_once() {
    let (service, _server, client) = start().await;
    let unreadable = ResponseTemplate::new(200).set_body_string("<html>");
    let failures = [
        refused(400, "E011003"),
        refused(401, "E062504"),
        refused(401, "E061004"),
        refused(403, "E1"),
        refused(404, "E063010"),
        refused(410, "E1"),
        unreadable,
    ];
    for (index, failure) in failures.into_iter().enumerate() {
        script(&service, LINK, vec![failure]);
        let error = wait(&service, &client).await.unwrap_err();
        assert!(matches!(error, WaitError::Ended(_)), "{index}: {error}");
        assert_eq!((service.requests(LINK), elapsed(&service)), (index + 1, 0));
    }
}

#[tokio::test]
async fn the_last_error_is_given_at_the_deadline() {
    let (service, _server, client) = start().await;
    script(&service, LINK, vec![pending(), refused(500, "E1"), pending()]);
    let error = wait(&service, &client).timeout(Duration::from_secs(4)).await.unwrap_err();
    assert_eq!((service.requests(LINK), elapsed(&service)), (5, 4));
    assert!(error.is_timeout() && error.last().is_pending(), "{error}");
    assert_eq!(
        error.to_string(),
        "the user hasn't signed in in time: descope enchanted_link_pending_session: 401 Unauthorized, E062503"
    );

    // A pause beyond the deadline isn't waited for.
    script(&service, LINK, vec![refused(429, "E130429").insert_header("retry-after", "60")]);
    let error = wait(&service, &client).timeout(Duration::from_secs(30)).await.unwrap_err();
    assert!(error.is_timeout() && error.last().is_rate_limited(), "{error}");
    assert_eq!((service.requests(LINK), elapsed(&service)), (6, 4));
}

#[tokio::test]
async fn neither_a_short_interval_nor_a_long_wait_floods_the_service() {
    let (service, _server, client) = start().await;
    script(&service, LINK, vec![pending()]);
    let wait = wait(&service, &client).interval(Duration::ZERO).timeout(Duration::from_secs(100_000));
    assert!(wait.await.unwrap_err().is_timeout());
    assert_eq!((service.requests(LINK), elapsed(&service)), (601, 600));
}

/// A clock that stands still, and by which every pause lasts for ever.
#[derive(Clone, Debug, Default)]
struct Stopped(Arc<()>);

impl Clock for Stopped {
    fn calendar(&self) -> Duration {
        Duration::from_secs(NOW)
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, _duration: Duration) -> Pause<'_> {
        let held = Arc::clone(&self.0);
        Box::pin(async move {
            let _held = held;
            std::future::pending::<()>().await;
        })
    }
}

/// Kotlin swallows cancellation.
#[tokio::test]
async fn dropping_the_wait_ends_it() {
    let (service, _server, client) = start().await;
    script(&service, LINK, vec![pending(), signed_in(&service)]);
    let clock = Stopped::default();
    let pauses = || Arc::strong_count(&clock.0);
    let mut waiting = client.enchanted_link().wait_for_session("ref").clock(clock.clone()).into_future();
    let before = pauses();
    tokio::select! {
        outcome = &mut waiting => panic!("{outcome:?}"),
        () = async { while pauses() == before { tokio::task::yield_now().await } } => {}
    }
    assert_eq!((service.requests(LINK), pauses()), (1, before + 1));
    drop(waiting);
    assert_eq!((service.requests(LINK), pauses()), (1, 1));
}

#[tokio::test]
async fn a_wait_is_a_stream_of_its_states() {
    let (service, _server, client) = start().await;
    let token = service.descope_session();
    script(&service, LINK, vec![pending(), refused(503, "E1"), signed_in(&service)]);
    let states: Vec<_> = wait(&service, &client).states().collect().await;
    let [Ok(WaitState::Pending), Ok(WaitState::Interrupted(error)), Ok(WaitState::SignedIn(session))] =
        &states[..]
    else {
        panic!("{states:?}")
    };
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(session.session_jwt.expose(), &token);
    assert!(!format!("{states:?}").contains(&token));

    script(&service, LINK, vec![pending(), refused(404, "E063010")]);
    let states: Vec<_> = wait(&service, &client).states().collect().await;
    assert!(matches!(&states[..], [Ok(WaitState::Pending), Err(WaitError::Ended(_))]), "{states:?}");
}

#[test]
fn nothing_of_the_reference_is_printed() {
    let client = descope::Client::builder("P2abc").build().unwrap();
    let wait = client.notp().wait_for_session("canary");
    assert_eq!(format!("{wait:?}"), "SessionWait { interval: 1s, timeout: 600s, .. }");
}
