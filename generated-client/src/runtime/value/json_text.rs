//! JSON that stands in a string.

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use subtle::ConstantTimeEq;

use super::decode::{self, DecodeError};
use super::free_form::Outline;
use super::limits::Limits;
use super::secret::Secret;
use super::secret_bytes::SecretBytes;
use super::secret_value::SecretValue;
#[cfg(feature = "operations")]
use super::shape::{Shape, Shaped};
use super::validate::Validate;
use super::violation::Violation;
use crate::runtime::value::members::Member;

/// JSON that stands in a string, exactly as it came or as it is to be sent. The JSON is expected to be a `T`.
///
/// It is made from the text, or from a reference to a `T` that a request can contain:
///
/// ```
/// use generated_client::JsonText;
/// use serde_json::{Value, json};
///
/// let text: JsonText<Value> = JsonText::from(r#"{ "a": 1 }"#);
/// assert_eq!(text.as_str(), r#"{ "a": 1 }"#);
/// assert_eq!(text.parse()?["a"], 1);
/// assert_eq!(JsonText::from(&json!({"a": 1})).as_str(), r#"{"a":1}"#);
/// # Ok::<(), generated_client::runtime::DecodeError>(())
/// ```
///
/// A request with a text that was made from a value is invalid if the value breaks a limit of its own, or if a number in it
/// isn't finite. A text that was given is sent as it is.
pub struct JsonText<T> {
    text: String,
    /// Why the value that it was made from can't be sent.
    refused: Option<Box<Violation>>,
    held: PhantomData<fn() -> T>,
}

impl<T> JsonText<T> {
    /// The text as it came, for instance to hand it to a browser.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn text_mut(&mut self) -> &mut String {
        &mut self.text
    }

    /// Takes the text out.
    #[must_use]
    pub fn into_string(self) -> String {
        self.text
    }
}

impl<T: DeserializeOwned> JsonText<T> {
    /// Reads the JSON in the text.
    ///
    /// # Errors
    ///
    /// If the text isn't JSON, or the JSON isn't a `T`. The response that contains the text was decoded nevertheless.
    pub fn parse(&self) -> Result<T, DecodeError> {
        decode::json(self.text.as_bytes())
    }
}

impl<T> From<String> for JsonText<T> {
    fn from(text: String) -> Self {
        Self { text, refused: None, held: PhantomData }
    }
}

impl<T> From<&str> for JsonText<T> {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl<T: Serialize + Validate> From<&T> for JsonText<T> {
    fn from(value: &T) -> Self {
        let refused = value.check(&Limits::NONE).err().map(Box::new);
        Self { text: written(value), refused, held: PhantomData }
    }
}

/// The JSON of a value. Writing fails only for keys that are no strings, which no type of a request has.
fn written(value: &impl Serialize) -> String {
    let mut text = SecretBytes::default();
    if serde_json::to_writer(&mut text, value).is_ok() { text.into_text() } else { String::new() }
}

impl<T> From<JsonText<T>> for Secret<JsonText<T>> {
    fn from(text: JsonText<T>) -> Self {
        Self::new(text)
    }
}

impl<T> AsRef<str> for JsonText<T> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl<T> Clone for JsonText<T> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), refused: self.refused.clone(), held: PhantomData }
    }
}

impl<T> Default for JsonText<T> {
    fn default() -> Self {
        Self::from(String::new())
    }
}

/// The texts are compared, not what they hold.
impl<T> PartialEq for JsonText<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for JsonText<T> {}

/// It shows the outline of the JSON, since no spec lists all that it may hold.
impl<T> fmt::Debug for JsonText<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match serde_json::from_str(&self.text).map(Secret::<Value>::new) {
            Ok(value) => f.debug_tuple("JsonText").field(&Outline::of(value.expose())).finish(),
            Err(_) => f.write_str("JsonText(..)"),
        }
    }
}

impl<T> Serialize for JsonText<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, T> Deserialize<'de> for JsonText<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Member::read(deserializer).map(Option::unwrap_or_default)
    }
}

/// A server may send the JSON itself in place of the string. Then its text is kept.
impl<T> Member for JsonText<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(match Value::deserialize(deserializer)? {
            Value::Null => None,
            Value::String(text) => Some(Self::from(text)),
            other => Some(Self::from(written(Secret::new(other).expose()))),
        })
    }
}

impl<T> Validate for JsonText<T> {
    fn check(&self, limits: &Limits) -> Result<(), Violation> {
        match &self.refused {
            Some(violation) => Err(Violation::clone(violation)),
            None => self.text.check(limits),
        }
    }
}

