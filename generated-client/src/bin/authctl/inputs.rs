//! Values that come from files and standard input, where other users of the machine can't see them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{self, BufRead, IsTerminal, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// The most bytes that are read of a file or of standard input. Some, such as `/dev/zero`, have no end.
const MOST: u64 = 16 * 1024 * 1024;

/// Whether a value stands among the arguments of the program.
pub(crate) fn is_on_command_line(given: &str) -> bool {
    given != "-" && (!given.starts_with('@') || given.starts_with("@@"))
}

/// The value of an argument: the text itself, the text of a file, or a line of standard input, which a terminal doesn't
/// show if it is secret.
pub(crate) fn value(name: &str, given: &str, is_secret: bool) -> Result<String, String> {
    match given.strip_prefix('@') {
        Some(literal) if literal.starts_with('@') => Ok(literal.to_owned()),
        Some(path) => file(Path::new(path)),
        None if given == "-" && is_secret => secret_line(name),
        None if given == "-" => line(),
        None => Ok(given.to_owned()),
    }
}

/// The bytes of a file, as the client takes them in JSON, with the name of the file. None if the value isn't that of a file.
pub(crate) fn bytes(given: &str) -> Option<Result<Value, String>> {
    let path = Path::new(given.strip_prefix('@').filter(|path| !path.starts_with('@'))?);
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes));
    Some(match read {
        Ok(count) if count as u64 > MOST => Err(format!("{} has more than 16 MiB", path.display())),
        Ok(_) => Ok(json!({
            "content": STANDARD.encode(&bytes),
            "file_name": path.file_name().unwrap_or_default().to_string_lossy(),
        })),
        Err(error) => Err(format!("can't be read from {}: {error}", path.display())),
    })
}

/// The text of a body: the argument itself, the text of a file, or all that is left of standard input.
pub(crate) fn body(given: &str) -> Result<String, String> {
    match given.strip_prefix('@') {
        Some(path) => file(Path::new(path)),
        None if given == "-" => {
            let is_start = is_start_of_input();
            let text = text_of(io::stdin().lock()).map_err(unreadable)?;
            Ok(if is_start { without_mark(&text).to_owned() } else { text })
        }
        None => Ok(given.to_owned()),
    }
}

/// The text of a file without the byte order mark at its start and the line break at its end.
pub(crate) fn file(path: &Path) -> Result<String, String> {
    let text = File::open(path).and_then(text_of);
    let text = text.map_err(|error| format!("can't be read from {}: {error}", path.display()))?;
    Ok(without_line_break(without_mark(&text)).to_owned())
}

/// All that is left to read.
fn text_of(source: impl Read) -> io::Result<String> {
    let mut text = String::new();
    source.take(MOST + 1).read_to_string(&mut text)?;
    complete(text)
}

/// Refuses a text that may go on beyond the limit.
fn complete(text: String) -> io::Result<String> {
    if text.len() as u64 > MOST { Err(io::Error::other("it has more than 16 MiB")) } else { Ok(text) }
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
    let is_start = is_start_of_input();
    match io::stdin().lock().take(MOST + 1).read_line(&mut line).map_err(unreadable)? {
        0 => Err("is to be read from standard input, which has no further line".to_owned()),
        _ => {
            let line = complete(line).map_err(unreadable)?;
            Ok(without_line_break(if is_start { without_mark(&line) } else { &line }).to_owned())
        }
    }
}

/// Whether nothing has been read of standard input before, so that what is read next begins with its byte order mark.
fn is_start_of_input() -> bool {
    static IS_BEGUN: AtomicBool = AtomicBool::new(false);

    !IS_BEGUN.swap(true, Ordering::Relaxed)
}

/// The text without the byte order mark that some editors write at its start.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn unreadable(error: io::Error) -> String {
    format!("can't be read from standard input: {error}")
}

fn without_line_break(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::bytes;
    use serde_json::json;

    #[test]
    fn a_file_is_bytes_with_a_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sea.png");
        std::fs::write(&path, b"\0\xff\n").unwrap();
        let read = bytes(&format!("@{}", path.display())).unwrap();
        assert_eq!(read, Ok(json!({"content": "AP8K", "file_name": "sea.png"})));
        assert_eq!(bytes("AP8K"), None);
        assert_eq!(bytes("@@AP8K"), None);
        let missing = bytes("@/nowhere/sea.png").unwrap().unwrap_err();
        assert!(missing.starts_with("can't be read from /nowhere/sea.png: "), "{missing}");
    }
}
