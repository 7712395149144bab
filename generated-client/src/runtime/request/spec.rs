//! The description of an operation.

use super::argument_group::ArgumentGroup;
use super::media_type::MediaType;
use super::paging::Paging;
use super::parameter::Parameter;
use crate::runtime::value::limits::Limits;
use reqwest::StatusCode;

/// The description of an operation, from which its requests are built.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Spec {
    /// The HTTP method.
    pub method: Method,
    /// The operation's id, unique within its service.
    pub id: &'static str,
    /// The URL that the spec names for the server of the operation, if it isn't at the base URL of its service.
    pub server: Option<&'static str>,
    /// The path under the base URL, with `{name}` where a path parameter goes.
    pub path: &'static str,
    /// All parameters, in the order in which they are sent.
    pub parameters: &'static [Parameter],
    /// The names of the security schemes whose credentials the operation accepts. One credential is sent. The list is
    /// empty if the operation needs none.
    pub credentials: &'static [&'static str],
    /// Whether a client without such a credential may call the operation.
    pub credential_is_optional: bool,
    /// Whether the request may be sent again.
    pub retry: Retry,
    /// The media type of the request's body, if it has one.
    pub body: Option<MediaType>,
    /// The limits of a body that isn't an object with members.
    pub body_limits: Limits,
    /// The media types, and ranges of such, that the request can have beside the usual one.
    pub other_bodies: &'static [&'static str],
    /// The media types of the responses that are asked for, where the API has others.
    pub accept: Option<&'static str>,
    /// The media types, and ranges of such, that can be asked for in place of the usual ones.
    pub other_responses: &'static [&'static str],
    /// The statuses of success that the API names.
    pub responses: &'static [u16],
    /// Whether every status of a redirect is one of success.
    pub any_redirect: bool,
    /// The arguments of which a request needs one, if there are such.
    pub argument_group: Option<ArgumentGroup>,
    /// How the operation gives a list in pages, if it does.
    pub paging: Option<&'static Paging>,
    /// The codes of errors that mean something else here than in other operations, each with the name of the question that
    /// is true of it.
    pub(crate) meanings: &'static [(&'static str, &'static str)],
}

impl Spec {
    /// Whether a status is one of success: one that the operation declares, or any other 2xx, which the operation's format
    /// may still be able to read.
    pub(crate) fn is_success(&self, status: StatusCode) -> bool {
        self.responses.contains(&status.as_u16())
            || status.is_success()
            || self.any_redirect && status.is_redirection()
    }

    const fn new(method: Method, id: &'static str, path: &'static str) -> Self {
        Self {
            method,
            id,
            server: None,
            path,
            parameters: &[],
            credentials: &[],
            credential_is_optional: false,
            retry: Retry::Never,
            body: None,
            body_limits: Limits::NONE,
            other_bodies: &[],
            accept: None,
            other_responses: &[],
            responses: &[200],
            any_redirect: false,
            argument_group: None,
            paging: None,
            meanings: &[],
        }
    }

