//! The characters that no file may contain.

/// Control characters, except those of tabs and line ends, and the characters that change the direction of text. The
/// first aren't allowed in YAML, and Rust refuses the second in its sources.
pub(crate) fn is_refused(character: char) -> bool {
    is_bidi_control(character) || (character.is_control() && !['\t', '\n', '\r'].contains(&character))
}

fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What is wrong with a character, for messages.
pub(super) fn refusal(character: char) -> String {
    let code = u32::from(character);
    if is_bidi_control(character) {
        format!("the character U+{code:04X} changes the direction of the text")
    } else {
        format!("the control character U+{code:04X} isn't allowed")
    }
}
