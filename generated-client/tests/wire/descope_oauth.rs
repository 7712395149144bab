//! The group `oauth` of Descope.

use crate::descope_common::{
    AUTHORIZED, REFRESH_JWT, SESSION, assert_authorized, assert_session, fails, login_options,
    login_options_json, post, post_signed_in,
};
use crate::harness::{Server, assert_complete, json, object};
use generated_client::descope::Prompt;
use generated_client::descope::oauth::{OauthNativeStartResponse, OauthProvider};
use serde_json::json;

const REDIRECT_URL: &str = "https://app.example.com/cb?x=1&y=a b+c#é";

/// Every optional parameter of the three operations that start a login; they have types of their own.
macro_rules! with_all_parameters {
    ($call:expr) => {
        $call
            .initiated_email("jane@example.com")
            .login_hint("jane")
            .raw_response(false)
            .test(true)
            .prompt([Prompt::Login, Prompt::Consent])
            .redirect_url(REDIRECT_URL)
    };
}

const ALL_PARAMETERS: [(&str, &str); 8] = [
    ("provider", "google"),
    ("redirectUrl", REDIRECT_URL),
    ("prompt", "login"),
    ("prompt", "consent"),
    ("test", "true"),
    ("rawResponse", "false"),
    ("loginHint", "jane"),
    ("initiatedEmail", "jane@example.com"),
];

