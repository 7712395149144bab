//! What a sign-up may say of the new user.

use super::users::User;
use super::{Nhost, ServiceError};
use crate::hex;
use crate::random;
use generated_client::sessions::Clock;
use jiff::Timestamp;
use md5::{Digest, Md5};
use serde_json::Value;

/// What a sign-up says of the new user, and where the browser goes in the end.
#[derive(Clone, Debug)]
pub(super) struct SignUp {
    pub(super) display_name: Option<String>,
    pub(super) locale: String,
    pub(super) roles: Vec<String>,
    pub(super) default_role: String,
    pub(super) metadata: Value,
    pub(super) redirect_to: String,
}

impl Nhost {
    /// Reads the options of a sign-up.
    pub(super) fn sign_up_options(&self, options: Option<&Value>) -> Result<SignUp, ServiceError> {
        let get = |name: &str| options.and_then(|options| options.get(name)).filter(|value| !value.is_null());
        let text = |name: &str| get(name).and_then(Value::as_str);
        let settings = &self.settings;
        let redirect_to = self.redirect_to(text("redirectTo"))?;
        let wanted = get("allowedRoles").and_then(Value::as_array);
        let roles: Vec<String> = match wanted {
            Some(roles) => roles.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            None => settings.allowed_roles.clone(),
        };
        let default_role = text("defaultRole").unwrap_or(&settings.default_role).to_owned();
        if roles.iter().any(|role| !settings.allowed_roles.contains(role)) {
            return Err(ServiceError::Code("role-not-allowed"));
        }
        if !roles.contains(&default_role) {
            return Err(ServiceError::Code("default-role-must-be-in-allowed-roles"));
        }
        Ok(SignUp {
            display_name: text("displayName").map(str::to_owned),
            locale: self.locale(text("locale")),
            roles,
            default_role,
            metadata: get("metadata").cloned().unwrap_or_default(),
            redirect_to,
        })
    }

    /// This locale if the project has it, else its first.
    pub(super) fn locale(&self, wanted: Option<&str>) -> String {
        let locales = &self.settings.locales;
        let known = locales.iter().find(|locale| Some(locale.as_str()) == wanted);
        known.or_else(|| locales.first()).cloned().unwrap_or_else(|| "en".to_owned())
    }

    /// A user with these options, who isn't among the users yet. The name is used if the options have none.
    pub(super) fn new_user(&self, options: &SignUp, name: &str) -> User {
        let mut user = User::new(random::uuid());
        user.display_name = options.display_name.clone().unwrap_or_else(|| name.to_owned());
        user.locale.clone_from(&options.locale);
        user.created_at = Self::time_text(self.tools.clock.calendar().as_millis());
        user.default_role.clone_from(&options.default_role);
        user.roles.clone_from(&options.roles);
        user.metadata = options.metadata.clone();
        user.disabled = self.settings.disable_new_users;
        user
    }

    /// Adds a user with this email address, and gives the ID. The server can't store one that isn't ASCII.
    pub(super) fn add_with_email(&mut self, options: &SignUp, email: &str) -> Result<String, ServiceError> {
        if !email.is_ascii() {
            return Err(ServiceError::Code("internal-server-error"));
        }
        let email = email.to_lowercase();
        let mut user = self.new_user(options, &email);
        user.avatar_url = self.gravatar(&email);
        let id = user.id.clone();
        self.users.add(user);
        self.users.set_email(&id, &email);
        Ok(id)
    }

    /// The user with this email address, who may sign in, or a new one.
    pub(super) fn any_user_with_email(
        &mut self,
        options: &SignUp,
        email: &str,
    ) -> Result<String, ServiceError> {
        if let Some(id) = self.users.by_email(email).map(|user| user.id.clone()) {
            self.admit_blocked(&id)?;
            return Ok(id);
        }
        self.admit_sign_ups()?;
        self.add_with_email(options, email)
    }

    /// A new user with this email address, which nobody has yet.
    pub(super) fn new_user_with_email(
        &mut self,
        options: &SignUp,
        email: &str,
    ) -> Result<String, ServiceError> {
        if self.users.by_email(email).is_some() {
            return Err(ServiceError::Code("user-already-exists"));
        }
        self.add_with_email(options, email)
    }

    /// The picture of an email address.
    pub(super) fn gravatar(&self, email: &str) -> String {
        if !self.settings.gravatar {
            return String::new();
        }
        let digest = hex::text(&Md5::digest(email));
        format!("https://www.gravatar.com/avatar/{digest}?d=blank&r=g")
    }

    /// A time in RFC 3339, with microseconds.
    pub(super) fn time_text(milliseconds: u128) -> String {
        let milliseconds = i64::try_from(milliseconds).unwrap_or(i64::MAX);
        Timestamp::from_millisecond(milliseconds).map(|time| format!("{time:.6}")).unwrap_or_default()
    }

    /// Refuses new users, if the project takes none.
    pub(super) fn admit_sign_ups(&self) -> Result<(), ServiceError> {
        if self.settings.disable_sign_up { Err(ServiceError::Code("signup-disabled")) } else { Ok(()) }
    }

    /// Refuses an email address that the project doesn't admit.
    pub(super) fn admit_email(&self, email: &str) -> Result<(), ServiceError> {
        let domain = email.rsplit('@').next().unwrap_or_default().to_lowercase();
        if self.settings.blocked_email_domains.contains(&domain) {
            return Err(ServiceError::Code("invalid-email-password"));
        }
        Ok(())
    }

    /// Refuses a password that isn't good enough.
    pub(super) fn admit_password(&self, password: &str) -> Result<(), ServiceError> {
        if password.chars().count() < self.settings.password_length {
            return Err(ServiceError::Code("password-too-short"));
        }
        if self.settings.leaked_passwords.iter().any(|leaked| leaked == password) {
            return Err(ServiceError::Code("password-in-hibp-database"));
        }
        Ok(())
    }

    /// Refuses an operation that is switched off.
    pub(super) fn admit_endpoint(&self, is_on: bool) -> Result<(), ServiceError> {
        if is_on { Ok(()) } else { Err(ServiceError::Code("disabled-endpoint")) }
    }
}
