//! Functions for the wording of messages.

/// The known word that is most similar to this one, if one is similar.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    let distance = |candidate: &str| {
        let (shorter, longer) = ascending(length, candidate.chars().count());
        let most = 1 + shorter / 4;
        // Words whose lengths differ by more than that can't be near, so they need no comparison.
        let distance =
            (longer - shorter <= most).then(|| strsim::damerau_levenshtein(&word, &candidate.to_lowercase()));
        distance.filter(|distance| *distance <= most)
    };
    let near = known.into_iter().filter_map(|candidate| Some((distance(candidate)?, candidate)));
    near.min().map(|(_, candidate)| candidate)
}

fn ascending(one: usize, other: usize) -> (usize, usize) {
    (one.min(other), one.max(other))
}

/// The known word that this one is the beginning or the end of: `body` is the end of `requestBody`.
fn completed<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let is_part = |candidate: &String| candidate.starts_with(&word) || candidate.ends_with(&word);
    known.into_iter().find(|candidate| word.len() > 3 && is_part(&candidate.to_lowercase()))
}

/// "did you mean `x`?" if a known word is similar, or else the given text.
pub(crate) fn suggest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, otherwise: &str) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(word, known.iter().copied()).or_else(|| completed(word, known)) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None => otherwise.to_owned(),
    }
}

/// "`a`, `b` or `c`".
pub(crate) fn either(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

/// Whether the name consists of lower-case words and digits, joined by this character.
pub(crate) fn is_lower_case(name: &str, joint: char) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split(joint).all(is_word)
}

/// Whether a text ends as a sentence does. A list, a table and a block of code need no full stop at their end.
pub(crate) fn ends_like_a_sentence(text: &str) -> bool {
    let last = text.trim_end().lines().next_back().unwrap_or_default().trim();
    last.ends_with(['.', '?', '!', ':', '|']) || last.ends_with("```") || last.starts_with(['-', '*'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_near() {
        let known = ["summary", "description", "tags"];
        let cases =
            [("sumary", Some("summary")), ("Tags", Some("tags")), ("tag", Some("tags")), ("security", None)];
        for (word, expected) in cases {
            assert_eq!(nearest(word, known), expected, "{word}");
        }
    }

    #[test]
    fn lower_case_names_are_words_and_joints() {
        for (name, is_sound) in
            [("a-b2", true), ("a--b", false), ("-a", false), ("2a", false), ("aB", false), ("", false)]
        {
            assert_eq!(is_lower_case(name, '-'), is_sound, "{name}");
        }
    }
}
