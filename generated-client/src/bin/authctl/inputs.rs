//! Values that come from files and standard input, where other users of the machine can't see them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{self, BufRead, IsTerminal, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::{example, visible};

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

/// The text of a body: the argument itself, the text of a file, or all that is left of standard input. A body that may have
/// secrets isn't typed, since the terminal would show it.
pub(crate) fn body(given: &str, may_have_secrets: bool) -> Result<String, String> {
    match given.strip_prefix('@') {
        Some(path) => file(Path::new(path)),
        None if given == "-" && may_have_secrets && io::stdin().is_terminal() => {
            let why = "may have secrets, which the terminal would show while they are typed";
            Err(format!("{why}: give it by `--body @file`, or through a pipe"))
        }
        None if given == "-" => {
            let is_start = is_start_of_input();
            let text = text_of(io::stdin().lock()).map_err(unreadable)?;
            Ok(if is_start { without_mark(&text).to_owned() } else { text })
        }
        None => Ok(given.to_owned()),
    }
}

/// That other users of the machine can read the file which a value comes from, and what mends it.
pub(crate) fn open_to_others(given: &str) -> Option<String> {
    file_open_to_others(Path::new(given.strip_prefix('@').filter(|path| !path.starts_with('@'))?))
}

/// That other users of the machine can read a file, and what mends it. Pipes and terminals have no permissions that mean
/// anything.
#[cfg(unix)]
pub(crate) fn file_open_to_others(path: &Path) -> Option<String> {
    use std::os::unix::fs::PermissionsExt;

    let metadata = std::fs::metadata(path).ok()?;
    let is_open = metadata.is_file() && metadata.permissions().mode() & 0o077 != 0;
    let path = path.display().to_string();
    is_open.then(|| format!("other users can read {path}: run `chmod 600 {}`", example::quoted(&path)))
}

#[cfg(not(unix))]
pub(crate) fn file_open_to_others(_: &Path) -> Option<String> {
    None
}

/// The text of a file without the byte order mark at its start and the line break at its end.
pub(crate) fn file(path: &Path) -> Result<String, String> {
    let text = File::open(path).and_then(text_of);
    let text = text.map_err(|error| format!("can't be read from {}: {error}", path.display()))?;
    Ok(without_line_break(without_mark(&text)).to_owned())
}

/// All that is left to read.
fn text_of(source: impl Read) -> io::Result<String> {
    let mut bytes = Vec::new();
    source.take(MOST + 1).read_to_end(&mut bytes)?;
    complete(bytes)
}

/// The text of these bytes, unless they may go on beyond the limit, which can be within a character.
fn complete(bytes: Vec<u8>) -> io::Result<String> {
    if bytes.len() as u64 > MOST {
        return Err(io::Error::other("it has more than 16 MiB"));
    }
    String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8"))
}

/// The next line of standard input, which is a secret. Somebody who types it is asked for it, and sees nothing of it.
pub(crate) fn secret_line(name: &str) -> Result<String, String> {
    if io::stdin().is_terminal() {
        rpassword::prompt_password(visible::text(&format!("{name}: "))).map_err(unreadable)
    } else {
        line()
    }
}

/// The next line of standard input.
pub(crate) fn line() -> Result<String, String> {
    let mut line = Vec::new();
    let is_start = is_start_of_input();
    match io::stdin().lock().take(MOST + 1).read_until(b'\n', &mut line).map_err(unreadable)? {
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
    use super::{MOST, bytes, text_of};
    use serde_json::json;

    #[test]
    fn a_text_that_is_too_long_is_called_so_wherever_it_is_cut() {
        for character in ["x", "é"] {
            let text = character.repeat(usize::try_from(MOST).unwrap() / character.len() + 1);
            assert_eq!(text_of(text.as_bytes()).unwrap_err().to_string(), "it has more than 16 MiB");
        }
        assert_eq!(text_of(&b"a\xff"[..]).unwrap_err().to_string(), "it is not UTF-8");
    }

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
