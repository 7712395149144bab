//! The session keeper.

mod fake;
mod judgement;
mod sign_ins;
mod stores;

use crate::service::{NHOST_USER, Service, nhost_client, uuid};
use crate::signers::rsa;
use fake::{Fake, fault};
use generated_client::sessions::testing::nhost_access;
use generated_client::sessions::{
    Event, Events, Keeper, KeeperError, MemoryStore, RefreshError, SessionStore, TokenError, Tokens,
};
use std::time::Duration;
use tokio::task::JoinHandle;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

type Kept = Keeper<Fake, MemoryStore>;

/// A keeper of a session that has just begun.
fn kept() -> (Fake, MemoryStore, Kept) {
    let fake = Fake::new();
    let store = MemoryStore::new(fake.tokens(0));
    let keeper = Keeper::new(fake.clone(), store.clone());
    (fake, store, keeper)
}

async fn stored(store: &impl SessionStore) -> Option<String> {
    store.load().await.unwrap().map(|tokens| tokens.refresh.into_inner())
}

/// Somebody who waits for the session.
fn asking<T: SessionStore>(keeper: &Keeper<Fake, T>) -> JoinHandle<Result<(), KeeperError>> {
    let keeper = keeper.clone();
    tokio::spawn(async move { keeper.session().await.map(drop) })
}

async fn event(events: &mut Events) -> Event {
    tokio::time::timeout(Duration::from_secs(60), events.next()).await.expect("no event").unwrap()
}

#[tokio::test]
async fn a_fresh_token_is_given_as_it_is() {
    let (fake, _, keeper) = kept();
    fake.clock.advance(839 * SECOND);
    let session = keeper.session().await.unwrap();
    assert_eq!(session.claims.user_id(), NHOST_USER);
    assert_eq!(fake.sent(), 0);
}

#[tokio::test]
async fn a_token_is_refreshed_a_minute_before_its_end_and_nobody_waits() {
    let (fake, store, keeper) = kept();
    let mut events = keeper.events();
    fake.clock.advance(840 * SECOND);
    fake.close_gate();
    let old = keeper.session().await.unwrap().token;
    assert_eq!(keeper.session().await.unwrap().token, old);
    fake.sending(1).await;
    fake.open_gate();
    assert_eq!(event(&mut events).await, Event::Refreshed);
    assert_ne!(keeper.session().await.unwrap().token, old);
    assert_eq!(stored(&store).await, Some(uuid(1)));
    assert_eq!(fake.sent(), 1);
}

#[tokio::test]
async fn the_margin_shrinks_for_short_sessions_and_can_be_set() {
    let fake = Fake::new();
    fake.state.lock().unwrap().seconds = 40;
    let keeper = Keeper::new(fake.clone(), MemoryStore::new(fake.tokens(0)));
    fake.clock.advance(29 * SECOND);
    keeper.session().await.unwrap();
    assert_eq!(fake.sent(), 0);
    fake.clock.advance(SECOND);
    keeper.session().await.unwrap();
    fake.sending(1).await;

    let (fake, _, keeper) = kept();
    let keeper = keeper.margin(10 * SECOND);
    fake.clock.advance(889 * SECOND);
    keeper.session().await.unwrap();
    assert_eq!(fake.sent(), 0);
    fake.clock.advance(SECOND);
    keeper.session().await.unwrap();
    fake.sending(1).await;
}

