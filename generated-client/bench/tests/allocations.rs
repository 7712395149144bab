//! How often memory is asked for when a token is validated. It is the only test of its program, since all threads count.

use std::alloc::System;

use generated_client::sessions::testing::{Signer, TestClock, descope_session, key_set, nhost_access};
use generated_client::sessions::{Algorithm, KeySet, descope, nhost};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const PROJECT: &str = "P2aAc4T2V93bddihGEx2Ryhc8e5Z";
const USER: &str = "7d9d5e5f-4f3e-4a3f-9d5b-0d6f1b2c3a4e";

/// A few more than it is today: the tokens of Nhost have an object of claims in them.
const MOST_OF_DESCOPE: usize = 18;
const MOST_OF_NHOST: usize = 40;

/// How often `check` asks for memory, once it has done so before.
fn allocations(runtime: &tokio::runtime::Runtime, check: impl AsyncFn() -> bool) -> usize {
    runtime.block_on(async {
        assert!(check().await);
        let region = Region::new(ALLOCATOR);
        let is_accepted = check().await;
        let change = region.change();
        assert!(is_accepted);
        change.allocations + change.reallocations
    })
}

#[test]
fn a_validation_asks_for_memory_a_few_times() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let clock = TestClock::at(1_700_000_000);
    for algorithm in [Algorithm::Rs256, Algorithm::Es256] {
        let signer = Signer::new(algorithm, "key-1").unwrap();
        let keys = KeySet::from_json(&key_set([&signer])).unwrap();
        let sessions = descope::Sessions::offline(PROJECT, keys.clone()).clock(clock.clone()).build();
        let token = descope_session(PROJECT, USER, &clock).sign(&signer).unwrap();
        let count = allocations(&runtime, async || sessions.validate(&token).await.is_ok());
        println!("Descope, {algorithm}: {count} allocations");
        assert!(count <= MOST_OF_DESCOPE, "Descope, {algorithm}: {count} allocations");

        let sessions = nhost::Sessions::offline("hasura-auth", keys).clock(clock.clone()).build();
        let token = nhost_access(USER, &clock).sign(&signer).unwrap();
        let count = allocations(&runtime, async || sessions.validate(&token).await.is_ok());
        println!("Nhost, {algorithm}: {count} allocations");
        assert!(count <= MOST_OF_NHOST, "Nhost, {algorithm}: {count} allocations");
    }
}
