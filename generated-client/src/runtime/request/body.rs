//! Request bodies.

use super::encode;
use super::spec::MediaType;
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::value::limits::{Limits, Validate};
use crate::runtime::value::secret::Secret;
use crate::runtime::value::secret_bytes::SecretBytes;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

/// The memory that is reserved for a body before any of it is written.
const FIRST_BUFFER: usize = 256;

/// The bytes of a body; none if the operation takes no body, or if an optional one is not set.
pub(crate) fn encode<B: Serialize + Validate>(
    media_type: Option<MediaType>,
    body: &B,
) -> Result<Option<Bytes>, InvalidRequest> {
    if body.is_absent() {
        return Ok(None);
    }
    body.check(&Limits::NONE)?;
    // The text of serde_json's error could contain a value.
    let invalid = |_| InvalidRequest::new("the body", "can't be written as JSON");
    match media_type {
        None => Ok(None),
        Some(MediaType::Json | MediaType::OtherJson(_)) => {
            let mut bytes = SecretBytes::with_capacity(FIRST_BUFFER);
            serde_json::to_writer(&mut bytes, body).map_err(invalid)?;
            Ok(Some(bytes.into_bytes()))
        }
        Some(MediaType::Form) => {
            form(Secret::new(serde_json::to_value(body).map_err(invalid)?).expose()).map(Some)
        }
        Some(MediaType::Text(_)) => {
            text(Secret::new(serde_json::to_value(body).map_err(invalid)?).expose()).map(Some)
        }
        Some(MediaType::Bytes(_)) => match body.as_bytes() {
            Some(bytes) => Ok(Some(SecretBytes::from(bytes.to_vec()).into_bytes())),
            None => bytes(Secret::new(serde_json::to_value(body).map_err(invalid)?).expose()).map(Some),
        },
    }
}

fn form(body: &Value) -> Result<Bytes, InvalidRequest> {
    match body {
        Value::Object(members) => Ok(encode::form(members).into_bytes()),
        _ => Err(InvalidRequest::new("the body", "is not an object, which a form has to be")),
    }
}

fn text(body: &Value) -> Result<Bytes, InvalidRequest> {
    match body {
        Value::String(text) => Ok(SecretBytes::from(text.clone()).into_bytes()),
        _ => Err(InvalidRequest::new("the body", "is not a text")),
    }
}

/// The bytes of a body that a call by id gives in JSON, as base64.
fn bytes(body: &Value) -> Result<Bytes, InvalidRequest> {
    let decoded = body.as_str().and_then(|text| STANDARD.decode(text).ok());
    let decoded = decoded.ok_or_else(|| InvalidRequest::new("the body", "is not a text in base64"))?;
    Ok(SecretBytes::from(decoded).into_bytes())
}

#[cfg(test)]
mod tests {
    use super::encode;
    use crate::runtime::request::spec::MediaType;
    use crate::runtime::value::binary::Binary;
    use crate::runtime::value::limits::{Limits, Validate};
    use crate::runtime::value::violation::Violation;
    use serde_json::{Value, json};

    struct Unwritable;

    impl serde::Serialize for Unwritable {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("s3cret"))
        }
    }

    impl Validate for Unwritable {
        fn check(&self, _: &Limits) -> Result<(), Violation> {
            Ok(())
        }
    }

    fn text<B: serde::Serialize + Validate>(media_type: Option<MediaType>, body: &B) -> Option<String> {
        encode(media_type, body).unwrap().map(|bytes| String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[test]
    fn bodies() {
        let (json, form) = (Some(MediaType::Json), Some(MediaType::Form));
        let body = json!({"a": "é", "b": [1]});
        assert_eq!(text(json, &body).unwrap(), r#"{"a":"é","b":[1]}"#);
        assert_eq!(text(json, &json!({})).unwrap(), "{}");
        assert_eq!(text(form, &body).unwrap(), "a=%C3%A9&b=1");
        assert_eq!(text(form, &json!({})).unwrap(), "");
        assert_eq!(text(json, &Value::Null).unwrap(), "null");
        assert_eq!(text(json, &Some(Value::Null)).unwrap(), "null");
        assert_eq!(text(json, &None::<Value>), None);
        assert_eq!(text(form, &None::<Value>), None);
        assert_eq!(text(None, &body), None);
    }

    #[test]
    fn texts_and_bytes() {
        let (plain, image) = (Some(MediaType::Text("text/csv")), Some(MediaType::Bytes("image/png")));
        assert_eq!(text(plain, &"a;\"é\"\n".to_owned()).unwrap(), "a;\"é\"\n");
        assert_eq!(text(plain, &json!("a")).unwrap(), "a");
        assert_eq!(text(plain, &None::<String>), None);
        assert_eq!(&*encode(image, &Binary::new(*b"\0\xff")).unwrap().unwrap(), b"\0\xff");
        assert_eq!(&*encode(image, &Some(Binary::new(*b"\xff"))).unwrap().unwrap(), b"\xff");
        assert_eq!(encode(image, &None::<Binary>).unwrap(), None);
        assert_eq!(&*encode(image, &Some(json!("AP8="))).unwrap().unwrap(), b"\0\xff");
        for no_base64 in [json!("s3cret!"), json!(7)] {
            let invalid = encode(image, &no_base64).unwrap_err();
            assert_eq!(invalid.to_string(), "the body is not a text in base64");
        }
        let invalid = encode(plain, &json!(["s3cret"])).unwrap_err();
        assert_eq!(invalid.to_string(), "the body is not a text");
    }

    #[test]
    fn what_has_no_json_is_refused() {
        let invalid = encode(Some(MediaType::Json), &Unwritable).unwrap_err();
        assert_eq!(invalid.to_string(), "the body can't be written as JSON");
        for no_form in [json!([1]), Value::Null] {
            let invalid = encode(Some(MediaType::Form), &no_form).unwrap_err();
            assert_eq!(invalid.to_string(), "the body is not an object, which a form has to be");
        }
    }
}
