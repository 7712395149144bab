//! The arithmetic of the benchmark.

/// The middle value, or the mean of the two in the middle; 0 where there is none.
pub(super) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let at = |index: usize| values.get(index).copied().unwrap_or_default();
    if values.len() % 2 == 1 { at(middle) } else { f64::midpoint(at(middle.saturating_sub(1)), at(middle)) }
}

/// What each operation costs at the last of the points, as a multiple of what it costs at the first: 1 is linear
/// growth, less is better. A point is a number of operations and the seconds that they take.
pub(super) fn growth(points: &[(usize, f64)]) -> f64 {
    let cost = |point: Option<&(usize, f64)>| point.map_or(f64::NAN, |(count, time)| time / *count as f64);
    cost(points.last()) / cost(points.first())
}

/// What each operation costs that a point has more than the point before it.
pub(super) fn further(before: (usize, f64), point: (usize, f64)) -> f64 {
    (point.1 - before.1) / (point.0 as f64 - before.0 as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median([3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median([4.0, 1.0, 2.0, 3.0]), 2.5);
        assert_eq!(median([7.0]), 7.0);
        assert_eq!(median([]), 0.0);
    }

    #[test]
    fn growth_is_the_cost_of_an_operation_at_the_end_against_the_start() {
        assert_eq!(growth(&[(50, 1.0), (500, 10.0)]), 1.0);
        assert_eq!(growth(&[(50, 1.0), (100, 1.5), (500, 5.0)]), 0.5);
        assert_eq!(growth(&[(10, 1.0), (100, 40.0)]), 4.0);
        assert!(growth(&[]).is_nan());
    }

    #[test]
    fn a_fixed_cost_is_not_in_the_cost_of_further_operations() {
        assert_eq!(further((0, 2.0), (50, 3.0)), 0.02);
        assert_eq!(further((50, 3.0), (100, 4.0)), 0.02);
    }
}
