//! The users of the project, and the login IDs that lead to them.

use super::credentials::Credentials;
use crate::descope::errors::ServiceError;
use crate::descope::errors::{no_user, user_exists};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The members that are addresses, and those that say whether they are confirmed.
const ADDRESSES: [(&str, &str); 4] = [
    ("email", "verifiedEmail"),
    ("phone", "verifiedPhone"),
    ("recoveryEmail", "verifiedRecoveryEmail"),
    ("recoveryPhone", "verifiedRecoveryPhone"),
];

/// A user.
#[derive(Clone, Default)]
pub(in crate::descope) struct User {
    /// The ID, `U2...`.
    pub(in crate::descope) id: String,
    /// What the user signs in with. [`Users`] alone changes it, and keeps its index in step.
    login_ids: Vec<String>,
    /// The members of a user that are data and nothing else, by their names on the wire: `name`, `email`,
    /// `verifiedEmail` and so on.
    pub(in crate::descope) profile: Map<String, Value>,
    /// The roles in the project as a whole.
    pub(in crate::descope) roles: BTreeSet<String>,
    /// The roles in each tenant that the user belongs to.
    pub(in crate::descope) tenants: BTreeMap<String, BTreeSet<String>>,
    /// The project's own attributes.
    pub(in crate::descope) attributes: Map<String, Value>,
    /// `enabled`, `disabled` or `invited`.
    pub(in crate::descope) status: String,
    /// Whether the user was made for tests.
    pub(in crate::descope) is_test: bool,
    /// When the user was made, and when last changed.
    pub(in crate::descope) created: u64,
    pub(in crate::descope) modified: u64,
    /// What the user proves who they are with.
    pub(in crate::descope) credentials: Credentials,
    /// The providers that the user has signed in with.
    pub(in crate::descope) providers: BTreeSet<String>,
    /// Whether the user has signed in by a tenant's identity provider.
    pub(in crate::descope) is_federated: bool,
    /// The federated applications that the user may sign in to.
    pub(in crate::descope) sso_apps: BTreeSet<String>,
    /// The sign-ins: when, and in which tenant.
    pub(in crate::descope) history: Vec<(u64, Option<String>)>,
    /// Until when the user lets administrators act for them.
    pub(in crate::descope) consent_until: Option<u64>,
}

impl User {
    /// A user without login IDs.
    pub(in crate::descope) fn new(id: String, profile: Map<String, Value>, now: u64) -> Self {
        let status = "enabled".to_owned();
        Self { id, profile, status, created: now, modified: now, ..Self::default() }
    }

    /// What the user signs in with.
    pub(in crate::descope) fn login_ids(&self) -> &[String] {
        &self.login_ids
    }

    /// A text of the profile; none if it is absent or empty.
    pub(in crate::descope) fn text(&self, member: &str) -> Option<&str> {
        self.profile.get(member).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// Takes from another user what this user lacks.
    fn take_missing(&mut self, mut other: Self) {
        for (address, flag) in ADDRESSES {
            // Whether an address is confirmed goes with the address.
            let flags_of = match self.text(address) {
                Some(known) if other.text(address) != Some(known) => &mut other,
                Some(_) => continue,
                None => &mut *self,
            };
            flags_of.profile.remove(flag);
        }
        self.profile = other.profile.into_iter().chain(std::mem::take(&mut self.profile)).collect();
        self.attributes = other.attributes.into_iter().chain(std::mem::take(&mut self.attributes)).collect();
        self.roles.extend(other.roles);
        for (tenant, roles) in other.tenants {
            self.tenants.entry(tenant).or_default().extend(roles);
        }
        self.providers.extend(other.providers);
        self.sso_apps.extend(other.sso_apps);
        self.is_federated |= other.is_federated;
        self.consent_until = self.consent_until.or(other.consent_until);
        self.history.extend(other.history);
        self.history.sort_by_key(|(time, _)| *time);
        self.credentials.take_missing(other.credentials);
    }

    /// The sign-ins, the latest first, as both APIs give them.
    pub(in crate::descope) fn history_json(&self) -> Vec<Value> {
        let entry = |(time, tenant): &(u64, Option<String>)| {
            let mut entry = json!({
                "userId": self.id, "loginTime": time, "city": "London", "country": "United Kingdom", "ip": "127.0.0.1",
            });
            if let (Some(tenant), Some(members)) = (tenant, entry.as_object_mut()) {
                members.insert("selectedTenant".to_owned(), json!(tenant));
            }
            entry
        };
        self.history.iter().rev().map(entry).collect()
    }
}

/// All users.
#[derive(Clone, Default)]
pub(in crate::descope) struct Users {
    by_id: BTreeMap<String, User>,
    id_by_login: HashMap<String, String>,
}

impl Users {
    /// The user with this ID.
    pub(in crate::descope) fn get(&self, id: &str) -> Option<&User> {
        self.by_id.get(id)
    }

