//! What an administrator of the project sets in the console.

use generated_client::runtime::Secret;
use serde_json::{Value, json};

/// The settings of the project. [`change_settings`](crate::FakeDescope::change_settings) changes them while it runs.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DescopeSettings {
    /// The project's ID.
    pub project_id: String,
    /// The management key, which the client for management sends.
    pub management_key: Secret,
    /// The key that calls of end users need as well, if the project has closed its public API.
    pub auth_management_key: Option<Secret>,
    /// How long a session JWT is valid, in seconds.
    pub session_seconds: u64,
    /// How long a refresh JWT is valid, in seconds.
    pub refresh_seconds: u64,
    /// How long a step-up is valid, in seconds.
    pub step_up_seconds: u64,
    /// How long a one-time code is valid, in seconds.
    pub code_seconds: u64,
    /// How many wrong codes may be tried before a new one is needed.
    pub code_attempts: u32,
    /// How long a link, a passkey ceremony and a visit of a provider's page are valid, in seconds.
    pub link_seconds: u64,
    /// Whether a refresh gives a new refresh JWT and spends the old one.
    pub rotates_refresh_tokens: bool,
    /// Whether sessions come in cookies, and the tokens in the body are empty.
    pub tokens_in_cookies: bool,
    /// The name of the cookie of the session JWT.
    pub session_cookie: String,
    /// The name of the cookie of the refresh JWT.
    pub refresh_cookie: String,
    /// The domain of the cookies; none if they are for the host alone.
    pub cookie_domain: Option<String>,
    /// Whether new users may sign up.
    pub sign_up_is_open: bool,
    /// How many calls of one operation a minute are accepted; none if there is no limit.
    pub calls_a_minute: Option<u32>,
    /// The page that links and providers lead to if a call doesn't name one.
    pub default_redirect_url: String,
    /// The domains that links and providers may lead to; all if there are none.
    pub approved_domains: Vec<String>,
    /// The providers that are set up.
    pub providers: Vec<String>,
    /// What passwords have to have.
    pub password_policy: PasswordPolicy,
    /// The questions that users may answer: ID and text.
    pub security_questions: Vec<(String, String)>,
    /// The applications that users may connect.
    pub outbound_apps: Vec<String>,
    /// Claims of every user's tokens, as a JWT template adds them.
    pub template_claims: Vec<(String, Value)>,
}

/// What passwords have to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PasswordPolicy {
    /// The smallest number of characters.
    pub min_length: usize,
    /// Whether there has to be a lower-case letter.
    pub lowercase: bool,
    /// Whether there has to be an upper-case letter.
    pub uppercase: bool,
    /// Whether there has to be a digit.
    pub number: bool,
    /// Whether there has to be a character that is neither a letter nor a digit.
    pub non_alphanumeric: bool,
}

impl Default for DescopeSettings {
    fn default() -> Self {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        Self {
            project_id: "P2FakeFakeFakeFakeFakeFake01".to_owned(),
            management_key: "K2FakeFakeFakeFakeFakeFake01Management".into(),
            auth_management_key: None,
            session_seconds: 600,
            refresh_seconds: 28 * 24 * 60 * 60,
            step_up_seconds: 600,
            code_seconds: 180,
            code_attempts: 5,
            link_seconds: 180,
            rotates_refresh_tokens: false,
            tokens_in_cookies: false,
            session_cookie: "DS".to_owned(),
            refresh_cookie: "DSR".to_owned(),
            cookie_domain: None,
            sign_up_is_open: true,
            calls_a_minute: None,
            default_redirect_url: "http://localhost:3000/callback".to_owned(),
            approved_domains: Vec::new(),
            providers: texts(PROVIDERS),
            password_policy: PasswordPolicy::default(),
            security_questions: questions(),
            outbound_apps: texts(&["calendar", "drive"]),
            template_claims: Vec::new(),
        }
    }
}

const PROVIDERS: &[&str] =
    &["apple", "discord", "facebook", "github", "gitlab", "google", "linkedin", "microsoft", "slack"];

fn questions() -> Vec<(String, String)> {
    let question = |id: &str, text: &str| (id.to_owned(), text.to_owned());
    vec![
        question("q1", "What was the name of your first school?"),
        question("q2", "In which town did your parents meet?"),
        question("q3", "What was your first pet called?"),
    ]
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self { min_length: 8, lowercase: true, uppercase: true, number: true, non_alphanumeric: true }
    }
}

impl PasswordPolicy {
    /// The policy as Descope tells it.
    pub(super) fn json(self) -> Value {
        json!({
            "minLength": self.min_length,
            "lowercase": self.lowercase,
            "uppercase": self.uppercase,
            "number": self.number,
            "nonAlphanumeric": self.non_alphanumeric,
        })
    }

    /// What a password lacks, if it lacks anything.
    pub(super) fn lacks(self, password: &str) -> Option<&'static str> {
        let has = |is: fn(char) -> bool| password.chars().any(is);
        let rules = [
            (password.chars().count() >= self.min_length, "The password is too short"),
            (password.chars().count() <= 64, "The password is too long"),
            (!self.lowercase || has(char::is_lowercase), "The password has no lower-case letter"),
            (!self.uppercase || has(char::is_uppercase), "The password has no upper-case letter"),
            (!self.number || has(char::is_numeric), "The password has no digit"),
            (
                !self.non_alphanumeric || has(|c| !c.is_alphanumeric()),
                "The password has no special character",
            ),
        ];
        rules.into_iter().find(|(is_kept, _)| !is_kept).map(|(_, lack)| lack)
    }
}
