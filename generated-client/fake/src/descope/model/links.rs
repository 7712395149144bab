//! Links that were sent, and the devices that wait for enchanted ones.

use super::channels::Channel;
use super::identity::Identity;
use super::options::SignInOptions;
use crate::descope::errors::{ServiceError, error};
use std::collections::HashMap;

/// A link that was sent.
#[derive(Clone)]
pub(in crate::descope) struct Link {
    /// Where it was sent; empty if a backend handed it over.
    pub(in crate::descope) address: String,
    pub(in crate::descope) identity: Identity,
    pub(in crate::descope) channel: Channel,
    pub(in crate::descope) options: SignInOptions,
    pub(in crate::descope) expires: u64,
    pub(in crate::descope) use_of: LinkUse,
}

/// What a link is for.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::descope) enum LinkUse {
    /// The page that it leads to gets the session.
    Magic,
    /// The device that waits under this reference gets the session, if the link is the one whose number it shows.
    Enchanted { pending: String, is_right: bool },
}

/// A device that waits until the right link is opened.
#[derive(Clone)]
pub(in crate::descope) struct Waiting {
    pub(in crate::descope) expires: u64,
    /// The session, and whether the user is new.
    pub(in crate::descope) signed_in: Option<(String, bool)>,
}

/// The links by their tokens, and the devices that wait by their references.
#[derive(Default)]
pub(in crate::descope) struct Links {
    by_token: HashMap<String, Link>,
    waiting: HashMap<String, Waiting>,
}

impl Links {
    /// Adds a link.
    pub(in crate::descope) fn add(&mut self, token: String, link: Link) {
        self.by_token.insert(token, link);
    }

    /// Adds a device that waits.
    pub(in crate::descope) fn wait(&mut self, pending: String, waiting: Waiting) {
        self.waiting.insert(pending, waiting);
    }

    /// The link with this token, which must not have expired.
    pub(in crate::descope) fn get(&self, token: &str, now: u64) -> Result<&Link, ServiceError> {
        match self.by_token.get(token) {
            None => Err(error(401, "E063010", "There is no such link, or it has been used")),
            Some(link) if link.expires <= now => Err(error(401, "E062504", "The link has expired")),
            Some(link) => Ok(link),
        }
    }

    /// Spends a link. The other links for a device that waits are spent with it.
    pub(in crate::descope) fn spend(&mut self, token: &str) {
        let Some(spent) = self.by_token.remove(token) else { return };
        if spent.use_of != LinkUse::Magic {
            let reference = |link: &Link| match &link.use_of {
                LinkUse::Enchanted { pending, .. } => Some(pending.clone()),
                LinkUse::Magic => None,
            };
            let pending = reference(&spent);
            self.by_token.retain(|_, link| reference(link).is_none() || reference(link) != pending);
        }
    }

    /// Gives a device that waits its session.
    pub(in crate::descope) fn answer(&mut self, pending: &str, session: String, is_first: bool) {
        if let Some(waiting) = self.waiting.get_mut(pending) {
            waiting.signed_in = Some((session, is_first));
        }
    }

    /// Takes the session of a device that waits.
    pub(in crate::descope) fn take(
        &mut self,
        pending: &str,
        now: u64,
    ) -> Result<(String, bool), ServiceError> {
        let unknown = || error(401, "E063010", "Nothing waits under this reference");
        let waiting = self.waiting.get(pending).ok_or_else(unknown)?;
        match &waiting.signed_in {
            Some(_) => self.waiting.remove(pending).and_then(|waiting| waiting.signed_in).ok_or_else(unknown),
            None if waiting.expires <= now => Err(error(401, "E062504", "The link has expired")),
            None => Err(error(401, "E062503", "The right link hasn't been opened yet")),
        }
    }
}
