//! Programs with several runtimes, or with none: what was begun in one of them is no trap for the others.

use crate::key_cache::{token, validator};
use crate::service::{NHOST_USER, uuid};
use crate::signers::{clock, keys, other_rsa, rsa, session};
use generated_client::nhost;
use generated_client::sessions::testing::nhost_access;
use generated_client::sessions::{Keeper, MemoryStore, TokenError, Tokens, descope};
use generated_client::testing::{MockTransport, Response};
use serde_json::json;
use std::pin::pin;
use std::sync::mpsc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// Does a thing in a thread of its own, so that a test of what never ends fails in the end.
fn in_thread<T: Send + 'static>(thing: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, outcome) = mpsc::channel();
    std::thread::spawn(move || sender.send(thing()));
    outcome.recv_timeout(2 * MINUTE).expect("it never ends")
}

/// Checks a token in a runtime that exists for no longer than that.
fn validate(sessions: &descope::Sessions, token: &str) -> Result<(), TokenError> {
    let (sessions, token) = (sessions.clone(), token.to_owned());
    in_thread(move || runtime().block_on(async { sessions.validate(&token).await.map(drop) }))
}

#[test]
fn without_a_runtime_nothing_panics() {
    let (server, _, sessions) = validator();
    let token = token("key-rsa");
    let mut validation = Box::pin(sessions.validate(&token));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(outcome) = validation.as_mut().poll(&mut context) else {
        panic!("it waits for something that never comes");
    };
    assert!(matches!(outcome, Err(TokenError::KeysUnavailable(_))));
    assert_eq!(server.requests(), 0);
}

#[test]
fn a_runtime_that_ends_takes_no_fetch_with_it_for_good() {
    let (server, clock, sessions) = validator();
    let first = token("key-rsa");
    let ending = runtime();
    ending.block_on(async {
        let mut waiting = Box::pin(sessions.validate(&first));
        std::future::poll_fn(|context| std::task::Poll::Ready(waiting.as_mut().poll(context).is_ready()))
            .await
    });
    drop(ending);
    clock.advance(30 * SECOND);
    runtime().block_on(async { sessions.validate(&first).await.unwrap() });
    assert_eq!(server.requests(), 1);
}

#[test]
fn a_runtime_that_has_ended_holds_nobody_up() {
    let (server, _, sessions) = validator();
    let ended = runtime();
    let handle = ended.handle().clone();
    drop(ended);
    let outcome = in_thread(move || {
        let _guard = handle.enter();
        let token = token("key-rsa");
        let mut validation = pin!(sessions.validate(&token));
        validation.as_mut().poll(&mut Context::from_waker(Waker::noop())).map(|outcome| outcome.map(drop))
    });
    assert!(matches!(outcome, Poll::Ready(Err(TokenError::KeysUnavailable(_)))), "{outcome:?}");
    assert_eq!(server.requests(), 0);
}

/// A runtime of one thread does nothing while nobody is in it: a fetch that was begun there stands still.
#[test]
fn a_fetch_that_stands_still_is_waited_for_no_longer_than_fetches_take() {
    let (server, clock, sessions) = validator();
    let idle = runtime();
    idle.block_on(sessions.validate(&token("key-rsa"))).unwrap();
    clock.advance(10 * MINUTE);
    server.set_keys([&other_rsa()]);
    idle.block_on(sessions.validate(&token("key-rsa"))).unwrap();

    let new = session().valid_for(&clock, 60).sign(&other_rsa()).unwrap();
    let outcome = validate(&sessions, &new);
    assert!(matches!(outcome, Err(TokenError::KeysUnavailable(_))), "{outcome:?}");
    assert_eq!(server.requests(), 1);
    clock.advance(30 * SECOND);
    validate(&sessions, &new).unwrap();
    assert_eq!(server.requests(), 2);

    // The fetch that was given up asks for nothing any more.
    idle.block_on(go_on());
    validate(&sessions, &new).unwrap();
    assert_eq!(server.requests(), 2);
}

/// A refresh that was begun where nothing goes on hasn't been sent, so another runtime sends it.
#[test]
fn a_refresh_that_stands_still_is_sent_by_whoever_waits_for_it() {
    let clock = clock();
    let access = |seconds| nhost_access(NHOST_USER, &clock).valid_for(&clock, seconds).sign(&rsa()).unwrap();
    let id = "11111111-0000-4000-8000-000000000000";
    let new = access(9000);
    let refreshed = json!({"accessToken": new, "accessTokenExpiresIn": 9000, "refreshToken": uuid(1), "refreshTokenId": id});
    let mock = MockTransport::new().respond("token_refresh", Response::json(200, &refreshed));
    let client = nhost::Client::builder("https://auth.example/v1").transport(mock.clone()).build().unwrap();
    let sessions = client.sessions().pinned_keys(keys([&rsa()])).clock(clock.clone()).build();
    let keeper = Keeper::new(sessions, MemoryStore::new(Tokens::new(access(900), uuid(0))));
    let session = || {
        let keeper = keeper.clone();
        in_thread(move || runtime().block_on(async { keeper.session().await.map(|session| session.token) }))
    };

    let idle = runtime();
    clock.advance(850 * SECOND);
    idle.block_on(keeper.session()).unwrap();
    clock.advance(51 * SECOND);
    assert_eq!(session().unwrap().expose(), &new);
    idle.block_on(go_on());
    session().unwrap();
    assert_eq!(mock.requests().len(), 1);
}

/// Lets the tasks of this runtime go on.
async fn go_on() {
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
}
