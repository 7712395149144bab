//! A server that gives one response to everything, and keeps what it got.

use std::sync::atomic::{AtomicUsize, Ordering};

use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// The server.
pub(crate) struct Server(MockServer);

impl Server {
    /// A server that responds with this JSON.
    pub(crate) async fn giving(json: &str) -> Self {
        Self::responding(ResponseTemplate::new(200).set_body_raw(json, "application/json")).await
    }

    /// A server that gives this response.
    pub(crate) async fn responding(response: ResponseTemplate) -> Self {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(response).mount(&server).await;
        Self(server)
    }

    /// A server that gives these responses, each once, and the last of them from then on.
    pub(crate) async fn responding_in_turn(responses: Vec<ResponseTemplate>) -> Self {
        let server = MockServer::start().await;
        let count = AtomicUsize::new(0);
        let respond = move |_: &Request| {
            let index = count.fetch_add(1, Ordering::SeqCst).min(responses.len() - 1);
            responses[index].clone()
        };
        Mock::given(any()).respond_with(respond).mount(&server).await;
        Self(server)
    }

    /// Its URL.
    pub(crate) fn url(&self) -> String {
        self.0.uri()
    }

    /// The last request: method and target, and the body as a text.
    pub(crate) async fn last(&self) -> (String, String) {
        let request = self.0.received_requests().await.unwrap().pop().unwrap();
        let query = request.url.query().map(|query| format!("?{query}")).unwrap_or_default();
        let head = format!("{} {}{query}", request.method, request.url.path());
        (head, String::from_utf8(request.body).unwrap())
    }

    /// The last request: method and target, and the bytes of the body.
    pub(crate) async fn last_bytes(&self) -> (String, Vec<u8>) {
        let request = self.0.received_requests().await.unwrap().pop().unwrap();
        (format!("{} {}", request.method, request.url.path()), request.body)
    }

    /// A header of the last request.
    pub(crate) async fn header(&self, name: &str) -> Option<String> {
        let request = self.0.received_requests().await.unwrap().pop().unwrap();
        request.headers.get(name).map(|value| value.to_str().unwrap().to_owned())
    }

    /// The body of the last request.
    pub(crate) async fn body(&self) -> String {
        self.last().await.1
    }

    /// The bodies of all requests.
    pub(crate) async fn bodies(&self) -> Vec<Vec<u8>> {
        let requests = self.0.received_requests().await.unwrap();
        requests.into_iter().map(|request| request.body).collect()
    }

    /// All requests: method, target and body of each.
    pub(crate) async fn all(&self) -> Vec<String> {
        let requests = self.0.received_requests().await.unwrap();
        let written = requests.iter().map(|request| {
            let query = request.url.query().map(|query| format!("?{query}")).unwrap_or_default();
            let body = String::from_utf8(request.body.clone()).unwrap();
            format!("{} {}{query} {body}", request.method, request.url.path()).trim_end().to_owned()
        });
        written.collect()
    }

    /// The number of requests that came.
    pub(crate) async fn count(&self) -> usize {
        self.0.received_requests().await.unwrap().len()
    }
}
