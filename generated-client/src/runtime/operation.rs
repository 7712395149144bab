//! What an operation says about itself.

use super::{Form, Limits, RawResponse};
use serde_json::{Map, Value};
use std::fmt::Debug;

/// An operation of a service. Generated code implements it.
pub trait Operation: 'static {
    /// The service that the operation belongs to.
    type Service: Service;
    /// What a request contains; `()` where that is nothing.
    type Body;
    /// What a successful call gives.
    type Response;
    /// How the response is read.
    type Form: Form<Self::Response>;
    /// The rest of the description.
    const SPEC: &'static Spec;
}

/// An operation that a browser calls by following a link, so that its URL is of use by itself.
pub trait BrowserOperation: Operation {}

/// A service: how its errors are read, and what its clients are built from.
pub trait Service: 'static {
    /// The codes of the service's errors.
    type Code: Code;
    /// What a [`Builder`](super::Builder) of the service holds beside the settings of all.
    type Settings;
    /// The name that starts every error text.
    const NAME: &'static str;

    /// Reads the body of an error response as far as it is understood.
    fn read_error(response: &RawResponse) -> ErrorBody;

    /// The members of a JSON response of success, with those that the service sends in headers instead. None, where it
    /// sends no such header, leaves the body to be read as it came.
    fn supplement(response: &RawResponse) -> Option<Map<String, Value>> {
        let _ = response;
        None
    }
}

/// What the type of a service's error codes can do; every open enum does.
pub trait Code: Clone + Debug + PartialEq + AsRef<str> + From<String> + Send + Sync + 'static {}

impl<T> Code for T where T: Clone + Debug + PartialEq + AsRef<str> + From<String> + Send + Sync + 'static {}

/// What a service's error body says.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct ErrorBody {
    /// The code, in the form that codes of the service have.
    pub code: Option<String>,
    /// The text for people.
    pub message: Option<String>,
    /// A second text, with more detail.
    pub detail: Option<String>,
}

/// The description of an operation that the engine works from.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Spec {
    /// The HTTP method.
    pub method: Method,
    /// The operation's id, unique within its service.
    pub id: &'static str,
    /// The path under the base URL, with `{name}` where a path parameter goes.
    pub path: &'static str,
    /// All parameters, in the order in which they are sent.
    pub parameters: &'static [Parameter],
    /// The names of the security schemes of which one is sent; empty where none is.
    pub credentials: &'static [&'static str],
    /// Whether a client that carries none of them may call it, too.
    pub credential_is_optional: bool,
    /// Whether the request may be sent again.
    pub retry: Retry,
    /// The media type of the request's body, if it has one.
    pub body: Option<MediaType>,
    /// The statuses of success.
    pub responses: &'static [u16],
}

impl Spec {
    const fn new(method: Method, id: &'static str, path: &'static str) -> Self {
        Self {
            method,
            id,
            path,
            parameters: &[],
            credentials: &[],
            credential_is_optional: false,
            retry: Retry::Never,
            body: None,
            responses: &[200],
        }
    }

    /// A `GET` without parameters, credentials and body, which answers 200 and is never sent twice.
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

    /// Sets the parameters.
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }

    /// Sets the security schemes of which the client sends the one that it carries.
    #[must_use]
    pub const fn credentials(mut self, credentials: &'static [&'static str]) -> Self {
        self.credentials = credentials;
        self
    }

    /// Like [`credentials`](Self::credentials), where the operation can do without.
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

    /// Sets the statuses of success.
    #[must_use]
    pub const fn responses(mut self, responses: &'static [u16]) -> Self {
        self.responses = responses;
        self
    }
}

/// A parameter in the path, the query or a header.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Parameter {
    /// The name on the wire.
    pub name: &'static str,
    /// Where it goes.
    pub place: Place,
    /// How its value is written there.
    pub style: Style,
    /// Whether a call without it is refused.
    pub required: bool,
    /// Whether its value is a secret.
    pub sensitive: bool,
    /// What the service accepts of a string, or of each in a list.
    pub limits: Limits,
}

impl Parameter {
    const fn new(name: &'static str, place: Place) -> Self {
        Self { name, place, style: Style::Exploded, required: false, sensitive: false, limits: Limits::NONE }
    }

    /// A parameter in the query: style `form`, exploded.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Place::Query)
    }

    /// A parameter in the path, which is always required.
    #[must_use]
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, Place::Path).comma().required()
    }

    /// A parameter that is a header.
    #[must_use]
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, Place::Header).comma()
    }

    /// A call without the parameter is refused.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The items of a list are joined by commas (`explode: false`).
    #[must_use]
    pub const fn comma(mut self) -> Self {
        self.style = Style::Comma;
        self
    }

    /// The value is written as JSON (`content: application/json`).
    #[must_use]
    pub const fn json(mut self) -> Self {
        self.style = Style::Json;
        self
    }

    /// The members of an object are written as `name[member]=value`.
    #[must_use]
    pub const fn deep_object(mut self) -> Self {
        self.style = Style::DeepObject;
        self
    }

    /// The value is a secret.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// A string of fewer or more characters is refused.
    #[must_use]
    pub const fn length(mut self, fewest: u32, most: u32) -> Self {
        self.limits = self.limits.length(fewest, most);
        self
    }

    /// A string that the pattern does not match is refused, where the feature `patterns` is on.
    #[must_use]
    pub const fn pattern(mut self, pattern: &'static str) -> Self {
        self.limits = self.limits.pattern(pattern);
        self
    }
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
}

/// How a parameter's value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Items of a list and members of an object each as a pair of their own.
    Exploded,
    /// Items of a list, names and values of an object joined by commas.
    Comma,
    /// The value as JSON.
    Json,
    /// Members of an object as `name[member]=value`.
    DeepObject,
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
        }
    }
}

/// The media type of a request's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// `application/json`
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
}

impl MediaType {
    /// The value of the `Content-Type` header.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Form => "application/x-www-form-urlencoded",
        }
    }
}

/// Whether a request may be sent again when its fate is unknown.
///
/// [`RetryPolicy`](super::RetryPolicy#what-is-sent-again) tells what that means for each kind of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// It changes nothing. It is sent again after any failure that may pass.
    Safe,
    /// Sending it twice does what sending it once does. It is sent again like one that is safe.
    Idempotent,
    /// Sending it twice does something twice, such as sending a message, or fails because the first time used
    /// something up, such as a code. It is sent again only if no connection was made, so that it can't have arrived.
    Never,
}
