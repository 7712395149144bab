//! Sets up the situation in which a request was recorded: users, tokens and tickets that the request names.

use crate::exchange::{Body, Exchange, Request, decoded};
use generated_client::sessions::testing::SigningError;
use generated_client_fake::{Account, FakeNhost, NhostUser, totp_code};
use serde_json::{Value, json};
use std::time::Duration;

/// The secret of every authenticator app.
const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

const HOUR: Duration = Duration::from_secs(3600);

/// A fake, and an exchange that is to be played to it.
pub(crate) struct Situation<'s> {
    pub(crate) fake: &'s FakeNhost,
    pub(crate) exchange: &'s Exchange,
    pub(crate) request: Request,
    code: String,
    is_success: bool,
}

impl<'s> Situation<'s> {
    pub(crate) fn new(fake: &'s FakeNhost, exchange: &'s Exchange) -> Self {
        let code = exchange.code().unwrap_or_default();
        // A redirect can tell of an earlier error beside its own success.
        let location = exchange.response.location.as_deref().unwrap_or_default();
        let is_success =
            exchange.response.status < 400 && (code.is_empty() || location.contains("refreshToken="));
        Self { fake, exchange, request: exchange.request.clone(), code, is_success }
    }

    /// Sets the situation up, and gives the request with tokens that the fake has signed. The caller is the one that
    /// [`caller`](Self::caller) gives, unless the fake has that user already.
    pub(crate) async fn set_up(
        mut self,
        mut caller: Option<NhostUser>,
    ) -> Result<Request, Box<dyn std::error::Error>> {
        match self.exchange.bare_path() {
            "/signin/email-password" => self.password_sign_in(),
            "/signup/email-password" | "/user/deanonymize" => self.conflict("/email"),
            "/user/email/change" => self.conflict("/newEmail"),
            "/signin/passwordless/email" | "/signin/otp/email" | "/user/email/send-verification-email" => {
                self.contact();
            }
            "/signin/otp/email/verify" | "/signin/passwordless/sms/otp" => self.one_time_code(),
            "/signin/mfa/totp" => self.second_factor(),
            "/user/mfa" => self.change_second_factor(&mut caller),
            "/token" => self.refresh_token("/refreshToken", false),
            "/signin/pat" => self.refresh_token("/personalAccessToken", true),
            "/user/password" => self.ticket(self.request.text("/ticket").map(str::to_owned)),
            "/verify" => self.ticket(self.request.query("ticket").map(str::to_owned)),
            "/token/verify" if self.is_success => self.sign_text("/token")?,
            "/signin/idtoken" | "/link/idtoken" => self.id_token()?,
            path if path.ends_with("/callback") => self.callback()?,
            _ => {}
        }
        if let Some(user) = caller {
            self.fake.add_user(user);
        }
        self.spoil_proof();
        self.use_up_limits().await?;
        Ok(self.request)
    }

    pub(crate) fn is_success(&self) -> bool {
        self.is_success
    }

    pub(crate) fn has_code(&self, code: &str) -> bool {
        self.code == code
    }

    /// The user that the response shows, or any other.
    pub(crate) fn user(&self) -> NhostUser {
        let mut user = NhostUser::default();
        user.display_name = "Recorded".to_owned();
        user.is_disabled = self.has_code("disabled-user");
        user.email_verified = !self.has_code("unverified-user");
        user.roles = ["me", "user", "editor"].map(str::to_owned).into();
        let Some(shown) = self.exchange.shown_user() else { return user };
        let text = |name: &str| shown.get(name).and_then(Value::as_str).map(str::to_owned);
        user.email = text("email");
        user.phone_number = text("phoneNumber");
        user.email_verified = shown.get("emailVerified") == Some(&json!(true));
        user.phone_number_verified = shown.get("phoneNumberVerified") == Some(&json!(true));
        user.is_anonymous = shown.get("isAnonymous") == Some(&json!(true));
        user.has_second_factor = shown.get("activeMfaType").is_some_and(Value::is_string);
        user.metadata = shown.get("metadata").and_then(Value::as_object).cloned();
        user
    }

