//! Reads JSON, and finds the place of a fault.

use super::redact::{self, Token, Tokens};
use super::remedy::Remedy;
use super::secret_bytes::SecretBytes;
use super::{huge_numbers, surrogates};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use std::fmt;

/// Why a response could not be read. It contains no value of the response.
#[derive(Clone, Debug, PartialEq)]
pub struct DecodeError {
    path: String,
    problem: String,
    excerpt: String,
    remedy: Option<Remedy>,
}

impl DecodeError {
    /// A fault of the response as a whole.
    pub(crate) fn new(problem: impl Into<String>, body: &[u8]) -> Self {
        let excerpt = redact::excerpt(body, 0);
        Self { path: ".".to_owned(), problem: problem.into(), excerpt, remedy: None }
    }

    /// Adds what mends it.
    pub(crate) fn with(mut self, remedy: Remedy) -> Self {
        self.remedy = Some(remedy);
        self
    }

    /// The same fault, of a header of the response. The names of headers are no secrets.
    pub(crate) fn of_header(mut self, name: String) -> Self {
        self.path = name;
        self.excerpt.clear();
        self
    }

    /// The path to the fault within the body, such as `user.loginIds[0]`; `.` is the whole body.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong there, without the value.
    #[must_use]
    pub fn problem(&self) -> &str {
        &self.problem
    }

    /// The structure of the body around the fault, without its values.
    #[must_use]
    pub fn excerpt(&self) -> &str {
        &self.excerpt
    }

    /// What mends it, if the program can do something about it.
    #[must_use]
    pub fn remedy(&self) -> Option<&Remedy> {
        self.remedy.as_ref()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "can't be read at `{}`: {}", self.path, self.problem)?;
        if let Some(remedy) = &self.remedy {
            write!(f, ": {remedy}")?;
        }
        if !self.excerpt.is_empty() {
            write!(f, "; near {}", self.excerpt)?;
        }
        Ok(())
    }
}

impl std::error::Error for DecodeError {}

/// A byte order mark, which some servers write before a body in UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A body without its byte order mark.
pub(crate) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(MARK).unwrap_or(body)
}

/// Reads a body as JSON. Bytes that aren't UTF-8 and a half of a surrogate pair, which no text can hold, become U+FFFD, and a
/// number beyond the range of `f64` becomes null.
///
/// If it fails, the place of the fault is searched in the text, from the position that serde_json reports. So a success
/// has no cost, and no second decoder is compiled for each type.
pub(crate) fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    let body = without_mark(body);
    let error = match serde_json::from_slice(body) {
        Ok(read) => return Ok(read),
        Err(error) => error,
    };
    match Some(body).filter(|_| error.is_syntax()).and_then(readable) {
        Some(body) => {
            let body = body.as_slice();
            serde_json::from_slice(body).map_err(|error| explain(&error, body))
        }
        None => Err(explain(&error, body)),
    }
}

/// The body with replacements for what serde_json can't read although servers send it; none if there is nothing to replace.
#[cold]
fn readable(body: &[u8]) -> Option<SecretBytes> {
    let repairs = [in_utf_8, surrogates::replaced, huge_numbers::replaced];
    repairs.into_iter().fold(None, |repaired: Option<SecretBytes>, repair| {
        repair(repaired.as_ref().map_or(body, SecretBytes::as_slice)).or(repaired)
    })
}

/// The body with U+FFFD in place of what isn't UTF-8; none if all of it is.
fn in_utf_8(body: &[u8]) -> Option<SecretBytes> {
    std::str::from_utf8(body).err()?;
    let mut repaired = SecretBytes::with_capacity(body.len());
    for chunk in body.utf8_chunks() {
        repaired.extend(chunk.valid().as_bytes());
        if !chunk.invalid().is_empty() {
            repaired.extend("\u{fffd}".as_bytes());
        }
    }
    Some(repaired)
}

#[cold]
fn explain(error: &serde_json::Error, body: &[u8]) -> DecodeError {
    if body.trim_ascii().is_empty() {
        return DecodeError::new("the body is empty", body);
    }
    let place = offset(body, error.line(), error.column());
    // The position of a syntax error includes the faulty byte, that of wrong data does not.
    let place = match error.classify() {
        Category::Data => place,
        _ => place.saturating_sub(1),
    };
    let problem = problem(error);
    // serde_json enters a list before it refuses it.
    let is_list = problem.starts_with("invalid type: sequence");
    DecodeError {
        path: path(body, place, is_list),
        problem,
        excerpt: redact::excerpt(body, place),
        remedy: None,
    }
}

/// The number of bytes before the given position.
fn offset(body: &[u8], line: usize, column: usize) -> usize {
    let lines = line.saturating_sub(1);
    let before: usize = body.split_inclusive(|byte| *byte == b'\n').take(lines).map(<[u8]>::len).sum();
    (before + column).min(body.len())
}

/// A step on the path to a place in a document.
enum Step<'a> {
    Member(Option<&'a str>),
    Item(usize),
}

