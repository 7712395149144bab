//! Conversations with the fake of Nhost Auth, as applications hold them.

use generated_client::nhost::IdTokenProvider;
use generated_client::nhost::oauth2::CodeChallengeMethod;
use generated_client::nhost::signin::SignInResponse;
use generated_client::nhost::{self, Client, ErrorCode, SignInRedirect};
use generated_client::redirects::Pkce;
use generated_client::sessions::Algorithm;
use generated_client_fake::{
    Account, Authenticator, Elevation, FakeKeys, FakeNhost, NhostSettings, OAuth2Client, totp_code,
};
use serde_json::{Value, json};
use std::sync::LazyLock;
use std::time::Duration;

const ADA: &str = "ada@example.com";
const PASSWORD: &str = "Str0ngPassw#ord-94|%";

/// All fakes here sign with the same keys, which take a while to make.
static KEYS: LazyLock<FakeKeys> = LazyLock::new(|| FakeKeys::new(Algorithm::Rs256).unwrap());

fn settings() -> NhostSettings {
    let mut settings = NhostSettings::default();
    settings.keys = Some(KEYS.clone());
    settings
}

async fn start() -> (FakeNhost, Client) {
    let fake = FakeNhost::with(settings()).await.unwrap();
    fake.clock().stop();
    let client = fake.client().unwrap();
    (fake, client)
}

/// Signs a user up, and gives the session.
async fn sign_up(client: &Client, email: &str) -> nhost::Session {
    client.signup().email_password(email, PASSWORD).send().await.unwrap().session.unwrap()
}

fn code(error: nhost::Error) -> ErrorCode {
    error.code().cloned().unwrap()
}

/// Where a URL sends the browser.
async fn follow(url: impl AsRef<str>) -> String {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let response = client.get(url.as_ref()).send().await.unwrap();
    assert_eq!(response.status(), 302, "{}", url.as_ref());
    response.headers()["location"].to_str().unwrap().to_owned()
}

