//! The credentials with which users prove who they are.

use crate::passkeys::Passkey;
use crate::passwords;
use std::collections::{BTreeMap, BTreeSet};

/// The credentials of a user.
#[derive(Clone, Default)]
pub(in crate::descope) struct Credentials {
    pub(in crate::descope) password: Option<Password>,
    pub(in crate::descope) totp: Option<AuthenticatorKey>,
    pub(in crate::descope) passkeys: Vec<UserPasskey>,
    /// The recovery codes that haven't been used.
    pub(in crate::descope) recovery_codes: BTreeSet<String>,
    /// The answers to security questions, by the question's ID.
    pub(in crate::descope) answers: BTreeMap<String, String>,
    /// The devices that get push notifications, by the device's name.
    pub(in crate::descope) devices: BTreeMap<String, String>,
}

/// A password.
#[derive(Clone)]
pub(in crate::descope) struct Password {
    hash: String,
    /// Whether the user has to replace it before it signs them in.
    pub(in crate::descope) has_expired: bool,
}

/// The key of an authenticator app.
#[derive(Clone)]
pub(in crate::descope) struct AuthenticatorKey {
    /// The key itself, in base 32.
    pub(in crate::descope) secret: String,
    /// The step of the last code that was accepted: no code is accepted twice, nor one that is older.
    pub(in crate::descope) last: Option<u64>,
    /// How many wrong codes came since the last right one, and when the last of them came.
    pub(in crate::descope) failures: (u32, u64),
}

/// A passkey.
#[derive(Clone)]
pub(in crate::descope) struct UserPasskey {
    /// The domain that it belongs to.
    pub(in crate::descope) domain: String,
    pub(in crate::descope) created: u64,
    pub(in crate::descope) passkey: Passkey,
}

impl Password {
    /// The password that a user chose.
    pub(in crate::descope) fn new(text: &str) -> Self {
        Self { hash: passwords::hash(text), has_expired: false }
    }

    /// The password of a user who was imported with a hash that nothing fits: the fake knows no other hashes than its own.
    pub(in crate::descope) fn imported() -> Self {
        Self { hash: String::new(), has_expired: false }
    }

    /// Whether a text is the password.
    pub(in crate::descope) fn is(&self, text: &str) -> bool {
        passwords::matches(text, &self.hash)
    }
}

impl AuthenticatorKey {
    /// A key that no code has been accepted for.
    pub(in crate::descope) fn new(secret: String) -> Self {
        Self { secret, last: None, failures: (0, 0) }
    }
}

impl Credentials {
    /// Takes from another user's credentials those that this user lacks.
    pub(in crate::descope) fn take_missing(&mut self, other: Self) {
        self.password = self.password.take().or(other.password);
        self.totp = self.totp.take().or(other.totp);
        self.passkeys.extend(other.passkeys);
        self.recovery_codes.extend(other.recovery_codes);
        for (question, answer) in other.answers {
            self.answers.entry(question).or_insert(answer);
        }
        for (device, token) in other.devices {
            self.devices.entry(device).or_insert(token);
        }
    }
}
