//! The public items of generated code: each declaration and each part of one, as the macros of the runtime take them.
//!
//! All declarations have one form: attributes, a head, and a body in braces or a semicolon. A body has parts, which
//! commas or semicolons separate. So one reader takes the declarations of all macros, and plain items as well.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::item::Declared;

/// What each declaration and each part of one says.
pub(super) type Entries = BTreeMap<Declared, String>;

/// The macros whose calls declare public items, with what is read of a part: up to a sign, or all of it.
const MACROS: &[(&str, PartEnd)] = &[
    ("types", PartEnd::Literal),
    ("operations", PartEnd::Sign('=')),
    ("group", PartEnd::Never),
    ("client", PartEnd::Sign('=')),
    ("responses", PartEnd::Never),
    ("questions", PartEnd::Never),
];

/// The macros whose calls hold parts directly, without declarations around them.
const LISTS: &[(&str, PartEnd)] = &[("groups", PartEnd::Never), ("examples", PartEnd::Sign('='))];

/// How far callers notice the text of a part. After that end stand limits and descriptions for the runtime.
#[derive(Clone, Copy)]
enum PartEnd {
    /// At its end.
    Never,
    /// At the first of these signs outside of brackets.
    Sign(char),
    /// Behind the first literal.
    Literal,
}

/// Whether the calls of a macro hold parts directly.
pub(super) fn is_list(name: &str) -> bool {
    LISTS.iter().any(|(known, _)| *known == name)
}

/// The public items of a generated file; `stem` is its name without the ending. A file that can't be read has none.
pub(super) fn entries(stem: &str, text: &str) -> Entries {
    let mut found = Entries::new();
    let Ok(tokens) = text.parse::<TokenStream>() else { return found };
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut rest = tokens.as_slice();
    while !rest.is_empty() {
        if let (_, [TokenTree::Ident(name), TokenTree::Punct(sign), TokenTree::Group(body), after @ ..]) =
            without_attributes(rest)
            && sign.as_char() == '!'
        {
            of_macro(stem, &name.to_string(), body.stream(), &mut found);
            rest = after;
        } else {
            rest = declaration("", rest, PartEnd::Never, false, &mut None, &mut found);
        }
    }
    found
}

fn of_macro(stem: &str, name: &str, body: TokenStream, found: &mut Entries) {
    let of = |table: &[(&str, PartEnd)]| table.iter().find(|(known, _)| *known == name).map(|(_, end)| *end);
    if let Some(end) = of(LISTS) {
        parts(name, body.clone(), "", end, found);
    }
    let Some(end) = of(MACROS) else { return };
    let prefix = if name == "group" { format!("{stem}/") } else { String::new() };
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    let mut rest = tokens.as_slice();
    let mut last = None;
    while !rest.is_empty() {
        rest = declaration(&prefix, rest, end, name == "types", &mut last, found);
    }
}

/// Reads one declaration, and gives the tokens after it. `last` is the name of the declaration before, whose body continues
/// after a word such as `read_only`.
fn declaration<'a>(
    prefix: &str,
    tokens: &'a [TokenTree],
    end: PartEnd,
    has_required: bool,
    last: &mut Option<String>,
    found: &mut Entries,
) -> &'a [TokenTree] {
    let (is_deprecated, tokens) = without_attributes(tokens);
    let is_end = |token: &TokenTree| match token {
        TokenTree::Punct(sign) => sign.as_char() == ';',
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        _ => false,
    };
    let length = tokens.iter().position(is_end).unwrap_or(tokens.len());
    let (head, rest) = tokens.split_at(length);
    let words: Vec<String> = head.iter().filter_map(word).collect();
    let Some(first) = words.first() else { return rest.split_first().map_or(rest, |(_, rest)| rest) };
    let body = match rest.first() {
        Some(TokenTree::Group(group)) => Some(group.stream()),
        _ => None,
    };
    let rest = rest.split_first().map_or(rest, |(_, rest)| rest);
    if let (true, "read_only", Some(name)) = (has_required, first.as_str(), last.as_ref()) {
        parts(name, body.unwrap_or_default(), "read-only ", end, found);
        return rest;
    }
    let Some(name) = name(&words) else { return rest };
    let name = format!("{prefix}{name}");
    let mut text = if is_deprecated { "deprecated ".to_owned() } else { String::new() };
    for token in head {
        match token {
            TokenTree::Group(group) if has_required => parts(&name, group.stream(), "required ", end, found),
            other => text.push_str(&format!("{other} ")),
        }
    }
    // A single word, such as `carried`, only stands before a list.
    if head.len() > 1 {
        add(found, &name, None, text);
    }
    if !words.iter().any(|word| word == "fn" || word == "impl" && words.iter().any(|word| word == "for")) {
        parts(&name, body.unwrap_or_default(), "", end, found);
    }
    *last = Some(name);
    rest
}

fn without_attributes(mut tokens: &[TokenTree]) -> (bool, &[TokenTree]) {
    let mut is_deprecated = false;
    loop {
        tokens = match tokens {
            [TokenTree::Punct(sign), TokenTree::Group(group), rest @ ..] if sign.as_char() == '#' => {
                is_deprecated |= group.stream().to_string().starts_with("deprecated");
                rest
            }
            [TokenTree::Punct(sign), TokenTree::Punct(inner), TokenTree::Group(_), rest @ ..]
                if sign.as_char() == '#' && inner.as_char() == '!' =>
            {
                rest
            }
            other => return (is_deprecated, other),
        };
    }
}

fn word(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(word) => Some(word.to_string()),
        _ => None,
    }
}

