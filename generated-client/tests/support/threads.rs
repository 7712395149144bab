//! Threads for checks that go through all operations, which would take long one after the other: most of the time they
//! wait for a server on loopback, or for their turn on a busy machine.

use std::panic::resume_unwind;
use std::thread;

/// How many threads share what is to be checked. It is the same on every machine.
const COUNT: usize = 8;

/// Runs a check on each of these, each in a thread of its own, and returns what the checks return. A check that panics
/// ends the test with its panic.
pub(crate) fn each<T: Send, R: Send>(
    items: impl IntoIterator<Item = T>,
    check: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let check = &check;
    thread::scope(|scope| {
        let threads: Vec<_> = items.into_iter().map(|item| scope.spawn(move || check(item))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

/// These in as many shares as there are threads.
pub(crate) fn shares<T>(items: &[T]) -> impl Iterator<Item = &[T]> {
    items.chunks(items.len().div_ceil(COUNT).max(1))
}
