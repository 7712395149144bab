//! Finds the numbers of a text that can't be a code.
//!
//! A server may repeat a one-time code in its text, whole or in parts, in digits or in words. So a number is printed only
//! if it is short, the only one in the text, and the words beside it say what it counts.

use super::quotes::core;
use super::words;

/// What a number counts or limits, where the word behind it says so.
const COUNTED: &[&str] = &[
    "attempt",
    "attempts",
    "byte",
    "bytes",
    "character",
    "characters",
    "day",
    "days",
    "digit",
    "digits",
    "hour",
    "hours",
    "item",
    "items",
    "letter",
    "letters",
    "minute",
    "minutes",
    "request",
    "requests",
    "second",
    "seconds",
    "time",
    "times",
];

/// The words that a limit comes behind.
const LIMITS: &[&str] = &["exceeds", "least", "length", "limit", "maximum", "minimum", "most", "than"];

/// The words that a code comes behind.
const CODES: &[&str] = &[
    "answer", "code", "codes", "digits", "key", "number", "numbers", "otp", "passcode", "password", "pin",
    "secret", "ticket", "token", "totp", "value",
];

const DIGITS: &[&str] = &[
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "double", "triple",
];

/// Whether a word may be a number, or hold one: it has a digit of any script, and isn't a known word such as `oauth2`; or
/// it is the name of a digit; or it has several such names as parts, as `four-five` has.
pub(super) fn has_number(word: &str) -> bool {
    let parts = word.split(|c: char| !c.is_alphabetic()).filter(|part| !part.is_empty());
    let (digits, others): (Vec<&str>, Vec<&str>) =
        parts.partition(|part| DIGITS.contains(&&*part.to_lowercase()));
    (word.chars().any(char::is_numeric) && !words::are_known(core(word)))
        || digits.len() > 1
        || (digits.len() == 1 && others.is_empty())
}

/// Whether the word at this place, the only number of the text, can be printed.
pub(super) fn is_harmless(words: &[&str], place: usize) -> bool {
    let at = |back: usize| place.checked_sub(back).and_then(|place| words.get(place)).map(|word| lower(word));
    let is_one_of =
        |word: &Option<String>, known: &[&str]| word.as_deref().is_some_and(|word| known.contains(&word));
    let Some(word) = words.get(place) else { return false };
    let (before, second) = (at(1), at(2));
    let follows_code = is_one_of(&before, CODES) || is_one_of(&second, CODES);
    let number = core(word);
    if DIGITS.contains(&&*number.to_lowercase()) {
        return !follows_code;
    }
    if number.len() > 3 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let next = words.get(place + 1).map(|word| lower(word));
    let is_limit = is_one_of(&before, LIMITS)
        || (before.as_deref() == Some("is") && is_one_of(&second, LIMITS))
        || (before.as_deref() == Some("of") && is_one_of(&second, LIMITS));
    is_limit || (is_one_of(&next, COUNTED) && !follows_code) || is_status(words, place, number)
}

/// Whether a text begins with the status of an error, as `404 page not found` does.
fn is_status(words: &[&str], place: usize, number: &str) -> bool {
    let is_error = number.len() == 3 && number.starts_with(['4', '5']);
    place == 0 && is_error && words.len() > 1 && !words.iter().any(|word| CODES.contains(&&*lower(word)))
}

fn lower(word: &str) -> String {
    core(word).to_lowercase()
}
