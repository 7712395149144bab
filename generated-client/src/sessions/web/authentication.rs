//! The session of one request. It is found out once, when somebody asks for it, and kept in the cookies of the response.

use super::origin::{Origins, Provenance};
use super::refusals::Refusals;
use super::replaced::Replaced;
use super::{Credentials, Place, Rejection, SessionCookies};
use crate::Secret;
use crate::sessions::refresh::validate_or_else;
use crate::sessions::{RefreshError, SessionBackend, TokenError, Tokens, Validated};
use http::header::{CACHE_CONTROL, HeaderValue, SET_COOKIE, VARY};
use http::{HeaderMap, request};
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::OnceCell;

/// What a [`SessionLayer`](super::SessionLayer) is set to.
#[derive(Clone, Debug)]
pub(super) struct Settings<S> {
    pub(super) sessions: S,
    /// None if sessions aren't taken from cookies.
    pub(super) cookies: Option<SessionCookies>,
    pub(super) origins: Origins,
    /// They are common to all clones of the layer.
    pub(super) refusals: Arc<Refusals>,
    /// They are common to all clones of the layer, too.
    pub(super) replaced: Arc<Replaced>,
}

/// The session of a request, whose token has been checked. It derefs to its claims.
#[derive(Debug)]
#[non_exhaustive]
pub struct Session<S: SessionBackend> {
    /// What the session token says.
    pub claims: S::Claims,
    /// The session token; the new one if the session was refreshed.
    pub token: Secret,
}

/// The session of one request, for handlers that sign users in and out, and for layers. Its clones are of the same request.
///
/// A [`SessionLayer`](super::SessionLayer) puts it into the extensions of the request. It does nothing before it is asked,
/// so a route that needs no session costs nothing.
pub struct Authentication<S: SessionBackend>(Arc<Inner<S>>);

struct Inner<S: SessionBackend> {
    settings: Arc<Settings<S>>,
    credentials: Result<Credentials, Rejection>,
    provenance: Provenance,
    /// When the request came, by the monotonic clock.
    came_at: Duration,
    session: OnceCell<Result<Session<S>, Rejection>>,
    change: Mutex<Change>,
}

/// What becomes of the cookies.
#[derive(Default)]
enum Change {
    #[default]
    None,
    Keep(Kept),
    /// The user has signed out.
    Forget,
    /// The session that came with the request is over.
    Over,
}

/// A session that the cookies are to keep.
struct Kept {
    tokens: Tokens,
    lifetime: Option<Duration>,
    /// The refresh token that it came of; empty after a sign-in.
    refreshed_with: Secret,
}

impl<S: SessionBackend> Authentication<S> {
    pub(super) fn new(settings: Arc<Settings<S>>, head: &request::Parts) -> Self {
        let credentials = match &settings.cookies {
            Some(cookies) => Credentials::read(&head.headers, cookies),
            None => Credentials::read_header(&head.headers),
        };
        let authority = head.uri.authority().map(http::uri::Authority::as_str);
        let provenance = settings.origins.provenance(&head.method, &head.headers, authority);
        let came_at = settings.refusals.now();
        let (session, change) = (OnceCell::new(), Mutex::default());
        Self(Arc::new(Inner { settings, credentials, provenance, came_at, session, change }))
    }

    /// The session of the request. An expired one from cookies is refreshed, and the response sets the new cookies. However
    /// often it is asked for, it is found out once.
    ///
    /// # Errors
    ///
    /// Why the request has no session that is accepted.
    pub async fn session(&self) -> Result<Session<S>, Rejection> {
        self.0.session.get_or_init(|| self.find_out()).await.clone()
    }

