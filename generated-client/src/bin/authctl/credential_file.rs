//! Files with credentials, and credentials from standard input: a credential alone, or lines that set variables.

use std::path::Path;

use crate::catalog::nearest;
use crate::inputs;
use crate::variables;

/// What a file says.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Said {
    /// The variables that it sets, by their names.
    pub(crate) variables: Vec<(String, String)>,
    /// A credential without a name.
    pub(crate) nameless: Option<String>,
}

/// Reads a file, which nobody else may be able to read.
pub(crate) fn read(path: &Path) -> Result<Said, Vec<String>> {
    let unreadable = |why: String| vec![format!("the credential {why}")];
    if let Some(why) = inputs::file_open_to_others(path) {
        return Err(vec![why]);
    }
    parse(&inputs::file(path).map_err(unreadable)?)
}

/// Reads a text. No fault repeats a value.
pub(crate) fn parse(text: &str) -> Result<Said, Vec<String>> {
    let (mut said, mut faults) = (Said::default(), Vec::new());
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match read_line(line) {
            Ok(Line::Sets(name, value)) => {
                said.variables.retain(|(known, _)| *known != name);
                said.variables.push((name, value));
            }
            Ok(Line::Alone) if said.nameless.is_none() => said.nameless = Some(line.to_owned()),
            Ok(Line::Alone) => {
                let first = variables::all().into_iter().next().map(|(name, _)| name).unwrap_or_default();
                faults.push(format!(
                    "line {number} of the credential is the second without the name of a variable: write `{first}=...`, or \
                     the credential alone"
                ));
            }
            Err(why) => faults.push(format!("line {number} of the credential {why}")),
        }
    }
    if faults.is_empty() && said == Said::default() {
        faults.push("the credential is empty: write it on a line, or lines such as `NAME=...`".to_owned());
    }
    if faults.is_empty() { Ok(said) } else { Err(faults) }
}

enum Line {
    Sets(String, String),
    Alone,
}

fn read_line(line: &str) -> Result<Line, String> {
    if let Some(rest) = line.strip_prefix("export ") {
        let name = rest.trim().split('=').next().unwrap_or_default();
        let name = if is_variable(name) { name } else { "NAME" };
        return Err(format!("begins with `export`, which only a shell reads: write `{name}=...`"));
    }
    if line.starts_with('{') {
        return Err("begins with `{`: write the credential alone, without the JSON around it".to_owned());
    }
    let alone = || unquoted(line, line).map(|()| Line::Alone);
    let Some((name, rest)) = line.find(['=', ':']).and_then(|at| line.split_at_checked(at)) else {
        return alone();
    };
    let (name, is_set) = (name.trim_end(), rest.starts_with('='));
    let value = rest.get(1..).unwrap_or_default().trim_start();
    let known: Vec<String> = variables::all().into_iter().map(|(name, _)| name).collect();
    match known.iter().find(|known| folded(known) == folded(name)) {
        Some(known) if !is_set => return Err(format!("begins with `{name}:`: write `{known}=...`")),
        Some(known) if known != name => return Err(format!("sets `{name}`: write `{known}=...`")),
        Some(_) if value.is_empty() => return Err(format!("sets `{name}` to nothing: write `{name}=...`")),
        Some(_) => return unquoted(value, name).map(|()| Line::Sets(name.to_owned(), value.to_owned())),
        None => {}
    }
    // Base64 can end with one or two `=`.
    if value.is_empty() || value.starts_with('=') {
        return alone();
    }
    let meant = nearest_variable(name, &known).map(|known| format!("; did you mean `{known}`?"));
    if meant.is_none() && !(is_set && is_variable(name)) {
        return alone();
    }
    Err(format!("sets `{name}`, which is no variable of `authctl`{}", meant.unwrap_or_default()))
}

/// A name without what people mistype most: capitals, hyphens and underscores.
fn folded(name: &str) -> String {
    name.to_lowercase().replace(['-', '_', ' '], "")
}

/// The variable that is meant by a mistyped one, if one is near.
fn nearest_variable<'a>(name: &str, known: &'a [String]) -> Option<&'a String> {
    let folds: Vec<String> = known.iter().map(|known| folded(known)).collect();
    let nearest = nearest(&folded(name), folds.iter().map(String::as_str))?;
    known.iter().zip(&folds).find(|(_, fold)| *fold == nearest).map(|(known, _)| known)
}

