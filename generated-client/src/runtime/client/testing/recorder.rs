//! Writes down what is exchanged with a real service.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use reqwest::{Body, Client};

use super::masks::Masks;
use super::recording::{RecordingError, line};
use crate::runtime::client::services::ServiceInfo;
use crate::runtime::engine::http::Http;
use crate::runtime::engine::once::Once;
use crate::runtime::engine::transport::{Fault, Request, Response, ResponseFuture, Transport};
use crate::runtime::error::transport::TransportError;
use crate::runtime::request::spec::Method;

/// The most bytes of a response that are recorded.
const LONGEST: u64 = 8 * 1024 * 1024;

/// A transport that sends each request to the service, and writes what was exchanged to a file, one exchange a line.
///
/// The file holds no secret: what the spec marks as sensitive, what it doesn't describe and what stands in free-form JSON
/// has a mask, which is the same wherever the same secret stands. Headers of requests and arguments in URLs aren't written
/// at all, and of the texts of errors only the known words are written. A body of more than 256 KiB is written as an empty
/// one. Personal data that the spec doesn't mark, such as email addresses, is written as it is: record with an account that
/// was made for it. [`Replay`](super::Replay) reads the file.
///
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # #[cfg(feature = "descope-keys")] {
/// use generated_client::{descope, testing::Recorder};
///
/// let recorder = Recorder::create("tests/recorded/sign-in.jsonl", generated_client::services())?;
/// let client = descope::Client::builder("P2aAc4T2V93bddihGEx2Ryhc8e5Z").transport(recorder).build()?;
/// # }
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Recorder(Arc<Inner>);

struct Inner {
    /// The services whose operations say what is secret.
    services: &'static [&'static ServiceInfo],
    /// By the origin of the URLs that each is for: whether it may use a proxy, and which certificates it loads, depends on
    /// that.
    clients: Mutex<BTreeMap<String, Client>>,
    written: Mutex<(File, Masks)>,
}

impl Recorder {
    /// Creates the file, or empties it. The services say what is secret; `generated_client::services()` gives all. The
    /// bodies of a service that is left out are masked as a whole. All clones write to the same file.
    ///
    /// # Errors
    ///
    /// If the file can't be created.
    pub fn create(
        path: impl AsRef<Path>,
        services: &'static [&'static ServiceInfo],
    ) -> Result<Self, RecordingError> {
        let file =
            File::create(path).map_err(|source| RecordingError { line: None, source: Some(source) })?;
        let written = Mutex::new((file, Masks::default()));
        Ok(Self(Arc::new(Inner { services, clients: Mutex::default(), written })))
    }
}

impl Inner {
    /// The HTTP client for the origin of the request. It is built as the engine builds its own: it follows no redirect, and
    /// sends each request once.
    fn client(&self, request: &Request) -> Result<Client, Fault> {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let origin = request.url.origin().ascii_serialization();
        if let Some(client) = clients.get(&origin) {
            return Ok(client.clone());
        }
        let built = Http::Own.client(&request.url, Default::default());
        let built = built.map_err(|invalid| Fault::Unexpected(format!("can't be sent: {invalid}")))?;
        clients.insert(origin, built.clone());
        Ok(built)
    }

    async fn send(&self, request: &Request) -> Result<Response, Fault> {
        let mut sent = reqwest::Request::new(request.method.into(), request.url.clone());
        sent.headers_mut().clone_from(&request.headers);
        *sent.body_mut() = Some(Body::wrap(Once::new(request.body.clone())));
        let received = self
            .client(request)?
            .execute(sent)
            .await
            .map_err(|error| fault(TransportError::sending(error, None)))?;
        // A response to HEAD has no body, whatever it announces.
        if request.method != Method::Head && received.content_length().is_some_and(|length| length > LONGEST)
        {
            return Err(too_long());
        }
        let (status, headers) = (received.status(), received.headers().clone());
        let response = Response { status, headers, body: body_of(received).await? };
        self.write(request, &response)?;
        Ok(response)
    }

    fn write(&self, request: &Request, response: &Response) -> Result<(), Fault> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let (file, masks) = &mut *written;
        let line = line(masks, self.services, request, response);
        writeln!(file, "{line}").map_err(|error| Fault::Unexpected(format!("can't be recorded: {error}")))
    }
}

/// The body of a response, if it isn't too long.
async fn body_of(mut received: reqwest::Response) -> Result<Bytes, Fault> {
    let mut body = Vec::new();
    while let Some(chunk) = received.chunk().await.map_err(|error| fault(TransportError::receiving(error)))? {
        body.extend_from_slice(&chunk);
        if body.len() as u64 > LONGEST {
            return Err(too_long());
        }
    }
    Ok(body.into())
}

fn too_long() -> Fault {
    Fault::Unexpected("has a response that is too long to be recorded".to_owned())
}

fn fault(error: TransportError) -> Fault {
    if error.is_timeout() { Fault::Timeout } else { Fault::Connection(error.phase()) }
}

impl Transport for Recorder {
    fn exchange<'a>(&'a self, request: &'a Request) -> ResponseFuture<'a> {
        Box::pin(self.0.send(request))
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let services: Vec<&str> = self.0.services.iter().map(|service| service.spec.name).collect();
        f.debug_struct("Recorder").field("services", &services).finish_non_exhaustive()
    }
}
