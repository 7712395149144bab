//! What the server accepts of a string, as calls that the runtime knows.

use crate::model::Limits;

/// The calls; none where there is no limit.
pub(super) fn calls(limits: &Limits) -> String {
    let mut calls = String::new();
    if limits.min_length.is_some() || limits.max_length.is_some() {
        let longest = limits.max_length.map_or("u32::MAX".to_owned(), |length| length.to_string());
        calls.push_str(&format!(".length({}, {longest})", limits.min_length.unwrap_or_default()));
    }
    if let Some(pattern) = &limits.pattern {
        calls.push_str(&format!(".pattern({pattern:?})"));
    }
    if limits.within {
        calls.push_str(".within()");
    }
    calls
}
