//! The application, the fake behind it, and a browser in front of it.

use generated_client_fake::{FakeClock, Outbox};
use std::any::Any;
use tokio::net::TcpListener;

use crate::browser::Browser;

/// What a scenario has.
pub(crate) struct Stage {
    pub(crate) service: Service,
    /// Where the application is.
    pub(crate) origin: String,
    pub(crate) outbox: Outbox,
    pub(crate) clock: FakeClock,
    pub(crate) browser: Browser,
    /// Ends the fake when it is dropped.
    _fake: Box<dyn Any + Send + Sync>,
}

/// What differs between the services.
pub(crate) struct Service {
    /// The cookies of the session: that of the session token, and that of the refresh token.
    pub(crate) cookies: [&'static str; 2],
    /// A provider, as the front page calls it.
    pub(crate) provider: &'static str,
    /// How long a session token is good, and a little more.
    pub(crate) expiry: u64,
}

impl Stage {
    pub(crate) async fn descope() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let (app, fake) = example_app::demo::descope(&origin).await.unwrap();
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        let service = Service { cookies: ["DS", "DSR"], provider: "Google", expiry: 700 };
        let (outbox, clock) = (fake.outbox().clone(), fake.clock().clone());
        let browser = Browser::launch("descope").await;
        Self { service, origin, outbox, clock, browser, _fake: Box::new(fake) }
    }

    pub(crate) async fn nhost() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let (app, fake) = example_app::demo::nhost(&origin).await.unwrap();
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        let cookies = ["nhostAccessToken", "nhostRefreshToken"];
        let service = Service { cookies, provider: "GitHub", expiry: 1000 };
        let (outbox, clock) = (fake.outbox().clone(), fake.clock().clone());
        let browser = Browser::launch("nhost").await;
        Self { service, origin, outbox, clock, browser, _fake: Box::new(fake) }
    }

    /// The URL of a page.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Ends the browser, and checks that nothing that anybody can see had a token in it.
    pub(crate) async fn leave(self) {
        self.browser.finish(&self.service.cookies).await;
    }
}
