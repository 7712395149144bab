//! Lower and upper bounds: of each, the narrowest is taken.

use super::builder::SchemaBuilder;
use super::part::Part;
use super::place::{Place, shown};
use crate::fault::Fault;
use crate::openapi::schema::BOUNDS;
use crate::source::{Node, Value};

/// Whether the keyword is a bound, or says whether a bound itself is excluded.
pub(super) fn is_bound(keyword: &str) -> bool {
    let names = |(low, high): &(&str, &str)| *low == keyword || *high == keyword;
    BOUNDS.iter().any(names) || exclusion_of("minimum") == keyword || exclusion_of("maximum") == keyword
}

/// The keyword that excludes a bound itself; there is none for other bounds than those of numbers.
fn exclusion_of(bound: &str) -> &'static str {
    match bound {
        "minimum" => "exclusiveMinimum",
        "maximum" => "exclusiveMaximum",
        _ => "",
    }
}

/// Takes the narrower one of each bound, and reports those that leave no value.
pub(super) fn add(whole: &mut SchemaBuilder, part: &Part, place: &Place, faults: &mut Vec<Fault>) {
    for (low, high) in BOUNDS {
        for (bound, is_narrower) in [(low, f64::gt as fn(&f64, &f64) -> bool), (high, f64::lt)] {
            let number = |node: Option<&Node>| node.and_then(Node::number);
            let (Some(known), Some(added)) = (number(whole.get(bound)), number(part.get(bound))) else {
                continue;
            };
            let exclusion = exclusion_of(bound);
            let excludes = part.keywords.iter().find(|(key, _)| key.text() == Some(exclusion));
            if is_narrower(&added, &known) {
                set(whole, part, bound);
                set(whole, part, exclusion);
                if let (None, Some(known)) = (excludes, whole.get(exclusion)) {
                    let (key, off) = (known.made_text(exclusion), Value::Bool(false));
                    whole.set(&key, known.made_from(off));
                }
            } else if added == known && excludes.is_some_and(|(_, flag)| flag.is_flag(true)) {
                set(whole, part, exclusion);
            }
        }
        faults.extend(check(whole, part, (low, high), place));
    }
}

/// Takes the keyword of the part.
fn set(whole: &mut SchemaBuilder, part: &Part, keyword: &str) {
    if let Some((key, value)) = part.keywords.iter().find(|(key, _)| key.text() == Some(keyword)) {
        whole.set(key, value.clone());
    }
}

/// Reports the bound of the part that leaves no value beside a bound of an earlier part. Bounds of one schema have a check
/// of their own.
fn check(whole: &SchemaBuilder, part: &Part, (low, high): (&str, &str), place: &Place) -> Option<Fault> {
    let number = |node: &Node| node.number();
    [(low, high), (high, low)].into_iter().find_map(|(mine, other)| {
        let (second, first) = (part.get(mine)?, whole.get(other)?);
        if part.get(other).is_some() {
            return None;
        }
        let (least, most) = if mine == low { (second, first) } else { (first, second) };
        let is_excluded = |bound: &str| {
            let flag = exclusion_of(bound);
            [whole.get(flag), part.get(flag)].into_iter().flatten().any(|flag| flag.is_flag(true))
        };
        let is_empty = number(least)? > number(most)?
            || (number(least)? == number(most)? && (is_excluded(low) || is_excluded(high)));
        is_empty.then(|| {
            let excluded = if number(least) == number(most) { ", one of them exclusive" } else { "" };
            let what = format!(
                "`{mine}`{} is {} here and `{other}` is {} at {}{excluded}, so no value fits; {}",
                place.subject,
                shown(second),
                shown(first),
                first.location(),
                place.joining()
            );
            second.fault("contradiction", what, "correct one of them")
        })
    })
}
