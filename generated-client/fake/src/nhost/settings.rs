//! How a server is set up.

use crate::keys::FakeKeys;
use generated_client::sessions::Algorithm;
use std::collections::BTreeMap;

/// How a server is set up. The default is a server where everything is on, and where emails needn't be verified before a
/// sign-in.
#[derive(Clone, Debug)]
#[non_exhaustive]
#[allow(clippy::struct_excessive_bools, reason = "each is a setting of the server")]
pub struct NhostSettings {
    /// What is before the paths of all operations: empty, or `/v1`.
    pub prefix: String,
    /// The algorithm that signs access tokens, if there are no keys.
    pub algorithm: Algorithm,
    /// The keys that sign access tokens; new ones if there are none. Making a key takes a while, so that many fakes start
    /// faster with the same keys.
    pub keys: Option<FakeKeys>,
    /// The name of the issuer in access tokens.
    pub issuer: String,
    /// Where a browser goes if the application doesn't say where.
    pub client_url: String,
    /// Where else a browser may go. `**` stands for anything, `*` for anything without a slash and a dot.
    pub allowed_redirects: Vec<String>,
    /// The roles that a new user may have, and has if the sign-up asks for none.
    pub allowed_roles: Vec<String>,
    /// The default role of a new user.
    pub default_role: String,
    /// The locales, of which the first is that of users who ask for none.
    pub locales: Vec<String>,
    /// Whether a user has to verify the email address before the first sign-in.
    pub verify_email: bool,
    /// Whether new users are refused.
    pub disable_sign_up: bool,
    /// Whether new users are blocked until somebody admits them.
    pub disable_new_users: bool,
    /// Whether anonymous users can sign in.
    pub anonymous: bool,
    /// Whether users sign in with a link by email.
    pub passwordless_email: bool,
    /// Whether users sign in with a one-time password by email.
    pub otp_email: bool,
    /// Whether users sign in with a one-time password by text message.
    pub passwordless_sms: bool,
    /// Whether no text message can be sent.
    pub sms_fails: bool,
    /// Whether users can have an authenticator app as second factor.
    pub mfa: bool,
    /// Whether users can have passkeys.
    pub webauthn: bool,
    /// The domain that passkeys belong to.
    pub webauthn_domain: String,
    /// The origins of the pages that use passkeys.
    pub webauthn_origins: Vec<String>,
    /// The providers that are switched on.
    pub providers: Vec<String>,
    /// The providers whose ID tokens are accepted, each with the audience of its tokens.
    pub id_token_audiences: BTreeMap<String, String>,
    /// Whether the codes of most errors are concealed.
    pub conceal_errors: bool,
    /// Of whom sensitive operations demand an elevated session.
    pub elevation: Elevation,
    /// Whether sign-ups demand the header `x-cf-turnstile-response`. Any value is right but `bad`.
    pub turnstile: bool,
    /// Whether requests are limited: to 20 in 20 seconds, and to 4 in 60 seconds where passwords and codes are tried.
    pub rate_limits: bool,
    /// The fewest characters of a password.
    pub password_length: usize,
    /// The passwords that are refused because they are known from a data leak.
    pub leaked_passwords: Vec<String>,
    /// The domains whose email addresses are refused.
    pub blocked_email_domains: Vec<String>,
    /// Whether users have a picture at Gravatar.
    pub gravatar: bool,
    /// The claims that access tokens have beside the usual ones, each with the path of its value within the metadata of the
    /// user: `org` with `company.id`.
    pub custom_claims: BTreeMap<String, String>,
    /// How long an access token is valid, in seconds.
    pub access_token_seconds: u64,
    /// How long a refresh token is valid, in seconds.
    pub refresh_token_seconds: u64,
    /// The applications that users can sign in to with their account of this server.
    pub oauth2_clients: Vec<OAuth2Client>,
}

/// Of whom sensitive operations demand an elevated session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elevation {
    /// Of nobody.
    Disabled,
    /// Of users who have a security key.
    Recommended,
    /// Of everybody. The first security key can be added without.
    Required,
}

/// An application that users can sign in to with their account of this server.
#[derive(Clone, Debug)]
pub struct OAuth2Client {
    /// Its ID.
    pub id: String,
    /// Its secret; a public client has none.
    pub secret: Option<String>,
    /// The URLs that a browser may come back to.
    pub redirect_uris: Vec<String>,
    /// The scopes that it may ask for.
    pub scopes: Vec<String>,
}

/// All providers that the server knows.
pub(super) const PROVIDERS: [&str; 16] = [
    "apple",
    "github",
    "google",
    "linkedin",
    "discord",
    "spotify",
    "twitch",
    "gitlab",
    "bitbucket",
    "workos",
    "azuread",
    "entraid",
    "strava",
    "facebook",
    "windowslive",
    "twitter",
];

impl Default for NhostSettings {
    fn default() -> Self {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        Self {
            prefix: String::new(),
            algorithm: Algorithm::Rs256,
            keys: None,
            issuer: "hasura-auth".to_owned(),
            client_url: "http://localhost:3000".to_owned(),
            allowed_redirects: Vec::new(),
            allowed_roles: texts(&["me", "user"]),
            default_role: "user".to_owned(),
            locales: texts(&["en"]),
            verify_email: false,
            disable_sign_up: false,
            disable_new_users: false,
            anonymous: true,
            passwordless_email: true,
            otp_email: true,
            passwordless_sms: true,
            sms_fails: false,
            mfa: true,
            webauthn: true,
            webauthn_domain: "localhost".to_owned(),
            webauthn_origins: texts(&["http://localhost:3000"]),
            providers: texts(&PROVIDERS),
            id_token_audiences: ["apple", "google"]
                .map(|name| (name.to_owned(), format!("fake-{name}")))
                .into(),
            conceal_errors: false,
            elevation: Elevation::Disabled,
            turnstile: false,
            rate_limits: false,
            password_length: 9,
            leaked_passwords: Vec::new(),
            blocked_email_domains: Vec::new(),
            gravatar: true,
            custom_claims: BTreeMap::new(),
            access_token_seconds: 900,
            refresh_token_seconds: 30 * 24 * 60 * 60,
            oauth2_clients: Vec::new(),
        }
    }
}
