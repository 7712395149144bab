//! The state of the project.

use super::model::access_keys::AccessKey;
use super::model::codes::Codes;
use super::model::directory::Directory;
use super::model::links::Links;
use super::model::pending::{Ceremony, Grant, NativeStart, Prepared, Push, Run, Visit};
use super::model::sessions::{Sessions, TenantRoles};
use super::model::users::{User, Users};
use super::settings::DescopeSettings;
use crate::passkeys::Ceremonies;
use crate::random;
use crate::service::Tools;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What the fake of Descope knows.
pub(crate) struct Descope {
    pub(super) settings: DescopeSettings,
    pub(super) tools: Tools,
    pub(super) users: Users,
    pub(super) directory: Directory,
    pub(super) sessions: Sessions,
    pub(super) codes: Codes,
    pub(super) links: Links,
    pub(super) passkeys: Ceremonies,
    /// The passkey ceremonies that aren't finished, by transaction.
    pub(super) ceremonies: HashMap<String, Ceremony>,
    /// The messages that users are to send, by their reference.
    pub(super) notps: HashMap<String, Prepared>,
    /// The visits of a provider's page, by their state.
    pub(super) visits: HashMap<String, Visit>,
    /// The codes that a visit or a flow gave.
    pub(super) grants: HashMap<String, Grant>,
    /// The sign-ins that an application on a phone began, by their state.
    pub(super) native: HashMap<String, NativeStart>,
    /// The runs of flows, by their execution.
    pub(super) runs: HashMap<String, Run>,
    /// The sign-ins that wait for a phone, by transaction.
    pub(super) pushes: HashMap<String, Push>,
    /// The access keys, by ID.
    pub(super) access_keys: BTreeMap<String, AccessKey>,
    /// The tokens of another identity system that the project trusts, and the login IDs of those whose they are.
    pub(super) external_tokens: HashMap<String, String>,
    /// The attributes of users that an administrator declared, by name.
    pub(super) attributes: BTreeMap<String, Value>,
    /// How many calls of each operation came in a minute, and which minute that was.
    pub(super) calls: HashMap<&'static str, (u64, u32)>,
}

impl Descope {
    /// A project without users.
    pub(super) fn empty(settings: DescopeSettings, tools: Tools) -> Self {
        Self {
            settings,
            tools,
            users: Users::default(),
            directory: Directory::default(),
            sessions: Sessions::default(),
            codes: Codes::default(),
            links: Links::default(),
            passkeys: Ceremonies::default(),
            ceremonies: HashMap::new(),
            notps: HashMap::new(),
            visits: HashMap::new(),
            grants: HashMap::new(),
            native: HashMap::new(),
            runs: HashMap::new(),
            pushes: HashMap::new(),
            access_keys: BTreeMap::new(),
            external_tokens: HashMap::new(),
            attributes: BTreeMap::new(),
            calls: HashMap::new(),
        }
    }

    /// The time, in seconds since the epoch.
    pub(super) fn now(&self) -> u64 {
        self.tools.clock.seconds()
    }

    /// The claim `iss` of every token.
    pub(super) fn issuer(&self) -> String {
        format!("{}/{}", self.tools.url, self.settings.project_id)
    }

    /// A user who isn't known yet, with the roles that every new user gets.
    pub(super) fn new_user(&self, profile: Map<String, Value>) -> User {
        let mut user = User::new(new_id("U2"), profile, self.now());
        user.roles = self.directory.default_roles();
        user
    }

    /// The roles in the project and in tenants of everybody who has such: users, access keys, and sessions with rights of their
    /// own.
    pub(super) fn all_rights(&mut self) -> impl Iterator<Item = (&mut BTreeSet<String>, &mut TenantRoles)> {
        let of_users = self.users.iter_mut().map(|user| (&mut user.roles, &mut user.tenants));
        let of_keys = self.access_keys.values_mut().map(|key| &mut key.grants);
        let of_grants = of_keys.chain(self.sessions.grants_mut());
        of_users.chain(of_grants.map(|grants| (&mut grants.roles, &mut grants.tenants)))
    }

    /// A user as both APIs give it.
    pub(super) fn user_json(&self, user_id: &str) -> Value {
        self.users.get(user_id).map_or(json!({}), |user| self.directory.user_json(user))
    }
}

/// An ID as Descope makes them: 28 characters, of which the first tell what it is for.
pub(super) fn new_id(kind: &str) -> String {
    let random = random::uuid().replace('-', "");
    kind.chars().chain(random.chars()).take(28).collect()
}
