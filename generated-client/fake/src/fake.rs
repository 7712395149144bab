//! A fake that runs.

use generated_client::sessions::testing::SigningError;
use std::collections::HashMap;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::check;
use crate::clock::FakeClock;
use crate::faults::{Fault, Faults};
use crate::lock::lock;
use crate::outbox::Outbox;
use crate::providers::Providers;
use crate::request::{RawRequest, Request};
use crate::response::Response;
use crate::route::Routes;
use crate::service::{Behaviour, Service, Tools};

/// What a fake is made of, shared by its connections.
pub(crate) struct Fake<S: Service> {
    pub(crate) tools: Tools,
    pub(crate) faults: Faults,
    pub(crate) routes: Routes,
    prefix: String,
    behaviours: HashMap<&'static str, Behaviour<S>>,
    state: Mutex<S>,
}

/// What becomes of a request.
#[derive(Debug)]
pub(crate) enum Outcome {
    Respond(Response),
    /// The response comes after a while.
    Later(std::time::Duration, Response),
    /// The connection is reset.
    Reset,
    /// Half of the response comes.
    CutOff(Response),
}

impl<S: Service> Fake<S> {
    /// A fake that listens at this URL.
    pub(crate) fn new(settings: S::Settings, url: String) -> Result<Arc<Self>, SigningError> {
        let tools = Tools {
            url,
            clock: FakeClock::default(),
            keys: S::keys(&settings)?,
            outbox: Outbox::default(),
            providers: Providers::default(),
        };
        Ok(Arc::new(Self {
            tools: tools.clone(),
            faults: Faults::default(),
            routes: Routes::new(&S::services()),
            prefix: S::prefix(&settings).to_owned(),
            behaviours: S::behaviours().into_iter().collect(),
            state: Mutex::new(S::new(settings, tools)),
        }))
    }

    /// The state of the service.
    pub(crate) fn state(&self) -> MutexGuard<'_, S> {
        lock(&self.state)
    }

    /// The base URL for a client.
    pub(crate) fn base_url(&self) -> String {
        format!("{}{}", self.tools.url, self.prefix)
    }

    /// The next call of an operation meets this fault.
    pub(crate) fn fail_next(&self, operation: &str, fault: Fault) -> io::Result<()> {
        if self.routes.by_id(operation).is_none() {
            return Err(io::Error::new(
                io::ErrorKind::NotFound,
                format!("there is no operation `{operation}`"),
            ));
        }
        self.faults.add(operation, fault);
        Ok(())
    }

    /// What becomes of a request.
    pub(crate) fn handle(&self, raw: RawRequest) -> Outcome {
        let path = raw.path.strip_prefix(self.prefix.as_str()).unwrap_or_default();
        let Some((operation, path_arguments)) = self.routes.find(&raw.method, path) else {
            let mut state = self.state();
            let response = state.other(&raw);
            return Outcome::Respond(state.finish(&raw, response));
        };
        let request = Request {
            raw,
            operation,
            path_arguments,
            body: serde_json::Value::Null,
            claims: serde_json::Map::new(),
        };
        match self.faults.take(operation.spec.id) {
            None => Outcome::Respond(self.call(request)),
            Some(Fault::Slow(time)) => Outcome::Later(time, self.call(request)),
            Some(Fault::ResetAfter) => {
                self.call(request);
                Outcome::Reset
            }
            Some(Fault::CutOff) => Outcome::CutOff(self.call(request)),
            Some(Fault::ResetBefore) => Outcome::Reset,
            Some(Fault::RateLimited { retry_after }) => {
                let state = self.state();
                let response = state.too_many(retry_after);
                Outcome::Respond(state.finish(&request.raw, response))
            }
            Some(Fault::Html) => {
                let page = "<html><body><h1>502 Bad Gateway</h1></body></html>";
                Outcome::Respond(Response::new(502, "text/html", page))
            }
            Some(Fault::ServerError) => Outcome::Respond(Response::empty(500)),
        }
    }

    /// Performs the behaviour of the operation, or gives the response with which the service refuses the request.
    fn call(&self, mut request: Request) -> Response {
        let Some(behaviour) = self.behaviours.get(request.id()) else {
            let message = format!("the fake has no behaviour for the operation {}", request.id());
            return Response::json_with(501, &serde_json::json!({ "error": message }));
        };
        let mut state = self.state();
        let response = match perform(&mut *state, &mut request, *behaviour) {
            Ok(response) => response,
            Err(error) => state.refuse(&request, error),
        };
        state.finish(&request.raw, response)
    }
}

fn perform<S: Service>(
    state: &mut S,
    request: &mut Request,
    behaviour: Behaviour<S>,
) -> Result<Response, S::Error> {
    state.admit(request)?;
    let path = |name: &str| request.path_arguments.get(name).cloned();
    let (body, faults) = check::check(request.operation, &request.raw, path);
    request.body = body;
    state.check(request, &faults)?;
    behaviour(state, request)
}

impl<S: Service> fmt::Debug for Fake<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fake").field("url", &self.tools.url).finish_non_exhaustive()
    }
}
