//! What is printed, and what the program exits with.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};

use crate::visible;

/// How names and headings stand out on a terminal.
pub(crate) const NAME: Style = AnsiColor::Cyan.on_default();
pub(crate) const HEADING: Style = Style::new().bold();
pub(crate) const ASIDE: Style = Style::new().dimmed();

/// Why the program exits with a failure.
#[derive(Debug)]
pub(crate) enum Fault {
    /// Nothing was sent.
    Usage(Vec<String>),
    /// The service responded with an error, and the response is printed already.
    Api(String),
    /// There is no response of use.
    NoResponse(String),
}

impl Fault {
    pub(crate) fn usage(text: impl Into<String>) -> Self {
        Self::Usage(vec![text.into()])
    }

    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Api(_) => 1,
            Self::Usage(_) => 2,
            Self::NoResponse(_) => 3,
        })
    }

    pub(crate) fn print(&self) {
        let texts = match self {
            Self::Usage(texts) => texts.as_slice(),
            Self::Api(text) | Self::NoResponse(text) => std::slice::from_ref(text),
        };
        for text in texts {
            say_under("error:", AnsiColor::Red, text);
        }
    }
}

/// Warns of something that may be wrong, but doesn't keep the request from being sent.
pub(crate) fn warn(text: &str) {
    say_under("warning:", AnsiColor::Yellow, text);
}

/// Writes a line to standard error. If nobody reads it, there is nobody to tell.
pub(crate) fn say(line: impl fmt::Display) {
    _ = writeln!(io::stderr().lock(), "{}", for_person(&line.to_string()));
}

fn say_under(heading: &str, color: AnsiColor, text: &str) {
    let style = color.on_default().bold();
    _ = writeln!(anstream::stderr().lock(), "{style}{heading}{style:#} {}", for_person(text));
}

/// A text for standard error. On a terminal it steers nothing, wherever it comes from.
fn for_person(text: &str) -> Cow<'_, str> {
    if io::stderr().is_terminal() { visible::text(text) } else { Cow::Borrowed(text) }
}

/// Writes text of this program, which may have colours in it that only a terminal gets.
pub(crate) fn print(text: &str) -> Result<(), Fault> {
    let mut out = anstream::stdout().lock();
    heard(out.write_all(text.as_bytes()).and_then(|()| out.flush())).map(|_| ())
}

/// Writes bytes as they are, except that a terminal is shown what would steer it.
pub(crate) fn print_bytes(bytes: &[u8]) -> Result<(), Fault> {
    print_part(bytes).map(|_| ())
}

/// Writes bytes as [`print_bytes`] does, and says whether there is a reader for more.
pub(crate) fn print_part(bytes: &[u8]) -> Result<Reader, Fault> {
    let bytes = if is_seen() { Cow::Owned(visible::bytes(bytes).into_bytes()) } else { Cow::Borrowed(bytes) };
    let mut out = io::stdout().lock();
    heard(out.write_all(&bytes).and_then(|()| out.flush()))
}

/// Whether a person is going to see what is printed.
pub(crate) fn is_seen() -> bool {
    io::stdout().is_terminal()
}

/// Whether somebody reads standard output.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Reader {
    Reads,
    IsGone,
}

/// A reader that has seen enough, such as `head`, is no fault.
fn heard(written: io::Result<()>) -> Result<Reader, Fault> {
    match written {
        Ok(()) => Ok(Reader::Reads),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Reader::IsGone),
        Err(error) => Err(Fault::NoResponse(format!("standard output can't be written: {error}"))),
    }
}

/// Breaks a text into lines of at most 100 columns, each with this indentation.
pub(crate) fn wrapped(text: &str, indentation: usize) -> String {
    const WIDTH: usize = 100;

    let mut lines = String::new();
    let mut width = WIDTH;
    for word in text.split_whitespace() {
        let columns = word.chars().count();
        if width + 1 + columns > WIDTH {
            if !lines.is_empty() {
                lines.push('\n');
            }
            lines.extend(std::iter::repeat_n(' ', indentation));
            width = indentation;
        } else {
            lines.push(' ');
            width += 1;
        }
        lines.push_str(word);
        width += columns;
    }
    if !lines.is_empty() {
        lines.push('\n');
    }
    lines
}
