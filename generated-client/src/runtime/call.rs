//! A call that is being put together.

use super::arguments::Arguments;
use super::engine::{self, Outgoing, Responded};
use super::error::Failure;
use super::timing::Timing;
use super::{
    BrowserOperation, Core, Error, Form, Operation, RawResponse, RetryPolicy, Service, Validate, body,
};
use reqwest::Url;
use serde::Serialize;
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

/// The error type of an operation's service.
type ErrorOf<O> = Error<<<O as Operation>::Service as Service>::Code>;

/// A call of the operation `O` with a body of type `B`.
///
/// It owns what it needs, so it can be kept, cloned and sent from another task. Setters for its
/// optional arguments, and for the optional members of its body, are generated.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<O, B = ()> {
    core: Core,
    arguments: Arguments,
    /// Generated setters write into it.
    pub(crate) body: B,
    timing: Timing,
    operation: PhantomData<fn() -> O>,
}

impl<O, B> Call<O, B> {
    pub(super) fn new(core: Core, body: B) -> Self {
        Self {
            core,
            arguments: Arguments::default(),
            body,
            timing: Timing::default(),
            operation: PhantomData,
        }
    }

    /// Sets the whole body, in place of what was set of it before.
    pub fn body(mut self, prepared: impl Into<B>) -> Self {
        self.body = prepared.into();
        self
    }

    /// Sets how long this call may take with all its attempts, in place of what the
    /// [client says](super::Builder::timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timing.timeout = Some(timeout);
        self
    }

    /// Sets how long each attempt of this call may take, in place of what the
    /// [client says](super::Builder::attempt_timeout).
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.timing.attempt_timeout = Some(timeout);
        self
    }

    /// Sets how often this call is sent, in place of what the [client says](super::Builder::retries).
    ///
    /// It does not make an operation repeatable that isn't: see
    /// [what is sent again](RetryPolicy#what-is-sent-again).
    pub fn retries(mut self, policy: RetryPolicy) -> Self {
        self.timing.retries = Some(policy);
        self
    }

    /// Sets the argument of the parameter with this name on the wire.
    #[allow(dead_code, reason = "not every set of features has an operation with arguments")]
    pub(crate) fn argument<T: Serialize>(mut self, name: &'static str, value: impl Into<T>) -> Self {
        // The keys of generated types are strings, which is all that this could fail of.
        self.arguments.set(name, serde_json::to_value(value.into()).unwrap_or_default());
        self
    }

    /// Like [`argument`](Self::argument), for a list of values.
    #[allow(dead_code, reason = "not every set of features has an operation with lists")]
    pub(crate) fn argument_list<T: Serialize>(
        self,
        name: &'static str,
        values: impl IntoIterator<Item = impl Into<T>>,
    ) -> Self {
        let values: Vec<T> = values.into_iter().map(Into::into).collect();
        self.argument::<Vec<T>>(name, values)
    }
}

impl<O: Operation, B: Serialize + Validate> Call<O, B> {
    /// Sends the request and decodes the response.
    ///
    /// If an attempt fails in passing, and the operation is one that may be sent twice, the request
    /// is sent again after a pause: by default up to three times, and for no longer than a minute
    /// in all. [`RetryPolicy`] has the rules in full. An operation that must not be sent twice is
    /// sent again only if no connection was made.
    ///
    /// Dropping the future ends the call: nothing is sent after that. What was sent may already
    /// have reached the service.
    ///
    /// # Errors
    ///
    /// - [`Kind::InvalidRequest`](super::Kind::InvalidRequest) if an argument, a member of the body or the credential
    ///   can't be sent; then nothing was.
    /// - [`Kind::Api`](super::Kind::Api) if the service answered with an error.
    /// - [`Kind::Transport`](super::Kind::Transport) if there was no response, or not all of it.
    /// - [`Kind::TooLarge`](super::Kind::TooLarge) if the response has more bytes than allowed.
    /// - [`Kind::Decode`](super::Kind::Decode) if the response is not what it should be.
    pub async fn send(self) -> Result<O::Response, ErrorOf<O>> {
        let answered = self.answered().await?;
        O::Form::read(&answered.raw).map_err(|fault| failed::<O>(answered.undecodable(fault)))
    }

    /// Sends the request and decodes the response, and also gives it as it came, for its status and headers.
    ///
    /// ```
    /// use generated_client::runtime::{Call, Error, Operation, Service};
    ///
    /// async fn logged<O: Operation>(call: Call<O>) -> Result<O::Response, Error<<O::Service as Service>::Code>> {
    ///     let (response, raw) = call.send_with_raw().await?;
    ///     eprintln!("{}: {}, request {:?}", O::SPEC.id, raw.status(), raw.request_id());
    ///     Ok(response)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send).
    pub async fn send_with_raw(self) -> Result<(O::Response, RawResponse), ErrorOf<O>> {
        let answered = self.answered().await?;
        match O::Form::read(&answered.raw) {
            Ok(response) => Ok((response, answered.raw)),
            Err(fault) => Err(failed::<O>(answered.undecodable(fault))),
        }
    }

    /// Sends the request and gives the response of success as it came.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send), save that a response which can't be decoded is no error.
    pub async fn send_raw(self) -> Result<RawResponse, ErrorOf<O>> {
        self.answered().await.map(|answered| answered.raw)
    }

    async fn answered(self) -> Result<Responded, ErrorOf<O>> {
        let Self { core, arguments, body, timing, .. } = self;
        let body = body::encode(O::SPEC.body, &body);
        let outgoing = Outgoing { service: O::Service::NAME, spec: O::SPEC, arguments, body, timing };
        let answered = engine::send(&core, outgoing).await.map_err(failed::<O>)?;
        Ok(answered.supplemented::<O::Service>())
    }
}

impl<O: BrowserOperation, B> Call<O, B> {
    /// The URL of the call, for a browser to go to. Nothing is sent.
    ///
    /// It has the arguments in it, those that are secret included.
    ///
    /// # Errors
    ///
    /// [`Kind::InvalidRequest`](super::Kind::InvalidRequest) if an argument can't be sent.
    pub fn url(&self) -> Result<Url, ErrorOf<O>> {
        engine::url(&self.core, O::SPEC, &self.arguments).map_err(failed::<O>)
    }
}

fn failed<O: Operation>(failure: impl Into<Failure>) -> ErrorOf<O> {
    Error::of::<O::Service>(O::SPEC, failure.into())
}

impl<O, B: Clone> Clone for Call<O, B> {
    fn clone(&self) -> Self {
        Self {
            core: self.core.clone(),
            arguments: self.arguments.clone(),
            body: self.body.clone(),
            timing: self.timing,
            operation: PhantomData,
        }
    }
}

/// Neither the arguments nor the body are shown.
impl<O: Operation, B> fmt::Debug for Call<O, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("service", &O::Service::NAME)
            .field("operation", &O::SPEC.id)
            .field("client", &self.core)
            .finish_non_exhaustive()
    }
}
