//! Forms with parts: `multipart/form-data`.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use reqwest::header::HeaderValue;
use serde_json::{Map, Value};

use super::expansion::{deep_name, sorted};
use super::media_type::{FormPart, is_json};
use super::payload::{Payload, PayloadWriter};
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::value::binary::Binary;
use crate::runtime::value::secret::Secret;

const JSON: &str = "application/json";

/// Writes each member as a part, and each item of a list as a part of its own. `file` reads the JSON that stands for a
/// file, and `parts` says which members are files, and which media types they have. Files come last, since many servers
/// want to know the other values before a file begins.
pub(super) fn encode(
    parts: &'static [FormPart],
    members: &Map<String, Value>,
    file: impl Fn(&Value) -> Option<Binary>,
) -> Result<Payload, InvalidRequest> {
    let mut form = Form { boundary: boundary(), written: PayloadWriter::default(), file };
    let usual = FormPart::value("");
    let described = |name: &str| parts.iter().find(|part| part.name == name).copied().unwrap_or(usual);
    let (files, values): (Vec<_>, Vec<_>) =
        sorted(members).into_iter().partition(|(name, _)| described(name).is_file);
    for (name, value) in values.into_iter().chain(files) {
        let part = described(name);
        match value {
            value if part.is_deep => form.add_deep(name, value, part)?,
            Value::Array(items) if part.is_file || !part.media_type.is_some_and(is_json) => {
                items
                    .iter()
                    .filter(|item| !item.is_null())
                    .try_for_each(|item| form.add(name, item, part))?;
            }
            value => form.add(name, value, part)?,
        }
    }
    Ok(form.end())
}

/// A line that separates the parts. It is random, so that no part contains it.
fn boundary() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}

struct Form<F> {
    boundary: String,
    written: PayloadWriter,
    file: F,
}

impl<F: Fn(&Value) -> Option<Binary>> Form<F> {
    fn add(&mut self, name: &str, value: &Value, part: FormPart) -> Result<(), InvalidRequest> {
        if part.is_file {
            return self.add_file(name, value, part);
        }
        match (value, part.media_type) {
            (Value::String(text), media_type) if !media_type.is_some_and(is_json) => {
                self.write_text(name, part, text);
            }
            (Value::Array(_) | Value::Object(_), media_type) => {
                self.write_json(name, part.media_type(media_type.unwrap_or(JSON)), value);
            }
            (value, Some(_)) => self.write_json(name, part, value),
            (value, None) => self.write_text(name, part, &value.to_string()),
        }
        Ok(())
    }

    /// Adds each value in a list or an object as a part, whose name has the path to the value in brackets.
    fn add_deep(&mut self, name: &str, value: &Value, part: FormPart) -> Result<(), InvalidRequest> {
        match value {
            Value::Object(members) => sorted(members).into_iter().try_for_each(|(member, value)| {
                let name =
                    deep_name(name, member).map_err(|why| InvalidRequest::in_body(&[part.name], why))?;
                self.add_deep(&name, value, part)
            }),
            Value::Array(items) => items
                .iter()
                .filter(|item| !item.is_null())
                .enumerate()
                .try_for_each(|(index, item)| self.add_deep(&format!("{name}[{index}]"), item, part)),
            value => self.add(name, value, part),
        }
    }

    /// A file has a name, by which many servers tell it from a text.
    fn add_file(&mut self, name: &str, value: &Value, part: FormPart) -> Result<(), InvalidRequest> {
        let invalid = |why| InvalidRequest::in_body(&[name], why);
        let file = (self.file)(value).ok_or_else(|| invalid("is not a text in base64"))?;
        let media_type = file.media_type().or(part.media_type).unwrap_or("application/octet-stream");
        if HeaderValue::from_str(media_type).is_err() {
            return Err(invalid("has a media type that can't be sent in a header"));
        }
        self.begin(name, Some(file.file_name().unwrap_or(name)), Some(media_type), part);
        self.written.add(file.content());
        self.written.write(b"\r\n");
        Ok(())
    }

    fn write_json(&mut self, name: &str, part: FormPart, value: &Value) {
        self.write_text(name, part, Secret::new(value.to_string()).expose());
    }

    fn write_text(&mut self, name: &str, part: FormPart, text: &str) {
        self.begin(name, None, part.media_type, part);
        self.written.write(text.as_bytes());
        self.written.write(b"\r\n");
    }

    /// Writes what stands before the content of a part.
    fn begin(&mut self, name: &str, file_name: Option<&str>, media_type: Option<&str>, part: FormPart) {
        let file_name = file_name.map(|name| format!("; filename=\"{}\"", escaped(name)));
        let media_type = media_type.map(|media_type| ("Content-Type", media_type));
        let headers = media_type.into_iter().chain(part.headers.iter().copied());
        let head = format!(
            "--{}\r\nContent-Disposition: form-data; name=\"{}\"{}\r\n{}\r\n",
            self.boundary,
            escaped(name),
            file_name.unwrap_or_default(),
            headers.map(|(name, value)| format!("{name}: {value}\r\n")).collect::<String>(),
        );
        self.written.write(head.as_bytes());
    }

    fn end(mut self) -> Payload {
        self.written.write(format!("--{}--\r\n", self.boundary).as_bytes());
        self.written.end(format!("multipart/form-data; boundary={}", self.boundary))
    }
}

