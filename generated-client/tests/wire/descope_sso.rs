//! The groups `saml` and `sso` of Descope.

use crate::descope_common::{
    AUTHORIZED, REFRESH_JWT, SESSION, assert_authorized, assert_session, fails, login_options,
    login_options_json, post, post_signed_in,
};
use crate::harness::{Server, json};
use generated_client::descope::Prompt;

#[tokio::test]
async fn saml_authorize_with_the_fewest_arguments() {
    let server = Server::answering(json(200, AUTHORIZED)).await;
    assert_authorized(&server.descope().saml().authorize("jane@acme.example").send().await.unwrap());
    server.got(post("/v1/auth/saml/authorize").query([("tenant", "jane@acme.example")])).await;
}

#[tokio::test]
async fn saml_authorize_with_all_arguments() {
    let server = Server::answering(json(200, AUTHORIZED)).await;
    let call = server
        .descope()
        .with_refresh_token(REFRESH_JWT)
        .saml()
        .authorize("T2acme")
        .redirect_url("https://app.example.com/cb")
        .prompt([Prompt::Login])
        .test(true)
        .force_authn(true)
        .login_hint("jane")
        .initiated_email("jane@acme.example")
        .body(login_options());
    assert_authorized(&call.send().await.unwrap());
    let expected = post_signed_in("/v1/auth/saml/authorize").query([
        ("tenant", "T2acme"),
        ("redirectUrl", "https://app.example.com/cb"),
        ("prompt", "login"),
        ("test", "true"),
        ("forceAuthn", "true"),
        ("loginHint", "jane"),
        ("initiatedEmail", "jane@acme.example"),
    ]);
    server.got(expected.json(login_options_json())).await;
}

#[tokio::test]
async fn saml_exchange() {
    let server = Server::answering(json(200, SESSION)).await;
    let client = server.descope().with_refresh_token(REFRESH_JWT);
    assert_session(&client.saml().exchange("code1").send().await.unwrap());
    server.got(post("/v1/auth/saml/exchange").text(r#"{"code":"code1"}"#)).await;
}

#[tokio::test]
async fn sso_authorize_with_the_fewest_arguments() {
    let server = Server::answering(json(200, AUTHORIZED)).await;
    assert_authorized(&server.descope().sso().authorize("T2acme").send().await.unwrap());
    server.got(post("/v1/auth/sso/authorize").query([("tenant", "T2acme")])).await;
}

#[tokio::test]
async fn sso_authorize_with_all_arguments() {
    let server = Server::answering(json(200, AUTHORIZED)).await;
    let call = server
        .descope()
        .with_refresh_token(REFRESH_JWT)
        .sso()
        .authorize("T2acme")
        .redirect_url("https://app.example.com/cb")
        .prompt([Prompt::Login, Prompt::from("new-prompt")])
        .test(false)
        .sso_id("sso1")
        .force_authn(false)
        .login_hint("jane")
        .initiated_email("jane@acme.example")
        .body(login_options());
    assert_authorized(&call.send().await.unwrap());
    let expected = post_signed_in("/v1/auth/sso/authorize").query([
        ("tenant", "T2acme"),
        ("redirectUrl", "https://app.example.com/cb"),
        ("prompt", "login"),
        ("prompt", "new-prompt"),
        ("test", "false"),
        ("ssoId", "sso1"),
        ("forceAuthn", "false"),
        ("loginHint", "jane"),
        ("initiatedEmail", "jane@acme.example"),
    ]);
    server.got(expected.json(login_options_json())).await;
}

#[tokio::test]
async fn sso_exchange() {
    let server = Server::answering(json(200, SESSION)).await;
    assert_session(&server.descope().sso().exchange("code1").send().await.unwrap());
    server.got(post("/v1/auth/sso/exchange").text(r#"{"code":"code1"}"#)).await;
}

#[tokio::test]
async fn api_errors() {
    let invalid = (400, "E011004", "Invalid arguments");
    fails("saml_authorize", (401, "E064001", "User is logged out"), |client| {
        client.saml().authorize("T2acme").send()
    })
    .await;
    fails("saml_exchange", invalid, |client| client.saml().exchange("used").send()).await;
    fails("sso_authorize", (400, "E011002", "Missing arguments"), |client| client.sso().authorize("").send())
        .await;
    fails("sso_exchange", invalid, |client| client.sso().exchange("used").send()).await;
}
