//! The result as it is printed.

use super::Both;
use super::lines::Lines;
use super::measure::Usage;
use super::median::{self, Cost};
use crate::regen::counted;

/// What the ratios of a measurement may be at most; `None` if there is no limit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budgets {
    user: Option<f64>,
    peak: Option<f64>,
    /// Generated lines without documentation, which is worth its lines.
    code: Option<f64>,
}

/// The budgets for generating everything, from our own spec and from the synthetic one.
pub(super) const GENERATE: [Budgets; 2] = [
    Budgets { user: Some(0.50), peak: None, code: Some(0.12) },
    Budgets { user: Some(0.50), peak: None, code: Some(0.11) },
];

/// The budgets for compiling the generated crate alone, of our own spec and of the synthetic one.
pub(super) const COMPILE: [Budgets; 2] = [
    Budgets { user: Some(0.33), peak: Some(0.50), code: Some(0.12) },
    Budgets { user: Some(0.24), peak: Some(0.34), code: Some(0.11) },
];

/// A pattern that was measured: for each size the processor time in seconds.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) seconds: Vec<f64>,
    /// What became of the largest documents.
    pub(super) outcome: String,
}

/// A measurement of documents that differ in size alone.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub(super) operations: usize,
    pub(super) usage: Both<Usage>,
}

/// A table of both sides with their ratios.
pub(super) fn ratios(title: &str, usage: &Both<Usage>, lines: &Both<Lines>, budgets: Budgets) -> String {
    let used = |of: fn(&Usage) -> f64| (of(&usage.ours), of(&usage.plain));
    let counted = |of: fn(&Lines) -> usize| (of(&lines.ours) as f64, of(&lines.plain) as f64);
    let mut text = format!("{title}\n\n");
    text.push_str(&line(&["", "ours", "plain", "ratio", "budget"]));
    text.push_str(&row("user CPU", seconds, used(|usage| usage.user), budgets.user));
    text.push_str(&row("wall", seconds, used(|usage| usage.wall), None));
    text.push_str(&row("peak memory", megabytes, used(|usage| usage.peak), budgets.peak));
    text.push_str(&row("lines", thousands, counted(|lines| lines.all), None));
    text.push_str(&row("  of which docs", thousands, counted(|lines| lines.docs), None));
    text.push_str(&row("  without docs", thousands, counted(|lines| lines.all - lines.docs), budgets.code));
    text
}

fn row(what: &str, unit: fn(f64) -> String, (ours, plain): (f64, f64), budget: Option<f64>) -> String {
    let ratio = ours / plain;
    let budget = match budget {
        Some(most) if ratio <= most => format!("{most:.2} met"),
        Some(most) => format!("{most:.2} MISSED"),
        None => String::new(),
    };
    line(&[what, &unit(ours), &unit(plain), &format!("{ratio:.2} x"), &budget])
}

/// Tables of what an operation costs as there are more of them.
pub(super) fn growth(title: &str, points: &[Point]) -> String {
    let ours: Vec<(usize, Usage)> = points.iter().map(|point| (point.operations, point.usage.ours)).collect();
    let plain: Vec<(usize, Usage)> =
        points.iter().map(|point| (point.operations, point.usage.plain)).collect();
    format!("{title}\n\n{}\n{}", growth_of("ours", &ours), growth_of("plain", &plain))
}

fn growth_of(side: &str, points: &[(usize, Usage)]) -> String {
    let mut text = line(&[side, "user CPU", "each", "each further", "peak memory"]);
    let costs: Vec<Cost> = points.iter().map(|(operations, usage)| (*operations, usage.user)).collect();
    let mut before = None;
    for ((operations, usage), cost) in points.iter().zip(&costs) {
        let further = before.map(|before| milliseconds(median::further(before, *cost)));
        text.push_str(&line(&[
            &counted(*operations, "operation"),
            &seconds(usage.user),
            &milliseconds(median::each(*cost)),
            &further.unwrap_or_default(),
            &megabytes(usage.peak),
        ]));
        before = Some(*cost);
    }
    if let Some(growth) = median::growth(&costs) {
        text.push_str(&format!("at the end, each further costs {growth:.2} x of what it cost at first\n"));
    }
    text
}