    /// The session of the request if it has one; none for a visitor who isn't signed in. Cookies of a session that is over
    /// are as good as none, while a token in `Authorization` has to be good.
    ///
    /// # Errors
    ///
    /// Why it can't be told, or why the token in `Authorization` isn't accepted.
    pub async fn optional_session(&self) -> Result<Option<Session<S>>, Rejection> {
        // A request with credentials that can't be read isn't that of a mere visitor.
        let may_be_visitor = self.0.credentials.is_ok() && !self.has_credentials_in(Place::Header);
        match self.session().await {
            Ok(session) => Ok(Some(session)),
            Err(rejection) if rejection.status() == http::StatusCode::UNAUTHORIZED && may_be_visitor => {
                Ok(None)
            }
            Err(rejection) => Err(rejection),
        }
    }

    /// The refresh token that goes with the session, for calls that carry one, such as those about the user's own account.
    /// It is the new one if the session was refreshed for this request, or if the user signed in by it.
    ///
    /// # Errors
    ///
    /// Why the request has no session that is accepted; and [`TokenError::Missing`] if the session isn't from cookies, as
    /// nothing else brings a refresh token.
    pub async fn refresh_token(&self) -> Result<Secret, Rejection> {
        let is_of_sign_in = matches!(&*self.change(), Change::Keep(kept) if kept.refreshed_with.is_empty());
        if !is_of_sign_in {
            self.session().await?;
        }
        let refresh = match &*self.change() {
            Change::Keep(kept) => kept.tokens.refresh.clone(),
            Change::Forget | Change::Over => Secret::default(),
            Change::None => self.0.credentials.as_ref().map_err(Clone::clone)?.refresh.clone(),
        };
        Some(refresh).filter(|refresh| !refresh.is_empty()).ok_or_else(|| TokenError::Missing.into())
    }

    /// Checks the tokens of a sign-in, and lets the response set them as cookies. The response of the service
    /// can be given in their place. Responses to other requests with the cookies of this one, which go on
    /// meanwhile, change no cookies any more.
    ///
    /// A page of another site could sign a visitor in to an account of its own, and see what the visitor does there. So a
    /// `POST` that such a page makes is refused. A callback by `GET` is not: check it with
    /// `redirects::SignInState`.
    ///
    /// # Errors
    ///
    /// [`Rejection::CrossOrigin`] if another site has made the browser send the request; or if the session token isn't
    /// accepted, or one of the tokens can't be kept in a cookie.
    pub async fn sign_in(&self, tokens: impl Into<Tokens>) -> Result<Session<S>, Rejection> {
        self.refuse_other_sites()?;
        self.sign_in_from_callback(tokens).await
    }

    /// Like [`sign_in`](Self::sign_in), for a callback that the page of a provider posts (`response_mode=form_post`), which
    /// is a request from another site.
    ///
    /// Nothing of the request shows that its sign-in was begun in this browser. Check that before, by a state or a PKCE
    /// verifier that the browser has in a cookie with `SameSite=None`: browsers send no other cookie with such a request.
    ///
    /// # Errors
    ///
    /// If the session token isn't accepted, or one of the tokens can't be kept in a cookie.
    pub async fn sign_in_from_callback(&self, tokens: impl Into<Tokens>) -> Result<Session<S>, Rejection> {
        let tokens = tokens.into();
        let claims = self.sessions().validate_session(tokens.session.expose()).await?;
        if let Some(cookies) = &self.0.settings.cookies {
            cookies.set(&tokens)?;
        }
        let token = tokens.session.clone();
        self.replace(&tokens.refresh);
        *self.change() = self.kept(tokens, Secret::default()).await;
        Ok(Session { claims, token })
    }

    /// Remembers that a session with this refresh token takes the place of the one that came with the
    /// request.
    fn replace(&self, refresh: &Secret) {
        let before = self.0.credentials.as_ref().map(|it| &it.refresh);
        // With the same refresh token it is the same session, and a refresh that goes on may just be using
        // that up.
        if let Ok(before) = before
            && before != refresh
        {
            self.0.settings.replaced.add(before.expose());
        }
    }

