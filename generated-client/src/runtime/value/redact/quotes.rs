//! Finds the words of a text that stand in quotes.

/// Which quotation is open: the marks that close it.
#[derive(Default)]
pub(super) struct Quotes(Option<&'static str>);

impl Quotes {
    /// Reads the next word, and returns whether any part of it is quoted. An apostrophe opens a quotation only at the
    /// beginning of a word, and closes it only at the end of one.
    pub(super) fn enclose(&mut self, word: &str) -> bool {
        let mut is_quoted = self.0.is_some();
        let mut before = ' ';
        let mut rest = word;
        while let Some((mark, after)) = first(rest) {
            let is_apostrophe = APOSTROPHES.contains(&mark);
            let ends = !first(after).is_some_and(|(next, _)| next.is_alphanumeric());
            match self.0 {
                Some(closing) if closing.contains(mark) && (!is_apostrophe || ends) => self.0 = None,
                None if !is_apostrophe || !before.is_alphanumeric() => {
                    self.0 = closing(mark);
                    is_quoted |= self.0.is_some();
                }
                _ => {}
            }
            before = mark;
            rest = after;
        }
        is_quoted
    }
}

/// The quotation marks that are apostrophes, too.
const APOSTROPHES: [char; 3] = ['\'', '‘', '’'];

/// The marks that close what a mark opens, in the languages that do so; none if it is no quotation mark.
fn closing(mark: char) -> Option<&'static str> {
    Some(match mark {
        '"' => "\"",
        '`' => "`",
        '\'' => "'",
        '“' | '”' => "”",
        '„' => "“”",
        '‘' | '’' => "’",
        '‚' => "‘’",
        '«' => "»",
        '»' => "«»",
        '‹' => "›",
        '›' => "‹›",
        _ => return None,
    })
}

/// The quotation marks of pages and of texts that are made for them.
const ENTITIES: [(&str, char); 14] = [
    ("&quot;", '"'),
    ("&#34;", '"'),
    ("&#x22;", '"'),
    ("&apos;", '\''),
    ("&#39;", '\''),
    ("&#x27;", '\''),
    ("&ldquo;", '“'),
    ("&rdquo;", '”'),
    ("&bdquo;", '„'),
    ("&lsquo;", '‘'),
    ("&rsquo;", '’'),
    ("&sbquo;", '‚'),
    ("&laquo;", '«'),
    ("&raquo;", '»'),
];

/// The first character of a text, and what follows it. An entity of HTML is the quotation mark that it stands for.
fn first(text: &str) -> Option<(char, &str)> {
    let entity = |(entity, mark): &(&str, char)| Some((*mark, text.strip_prefix(*entity)?));
    let plain = || {
        let mut characters = text.chars();
        Some((characters.next()?, characters.as_str()))
    };
    let found = if text.starts_with('&') { ENTITIES.iter().find_map(entity) } else { None };
    found.or_else(plain)
}

/// A word without the marks around it.
pub(super) fn core(word: &str) -> &str {
    let mut core = word;
    while let Some(inner) = without_mark(core) {
        core = inner;
    }
    core
}

/// A word without one of the marks around it, if there is any.
fn without_mark(word: &str) -> Option<&str> {
    let entity =
        |(entity, _): &(&str, char)| word.strip_prefix(*entity).or_else(|| word.strip_suffix(*entity));
    let is_mark = |mark: char| is_punctuation(mark) || closing(mark).is_some();
    ENTITIES
        .iter()
        .find_map(entity)
        .or_else(|| word.strip_prefix(is_mark))
        .or_else(|| word.strip_suffix(is_mark))
}

fn is_punctuation(mark: char) -> bool {
    ".,:;!?()[]".contains(mark)
}

/// Whether a quotation begins and ends with this word.
pub(super) fn is_whole(word: &str) -> bool {
    let mut quoted = word.trim_matches(is_punctuation).chars();
    let (opening, last) = (quoted.next(), quoted.next_back());
    let closing = opening.and_then(closing).unwrap_or_default();
    !quoted.as_str().is_empty() && last.is_some_and(|last| closing.contains(last))
}
