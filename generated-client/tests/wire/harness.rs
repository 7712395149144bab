//! A server on loopback that answers as told, and the request that it got as plain data.

use generated_client::runtime::{Redirect, RetryPolicy};
use generated_client::{descope, nhost};
use reqwest::Url;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::time::Duration;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

pub(crate) const PROJECT: &str = "P2aAc4T2V93bddihGEx2Ryhc8e5Z";

pub(crate) type Pairs = Vec<(String, String)>;

/// A server that gives the same response to every request.
pub(crate) struct Server(MockServer);

impl Server {
    pub(crate) async fn answering(response: ResponseTemplate) -> Self {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(response).mount(&server).await;
        Self(server)
    }

    /// A server that gives the first requests a response of their own.
    pub(crate) async fn answering_first(first: (u64, ResponseTemplate), then: ResponseTemplate) -> Self {
        let server = MockServer::start().await;
        let (times, response) = first;
        Mock::given(any()).respond_with(response).up_to_n_times(times).mount(&server).await;
        Mock::given(any()).respond_with(then).mount(&server).await;
        Self(server)
    }

    pub(crate) fn uri(&self) -> String {
        self.0.uri()
    }

    pub(crate) fn descope(&self) -> descope::Client {
        descope_at(&self.uri())
    }

    pub(crate) fn nhost(&self) -> nhost::Client {
        nhost_at(&self.uri())
    }

    /// The one request that came.
    async fn request(&self) -> Request {
        let mut requests = self.0.received_requests().await.unwrap();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests.remove(0)
    }

    /// All requests that came as they came, in order.
    pub(crate) async fn requests(&self) -> Vec<Request> {
        self.0.received_requests().await.unwrap()
    }

    /// All requests that came, in order.
    pub(crate) async fn all_sent(&self) -> Vec<Sent> {
        self.0.received_requests().await.unwrap().iter().map(Sent::from).collect()
    }

    pub(crate) async fn sent(&self) -> Sent {
        Sent::from(&self.request().await)
    }

    /// The path and query of the one request as they were sent.
    pub(crate) async fn target(&self) -> String {
        let url = self.request().await.url;
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        format!("{}{query}", url.path())
    }

    /// One request came, and it was this one.
    pub(crate) async fn got(&self, expected: Sent) {
        let mut sent = self.sent().await;
        sent.body = sent.body.parsed_like(&expected.body);
        assert_eq!(sent, expected);
    }

    pub(crate) async fn got_nothing(&self) {
        let requests = self.0.received_requests().await.unwrap();
        assert!(requests.is_empty(), "{requests:#?}");
    }
}

/// A client of the server at this address, whatever proxy the environment names. It makes no pauses.
pub(crate) fn descope_at(uri: &str) -> descope::Client {
    let builder = descope::Client::builder(PROJECT).base_url(uri).http_client_builder(without_proxy());
    builder.retry_policy(WITHOUT_PAUSES).build().unwrap()
}

/// Like [`descope_at`].
pub(crate) fn nhost_at(uri: &str) -> nhost::Client {
    nhost::Client::builder(uri)
        .http_client_builder(without_proxy())
        .retry_policy(WITHOUT_PAUSES)
        .build()
        .unwrap()
}

pub(crate) const WITHOUT_PAUSES: RetryPolicy =
    RetryPolicy::new().initial_backoff(Duration::ZERO).rate_limit_delay(Duration::ZERO);

pub(crate) fn without_proxy() -> reqwest::ClientBuilder {
    reqwest::Client::builder().no_proxy()
}

/// A request, without the headers that the HTTP library makes. The comparison takes in all others, so
/// that none is sent unnoticed; `api-version`, which other generators add, would be one.
#[derive(Debug, PartialEq)]
pub(crate) struct Sent {
    pub(crate) method: String,
    /// As it was sent, with its percent-encoding.
    pub(crate) path: String,
    /// Decoded, in order.
    pub(crate) query: Pairs,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Body,
}

#[derive(Debug, PartialEq)]
pub(crate) enum Body {
    /// As it was sent.
    Text(String),
    Json(Value),
    /// Decoded and sorted, since the order of a form's members has no meaning.
    Form(Pairs),
}

