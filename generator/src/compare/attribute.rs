//! The attributes of items, and how the change of one is reported.

use super::fact::Fact;
use crate::model::Bound;

/// An attribute of an item. In the texts of the variants, "it" is the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attribute {
    /// The item itself, which comes or goes.
    Itself,
    /// Its name in the spec, where the same item is found again under another name.
    Name,
    /// Its name in Rust, where the spec decides it.
    RustName,
    /// The file that it stands in.
    Home,
    /// The type of its values, without what other attributes say.
    Type,
    /// Object, enum or choice.
    Form,
    /// Whether it has to be there.
    Required,
    /// Whether it can be null.
    Nullable,
    /// Whether a list or map that is absent is `None` in Rust, and not an empty one.
    AbsentList,
    /// Whether it stands in a `Box`.
    Boxed,
    /// Whether it is never printed.
    Sensitive,
    /// Why it isn't secret.
    NotSensitive,
    /// Whether callers should move away from it.
    Deprecated,
    /// The only direction in which values have it.
    Direction,
    /// Whether requests or responses contain it.
    Use,
    /// Whether it has members that the spec doesn't list.
    OpenObject,
    /// The type of the members that the spec doesn't list, all together, where it has some.
    OtherMembers,
    /// Whether the server may know more values.
    OpenEnum,
    /// The order of the required arguments.
    Arguments,
    /// Whether `serde_json` reads and writes it.
    Kept,
    /// How it is written in a request.
    Style,
    /// The media types that its responses can have.
    MediaTypes,
    /// Whether its list can be read page by page.
    Paged,
    /// How its list is read page by page.
    Paging,
    /// The arguments that it needs one of.
    OneOf,
    /// Whether it takes no more than one of them.
    OneOfExact,
    /// The type of the headers that a response declares, if it declares any.
    Headers,
    /// All limits of a value that isn't sent. The client doesn't check them.
    Limits,
    /// The fewest characters.
    MinLength,
    /// The most characters.
    MaxLength,
    /// The most bytes.
    MaxBytes,
    /// The pattern.
    Pattern,
    /// The format.
    Format,
    /// The least number.
    Minimum,
    /// The greatest number.
    Maximum,
    /// The fewest items.
    MinItems,
    /// The most items.
    MaxItems,
    /// What the server takes for an absent value.
    Default,
    /// An example.
    Example,
    /// A text for people.
    Description,
    /// A link to the vendor's documentation.
    Documentation,
    /// Since when the server knows it.
    Since,
    /// What has to be called before it.
    After,
    /// Other words by which people search for it.
    SearchWords,
    /// Why it is sent again, or isn't.
    RetryReason,
    /// Whether hand-written code belongs to it.
    HandWritten,
    /// The HTTP method.
    Method,
    /// The path.
    Path,
    /// The server's URL.
    Server,
    /// The credentials that it needs.
    Credentials,
    /// The schemes that are sent.
    Schemes,
    /// When it is sent again.
    Retry,
    /// What kind of body it has.
    Content,
    /// How many values it takes or gives.
    Shape,
    /// The question that it answers.
    Question,
    /// Where its value is sent.
    Placement,
    /// Which clients carry it.
    Role,
    /// What its value is joined to.
    Parts,
    /// The order of its parts or alternatives, as far as that matters.
    Order,
    /// What tells it from the other alternatives.
    Marks,
}

/// How an attribute changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The item, or the attribute of it, is new.
    Added,
    /// It is gone.
    Removed,
    /// It is another one.
    Changed,
    /// More is allowed than before.
    Widened,
    /// Less is allowed than before.
    Narrowed,
}

impl Step {
    /// The step in a message.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Widened => "widened",
            Self::Narrowed => "narrowed",
        }
    }
}

impl Attribute {
    /// The step from one value to another; `None` if nothing changed that is reported.
    pub(super) fn step(self, old: &Fact, new: &Fact) -> Option<Step> {
        match (old, new) {
            (Fact::Order(old), Fact::Order(new)) => {
                let common = |of: &[String], other: &[String]| -> Vec<String> {
                    of.iter().filter(|entry| other.contains(entry)).cloned().collect()
                };
                (common(old, new) != common(new, old)).then_some(Step::Changed)
            }
            (Fact::Set(old), Fact::Set(new)) if is_within(old, new) && is_within(new, old) => None,
            (Fact::Cut { said: old, results: before }, Fact::Cut { said: new, results: after }) => {
                (old != new && before != after).then(|| direction(after == BOTH))
            }
            _ if old == new => None,
            (Fact::Maybe(None), _) => Some(Step::Added),
            (_, Fact::Maybe(None)) => Some(Step::Removed),
            (Fact::Flag(old), Fact::Flag(_)) => Some(if *old { Step::Removed } else { Step::Added }),
            (Fact::Step(old, _), Fact::Step(new, _)) => Some(direction(new > old)),
            (Fact::Bound(old), Fact::Bound(new)) => Some(direction(self.allows_more(*old, *new))),
            (Fact::Set(old), Fact::Set(new)) => Some(match (is_within(old, new), is_within(new, old)) {
                (true, _) if self != Self::Credentials || !old.is_empty() => Step::Widened,
                (_, true) if self != Self::Credentials || !new.is_empty() => Step::Narrowed,
                (true, _) => Step::Narrowed,
                (_, true) => Step::Widened,
                _ => Step::Changed,
            }),
            _ => Some(Step::Changed),
        }
    }

