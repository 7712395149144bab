//! What the operations of Descope have in common.

use crate::harness::{
    PROJECT, Sent, Server, assert_complete, assert_known, assert_named, json, object, parsed,
};
use generated_client::descope::oauth::OauthProvider;
use generated_client::descope::{
    Client, Error, ErrorCode, IdpResponse, JwtResponse, LoginOptions, Prompt, RedirectUrl, RefreshToken,
    User, UserStatus, UserTenant,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Debug;

pub(crate) const REFRESH_JWT: &str = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJVMiJ9.c2lnbmF0dXJl";
pub(crate) const SESSION: &str = include_str!("fixtures/descope-session.json");

/// A request of a client that carries no more than the project ID, with the least body.
pub(crate) fn post(path: &str) -> Sent {
    Sent::new("POST", path)
        .header("authorization", format!("Bearer {PROJECT}"))
        .header("content-type", "application/json")
        .header("x-descope-project-id", PROJECT)
        .header("x-descope-sdk-name", "generated-client")
        .header("x-descope-sdk-version", env!("CARGO_PKG_VERSION"))
        .text("{}")
}

/// A request of a client that carries [`REFRESH_JWT`] as well.
pub(crate) fn post_signed_in(path: &str) -> Sent {
    post(path).header("authorization", format!("Bearer {PROJECT}:{REFRESH_JWT}"))
}

/// All login options.
pub(crate) fn login_options() -> LoginOptions {
    LoginOptions::default()
        .stepup(true)
        .mfa(false)
        .custom_claims(object(json!({"s": "v", "n": 1.5, "b": true, "list": ["a", null], "map": {"x": {}}})))
        .tenant_id("T2acme")
        .sso_app_id("SA2app")
        .revoke_other_sessions(true)
        .revoke_other_sessions_types(["web", "mobile"])
        .locale("pt-BR")
        .template_id("tmpl1")
        .template_options(template_options())
        .pkce_challenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
}

pub(crate) fn login_options_json() -> Value {
    json!({
        "stepup": true,
        "mfa": false,
        "customClaims": {"s": "v", "n": 1.5, "b": true, "list": ["a", null], "map": {"x": {}}},
        "tenantId": "T2acme",
        "ssoAppId": "SA2app",
        "revokeOtherSessions": true,
        "revokeOtherSessionsTypes": ["web", "mobile"],
        "locale": "pt-BR",
        "templateId": "tmpl1",
        "templateOptions": {"appName": "Acme", "greeting": "Olá"},
        "pkceChallenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    })
}

pub(crate) fn template_options() -> BTreeMap<String, String> {
    [("appName", "Acme"), ("greeting", "Olá")].map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

pub(crate) const AUTHORIZED: &str =
    r#"{"url": "https://accounts.example.com/auth?state=s1&x=a%20b", "errorId": "err-1"}"#;

/// The response [`AUTHORIZED`].
pub(crate) fn assert_authorized(response: &RedirectUrl) {
    let mut expected = RedirectUrl::default();
    expected.url = "https://accounts.example.com/auth?state=s1&x=a%20b".to_owned();
    expected.error_id = Some("err-1".to_owned());
    assert_eq!(response, &expected);
    assert_complete(response);
}

/// The response [`SESSION`].
pub(crate) fn assert_session(response: &JwtResponse) {
    assert_eq!(response, &session());
    assert_complete(response);
    let shown = format!("{response:?} {response:#?}");
    for token in ["eyJ", "PHNhbWw6"] {
        assert!(!shown.contains(token), "{shown}");
    }
}

pub(crate) fn session() -> JwtResponse {
    let secret = |name: &str| parsed::<Value>(SESSION)[name].as_str().unwrap().into();
    let mut session = JwtResponse::default();
    session.session_jwt = secret("sessionJwt");
    session.refresh_jwt = secret("refreshJwt");
    session.trusted_device_jwt = Some(secret("trustedDeviceJwt"));
    session.known_device_jwt = Some(secret("knownDeviceJwt"));
    session.external_token = Some(secret("externalToken"));
    session.flow_output = object(json!({"plan": "pro", "steps": 3}));
    session.session_expiration = Some(4_102_444_800);
    session.next_refresh_seconds = Some(540);
    session.claims = object(json!({"roles": ["admin"], "tenants": {"T2acme": {"level": 3}}, "vip": true}));
    session.cookie_name = text("DSR");
    session.cookie_domain = text("app.example.com");
    session.cookie_path = text("/");
    session.cookie_max_age = Some(2_419_199);
    session.cookie_expiration = Some(4_104_863_999);
    session.session_cookie_name = text("DS");
    session.session_cookie_domain = text("example.com");
    session.user = Some(user());
    session.first_seen = Some(true);
    session.idp_response = Some(idp_response());
    session.tenant_sso_id = text("some-sso-id");
    session.unsaved_sso = Some(false);
    session
}

fn user() -> User {
    let mut user = User::default();
    user.user_id = "U2aAc4T2V93bddihGEx2Ryhc8e5Z".to_owned();
    user.login_ids = texts(["jane@example.com", "+12125551212"]);
    user.external_ids = texts(["jane@example.com"]);
    user.name = text("Jane M. Doe");
    user.given_name = text("Jane");
    user.middle_name = text("M.");
    user.family_name = text("Doe");
    user.picture = text("https://cdn.example.com/jane.png");
    user.email = text("jane@example.com");
    user.verified_email = Some(true);
    user.phone = text("+12125551212");
    user.verified_phone = Some(false);
    user.recovery_email = text("jane.rescue@example.com");
    user.verified_recovery_email = Some(true);
    user.recovery_phone = text("+12125553434");
    user.verified_recovery_phone = Some(false);
    user.role_names = texts(["admin", "editor"]);
    user.permissions = texts(["read", "write"]);
    user.user_tenants = vec![
        user_tenant("T2acme", "Acme", "owner", "bill"),
        user_tenant("T2globex", "Globex", "guest", "look"),
    ];
    user.sso_app_ids = texts(["SA2app"]);
    user.custom_attributes = object(json!({"age": 5, "tags": ["a", "b"], "address": {"city": "Zürich"}}));
    user.status = Some(UserStatus::Enabled);
    user.test = Some(false);
    user.editable = Some(true);
    user.created_time = Some(1_700_000_000);
    user.modified_time = Some(1_700_000_600);
    user.consent_expiration = Some(4_102_444_801);
    user.oauth = [("github".to_owned(), false), ("google".to_owned(), true)].into();
    user.saml = Some(true);
    user.oidc = Some(false);
    user.scim = Some(true);
    user.totp = Some(false);
    user.webauthn = Some(true);
    user.password = Some(false);
    user.push = Some(true);
    user
}

fn user_tenant(id: &str, name: &str, role: &str, permission: &str) -> UserTenant {
    let mut tenant = UserTenant::default();
    tenant.tenant_id = id.to_owned();
    tenant.tenant_name = text(name);
    tenant.role_names = texts([role]);
    tenant.permissions = texts([permission]);
    tenant
}

fn idp_response() -> IdpResponse {
    let mut response = IdpResponse::default();
    response.saml_response = Some("PHNhbWw6QXNzZXJ0aW9uLz4".into());
    response.saml_generated_user = text(r#"{"email":"jane@example.com"}"#);
    response.saml_generated_roles = text(r#"["owner"]"#);
    response.oidc_response = Some("eyJpZF90b2tlbiI6ImV5SiJ9".into());
    response.oidc_generated_user = text(r#"{"name":"Jane"}"#);
    response.oidc_generated_roles = text(r#"["guest"]"#);
    response.idp_groups = texts(["staff", "engineering"]);
    response.idp_saml_attributes = object(json!({"department": ["R&D"], "level": 7}));
    response.idp_oidc_claims = object(json!({"hd": "example.com", "email_verified": true}));
    response
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

/// Sends an error in response to a call, and checks that all of it arrives.
pub(crate) async fn fails<T: Debug, F: Future<Output = Result<T, Error>>>(
    operation: &str,
    (status, code, description): (u16, &str, &str),
    call: impl FnOnce(Client<RefreshToken>) -> F,
) {
    let detail = "Particulars of this one failure";
    let body =
        json!({"errorCode": code, "errorDescription": description, "errorMessage": detail}).to_string();
    let server = Server::answering(json(status, &body)).await;
    let error = call(server.descope().with_refresh_token(REFRESH_JWT)).await.unwrap_err();
    server.sent().await;

    assert!(ErrorCode::KNOWN.contains(&code), "{code}");
    assert_eq!(error.operation(), Some(operation));
    assert_eq!(error.status().unwrap(), status);
    assert_eq!(error.code(), Some(&ErrorCode::from(code)));
    assert_eq!(error.message(), Some(description));
    let api = error.api().unwrap();
    assert_eq!((api.detail(), api.body()), (Some(detail), body.as_bytes()));
    assert_eq!(
        error.to_string(),
        format!("descope {operation}: {}, {code}: {description}", error.status().unwrap())
    );
}

#[test]
fn values_of_enums() {
    assert_known::<OauthProvider>(&[
        "apple",
        "discord",
        "facebook",
        "github",
        "gitlab",
        "google",
        "linkedin",
        "microsoft",
        "slack",
    ]);
    assert_known::<Prompt>(&["none", "login", "consent", "select_account"]);
    assert_known::<UserStatus>(&["enabled", "disabled", "invited", "expired"]);
    assert_named::<ErrorCode>(&[
        ("E011001", "BadRequest"),
        ("E011002", "MissingArguments"),
        ("E011003", "ValidationFailed"),
        ("E011004", "InvalidArguments"),
        ("E032101", "TooManyMessages"),
        ("E033005", "TooManyMessagesToRecipient"),
        ("E061002", "MethodNotConfigured"),
        ("E061102", "WrongOtpCode"),
        ("E061103", "TooManyOtpAttempts"),
        ("E061104", "OtpCodeExpired"),
        ("E062107", "UserAlreadyExists"),
        ("E062108", "UserNotFound"),
        ("E062125", "LoginIdOfAnotherUser"),
        ("E062503", "EnchantedLinkPending"),
        ("E062504", "LinkExpired"),
        ("E062802", "MissingAccessKey"),
        ("E062803", "InvalidAccessKey"),
        ("E062901", "InvalidCredentials"),
        ("E062903", "WrongPassword"),
        ("E062909", "PasswordExpired"),
        ("E063010", "LinkNotFound"),
        ("E064001", "LoggedOut"),
        ("E066103", "NotpPending"),
        ("E067010", "NoPasskey"),
        ("E071001", "MessagingNotConfigured"),
        ("E102004", "FlowVersionOutdated"),
        ("E102122", "FlowCancelled"),
        ("E103202", "FlowPollingNotFound"),
        ("E103205", "FlowTimedOut"),
        ("E108201", "FlowNonceRefused"),
        ("E111119", "NotAuthorized"),
        ("E130429", "RateLimitExceeded"),
    ]);
}
