//! The layer of a router that knows the sessions of its requests.

use super::authentication::Settings;
use super::origin::Origins;
use super::refusals::Refusals;
use super::replaced::Replaced;
use super::{Authentication, SessionCookies};
use crate::sessions::SessionBackend;
use http::{Request, Response};
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tower_layer::Layer;
use tower_service::Service;

/// A layer that knows the sessions of requests.
///
/// It refuses nothing by itself. It puts an [`Authentication`] into the extensions of each request, which finds out about
/// the session when somebody asks. The extractors of axum ask, and so does [`require`](super::require). When the response
/// comes back, it sets the cookies of a session that was refreshed, signed in or signed out.
///
/// Add it above all routes that have to do with sessions, those of sign-in and sign-out included.
#[derive(Clone, Debug)]
#[must_use]
pub struct SessionLayer<S>(Arc<Settings<S>>);

impl<S: SessionBackend> SessionLayer<S> {
    /// A layer that takes sessions from `Authorization` and from cookies with the names that the service has for them.
    pub fn new(sessions: S) -> Self {
        let cookies = Some(SessionCookies::of(&sessions));
        let refusals = Arc::new(Refusals::new(sessions.clock()));
        let replaced = Arc::new(Replaced::new(sessions.clock()));
        Self(Arc::new(Settings { sessions, cookies, origins: Origins::new(), refusals, replaced }))
    }

    /// Sets the cookies.
    pub fn cookies(self, cookies: SessionCookies) -> Self {
        self.with(|settings| settings.cookies = Some(cookies))
    }

    /// Takes sessions from `Authorization` alone, and neither reads nor sets cookies: for an interface that no browser uses.
    pub fn without_cookies(self) -> Self {
        self.with(|settings| settings.cookies = None)
    }

    /// Admits requests that pages of another origin make, such as `https://app.example`. The origin has to be written as
    /// browsers do: the scheme, the host, and the port unless it is the usual one.
    pub fn allow_origin(self, origin: &str) -> Self {
        self.with(|settings| settings.origins.allow(origin))
    }

    /// Admits requests that pages of any site make with the cookies of a user, or to sign a user in or out. Use it only if
    /// something else keeps those out.
    pub fn without_origin_check(self) -> Self {
        self.with(|settings| settings.origins.disable())
    }

    fn with(mut self, set: impl FnOnce(&mut Settings<S>)) -> Self {
        set(Arc::make_mut(&mut self.0));
        self
    }
}

impl<S: SessionBackend, I> Layer<I> for SessionLayer<S> {
    type Service = SessionService<S, I>;

    fn layer(&self, inner: I) -> SessionService<S, I> {
        SessionService { settings: Arc::clone(&self.0), inner }
    }
}

/// What a [`SessionLayer`] makes of a service.
#[derive(Clone)]
pub struct SessionService<S, I> {
    settings: Arc<Settings<S>>,
    inner: I,
}

impl<S, I, B, R> Service<Request<B>> for SessionService<S, I>
where
    S: SessionBackend,
    I: Service<Request<B>, Response = Response<R>>,
    I::Future: Send + 'static,
{
    type Response = Response<R>;
    type Error = I::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<R>, I::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), I::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let (mut head, body) = request.into_parts();
        let authentication = Authentication::new(Arc::clone(&self.settings), &head);
        head.extensions.insert(authentication.clone());
        let responding = self.inner.call(Request::from_parts(head, body));
        Box::pin(async move {
            let mut response = responding.await?;
            authentication.finish(response.headers_mut());
            Ok(response)
        })
    }
}

impl<S, I: fmt::Debug> fmt::Debug for SessionService<S, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionService").field("inner", &self.inner).finish_non_exhaustive()
    }
}
