//! The users.

use crate::members;
use crate::passkeys::Passkey;
use serde_json::{Value, json};
use std::collections::HashMap;

/// A user.
#[derive(Clone, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "the service has them, too")]
pub(crate) struct User {
    pub(crate) id: String,
    /// In lower case. [`Users::set_email`] changes it.
    email: Option<String>,
    pub(crate) email_verified: bool,
    /// [`Users::set_phone`] changes it.
    phone: Option<String>,
    pub(crate) phone_verified: bool,
    /// The hash.
    pub(crate) password: Option<String>,
    pub(crate) display_name: String,
    pub(crate) avatar_url: String,
    pub(crate) locale: String,
    /// In RFC 3339.
    pub(crate) created_at: String,
    pub(crate) is_anonymous: bool,
    pub(crate) default_role: String,
    pub(crate) roles: Vec<String>,
    pub(crate) metadata: Value,
    pub(crate) disabled: bool,
    pub(crate) totp_secret: Option<String>,
    pub(crate) totp_active: bool,
    /// The email address or phone number that the user is about to change to.
    pub(crate) new_contact: Option<String>,
    pub(crate) code: Option<Code>,
    pub(crate) keys: Vec<SecurityKey>,
    /// The accounts at other providers: the provider, and its ID of the account.
    pub(crate) accounts: Vec<(String, String)>,
    /// The only ticket of the user that is valid.
    pub(crate) ticket: Option<String>,
}

/// A one-time password that was sent to a user.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) code: String,
    pub(crate) expires: u64,
    pub(crate) wrong: u32,
}

/// A security key of a user.
#[derive(Clone, Debug)]
pub(crate) struct SecurityKey {
    pub(crate) passkey: Passkey,
}

impl User {
    /// A user of whom nothing is known but the ID.
    pub(crate) fn new(id: String) -> Self {
        Self { id, ..Self::default() }
    }

    pub(crate) fn email(&self) -> Option<&str> {
        self.email.as_deref()
    }

    pub(crate) fn phone(&self) -> Option<&str> {
        self.phone.as_deref()
    }

    /// The user as responses show it; only that of `user_get` tells of a second factor.
    pub(crate) fn json(&self, with_second_factor: bool) -> Value {
        let second_factor = (with_second_factor && self.totp_active).then_some("totp");
        let mut user = json!({
            "activeMfaType": second_factor,
            "avatarUrl": self.avatar_url,
            "createdAt": self.created_at,
            "defaultRole": self.default_role,
            "displayName": self.display_name,
            "emailVerified": self.email_verified,
            "id": self.id,
            "isAnonymous": self.is_anonymous,
            "locale": self.locale,
            "metadata": self.metadata,
            "phoneNumberVerified": self.phone_verified,
            "roles": self.roles,
        });
        if let Some(email) = &self.email {
            members::set(&mut user, "email", email.as_str());
        }
        if let Some(phone) = &self.phone {
            members::set(&mut user, "phoneNumber", phone.as_str());
        }
        user
    }
}

/// The users, who are found by their email addresses, phone numbers, and accounts.
#[derive(Debug, Default)]
pub(crate) struct Users {
    users: HashMap<String, User>,
    emails: HashMap<String, String>,
    phones: HashMap<String, String>,
}

impl Users {
    pub(crate) fn add(&mut self, user: User) {
        self.users.insert(user.id.clone(), user);
    }

    pub(crate) fn get(&self, id: &str) -> Option<&User> {
        self.users.get(id)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut User> {
        self.users.get_mut(id)
    }

    /// The user with this email address; upper and lower case make no difference.
    pub(crate) fn by_email(&self, email: &str) -> Option<&User> {
        self.get(self.emails.get(&email.to_lowercase())?)
    }

    pub(crate) fn by_phone(&self, phone: &str) -> Option<&User> {
        self.get(self.phones.get(phone)?)
    }

    pub(crate) fn by_account(&self, provider: &str, account: &str) -> Option<&User> {
        let is_it = |(of, id): &(String, String)| of == provider && id == account;
        self.users.values().find(|user| user.accounts.iter().any(is_it))
    }

    /// Gives a user this email address in place of the one before.
    pub(crate) fn set_email(&mut self, id: &str, email: &str) {
        let email = email.to_lowercase();
        let Some(user) = self.users.get_mut(id) else { return };
        if let Some(old) = user.email.replace(email.clone()) {
            self.emails.remove(&old);
        }
        self.emails.insert(email, id.to_owned());
    }

    /// Gives a user this phone number in place of the one before.
    pub(crate) fn set_phone(&mut self, id: &str, phone: &str) {
        let Some(user) = self.users.get_mut(id) else { return };
        if let Some(old) = user.phone.replace(phone.to_owned()) {
            self.phones.remove(&old);
        }
        self.phones.insert(phone.to_owned(), id.to_owned());
    }

    /// Removes a user.
    pub(crate) fn remove(&mut self, id: &str) {
        let Some(user) = self.users.remove(id) else { return };
        user.email.map(|email| self.emails.remove(&email));
        user.phone.map(|phone| self.phones.remove(&phone));
    }
}