fn query(url: &str, name: &str) -> Option<String> {
    let url = reqwest::Url::parse(url).unwrap();
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn a_password_signs_in_and_a_refresh_token_works_once() {
    let (fake, client) = start().await;
    let session = sign_up(&client, "Ada@Example.com").await;
    assert_eq!(session.user.as_ref().unwrap().email.as_deref(), Some(ADA));

    let again = client.signup().email_password(ADA, PASSWORD).send().await.unwrap_err();
    assert!(again.is_user_exists());
    let wrong = client.signin().email_password(ADA, "another-password").send().await.unwrap_err();
    assert!(wrong.is_wrong_password());

    let refreshed = client.token().refresh(session.refresh_token.expose().to_owned()).send().await.unwrap();
    let error = client.token().refresh(session.refresh_token.expose().to_owned()).send().await.unwrap_err();
    assert_eq!(code(error), ErrorCode::InvalidRefreshToken);

    let user = client.with_access_token(refreshed.access_token.expose().to_owned());
    assert_eq!(user.user().get().send().await.unwrap().id, session.user.unwrap().id);
    fake.clock().advance(Duration::from_secs(901));
    let expired = user.user().get().send().await.unwrap_err();
    assert!(expired.is_unauthenticated());
}

#[tokio::test]
async fn sessions_check_its_tokens_by_its_keys() {
    let fake = FakeNhost::start().await.unwrap();
    fake.clock().stop();
    let client = fake.client().unwrap();
    let session = sign_up(&client, ADA).await;
    let sessions = client.sessions().clock(fake.clock().clone()).build();
    let token = session.access_token.expose();
    let user = sessions.validate(token).await.unwrap();
    assert!(user.has_role("user"));

    fake.keys().rotate().unwrap();
    fake.clock().advance(Duration::from_secs(60));
    let newer = client.token().refresh(session.refresh_token.expose().to_owned()).send().await.unwrap();
    sessions.validate(newer.access_token.expose()).await.unwrap();
    sessions.validate(token).await.unwrap();
    fake.clock().advance(Duration::from_secs(900));
    sessions.validate(token).await.unwrap_err();
}

#[tokio::test]
async fn a_link_and_a_code_sign_in() {
    let (fake, client) = start().await;
    client.signin().passwordless_email(ADA).send().await.unwrap();
    let link = fake.outbox().link(ADA).unwrap();
    let redirect = follow(&link).await;
    let token = query(&redirect, "refreshToken").unwrap();
    assert!(redirect.starts_with("http://localhost:3000?"), "{redirect}");
    client.token().refresh(token).send().await.unwrap();
    let spent = follow(&link).await;
    assert_eq!(query(&spent, "error").as_deref(), Some("invalid-ticket"));

    client.signin().otp_email(ADA).send().await.unwrap();
    let wrong = client.signin().otp_email_verify(ADA, "000000").send().await.unwrap_err();
    assert_eq!(code(wrong), ErrorCode::InvalidTicket);
    let otp = fake.outbox().code(ADA).unwrap();
    client.signin().otp_email_verify(ADA, otp.clone()).send().await.unwrap();
    client.signin().otp_email_verify(ADA, otp).send().await.unwrap_err();

    client.signin().passwordless_sms("+12025550123").send().await.unwrap();
    let otp = fake.outbox().code("+12025550123").unwrap();
    fake.clock().advance(Duration::from_secs(601));
    client.signin().passwordless_sms_verify("+12025550123", otp).send().await.unwrap_err();
}

#[tokio::test]
async fn a_redirect_with_pkce_carries_a_code() {
    let (fake, client) = start().await;
    let pkce = Pkce::new().unwrap();
    client.signin().passwordless_email(ADA).code_challenge(pkce.challenge.clone()).send().await.unwrap();
    let redirect = follow(fake.outbox().link(ADA).unwrap()).await;
    assert_eq!(query(&redirect, "refreshToken"), None);
    let code = query(&redirect, "code").unwrap();
    let verifier = pkce.verifier.expose().to_owned();
    client.token().exchange(code.clone(), verifier.clone()).send().await.unwrap();
    client.token().exchange(code, verifier).send().await.unwrap_err();
}

#[tokio::test]
async fn an_authenticator_app_is_a_second_factor() {
    let (fake, client) = start().await;
    let session = sign_up(&client, ADA).await;
    let user = client.with_access_token(session.access_token.expose().to_owned());
    let app = user.mfa().generate_totp().send().await.unwrap();
    let otp = || totp_code(app.totp_secret.expose(), fake.clock().seconds()).unwrap();
    user.mfa().update(otp()).active_mfa_type("totp").send().await.unwrap();

    let sign_in = || async {
        match client.signin().email_password(ADA, PASSWORD).send().await.unwrap() {
            SignInResponse::SecondFactorNeeded(needed) => needed.mfa.ticket,
            other => panic!("{other:?}"),
        }
    };
    let ticket = sign_in().await;
    let wrong = client.signin().mfa_totp(ticket.clone(), "000000").send().await.unwrap_err();
    assert!(wrong.is_wrong_code());
    let burnt = client.signin().mfa_totp(ticket, otp()).send().await.unwrap_err();
    assert!(burnt.is_expired());
    client.signin().mfa_totp(sign_in().await, otp()).send().await.unwrap();
}

#[tokio::test]
async fn a_provider_signs_in_and_can_be_cancelled() {
    let (_fake, client) = start().await;
    let start = |redirect: &str| client.signin().provider("github").redirect_to(redirect).url().unwrap();
    let page = follow(start("http://localhost:3000/callback")).await;
    let shown = reqwest::get(&page).await.unwrap().text().await.unwrap();
    assert!(shown.contains("Ada Lovelace") && shown.contains("Cancel"), "{shown}");

    let callback = follow(format!("{page}&choose={ADA}")).await;
    let redirect = follow(&callback).await;
    assert!(redirect.starts_with("http://localhost:3000/callback?"), "{redirect}");
    let token = query(&redirect, "refreshToken").unwrap();
    let session = client.token().refresh(token).send().await.unwrap();
    assert_eq!(session.user.unwrap().display_name, "Ada Lovelace");
    assert_eq!(query(&follow(&callback).await, "error").as_deref(), Some("oauth-token-echange-failed"));

    let cancelled = follow(follow(format!("{page}&choose=")).await).await;
    let read = SignInRedirect::from_url(&reqwest::Url::parse(&cancelled).unwrap());
    assert!(format!("{read:?}").contains("access_denied"), "{read:?}");
}

#[tokio::test]
async fn passkeys_sign_up_sign_in_and_elevate() {
    let (fake, client) = start().await;
    fake.change_settings(|settings| settings.elevation = Elevation::Recommended);
    let mut authenticator = Authenticator::new("http://localhost:3000").unwrap();
    let http = reqwest::Client::new();
    let post = async |path: &str, token: Option<&str>, body: Value| {
        let mut request =
            http.post(format!("{}{path}", fake.url())).header("content-type", "application/json");
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let response = request.body(body.to_string()).send().await.unwrap();
        let (status, text) = (response.status().as_u16(), response.text().await.unwrap());
        (status, serde_json::from_str::<Value>(&text).unwrap_or_default())
    };

    let (_, options) = post("/signup/webauthn", None, json!({"email": ADA})).await;
    let credential = authenticator.create(&options).unwrap();
    let (status, signed_up) = post("/signup/webauthn/verify", None, json!({"credential": credential})).await;
    assert_eq!((status, &signed_up["session"]["user"]["email"]), (200, &json!(ADA)));

    let (_, options) = post("/signin/webauthn", None, json!({"email": ADA})).await;
    assert_eq!(options["allowCredentials"][0]["id"], json!(authenticator.credential_id()));
    let credential = authenticator.get(&options).unwrap();
    let (status, signed_in) = post("/signin/webauthn/verify", None, json!({"credential": credential})).await;
    assert_eq!(status, 200, "{signed_in}");

    let token = signed_in["session"]["accessToken"].as_str().unwrap();
    let user = client.with_access_token(token);
    let change = user.user().change_email("ada@example.org").send().await.unwrap_err();
    assert!(change.is_elevation_required(), "{change}");
    let (_, options) = post("/elevate/webauthn", Some(token), Value::Null).await;
    let credential = authenticator.get(&options).unwrap();
    let (_, elevated) =
        post("/elevate/webauthn/verify", Some(token), json!({"credential": credential})).await;
    let elevated = client.with_access_token(elevated["session"]["accessToken"].as_str().unwrap());
    elevated.user().change_email("ada@example.org").send().await.unwrap();
    follow(fake.outbox().link("ada@example.org").unwrap()).await;
    assert_eq!(elevated.user().get().send().await.unwrap().email.as_deref(), Some("ada@example.org"));
}

#[tokio::test]
async fn settings_change_what_it_does() {
    let mut settings = settings();
    settings.prefix = "/v1".to_owned();
    settings.verify_email = true;
    settings.custom_claims.insert("Plan".to_owned(), "billing.plan".to_owned());
    let fake = FakeNhost::with(settings).await.unwrap();
    fake.clock().stop();
    let client = fake.client().unwrap();
    assert!(fake.url().ends_with("/v1"));
    let metadata = json!({"billing": {"plan": ["a", 1]}}).as_object().unwrap().clone();
    let options = nhost::SignUpOptions::default().metadata(metadata);
    let signed_up = client.signup().email_password(ADA, PASSWORD).options(options).send().await.unwrap();
    assert!(signed_up.session.is_none());
    let error = client.signin().email_password(ADA, PASSWORD).send().await.unwrap_err();
    assert!(error.is_unverified());
    follow(fake.outbox().link(ADA).unwrap()).await;
    let SignInResponse::SignedIn(signed_in) =
        client.signin().email_password(ADA, PASSWORD).send().await.unwrap()
    else {
        panic!("a session")
    };
    let sessions = client.sessions().clock(fake.clock().clone()).build();
    let user = sessions.validate(signed_in.session.access_token.expose()).await.unwrap();
    assert_eq!(user.custom_as("plan"), Some(json!(["a", 1])));

    fake.change_settings(|settings| settings.conceal_errors = true);
    let error = client.signin().email_password(ADA, "another-password").send().await.unwrap_err();
    assert_eq!(code(error), ErrorCode::InvalidRequest);
    fake.change_settings(|settings| settings.disable_sign_up = true);
    client.signup().email_password("grace@example.com", PASSWORD).send().await.unwrap_err();
    fake.change_settings(|settings| settings.rate_limits = true);
    let mut statuses = Vec::new();
    for _ in 0..5 {
        let error = client.signin().email_password(ADA, "another-password").send().await.unwrap_err();
        statuses.push(error.status().unwrap().as_u16());
    }
    assert_eq!(statuses, [400, 400, 400, 400, 429]);
}

#[tokio::test]
async fn an_address_is_that_of_one_user_alone() {
    let (fake, client) = start().await;
    let session = sign_up(&client, ADA).await;
    let user = client.with_access_token(session.access_token.expose());
    user.user().change_email("ada@example.org").send().await.unwrap();
    let link = fake.outbox().link("ada@example.org").unwrap();
    sign_up(&client, "ada@example.org").await;
    assert_eq!(query(&follow(link).await, "error").as_deref(), Some("email-already-in-use"));

    user.user().change_phone_number("+12125550100").send().await.unwrap();
    let otp = fake.outbox().code("+12125550100").unwrap();
    client.signup().passwordless_sms("+12125550100").send().await.unwrap();
    let taken = user.user().change_phone_number_verify("+12125550100", otp).send().await.unwrap_err();
    assert_eq!(code(taken), ErrorCode::UserAlreadyExists);
}

#[tokio::test]
async fn sign_ups_can_demand_the_proof_of_a_person() {
    let (fake, client) = start().await;
    fake.change_settings(|settings| settings.turnstile = true);
    let sign_up = |email: &str| client.signup().email_password(email, PASSWORD);
    let error = sign_up(ADA).send().await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 403);
    sign_up(ADA).x_cf_turnstile_response("bad").send().await.unwrap_err();
    sign_up(ADA).x_cf_turnstile_response("0.ok").send().await.unwrap();
    client.signin().email_password(ADA, PASSWORD).send().await.unwrap();
}

