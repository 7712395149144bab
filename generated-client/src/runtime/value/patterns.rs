//! The patterns of texts.

/// Without the feature, only the server checks patterns.
#[cfg(not(feature = "patterns"))]
pub(super) fn matches(_pattern: &str, _text: &str) -> bool {
    true
}

/// Whether the pattern matches. A pattern that can't be compiled is left to the server.
#[cfg(feature = "patterns")]
pub(super) fn matches(pattern: &'static str, text: &str) -> bool {
    use regress::Regex;
    use std::sync::{Arc, Mutex, PoisonError};

    type Compiled = (&'static str, Option<Arc<Regex>>);

    // Compiled patterns are kept. A spec has so few of them that a list is searched fast enough.
    static COMPILED: Mutex<Vec<Compiled>> = Mutex::new(Vec::new());

    let regex = {
        let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
        match compiled.iter().find(|(known, _)| *known == pattern) {
            Some((_, regex)) => regex.clone(),
            None => {
                let regex = Regex::with_flags(pattern, "u").ok().map(Arc::new);
                compiled.push((pattern, regex.clone()));
                regex
            }
        }
    };
    regex.is_none_or(|regex| regex.find(text).is_some())
}
