//! The handle of a fake.

use std::fmt;
use std::io;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

use crate::fake::Fake;
use crate::server;
use crate::service::Service;

/// A fake that runs until this is dropped.
pub(crate) struct Running<S: Service> {
    pub(crate) fake: Arc<Fake<S>>,
    task: AbortHandle,
}

impl<S: Service> Running<S> {
    /// Starts a fake on loopback, at a free port or at this one.
    pub(crate) async fn start(settings: S::Settings, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let fake = Fake::<S>::new(settings, url).map_err(io::Error::other)?;
        let task = tokio::spawn(server::serve(listener, fake.clone())).abort_handle();
        Ok(Self { fake, task })
    }
}

impl<S: Service> Drop for Running<S> {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl<S: Service> fmt::Debug for Running<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fake.fmt(f)
    }
}

/// The methods that the handles of all fakes have.
macro_rules! handle {
    ($handle:ty) => {
        impl $handle {
            /// The base URL for a client.
            #[must_use]
            pub fn url(&self) -> String {
                self.running.fake.base_url()
            }

            /// The messages that it would have sent.
            #[must_use]
            pub fn outbox(&self) -> &$crate::Outbox {
                &self.running.fake.tools.outbox
            }

            /// Its clock, which a test can put forward.
            #[must_use]
            pub fn clock(&self) -> &$crate::FakeClock {
                &self.running.fake.tools.clock
            }

            /// The keys that sign its tokens.
            #[must_use]
            pub fn keys(&self) -> &$crate::FakeKeys {
                &self.running.fake.tools.keys
            }

            /// The accounts that people sign in with at other providers.
            #[must_use]
            pub fn providers(&self) -> &$crate::Providers {
                &self.running.fake.tools.providers
            }

            /// Lets the next call of an operation fail. Several faults of one operation happen one after the other.
            ///
            /// # Errors
            ///
            /// If there is no operation with this id.
            pub fn fail_next(&self, operation: &str, fault: $crate::Fault) -> std::io::Result<()> {
                self.running.fake.fail_next(operation, fault)
            }
        }
    };
}
pub(crate) use handle;
