//! The ways in which a response is read.

use super::members::{Member, ResponseBody};
use super::{DecodeFault, RawResponse, Redirect};
#[cfg(feature = "operations")]
use super::{Inspect, Shape, Shaped, Typed};
#[cfg(feature = "operations")]
use serde_json::Value;

/// A way to read the response of an operation that succeeded.
pub trait Form<A> {
    /// Reads the response.
    ///
    /// # Errors
    ///
    /// If the response is not what the operation's description says.
    fn read(raw: &RawResponse) -> Result<A, DecodeFault>;

    /// What the response looks like.
    #[cfg(feature = "operations")]
    fn shape() -> Shape;

    /// Reads the response without its type.
    ///
    /// # Errors
    ///
    /// If the response can't be read in this form.
    #[cfg(feature = "operations")]
    fn read_value(raw: &RawResponse) -> Result<Value, DecodeFault>;

    /// Reads the response as its type, for those who don't know the type.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Self::read).
    #[cfg(feature = "operations")]
    fn read_typed(raw: &RawResponse) -> Result<Typed, DecodeFault>;
}

/// What a response in JSON has to be.
#[cfg(not(feature = "operations"))]
#[allow(private_bounds, reason = "the runtime's macros alone declare what responses contain")]
pub trait JsonResponse: Member {}

#[cfg(not(feature = "operations"))]
impl<T: Member> JsonResponse for T {}

/// What a response in JSON has to be.
#[cfg(feature = "operations")]
#[allow(private_bounds, reason = "the runtime's macros alone declare what responses contain")]
pub trait JsonResponse: Member + Inspect + Shaped {}

#[cfg(feature = "operations")]
impl<T: Member + Inspect + Shaped> JsonResponse for T {}

/// The body is JSON.
#[derive(Debug)]
pub enum Json {}

impl<A: JsonResponse> Form<A> for Json {
    fn read(raw: &RawResponse) -> Result<A, DecodeFault> {
        raw.json::<ResponseBody<A>>().map(|ResponseBody(response)| response)
    }

    #[cfg(feature = "operations")]
    fn shape() -> Shape {
        A::shape()
    }

    #[cfg(feature = "operations")]
    fn read_value(raw: &RawResponse) -> Result<Value, DecodeFault> {
        raw.json()
    }

    #[cfg(feature = "operations")]
    fn read_typed(raw: &RawResponse) -> Result<Typed, DecodeFault> {
        <Self as Form<A>>::read(raw).map(|response| Typed::of(&response))
    }
}

/// There is no body, or none of interest.
#[derive(Debug)]
pub enum Empty {}

impl Form<()> for Empty {
    fn read(_raw: &RawResponse) -> Result<(), DecodeFault> {
        Ok(())
    }

    #[cfg(feature = "operations")]
    fn shape() -> Shape {
        Shape::Nothing
    }

    #[cfg(feature = "operations")]
    fn read_value(_raw: &RawResponse) -> Result<Value, DecodeFault> {
        Ok(Value::Null)
    }

    #[cfg(feature = "operations")]
    fn read_typed(_raw: &RawResponse) -> Result<Typed, DecodeFault> {
        Ok(Typed::of(&()))
    }
}

/// The body is a text, or a JSON string.
#[derive(Debug)]
pub enum Text {}

impl Form<String> for Text {
    fn read(raw: &RawResponse) -> Result<String, DecodeFault> {
        raw.text()
    }

    #[cfg(feature = "operations")]
    fn shape() -> Shape {
        Shape::Text
    }

    #[cfg(feature = "operations")]
    fn read_value(raw: &RawResponse) -> Result<Value, DecodeFault> {
        raw.text().map(Value::String)
    }

    #[cfg(feature = "operations")]
    fn read_typed(raw: &RawResponse) -> Result<Typed, DecodeFault> {
        raw.text().map(|text| Typed::of(&text))
    }
}

/// The response is a redirect, and where it leads is the value.
#[derive(Debug)]
pub enum Location {}

impl Form<Redirect> for Location {
    fn read(raw: &RawResponse) -> Result<Redirect, DecodeFault> {
        raw.redirect()
    }

    #[cfg(feature = "operations")]
    fn shape() -> Shape {
        Shape::Redirect
    }

    #[cfg(feature = "operations")]
    fn read_value(raw: &RawResponse) -> Result<Value, DecodeFault> {
        raw.redirect().map(Redirect::into_value)
    }

    #[cfg(feature = "operations")]
    fn read_typed(raw: &RawResponse) -> Result<Typed, DecodeFault> {
        let redirect = raw.redirect()?;
        Ok(Typed::shown(
            &redirect,
            #[cfg(feature = "both-directions")]
            redirect.clone().into_value(),
        ))
    }
}

/// The status says how the response is to be read.
#[derive(Debug)]
pub enum ByStatus {}

impl<A: FromStatus> Form<A> for ByStatus {
    fn read(raw: &RawResponse) -> Result<A, DecodeFault> {
        A::from_status(raw)
    }

    #[cfg(feature = "operations")]
    fn shape() -> Shape {
        Shape::ByStatus(A::shapes())
    }

    #[cfg(feature = "operations")]
    fn read_value(raw: &RawResponse) -> Result<Value, DecodeFault> {
        A::read_value(raw)
    }

    #[cfg(feature = "operations")]
    fn read_typed(raw: &RawResponse) -> Result<Typed, DecodeFault> {
        A::read_typed(raw)
    }
}

/// A response whose kind depends on the status; `responses!` declares one.
pub trait FromStatus: Sized {
    /// Reads the response.
    ///
    /// # Errors
    ///
    /// If the status is not expected, or the body is not what belongs to it.
    fn from_status(raw: &RawResponse) -> Result<Self, DecodeFault>;

    /// What the response looks like with each status.
    #[cfg(feature = "operations")]
    fn shapes() -> Vec<(u16, Shape)>;

    /// Reads the response without its type.
    ///
    /// # Errors
    ///
    /// Those of [`from_status`](Self::from_status).
    #[cfg(feature = "operations")]
    fn read_value(raw: &RawResponse) -> Result<Value, DecodeFault>;

    /// Reads the response as its type, for those who don't know the type.
    ///
    /// # Errors
    ///
    /// Those of [`from_status`](Self::from_status).
    #[cfg(feature = "operations")]
    fn read_typed(raw: &RawResponse) -> Result<Typed, DecodeFault>;
}
