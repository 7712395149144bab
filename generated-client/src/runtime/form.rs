//! The ways in which an answer is read.

use super::{DecodeFault, RawAnswer, Redirect};
use serde::de::DeserializeOwned;

/// A way to read the answer of an operation that succeeded.
pub trait Form<A> {
    /// Reads the answer.
    ///
    /// # Errors
    ///
    /// If the answer is not what the operation's description says.
    fn read(raw: &RawAnswer) -> Result<A, DecodeFault>;
}

/// The body is JSON.
#[derive(Debug)]
pub enum Json {}

impl<A: DeserializeOwned> Form<A> for Json {
    fn read(raw: &RawAnswer) -> Result<A, DecodeFault> {
        raw.json()
    }
}

/// There is no body, or none of interest.
#[derive(Debug)]
pub enum Empty {}

impl Form<()> for Empty {
    fn read(_raw: &RawAnswer) -> Result<(), DecodeFault> {
        Ok(())
    }
}

/// The body is a text, or a JSON string.
#[derive(Debug)]
pub enum Text {}

impl Form<String> for Text {
    fn read(raw: &RawAnswer) -> Result<String, DecodeFault> {
        raw.text()
    }
}

/// The answer is a redirect, and where it leads is the value.
#[derive(Debug)]
pub enum Location {}

impl Form<Redirect> for Location {
    fn read(raw: &RawAnswer) -> Result<Redirect, DecodeFault> {
        raw.redirect()
    }
}

/// The status says how the answer is to be read.
#[derive(Debug)]
pub enum ByStatus {}

impl<A: FromStatus> Form<A> for ByStatus {
    fn read(raw: &RawAnswer) -> Result<A, DecodeFault> {
        A::from_status(raw)
    }
}

/// An answer whose kind depends on the status.
pub trait FromStatus: Sized {
    /// Reads the answer.
    ///
    /// # Errors
    ///
    /// If the status is not expected, or the body is not what belongs to it.
    fn from_status(raw: &RawAnswer) -> Result<Self, DecodeFault>;
}