    /// The user whose access token the request carries. The token is signed anew, unless the server refused its signature.
    pub(crate) fn caller(&mut self) -> Result<Option<NhostUser>, SigningError> {
        if self.has_bad_token() {
            return Ok(None);
        }
        let Some((header, mut claims)) = self.request.bearer().and_then(decoded) else { return Ok(None) };
        if header.get("alg") != Some(&json!(self.fake.keys().algorithm().name())) {
            return Ok(None);
        }
        self.renew(&mut claims);
        let token = self.fake.keys().sign(&claims)?;
        self.request.set_bearer(&token);
        let mut user = self.user();
        user.id = claims.get("sub").and_then(Value::as_str).unwrap_or_default().to_owned();
        let anonymous = claims.pointer("/https:~1~1hasura.io~1jwt~1claims/x-hasura-user-is-anonymous");
        // A token outlives the anonymity of its user.
        let is_still = self.has_code("forbidden-anonymous")
            || (self.exchange.bare_path() == "/user/deanonymize" && !self.has_code("user-not-anonymous"));
        user.is_anonymous = anonymous == Some(&json!("true")) && is_still;
        if !user.is_anonymous && user.email.is_none() {
            user.email = Some("caller@example.com".to_owned());
        }
        // A server that conceals errors says nothing else of a user who is blocked.
        user.is_disabled |= self.exchange.profile == "conceal" && self.has_code("invalid-request");
        // The server says so of users who are gone.
        Ok(Some(user).filter(|_| !self.has_code("invalid-email-password")))
    }

    /// Whether the server refused the access token. Where an operation works without one, it says so of the request.
    fn has_bad_token(&self) -> bool {
        let is_optional =
            matches!(self.exchange.bare_path(), "/token/verify" | "/signout" | "/user/password");
        let is_ignored =
            is_optional && self.has_code("invalid-request") && self.exchange.profile != "elevated";
        is_ignored || (self.code.contains("SecurityRequirementsError") && !self.demands_elevation())
    }

    pub(crate) fn demands_elevation(&self) -> bool {
        self.code.contains("elevated-claim-required")
    }

    fn renew(&self, claims: &mut Value) {
        let now = self.fake.clock().seconds();
        claims["iat"] = json!(now);
        claims["exp"] = json!(now + 600);
    }

    /// The same token, signed by the fake and valid now; what is no token stays as it is.
    pub(crate) fn signed(&self, token: &str) -> Result<String, SigningError> {
        let Some((_, mut claims)) = decoded(token) else { return Ok(token.to_owned()) };
        self.renew(&mut claims);
        self.fake.keys().sign(&claims)
    }

    fn sign_text(&mut self, pointer: &str) -> Result<(), SigningError> {
        if let Some(token) = self.request.text(pointer).map(str::to_owned) {
            self.request.set_text(pointer, self.signed(&token)?);
        }
        Ok(())
    }

    fn password_sign_in(&mut self) {
        let Some(email) = self.request.text("/email").map(str::to_owned) else { return };
        let mut user = self.user();
        let is_wrong = self.has_code("invalid-email-password") || self.has_code("invalid-request");
        let password = self.request.text("/password").unwrap_or_default();
        user.password = Some(if is_wrong { "something-else".to_owned() } else { password.to_owned() });
        user.email = Some(email);
        user.email_verified &= !self.has_code("unverified-user");
        user.totp_secret = Some(SECRET.to_owned());
        user.has_second_factor = self.exchange.response.json.get("mfa").is_some();
        self.fake.add_user(user);
    }

    /// Somebody else has the email address already.
    fn conflict(&mut self, pointer: &str) {
        if let Some(email) = self.request.text(pointer).filter(|_| self.has_code("email-already-in-use")) {
            self.fake.add_user(self.user().email(email));
        }
    }

