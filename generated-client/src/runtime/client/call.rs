//! Calls of operations.

use super::chunks::Chunks;
use super::operation::{BrowserOperation, Operation};
use super::service::ErrorOf;
use crate::runtime::engine::build::{Inputs, call_url};
use crate::runtime::engine::core::Core;
use crate::runtime::engine::exchange::{Exchange, invalid};
use crate::runtime::engine::retry::RetryPolicy;
use crate::runtime::engine::timing::Timing;
use crate::runtime::error::Error;
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::request::arguments::Arguments;
use crate::runtime::request::body;
use crate::runtime::request::media_choice::MediaChoice;
use crate::runtime::response::format::ResponseFormat;
use crate::runtime::response::raw::RawResponse;
use crate::runtime::value::binary::Binary;
use crate::runtime::value::validate::Validate;
use reqwest::Url;
use serde::Serialize;
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

/// A call of the operation `O` with a body of type `B`.
///
/// It owns all its values, so it can be kept, cloned and sent from another task. Setters for the optional arguments, and
/// for the optional members of the body, are generated.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<O, B = ()> {
    pub(super) core: Core,
    /// Generated code looks into them for the page that the call asks for.
    pub(crate) arguments: Arguments,
    /// Generated setters write into it.
    pub(crate) body: B,
    timing: Timing,
    /// Most calls have none, so it is boxed to keep them small.
    media: Option<Box<MediaChoice>>,
    operation: PhantomData<fn() -> O>,
}

impl<O, B> Call<O, B> {
    /// A call without arguments yet.
    pub(crate) fn new(core: &Core, body: B) -> Self {
        Self {
            core: core.clone(),
            arguments: Arguments::default(),
            body,
            timing: Timing::default(),
            media: None,
            operation: PhantomData,
        }
    }

    /// Sets the whole body. It replaces all members that were set before.
    pub fn body(mut self, prepared: impl Into<B>) -> Self {
        self.body = prepared.into();
        self
    }

    /// Sends these bytes as the body, in another media type that the operation takes: its documentation lists those. They
    /// replace the body with all its members, and the client checks none of its limits.
    ///
    /// A call of an operation that doesn't take the media type is an invalid request.
    pub fn body_as(mut self, media_type: impl Into<String>, content: impl Into<Binary>) -> Self {
        let content = content.into().with_media_type(media_type);
        self.media.get_or_insert_default().body = Some(content);
        self
    }

    /// Asks for the response in another media type that the operation has: its documentation lists those.
    /// [`send_raw`](Self::send_raw) gives such a response; [`send`](Self::send) reads the usual media type alone.
    ///
    /// A call of an operation that doesn't have the media type is an invalid request.
    pub fn accepting(mut self, media_type: impl Into<String>) -> Self {
        self.media.get_or_insert_default().accept = Some(media_type.into());
        self
    }

