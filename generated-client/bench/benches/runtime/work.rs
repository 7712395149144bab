//! What is measured.

use std::hint::black_box;

use client_bench::Side;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use crate::turns::Work;

/// How many calls are made at once.
const CONCURRENT: usize = 64;

/// One call after another, on one connection.
pub(crate) fn sequential<'a, S: Side>(runtime: &'a Runtime, side: &'a S) -> Work<'a> {
    Box::new(move |times| {
        runtime.block_on(async {
            for _ in 0..times {
                done(side.call().await);
            }
        });
    })
}

/// Calls from as many tasks at once, and so on as many connections.
pub(crate) fn concurrent<'a, S: Side>(runtime: &'a Runtime, side: &'a S) -> Work<'a> {
    Box::new(move |times| {
        for _ in 0..times {
            runtime.block_on(async {
                let mut calls = JoinSet::new();
                for _ in 0..CONCURRENT {
                    let side = side.clone();
                    calls.spawn(async move { done(side.call().await) });
                }
                calls.join_all().await;
            });
        }
    })
}

/// Decoding a response that is there.
pub(crate) fn decoding<'a, S: Side>(body: &'a [u8]) -> Work<'a> {
    Box::new(move |times| {
        for _ in 0..times {
            done(serde_json::from_slice::<S::Session>(black_box(body)).ok());
        }
    })
}

/// A failure takes less time than what is measured, so it must not go unseen.
fn done<T>(session: Option<T>) {
    assert!(black_box(session).is_some(), "a call failed");
}