    /// Lets the response clear the cookies, and ends the session at the service. The session token is good until it expires.
    ///
    /// The sign-out wins over whatever goes on with this session in this process: no response of another request sets new
    /// cookies afterwards, and the tokens of a refresh that was begun before are revoked.
    ///
    /// # Errors
    ///
    /// If the request comes from another site, in which case nothing happens; or if the service fails, or it can't be told
    /// which of several credentials is to be ended, in which cases the cookies are cleared nevertheless.
    pub async fn sign_out(&self) -> Result<(), Rejection> {
        self.refuse_other_sites()?;
        // Credentials that can't be read may be cookies.
        let may_be_cookies = self.0.credentials.is_err() || self.has_credentials_in(Place::Cookies);
        if self.0.provenance == Provenance::Unknown && may_be_cookies {
            return Err(Rejection::CrossOrigin);
        }
        let refresh = match std::mem::replace(&mut *self.change(), Change::Forget) {
            Change::Keep(kept) => kept.tokens.refresh,
            _ => self.0.credentials.as_ref().map_err(Clone::clone)?.refresh.clone(),
        };
        if refresh.is_empty() {
            return Ok(());
        }
        match self.sessions().revoke(refresh.expose()).await {
            Err(error) if !error.is_over() => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Keeps other sites from making a browser change its cookies. Browsers add no bearer token to what another site makes
    /// them send, so a request with one is the site's own or was allowed by CORS.
    fn refuse_other_sites(&self) -> Result<(), Rejection> {
        let is_of_other_site = self.0.provenance == Provenance::OtherSite;
        let has_cookies = self.0.settings.cookies.is_some();
        if is_of_other_site && has_cookies && !self.has_credentials_in(Place::Header) {
            return Err(Rejection::CrossOrigin);
        }
        Ok(())
    }

    fn has_credentials_in(&self, place: Place) -> bool {
        matches!(&self.0.credentials, Ok(it) if it.place == place && !it.is_empty())
    }

    async fn find_out(&self) -> Result<Session<S>, Rejection> {
        let credentials = self.0.credentials.as_ref().map_err(Clone::clone)?;
        let (session, refresh) = (&credentials.session, &credentials.refresh);
        if credentials.place == Place::Header || credentials.is_empty() {
            let claims = self.sessions().validate_session(session.expose()).await?;
            return Ok(Session { claims, token: session.clone() });
        }
        if self.0.provenance != Provenance::Trusted {
            return Err(Rejection::CrossOrigin);
        }
        match self.validate(session, refresh).await {
            Ok(validated) => {
                let refreshed = validated.refreshed.map(|refreshed| refreshed.tokens);
                let token = refreshed.as_ref().map_or(session, |tokens| &tokens.session).clone();
                if let Some(tokens) = refreshed {
                    self.note(self.kept(tokens, refresh.clone()).await);
                }
                Ok(Session { claims: validated.claims, token })
            }
            Err(error) => {
                if let RefreshError::NotAccepted(_, tokens) = &error {
                    self.note(self.kept(tokens.clone(), refresh.clone()).await);
                } else if self.is_over(&error, refresh) {
                    self.note(Change::Over);
                }
                Err(error.into())
            }
        }
    }

    /// Checks the session token, and refreshes the session unless it was signed out or its refresh token refused.
    async fn validate(
        &self,
        session: &Secret,
        refresh: &Secret,
    ) -> Result<Validated<S::Claims, S::Response>, RefreshError> {
        if self.sessions().is_signed_out(refresh.expose()) {
            return Err(RefreshError::signed_out());
        }
        let refreshing = async {
            if self.0.settings.refusals.contains(refresh.expose()) {
                return Err(RefreshError::refused());
            }
            self.sessions().refresh(refresh.expose()).await
        };
        validate_or_else(self.sessions(), session, refresh, refreshing).await
    }

    /// Whether the session is over, so that the cookies can be cleared. A refusal doesn't say so at once: another
    /// process may just have refreshed the session, or the user have signed out and in again, and the browser may get
    /// those cookies before this response.
    fn is_over(&self, error: &RefreshError, refresh: &Secret) -> bool {
        match error {
            RefreshError::Ended(_) => self.0.settings.refusals.is_over(refresh.expose(), self.0.came_at),
            error => error.is_over(),
        }
    }

    async fn kept(&self, tokens: Tokens, refreshed_with: Secret) -> Change {
        let lifetime = self.sessions().refresh_lifetime(tokens.refresh.expose()).await;
        Change::Keep(Kept { tokens, lifetime, refreshed_with })
    }

    /// Notes what a refresh brings about. A sign-in or sign-out by the same request counts before the refresh.
    fn note(&self, change: Change) {
        let mut current = self.change();
        if matches!(*current, Change::None) {
            *current = change;
        }
    }

    /// Writes into the headers of the response what the session has brought about.
    pub(super) fn finish(&self, headers: &mut HeaderMap) {
        if self.0.session.initialized() {
            headers.append(VARY, HeaderValue::from_static("Cookie, Authorization"));
        }
        let cookies = match (&*self.change(), &self.0.settings.cookies) {
            (Change::None, _) | (_, None) => return,
            // The response of the sign-out has cleared the cookies, and the user may have signed in again since.
            (Change::Keep(kept), Some(_)) if self.was_signed_out(kept) => return,
            (change @ (Change::Keep(_) | Change::Over), Some(_)) if self.is_late(change) => return,
            (Change::Keep(kept), Some(cookies)) => cookies.keep(&kept.tokens, kept.lifetime),
            (Change::Forget | Change::Over, Some(cookies)) => cookies.clear(),
        };
        for cookie in cookies {
            headers.append(SET_COOKIE, cookie);
        }
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }

    /// Whether the user has signed in anew while this request went on, in the browser whose cookies it would
    /// change. A sign-in by this request doesn't come late.
    fn is_late(&self, change: &Change) -> bool {
        let is_late = |token: &Secret| self.0.settings.replaced.is_late(token.expose(), self.0.came_at);
        match change {
            Change::Keep(kept) if kept.refreshed_with.is_empty() => false,
            Change::Keep(kept) => is_late(&kept.refreshed_with) || is_late(&kept.tokens.refresh),
            Change::Over => self.0.credentials.as_ref().is_ok_and(|it| is_late(&it.refresh)),
            Change::None | Change::Forget => false,
        }
    }

    /// Whether another request has signed the session out while this one went on. Then its new tokens are revoked, too,
    /// since no browser gets them.
    fn was_signed_out(&self, kept: &Kept) -> bool {
        let refresh = kept.tokens.refresh.clone();
        if self.sessions().is_signed_out(refresh.expose()) {
            return true;
        }
        let was_signed_out = self.sessions().is_signed_out(kept.refreshed_with.expose());
        if was_signed_out && let Ok(runtime) = Handle::try_current() {
            let sessions = self.sessions().clone();
            runtime.spawn(async move { sessions.revoke(refresh.expose()).await });
        }
        was_signed_out
    }

    fn sessions(&self) -> &S {
        &self.0.settings.sessions
    }

    fn change(&self) -> MutexGuard<'_, Change> {
        self.0.change.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: SessionBackend> Clone for Authentication<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S: SessionBackend> Clone for Session<S> {
    fn clone(&self) -> Self {
        Self { claims: self.claims.clone(), token: self.token.clone() }
    }
}

impl<S: SessionBackend> Deref for Session<S> {
    type Target = S::Claims;

    fn deref(&self) -> &S::Claims {
        &self.claims
    }
}

impl<S: SessionBackend> fmt::Debug for Authentication<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authentication").field("credentials", &self.0.credentials).finish_non_exhaustive()
    }
}
