//! The search for canaries, in any form in which a text may be printed.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::canaries::{Canary, Form};

/// How much of a long secret is too much.
const BEGINNING: usize = 10;

/// All canaries in all encodings.
pub(crate) struct Search {
    patterns: AhoCorasick,
    canaries: Vec<Canary>,
}

impl Search {
    /// The one that all tests share, since making it takes a while.
    pub(crate) fn shared() -> &'static Self {
        static SHARED: LazyLock<Search> = LazyLock::new(Search::new);
        &SHARED
    }

    fn new() -> Self {
        let (patterns, canaries): (Vec<String>, Vec<Canary>) = Canary::all()
            .flat_map(|canary| encodings(canary).into_iter().map(move |pattern| (pattern, canary)))
            .unzip();
        let patterns = AhoCorasick::builder().ascii_case_insensitive(true).build(&patterns).unwrap();
        Self { patterns, canaries }
    }

    /// The canaries in a text, each with what stands around it.
    pub(crate) fn find(&self, text: &str) -> Vec<(Canary, String)> {
        self.patterns
            .find_overlapping_iter(text)
            .filter(|found| !is_within_number(text, found.start(), found.end()))
            .map(|found| {
                let around = text.as_bytes();
                let around = &around[found.start().saturating_sub(80)..around.len().min(found.end() + 40)];
                (self.canaries[found.pattern()], String::from_utf8_lossy(around).into_owned())
            })
            .collect()
    }
}

/// Digits within a longer number are that number, such as a port or a duration.
fn is_within_number(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_point = |at: usize| bytes.get(at) == Some(&b'.');
    let before =
        start.checked_sub(1).is_some_and(|at| is_digit(at) || is_point(at) && at > 0 && is_digit(at - 1));
    let after = is_digit(end) || is_point(end) && is_digit(end + 1);
    bytes[start..end].iter().all(u8::is_ascii_digit) && (before || after)
}

/// The ways in which a canary may be found.
fn encodings(canary: Canary) -> Vec<String> {
    let text = canary.text();
    let bytes: Vec<String> = text.bytes().map(|byte| byte.to_string()).collect();
    let json = serde_json::to_string(&text).unwrap();
    let mut encodings = vec![
        utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string(),
        json.trim_matches('"').to_owned(),
        json.trim_matches('"').escape_debug().to_string(),
        text.escape_debug().to_string(),
        text.escape_default().to_string(),
        text.bytes().map(|byte| format!("{byte:02x}")).collect(),
        bytes.join(", "),
        canary.integer().to_string(),
    ];
    encodings.extend((0..3).flat_map(|before| based(&text, before)));
    if text.len() >= 2 * BEGINNING && canary.form != Form::Email {
        encodings.push(text.chars().take(BEGINNING).collect());
    }
    if canary.form == Form::Otp {
        // People write codes in two halves.
        let (one, other) = text.split_at(3);
        encodings.extend([format!("{one} {other}"), format!("{one}-{other}")]);
    }
    if canary.form == Form::Marks {
        encodings.push(text.chars().take_while(|mark| mark.is_ascii_alphabetic()).collect());
    }
    encodings.push(text);
    encodings.sort();
    encodings.dedup();
    encodings
}

/// What base64 makes of a text with this many bytes before it, without the characters that depend on its neighbours.
fn based(text: &str, before: usize) -> [String; 2] {
    let bytes = [&b"..."[..before], text.as_bytes()].concat();
    let start = (before * 8).div_ceil(6);
    let end = bytes.len() * 8 / 6;
    [STANDARD_NO_PAD.encode(&bytes), URL_SAFE_NO_PAD.encode(&bytes)]
        .map(|encoded| encoded[start..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Search, encodings};
    use crate::canaries::{Canary, FORMS};
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    #[test]
    fn a_planted_canary_is_found_in_every_encoding() {
        let search = Search::shared();
        for form in FORMS {
            let canary = Canary { form, number: 3 };
            let text = canary.text();
            let mut planted = encodings(canary);
            planted.push(text.to_uppercase());
            for shift in ["", "x", "xy", "xyz"] {
                planted.push(STANDARD.encode(format!("{shift}{text} and more")));
            }
            planted.push(format!("{:?}", format!("{:?}", serde_json::json!({ "token": text }).to_string())));
            for pattern in planted {
                let found = search.find(&format!("before {pattern} after"));
                assert!(found.iter().any(|(found, _)| found.number == 3), "{form:?}: {pattern} isn't found");
            }
        }
    }

    #[test]
    fn nothing_is_found_where_nothing_is() {
        let otp = Canary { form: crate::canaries::Form::Otp, number: 3 }.text();
        let text =
            format!("127.0.0.1:50123 took 1.{otp}s, 9{otp} bytes, {otp}1 in all; https://a.canary.example/");
        assert_eq!(Search::shared().find(&text), []);
    }
}