#[tokio::test]
async fn a_session_is_linked_to_an_account_by_an_id_token() {
    let (fake, client) = start().await;
    let account = Account {
        id: "g-1".to_owned(),
        email: Some("ada@gmail.example".to_owned()),
        email_verified: true,
        name: "Ada".to_owned(),
        picture: None,
    };
    let session = sign_up(&client, ADA).await;
    let user = client.with_access_token(session.access_token.expose().to_owned());
    let token = fake.id_token("google", &account, None).unwrap();
    user.link().id_token(IdTokenProvider::Google, token.clone()).send().await.unwrap();
    let signed_in = client.signin().id_token(IdTokenProvider::Google, token.clone()).send().await.unwrap();
    assert_eq!(signed_in.session.unwrap().user.unwrap().email.as_deref(), Some(ADA));
    client.signin().id_token(IdTokenProvider::Apple, token).send().await.unwrap_err();
    let other = fake.id_token("google", &account, Some("n-1")).unwrap();
    client.signin().id_token(IdTokenProvider::Google, other.clone()).nonce("n-2").send().await.unwrap_err();
    client.signin().id_token(IdTokenProvider::Google, other).nonce("n-1").send().await.unwrap();
}

#[tokio::test]
async fn a_provider_with_pkce_sends_a_code() {
    let (_fake, client) = start().await;
    let pkce = Pkce::new().unwrap();
    let url =
        client.signin().provider("google").code_challenge(pkce.challenge.clone()).state("s-1").url().unwrap();
    let page = follow(url).await;
    let redirect = follow(follow(format!("{page}&choose={ADA}")).await).await;
    assert_eq!(query(&redirect, "state").as_deref(), Some("s-1"));
    let code = query(&redirect, "code").unwrap();
    let wrong = Pkce::new().unwrap().verifier;
    client.token().exchange(code.clone(), wrong).send().await.unwrap_err();

    let redirect = follow(follow(format!("{page}&choose={ADA}")).await).await;
    let code = query(&redirect, "code").unwrap();
    let signed_in = client.token().exchange(code, pkce.verifier).send().await.unwrap();
    assert_eq!(signed_in.session.user.unwrap().email.as_deref(), Some(ADA));
}