impl Sent {
    pub(crate) fn new(method: &str, path: &str) -> Self {
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query: Vec::new(),
            headers: BTreeMap::new(),
            body: Body::Text(String::new()),
        }
        .header("user-agent", concat!("generated-client/", env!("CARGO_PKG_VERSION")))
    }

    pub(crate) fn query<const N: usize>(mut self, pairs: [(&str, &str); N]) -> Self {
        self.query = pairs_of(pairs);
        self
    }

    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.insert(name.to_owned(), value.into());
        self
    }

    /// The very bytes of the body.
    pub(crate) fn text(mut self, body: &str) -> Self {
        self.body = Body::Text(body.to_owned());
        self
    }

    pub(crate) fn json(mut self, body: Value) -> Self {
        self.body = Body::Json(body);
        self
    }

    pub(crate) fn form<const N: usize>(mut self, pairs: [(&str, &str); N]) -> Self {
        self.body = Body::Form(sorted(pairs_of(pairs)));
        self
    }

    pub(crate) fn from(request: &Request) -> Self {
        let mut headers = BTreeMap::new();
        for (name, value) in &request.headers {
            if ["accept", "content-length", "host"].contains(&name.as_str()) {
                continue;
            }
            let twice = headers.insert(name.to_string(), value.to_str().unwrap().to_owned());
            assert_eq!(twice, None, "{name} was sent twice");
        }
        Self {
            method: request.method.to_string(),
            path: request.url.path().to_owned(),
            query: request.url.query_pairs().into_owned().collect(),
            headers,
            body: Body::Text(String::from_utf8(request.body.clone()).unwrap()),
        }
    }
}

impl Body {
    pub(crate) fn parsed_like(self, other: &Self) -> Self {
        match (&self, other) {
            (Self::Text(text), Self::Json(_)) => Self::Json(serde_json::from_str(text).unwrap()),
            (Self::Text(text), Self::Form(_)) => Self::Form(sorted(decoded(text))),
            _ => self,
        }
    }
}

/// The pairs of a query or form.
pub(crate) fn decoded(encoded: &str) -> Pairs {
    Url::parse(&format!("http://localhost/?{encoded}")).unwrap().query_pairs().into_owned().collect()
}

pub(crate) fn sorted(mut pairs: Pairs) -> Pairs {
    pairs.sort();
    pairs
}

fn pairs_of<const N: usize>(pairs: [(&str, &str); N]) -> Pairs {
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
}

pub(crate) fn json(status: u16, body: impl AsRef<str>) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body.as_ref(), "application/json")
}

pub(crate) fn redirecting(status: u16, location: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).insert_header("location", location)
}

pub(crate) fn assert_redirects(redirect: &Redirect, location: &str) {
    assert_eq!(redirect.status(), 302);
    assert_eq!(redirect.url(), &Url::parse(location).unwrap());
}

/// A file of the folder `fixtures`.
pub(crate) fn parsed<T: DeserializeOwned>(fixture: &str) -> T {
    serde_json::from_str(fixture).unwrap()
}

/// The members of a JSON object.
pub(crate) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        other => panic!("{other} is no object"),
    }
}

/// No member was left out of a decoded response, so that comparing it shows that each is read.
pub(crate) fn assert_complete(response: &impl Debug) {
    let shown = format!("{response:#?}");
    for unset in ["None", "[]", "{}", "\"\""] {
        assert!(!shown.contains(unset), "the response leaves a member unset: {shown}");
    }
}

/// Each of these values on the wire is a variant of the open enum with this name.
pub(crate) fn assert_named<T: for<'a> From<&'a str> + AsRef<str> + Debug>(values: &[(&str, &str)]) {
    for (value, name) in values {
        let variant = T::from(value);
        assert_eq!((variant.as_ref(), format!("{variant:?}").as_str()), (*value, *name));
    }
}

/// Each of these values on the wire is a variant of the open enum that is named after it.
pub(crate) fn assert_known<T: for<'a> From<&'a str> + AsRef<str> + Debug>(values: &[&str]) {
    for value in values {
        let variant = T::from(value);
        assert_eq!(variant.as_ref(), *value);
        let name = value.replace(['-', '_'], "").to_lowercase();
        assert_eq!(format!("{variant:?}").to_lowercase(), name);
    }
}