/// A name in the form that browsers send it in.
fn escaped(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::encode;
    use crate::runtime::request::media_type::FormPart;
    use crate::runtime::value::binary::Binary;
    use serde_json::{Value, json};

    const PARTS: &[FormPart] = &[
        FormPart::file("photo").media_type("image/png"),
        FormPart::file("files"),
        FormPart::value("note")
            .media_type("text/markdown")
            .headers(&[("X-ErrorKind", "note"), ("X-Turn", "1")]),
        FormPart::value("tags").media_type("application/json"),
        FormPart::value("deep").deep_object(),
        FormPart::value("count").media_type("application/json"),
    ];

    /// The media type and the bytes, with `B` for the boundary.
    fn written(body: &Value) -> (String, String) {
        let payload = encode(PARTS, body.as_object().unwrap(), Binary::from_json).unwrap();
        let boundary = payload.media_type.split_once("boundary=").unwrap().1;
        let text = String::from_utf8_lossy(&payload.content.bytes()).replace(boundary, "B");
        (payload.media_type.replace(boundary, "B"), text)
    }

    #[test]
    fn each_value_is_a_part() {
        let body = json!({"a": "é\r\n", "b": [1, null, true], "c": {"d": [null]}, "e": null, "f": [["x"]]});
        let (media_type, text) = written(&body);
        assert_eq!(media_type, "multipart/form-data; boundary=B");
        assert_eq!(
            text,
            "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\né\r\n\r\n\
             --B\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n1\r\n\
             --B\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\ntrue\r\n\
             --B\r\nContent-Disposition: form-data; name=\"c\"\r\nContent-Type: application/json\r\n\r\n{\"d\":[null]}\r\n\
             --B\r\nContent-Disposition: form-data; name=\"f\"\r\nContent-Type: application/json\r\n\r\n[\"x\"]\r\n\
             --B--\r\n"
        );
        assert_eq!(written(&json!({})).1, "--B--\r\n");
    }

    #[test]
    fn the_values_in_a_deep_object_are_parts() {
        let body = json!({"deep": {"b": [1, {"c": "x"}, null], "a": true, "n": null}});
        assert_eq!(
            written(&body).1,
            "--B\r\nContent-Disposition: form-data; name=\"deep[a]\"\r\n\r\ntrue\r\n\
             --B\r\nContent-Disposition: form-data; name=\"deep[b][0]\"\r\n\r\n1\r\n\
             --B\r\nContent-Disposition: form-data; name=\"deep[b][1][c]\"\r\n\r\nx\r\n\
             --B--\r\n"
        );
    }

    #[test]
    fn a_name_in_a_deep_object_can_not_contain_a_bracket() {
        let body = json!({"deep": {"a": {"x][y": 1}}});
        let refused = encode(PARTS, body.as_object().unwrap(), Binary::from_json).map(drop).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "member `deep` has a name with a bracket in it, which would make it two"
        );
    }

    #[test]
    fn parts_have_their_media_types() {
        let body = json!({"count": 7, "note": "*a*", "tags": ["a", "b"]});
        assert_eq!(
            written(&body).1,
            "--B\r\nContent-Disposition: form-data; name=\"count\"\r\nContent-Type: application/json\r\n\r\n7\r\n\
             --B\r\nContent-Disposition: form-data; name=\"note\"\r\nContent-Type: text/markdown\r\nX-ErrorKind: note\r\nX-Turn: 1\r\n\r\n*a*\r\n\
             --B\r\nContent-Disposition: form-data; name=\"tags\"\r\nContent-Type: application/json\r\n\r\n[\"a\",\"b\"]\r\n\
             --B--\r\n"
        );
    }

    #[test]
    fn files_have_a_name_and_a_media_type() {
        let body = json!({
            "files": ["YQ==", {"content": "Yg==", "media_type": "text/plain"}],
            "photo": {"content": "AAE=", "file_name": "a\"\r\n.png"},
            "title": "Sea",
        });
        assert_eq!(
            written(&body).1,
            "--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nSea\r\n\
             --B\r\nContent-Disposition: form-data; name=\"files\"; filename=\"files\"\r\n\
             Content-Type: application/octet-stream\r\n\r\na\r\n\
             --B\r\nContent-Disposition: form-data; name=\"files\"; filename=\"files\"\r\n\
             Content-Type: text/plain\r\n\r\nb\r\n\
             --B\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a%22%0D%0A.png\"\r\n\
             Content-Type: image/png\r\n\r\n\0\u{1}\r\n\
             --B--\r\n"
        );
    }

    #[test]
    fn what_is_no_file_is_refused() {
        let refused = |body: Value| {
            encode(PARTS, body.as_object().unwrap(), Binary::from_json).unwrap_err().to_string()
        };
        assert_eq!(refused(json!({"photo": "s3cret!"})), "member `photo` is not a text in base64");
        let smuggled = json!({"files": [{"content": "YQ==", "media_type": "a/b\r\nx: s3cret"}]});
        assert_eq!(refused(smuggled), "member `files` has a media type that can't be sent in a header");
    }

    #[test]
    fn each_form_has_a_boundary_of_its_own() {
        let boundary = || encode(&[], json!({}).as_object().unwrap(), Binary::from_json).unwrap().media_type;
        assert_ne!(boundary(), boundary());
    }
}
