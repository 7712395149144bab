//! Request bodies.

use super::encode;
#[cfg(feature = "multipart")]
use super::media_type::FormPart;
use super::media_type::{MediaType, chosen};
#[cfg(feature = "multipart")]
use super::multipart;
use super::parameter::Parameter;
use super::payload::Payload;
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::value::binary::Binary;
use crate::runtime::value::binary_content::BinaryContent;
use crate::runtime::value::floats::to_value;
#[cfg(all(feature = "multipart", feature = "stream"))]
use crate::runtime::value::form_sources::found_in;
use crate::runtime::value::limits::Limits;
use crate::runtime::value::secret::Secret;
use crate::runtime::value::secret_bytes::SecretBytes;
use crate::runtime::value::validate::Validate;
use serde::Serialize;
use serde_json::{Map, Value};

/// The memory that is reserved for a body before any of it is written.
const FIRST_BUFFER: usize = 256;

/// The body as it is sent; none if the operation takes no body, or if an optional one is not set.
pub(crate) fn encode<B: Serialize + Validate>(
    media_type: Option<MediaType>,
    limits: &Limits,
    body: &B,
) -> Result<Option<Payload>, InvalidRequest> {
    let Some(media_type) = media_type.filter(|_| !body.is_absent()) else {
        return Ok(None);
    };
    body.check(limits)?;
    // The text of serde_json's error could contain a value.
    let invalid = |_| InvalidRequest::new("the body", "can't be written as JSON");
    let write = || to_value(body).map_err(invalid);
    let value = || write().map(Secret::new);
    let payload = match media_type {
        MediaType::Json | MediaType::OtherJson(_) => {
            let mut bytes = SecretBytes::with_capacity(FIRST_BUFFER);
            serde_json::to_writer(&mut bytes, body).map_err(invalid)?;
            Payload::new(bytes, media_type.as_str())
        }
        MediaType::Form => form(&[], value()?.expose())?,
        MediaType::StyledForm(styled) => form(styled, value()?.expose())?,
        #[cfg(feature = "multipart")]
        MediaType::Multipart(parts) => form_with_parts(parts, write)?,
        MediaType::Text(name) => text(name, value()?.expose())?,
        MediaType::Bytes(range) => match body.as_binary() {
            Some((content, given)) => as_it_is(range, content, given)?,
            None => from_base64(range, value()?.expose())?,
        },
    };
    Ok(Some(payload))
}

/// Writes a form, of which these members have a style.
fn form(styled: &'static [Parameter], body: &Value) -> Result<Payload, InvalidRequest> {
    Ok(Payload::new(encode::form(styled, members(body)?)?, MediaType::Form.as_str()))
}

/// Writes a form with parts, some of which may be streams.
#[cfg(feature = "multipart")]
fn form_with_parts(
    parts: &'static [FormPart],
    write: impl FnOnce() -> Result<Value, InvalidRequest>,
) -> Result<Payload, InvalidRequest> {
    #[cfg(feature = "stream")]
    let (body, sources) = found_in(write);
    #[cfg(not(feature = "stream"))]
    let body = write();
    let body = Secret::new(body?);
    multipart::encode(parts, members(body.expose())?, |json| {
        #[cfg(feature = "stream")]
        if let Some(streamed) = Binary::streamed(json, &sources) {
            return Some(streamed);
        }
        Binary::from_json(json)
    })
}

fn text(media_type: &'static str, body: &Value) -> Result<Payload, InvalidRequest> {
    let text = body.as_str().ok_or_else(|| InvalidRequest::new("the body", "is not a text"))?;
    Ok(Payload::new(SecretBytes::from(text.to_owned()), media_type))
}

/// A body of bytes that is given as JSON, in base64.
fn from_base64(range: &'static str, body: &Value) -> Result<Payload, InvalidRequest> {
    let binary = Binary::from_json(body);
    let binary = binary.ok_or_else(|| InvalidRequest::new("the body", "is not a text in base64"))?;
    as_it_is(range, binary.content(), binary.media_type())
}

fn members(body: &Value) -> Result<&Map<String, Value>, InvalidRequest> {
    body.as_object()
        .ok_or_else(|| InvalidRequest::new("the body", "is not an object, which a form has to be"))
}