    /// Describes a `GET` without parameters, credentials and body, whose status of success is 200 and which is never
    /// sent twice.
    #[must_use]
    pub const fn get(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Get, id, path)
    }

    /// Like [`get`](Self::get), for `HEAD`.
    #[must_use]
    pub const fn head(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Head, id, path)
    }

    /// Like [`get`](Self::get), for `POST`.
    #[must_use]
    pub const fn post(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Post, id, path)
    }

    /// Like [`get`](Self::get), for `PUT`.
    #[must_use]
    pub const fn put(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Put, id, path)
    }

    /// Like [`get`](Self::get), for `PATCH`.
    #[must_use]
    pub const fn patch(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Patch, id, path)
    }

    /// Like [`get`](Self::get), for `DELETE`.
    #[must_use]
    pub const fn delete(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Delete, id, path)
    }

    /// Like [`get`](Self::get), for `OPTIONS`.
    #[must_use]
    pub const fn options(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Options, id, path)
    }

    /// Like [`get`](Self::get), for `TRACE`.
    #[must_use]
    pub const fn trace(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Trace, id, path)
    }

    /// Sets the server of the operation: the URL that the spec names, which is one of those that its service has.
    #[must_use]
    pub const fn server(mut self, url: &'static str) -> Self {
        self.server = Some(url);
        self
    }

    /// Sets the parameters.
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }

    /// Sets the security schemes whose credentials the operation accepts.
    #[must_use]
    pub const fn credentials(mut self, credentials: &'static [&'static str]) -> Self {
        self.credentials = credentials;
        self
    }

    /// Like [`credentials`](Self::credentials), for an operation that works without a credential as well.
    #[must_use]
    pub const fn optional_credentials(mut self, credentials: &'static [&'static str]) -> Self {
        self.credential_is_optional = true;
        self.credentials(credentials)
    }

    /// Sets the retry class.
    #[must_use]
    pub const fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Sets the media type of the body.
    #[must_use]
    pub const fn body(mut self, body: MediaType) -> Self {
        self.body = Some(body);
        self
    }

    /// Sets the limits of a body that isn't an object with members.
    #[must_use]
    pub const fn body_limits(mut self, limits: Limits) -> Self {
        self.body_limits = limits;
        self
    }

    /// Sets the media types that the request can have beside the usual one.
    #[must_use]
    pub const fn or_bodies(mut self, media_types: &'static [&'static str]) -> Self {
        self.other_bodies = media_types;
        self
    }

    /// Sets the media types of the responses that are asked for, and those that can be asked for in their place.
    #[must_use]
    pub const fn accept(mut self, usual: &'static str, others: &'static [&'static str]) -> Self {
        self.accept = Some(usual);
        self.other_responses = others;
        self
    }

    /// Sets the statuses of success.
    #[must_use]
    pub const fn responses(mut self, responses: &'static [u16]) -> Self {
        self.responses = responses;
        self
    }

    /// Makes a request invalid that doesn't have exactly one of these arguments.
    #[must_use]
    pub const fn exactly_one_of(mut self, arguments: &'static [&'static str]) -> Self {
        self.argument_group = Some(ArgumentGroup::exactly(arguments));
        self
    }

    /// Makes a request invalid that has none of these arguments.
    #[must_use]
    pub const fn at_least_one_of(mut self, arguments: &'static [&'static str]) -> Self {
        self.argument_group = Some(ArgumentGroup::at_least(arguments));
        self
    }

    /// Sets how the operation gives a list in pages.
    #[must_use]
    pub const fn pages(mut self, paging: &'static Paging) -> Self {
        self.paging = Some(paging);
        self
    }

    /// Makes every status of a redirect one of success.
    #[must_use]
    pub const fn any_redirect(mut self) -> Self {
        self.any_redirect = true;
        self
    }

    /// Sets what codes of errors mean here: the name of the method that is true with the code.
    pub(crate) const fn meanings(mut self, meanings: &'static [(&'static str, &'static str)]) -> Self {
        self.meanings = meanings;
        self
    }
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`
    Get,
    /// `HEAD`
    Head,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
    /// `TRACE`
    Trace,
}

impl Method {
    /// The name of the method, such as `GET`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Trace => "TRACE",
        }
    }
}

impl From<Method> for reqwest::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Head => Self::HEAD,
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
            Method::Patch => Self::PATCH,
            Method::Delete => Self::DELETE,
            Method::Options => Self::OPTIONS,
            Method::Trace => Self::TRACE,
        }
    }
}

/// Whether a request may be sent again when nobody knows whether it has arrived.
///
/// [`RetryPolicy`](crate::runtime::RetryPolicy#what-is-sent-again) lists what that means for each kind of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// The request changes nothing. It is sent again after any failure that may pass.
    Safe,
    /// Sending the request twice has the same effect as sending it once. It is sent again like one that is safe.
    Idempotent,
    /// Sending the request twice has an effect twice, such as a message, or fails the second time because the first
    /// one used something up, such as a code. It is sent again only if nothing of it has left, so that it can't have
    /// arrived.
    Never,
}