/// The path of the value that is read at the given place, such as `user.loginIds[0]`, or of the list that begins there.
fn path(body: &[u8], place: usize, is_list: bool) -> String {
    /// How many steps are kept. Those that are further in are only counted.
    const MOST: usize = 1024;

    let (mut steps, mut further): (Vec<Step<'_>>, usize) = (Vec::new(), 0);
    let mut last = None;
    for (token, range) in Tokens::of(body).take_while(|(_, range)| range.start < place) {
        last = Some(token);
        match token {
            Token::Punctuation(b'{' | b'[') if steps.len() == MOST => further += 1,
            Token::Punctuation(b'}' | b']') if further > 0 => further -= 1,
            _ if further > 0 => {}
            Token::Punctuation(b'{') => steps.push(Step::Member(None)),
            Token::Punctuation(b'[') => steps.push(Step::Item(0)),
            Token::Punctuation(b'}' | b']') => {
                steps.pop();
            }
            Token::Punctuation(b',') => match steps.last_mut() {
                Some(Step::Item(index)) => *index += 1,
                Some(Step::Member(name)) => *name = None,
                None => {}
            },
            Token::Name => {
                if let Some(Step::Member(name)) = steps.last_mut() {
                    *name = body.get(range).map(redact::name);
                }
            }
            _ => {}
        }
    }
    if is_list && last == Some(Token::Punctuation(b'[')) {
        steps.pop();
    }
    print_path(&steps)
}

fn print_path(steps: &[Step<'_>]) -> String {
    /// Of a very deep path only the innermost steps are printed.
    const MOST: usize = 16;

    let left_out = steps.len().saturating_sub(MOST);
    let mut path = String::from(if left_out > 0 { "…" } else { "" });
    for step in steps.iter().skip(left_out) {
        match step {
            Step::Member(Some(name)) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
            Step::Member(None) => {}
            Step::Item(index) => path.push_str(&format!("[{index}]")),
        }
    }
    if path.is_empty() {
        path.push('.');
    }
    path
}

/// The text of serde_json's error without the value in it.
fn problem(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(&*text, |(text, _)| text);
    match error.classify() {
        Category::Eof => "the body ends early".to_owned(),
        // serde_json says this of a word such as `nothing`, which begins like `null`.
        Category::Syntax if text == "expected ident" => "expected value".to_owned(),
        Category::Syntax | Category::Io => text.to_owned(),
        Category::Data => data_problem(text),
    }
}

fn data_problem(text: &str) -> String {
    for kind in ["invalid type", "invalid value"] {
        let Some(rest) = text.strip_prefix(kind) else {
            continue;
        };
        // `invalid type: string "the value", expected a boolean`
        let found = rest.trim_start_matches(": ");
        let found = found.split(['"', '`', ',']).next().unwrap_or_default().trim();
        let expected = rest.rsplit_once(", expected ").map_or("something else", |(_, text)| text);
        return format!("{kind}: {found}, expected {expected}");
    }
    for kind in ["unknown variant", "unknown field"] {
        if text.starts_with(kind) {
            return kind.to_owned();
        }
    }
    let names_no_value = ["missing field", "duplicate field", "invalid length"];
    if names_no_value.iter().any(|kind| text.starts_with(kind)) {
        return text.to_owned();
    }
    "the value was refused".to_owned()
}

#[cfg(test)]
mod tests {
    use super::json;
    use crate::runtime::value::members::{Form, Member, ResponseBody};
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Response {
        session_jwt: Option<String>,
        user: Option<User>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase")]
    #[expect(dead_code, reason = "only decoded")]
    struct User {
        verified: Option<bool>,
        login_ids: Option<Vec<String>>,
        claims: Option<serde_json::Map<String, serde_json::Value>>,
        tenants: Option<Vec<User>>,
    }

    fn fault(body: &str) -> (String, String) {
        let fault = json::<Response>(body.as_bytes()).unwrap_err();
        assert!(!format!("{fault:?}").contains("s3cret"), "{fault:?}");
        (fault.path().to_owned(), fault.problem().to_owned())
    }

    #[test]
    fn the_path_leads_to_the_fault() {
        for (body, path) in [
            (r#"{"sessionJwt": 5}"#, "sessionJwt"),
            (r#"{"sessionJwt": {"a": 1}}"#, "sessionJwt"),
            (r#"{"sessionJwt":["s3cret"]}"#, "sessionJwt"),
            (r#"{"user": {"verified": "s3cret"}}"#, "user.verified"),
            (r#"{"user": {"verified": "s3cret", "loginIds": []}}"#, "user.verified"),
            (r#"{"user": {"loginIds": ["a", "b", 7]}}"#, "user.loginIds[2]"),
            (r#"{"user": {"loginIds": [{}]}}"#, "user.loginIds[0]"),
            (r#"{"user": {"claims": 1}, "x": 1}"#, "user.claims"),
            ("{\n \"user\": {\n  \"tenants\": [{}, {\"verified\": 1}]}}", "user.tenants[1].verified"),
            (r#"{"a\"b": [1, {"c": 2}], "user": "s3cret"}"#, "user"),
            (r#""s3cret""#, "."),
            ("[1]", "[0]"),
            ("17", "."),
        ] {
            assert_eq!(fault(body).0, path, "{body}");
        }
    }

    #[test]
    fn the_problem_names_kinds_and_no_values() {
        for (body, problem) in [
            (
                r#"{"user": {"verified": "s3cret, expected a, \" string"}}"#,
                "invalid type: string, expected a boolean",
            ),
            (r#"{"sessionJwt": 12345}"#, "invalid type: integer, expected a string"),
            (r#"{"sessionJwt": 1.5}"#, "invalid type: floating point, expected a string"),
            (r#"{"sessionJwt": true}"#, "invalid type: boolean, expected a string"),
            (r#"{"sessionJwt": "s3cr"#, "the body ends early"),
            (r#"{"sessionJwt": "s3cret" "user"}"#, "expected `,` or `}`"),
            ("<html>s3cret</html>", "expected value"),
            ("no s3cret", "expected value"),
            ("", "the body is empty"),
            (" \r\n", "the body is empty"),
            ("{} s3cret", "trailing characters"),
        ] {
            assert_eq!(fault(body).1, problem, "{body}");
        }
    }

    #[test]
    fn a_huge_number_is_null() {
        let read =
            json::<Response>(br#"{"sessionJwt": 1e999, "user": {"claims": {"a": [1e999, 2]}}, "x": -1e999}"#);
        let read = read.unwrap();
        assert_eq!(read.session_jwt, None);
        let claims = read.user.unwrap().claims.unwrap();
        assert_eq!(serde_json::Value::Object(claims), serde_json::json!({"a": [null, 2]}));
        assert_eq!(fault(r#"{"user": {"loginIds": [1e999]}}"#).0, "user.loginIds[0]");
        assert_eq!(
            fault(r#"{"user": {"claims": {"a": "\ud83d", "b": 1e999}}, "sessionJwt": 5}"#).0,
            "sessionJwt"
        );
    }

    /// What a type can't hold as a finite number is absent, however it is written.
    #[test]
    fn a_number_beyond_the_range_of_its_type_is_absent() {
        let doubles =
            json::<ResponseBody<Vec<f64>>>(br#"[1e999, "1e999", "-1e999", 1e39, "1e39", 1]"#).unwrap();
        assert_eq!(doubles.0, [1e39, 1e39, 1.0]);
        // serde_json reads these inexactly by default.
        let doubles = json::<ResponseBody<Vec<f64>>>(br#"[98.37282740013183, "98.37282740013183"]"#).unwrap();
        assert_eq!(doubles.0, [98.37282740013183, 98.37282740013183]);
        let floats = json::<ResponseBody<Vec<f32>>>(br#"[1e999, "1e999", 1e39, "-1e39", 1e38, 1]"#).unwrap();
        assert_eq!(floats.0, [1e38, 1.0]);
        let integers = json::<ResponseBody<Vec<i64>>>(br#"[1e999, "1e999", 1]"#).unwrap();
        assert_eq!(integers.0, [1]);
        let form = f32::read_form(&serde_json::json!(1e39), Form::LOOSE);
        assert_eq!((form, f32::read_form(&serde_json::json!(0.5), Form::LOOSE)), (None, Some(0.5)));
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_replaced() {
        for (body, read) in [
            (&b"{\"sessionJwt\": \"Zo\xc3\"}"[..], "Zo\u{fffd}"),
            (b"{\"sessionJwt\": \"Zo\xeb\", \"a\xff\": 1e999}", "Zo\u{fffd}"),
            (b"{\"sessionJwt\": \"\xed\xa0\xbd \\ud83d\"}", "\u{fffd}\u{fffd}\u{fffd} \u{fffd}"),
        ] {
            assert_eq!(json::<Response>(body).unwrap().session_jwt.as_deref(), Some(read));
        }
    }

    #[test]
    fn of_a_very_deep_body_the_path_is_short() {
        let fault = json::<Response>(format!("{{\"x\":{}", "[".repeat(1 << 20)).as_bytes()).unwrap_err();
        assert_eq!(fault.path(), format!("…{}", "[0]".repeat(16)));
        let body = format!("{{\"x\":{}{},\"user\":5}}", "[".repeat(100), "]".repeat(100));
        assert_eq!(super::path(body.as_bytes(), body.len() - 2, false), "user");
        let body = format!("{{\"x\":{}{},\"user\":5}}", "[".repeat(5000), "]".repeat(5000));
        assert_eq!(super::path(body.as_bytes(), body.len() - 2, false), "user");
    }

    #[test]
    fn any_bytes_are_explained() {
        for body in [&b"\xff\xff"[..], b"{\"\xff", b"\\", b"\"\\", b"}}}]", b"\n\n\n{", b"[[[["] {
            assert!(!json::<Response>(body).unwrap_err().path.is_empty());
        }
    }
}
