//! The recorded exchanges, and the server that gives their responses.

use crate::harness::{Body, Pairs, Sent, decoded, parsed, sorted};
use generated_client::nhost;
use generated_client::runtime::OperationInfo;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

#[derive(Deserialize)]
pub(crate) struct Exchange {
    pub(crate) id: String,
    pub(crate) request: Request,
    pub(crate) response: Response,
}

#[derive(Deserialize)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    #[serde(default)]
    pub(crate) query: Pairs,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    json: Option<Value>,
    text: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Response {
    pub(crate) status: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    pub(crate) json: Option<Value>,
    pub(crate) text: Option<String>,
}

pub(crate) fn exchanges() -> Vec<Exchange> {
    #[derive(Deserialize)]
    struct File {
        exchanges: Vec<Exchange>,
    }
    parsed::<File>(include_str!("../fixtures/nhost-exchanges.json")).exchanges
}

impl Exchange {
    /// The operation that the request is one of, by its method and path, or else the one that it was meant for, by its
    /// path alone. Whether it is one of the first kind.
    pub(crate) fn operation(&self) -> (&'static OperationInfo, bool) {
        let path = self.request.path.strip_prefix("/v1").unwrap_or(&self.request.path);
        let meant = format!("/{}", path.trim_matches('/'));
        let operations: Vec<_> =
            nhost::operations().into_iter().filter(|operation| is_of(&meant, operation.spec.path)).collect();
        let is_of_method = |operation: &&&OperationInfo| {
            format!("{:?}", operation.spec.method).to_uppercase() == self.request.method
        };
        match operations.iter().find(is_of_method) {
            Some(operation) => (operation, meant == path),
            None => (operations.first().unwrap_or_else(|| panic!("{}: no operation", self.id)), false),
        }
    }
}

/// Whether the path fits the template.
fn is_of(path: &str, template: &str) -> bool {
    let fits = |(segment, wanted): (&str, &str)| segment == wanted || wanted.starts_with('{');
    path.split('/').count() == template.split('/').count()
        && path.split('/').zip(template.split('/')).all(fits)
}

impl Request {
    /// What the base URL of the recorded server ended with.
    pub(crate) fn base(&self) -> &'static str {
        if self.path.starts_with("/v1/") { "/v1" } else { "" }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    pub(crate) fn provider(&self) -> &str {
        self.path.split('/').nth(3).unwrap_or_default()
    }

    fn is_form(&self) -> bool {
        self.header("content-type") == Some("application/x-www-form-urlencoded")
    }

    /// The body as JSON, that of a form as well; null if there is none.
    pub(crate) fn value(&self) -> Value {
        match (&self.json, &self.text) {
            (Some(json), _) => json.clone(),
            (None, Some(text)) if self.is_form() => {
                Value::Object(decoded(text).into_iter().map(|(name, value)| (name, value.into())).collect())
            }
            (None, Some(text)) => serde_json::from_str(text).unwrap_or_default(),
            (None, None) => Value::Null,
        }
    }

    /// What a client is expected to send: all but what only browsers send.
    pub(crate) fn expected(&self) -> Sent {
        let mut expected = Sent::new(&self.method, &self.path);
        expected.query = sorted(self.query.iter().cloned().map(without_spaces_in_json).collect());
        for (name, value) in self.headers.iter().filter(|(name, _)| *name != "origin") {
            expected = expected.header(name, value);
        }
        expected.body = match (&self.json, &self.text) {
            (Some(json), _) => Body::Json(json.clone()),
            (None, Some(text)) if self.is_form() => Body::Form(sorted(decoded(text))),
            (None, text) => Body::Text(text.clone().unwrap_or_default()),
        };
        expected
    }
}

fn without_spaces_in_json((name, value): (String, String)) -> (String, String) {
    match (&*name, serde_json::from_str::<Value>(&value)) {
        ("metadata", Ok(metadata)) => (name, metadata.to_string()),
        _ => (name, value),
    }
}

impl Response {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// The bytes of the body; the server ends JSON with a line feed.
    pub(crate) fn body(&self) -> String {
        let json = self.json.as_ref().map(|json| format!("{json}\n"));
        json.or_else(|| self.text.clone()).unwrap_or_default()
    }

    fn template(&self) -> ResponseTemplate {
        let mut template = ResponseTemplate::new(self.status);
        if let Some(media_type) = self.header("content-type") {
            template = template.set_body_raw(self.body(), media_type);
        }
        let others = self.headers.iter().filter(|(name, _)| *name != "content-type");
        others.fold(template, |template, (name, value)| template.insert_header(name.as_str(), value.as_str()))
    }
}

/// A server that gives each of the recorded responses, under a path that starts with the response's number.
pub(crate) struct Recorder(MockServer);

impl Recorder {
    pub(crate) async fn start(exchanges: &[Exchange]) -> Self {
        let responses: Vec<_> = exchanges.iter().map(|exchange| exchange.response.template()).collect();
        let server = MockServer::start().await;
        let response = move |request: &wiremock::Request| responses[numbered(request).0].clone();
        Mock::given(any()).respond_with(response).mount(&server).await;
        Self(server)
    }

    pub(crate) fn uri(&self, number: usize) -> String {
        format!("{}/{number}", self.0.uri())
    }

    /// The requests that came, by the number of the response, as if they had been sent without it.
    pub(crate) async fn requests(&self) -> BTreeMap<usize, Vec<Sent>> {
        let mut requests = BTreeMap::<_, Vec<_>>::new();
        for request in self.0.received_requests().await.unwrap() {
            let (number, path) = numbered(&request);
            let mut sent = Sent::from(&request);
            sent.path = path;
            sent.query = sorted(sent.query);
            requests.entry(number).or_default().push(sent);
        }
        requests
    }
}

fn numbered(request: &wiremock::Request) -> (usize, String) {
    let path = request.url.path().strip_prefix('/').unwrap();
    let (number, rest) = path.split_once('/').unwrap();
    (number.parse().unwrap(), format!("/{rest}"))
}
