//! A service whose responses to one operation wait at a gate.

use generated_client::testing::{MockTransport, Request, ResponseFuture, Transport};
use tokio::sync::{Semaphore, watch};

use std::sync::Arc;

/// MockTransport responses. Those of one operation are given as often as the gate lets one pass.
#[derive(Clone)]
pub(crate) struct Gate {
    pub(crate) mock: MockTransport,
    operation: &'static str,
    passes: Arc<Semaphore>,
    arrived: watch::Sender<usize>,
}

impl Gate {
    pub(crate) fn before(operation: &'static str, mock: MockTransport) -> Self {
        Self { mock, operation, passes: Arc::new(Semaphore::new(0)), arrived: watch::Sender::new(0) }
    }

    /// Waits until so many requests have come to the gate.
    pub(crate) async fn wait_for(&self, requests: usize) {
        self.arrived.subscribe().wait_for(|arrived| *arrived == requests).await.unwrap();
    }

    /// Lets one response pass.
    pub(crate) fn open(&self) {
        self.passes.add_permits(1);
    }

    /// The bodies of the requests of an operation.
    pub(crate) fn bodies(&self, operation: &str) -> Vec<serde_json::Value> {
        let requests = self.mock.requests().into_iter();
        requests.filter(|request| request.operation() == operation).map(|request| request.json()).collect()
    }
}

impl Transport for Gate {
    fn exchange<'a>(&'a self, request: &'a Request) -> ResponseFuture<'a> {
        Box::pin(async move {
            if request.operation() == self.operation {
                self.arrived.send_modify(|arrived| *arrived += 1);
                self.passes.acquire().await.unwrap().forget();
            }
            self.mock.exchange(request).await
        })
    }
}
