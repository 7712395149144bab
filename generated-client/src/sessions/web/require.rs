//! The layer of a route that not everybody may use.

use super::{Authentication, Rejection};
use crate::sessions::{Forbidden, SessionBackend};
use http::header::{CACHE_CONTROL, HeaderMap, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{Request, Response};
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use tower_layer::Layer;
use tower_service::Service;

/// A layer that lets requests pass only if their session may do what the rule says. A
/// [`SessionLayer`](super::SessionLayer) has to be above it.
///
/// ```
/// # #[cfg(all(feature = "descope-keys", feature = "descope-session"))] {
/// use generated_client::sessions::{descope::Sessions, web::require};
///
/// let admins = require::<Sessions, _>(|user| user.require_role("admin"));
/// let readers = require::<Sessions, _>(|user| user.tenant("T2abc").require_permission("invoices.read"));
/// let anybody = require::<Sessions, _>(|_| Ok(()));
/// # drop((admins, readers, anybody));
/// # }
/// ```
pub fn require<S, F>(rule: F) -> RequireLayer<S, F>
where
    S: SessionBackend,
    F: Fn(&S::Claims) -> Result<(), Forbidden>,
{
    RequireLayer { rule, sessions: PhantomData }
}

/// A layer that lets only some requests pass; [`require`] makes it.
#[must_use]
pub struct RequireLayer<S, F> {
    rule: F,
    sessions: PhantomData<fn() -> S>,
}

/// What a [`RequireLayer`] makes of a service.
pub struct RequireService<S, F, I> {
    rule: F,
    inner: I,
    sessions: PhantomData<fn() -> S>,
}

impl<S, F: Clone, I> Layer<I> for RequireLayer<S, F> {
    type Service = RequireService<S, F, I>;

    fn layer(&self, inner: I) -> Self::Service {
        RequireService { rule: self.rule.clone(), inner, sessions: PhantomData }
    }
}

impl<S, F, I, B, R> Service<Request<B>> for RequireService<S, F, I>
where
    S: SessionBackend,
    F: Fn(&S::Claims) -> Result<(), Forbidden> + Clone + Send + 'static,
    I: Service<Request<B>, Response = Response<R>> + Clone + Send + 'static,
    I::Future: Send,
    B: Send + 'static,
    R: Default,
{
    type Response = Response<R>;
    type Error = I::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<R>, I::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), I::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let rule = self.rule.clone();
        // The service that is ready has to be called, and not its clone.
        let clone = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, clone);
        Box::pin(async move {
            let authentication = request.extensions().get::<Authentication<S>>().cloned();
            match permission(authentication, rule).await {
                Ok(()) => inner.call(request).await,
                Err(rejection) => Ok(rejection.response()),
            }
        })
    }
}

async fn permission<S: SessionBackend>(
    authentication: Option<Authentication<S>>,
    rule: impl Fn(&S::Claims) -> Result<(), Forbidden>,
) -> Result<(), Rejection> {
    let session = authentication.ok_or(Rejection::NoLayer)?.session().await?;
    Ok(rule(&session.claims)?)
}

impl Rejection {
    /// The response to a request that is refused: a status and headers, without a body.
    #[must_use]
    pub fn response<R: Default>(&self) -> Response<R> {
        let mut response = Response::default();
        *response.status_mut() = self.status();
        self.write(response.headers_mut());
        response
    }

    fn write(&self, headers: &mut HeaderMap) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(challenge) = self.www_authenticate() {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        if let Some(pause) = self.retry_after() {
            let seconds = pause.as_secs().saturating_add(u64::from(pause.subsec_nanos() > 0));
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
}

impl<S, F: Clone> Clone for RequireLayer<S, F> {
    fn clone(&self) -> Self {
        Self { rule: self.rule.clone(), sessions: PhantomData }
    }
}

impl<S, F: Clone, I: Clone> Clone for RequireService<S, F, I> {
    fn clone(&self) -> Self {
        Self { rule: self.rule.clone(), inner: self.inner.clone(), sessions: PhantomData }
    }
}

impl<S, F> fmt::Debug for RequireLayer<S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequireLayer").finish_non_exhaustive()
    }
}

impl<S, F, I: fmt::Debug> fmt::Debug for RequireService<S, F, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequireService").field("inner", &self.inner).finish_non_exhaustive()
    }
}