/// What a declaration is called by, from the words of its head; `None` for what declares nothing public.
pub(super) fn name(words: &[String]) -> Option<String> {
    let after = |keyword: &str| words.iter().skip_while(|word| *word != keyword).nth(1).cloned();
    let is = |keyword: &str| words.iter().any(|word| word == keyword);
    if is("use") || is("const") {
        return None;
    }
    if is("impl") && is("for") {
        let mut of = words.iter().take_while(|word| *word != "for");
        let of = of.find(|word| !matches!(word.as_str(), "impl" | "crate" | "runtime"));
        return Some(format!("{} for {}", of.cloned().unwrap_or_default(), words.last().cloned()?));
    }
    ["struct", "enum", "fn", "trait", "mod", "impl"]
        .into_iter()
        .find_map(after)
        .or_else(|| words.first().cloned())
}

/// The parts of a body, which commas or semicolons end. Those within angle brackets end none.
fn parts(declaration: &str, body: TokenStream, mark: &str, end: PartEnd, found: &mut Entries) {
    let mut part: Vec<TokenTree> = Vec::new();
    let mut depth = 0_usize;
    for token in body {
        let sign = match &token {
            TokenTree::Punct(sign) => sign.as_char(),
            _ => ' ',
        };
        match sign {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if matches!(sign, ',' | ';') && depth == 0 {
            put_part(declaration, &part, mark, end, found);
            part.clear();
        } else {
            part.push(token);
        }
    }
    put_part(declaration, &part, mark, end, found);
}

fn put_part(declaration: &str, part: &[TokenTree], mark: &str, end: PartEnd, found: &mut Entries) {
    let (is_deprecated, part) = without_attributes(part);
    let Some(name) = part_name(part) else { return };
    if matches!(name.as_str(), "Spec" | "words") {
        return;
    }
    let is_sign =
        |token: &TokenTree, of: char| matches!(token, TokenTree::Punct(sign) if sign.as_char() == of);
    let length = match end {
        PartEnd::Never => None,
        PartEnd::Sign(sign) => part.iter().position(|token| is_sign(token, sign)),
        PartEnd::Literal => {
            part.iter().position(|token| matches!(token, TokenTree::Literal(_))).map(|at| at + 1)
        }
    };
    let seen = part.get(..length.unwrap_or(part.len())).unwrap_or_default();
    let deprecated = if is_deprecated { "deprecated " } else { "" };
    let text: String = seen.iter().map(|token| format!("{token} ")).collect();
    add(found, declaration, Some(name), format!("{mark}{deprecated}{text}"));
}

/// The first word or text of a part, also where it stands in parentheses.
fn part_name(part: &[TokenTree]) -> Option<String> {
    match part.first()? {
        TokenTree::Ident(word) => Some(word.to_string()),
        TokenTree::Literal(text) => Some(text.to_string().trim_matches('"').to_owned()),
        TokenTree::Group(group) => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            part_name(&inner)
        }
        TokenTree::Punct(_) => None,
    }
}

fn add(found: &mut Entries, declaration: &str, part: Option<String>, text: String) {
    let declared = Declared { declaration: declaration.to_owned(), part };
    found.entry(declared).or_default().push_str(text.trim_end());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declarations_of_all_macros_are_read() {
        let text = r#"
            use super::*;
            group! {
            /// The handle.
            pub struct Boxes("boxes");
            #[deprecated]
            pub fn open(&self, key: impl Into<Secret>) -> Call<op::BoxesOpen, Key> where C: Carries<Token> {
                //! Open a box.
                #![optional(side)]
                self.client.call(Key::new(key))
            }
            }
            operations! {
            pub enum BoxesOpen(Key): Depot -> Json<Thing> {
                Spec::post("boxes_open", "/open").retry(Retry::Never);
                (id: String) = Parameter::path("id");
                side: Option<String> = Parameter::query("side").length(1, 2);
            }
            }
            impl BrowserOperation for op::BoxesOpen {}
            types! {
            pub struct Key: body(
                key: Secret = "key".length(1, 9),
            ) {
                #[doc = see!(Side)]
                map: BTreeMap<String, Side> as "aMap",
            } read_only {
                at: Timestamp = "at",
            }
            pub enum Side: open_enum { Left = "left", }
            }
            groups! { words ["a"]; boxes: Boxes = "depot-boxes", }
            questions! { impl Error<ErrorCode> { is_shut, } codes { "shut" = is_shut, } }
            pub(super) const KNOWN_WORDS: &str = "a";
        "#;
        let found: Vec<String> = entries("boxes", text)
            .into_iter()
            .map(|(Declared { declaration, part }, text)| match part {
                Some(part) => format!("{declaration}.{part}: {text}"),
                None => format!("{declaration}: {text}"),
            })
            .collect();
        let expected = [
            "BoxesOpen: pub enum BoxesOpen (Key) : Depot - > Json < Thing >",
            "BoxesOpen.id: (id : String)",
            "BoxesOpen.side: side : Option < String >",
            "BrowserOperation for BoxesOpen: impl BrowserOperation for op : : BoxesOpen",
            "Error: impl Error < ErrorCode >",
            "Error.is_shut: is_shut",
            "Key: pub struct Key : body",
            "Key.at: read-only at : Timestamp = \"at\"",
            "Key.key: required key : Secret = \"key\"",
            "Key.map: map : BTreeMap < String , Side > as \"aMap\"",
            "Side: pub enum Side : open_enum",
            "Side.Left: Left = \"left\"",
            "boxes/Boxes: pub struct Boxes (\"boxes\")",
            "boxes/open: deprecated pub fn open (& self , key : impl Into < Secret >) - > Call < op : : BoxesOpen , Key > where C : Carries < Token >",
            "codes.shut: \"shut\" = is_shut",
            "groups.boxes: boxes : Boxes = \"depot-boxes\"",
        ];
        assert_eq!(found, expected);
    }
}
