//! Values that come from files and standard input, where other users of the machine can't see them.

use std::fs;
use std::io::{self, BufRead, IsTerminal, Read};
use std::path::Path;

/// The value of an argument: itself, of a file, or a line of standard input, which a terminal doesn't show if it is secret.
pub(crate) fn value(name: &str, given: &str, is_secret: bool) -> Result<String, String> {
    match given.strip_prefix('@') {
        Some(literal) if literal.starts_with('@') => Ok(literal.to_owned()),
        Some(path) => file(Path::new(path)),
        None if given == "-" && is_secret => secret_line(name),
        None if given == "-" => line(),
        None => Ok(given.to_owned()),
    }
}

/// The text of a body: itself, of a file, or all that is left of standard input.
pub(crate) fn body(given: &str) -> Result<String, String> {
    match given.strip_prefix('@') {
        Some(path) => file(Path::new(path)),
        None if given == "-" => {
            let mut text = String::new();
            io::stdin().lock().read_to_string(&mut text).map_err(unreadable)?;
            Ok(text)
        }
        None => Ok(given.to_owned()),
    }
}

/// The text of a file without the line break at its end.
pub(crate) fn file(path: &Path) -> Result<String, String> {
    let text = fs::read_to_string(path);
    let text = text.map_err(|error| format!("can't be read from {}: {error}", path.display()))?;
    Ok(without_line_break(&text).to_owned())
}

/// The next line of standard input, which is a secret. Somebody who types it is asked for it, and sees nothing of it.
pub(crate) fn secret_line(name: &str) -> Result<String, String> {
    if io::stdin().is_terminal() {
        rpassword::prompt_password(format!("{name}: ")).map_err(unreadable)
    } else {
        line()
    }
}

/// The next line of standard input.
pub(crate) fn line() -> Result<String, String> {
    let mut line = String::new();
    match io::stdin().lock().read_line(&mut line).map_err(unreadable)? {
        0 => Err("is to be read from standard input, which has no further line".to_owned()),
        _ => Ok(without_line_break(&line).to_owned()),
    }
}

fn unreadable(error: io::Error) -> String {
    format!("can't be read from standard input: {error}")
}

fn without_line_break(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}
