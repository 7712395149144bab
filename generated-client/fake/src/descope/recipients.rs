//! Whom a message goes to, and what happens when its code or its link comes back.

use super::caller::{session_id, user_id};
use super::errors::{ServiceError, error, invalid, user_exists};
use super::model::channels::{Channel, profile};
use super::model::identity::{Change, Identity};
use super::model::options::SignInOptions;
use super::state::Descope;
use crate::request::Request;
use serde_json::{Map, Value, json};

/// A new address is a login ID of another user, which the call doesn't want.
fn conflict() -> ServiceError {
    error(400, "E062125", "The address is a login ID of another user")
}

/// What is going to be sent to whom.
pub(super) struct Recipient {
    pub(super) login_id: String,
    pub(super) channel: Channel,
    pub(super) address: String,
    pub(super) identity: Identity,
    pub(super) options: SignInOptions,
}

impl Descope {
    /// The recipient of a sign-up.
    pub(super) fn new_recipient(&self, request: &Request) -> Result<Recipient, ServiceError> {
        let login_id = request.text("loginId").to_owned();
        if self.users.is_taken(&login_id) {
            return Err(user_exists());
        }
        self.open_for_sign_up()?;
        let channel = Channel::of(request);
        let address = channel.address_in(request, &login_id)?;
        let mut profile = profile(request.body.get("user"));
        profile.insert(channel.members().0.to_owned(), json!(address));
        let identity = Identity::New { login_id: login_id.clone(), profile };
        Ok(Recipient { login_id, channel, address, identity, options: SignInOptions::of(request)? })
    }

    /// The recipient of a sign-in.
    pub(super) fn known_recipient(&self, request: &Request) -> Result<Recipient, ServiceError> {
        let login_id = request.text("loginId").to_owned();
        let user = self.users.known(&login_id)?;
        let channel = Channel::of(request);
        let address = channel.address_of(user, &login_id, request.flag("useRecovery"))?;
        let identity = Identity::Known(user.id.clone());
        Ok(Recipient { login_id, channel, address, identity, options: SignInOptions::of(request)? })
    }

    /// The recipient of a sign-in that signs a new user up.
    pub(super) fn any_recipient(&self, request: &Request) -> Result<Recipient, ServiceError> {
        match self.users.by_login(request.text("loginId")) {
            Some(_) => self.known_recipient(request),
            None => self.new_recipient(request),
        }
    }

    /// The recipient of a message that confirms a new address of the signed-in user.
    pub(super) fn changing_recipient(&self, request: &Request) -> Result<Recipient, ServiceError> {
        let login_id = request.text("loginId").to_owned();
        let user_id = user_id(request)?;
        if self.users.known(&login_id)?.id != user_id {
            return Err(invalid("The login ID is another user's"));
        }
        let channel = Channel::of(request);
        let address = request.text(channel.members().0).to_owned();
        let owner = self.users.by_login(&address).filter(|owner| owner.id != user_id);
        let fails_on_conflict = request.flag("failOnConflict");
        if owner.is_some() && fails_on_conflict {
            return Err(conflict());
        }
        let change = Change {
            user_id,
            channel,
            address: address.clone(),
            becomes_login: request.flag("addToLoginIDs"),
            merges_into_other: request.flag("onMergeUseExisting"),
            fails_on_conflict,
        };
        let earlier = session_id(request).map(str::to_owned);
        let options = SignInOptions { mfa: request.flag("mfa"), earlier, ..SignInOptions::default() };
        Ok(Recipient { login_id, channel, address, identity: Identity::Changed(change), options })
    }

    /// Refuses a sign-up if the project takes no new users.
    pub(super) fn open_for_sign_up(&self) -> Result<(), ServiceError> {
        if self.settings.sign_up_is_open { Ok(()) } else { Err(invalid("The project takes no new users")) }
    }

    /// Does what was to happen when the code or the link that was sent to an address comes back, if the user may sign in with
    /// these options then. Gives the user's ID, and whether they are new.
    pub(super) fn confirm(
        &mut self,
        identity: Identity,
        channel: Channel,
        address: &str,
        options: &SignInOptions,
    ) -> Result<(String, bool), ServiceError> {
        self.may_sign_in(identity.user_id(), options)?;
        let (user_id, is_new) = match identity {
            Identity::Known(user_id) => (user_id, false),
            Identity::New { login_id, profile } => (self.sign_up(&login_id, profile)?, true),
            Identity::Changed(change) => return Ok((self.change_address(change)?, false)),
        };
        let user = self.users.known_mut(&user_id)?;
        for (member, verified) in [channel.members(), channel.recovery_members()] {
            if user.text(member) == Some(address) && channel != Channel::Embedded {
                user.profile.insert(verified.to_owned(), json!(true));
            }
        }
        if is_new {
            self.join_tenants(&user_id)?;
        }
        Ok((user_id, is_new))
    }

    /// Makes a new user a member of the tenants that take users with such an address, if the user has confirmed it.
    pub(super) fn join_tenants(&mut self, user_id: &str) -> Result<(), ServiceError> {
        let user = self.users.known_mut(user_id)?;
        let is_confirmed = user.profile.get("verifiedEmail") == Some(&json!(true));
        let email = user.text("email").filter(|_| is_confirmed).unwrap_or_default().to_owned();
        for (tenant, roles) in self.directory.joined_by(&email) {
            self.users.known_mut(user_id)?.tenants.entry(tenant).or_insert(roles);
        }
        Ok(())
    }

    /// Makes a user, and gives the ID.
    pub(super) fn sign_up(
        &mut self,
        login_id: &str,
        profile: Map<String, Value>,
    ) -> Result<String, ServiceError> {
        let user = self.new_user(profile);
        let user_id = user.id.clone();
        self.users.add(user, &[login_id.to_owned()])?;
        Ok(user_id)
    }

    fn change_address(&mut self, change: Change) -> Result<String, ServiceError> {
        let other = self.users.by_login(&change.address).map(|user| user.id.clone());
        let mut user_id = change.user_id;
        if let Some(other) = other.filter(|other| *other != user_id) {
            if change.fails_on_conflict {
                return Err(conflict());
            }
            self.may_sign_in(Some(&other), &SignInOptions::default())?;
            let (into, from) = if change.merges_into_other { (other, user_id) } else { (user_id, other) };
            self.users.merge(&into, &from)?;
            self.sessions.hand_over(&from, &into, !change.merges_into_other);
            user_id = into;
        }
        if change.becomes_login {
            self.users.add_login(&user_id, &change.address)?;
        }
        let now = self.now();
        let (member, verified) = change.channel.members();
        let user = self.users.known_mut(&user_id)?;
        user.profile.insert(member.to_owned(), json!(change.address));
        user.profile.insert(verified.to_owned(), json!(true));
        user.modified = now;
        Ok(user_id)
    }
}
