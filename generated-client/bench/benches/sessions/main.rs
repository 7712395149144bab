//! Validating a session token beside the bare check of its signature by the same library, and beside jsonwebtoken, which does
//! about as much. `turns` says how.

mod sides;
#[path = "../runtime/turns.rs"]
mod turns;

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use client_bench::table;
use criterion::Criterion;
use generated_client::sessions::Algorithm;

use crate::sides::{Sides, concurrently, one_by_one};
use crate::turns::Turns;

/// The other one is jsonwebtoken.
const SIDES: [&str; 3] = ["validate", "signature", "other"];

fn main() -> Result<(), Box<dyn Error>> {
    let one = tokio::runtime::Builder::new_current_thread().build()?;
    let all = tokio::runtime::Builder::new_multi_thread().build()?;
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    let mut rows = Vec::new();
    for (what, algorithm, budget) in [
        ("RS256", Algorithm::Rs256, 1.25),
        ("ES256", Algorithm::Es256, 1.25),
        ("HS256", Algorithm::Hs256, f64::INFINITY),
    ] {
        let sides = Arc::new(Sides::new(algorithm)?);
        let turns = Turns {
            ours: one_by_one(&one, &sides, Sides::validate),
            measure: one_by_one(&one, &sides, Sides::verify),
            other: one_by_one(&one, &sides, Sides::other),
            length: 32,
        };
        rows.push(turns.measure(&mut criterion, what, SIDES, budget));
    }
    let sides = Arc::new(Sides::new(Algorithm::Es256)?);
    let turns = Turns {
        ours: concurrently(&all, &sides, Sides::validate),
        measure: concurrently(&all, &sides, Sides::verify),
        other: concurrently(&all, &sides, Sides::other),
        length: 1,
    };
    rows.push(turns.measure(&mut criterion, "64 tasks", SIDES, 1.25));
    criterion.final_summary();
    if let Some(table) = table::print(&rows, SIDES) {
        println!("{table}");
    }
    Ok(())
}
