//! Measures three sides in turns.
//!
//! Criterion measures one side after another, and in the time between them a machine changes more than the sides differ.
//! So all sides take turns within each of its samples. What criterion prints are the times; the table at the end has the
//! ratios, which are what counts.

use std::time::{Duration, Instant};

use client_bench::table::{Round, Row};
use criterion::Criterion;

/// Does a piece of work so many times.
pub(crate) type Work<'a> = Box<dyn FnMut(u64) + 'a>;

/// The same work on three sides.
pub(crate) struct Turns<'a> {
    pub(crate) ours: Work<'a>,
    pub(crate) measure: Work<'a>,
    pub(crate) other: Work<'a>,
    /// How often the work is done in a turn: often enough for the clock, and for the caches to be the side's own.
    pub(crate) length: u64,
}

#[derive(Clone, Copy)]
enum Side {
    Ours,
    Measure,
    Other,
}

impl Side {
    fn of(self, round: &Round) -> f64 {
        match self {
            Self::Ours => round.ours,
            Self::Measure => round.measure,
            Self::Other => round.other,
        }
    }
}

/// All orders, so that no side always follows the same one.
const ORDERS: [[Side; 3]; 6] = {
    use Side::{Measure, Other, Ours};
    [
        [Ours, Measure, Other],
        [Other, Measure, Ours],
        [Measure, Other, Ours],
        [Ours, Other, Measure],
        [Other, Ours, Measure],
        [Measure, Ours, Other],
    ]
};

impl Turns<'_> {
    /// Measures each side by criterion. In the samples of one the others take their turns as well, and the row has all of
    /// them.
    pub(crate) fn measure(
        mut self,
        criterion: &mut Criterion,
        what: &'static str,
        names: [&'static str; 3],
        budget: f64,
    ) -> Row {
        let mut orders = ORDERS.into_iter().cycle();
        let mut rounds: Vec<Round> = Vec::new();
        let mut group = criterion.benchmark_group(what);
        for (name, side) in names.into_iter().zip([Side::Ours, Side::Measure, Side::Other]) {
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
        let mut round = Round { ours: 0.0, measure: 0.0, other: 0.0 };
        for side in order {
            let (work, seconds) = match side {
                Side::Ours => (&mut self.ours, &mut round.ours),
                Side::Measure => (&mut self.measure, &mut round.measure),
                Side::Other => (&mut self.other, &mut round.other),
            };
            let started = Instant::now();
            work(self.length);
            *seconds = started.elapsed().as_secs_f64() / self.length as f64;
        }
        round
    }
}