    /// The user who is to get a message.
    fn contact(&mut self) {
        let mut user = self.user();
        user.email = self.request.text("/email").map(str::to_owned);
        user.email_verified = self.has_code("email-already-verified");
        let is_verification = self.exchange.bare_path().ends_with("send-verification-email");
        let is_unknown = self.has_code("invalid-request") || self.has_code("invalid-email-password");
        if user.is_disabled || (is_verification && !is_unknown) {
            self.fake.add_user(user);
        }
    }

    fn one_time_code(&mut self) {
        let mut user = self.user();
        user.email = self.request.text("/email").map(str::to_owned);
        user.phone_number = self.request.text("/phoneNumber").map(str::to_owned);
        let otp = self.request.text("/otp").unwrap_or_default();
        let sent = if self.is_success { otp } else { "another" };
        let id = self.fake.add_user(user);
        self.fake.add_code(&id, sent, HOUR);
    }

    fn second_factor(&mut self) {
        let mut user = self.user();
        user.totp_secret = Some(SECRET.to_owned()).filter(|_| !self.has_code("no-totp-secret"));
        user.has_second_factor = !self.has_code("disabled-mfa-totp");
        let id = self.fake.add_user(user);
        let ticket = self.request.text("/ticket").map(str::to_owned);
        if let Some(ticket) = ticket.filter(|_| !self.has_code("invalid-ticket")) {
            self.fake.add_ticket(&id, &ticket, HOUR);
        }
        self.show_code("/otp");
    }

    fn change_second_factor(&mut self, caller: &mut Option<NhostUser>) {
        let Some(user) = caller else { return };
        let switch_on = self.request.text("/activeMfaType") == Some("totp");
        user.totp_secret = Some(SECRET.to_owned()).filter(|_| !self.has_code("no-totp-secret"));
        user.has_second_factor = if switch_on {
            self.has_code("totp-already-active")
        } else {
            !self.has_code("disabled-mfa-totp")
        };
        self.show_code("/code");
    }

    /// Sends the code that the authenticator app shows now, if the recorded one was right.
    fn show_code(&mut self, pointer: &str) {
        let code = totp_code(SECRET, self.fake.clock().seconds());
        if let Some(code) = code.filter(|_| self.is_success) {
            self.request.set_text(pointer, code);
        }
    }

    fn refresh_token(&mut self, pointer: &str, is_personal: bool) {
        let is_known = self.is_success || self.has_code("disabled-user") || self.has_code("unverified-user");
        let token = self.request.text(pointer).map(str::to_owned).filter(|_| is_known);
        if let Some(token) = token {
            let id = self.fake.add_user(self.user());
            self.fake.add_refresh_token(&id, &token, is_personal, HOUR);
        }
    }

    fn ticket(&mut self, ticket: Option<String>) {
        let Some(ticket) = ticket.filter(|_| self.is_success || self.has_code("disabled-user")) else {
            return;
        };
        let mut user = self.user();
        user.email = Some("ticket@example.com".to_owned());
        let id = self.fake.add_user(user);
        self.fake.add_ticket(&id, &ticket, HOUR);
    }

    /// ID tokens are signed anew. The account belongs to somebody where the response shows it.
    fn id_token(&mut self) -> Result<(), SigningError> {
        let claims = self.request.text("/idToken").and_then(decoded).map(|(_, claims)| claims);
        let Some(claims) = claims else { return Ok(()) };
        let is_link = self.exchange.bare_path() == "/link/idtoken";
        // A good one that the server refused all the same has expired, or has a bad signature.
        if is_link || !self.has_code("invalid-request") || !self.is_meant(&claims) {
            self.sign_text("/idToken")?;
        }
        let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut user = self.user();
        if is_link && self.has_code("invalid-request") {
            let provider = self.request.text("/provider").unwrap_or_default();
            user.accounts.push((provider.to_owned(), text("sub")));
            self.fake.add_user(user);
        } else if self.has_code("internal-server-error") {
            user.is_disabled = true;
            user.email = Some(text("email"));
            self.fake.add_user(user);
        }
        Ok(())
    }

