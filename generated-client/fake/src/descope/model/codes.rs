//! One-time codes that were sent and haven't come back.

use super::channels::Channel;
use super::identity::Identity;
use super::options::SignInOptions;
use crate::descope::errors::{ServiceError, error};
use std::collections::HashMap;

/// A code that was sent.
#[derive(Clone)]
pub(in crate::descope) struct Code {
    pub(in crate::descope) text: String,
    /// Where it was sent.
    pub(in crate::descope) address: String,
    pub(in crate::descope) identity: Identity,
    pub(in crate::descope) options: SignInOptions,
    pub(in crate::descope) expires: u64,
    /// How many wrong codes may still come.
    pub(in crate::descope) attempts: u32,
}

/// The codes that were sent, by login ID and channel: a new one takes the place of the one before.
#[derive(Default)]
pub(in crate::descope) struct Codes {
    by_recipient: HashMap<(String, Channel), Code>,
}

impl Codes {
    /// Adds a code that was sent to a login ID.
    pub(in crate::descope) fn add(&mut self, login_id: String, channel: Channel, code: Code) {
        self.by_recipient.insert((login_id, channel), code);
    }

    /// Whether a code was sent to a login ID.
    pub(in crate::descope) fn has(&self, login_id: &str, channel: Channel) -> bool {
        self.by_recipient.contains_key(&(login_id.to_owned(), channel))
    }

    /// Takes the code that was sent to a login ID, if this is it.
    pub(in crate::descope) fn take(
        &mut self,
        login_id: &str,
        channel: Channel,
        text: &str,
        now: u64,
    ) -> Result<Code, ServiceError> {
        let place = (login_id.to_owned(), channel);
        let wrong = || error(401, "E061102", "The code is wrong");
        let code = self.by_recipient.get_mut(&place).ok_or_else(wrong)?;
        if code.attempts == 0 {
            return Err(error(401, "E061103", "There were too many wrong codes"));
        }
        if code.expires <= now {
            return Err(error(401, "E061104", "The code has expired"));
        }
        if code.text != text {
            code.attempts -= 1;
            return Err(wrong());
        }
        self.by_recipient.remove(&place).ok_or_else(wrong)
    }
}
