//! The formats in which responses are read.

#[cfg(feature = "operations")]
use super::decoded::{Decoded, Printable};
use super::raw::RawResponse;
use super::redirect::Redirect;
use crate::runtime::value::binary::Binary;
use crate::runtime::value::decode::DecodeError;
use crate::runtime::value::members::{Member, ResponseBody, required};
#[cfg(feature = "operations")]
use crate::runtime::value::shape::{Shape, Shaped};
#[cfg(feature = "operations")]
use base64::Engine;
#[cfg(feature = "operations")]
use base64::engine::general_purpose::STANDARD;
#[cfg(feature = "operations")]
use serde_json::Value;

/// The format of an operation's successful response: how it is read as a `T`.
pub trait ResponseFormat<T> {
    /// Reads the response.
    ///
    /// # Errors
    ///
    /// If the response is not what the operation's description says.
    fn read(raw: &RawResponse) -> Result<T, DecodeError>;

    /// The shape of the response.
    #[cfg(feature = "operations")]
    fn shape() -> Shape;

    /// Reads the response without its type.
    ///
    /// # Errors
    ///
    /// If the response is not in this format.
    #[cfg(feature = "operations")]
    fn read_value(raw: &RawResponse) -> Result<Value, DecodeError>;

    /// Reads the response as its type, for callers that don't know the type.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Self::read).
    #[cfg(feature = "operations")]
    fn read_typed(raw: &RawResponse) -> Result<Decoded, DecodeError>;
}

/// A type that a response in JSON can have.
#[cfg(not(feature = "operations"))]
#[allow(private_bounds, reason = "the runtime's macros alone declare what responses contain")]
pub trait JsonResponse: Member {}

#[cfg(not(feature = "operations"))]
impl<T: Member> JsonResponse for T {}

/// A type that a response in JSON can have.
#[cfg(feature = "operations")]
#[allow(private_bounds, reason = "the runtime's macros alone declare what responses contain")]
pub trait JsonResponse: Member + Printable + Shaped {}

#[cfg(feature = "operations")]
impl<T: Member + Printable + Shaped> JsonResponse for T {}

/// The body is JSON. It may be empty if the response holds nothing that a caller must have: no required member.
#[derive(Debug)]
pub enum Json {}

impl<T: JsonResponse> ResponseFormat<T> for Json {
    fn read(raw: &RawResponse) -> Result<T, DecodeError> {
        let read = raw.json_or::<ResponseBody<T>>(T::WITHOUT_BODY, required::<T>());
        read.map(|ResponseBody(response)| response)
    }

    #[cfg(feature = "operations")]
    fn shape() -> Shape {
        T::shape()
    }

    #[cfg(feature = "operations")]
    fn read_value(raw: &RawResponse) -> Result<Value, DecodeError> {
        raw.json_or(T::WITHOUT_BODY, required::<T>())
    }

    #[cfg(feature = "operations")]
    fn read_typed(raw: &RawResponse) -> Result<Decoded, DecodeError> {
        <Self as ResponseFormat<T>>::read(raw).map(|response| Decoded::of(&response))
    }
}

/// The body is not read; most often there is none.
#[derive(Debug)]
pub enum Empty {}

impl ResponseFormat<()> for Empty {
    fn read(_raw: &RawResponse) -> Result<(), DecodeError> {
        Ok(())
    }

    #[cfg(feature = "operations")]
    fn shape() -> Shape {
        Shape::Nothing
    }

    #[cfg(feature = "operations")]
    fn read_value(_raw: &RawResponse) -> Result<Value, DecodeError> {
        Ok(Value::Null)
    }

    #[cfg(feature = "operations")]
    fn read_typed(_raw: &RawResponse) -> Result<Decoded, DecodeError> {
        Ok(Decoded::of(&()))
    }
}

/// The body is a text, or a JSON string.
#[derive(Debug)]
pub enum Text {}

