//! Users, tokens and tickets that tests put there without a conversation.

use super::session::StoredToken;
use super::users::{Code, User};
use super::{FakeNhost, Nhost};
use crate::passwords;
use crate::random;
use generated_client::sessions::Clock;
use serde_json::{Map, Value};
use std::time::Duration;

/// A user that a test puts into the server.
#[derive(Clone, Debug)]
#[non_exhaustive]
#[allow(clippy::struct_excessive_bools, reason = "the service has them, too")]
pub struct NhostUser {
    /// The ID, a UUID; a new one if it is left empty.
    pub id: String,
    /// The email address.
    pub email: Option<String>,
    /// Whether the user has proved that the email address is theirs.
    pub email_verified: bool,
    /// The phone number.
    pub phone_number: Option<String>,
    /// Whether the user has proved that the phone number is theirs.
    pub phone_number_verified: bool,
    /// The password.
    pub password: Option<String>,
    /// The name; the email address if it is left empty.
    pub display_name: String,
    /// The URL of a picture; none if it is empty.
    pub avatar_url: String,
    /// The locale.
    pub locale: String,
    /// The default role.
    pub default_role: String,
    /// All roles.
    pub roles: Vec<String>,
    /// What the project has stored with the user.
    pub metadata: Option<Map<String, Value>>,
    /// Whether the user is anonymous.
    pub is_anonymous: bool,
    /// Whether the user is blocked.
    pub is_disabled: bool,
    /// The secret of the authenticator app, in base 32.
    pub totp_secret: Option<String>,
    /// Whether the authenticator app is a second factor.
    pub has_second_factor: bool,
    /// The accounts at other providers: the provider, and its ID of the account.
    pub accounts: Vec<(String, String)>,
}

impl Default for NhostUser {
    /// A user without anything to sign in with.
    fn default() -> Self {
        Self {
            id: String::new(),
            email: None,
            email_verified: false,
            phone_number: None,
            phone_number_verified: false,
            password: None,
            display_name: String::new(),
            avatar_url: String::new(),
            locale: "en".to_owned(),
            default_role: "user".to_owned(),
            roles: vec!["user".to_owned(), "me".to_owned()],
            metadata: None,
            is_anonymous: false,
            is_disabled: false,
            totp_secret: None,
            has_second_factor: false,
            accounts: Vec::new(),
        }
    }
}

impl NhostUser {
    /// A user with an email address, which is verified, and a password.
    #[must_use]
    pub fn with_password(email: &str, password: &str) -> Self {
        Self {
            email: Some(email.to_owned()),
            email_verified: true,
            password: Some(password.to_owned()),
            ..Self::default()
        }
    }

    /// The same user with this email address.
    #[must_use]
    pub fn email(mut self, email: &str) -> Self {
        self.email = Some(email.to_owned());
        self
    }
}

impl FakeNhost {
    /// Adds a user, and gives the ID.
    pub fn add_user(&self, user: NhostUser) -> String {
        let mut state = self.running.fake.state();
        let id = if user.id.is_empty() { random::uuid() } else { user.id.clone() };
        let now = state.tools.clock.calendar().as_millis();
        let mut stored = User::new(id.clone());
        stored.created_at = Nhost::time_text(now);
        stored.email_verified = user.email_verified;
        stored.phone_verified = user.phone_number_verified;
        stored.password = user.password.as_deref().map(passwords::hash);
        stored.display_name = match &user.email {
            Some(email) if user.display_name.is_empty() => email.clone(),
            _ => user.display_name,
        };
        stored.avatar_url = user.avatar_url;
        stored.locale = user.locale;
        stored.default_role = user.default_role;
        stored.roles = user.roles;
        stored.metadata = user.metadata.map_or(Value::Null, Value::Object);
        stored.is_anonymous = user.is_anonymous;
        stored.disabled = user.is_disabled;
        stored.totp_secret = user.totp_secret;
        stored.totp_active = user.has_second_factor;
        stored.accounts = user.accounts;
        state.users.add(stored);
        if let Some(email) = user.email {
            state.users.set_email(&id, &email);
        }
        if let Some(phone) = user.phone_number {
            state.users.set_phone(&id, &phone);
        }
        id
    }

    /// Makes a text a refresh token of a user, or a personal access token.
    pub fn add_refresh_token(&self, user: &str, token: &str, is_personal: bool, valid_for: Duration) {
        let mut state = self.running.fake.state();
        let expires = state.now() + valid_for.as_secs();
        let stored = StoredToken { id: random::uuid(), user: user.to_owned(), expires, is_personal };
        state.tokens.insert(token.to_owned(), stored);
    }

    /// Makes a text the ticket of a user: `verifyEmail:`, `passwordlessEmail:`, `passwordReset:`, `emailConfirmChange:` or
    /// `mfaTotp:` and a UUID.
    pub fn add_ticket(&self, user: &str, ticket: &str, valid_for: Duration) {
        let mut state = self.running.fake.state();
        state.put_ticket(user, ticket, valid_for.as_secs());
    }

    /// Makes a text the one-time password that was sent to a user.
    pub fn add_code(&self, user: &str, code: &str, valid_for: Duration) {
        let mut state = self.running.fake.state();
        let expires = state.now() + valid_for.as_secs();
        let code = Code { code: code.to_owned(), expires, wrong: 0 };
        state.users.get_mut(user).map(|user| user.code.replace(code));
    }
}
