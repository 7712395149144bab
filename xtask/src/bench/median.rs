//! The arithmetic of the benchmark.

/// The middle value, or the mean of the two in the middle; 0 if there are no values.
pub(super) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let at = |index: usize| values.get(index).copied().unwrap_or_default();
    if values.len() % 2 == 1 { at(middle) } else { f64::midpoint(at(middle.saturating_sub(1)), at(middle)) }
}

/// What something took, for so many operations.
pub(super) type Cost = (usize, f64);

/// What one operation costs.
pub(super) fn each((operations, cost): Cost) -> f64 {
    cost / operations as f64
}

/// What one further operation costs between two sizes; this leaves out what doesn't grow.
pub(super) fn further(first: Cost, second: Cost) -> f64 {
    (second.1 - first.1) / (second.0 as f64 - first.0 as f64)
}

/// What a further operation costs between the last two sizes, as a multiple of what it costs between the first two:
/// 1 is linear growth, less is better. `None` for fewer than three sizes.
pub(super) fn growth(costs: &[Cost]) -> Option<f64> {
    match costs {
        [first, second, .., before, last] => Some(further(*before, *last) / further(*first, *second)),
        [first, second, last] => Some(further(*second, *last) / further(*first, *second)),
        _ => None,
    }
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
    fn a_further_operation_costs_nothing_of_what_is_there_anyway() {
        assert_eq!(each((50, 3.0)), 0.06);
        assert_eq!(further((50, 3.0), (100, 4.0)), 0.02);
    }

    #[test]
    fn growth_compares_the_end_with_the_start() {
        assert_eq!(growth(&[(8, 3.0), (16, 4.0), (32, 6.0)]), Some(1.0));
        assert_eq!(growth(&[(8, 1.0), (16, 2.0), (24, 5.0)]), Some(3.0));
        assert_eq!(growth(&[(8, 1.0), (16, 2.0), (24, 9.0), (32, 11.0)]), Some(2.0));
        assert_eq!(growth(&[(8, 1.0), (16, 2.0)]), None);
    }
}
