//! Turns the events of the YAML parser into a tree of nodes. Lists and mappings that are still open are kept in a list, so
//! that deeply nested input can't exhaust the stack of the program.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::anchors::{AliasFault, Anchors};
use super::characters::{is_refused, refusal};
use super::help::help_for;
use super::lines::{Lines, Span};
use super::node::{Node, Value};
use super::scalars::plain_value;
use crate::fault::Fault;

/// How deep lists and mappings can be nested. Documents that people write need less than half of it.
const DEEPEST: usize = 64;

/// Reads one file. A file that can't be read to its end gives faults but no tree; a file with smaller mistakes gives
/// both.
pub(crate) fn read(file: &str, bytes: &[u8]) -> (Option<Node>, Vec<Fault>) {
    read_with(file, bytes, None)
}

/// Reads one file that somebody else wrote: each alias stands for the value that its anchor names.
pub(crate) fn read_published(file: &str, bytes: &[u8]) -> (Option<Node>, Vec<Fault>) {
    read_with(file, bytes, Some(Anchors::default()))
}

fn read_with(file: &str, bytes: &[u8], anchors: Option<Anchors>) -> (Option<Node>, Vec<Fault>) {
    let valid = std::str::from_utf8(bytes);
    let text = valid.map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let lines = Rc::new(Lines::new(file, text));
    let (frames, keys) = (Vec::new(), HashSet::new());
    let mut reader = Reader { lines, frames, keys, root: None, faults: Vec::new(), anchors };
    if let Err(error) = valid {
        reader.refuse_encoding(bytes.get(..error.valid_up_to()).unwrap_or_default());
        return (None, reader.faults);
    }
    let text = reader.without_control_characters(text);
    let is_whole = reader.read_events(&text);
    let root = reader.root.take().filter(|root| is_whole && !matches!(root.value, Value::Null));
    if is_whole && root.is_none() {
        let nothing = reader.node(Value::Null, reader.lines.start());
        reader.faults.push(nothing.fault(
            "empty-file",
            "the file is empty",
            "write an OpenAPI 3.0.3 document into it, or delete the file",
        ));
    }
    (root, reader.faults)
}

/// A fault that is about a file as a whole. It points to the first line.
pub(crate) fn file_fault(
    file: &str,
    bytes: &[u8],
    rule: &'static str,
    what: impl Into<Box<str>>,
    help: impl Into<Box<str>>,
) -> Fault {
    let lines = Rc::new(Lines::new(file, &String::from_utf8_lossy(bytes)));
    let span = lines.start();
    Node { value: Value::Null, lines, span, key_span: None }.fault(rule, what, help)
}

struct Reader {
    lines: Rc<Lines>,
    /// The lists and mappings that are still open, outermost first.
    frames: Vec<Frame>,
    /// All keys so far. Most keys are one of a few words, so each word is stored once.
    keys: HashSet<Rc<str>>,
    root: Option<Node>,
    faults: Vec<Fault>,
    /// The values with anchors, where a file may have some.
    anchors: Option<Anchors>,
}

struct Frame {
    span: Span,
    anchor: usize,
    filling: Filling,
}

enum Filling {
    Sequence(Vec<Node>),
    /// Since each key is stored once, its address tells it from the others.
    Mapping {
        entries: Vec<(Node, Node)>,
        key: Key,
        lines_of_keys: BTreeMap<*const u8, usize>,
    },
}

/// What the next node in a mapping is.
enum Key {
    /// The next node is a key.
    Awaited,
    /// The next node is the value of a key that is at fault, so it is dropped.
    Refused,
    /// The next node is the value of this key.
    Read(Node),
}

impl Reader {
    fn node(&self, value: Value, span: Span) -> Node {
        Node { value, lines: Rc::clone(&self.lines), span, key_span: None }
    }

    fn fault(
        &mut self,
        span: Span,
        rule: &'static str,
        what: impl Into<Box<str>>,
        help: impl Into<Box<str>>,
    ) {
        let fault = self.node(Value::Null, span).fault(rule, what, help);
        self.faults.push(fault);
    }

    /// Reports the first byte that isn't UTF-8; `valid` is the text before it.
    fn refuse_encoding(&mut self, valid: &[u8]) {
        let valid = String::from_utf8_lossy(valid);
        let valid = Lines::new("", valid.strip_prefix('\u{feff}').unwrap_or(&valid));
        let Some((line, text)) = valid.numbered().last() else { return };
        let span = Span::new(line, text.chars().count() + 1, 1);
        self.fault(span, "encoding", "the file isn't UTF-8", "save it in the encoding UTF-8");
    }