/// The processor time for each schema, of each pattern with documents of these sizes.
pub(super) fn patterns(sizes: &[usize], rows: &[Row]) -> String {
    let mut text = "user CPU for each schema\n\n".to_owned();
    let mut add = |name: &str, cells: &[String], last: &str| {
        let cells: String = cells.iter().map(|cell| format!("{cell:>11}")).collect();
        text.push_str(&format!("{}\n", format!("{name:<32}{cells}  {last}").trim_end()));
    };
    let heads: Vec<String> = sizes.iter().map(usize::to_string).collect();
    add("schemas", &heads, "the largest gives");
    for row in rows {
        let each = row.seconds.iter().zip(sizes).map(|(seconds, size)| seconds / *size as f64);
        add(row.name, &each.map(milliseconds).collect::<Vec<_>>(), &row.outcome);
    }
    text
}

/// The first column is text, the others are numbers.
fn line(cells: &[&str]) -> String {
    let mut text = String::new();
    for (index, cell) in cells.iter().enumerate() {
        let cell = if index == 0 { format!("{cell:<17}") } else { format!("{cell:>13}") };
        text.push_str(&cell);
    }
    format!("{}\n", text.trim_end())
}

fn seconds(value: f64) -> String {
    format!("{value:.2} s")
}

fn milliseconds(seconds: f64) -> String {
    format!("{:.2} ms", seconds * 1e3)
}

fn megabytes(bytes: f64) -> String {
    format!("{:.0} MB", bytes / 1e6)
}

fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let groups: Vec<&[u8]> = digits.as_bytes().rchunks(3).rev().collect();
    let groups: Vec<_> = groups.into_iter().map(String::from_utf8_lossy).collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(user: f64, peak: f64) -> Usage {
        Usage { user, wall: user * 2.0, peak }
    }

    #[test]
    fn the_ratios_are_of_ours_to_plain() {
        let usage = Both { ours: usage(1.25, 156e6), plain: usage(5.0, 300e6) };
        let lines =
            Both { ours: Lines { all: 1500, docs: 500 }, plain: Lines { all: 1_050_000, docs: 50_000 } };
        assert_eq!(
            ratios("compiling it", &usage, &lines, COMPILE[0]),
            "compiling it\n\n\
             \u{20}                         ours        plain        ratio       budget\n\
             user CPU                1.25 s       5.00 s       0.25 x     0.33 met\n\
             wall                    2.50 s      10.00 s       0.25 x\n\
             peak memory             156 MB       300 MB       0.52 x  0.50 MISSED\n\
             lines                    1,500    1,050,000       0.00 x\n\
             \u{20} of which docs            500       50,000       0.01 x\n\
             \u{20} without docs           1,000    1,000,000       0.00 x     0.12 met\n"
        );
    }

    #[test]
    fn growth_shows_what_an_operation_takes() {
        let both = |ours, plain| Both { ours: usage(ours, 100e6), plain: usage(plain, 200e6) };
        let point = |operations, ours, plain| Point { operations, usage: both(ours, plain) };
        let points = [point(50, 1.0, 2.0), point(100, 1.5, 6.0), point(200, 2.0, 14.0)];
        assert_eq!(
            growth("as it grows", &points),
            "as it grows\n\n\
             ours                  user CPU         each each further  peak memory\n\
             50 operations           1.00 s     20.00 ms                    100 MB\n\
             100 operations          1.50 s     15.00 ms     10.00 ms       100 MB\n\
             200 operations          2.00 s     10.00 ms      5.00 ms       100 MB\n\
             at the end, each further costs 0.50 x of what it cost at first\n\n\
             plain                 user CPU         each each further  peak memory\n\
             50 operations           2.00 s     40.00 ms                    200 MB\n\
             100 operations          6.00 s     60.00 ms     80.00 ms       200 MB\n\
             200 operations         14.00 s     70.00 ms     80.00 ms       200 MB\n\
             at the end, each further costs 1.00 x of what it cost at first\n"
        );
    }

    #[test]
    fn patterns_show_what_a_schema_takes() {
        let row = Row { name: "chain", seconds: vec![0.5, 20.0], outcome: "too-deep".to_owned() };
        assert_eq!(
            patterns(&[100, 10_000], &[row]),
            "user CPU for each schema\n\n\
             schemas                                 100      10000  the largest gives\n\
             chain                               5.00 ms    2.00 ms  too-deep\n"
        );
    }

    #[test]
    fn large_numbers_are_split() {
        assert_eq!([0.0, 999.0, 1000.0, 144_579.0].map(thousands), ["0", "999", "1,000", "144,579"]);
    }
}
