//! Measures three sides in turns.

use std::time::{Duration, Instant};

use client_bench::table::{Round, Row};
use criterion::Criterion;

use crate::work::Work;

/// The same work on three sides.
pub(crate) struct Turns<'a> {
    pub(crate) ours: Work<'a>,
    pub(crate) hand_written: Work<'a>,
    pub(crate) plain: Work<'a>,
    /// How often the work is done in a turn: often enough for the clock, and for the caches to be the side's own.
    pub(crate) length: u64,
}

#[derive(Clone, Copy)]
enum Side {
    Ours,
    HandWritten,
    Plain,
}

impl Side {
    fn of(self, round: &Round) -> f64 {
        match self {
            Self::Ours => round.ours,
            Self::HandWritten => round.hand_written,
            Self::Plain => round.plain,
        }
    }
}

/// All orders, so that no side always follows the same one.
const ORDERS: [[Side; 3]; 6] = {
    use Side::{HandWritten, Ours, Plain};
    [
        [Ours, HandWritten, Plain],
        [Plain, HandWritten, Ours],
        [HandWritten, Plain, Ours],
        [Ours, Plain, HandWritten],
        [Plain, Ours, HandWritten],
        [HandWritten, Ours, Plain],
    ]
};

impl Turns<'_> {
    /// Measures each side by criterion. In the samples of one the others take their turns as well, and the row has all of
    /// them.
    pub(crate) fn measure(mut self, criterion: &mut Criterion, what: &'static str, budget: f64) -> Row {
        let mut orders = ORDERS.into_iter().cycle();
        let mut rounds: Vec<Round> = Vec::new();
        let mut group = criterion.benchmark_group(what);
        for (name, side) in
            [("ours", Side::Ours), ("hand-written", Side::HandWritten), ("plain", Side::Plain)]
        {
            group.bench_function(name, |bencher| {
                bencher.iter_custom(|times| {
                    let count = times.div_ceil(self.length);
                    let mut seconds = 0.0;
                    for order in orders.by_ref().take(count as usize) {
                        let round = self.round(order);
                        seconds += side.of(&round);
                        rounds.push(round);
                    }
                    Duration::from_secs_f64(seconds / count as f64 * times as f64)
                });
            });
        }
        group.finish();
        Row { what, budget, rounds }
    }

    /// One turn of each side.
    fn round(&mut self, order: [Side; 3]) -> Round {
        let mut round = Round { ours: 0.0, hand_written: 0.0, plain: 0.0 };
        for side in order {
            let (work, seconds) = match side {
                Side::Ours => (&mut self.ours, &mut round.ours),
                Side::HandWritten => (&mut self.hand_written, &mut round.hand_written),
                Side::Plain => (&mut self.plain, &mut round.plain),
            };
            let started = Instant::now();
            work(self.length);
            *seconds = started.elapsed().as_secs_f64() / self.length as f64;
        }
        round
    }
}