    /// Reports the characters that no file can contain. The parser reads a space instead.
    fn without_control_characters<'a>(&mut self, text: &'a str) -> Cow<'a, str> {
        let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r');
        if text.bytes().all(is_plain) || !text.contains(is_refused) {
            return Cow::Borrowed(text);
        }
        let lines = Rc::clone(&self.lines);
        for (number, line) in lines.numbered() {
            let found = line.chars().enumerate().find(|(_, character)| is_refused(*character));
            if let Some((index, character)) = found {
                let span = Span::new(number, index + 1, 1);
                self.fault(span, "control-character", refusal(character), "delete it");
            }
        }
        Cow::Owned(text.replace(is_refused, " "))
    }

    /// Reports a refused character that is written as an escape.
    fn refuse_escaped(&mut self, text: &str, span: Span) {
        let found = text.chars().find(|character| is_refused(*character) || *character == '\r');
        if let Some(character) = found {
            self.fault(span, "control-character", refusal(character), "delete the escape");
        }
    }

    /// Whether the file was read to its end.
    fn read_events(&mut self, text: &str) -> bool {
        let mut parser = Parser::new_from_str(text);
        while let Some(next) = parser.next_event() {
            let (event, span) = match next {
                Ok((event, span)) => (event, Span::of(span)),
                Err(error) => {
                    let mark = *error.marker();
                    let span = self.lines.shown(Span::of(saphyr_parser::Span::empty(mark)));
                    let tab = self.lines.tab_in_indentation(span.line());
                    let what = format!("this isn't YAML: {}", error.info());
                    let help = match tab {
                        Some(_) => "indent the line with spaces, not with a tab",
                        None => help_for(error.info()),
                    };
                    self.fault(tab.unwrap_or(span), "yaml", what, help);
                    return false;
                }
            };
            if !self.take(event, span) {
                return false;
            }
        }
        true
    }

    /// Takes one event. It returns false if the rest of the file can't be read.
    fn take(&mut self, event: Event<'_>, span: Span) -> bool {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_decoration(span, anchor, tag.is_some());
                if style == ScalarStyle::DoubleQuoted {
                    self.refuse_escaped(&text, span);
                }
                self.take_scalar(text, style, span, anchor);
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_decoration(span, anchor, tag.is_some());
                return self.open(span, anchor, Filling::Sequence(Vec::new()));
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_decoration(span, anchor, tag.is_some());
                let (entries, lines_of_keys) = (Vec::new(), BTreeMap::new());
                return self.open(
                    span,
                    anchor,
                    Filling::Mapping { entries, key: Key::Awaited, lines_of_keys },
                );
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(anchor) => return self.repeat(anchor, span),
            Event::DocumentStart(_) if self.root.is_some() => {
                self.fault(
                    span,
                    "several-documents",
                    "a second YAML document starts here",
                    "put it into a file of its own, or delete the `---`",
                );
                return false;
            }
            _ => {}
        }
        true
    }

    /// Repeats the value with this anchor, or reports the alias. It returns false if the rest of the file can't be read.
    fn repeat(&mut self, anchor: usize, span: Span) -> bool {
        let room = DEEPEST.saturating_sub(self.frames.len());
        let repeated = self.anchors.as_mut().map(|anchors| anchors.repeat(anchor, room));
        let value = match repeated.unwrap_or(Err(AliasFault::Unknown)) {
            Ok(Value::String(text)) if self.awaits_key() => {
                self.take_key(Cow::Borrowed(&text), ScalarStyle::DoubleQuoted, span);
                return true;
            }
            Ok(value) => {
                self.refuse_as_key(span, "a key is an alias of something that isn't text");
                value
            }
            Err(fault) => {
                let (what, help) = fault.says();
                self.fault(span, "alias", what, help);
                if !matches!(fault, AliasFault::Unknown) {
                    return false;
                }
                Value::Invalid
            }
        };
        self.attach(value, span, 0);
        true
    }

    /// Reports an anchor and a tag before a value.
    fn refuse_decoration(&mut self, span: Span, anchor: usize, is_tagged: bool) {
        if anchor != 0 && self.anchors.is_none() {
            self.fault(
                span,
                "anchor",
                "the value has an anchor (`&name`)",
                "delete the anchor, and write a `$ref` where the value is repeated",
            );
        }
        if is_tagged {
            self.fault(
                span,
                "tag",
                "the value has a tag (`!name`)",
                "delete the tag, and put the value in quotes if it is text",
            );
        }
    }

    fn take_scalar(&mut self, text: Cow<'_, str>, style: ScalarStyle, span: Span, anchor: usize) {
        if self.awaits_key() {
            return self.take_key(text, style, span);
        }
        match plain_value(&text, style) {
            Some(Value::Float(number)) if !number.is_finite() => {
                let what = format!("`{text}` isn't a number that JSON can hold");
                self.fault(
                    span,
                    "not-a-number",
                    what,
                    "write a finite number, or put the value in quotes if it is text",
                );
                self.attach(Value::Invalid, span, 0);
            }
            Some(value) => self.attach(value, span, anchor),
            None => self.attach(Value::String(text.into()), span, anchor),
        }
    }

    fn awaits_key(&self) -> bool {
        matches!(self.frames.last(), Some(Frame { filling: Filling::Mapping { key: Key::Awaited, .. }, .. }))
    }

    fn take_key(&mut self, text: Cow<'_, str>, style: ScalarStyle, span: Span) {
        let help = "write a key that is text, in quotes if need be";
        let is_text = matches!(plain_value(&text, style), None | Some(Value::Integer(_)));
        let name = self.shared_key(&text);
        let node = self.node(Value::String(Rc::clone(&name)), span);
        let Some(Frame { filling: Filling::Mapping { key, lines_of_keys, .. }, .. }) = self.frames.last_mut()
        else {
            return;
        };
        *key = Key::Refused;
        if !is_text {
            let what = if name.is_empty() {
                "a key is missing".to_owned()
            } else {
                format!("the key `{name}` isn't text")
            };
            self.faults.push(node.fault("key-not-text", what, help));
        } else if let Some(line) = lines_of_keys.get(&name.as_ptr()) {
            let what = format!("the key `{name}` is already on line {line}");
            self.faults.push(node.fault("duplicate-key", what, "join the two, or delete one"));
        } else {
            lines_of_keys.insert(name.as_ptr(), span.line());
            *key = Key::Read(node);
        }
    }

    fn shared_key(&mut self, text: &str) -> Rc<str> {
        if let Some(key) = self.keys.get(text) {
            return Rc::clone(key);
        }
        let key: Rc<str> = text.into();
        self.keys.insert(Rc::clone(&key));
        key
    }

    /// Reports what isn't text in the place of a key.
    fn refuse_as_key(&mut self, span: Span, what: &str) {
        if self.awaits_key() {
            self.fault(span, "key-not-text", what, "write a key that is text");
        }
    }

    fn open(&mut self, span: Span, anchor: usize, filling: Filling) -> bool {
        self.refuse_as_key(span, "a key is a list or a mapping");
        self.frames.push(Frame { span, anchor, filling });
        if self.frames.len() > DEEPEST {
            let what = format!("lists and mappings are nested more than {DEEPEST} deep");
            self.fault(
                span,
                "too-deep",
                what,
                "give the inner part a name under `components` and use a `$ref`, or shorten the example",
            );
            return false;
        }
        true
    }

    fn close(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        let value = match frame.filling {
            Filling::Sequence(items) => Value::Sequence(items),
            Filling::Mapping { entries, .. } => Value::Mapping(entries),
        };
        self.attach(value, frame.span, frame.anchor);
    }

    /// Adds a finished value to the list or mapping that is open, or makes it the root.
    fn attach(&mut self, value: Value, span: Span, anchor: usize) {
        let mut node = self.node(value, span);
        if let Some(anchors) = self.anchors.as_mut().filter(|_| anchor != 0) {
            anchors.keep(anchor, &node);
        }
        let Some(frame) = self.frames.last_mut() else {
            self.root = Some(node);
            return;
        };
        match &mut frame.filling {
            Filling::Sequence(items) => items.push(node),
            Filling::Mapping { entries, key, .. } => match std::mem::replace(key, Key::Awaited) {
                Key::Read(name) => {
                    node.key_span = Some(name.span);
                    entries.push((name, node));
                }
                Key::Refused => {}
                // A list, a mapping or an alias stands in the place of a key. It is dropped, and so is its own value.
                Key::Awaited => *key = Key::Refused,
            },
        }
    }
}