#[tokio::test]
async fn authorize_with_the_fewest_arguments() {
    let server = Server::answering(json(200, r#"{"url": "https://accounts.example.com/"}"#)).await;
    let response = server.descope().oauth().authorize("github").send().await.unwrap();
    server.got(post("/v1/auth/oauth/authorize").query([("provider", "github")])).await;
    assert_eq!((&*response.url, response.error_id), ("https://accounts.example.com/", None));
}

#[tokio::test]
async fn authorize_with_all_arguments() {
    let server = Server::answering(json(200, AUTHORIZED)).await;
    let client = server.descope().with_refresh_token(REFRESH_JWT);
    let call = with_all_parameters!(client.oauth().authorize(OauthProvider::Google));
    assert_authorized(&call.body(login_options()).send().await.unwrap());
    let expected = post_signed_in("/v1/auth/oauth/authorize");
    server.got(expected.query(ALL_PARAMETERS).json(login_options_json())).await;
}

#[tokio::test]
async fn authorize_sign_in_with_the_fewest_arguments() {
    let server = Server::answering(json(200, AUTHORIZED)).await;
    let call = server.descope().oauth().authorize_sign_in("a provider of our own");
    assert_authorized(&call.send().await.unwrap());
    let expected = post("/v1/auth/oauth/authorize/signin");
    server.got(expected.query([("provider", "a provider of our own")])).await;
}

#[tokio::test]
async fn authorize_sign_in_with_all_arguments() {
    let server = Server::answering(json(200, AUTHORIZED)).await;
    let client = server.descope().with_refresh_token(REFRESH_JWT);
    let call = with_all_parameters!(client.oauth().authorize_sign_in("google"));
    // The members of the body can be set on the call itself.
    let call = call
        .stepup(false)
        .mfa(true)
        .custom_claims(object(json!({"a": [1]})))
        .tenant_id("t")
        .sso_app_id("s")
        .revoke_other_sessions(false)
        .revoke_other_sessions_types(["web"])
        .locale("en")
        .template_id("m")
        .template_options([("k".to_owned(), "v".to_owned())])
        .pkce_challenge("c");
    assert_authorized(&call.send().await.unwrap());
    let body = json!({
        "stepup": false, "mfa": true, "customClaims": {"a": [1]}, "tenantId": "t", "ssoAppId": "s",
        "revokeOtherSessions": false, "revokeOtherSessionsTypes": ["web"], "locale": "en", "templateId": "m",
        "templateOptions": {"k": "v"}, "pkceChallenge": "c",
    });
    server.got(post_signed_in("/v1/auth/oauth/authorize/signin").query(ALL_PARAMETERS).json(body)).await;
}

#[tokio::test]
async fn authorize_sign_up_with_the_fewest_arguments() {
    let server = Server::answering(json(200, AUTHORIZED)).await;
    let call = server.descope().oauth().authorize_sign_up(OauthProvider::Apple);
    assert_authorized(&call.send().await.unwrap());
    server.got(post("/v1/auth/oauth/authorize/signup").query([("provider", "apple")])).await;
}

#[tokio::test]
async fn authorize_sign_up_with_all_arguments() {
    let server = Server::answering(json(200, AUTHORIZED)).await;
    let client = server.descope().with_refresh_token(REFRESH_JWT);
    let call = with_all_parameters!(client.oauth().authorize_sign_up("google"));
    assert_authorized(&call.body(login_options()).send().await.unwrap());
    let expected = post_signed_in("/v1/auth/oauth/authorize/signup");
    server.got(expected.query(ALL_PARAMETERS).json(login_options_json())).await;
}

#[tokio::test]
async fn authorize_update_with_the_fewest_arguments() {
    let server = Server::answering(json(200, AUTHORIZED)).await;
    let client = server.descope().with_refresh_token(REFRESH_JWT);
    assert_authorized(&client.oauth().authorize_update("slack").send().await.unwrap());
    server.got(post_signed_in("/v1/auth/oauth/authorize/update").query([("provider", "slack")])).await;
}

#[tokio::test]
async fn authorize_update_with_all_arguments() {
    let server = Server::answering(json(200, AUTHORIZED)).await;
    let client = server.descope().with_refresh_token(REFRESH_JWT);
    let call = client
        .oauth()
        .authorize_update(OauthProvider::Google)
        .redirect_url(REDIRECT_URL)
        .allow_all_merge(true)
        .prompt([Prompt::SelectAccount, Prompt::None])
        .login_hint("jane")
        .initiated_email("jane@example.com")
        .body(login_options());
    assert_authorized(&call.send().await.unwrap());
    let expected = post_signed_in("/v1/auth/oauth/authorize/update").query([
        ("provider", "google"),
        ("redirectUrl", REDIRECT_URL),
        ("allowAllMerge", "true"),
        ("prompt", "select_account"),
        ("prompt", "none"),
        ("loginHint", "jane"),
        ("initiatedEmail", "jane@example.com"),
    ]);
    server.got(expected.json(login_options_json())).await;
}

#[tokio::test]
async fn exchange() {
    let server = Server::answering(json(200, SESSION)).await;
    assert_session(&server.descope().oauth().exchange("code+1/2=").send().await.unwrap());
    server.got(post("/v1/auth/oauth/exchange").text(r#"{"code":"code+1/2="}"#)).await;
}

#[tokio::test]
async fn exchange_does_not_carry_the_refresh_token() {
    let server = Server::answering(json(200, SESSION)).await;
    let client = server.descope().with_refresh_token(REFRESH_JWT);
    client.oauth().exchange("code1").send().await.unwrap();
    server.got(post("/v1/auth/oauth/exchange").text(r#"{"code":"code1"}"#)).await;
}

#[tokio::test]
async fn native_start_with_the_fewest_arguments() {
    let server = Server::answering(json(200, "{}")).await;
    let response = server.descope().oauth().native_start(OauthProvider::Google).send().await.unwrap();
    assert_eq!(response, OauthNativeStartResponse::default());
    server.got(post("/v1/auth/oauth/native/start").text(r#"{"provider":"google"}"#)).await;
}

#[tokio::test]
async fn native_start_with_all_arguments() {
    let body = json!({
        "clientId": "app.example", "stateId": "st4te", "nonce": "n0nce", "implicit": true, "errorId": "e1",
    });
    let server = Server::answering(json(200, body.to_string())).await;
    let call = server.descope().with_refresh_token(REFRESH_JWT).oauth().native_start("apple");
    let call = call.login_options(login_options()).implicit(true).raw_response(false);
    let response = call.send().await.unwrap();

    let mut expected = OauthNativeStartResponse::default();
    expected.client_id = "app.example".to_owned();
    expected.state_id = "st4te".into();
    expected.nonce = "n0nce".into();
    expected.implicit = Some(true);
    expected.error_id = Some("e1".to_owned());
    assert_eq!(response, expected);
    assert_complete(&response);
    assert!(!format!("{response:?}").contains("st4te"));
    assert!(!format!("{response:?}").contains("n0nce"));

    let body = json!({
        "provider": "apple", "loginOptions": login_options_json(), "implicit": true, "rawResponse": false,
    });
    server.got(post_signed_in("/v1/auth/oauth/native/start").json(body)).await;
}

#[tokio::test]
async fn native_finish_with_the_fewest_arguments() {
    let server = Server::answering(json(200, SESSION)).await;
    let call = server.descope().oauth().native_finish(OauthProvider::Apple, "state1");
    assert_session(&call.send().await.unwrap());
    let expected = post("/v1/auth/oauth/native/finish");
    server.got(expected.text(r#"{"provider":"apple","stateId":"state1"}"#)).await;
}

#[tokio::test]
async fn native_finish_with_all_arguments() {
    let server = Server::answering(json(200, SESSION)).await;
    // What Apple gives is JSON in a string, and stays one.
    let user = r#"{"name":{"firstName":"Jane"}}"#;
    let call =
        server.descope().oauth().native_finish("apple", "state1").user(user).code("c1").id_token("eyJ.i.d");
    assert_session(&call.send().await.unwrap());
    let body = json!({
        "provider": "apple", "stateId": "state1", "user": user, "code": "c1", "idToken": "eyJ.i.d",
    });
    server.got(post("/v1/auth/oauth/native/finish").json(body)).await;
}

#[tokio::test]
async fn api_errors() {
    let missing = (400, "E011002", "Missing arguments");
    let invalid = (400, "E011004", "Invalid arguments");
    let logged_out = (401, "E064001", "User is logged out");
    fails("oauth_authorize", missing, |client| client.oauth().authorize("").send()).await;
    fails("oauth_authorize_sign_in", invalid, |client| client.oauth().authorize_sign_in("x").send()).await;
    fails("oauth_authorize_sign_up", invalid, |client| client.oauth().authorize_sign_up("x").send()).await;
    fails("oauth_authorize_update", logged_out, |client| client.oauth().authorize_update("x").send()).await;
    fails("oauth_exchange", (400, "E011003", "Request failed validation"), |client| {
        client.oauth().exchange("used").send()
    })
    .await;
    fails("oauth_native_start", (429, "E130429", "Rate limit exceeded"), |client| {
        client.oauth().native_start("x").send()
    })
    .await;
    fails("oauth_native_finish", (400, "E011001", "Bad request"), |client| {
        client.oauth().native_finish("x", "s").send()
    })
    .await;
}
