//! The settings of the servers that exchanges were recorded from.

use generated_client::sessions::Algorithm;
use generated_client::sessions::testing::SigningError;
use generated_client_fake::{Elevation, FakeKeys, NhostSettings};

/// The keys that all fakes of a run sign with.
pub(crate) struct Keys {
    rs256: FakeKeys,
    hs256: FakeKeys,
}

impl Keys {
    pub(crate) fn new() -> Result<Self, SigningError> {
        Ok(Self { rs256: FakeKeys::new(Algorithm::Rs256)?, hs256: FakeKeys::new(Algorithm::Hs256)? })
    }
}

/// The settings of a profile.
pub(crate) fn settings(profile: &str, keys: &Keys) -> NhostSettings {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let mut settings = NhostSettings::default();
    settings.keys = Some(keys.rs256.clone());
    settings.allowed_redirects = texts(&["https://my-app.com/**"]);
    settings.allowed_roles = texts(&["me", "user", "editor"]);
    settings.locales = texts(&["en", "fr", "es"]);
    settings.password_length = 3;
    for (provider, audience) in &mut settings.id_token_audiences {
        *audience = format!("lab-{provider}-audience");
    }
    match profile {
        "strict" => {
            settings.keys = Some(keys.hs256.clone());
            settings.prefix = "/v1".to_owned();
            settings.verify_email = true;
            settings.password_length = 9;
            settings.leaked_passwords = texts(&["password123456"]);
            settings.blocked_email_domains = texts(&["blocked.example"]);
            settings.gravatar = false;
            settings.access_token_seconds = 60;
            settings.custom_claims.insert("org".to_owned(), "org".to_owned());
        }
        "locked" => {
            settings.disable_sign_up = true;
            settings.anonymous = false;
            settings.mfa = false;
            settings.otp_email = false;
            settings.passwordless_email = false;
            settings.passwordless_sms = false;
            settings.webauthn = false;
            settings.providers.retain(|provider| provider != "github");
            settings.id_token_audiences.clear();
        }
        "conceal" => {
            settings.conceal_errors = true;
            settings.disable_new_users = true;
        }
        "elevated" => settings.elevation = Elevation::Required,
        "limits" => {
            settings.turnstile = true;
            settings.rate_limits = true;
        }
        "smsfail" => settings.sms_fails = true,
        _ => {}
    }
    settings
}