#[tokio::test]
async fn applications_sign_users_in_with_their_account() {
    let mut settings = settings();
    settings.oauth2_clients.push(OAuth2Client {
        id: "app".to_owned(),
        secret: None,
        redirect_uris: vec!["https://app.example/callback".to_owned()],
        scopes: vec!["openid".to_owned(), "email".to_owned()],
    });
    let fake = FakeNhost::with(settings).await.unwrap();
    fake.clock().stop();
    let client = fake.client().unwrap();
    let session = sign_up(&client, ADA).await;
    let user = client.with_access_token(session.access_token.expose().to_owned());

    let pkce = Pkce::new().unwrap();
    let url = client
        .oauth2()
        .authorize("app", "https://app.example/callback", "code")
        .scope("openid email")
        .state("s-1")
        .code_challenge(pkce.challenge.clone())
        .code_challenge_method(CodeChallengeMethod::S256)
        .url()
        .unwrap();
    let page = follow(url).await;
    let request = query(&page, "request_id").unwrap();
    assert_eq!(client.oauth2().login(request.clone()).send().await.unwrap().client_id, "app");
    let done = user.oauth2().login_complete(request).send().await.unwrap();
    assert_eq!(query(done.redirect_uri.expose(), "state").as_deref(), Some("s-1"));
    let code = query(done.redirect_uri.expose(), "code").unwrap();
    let tokens = client
        .oauth2()
        .token("authorization_code")
        .client_id("app")
        .code(code)
        .redirect_uri("https://app.example/callback")
        .code_verifier(pkce.verifier.expose().to_owned())
        .send()
        .await
        .unwrap();
    let app = client.with_access_token(tokens.access_token.expose().to_owned());
    assert_eq!(app.oauth2().userinfo().send().await.unwrap().email.as_deref(), Some(ADA));
    user.oauth2().userinfo().send().await.unwrap_err();
}
