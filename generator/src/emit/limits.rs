//! What the server accepts of a value, as calls that the runtime knows.

use crate::model::{Bound, Limits};

/// The calls; none where there is no limit.
pub(super) fn calls(limits: &Limits) -> String {
    let mut calls = count("length", limits.min_length, limits.max_length);
    if let Some(most) = limits.max_bytes {
        calls.push_str(&format!(".max_bytes({most})"));
    }
    if limits.date_time {
        calls.push_str(".date_time()");
    }
    if let Some(pattern) = &limits.pattern {
        calls.push_str(&format!(".pattern({pattern:?})"));
    }
    calls.push_str(&bound(limits.low, "at_least", "more_than"));
    calls.push_str(&bound(limits.high, "at_most", "less_than"));
    calls.push_str(&count("items", limits.min_items, limits.max_items));
    if limits.within {
        calls.push_str(".within()");
    }
    calls
}

/// The fewest and the most of what is counted.
fn count(method: &str, fewest: Option<u64>, most: Option<u64>) -> String {
    if fewest.is_none() && most.is_none() {
        return String::new();
    }
    // No text and no list is longer than the runtime can count.
    let counted = |count: u64| u32::try_from(count).ok();
    let most = most.and_then(counted).map_or("u32::MAX".to_owned(), |most| most.to_string());
    let fewest = counted(fewest.unwrap_or_default()).unwrap_or(u32::MAX);
    format!(".{method}({fewest}, {most})")
}

fn bound(bound: Option<Bound>, inclusive: &str, exclusive: &str) -> String {
    match bound {
        Some(Bound { at, is_exclusive: true }) => format!(".{exclusive}({at:?})"),
        Some(Bound { at, is_exclusive: false }) => format!(".{inclusive}({at:?})"),
        None => String::new(),
    }
}
