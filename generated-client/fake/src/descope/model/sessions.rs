//! Sessions.

use crate::random;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A session of a user, from a sign-in until a logout.
#[derive(Clone, Default)]
pub(in crate::descope) struct Session {
    /// The user's ID. An anonymous user has an ID that leads to no known user.
    pub(in crate::descope) subject: String,
    /// How the user signed in: `email`, `pwd`, `mfa` and so on.
    pub(in crate::descope) methods: Vec<String>,
    /// The tenant that the user works in.
    pub(in crate::descope) tenant: Option<String>,
    /// The claims that a backend or a template added.
    pub(in crate::descope) claims: Map<String, Value>,
    /// The claims that the client asked for, which nobody is to trust.
    pub(in crate::descope) client_claims: Map<String, Value>,
    /// What an anonymous user or an access key may do. The session of any other user has no rights of its own: the rights
    /// of the user count, as they are when a token is signed.
    pub(in crate::descope) grants: Option<Grants>,
    /// The number of the refresh JWT that is good; those before it are spent.
    pub(in crate::descope) generation: u64,
    /// When the refresh JWT expires.
    pub(in crate::descope) expires: u64,
    /// When a step-up ends.
    pub(in crate::descope) stepped_up_until: u64,
    /// The user who acts as this one.
    pub(in crate::descope) impersonator: Option<String>,
}

/// The roles in each tenant.
pub(in crate::descope) type TenantRoles = BTreeMap<String, BTreeSet<String>>;

/// Roles in the project and in tenants.
#[derive(Clone, Default)]
pub(in crate::descope) struct Grants {
    pub(in crate::descope) roles: BTreeSet<String>,
    pub(in crate::descope) tenants: TenantRoles,
}

/// The sessions that haven't ended.
#[derive(Clone, Default)]
pub(in crate::descope) struct Sessions {
    by_id: HashMap<String, Session>,
}

impl Sessions {
    /// Adds a session, and gives its ID.
    pub(in crate::descope) fn add(&mut self, session: Session) -> String {
        let id = random::uuid();
        self.by_id.insert(id.clone(), session);
        id
    }

    /// The session with this ID, unless it has ended.
    pub(in crate::descope) fn get(&self, id: &str) -> Option<&Session> {
        self.by_id.get(id)
    }

    /// The session with this ID, to be changed.
    pub(in crate::descope) fn get_mut(&mut self, id: &str) -> Option<&mut Session> {
        self.by_id.get_mut(id)
    }

    /// The rights of those sessions that have their own, to be changed.
    pub(in crate::descope) fn grants_mut(&mut self) -> impl Iterator<Item = &mut Grants> {
        self.by_id.values_mut().filter_map(|session| session.grants.as_mut())
    }

    /// Ends a session.
    pub(in crate::descope) fn end(&mut self, id: &str) {
        self.by_id.remove(id);
    }

    /// Makes the sessions of a user those of the user whom they were merged into. `stay_good` says whether their refresh
    /// JWTs stay valid.
    pub(in crate::descope) fn hand_over(&mut self, from: &str, into: &str, stay_good: bool) {
        for session in self.by_id.values_mut().filter(|session| session.subject == from) {
            session.subject = into.to_owned();
            session.generation += u64::from(!stay_good);
        }
    }

    /// Ends all sessions of a user.
    pub(in crate::descope) fn end_all(&mut self, subject: &str) {
        self.by_id.retain(|_, session| session.subject != subject);
    }
}

/// Which of its two tokens a session is found by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::descope) enum Token {
    Session,
    Refresh,
}
