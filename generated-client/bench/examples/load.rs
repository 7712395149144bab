//! Makes 1,000 calls at once and 20,000 in a row, and prints the memory of the process before and after each.
//!
//! `cargo run --release -p client-bench --example load`. The server is a thread of the same process, so its memory counts
//! as well.

use std::error::Error;
use std::time::Instant;

use client_bench::{Ours, Side, server, session};
use tokio::task::JoinSet;

const AT_ONCE: usize = 1_000;
const IN_A_ROW: usize = 20_000;

fn main() -> Result<(), Box<dyn Error>> {
    let base_url = format!("http://{}", server::start(session::body()?)?);
    let client = Ours::at(&base_url)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        // What is made once is not counted.
        report("the first call", 1, in_a_row(&client, 1)).await;
        for _ in 0..3 {
            report("calls at once", AT_ONCE, at_once(&client)).await;
        }
        for _ in 0..3 {
            report("calls in a row", IN_A_ROW, in_a_row(&client, IN_A_ROW)).await;
        }
    });
    Ok(())
}

/// Runs calls, and prints how many failed, how long they took, and the memory before and after.
async fn report(what: &str, calls: usize, failures: impl Future<Output = usize>) {
    let before = memory();
    let started = Instant::now();
    let failed = failures.await;
    let millis = started.elapsed().as_millis();
    println!("{what}: {calls}, failed: {failed}, {millis} ms, memory: {before} -> {}", memory());
}

async fn at_once(client: &Ours) -> usize {
    let mut calls = JoinSet::new();
    for _ in 0..AT_ONCE {
        let client = client.clone();
        calls.spawn(async move { client.call().await.is_none() });
    }
    calls.join_all().await.into_iter().filter(|failed| *failed).count()
}

async fn in_a_row(client: &Ours, calls: usize) -> usize {
    let mut failed = 0;
    for _ in 0..calls {
        failed += usize::from(client.call().await.is_none());
    }
    failed
}

/// The memory that the process has in use, as Linux reports it.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    resident.map_or_else(|| "unknown".to_owned(), |resident| resident.trim().to_owned())
}