/// Nhost rotates without grace: one wins, and everyone else would be signed out.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_users_of_one_keeper_survive_rotation() {
    let (fake, store, keeper) = kept();
    for round in 1..=20 {
        fake.clock.advance(901 * SECOND);
        let tasks: Vec<_> = (0..100)
            .map(|_| {
                let keeper = keeper.clone();
                tokio::spawn(async move { keeper.session().await.unwrap().token })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!((fake.sent(), stored(&store).await), (round, Some(uuid(round))));
    }
}

/// nhost 813: several processes share one store, and only one of them can win.
#[tokio::test]
async fn the_loser_of_a_race_reads_the_store_before_it_judges() {
    let (fake, store, keeper) = kept();
    let other = Keeper::new(fake.clone(), store.clone());
    fake.clock.advance(901 * SECOND);
    fake.close_gate();
    let (first, second) = (keeper.clone(), other.clone());
    let first = tokio::spawn(async move { first.session().await.unwrap().token });
    let second = tokio::spawn(async move { second.session().await.unwrap().token });
    fake.sending(2).await;
    fake.open_gate();
    assert_eq!(first.await.unwrap(), second.await.unwrap());
    assert_eq!(stored(&store).await, Some(uuid(1)));
}

/// supabase auth-js: a dropped request loses the tokens that the server has already given out.
#[tokio::test]
async fn a_refresh_goes_on_when_the_one_who_waited_is_gone() {
    let (fake, store, keeper) = kept();
    let mut events = keeper.events();
    fake.clock.advance(901 * SECOND);
    fake.close_gate();
    let waiting = asking(&keeper);
    fake.sending(1).await;
    waiting.abort();
    assert!(waiting.await.unwrap_err().is_cancelled());
    fake.open_gate();
    assert_eq!(event(&mut events).await, Event::Refreshed);
    assert_eq!(stored(&store).await, Some(uuid(1)));
    keeper.session().await.unwrap();
    assert_eq!(fake.sent(), 1);
}

/// supabase-js 2392: a sign-out during a refresh, and the tokens come back.
#[tokio::test]
async fn a_sign_out_wins_over_a_refresh_that_goes_on() {
    let (fake, store, keeper) = kept();
    fake.clock.advance(901 * SECOND);
    fake.close_gate();
    let waiting = asking(&keeper);
    fake.sending(1).await;
    keeper.sign_out().await.unwrap();
    assert_eq!(stored(&store).await, None);
    fake.open_gate();
    assert!(matches!(waiting.await.unwrap(), Err(KeeperError::SignedOut)));
    assert_eq!(stored(&store).await, None);
    // What came of the refresh is ended, too.
    assert_eq!(fake.state.lock().unwrap().revoked, [uuid(0), uuid(1)]);
}

/// Tokens that aren't accepted are those of a session at the service, too.
#[tokio::test]
async fn a_sign_out_ends_what_a_refresh_brings_that_is_not_accepted() {
    let (fake, store, keeper) = kept();
    fake.clock.advance(901 * SECOND);
    fake.state.lock().unwrap().seconds = 0;
    fake.close_gate();
    let waiting = asking(&keeper);
    fake.sending(1).await;
    keeper.sign_out().await.unwrap();
    fake.open_gate();
    waiting.await.unwrap().unwrap_err();
    assert_eq!(stored(&store).await, None);
    assert_eq!(fake.state.lock().unwrap().revoked, [uuid(0), uuid(1)]);
}

/// supabase-js 2145, 2148: a failed early refresh deletes a session whose access token still lives.
#[tokio::test]
async fn a_failed_early_refresh_changes_nothing() {
    let (fake, store, keeper) = kept();
    let mut events = keeper.events();
    fake.clock.advance(850 * SECOND);
    fake.fails(RefreshError::Ended(fault("401")), false);
    for _ in 0..10 {
        keeper.session().await.unwrap();
    }
    fake.sending(1).await;
    fake.clock.advance(49 * SECOND);
    keeper.session().await.unwrap();
    assert_eq!(stored(&store).await, Some(uuid(0)));
    // At its end the session is over, and the token that was refused isn't sent again.
    fake.clock.advance(6 * SECOND);
    let error = keeper.session().await.unwrap_err();
    assert!(error.is_signed_out(), "{error}");
    assert_eq!(event(&mut events).await, Event::Ended);
    assert_eq!((fake.sent(), stored(&store).await), (1, None));
    assert!(matches!(keeper.session().await, Err(KeeperError::SignedOut)));
}

/// web-js 1303: a rate limit wipes the tokens. supabase-js 2126: a refresh loop runs into it.
#[tokio::test]
async fn an_outage_or_a_rate_limit_ends_no_session() {
    let (fake, store, keeper) = kept();
    fake.clock.advance(901 * SECOND);
    let limited = |asked| RefreshError::Unavailable(fault("429").with_retry_after(asked));
    let failed = RefreshError::Unavailable(fault("500"));
    let day = 24 * 60 * MINUTE;
    for (failure, pause) in
        [(limited(20 * SECOND), 20), (failed, 5), (limited(Duration::ZERO), 5), (limited(day), 300)]
    {
        let before = fake.sent();
        fake.fails(failure, false);
        for _ in 0..50 {
            let error = keeper.session().await.unwrap_err();
            assert!(matches!(error, KeeperError::Refresh(RefreshError::Unavailable(_))), "{error}");
        }
        fake.clock.advance((pause - 1) * SECOND);
        keeper.session().await.unwrap_err();
        assert_eq!(fake.sent(), before + 1);
        fake.clock.advance(SECOND);
        assert_eq!(stored(&store).await, Some(uuid(0)));
    }
    fake.works();
    keeper.session().await.unwrap();
}

#[tokio::test]
async fn after_a_lost_response_nothing_is_sent_twice() {
    let (fake, store, keeper) = kept();
    fake.clock.advance(850 * SECOND);
    fake.fails(RefreshError::OutcomeUnknown(fault("timeout")), true);
    keeper.session().await.unwrap();
    fake.sending(1).await;
    // The access token is good to its end.
    fake.clock.advance(49 * SECOND);
    keeper.session().await.unwrap();
    // After that, the user has to sign in again, and nothing is asked any more.
    for wait in [SECOND, 10 * MINUTE, Duration::ZERO] {
        fake.clock.advance(wait);
        let error = keeper.session().await.unwrap_err();
        assert!(matches!(error, KeeperError::Lost(RefreshError::OutcomeUnknown(_))), "{error}");
        assert!(error.is_signed_out());
        let cause = "the session may have been refreshed, but the response is lost: timeout";
        assert_eq!(error.to_string(), format!("the session is lost, sign in again: {cause}"));
    }
    assert_eq!((fake.sent(), stored(&store).await), (1, Some(uuid(0))));
    keeper.sign_in(fake.tokens(1)).await.unwrap();
    fake.works();
    keeper.session().await.unwrap();
}

#[tokio::test]
async fn without_rotation_a_lost_response_is_asked_for_once_more() {
    let (fake, _, keeper) = kept();
    let keeper = keeper.without_rotation();
    fake.clock.advance(901 * SECOND);
    fake.fails(RefreshError::OutcomeUnknown(fault("timeout")), false);
    for (wait, sent) in [(Duration::ZERO, 1), (Duration::ZERO, 1), (5 * SECOND, 2), (10 * MINUTE, 2)] {
        fake.clock.advance(wait);
        let error = keeper.session().await.unwrap_err();
        // Before the last try, the session isn't lost.
        assert_eq!((fake.sent(), error.is_signed_out()), (sent, sent == 2), "{error}");
    }
}

/// supabase auth-js 762, supabase-js 2013, 2344: a callback within the lock calls the client, and both wait for ever.
#[tokio::test]
async fn who_listens_may_use_the_keeper() {
    let (fake, _, keeper) = kept();
    let mut events = keeper.events();
    let listener = tokio::spawn({
        let keeper = keeper.clone();
        async move {
            assert_eq!(event(&mut events).await, Event::Refreshed);
            keeper.session().await.unwrap();
            keeper.sign_out().await.unwrap();
            assert_eq!(event(&mut events).await, Event::SignedOut);
        }
    });
    fake.clock.advance(901 * SECOND);
    keeper.session().await.unwrap();
    listener.await.unwrap();
    assert!(matches!(keeper.session().await, Err(KeeperError::SignedOut)));
}

#[tokio::test]
async fn signing_in_and_out() {
    let fake = Fake::new();
    let keeper = Keeper::new(fake.clone(), MemoryStore::default());
    let mut events = keeper.events();
    assert!(keeper.session().await.unwrap_err().is_signed_out());
    keeper.sign_in(fake.tokens(0)).await.unwrap();
    keeper.session().await.unwrap();
    keeper.sign_out().await.unwrap();
    keeper.sign_out().await.unwrap();
    assert_eq!(
        [event(&mut events).await, event(&mut events).await, event(&mut events).await],
        [Event::SignedIn, Event::SignedOut, Event::SignedOut]
    );
    assert_eq!(fake.state.lock().unwrap().revoked, [uuid(0)]);
    assert_eq!(fake.sent(), 0);
}

#[tokio::test]
async fn faults_that_a_refresh_cannot_mend_start_none() {
    let fake = Fake::new();
    let wrong = nhost_access(NHOST_USER, &fake.clock).claim("iss", "other".into()).sign(&rsa()).unwrap();
    let keeper = Keeper::new(fake.clone(), MemoryStore::new(Tokens::new(wrong, uuid(0))));
    let error = keeper.session().await.unwrap_err();
    assert!(matches!(error, KeeperError::Token(TokenError::WrongIssuer)), "{error}");
    assert_eq!(fake.sent(), 0);
}

#[tokio::test]
async fn tokens_that_are_not_accepted_are_kept_but_not_handed_out() {
    let (fake, store, keeper) = kept();
    fake.clock.advance(901 * SECOND);
    // The service's clock is far behind: its tokens have expired when they come.
    fake.state.lock().unwrap().seconds = 0;
    fake.clock.advance(10 * SECOND);
    for _ in 0..20 {
        keeper.session().await.unwrap_err();
    }
    // Each of them gives the next one, but no faster than the pause allows.
    assert_eq!((fake.sent(), stored(&store).await), (1, Some(uuid(1))));
    fake.state.lock().unwrap().seconds = 900;
    fake.clock.advance(5 * SECOND);
    keeper.session().await.unwrap();
    assert_eq!(fake.sent(), 2);
}

#[tokio::test]
async fn nothing_of_a_token_is_printed() {
    let (fake, store, keeper) = kept();
    fake.clock.advance(901 * SECOND);
    let session = keeper.session().await.unwrap();
    assert_unprinted(&format!("{store:?} {session:?} {:?}", fake.tokens(0)));
}

fn assert_unprinted(printed: &str) {
    assert!(!printed.contains("00000000-0000") && !printed.contains("eyJ"), "{printed}");
}

/// The whole of it over HTTP, with the real client.
#[tokio::test]
async fn a_session_of_nhost_over_http() {
    let (service, server) = Service::start().await;
    let sessions = nhost_client(&server).sessions().clock(service.clock.clone()).build();
    let store = MemoryStore::new(Tokens::new(service.nhost_access(), uuid(0)));
    let keeper = Keeper::new(sessions, store.clone());
    for round in 1..=3 {
        service.clock.advance(901 * SECOND);
        let tasks: Vec<_> = (0..100)
            .map(|_| {
                let keeper = keeper.clone();
                tokio::spawn(async move { keeper.session().await.unwrap().claims.user_id().to_owned() })
            })
            .collect();
        for task in tasks {
            assert_eq!(task.await.unwrap(), NHOST_USER);
        }
        assert_eq!((service.requests("/token"), stored(&store).await), (round, Some(uuid(round))));
    }
    assert_unprinted(&format!("{keeper:?} {keeper:#?}"));
    keeper.sign_out().await.unwrap();
    assert_eq!(service.requests("/signout"), 1);
    assert!(keeper.session().await.unwrap_err().is_signed_out());
}