#[cfg(feature = "operations")]
impl<T> Shaped for JsonText<T> {
    fn shape() -> Shape {
        Shape::Text
    }
}

impl<T> SecretValue for JsonText<T> {
    fn wipe(&mut self) {
        self.text_mut().wipe();
    }

    fn is_same(&self, other: &Self) -> bool {
        self.as_str().as_bytes().ct_eq(other.as_str().as_bytes()).into()
    }
}

#[cfg(test)]
#[allow(unreachable_pub, reason = "the macros are made for public modules")]
mod tests {
    use super::JsonText;
    use crate::runtime::codegen::*;
    use crate::runtime::{Limits, Validate};

    request_and_response! {
        pub struct Options(
            challenge: String = "challenge",
        ) {
            lifetime: Option<i64> = "lifetime",
        }
    }

    request_and_response! {
        pub struct Ceremony() {
            options: Option<JsonText<Options>> = "options",
            response: Option<Secret<JsonText<Map<String, Value>>>> = "response",
        }
    }

    request_and_response! {
        pub struct Place() {
            depth: Option<f64> = "depth".within(),
            name: Option<String> = "name".length(1, 3),
        }
    }

    request_and_response! {
        pub struct Report() {
            place: Option<JsonText<Place>> = "place".within(),
        }
    }

    fn ceremony(text: &str) -> Ceremony {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn the_text_stays_as_it_came_and_is_read_when_asked() {
        let ceremony = ceremony(r#"{"options": "{ \"challenge\":\"é\", \"more\":1 }"}"#);
        let options = ceremony.options.clone().unwrap();
        assert_eq!(options.as_str(), r#"{ "challenge":"é", "more":1 }"#);
        assert_eq!(options.parse().unwrap(), Options::new("é"));
        assert_eq!(
            serde_json::to_string(&ceremony).unwrap(),
            r#"{"options":"{ \"challenge\":\"é\", \"more\":1 }"}"#
        );
    }

    #[test]
    fn a_text_that_is_not_what_it_should_be_fails_no_response() {
        for (text, held, problem) in [
            (r#"{"options": ""}"#, "", "the body is empty"),
            (r#"{"options": "s3cret"}"#, "s3cret", "expected value"),
            (
                r#"{"options": "{\"challenge\":[\"s3cret\"]}"}"#,
                r#"{"challenge":["s3cret"]}"#,
                "invalid type: sequence, expected a string",
            ),
        ] {
            let options = ceremony(text).options.unwrap();
            assert_eq!(options.as_str(), held);
            let fault = options.parse().unwrap_err();
            assert_eq!(fault.problem(), problem);
            assert!(!format!("{fault:?}").contains("s3cret"));
        }
        assert_eq!(ceremony(r#"{"options": null}"#).options, None);
        let object = ceremony(r#"{"options": {"challenge": "c", "lifetime": 5}}"#).options.unwrap();
        assert_eq!(object.parse().unwrap(), Options::new("c").lifetime(5));
    }

    #[test]
    fn a_request_takes_the_text_or_what_it_holds() {
        let held = Map::from_iter([("id".to_owned(), Value::from("s3cret"))]);
        let (typed, text) = (JsonText::from(&held), JsonText::from(r#"{ "id": "s3cret" }"#));
        let written = |response| serde_json::to_string(&Ceremony::default().response(response)).unwrap();
        assert_eq!(written(typed), r#"{"response":"{\"id\":\"s3cret\"}"}"#);
        assert_eq!(written(text.clone()), r#"{"response":"{ \"id\": \"s3cret\" }"}"#);
        let ceremony = Ceremony::default().options(&Options::new("c")).response(text);
        assert_eq!(
            format!("{ceremony:?}"),
            r#"Ceremony { options: Some(JsonText({challenge: text})), response: Some(Secret(..)) }"#
        );
    }

    #[test]
    fn a_value_that_no_request_can_contain_is_refused() {
        for (place, member, why) in [
            (Place::default().depth(f64::NAN), "depth", "is not a finite number"),
            (Place::default().name("s3cret"), "name", "has 6 characters, at most 3 are allowed"),
        ] {
            let report = Report::default().place(&place).clone();
            let violation = report.check(&Limits::NONE).unwrap_err();
            assert_eq!((violation.path(), violation.why()), (vec!["place", member], why));
        }
        let report = Report::default().place(r#"{"name":"longer"}"#);
        assert_eq!(report.check(&Limits::NONE), Ok(()), "a text is sent as it is");
        assert_eq!(JsonText::from(&vec![0.7_f32]).as_str(), "[0.7]");
    }
}
