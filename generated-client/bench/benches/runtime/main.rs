//! The client's runtime beside hand-written code and plain progenitor's, all in one run; `turns` says how.

mod turns;
mod work;

use std::error::Error;
use std::time::Duration;

use client_bench::{HandWritten, Ours, Plain, Side, server, session, table};
use criterion::Criterion;

use crate::turns::Turns;
use crate::work::{concurrent, decoding, sequential};

const SIDES: [&str; 3] = ["ours", "hand-written", "plain"];

fn main() -> Result<(), Box<dyn Error>> {
    let body = session::body()?;
    let base_url = format!("http://{}", server::start(body.clone())?);
    let (ours, hand_written, plain) =
        (Ours::at(&base_url)?, HandWritten::at(&base_url)?, Plain::at(&base_url)?);
    // One thread for the clients, one for the server: the fewer there are, the less is left to the scheduler.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;

    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    let rows = [
        Turns {
            ours: sequential(&runtime, &ours),
            measure: sequential(&runtime, &hand_written),
            other: sequential(&runtime, &plain),
            // Each turn begins with the caches full of the others' code and data. In turns of 8 calls that costs our side
            // 1 or 2 in 100 more.
            length: 128,
        }
        .measure(&mut criterion, "sequential", SIDES, 1.02),
        Turns {
            ours: concurrent(&runtime, &ours),
            measure: concurrent(&runtime, &hand_written),
            other: concurrent(&runtime, &plain),
            length: 1,
        }
        .measure(&mut criterion, "concurrent", SIDES, 1.04),
        Turns {
            ours: decoding::<Ours>(&body),
            measure: decoding::<HandWritten>(&body),
            other: decoding::<Plain>(&body),
            length: 64,
        }
        .measure(&mut criterion, "decoding", SIDES, 1.00),
    ];
    criterion.final_summary();
    if let Some(table) = table::print(&rows, SIDES) {
        println!("{table}");
    }
    Ok(())
}