    /// Sets how long this call may take with all its attempts. It replaces the
    /// [setting of the client](crate::runtime::Builder::timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timing.timeout = Some(timeout);
        self
    }

    /// Sets how long each attempt of this call may take. It replaces the
    /// [setting of the client](crate::runtime::Builder::attempt_timeout).
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.timing.attempt_timeout = Some(timeout);
        self
    }

    /// Sets how often this call is sent. It replaces the [setting of the client](crate::runtime::Builder::retry_policy).
    ///
    /// It does not let an operation be sent twice that must not be: see
    /// [what is sent again](RetryPolicy#what-is-sent-again).
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.timing.retries = Some(policy);
        self
    }

    /// Sets the argument with this name.
    pub(crate) fn argument<T: Serialize + Validate>(
        mut self,
        name: &'static str,
        value: impl Into<T>,
    ) -> Self {
        self.arguments.set_typed(name, &value.into());
        self
    }

    /// Like [`argument`](Self::argument), for a list of values.
    pub(crate) fn argument_list<T: Serialize + Validate>(
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
    /// If an attempt fails for a reason that may pass, and the operation may be sent twice, the request is sent again
    /// after a pause: by default up to three times, and for no longer than a minute in all. [`RetryPolicy`] has the
    /// rules in full. An operation that must not be sent twice is sent again only if nothing of it has left.
    ///
    /// Dropping the future ends the call: nothing is sent after that, but the service may already have received the
    /// request.
    ///
    /// # Errors
    ///
    /// - [`ErrorKind::InvalidRequest`](crate::runtime::ErrorKind::InvalidRequest) if an argument, a member of the body or the credential
    ///   can't be sent; then nothing was.
    /// - [`ErrorKind::Api`](crate::runtime::ErrorKind::Api) if the service responded with an error.
    /// - [`ErrorKind::Transport`](crate::runtime::ErrorKind::Transport) if there was no response, or not all of it.
    /// - [`ErrorKind::TooLarge`](crate::runtime::ErrorKind::TooLarge) if a successful response has more bytes than allowed.
    /// - [`ErrorKind::InvalidResponse`](crate::runtime::ErrorKind::InvalidResponse) if the response is not what the operation's description says.
    pub async fn send(self) -> Result<O::Response, ErrorOf<O::Service>> {
        let (mut exchange, inputs) = self.begin();
        let response = exchange.response(inputs).await?;
        Ok(exchange.decoded(response, O::Format::read)?)
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
    pub async fn send_with_raw(self) -> Result<(O::Response, RawResponse), ErrorOf<O::Service>> {
        let (mut exchange, inputs) = self.begin();
        let response = exchange.response(inputs).await?;
        Ok(exchange.decoded_with_raw(response, O::Format::read)?)
    }

    /// Sends the request and gives the response of success as it came.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send), save that a response which can't be decoded is no error.
    pub async fn send_raw(self) -> Result<RawResponse, ErrorOf<O::Service>> {
        let (mut exchange, inputs) = self.begin();
        exchange.response(inputs).await.map_err(Error::from)
    }

    /// Sends the request, and gives the body of the successful response chunk by chunk, so that it is never in memory as a
    /// whole. If there was no response of success, the request is sent again as by [`send`](Self::send).
    ///
    /// ```
    /// use generated_client::runtime::{Call, Error, Operation, Service};
    ///
    /// async fn size<O: Operation>(call: Call<O>) -> Result<usize, Error<<O::Service as Service>::Code>> {
    ///     let mut chunks = call.send_for_chunks().await?;
    ///     let mut size = 0;
    ///     while let Some(chunk) = chunks.chunk().await? {
    ///         size += chunk.len();
    ///     }
    ///     Ok(size)
    /// }
    /// ```
    ///
    /// With the feature `stream`, the chunks are a `Stream`.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send), save that a response which can't be decoded is no error.
    pub async fn send_for_chunks(self) -> Result<Chunks<O>, ErrorOf<O::Service>> {
        let (mut exchange, inputs) = self.begin();
        let head = exchange.head(inputs).await?;
        Ok(Chunks::new(exchange, head))
    }

    /// The call in the form of the engine. The body is encoded here, since the engine doesn't know its type.
    pub(super) fn begin(self) -> (Exchange, Result<Inputs, InvalidRequest>) {
        let Self { core, arguments, body, timing, media, .. } = self;
        let typed = || body::encode(O::SPEC.body, &O::SPEC.body_limits, &body);
        let inputs = Inputs::new(O::SPEC, arguments, &media.unwrap_or_default(), typed);
        (Exchange::begin(core, O::SPEC, timing), inputs)
    }
}

impl<O: BrowserOperation, B> Call<O, B> {
    /// The URL of the call, for a browser to go to. Nothing is sent. Only calls of operations that are made for browsers
    /// have this method.
    ///
    /// It contains the arguments, secret ones included, but no credential.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidRequest`](crate::runtime::ErrorKind::InvalidRequest) if an argument can't be sent.
    pub fn url(&self) -> Result<Url, ErrorOf<O::Service>> {
        let url = call_url(&self.core, O::SPEC, &self.arguments);
        url.map_err(|error| Error::from(invalid(&self.core, O::SPEC, error)))
    }
}

impl<O, B: Clone> Clone for Call<O, B> {
    fn clone(&self) -> Self {
        Self {
            core: self.core.clone(),
            arguments: self.arguments.clone(),
            body: self.body.clone(),
            timing: self.timing,
            media: self.media.clone(),
            operation: PhantomData,
        }
    }
}

/// Neither the arguments nor the body are shown.
impl<O: Operation, B> fmt::Debug for Call<O, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("service", &self.core.service().name)
            .field("operation", &O::SPEC.id)
            .field("client", &self.core)
            .finish_non_exhaustive()
    }
}
