//! What the spec says of a value by its keywords, in sentences that stand behind its description.

use crate::model::{Direction, Member};

/// The facts of a member; empty if there is nothing to say.
pub(super) fn of_member(member: &Member) -> String {
    let only = member.only_in.map(|direction| match direction {
        Direction::Request => "Only requests have it.",
        Direction::Response => "Only responses have it.",
    });
    only.unwrap_or_default().to_owned()
}

/// The text with the facts behind it: in the same paragraph if there is only one, or else in a new one.
pub(super) fn behind(text: &str, facts: &str) -> String {
    let text = text.trim_end();
    match (facts.is_empty(), text.contains("\n\n") || text.contains("\n- ")) {
        (true, _) => text.to_owned(),
        (false, true) => format!("{text}\n\n{facts}"),
        (false, false) => format!("{text} {facts}"),
    }
}