    /// Whether a range whose end moved allows more than before.
    fn allows_more(self, old: Option<Bound>, new: Option<Bound>) -> bool {
        match (old, new) {
            (_, None) => true,
            (None, _) => false,
            (Some(old), Some(new)) if old.at == new.at => old.is_exclusive,
            (Some(old), Some(new)) if self.is_lower_end() => new.at < old.at,
            (Some(old), Some(new)) => new.at > old.at,
        }
    }

    fn is_lower_end(self) -> bool {
        matches!(self, Self::MinLength | Self::Minimum | Self::MinItems)
    }
}

fn direction(is_more: bool) -> Step {
    if is_more { Step::Widened } else { Step::Narrowed }
}

fn is_within(part: &[String], whole: &[String]) -> bool {
    part.iter().all(|entry| whole.contains(entry))
}

/// The direction of what both requests and responses contain.
pub(super) const BOTH: &str = "both directions";

/// How the absence of a value is shown.
pub(super) const NONE: &str = "none";

/// A value as it is shown.
pub(super) fn shown(fact: &Fact) -> String {
    let list = |entries: &[String]| match entries {
        [] => NONE.to_owned(),
        entries => entries.iter().map(|entry| format!("`{entry}`")).collect::<Vec<_>>().join(", "),
    };
    match fact {
        Fact::Flag(true) => "yes".to_owned(),
        Fact::Flag(false) => "no".to_owned(),
        Fact::Step(_, name) => name.clone(),
        Fact::Cut { results, .. } => results.clone(),
        Fact::Bound(None) => NONE.to_owned(),
        Fact::Bound(Some(Bound { at, is_exclusive: false })) => at.to_string(),
        Fact::Bound(Some(Bound { at, is_exclusive: true })) => format!("{at}, without it"),
        Fact::Maybe(None) => NONE.to_owned(),
        Fact::Text(text) if text.is_empty() => NONE.to_owned(),
        Fact::Text(text) | Fact::Maybe(Some(text)) => format!("`{}`", shortened(text)),
        Fact::Order(entries) | Fact::Set(entries) => list(entries),
    }
}

/// Both values of an attribute as they are shown. Texts begin where they differ, with a few words before.
pub(super) fn shown_beside(old: &Fact, new: &Fact) -> (String, String) {
    const BEFORE: usize = 3;
    let (Some(before), Some(after)) = (text_of(old), text_of(new)) else { return (shown(old), shown(new)) };
    let [before, after] = [before, after].map(|text| text.split_whitespace().collect::<Vec<_>>());
    let same = before.iter().zip(&after).take_while(|(old, new)| old == new).count();
    let from = |words: &[&str]| match same.saturating_sub(BEFORE) {
        0 => format!("`{}`", shortened(&words.join(" "))),
        start => format!("`... {}`", shortened(&words.get(start..).unwrap_or_default().join(" "))),
    };
    (from(&before), from(&after))
}

/// A text that isn't empty.
fn text_of(fact: &Fact) -> Option<&str> {
    match fact {
        Fact::Text(text) | Fact::Maybe(Some(text)) if !text.is_empty() => Some(text),
        _ => None,
    }
}

/// The beginning of a text, on one line.
fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}...", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_that_excludes_its_own_number_allows_less() {
        let bound = |is_exclusive| Fact::Bound(Some(Bound { at: 3.0, is_exclusive }));
        for attribute in [Attribute::Minimum, Attribute::Maximum] {
            assert_eq!(attribute.step(&bound(false), &bound(true)), Some(Step::Narrowed));
            assert_eq!(attribute.step(&bound(true), &bound(false)), Some(Step::Widened));
            assert_eq!(attribute.step(&bound(true), &bound(true)), None);
        }
        assert_eq!(shown(&bound(true)), "3, without it");
    }

    #[test]
    fn long_texts_are_shown_from_where_they_differ() {
        let text = |end: &str| Fact::Text(format!("One two three four five six seven eight nine ten {end}"));
        let shown = shown_beside(&text("eleven"), &text("twelve"));
        assert_eq!(
            shown,
            ("`... eight nine ten eleven`".to_owned(), "`... eight nine ten twelve`".to_owned())
        );
        let shown = shown_beside(&Fact::Text("One".to_owned()), &Fact::Text(String::new()));
        assert_eq!(shown, ("`One`".to_owned(), NONE.to_owned()));
    }

    #[test]
    fn the_order_of_a_set_is_no_change() {
        let set = |entries: [&str; 2]| Fact::Set(entries.map(str::to_owned).to_vec());
        assert_eq!(Attribute::Schemes.step(&set(["a", "b"]), &set(["b", "a"])), None);
    }
}