    /// The user whom a login ID leads to.
    pub(in crate::descope) fn by_login(&self, login_id: &str) -> Option<&User> {
        self.id_by_login.get(login_id).and_then(|id| self.by_id.get(id))
    }

    /// The user whom a login ID leads to, or the error that there is none.
    pub(in crate::descope) fn known(&self, login_id: &str) -> Result<&User, ServiceError> {
        self.by_login(login_id).ok_or_else(no_user)
    }

    /// The user with this ID, to be changed, or the error that there is none.
    pub(in crate::descope) fn known_mut(&mut self, id: &str) -> Result<&mut User, ServiceError> {
        self.by_id.get_mut(id).ok_or_else(no_user)
    }

    /// The user who has the passkey with this ID.
    pub(in crate::descope) fn with_passkey(&self, id: &str) -> Option<&User> {
        let has = |user: &&User| user.credentials.passkeys.iter().any(|passkey| passkey.passkey.id == id);
        self.by_id.values().find(has)
    }

    /// All users, in the order of their IDs.
    pub(in crate::descope) fn iter(&self) -> impl Iterator<Item = &User> {
        self.by_id.values()
    }

    /// All users, to be changed.
    pub(in crate::descope) fn iter_mut(&mut self) -> impl Iterator<Item = &mut User> {
        self.by_id.values_mut()
    }

    /// Whether a text names a user already: as a login ID, or as the user ID itself, which names the user in place of a
    /// login ID.
    pub(in crate::descope) fn is_taken(&self, login_id: &str) -> bool {
        self.id_by_login.contains_key(login_id) || self.by_id.contains_key(login_id)
    }

    /// Refuses login IDs of which one names another user.
    pub(in crate::descope) fn may_have(&self, id: &str, login_ids: &[String]) -> Result<(), ServiceError> {
        let is_own = |login_id: &String| self.id_by_login.get(login_id).is_some_and(|owner| owner == id);
        match login_ids.iter().all(|login_id| is_own(login_id) || !self.is_taken(login_id)) {
            true => Ok(()),
            false => Err(user_exists()),
        }
    }

    /// Adds a user with login IDs that nobody has yet.
    pub(in crate::descope) fn add(
        &mut self,
        mut user: User,
        login_ids: &[String],
    ) -> Result<(), ServiceError> {
        if login_ids.iter().any(|login_id| self.is_taken(login_id)) {
            return Err(user_exists());
        }
        for login_id in login_ids {
            if self.id_by_login.insert(login_id.clone(), user.id.clone()).is_none() {
                user.login_ids.push(login_id.clone());
            }
        }
        self.by_id.insert(user.id.clone(), user);
        Ok(())
    }

    /// Removes the user with this ID, if there is one.
    pub(in crate::descope) fn remove(&mut self, id: &str) -> Option<User> {
        let user = self.by_id.remove(id)?;
        self.id_by_login.retain(|_, owner| owner != id);
        Some(user)
    }

    /// Gives a user a further login ID. If it is another user's, that is an error.
    pub(in crate::descope) fn add_login(&mut self, id: &str, login_id: &str) -> Result<(), ServiceError> {
        match self.id_by_login.get(login_id) {
            Some(owner) if owner == id => return Ok(()),
            None if !self.is_taken(login_id) => self.known_mut(id)?.login_ids.push(login_id.to_owned()),
            _ => return Err(user_exists()),
        }
        self.id_by_login.insert(login_id.to_owned(), id.to_owned());
        Ok(())
    }

    /// Takes a login ID away from whoever has it.
    pub(in crate::descope) fn remove_login(&mut self, login_id: &str) {
        let Some(owner) = self.id_by_login.remove(login_id) else { return };
        if let Some(user) = self.by_id.get_mut(&owner) {
            user.login_ids.retain(|known| known != login_id);
        }
    }

    /// Makes one user of two: the first gets what it lacks of the second, which is removed.
    pub(in crate::descope) fn merge(&mut self, into: &str, from: &str) -> Result<(), ServiceError> {
        self.known_mut(into)?;
        let Some(gone) = self.remove(from) else { return Ok(()) };
        for login_id in &gone.login_ids {
            self.add_login(into, login_id)?;
        }
        self.known_mut(into)?.take_missing(gone);
        Ok(())
    }
}