impl ResponseFormat<String> for Text {
    fn read(raw: &RawResponse) -> Result<String, DecodeError> {
        raw.text()
    }

    #[cfg(feature = "operations")]
    fn shape() -> Shape {
        Shape::Text
    }

    #[cfg(feature = "operations")]
    fn read_value(raw: &RawResponse) -> Result<Value, DecodeError> {
        raw.text().map(Value::String)
    }

    #[cfg(feature = "operations")]
    fn read_typed(raw: &RawResponse) -> Result<Decoded, DecodeError> {
        raw.text().map(|text| Decoded::of(&text))
    }
}

/// The body is taken as it is.
#[derive(Debug)]
pub enum Raw {}

impl ResponseFormat<Binary> for Raw {
    fn read(raw: &RawResponse) -> Result<Binary, DecodeError> {
        raw.binary()
    }

    #[cfg(feature = "operations")]
    fn shape() -> Shape {
        Binary::shape()
    }

    #[cfg(feature = "operations")]
    fn read_value(raw: &RawResponse) -> Result<Value, DecodeError> {
        raw.binary().map(|binary| Value::String(STANDARD.encode(&*binary)))
    }

    #[cfg(feature = "operations")]
    fn read_typed(raw: &RawResponse) -> Result<Decoded, DecodeError> {
        raw.binary().map(|binary| Decoded::of(&binary))
    }
}

/// The response is a redirect.
#[derive(Debug)]
pub enum Location {}

impl ResponseFormat<Redirect> for Location {
    fn read(raw: &RawResponse) -> Result<Redirect, DecodeError> {
        raw.redirect()
    }

    #[cfg(feature = "operations")]
    fn shape() -> Shape {
        Shape::Redirect
    }

    #[cfg(feature = "operations")]
    fn read_value(raw: &RawResponse) -> Result<Value, DecodeError> {
        raw.redirect().map(Redirect::into_value)
    }

    #[cfg(feature = "operations")]
    fn read_typed(raw: &RawResponse) -> Result<Decoded, DecodeError> {
        let redirect = raw.redirect()?;
        Ok(Decoded::with_json(
            &redirect,
            #[cfg(feature = "both-directions")]
            redirect.clone().into_value(),
        ))
    }
}

/// The format depends on the status.
#[derive(Debug)]
pub enum ByStatus {}

impl<T: FromStatus> ResponseFormat<T> for ByStatus {
    fn read(raw: &RawResponse) -> Result<T, DecodeError> {
        T::from_status(raw)
    }

    #[cfg(feature = "operations")]
    fn shape() -> Shape {
        Shape::ByStatus(T::shapes())
    }

    #[cfg(feature = "operations")]
    fn read_value(raw: &RawResponse) -> Result<Value, DecodeError> {
        T::read_value(raw)
    }

    #[cfg(feature = "operations")]
    fn read_typed(raw: &RawResponse) -> Result<Decoded, DecodeError> {
        T::read_typed(raw)
    }
}

/// A response whose type and format depend on the status. `responses!` declares one.
pub trait FromStatus: Sized {
    /// Reads the response.
    ///
    /// # Errors
    ///
    /// If the status is not expected, or the body is not what belongs to it.
    fn from_status(raw: &RawResponse) -> Result<Self, DecodeError>;

    /// The shape of the response, for each status or range of statuses, such as `200` and `3XX`.
    #[cfg(feature = "operations")]
    fn shapes() -> Vec<(&'static str, Shape)>;

    /// Reads the response without its type.
    ///
    /// # Errors
    ///
    /// Those of [`from_status`](Self::from_status).
    #[cfg(feature = "operations")]
    fn read_value(raw: &RawResponse) -> Result<Value, DecodeError>;

    /// Reads the response as its type, for callers that don't know the type.
    ///
    /// # Errors
    ///
    /// Those of [`from_status`](Self::from_status).
    #[cfg(feature = "operations")]
    fn read_typed(raw: &RawResponse) -> Result<Decoded, DecodeError>;
}