/// Refuses quotes around a value, which would be sent with it.
fn unquoted(value: &str, name: &str) -> Result<(), String> {
    let is_quoted = ['"', '\''].iter().any(|mark| value.starts_with(*mark) || value.ends_with(*mark));
    match (is_quoted, value == name) {
        (false, _) => Ok(()),
        (true, false) => {
            Err(format!("has quotes around the value, which would be sent with it: write `{name}=...`"))
        }
        (true, true) => {
            Err("has quotes around the credential, which would be sent with it: write it without".to_owned())
        }
    }
}

/// Whether a word has the form of a variable's name: capitals and digits, joined by underscores.
fn is_variable(word: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    word.contains('_')
        && word.starts_with(|first: char| first.is_ascii_uppercase())
        && word.split('_').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::{Said, parse};

    #[test]
    fn a_credential_alone_or_lines_that_set_variables() {
        let alone = |text: &str| Said { nameless: Some(text.to_owned()), ..Said::default() };
        for credential in ["a.b.c", "cGFzcw==", "ABC_DEF==", "user:pass=word", "not_UPPER=x", "czNjcmV0=="] {
            assert_eq!(parse(&format!("# mine\n\n{credential}\n")), Ok(alone(credential)));
        }
        let said = parse("DESCOPE_REFRESH_TOKEN=a.b=\n NHOST_ACCESS_TOKEN = c \r\n").unwrap();
        let variables = [("DESCOPE_REFRESH_TOKEN", "a.b="), ("NHOST_ACCESS_TOKEN", "c")];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(said, Said { variables: variables.to_vec(), nameless: None });
    }

    #[test]
    fn all_faults_are_told_without_a_value() {
        let text = "DESCOPE_REFRESH_TOKN=s3cret\nexport NHOST_ACCESS_TOKEN=s3cret\nNHOST_ACCESS_TOKEN=\"s3cret\"\n\
                    's3cret'\nOTHER_THING=s3cret\na.b.c\nd.e.f";
        assert_eq!(
            parse(text).unwrap_err(),
            [
                "line 1 of the credential sets `DESCOPE_REFRESH_TOKN`, which is no variable of `authctl`; did you mean \
                 `DESCOPE_REFRESH_TOKEN`?",
                "line 2 of the credential begins with `export`, which only a shell reads: write `NHOST_ACCESS_TOKEN=...`",
                "line 3 of the credential has quotes around the value, which would be sent with it: write \
                 `NHOST_ACCESS_TOKEN=...`",
                "line 4 of the credential has quotes around the credential, which would be sent with it: write it without",
                "line 5 of the credential sets `OTHER_THING`, which is no variable of `authctl`",
                "line 7 of the credential is the second without the name of a variable: write `DESCOPE_PROJECT_ID=...`, or \
                 the credential alone",
            ]
        );
    }

    #[test]
    fn a_text_without_a_credential_is_refused() {
        for text in ["", "\n \n", "# mine\n"] {
            let fault = "the credential is empty: write it on a line, or lines such as `NAME=...`";
            assert_eq!(parse(text).unwrap_err(), [fault]);
        }
    }

    #[test]
    fn what_is_nearly_a_variable_is_no_credential() {
        for (text, fault) in [
            ("nhost_access_token=s3cret", "sets `nhost_access_token`: write `NHOST_ACCESS_TOKEN=...`"),
            ("NHOST-ACCESS-TOKEN=s3cret", "sets `NHOST-ACCESS-TOKEN`: write `NHOST_ACCESS_TOKEN=...`"),
            ("NhostAccessToken=s3cret", "sets `NhostAccessToken`: write `NHOST_ACCESS_TOKEN=...`"),
            (
                "NHOST_ACCESS_TOKEN:s3cret",
                "begins with `NHOST_ACCESS_TOKEN:`: write `NHOST_ACCESS_TOKEN=...`",
            ),
            (
                "nhost_access_tokn=s3cret",
                "sets `nhost_access_tokn`, which is no variable of `authctl`; did you mean `NHOST_ACCESS_TOKEN`?",
            ),
            (
                "nhost-access-tokn: s3cret",
                "sets `nhost-access-tokn`, which is no variable of `authctl`; did you mean `NHOST_ACCESS_TOKEN`?",
            ),
            ("NHOST_ACCESS_TOKEN =", "sets `NHOST_ACCESS_TOKEN` to nothing: write `NHOST_ACCESS_TOKEN=...`"),
            (
                "{\"accessToken\": \"s3cret\"}",
                "begins with `{`: write the credential alone, without the JSON around it",
            ),
        ] {
            assert_eq!(parse(text).unwrap_err(), [format!("line 1 of the credential {fault}")]);
        }
    }
}
