//! Waiting for the session of a user who signs in on another device: by an enchanted link, or by nOTP.
//!
//! - The service is asked one time after another, at once and then after each interval.
//! - The wait goes on after these failures alone: the user hasn't signed in yet (`E062503`, `E066103`), no response
//!   arrived, the service failed (5xx), or it asks for fewer requests (429), whose `Retry-After` is respected.
//! - Any other failure ends it, since asking again wouldn't help: an expired link, an unknown one, an invalid request.
//! - At the deadline it ends with the last failure. A pause that would go beyond the deadline isn't begun.
//! - Nothing runs in the background, so dropping the future or the stream ends the wait.

mod error;
#[cfg(feature = "stream")]
mod stream;

pub use error::WaitError;
#[cfg(feature = "stream")]
pub use stream::WaitStates;

use crate::Secret;
use crate::descope::{Error, JwtResponse};
use crate::runtime::{ErrorKind, RetryPolicy};
use crate::sessions::Clock;
use crate::sessions::clock::SystemClock;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// The shortest pause between two questions, which is also the default.
const INTERVAL: Duration = Duration::from_secs(1);
/// The longest time of a wait, which is also the default.
const TIMEOUT: Duration = Duration::from_secs(10 * 60);
/// How long one question may take at most, and how long it may take even at the deadline.
const LONGEST_QUESTION: Duration = Duration::from_secs(20);
const SHORTEST_QUESTION: Duration = Duration::from_secs(1);

/// A question to the service that is under way.
type Asking = Pin<Box<dyn Future<Output = Result<JwtResponse, Error>> + Send>>;

/// A wait for the session of a user who signs in on another device.
///
/// [`EnchantedLink::wait_for_session`](crate::descope::enchanted_link::EnchantedLinkApi::wait_for_session) and
/// [`Notp::wait_for_session`](crate::descope::notp::NotpApi::wait_for_session) give it. Nothing happens before it is
/// awaited; dropping it ends the wait.
#[must_use = "nothing is asked before it is awaited"]
pub struct SessionWait {
    ask: Box<dyn Fn(Duration) -> Asking + Send + Sync>,
    clock: Arc<dyn Clock>,
    interval: Duration,
    timeout: Duration,
    deadline: Option<Duration>,
    pause: Duration,
}

/// How a wait stands after one more question.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitState {
    /// The user hasn't signed in yet.
    Pending,
    /// The service gave no response of use, for a reason that may pass. It will be asked again.
    Interrupted(Error),
    /// The user has signed in, and this is the session. It ends the wait.
    SignedIn(Box<JwtResponse>),
}

impl SessionWait {
    fn new(ask: impl Fn(Duration) -> Asking + Send + Sync + 'static) -> Self {
        Self {
            ask: Box::new(ask),
            clock: Arc::new(SystemClock::new()),
            interval: INTERVAL,
            timeout: TIMEOUT,
            deadline: None,
            pause: Duration::ZERO,
        }
    }

    /// Sets how long the pause between two questions is. It is a second by default, and can't be shorter.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval.max(INTERVAL);
        self
    }

    /// Sets how long to wait, from the first question on. It is ten minutes by default, and can't be longer.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout.min(TIMEOUT);
        self
    }

    /// Sets the clock.
    #[cfg(feature = "test-util")]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// What happens during the wait, one item for each question. The stream ends after the session or the error.
    #[cfg(feature = "stream")]
    pub fn states(self) -> WaitStates {
        WaitStates::new(self)
    }

    /// Asks once more, after the pause that is due.
    async fn next(&mut self) -> Result<WaitState, WaitError> {
        let began = self.clock.monotonic();
        let deadline = *self.deadline.get_or_insert(began.saturating_add(self.timeout));
        if !self.pause.is_zero() {
            self.clock.sleep(self.pause).await;
        }
        let left = deadline.saturating_sub(self.clock.monotonic());
        let error = match (self.ask)(left.clamp(SHORTEST_QUESTION, LONGEST_QUESTION)).await {
            Ok(session) => return Ok(WaitState::SignedIn(Box::new(session))),
            Err(error) => error,
        };
        if !goes_on_after(&error) {
            return Err(WaitError::Ended(error));
        }
        self.pause = self.interval.max(error.retry_after().unwrap_or_default());
        if self.pause > deadline.saturating_sub(self.clock.monotonic()) {
            return Err(WaitError::TimedOut(error));
        }
        Ok(if error.is_pending() { WaitState::Pending } else { WaitState::Interrupted(error) })
    }

    async fn session(mut self) -> Result<JwtResponse, WaitError> {
        loop {
            if let WaitState::SignedIn(session) = self.next().await? {
                return Ok(*session);
            }
        }
    }
}

/// Whether asking again may help: the closed list of failures that don't end a wait.
fn goes_on_after(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::Transport(_) => error.may_retry(),
        ErrorKind::Api(api) => {
            error.is_pending() || error.is_rate_limited() || api.status().is_server_error()
        }
        _ => false,
    }
}

/// Awaiting it gives the session, or the reason for which there is none.
impl IntoFuture for SessionWait {
    type Output = Result<JwtResponse, WaitError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.session())
    }
}

impl fmt::Debug for SessionWait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionWait")
            .field("interval", &self.interval)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// Gives each group its own way to wait by its operation `pending_session`. The client sends each question once, since the
/// wait itself goes on after a failure.
macro_rules! waits {
    ($group:ty, $($documentation:literal)*) => {
        impl<C> $group {
            $(#[doc = $documentation])*
            pub fn wait_for_session(&self, pending_ref: impl Into<Secret>) -> SessionWait {
                let call = self.pending_session(pending_ref).retry_policy(RetryPolicy::disabled());
                SessionWait::new(move |timeout| Box::pin(call.clone().timeout(timeout).send()))
            }
        }
    };
}

#[cfg(feature = "descope-enchanted-link")]
waits! {
    crate::descope::enchanted_link::EnchantedLinkApi<C>,
    "Waits until the user has opened the right link, and gives the session."
    ""
    "`pending_ref` is from the response when the links were sent. Whoever has it gets the session."
    ""
    "```no_run"
    "# async fn example(descope: generated_client::descope::Client) -> Result<(), Box<dyn std::error::Error>> {"
    "use std::time::Duration;"
    ""
    "let sent = descope.enchanted_link().sign_in_email(\"jane@example.com\").send().await?;"
    "println!(\"open link {}\", sent.link_id);"
    "let wait = descope.enchanted_link().wait_for_session(sent.pending_ref);"
    "let session = wait.timeout(Duration::from_secs(120)).await?;"
    "# drop(session);"
    "# Ok(())"
    "# }"
    "```"
}

#[cfg(feature = "descope-notp")]
waits! {
    crate::descope::notp::NotpApi<C>,
    "Waits until the user has sent the message, and gives the session."
    ""
    "`pending_ref` is from the response that has the link or the image. Whoever has it gets the session."
}