    /// Whether an ID token is one of the provider for the application, and has the nonce of the request.
    fn is_meant(&self, claims: &Value) -> bool {
        let provider = self.request.text("/provider").unwrap_or_default();
        let issuer = claims.get("iss").and_then(Value::as_str).unwrap_or_default();
        let has_nonce = claims.get("nonce").is_some() || self.request.text("/nonce").is_some();
        claims.get("aud") == Some(&json!(format!("lab-{provider}-audience")))
            && issuer.contains(provider)
            && !has_nonce
    }

    /// The provider has an account for the code, unless the real one refused it.
    fn callback(&mut self) -> Result<(), SigningError> {
        let provider = self.exchange.bare_path().split('/').nth(3).unwrap_or_default().to_owned();
        let mut form = match &self.request.body {
            Body::Text(text) => form_urlencoded::parse(text.as_bytes()).into_owned().collect(),
            _ => Vec::new(),
        };
        for (name, value) in self.request.query.iter_mut().chain(&mut form) {
            if (name == "state" || name == "id_token") && !self.code.contains("invalid-state") {
                *value = Self::renewed(self.fake, value)?;
            }
        }
        let sent = self.request.query.iter().chain(&form);
        let code = sent.clone().find(|(name, _)| name == "code" || name == "oauth_verifier");
        let (code, state) = (code.cloned(), sent.clone().find(|(name, _)| name == "state").cloned());
        let account = account();
        let connect =
            state.and_then(|(_, state)| decoded(&state)?.1.get("connect")?.as_str().map(str::to_owned));
        let is_linked = self.has_code("invalid-request") || (self.is_success && connect.is_none());
        let mut user = self.user();
        user.id = connect.and_then(|token| decoded(&token)).map_or_else(String::new, |(_, claims)| {
            claims.get("sub").and_then(Value::as_str).unwrap_or_default().to_owned()
        });
        user.email.clone_from(&account.email);
        user.is_disabled = self.has_code("internal-server-error");
        user.accounts.extend(is_linked.then(|| (provider.clone(), account.id.clone())));
        if is_linked || user.is_disabled || !user.id.is_empty() {
            self.fake.add_user(user);
        }
        if let Some((_, code)) = code.filter(|_| !self.has_code("oauth-token-echange-failed")) {
            self.fake.providers().add_code(&provider, &code, account);
        }
        if let Body::Text(text) = &mut self.request.body {
            *text = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        }
        Ok(())
    }

    /// A state or an ID token, and the access token in it.
    fn renewed(fake: &FakeNhost, token: &str) -> Result<String, SigningError> {
        let Some((_, mut claims)) = decoded(token) else { return Ok(token.to_owned()) };
        let now = fake.clock().seconds();
        claims["iat"] = json!(now);
        claims["exp"] = json!(now + 600);
        if let Some(token) = claims.get("connect").and_then(Value::as_str).map(str::to_owned) {
            claims["connect"] = json!(Self::renewed(fake, &token)?);
        }
        fake.keys().sign(&claims)
    }

    /// Gives a proof of Turnstile that the fake refuses, too, if the server refused it.
    fn spoil_proof(&mut self) {
        for (name, value) in &mut self.request.headers {
            if name.eq_ignore_ascii_case("x-cf-turnstile-response") && self.exchange.response.status == 403 {
                "bad".clone_into(value);
            }
        }
    }

    /// Sends as many requests as the server accepts, if it refused this one for being one too many.
    async fn use_up_limits(&self) -> Result<(), reqwest::Error> {
        if self.exchange.response.status == 429 {
            for _ in 0..20 {
                reqwest::get(format!("{}/version", self.fake.url())).await?;
            }
        }
        Ok(())
    }
}

/// The account that the provider knows.
fn account() -> Account {
    Account {
        id: "1001".to_owned(),
        email: Some("account@example.com".to_owned()),
        email_verified: true,
        name: "Recorded".to_owned(),
        picture: None,
    }
}
