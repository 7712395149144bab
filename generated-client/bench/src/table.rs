//! The result as it is printed.

/// How many seconds one piece of work took on each side, in turns that followed one another.
#[derive(Clone, Copy, Debug)]
pub struct Round {
    /// With our code.
    pub ours: f64,
    /// With the code that ours is measured by.
    pub measure: f64,
    /// With other code, which shows what else there is.
    pub other: f64,
}

/// A row of the table.
#[derive(Clone, Debug)]
pub struct Row {
    /// What was measured.
    pub what: &'static str,
    /// The most that our side may take, as a multiple of what the measure takes; infinite if there is no budget.
    pub budget: f64,
    /// All that was measured, in the order of time.
    pub rounds: Vec<Round>,
}

/// Of so many parts of a run the ratio is shown, to tell how well it can be repeated.
const PARTS: usize = 10;

/// The fewest rounds that have something to say; a run that only tries the benchmark has less.
const FEWEST: usize = 10 * PARTS;

/// A table of the medians, and of the ratios to the second side; nothing where too little was measured.
#[must_use]
pub fn print(rows: &[Row], sides: [&str; 3]) -> Option<String> {
    let measured: Vec<String> =
        rows.iter().filter(|row| row.rounds.len() >= FEWEST).map(Row::print).collect();
    if measured.is_empty() {
        return None;
    }
    let [ours, measure, other] = sides;
    let other_ratio = format!("{other} ratio");
    let head = line(["", ours, measure, other, &other_ratio, "our ratio", "in ten parts", "budget"]);
    Some(format!("medians, and ratios to the side `{measure}`\n\n{head}{}", measured.concat()))
}

impl Row {
    fn print(&self) -> String {
        let middle = |of: fn(&Round) -> f64| time(median(self.rounds.iter().map(of)));
        let ratio = our_ratio(&self.rounds);
        let other = median(self.rounds.iter().map(|round| round.other / round.measure));
        let parts = self.rounds.chunks(self.rounds.len().div_ceil(PARTS)).map(our_ratio);
        let (least, most) =
            parts.fold((f64::MAX, f64::MIN), |(least, most), part| (least.min(part), most.max(part)));
        let budget = match self.budget {
            budget if budget.is_infinite() => "none".to_owned(),
            budget => format!("{budget:.2} {}", if ratio <= budget { "met" } else { "MISSED" }),
        };
        line([
            self.what,
            &middle(|round| round.ours),
            &middle(|round| round.measure),
            &middle(|round| round.other),
            &format!("{other:.3} x"),
            &format!("{ratio:.3} x"),
            &format!("{least:.3}-{most:.3}"),
            &budget,
        ])
    }
}

/// The median of the ratios and not the ratio of the medians: what slows a round down slows both of its sides down.
fn our_ratio(rounds: &[Round]) -> f64 {
    median(rounds.iter().map(|round| round.ours / round.measure))
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

fn time(seconds: f64) -> String {
    if seconds < 1e-3 { format!("{:.1} µs", seconds * 1e6) } else { format!("{:.2} ms", seconds * 1e3) }
}

/// The first column is text, the others are numbers.
fn line(cells: [&str; 8]) -> String {
    let [what, rest @ ..] = cells;
    let rest: String = rest.iter().map(|cell| format!("{cell:>14}")).collect();
    format!("{what:<12}{rest}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDES: [&str; 3] = ["ours", "hand-written", "plain"];

    /// One of the sides is disturbed in every tenth round.
    fn rounds(count: usize) -> Vec<Round> {
        (0..count)
            .map(|index| {
                let slow = |side| if index % 30 == side { 9.0 } else { 1.0 };
                Round { ours: 42e-6 * slow(0), measure: 40e-6 * slow(10), other: 5e-3 * slow(20) }
            })
            .collect()
    }

    #[test]
    fn the_ratios_are_those_of_undisturbed_rounds() {
        let row = |what, budget, count| Row { what, budget, rounds: rounds(count) };
        let table = print(
            &[row("sequential", 1.03, 300), row("concurrent", 1.05, 300), row("not run", 1.1, 3)],
            SIDES,
        );
        assert_eq!(
            table.unwrap(),
            "medians, and ratios to the side `hand-written`\n\n\
             \u{20}                     ours  hand-written         plain   plain ratio     our ratio  in ten parts        budget\n\
             sequential         42.0 µs       40.0 µs       5.00 ms     125.000 x       1.050 x   1.050-1.050   1.03 MISSED\n\
             concurrent         42.0 µs       40.0 µs       5.00 ms     125.000 x       1.050 x   1.050-1.050      1.05 met\n"
        );
    }

    #[test]
    fn a_ratio_that_drifts_is_seen() {
        let rounds = (0..1000u32).map(|index| {
            let ours = 1.0 + f64::from(index) / 1000.0;
            Round { ours, measure: 1.0, other: 1.0 }
        });
        let table = print(&[Row { what: "drifting", budget: 1.1, rounds: rounds.collect() }], SIDES).unwrap();
        assert!(table.contains("1.500 x   1.050-1.950   1.10 MISSED"), "{table}");
    }

    #[test]
    fn what_has_no_budget_misses_none() {
        let table =
            print(&[Row { what: "free", budget: f64::INFINITY, rounds: rounds(300) }], SIDES).unwrap();
        assert!(table.ends_with("1.050-1.050          none\n"), "{table}");
    }

    #[test]
    fn there_is_no_table_of_a_trial() {
        assert_eq!(print(&[Row { what: "tried", budget: 1.0, rounds: rounds(99) }], SIDES), None);
    }
}
