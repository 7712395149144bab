//! The channels by which messages go to users, and the addresses that they go to.

use super::users::User;
use crate::descope::errors::{ServiceError, invalid};
use crate::outbox::Message;
use crate::request::Request;
use serde_json::{Map, Value, json};

/// How a message goes to a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::descope) enum Channel {
    Email,
    Sms,
    Voice,
    Im,
    Whatsapp,
    /// No message is sent: a backend hands the code or the link over.
    Embedded,
}

impl Channel {
    /// The channel that an operation is for: its id ends with it.
    pub(in crate::descope) fn of(request: &Request) -> Self {
        let (_, name) = request.id().rsplit_once('_').unwrap_or_default();
        Self::named(name).unwrap_or(Self::Email)
    }

    /// The channel of this name.
    pub(in crate::descope) fn named(name: &str) -> Option<Self> {
        let all = [Self::Email, Self::Sms, Self::Voice, Self::Im, Self::Whatsapp, Self::Embedded];
        all.into_iter().find(|channel| channel.name().eq_ignore_ascii_case(name))
    }

    /// Its name, which is also the method in the claim `amr`.
    pub(in crate::descope) fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Voice => "voice",
            Self::Im => "im",
            Self::Whatsapp => "whatsapp",
            Self::Embedded => "embedded",
        }
    }

    /// The member of a user that has the address, and the one that says whether it is confirmed.
    pub(in crate::descope) fn members(self) -> (&'static str, &'static str) {
        match self {
            Self::Email | Self::Embedded => ("email", "verifiedEmail"),
            _ => ("phone", "verifiedPhone"),
        }
    }

    /// The same members for the recovery of a user who has lost the address.
    pub(in crate::descope) fn recovery_members(self) -> (&'static str, &'static str) {
        match self {
            Self::Email | Self::Embedded => ("recoveryEmail", "verifiedRecoveryEmail"),
            _ => ("recoveryPhone", "verifiedRecoveryPhone"),
        }
    }

    /// The address of a user who is known, or of their recovery.
    pub(in crate::descope) fn address_of(
        self,
        user: &User,
        login_id: &str,
        recovers: bool,
    ) -> Result<String, ServiceError> {
        let (member, _) = self.members();
        let (recovery, _) = self.recovery_members();
        let found =
            if recovers { user.text(recovery) } else { user.text(member).or_else(|| self.fits(login_id)) };
        found.map(str::to_owned).ok_or_else(|| invalid(format!("The user has no {member}")))
    }

    /// The address of a user who signs up: the one beside the login ID, the profile's, or the login ID itself.
    pub(in crate::descope) fn address_in(
        self,
        request: &Request,
        login_id: &str,
    ) -> Result<String, ServiceError> {
        let (member, _) = self.members();
        let beside = [member, "whatsapp", "voice"].map(|name| request.text(name));
        let profile = request.text_at(&format!("/user/{member}")).unwrap_or_default();
        let mut given = beside.into_iter().chain([profile]).filter(|text| !text.is_empty());
        let found = given.next().or_else(|| self.fits(login_id));
        found.map(str::to_owned).ok_or_else(|| invalid(format!("There is no {member} to send to")))
    }

    /// The login ID, if it can be an address of this channel.
    fn fits(self, login_id: &str) -> Option<&str> {
        let digits = login_id.strip_prefix('+').unwrap_or(login_id);
        let is_phone = digits.len() >= 5 && digits.chars().all(|c| c.is_ascii_digit() || " -()".contains(c));
        let is_address = match self {
            Self::Email => login_id.contains('@'),
            Self::Embedded => true,
            _ => is_phone,
        };
        is_address.then_some(login_id)
    }

    /// The response that says where a message went, with a part of the address alone.
    pub(in crate::descope) fn masked(self, address: &str) -> Map<String, Value> {
        let name = if self.members().0 == "email" { "maskedEmail" } else { "maskedPhone" };
        Map::from_iter([(name.to_owned(), json!(masked(address)))])
    }

    /// A message by this channel. In the outbox, a phone call is a message by the channel `voice`.
    pub(in crate::descope) fn message(self, to: &str, purpose: &str) -> Message {
        Message::new(self.name(), to, purpose)
    }
}

/// An address with stars in place of most of it.
fn masked(address: &str) -> String {
    let (name, domain) = match address.split_once('@') {
        Some((name, domain)) => (name, format!("@{domain}")),
        None => (address, String::new()),
    };
    let last = name.chars().count().saturating_sub(1);
    let hidden = |(place, c): (usize, char)| if place == 0 || place >= last.max(1) { c } else { '*' };
    name.chars().enumerate().map(hidden).chain(domain.chars()).collect()
}

/// The data of a user who signs up, by their names on the wire.
pub(in crate::descope) fn profile(user: Option<&Value>) -> Map<String, Value> {
    const KNOWN: &[&str] = &[
        "username",
        "name",
        "givenName",
        "middleName",
        "familyName",
        "email",
        "phone",
        "recoveryEmail",
        "recoveryPhone",
    ];
    let given = user.and_then(Value::as_object).into_iter().flatten();
    let known = given.filter(|(name, value)| KNOWN.contains(&name.as_str()) && value.is_string());
    known.map(|(name, value)| (name.clone(), value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_masked_address_shows_its_ends() {
        assert_eq!(masked("jane@example.com"), "j**e@example.com");
        assert_eq!(masked("+12125551212"), "+**********2");
        assert_eq!(masked("j"), "j");
        assert_eq!(masked(""), "");
    }
}
