//! The group `enchanted-link` of Descope.

use crate::descope_common::{
    REFRESH_JWT, SESSION, assert_session, fails, login_options, login_options_json, post, post_signed_in,
    template_options,
};
use crate::harness::{Server, assert_complete, json};
use generated_client::descope::SignUpUser;
use generated_client::descope::enchanted_link::EnchantedLinkResponse;
use serde_json::json;
use wiremock::ResponseTemplate;

const VERIFY_PAGE: &str = "https://app.example.com/verify?x=1&y=a b";
const STARTED: &str = r#"{"linkId": "42", "pendingRef": "p3nding", "maskedEmail": "j***@example.com",
    "maskedPhone": "+1*****1212"}"#;

/// The response [`STARTED`].
fn assert_started(response: &EnchantedLinkResponse) {
    let mut expected = EnchantedLinkResponse::default();
    expected.link_id = "42".to_owned();
    expected.pending_ref = "p3nding".into();
    expected.masked_email = Some("j***@example.com".to_owned());
    expected.masked_phone = Some("+1*****1212".to_owned());
    assert_eq!(response, &expected);
    assert_complete(response);
    assert!(!format!("{response:?}").contains("p3nding"));
}

#[tokio::test]
async fn sign_up_with_the_fewest_arguments() {
    let server = Server::answering(json(200, STARTED)).await;
    let call = server.descope().enchanted_link().sign_up_email("jane@example.com");
    assert_started(&call.send().await.unwrap());
    server.got(post("/v1/auth/enchantedlink/signup/email").text(r#"{"loginId":"jane@example.com"}"#)).await;
}

#[tokio::test]
async fn sign_up_with_all_arguments() {
    let server = Server::answering(json(200, STARTED)).await;
    let user = SignUpUser::default()
        .username("jane")
        .name("Jane Doe")
        .given_name("Jane")
        .middle_name("M.")
        .family_name("Doe")
        .email("jane@example.com")
        .phone("+12125551212")
        .recovery_email("jane.rescue@example.com")
        .recovery_phone("+12125553434");
    let client = server.descope().with_refresh_token(REFRESH_JWT);
    let call = client
        .enchanted_link()
        .sign_up_email("jane")
        .email("jane@example.com")
        .user(user)
        .redirect_url(VERIFY_PAGE)
        .cross_device(true)
        .provider_id("smtp1")
        .login_options(login_options());
    assert_started(&call.send().await.unwrap());
    let body = json!({
        "loginId": "jane",
        "email": "jane@example.com",
        "user": {
            "username": "jane",
            "name": "Jane Doe",
            "givenName": "Jane",
            "middleName": "M.",
            "familyName": "Doe",
            "email": "jane@example.com",
            "phone": "+12125551212",
            "recoveryEmail": "jane.rescue@example.com",
            "recoveryPhone": "+12125553434",
        },
        "redirectUrl": VERIFY_PAGE,
        "crossDevice": true,
        "providerId": "smtp1",
        "loginOptions": login_options_json(),
    });
    // Nobody who signs up has a session, so the refresh token is not sent.
    server.got(post("/v1/auth/enchantedlink/signup/email").json(body)).await;
}

#[tokio::test]
async fn sign_in_with_the_fewest_arguments() {
    let server = Server::answering(json(200, STARTED)).await;
    let call = server.descope().enchanted_link().sign_in_email("jane@example.com");
    assert_started(&call.send().await.unwrap());
    server.got(post("/v1/auth/enchantedlink/signin/email").text(r#"{"loginId":"jane@example.com"}"#)).await;
}

/// Every optional member of the two operations that sign a user in.
macro_rules! with_all_members {
    ($call:expr) => {
        $call
            .redirect_url(VERIFY_PAGE)
            .cross_device(false)
            .provider_id("smtp1")
            .sso_app_id("SA2app")
            .use_recovery(true)
            .login_options(login_options())
    };
}

fn all_members() -> serde_json::Value {
    json!({
        "loginId": "jane@example.com",
        "redirectUrl": VERIFY_PAGE,
        "crossDevice": false,
        "providerId": "smtp1",
        "ssoAppId": "SA2app",
        "useRecovery": true,
        "loginOptions": login_options_json(),
    })
}

#[tokio::test]
async fn sign_in_with_all_arguments() {
    let server = Server::answering(json(200, STARTED)).await;
    let client = server.descope().with_refresh_token(REFRESH_JWT);
    let call = with_all_members!(client.enchanted_link().sign_in_email("jane@example.com"));
    assert_started(&call.send().await.unwrap());
    server.got(post_signed_in("/v1/auth/enchantedlink/signin/email").json(all_members())).await;
}

#[tokio::test]
async fn sign_up_or_in_with_the_fewest_arguments() {
    let server = Server::answering(json(200, STARTED)).await;
    let call = server.descope().enchanted_link().sign_up_or_in_email("jane@example.com");
    assert_started(&call.send().await.unwrap());
    server
        .got(post("/v1/auth/enchantedlink/signup-in/email").text(r#"{"loginId":"jane@example.com"}"#))
        .await;
}

#[tokio::test]
async fn sign_up_or_in_with_all_arguments() {
    let server = Server::answering(json(200, STARTED)).await;
    let client = server.descope().with_refresh_token(REFRESH_JWT);
    let call = with_all_members!(client.enchanted_link().sign_up_or_in_email("jane@example.com"));
    assert_started(&call.send().await.unwrap());
    server.got(post_signed_in("/v1/auth/enchantedlink/signup-in/email").json(all_members())).await;
}

#[tokio::test]
async fn verify_with_the_fewest_arguments() {
    let server = Server::answering(json(200, "{}")).await;
    server.descope().enchanted_link().verify("t0ken").send().await.unwrap();
    server.got(post("/v1/auth/enchantedlink/verify").text(r#"{"token":"t0ken"}"#)).await;
}

#[tokio::test]
async fn verify_with_all_arguments() {
    // Whether the response has a body makes no difference.
    let server = Server::answering(ResponseTemplate::new(200)).await;
    server.descope().enchanted_link().verify("t0ken").pkce_verifier("v3rifier").send().await.unwrap();
    let body = json!({"token": "t0ken", "pkceVerifier": "v3rifier"});
    server.got(post("/v1/auth/enchantedlink/verify").json(body)).await;
}

#[tokio::test]
async fn pending_session() {
    let server = Server::answering(json(200, SESSION)).await;
    let call = server.descope().enchanted_link().pending_session("p3nding");
    assert_session(&call.send().await.unwrap());
    server.got(post("/v1/auth/enchantedlink/pending-session").text(r#"{"pendingRef":"p3nding"}"#)).await;
}

#[tokio::test]
async fn a_session_that_is_pending_is_told_from_one_that_never_comes() {
    for (code, pending, expired) in
        [("E062503", true, false), ("E062504", false, true), ("E063010", false, false), ("E0", false, false)]
    {
        let server = Server::answering(json(401, json!({"errorCode": code}).to_string())).await;
        let call = server.descope().enchanted_link().pending_session("p3nding");
        let error = call.send().await.unwrap_err();
        assert_eq!((error.is_pending(), error.is_expired()), (pending, expired), "{code}");
    }
}

#[tokio::test]
async fn update_email_with_the_fewest_arguments() {
    let server = Server::answering(json(200, STARTED)).await;
    let client = server.descope().with_refresh_token(REFRESH_JWT);
    let call = client.enchanted_link().update_email("jane", "new@example.com");
    assert_started(&call.send().await.unwrap());
    let expected = post_signed_in("/v1/auth/enchantedlink/update/email");
    server.got(expected.text(r#"{"loginId":"jane","email":"new@example.com"}"#)).await;
}

#[tokio::test]
async fn update_email_with_all_arguments() {
    let server = Server::answering(json(200, STARTED)).await;
    let client = server.descope().with_refresh_token(REFRESH_JWT);
    let call = client
        .enchanted_link()
        .update_email("jane", "new@example.com")
        .redirect_url(VERIFY_PAGE)
        .cross_device(true)
        .mfa(true)
        .add_to_login_ids(true)
        .on_merge_use_existing(false)
        .fail_on_conflict(true)
        .provider_id("smtp1")
        .locale("pt-BR")
        .template_id("tmpl1")
        .template_options(template_options());
    assert_started(&call.send().await.unwrap());
    let body = json!({
        "loginId": "jane",
        "email": "new@example.com",
        "redirectUrl": VERIFY_PAGE,
        "crossDevice": true,
        "mfa": true,
        "addToLoginIDs": true,
        "onMergeUseExisting": false,
        "failOnConflict": true,
        "providerId": "smtp1",
        "locale": "pt-BR",
        "templateId": "tmpl1",
        "templateOptions": {"appName": "Acme", "greeting": "Olá"},
    });
    server.got(post_signed_in("/v1/auth/enchantedlink/update/email").json(body)).await;
}

#[tokio::test]
async fn api_errors() {
    let unknown = (400, "E062108", "User not found");
    fails("enchanted_link_sign_up_email", (400, "E062107", "User already exists"), |client| {
        client.enchanted_link().sign_up_email("jane").send()
    })
    .await;
    fails("enchanted_link_sign_in_email", unknown, |client| {
        client.enchanted_link().sign_in_email("jane").send()
    })
    .await;
    fails("enchanted_link_sign_up_or_in_email", (429, "E130429", "Rate limit exceeded"), |client| {
        client.enchanted_link().sign_up_or_in_email("jane").send()
    })
    .await;
    fails("enchanted_link_verify", (401, "E062504", "Token expired"), |client| {
        client.enchanted_link().verify("t0ken").send()
    })
    .await;
    fails("enchanted_link_pending_session", (401, "E062503", "Enchanted link is pending"), |client| {
        client.enchanted_link().pending_session("p3nding").send()
    })
    .await;
    fails("enchanted_link_update_email", (400, "E062125", "Login ID belongs to another user"), |client| {
        client.enchanted_link().update_email("jane", "new@example.com").send()
    })
    .await;
}