/// A body of bytes, in the media type that they were given, or else the usual one of the range.
fn as_it_is(
    range: &'static str,
    content: &BinaryContent,
    given: Option<&str>,
) -> Result<Payload, InvalidRequest> {
    let Some(media_type) = chosen(range, given) else {
        let why = match given {
            Some(_) => format!("has a media type that isn't `{range}`, which the operation takes"),
            None => format!("needs a media type: set one of `{range}` with `Binary::with_media_type`"),
        };
        return Err(InvalidRequest::new("the body", why));
    };
    Ok(Payload::of(content, media_type.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::Payload;
    use crate::runtime::error::invalid_request::InvalidRequest;
    use crate::runtime::request::media_type::MediaType;
    use crate::runtime::value::binary::Binary;
    use crate::runtime::value::limits::Limits;
    use crate::runtime::value::validate::Validate;
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

    fn encode<B: serde::Serialize + Validate>(
        media_type: Option<MediaType>,
        body: &B,
    ) -> Result<Option<Payload>, InvalidRequest> {
        super::encode(media_type, &Limits::NONE, body)
    }

    fn text<B: serde::Serialize + Validate>(media_type: Option<MediaType>, body: &B) -> Option<String> {
        let payload = encode(media_type, body).unwrap();
        payload.map(|payload| String::from_utf8(payload.content.bytes().to_vec()).unwrap())
    }

    fn sent<B: serde::Serialize + Validate>(media_type: Option<MediaType>, body: &B) -> (String, Vec<u8>) {
        let payload = encode(media_type, body).unwrap().unwrap();
        (payload.media_type.into_owned(), payload.content.bytes().to_vec())
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
        assert_eq!(sent(image, &Binary::new(*b"\0\xff")), ("image/png".into(), b"\0\xff".to_vec()));
        assert_eq!(sent(image, &Some(Binary::new(*b"\xff"))).1, b"\xff");
        assert!(encode(image, &None::<Binary>).unwrap().is_none());
        assert_eq!(sent(image, &Some(json!("AP8="))).1, b"\0\xff");
        for no_base64 in [json!("s3cret!"), json!(7)] {
            let invalid = encode(image, &no_base64).unwrap_err();
            assert_eq!(invalid.to_string(), "the body is not a text in base64");
        }
        let invalid = encode(plain, &json!(["s3cret"])).unwrap_err();
        assert_eq!(invalid.to_string(), "the body is not a text");
    }

    #[test]
    fn bytes_have_a_media_type_of_the_range() {
        let images = Some(MediaType::Bytes("image/*"));
        let picture = Binary::new(*b"\xff");
        let webp = picture.clone().with_media_type("image/webp");
        assert_eq!(sent(images, &webp), ("image/webp".into(), b"\xff".to_vec()));
        let by_id = json!({"content": "AP8=", "media_type": "image/webp"});
        assert_eq!(sent(images, &by_id), ("image/webp".into(), b"\0\xff".to_vec()));
        let refused = |body: &Binary| encode(images, body).unwrap_err().to_string();
        assert_eq!(
            refused(&picture),
            "the body needs a media type: set one of `image/*` with `Binary::with_media_type`"
        );
        assert_eq!(
            refused(&picture.clone().with_media_type("s3cret/png")),
            "the body has a media type that isn't `image/*`, which the operation takes"
        );
        assert_eq!(sent(Some(MediaType::Bytes("*/*")), &picture).0, "application/octet-stream");
    }

    #[test]
    fn texts_and_bytes_have_limits() {
        let limits = Limits::NONE.length(2, 3);
        let of = |media_type, body: &Value| super::encode(Some(media_type), &limits, body);
        assert!(of(MediaType::Text("text/csv"), &json!("ab")).is_ok());
        let invalid = of(MediaType::Text("text/csv"), &json!("s3cret")).unwrap_err();
        assert_eq!(invalid.to_string(), "the body has 6 characters, at most 3 are allowed");
        let png = Some(MediaType::Bytes("image/png"));
        let invalid = super::encode(png, &limits, &Binary::new(*b"a")).unwrap_err();
        assert_eq!(invalid.to_string(), "the body has 1 byte, at least 2 are needed");
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
