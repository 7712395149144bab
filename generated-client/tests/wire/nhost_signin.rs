//! The group `signin` of Nhost.

use crate::harness::{
    Sent, Server, assert_known, assert_named, assert_redirects, json, nhost_at, object, redirecting,
};
use generated_client::nhost::signin::{SigninProvider, SigninProviderCallback};
use generated_client::nhost::{Client, Error, ErrorCode, Nhost, Provider};
use generated_client::runtime::{BrowserOperation, Call, ErrorKind, Operation, Redirect};
use serde_json::json;
use std::fmt::Debug;

const AT_PROVIDER: &str =
    "https://github.com/login/oauth/authorize?client_id=x&scope=user%3Aemail&state=eyJ.e.s";
const BACK: &str = "https://app.example.com/cb?x=1&refreshToken=d189abb0-7bae-498f-bb07-a7d1513c092a#top";
const STATE: &str = "eyJhbGciOiJSUzI1NiJ9.eyJleHAiOjF9.c2ln+/=";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn provider(client: &Client) -> SigninProvider {
    let upstream = [("prompt", "select account"), ("login_hint", "jane@example.com")];
    client
        .signin()
        .provider(Provider::Workos)
        .code_challenge(CHALLENGE)
        .upstream_params(upstream.map(|(name, value)| (name.to_owned(), value.to_owned())))
        .organization("org_1")
        .connection("conn_1")
        .state("st4te&=")
        .connect("eyJ.access.token")
        .redirect_to("https://app.example.com/cb?x=1&y=a b#top")
        .metadata(object(json!({"a": {"b": [1, "ü&="]}})))
        .locale("pt")
        .display_name("Zoë O'Neil, Jr.")
        .default_role("user")
        .allowed_roles(["me", "user"])
}

fn callback(client: &Client) -> SigninProviderCallback {
    client
        .signin()
        .provider_callback("twitter", STATE)
        .error_uri("https://docs.example/err?a=b")
        .error_description("The user denied")
        .error("access_denied")
        .oauth_verifier("v3rifier")
        .oauth_token("t0ken")
        .id_token("eyJ.i.d")
        .code("c0de/1")
}

#[tokio::test]
async fn provider_with_the_fewest_arguments() {
    let server = Server::answering(redirecting(302, AT_PROVIDER)).await;
    let response = server.nhost().signin().provider(Provider::Github).send().await.unwrap();
    assert_redirects(&response, AT_PROVIDER);
    server.got(Sent::new("GET", "/signin/provider/github")).await;
}

#[tokio::test]
async fn provider_with_all_arguments() {
    let server = Server::answering(redirecting(302, AT_PROVIDER)).await;
    assert_redirects(&provider(&server.nhost()).send().await.unwrap(), AT_PROVIDER);
    let expected = Sent::new("GET", "/signin/provider/workos").query([
        ("allowedRoles", "me,user"),
        ("defaultRole", "user"),
        ("displayName", "Zoë O'Neil, Jr."),
        ("locale", "pt"),
        ("metadata", r#"{"a":{"b":[1,"ü&="]}}"#),
        ("redirectTo", "https://app.example.com/cb?x=1&y=a b#top"),
        ("connect", "eyJ.access.token"),
        ("state", "st4te&="),
        ("connection", "conn_1"),
        ("organization", "org_1"),
        ("upstreamParams[login_hint]", "jane@example.com"),
        ("upstreamParams[prompt]", "select account"),
        ("codeChallenge", CHALLENGE),
    ]);
    server.got(expected).await;
}

#[tokio::test]
async fn provider_callback_with_the_fewest_arguments() {
    let server = Server::answering(redirecting(302, BACK)).await;
    let call = server.nhost().signin().provider_callback(Provider::Google, STATE);
    assert_redirects(&call.send().await.unwrap(), BACK);
    server.got(Sent::new("GET", "/signin/provider/google/callback").query([("state", STATE)])).await;
}

#[tokio::test]
async fn provider_callback_with_all_arguments() {
    let server = Server::answering(redirecting(302, BACK)).await;
    assert_redirects(&callback(&server.nhost()).send().await.unwrap(), BACK);
    let expected = Sent::new("GET", "/signin/provider/twitter/callback").query([
        ("state", STATE),
        ("code", "c0de/1"),
        ("id_token", "eyJ.i.d"),
        ("oauth_token", "t0ken"),
        ("oauth_verifier", "v3rifier"),
        ("error", "access_denied"),
        ("error_description", "The user denied"),
        ("error_uri", "https://docs.example/err?a=b"),
    ]);
    server.got(expected).await;
}

fn post_form(path: &str) -> Sent {
    Sent::new("POST", path).header("content-type", "application/x-www-form-urlencoded")
}

#[tokio::test]
async fn provider_callback_post_with_the_fewest_arguments() {
    let server = Server::answering(redirecting(302, BACK)).await;
    let call = server.nhost().signin().provider_callback_post(Provider::Apple, "a b&c=d+e/é");
    assert_redirects(&call.send().await.unwrap(), BACK);
    let expected = post_form("/signin/provider/apple/callback");
    server.got(expected.text("state=a%20b%26c%3Dd%2Be%2F%C3%A9")).await;
}

#[tokio::test]
async fn provider_callback_post_with_all_arguments() {
    let server = Server::answering(redirecting(302, BACK)).await;
    let user = r#"{"name":{"firstName":"Jane","lastName":"Doe"}}"#;
    let call = server
        .nhost()
        .signin()
        .provider_callback_post(Provider::Apple, STATE)
        .code("c0de/1")
        .id_token("eyJ.i.d")
        .user(user)
        .error("user_cancelled_authorize")
        .error_description("Never mind")
        .error_uri("https://docs.example/err");
    assert_redirects(&call.send().await.unwrap(), BACK);
    let expected = post_form("/signin/provider/apple/callback").form([
        ("state", STATE),
        ("code", "c0de/1"),
        ("id_token", "eyJ.i.d"),
        ("user", user),
        ("error", "user_cancelled_authorize"),
        ("error_description", "Never mind"),
        ("error_uri", "https://docs.example/err"),
    ]);
    server.got(expected).await;
}

#[tokio::test]
async fn no_operation_sends_the_access_token() {
    let answering = || Server::answering(redirecting(302, BACK));
    let signin = |server: &Server| server.nhost().with_access_token("eyJ.access.token").signin();

    let server = answering().await;
    signin(&server).provider("x").send().await.unwrap();
    assert!(!server.sent().await.headers.contains_key("authorization"));
    let server = answering().await;
    signin(&server).provider_callback("x", "s").send().await.unwrap();
    assert!(!server.sent().await.headers.contains_key("authorization"));
    let server = answering().await;
    signin(&server).provider_callback_post("x", "s").send().await.unwrap();
    assert!(!server.sent().await.headers.contains_key("authorization"));
}

const PROVIDERS: [&str; 16] = [
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

#[tokio::test]
async fn all_providers_are_in_the_path_under_the_base_url() {
    assert_known::<Provider>(&PROVIDERS);
    let known = PROVIDERS.map(|name| (name, format!("/v1/signin/provider/{name}")));
    // Whatever else is given stays one segment.
    let unknown = ("../a/b?c#d %é", "/v1/signin/provider/..%2Fa%2Fb%3Fc%23d%20%25%C3%A9".to_owned());
    for (name, path) in known.into_iter().chain([unknown]) {
        let server = Server::answering(redirecting(302, AT_PROVIDER)).await;
        let client = nhost_at(&format!("{}/v1/", server.uri()));
        client.signin().provider(name).send().await.unwrap();
        server.got(Sent::new("GET", &path)).await;
    }
}

/// The URL of a call is what is sent then, and getting it sends nothing.
async fn sends_its_url<O>(call: impl FnOnce(&Client) -> Call<O>)
where
    O: BrowserOperation + Operation<Service = Nhost, Response = Redirect>,
{
    let server = Server::answering(redirecting(302, BACK)).await;
    let call = call(&server.nhost());
    let url = call.url().unwrap();
    server.got_nothing().await;
    call.send().await.unwrap();
    assert_eq!(url.as_str(), format!("{}{}", server.uri(), server.target().await));
}

#[tokio::test]
async fn a_url_is_what_would_be_sent() {
    sends_its_url(|client| client.signin().provider("github")).await;
    sends_its_url(provider).await;
    sends_its_url(|client| client.signin().provider_callback("github", STATE)).await;
    sends_its_url(callback).await;
}

#[test]
fn the_url_of_a_login() {
    let client = nhost_at("https://abc.auth.eu-central-1.nhost.run/v1");
    let call = client.signin().provider(Provider::Github).redirect_to("https://app.example.com/cb");
    assert_eq!(
        call.allowed_roles(["me", "user"]).url().unwrap().as_str(),
        "https://abc.auth.eu-central-1.nhost.run/v1/signin/provider/github\
         ?allowedRoles=me,user&redirectTo=https%3A%2F%2Fapp.example.com%2Fcb"
    );
}

#[tokio::test]
async fn arguments_against_their_constraints_are_refused_before_anything_is_sent() {
    let server = Server::answering(redirecting(302, AT_PROVIDER)).await;
    let call = || server.nhost().signin().provider("github");
    for (call, refusal) in [
        (
            call().display_name("x".repeat(33)),
            "parameter `displayName` has 33 characters, at most 32 are allowed",
        ),
        (
            call().display_name("s3cret/"),
            r"parameter `displayName` does not match the pattern ^[\p{L}\p{N}\p{S} ,.'-]+$",
        ),
        (call().locale("e"), "parameter `locale` has 1 character, at least 2 are needed"),
        (call().locale("engl"), "parameter `locale` has 4 characters, at most 3 are allowed"),
        (
            call().code_challenge("short"),
            "parameter `codeChallenge` has 5 characters, at least 43 are needed",
        ),
        (
            call().code_challenge(CHALLENGE.replace('-', "+")),
            "parameter `codeChallenge` does not match the pattern ^[A-Za-z0-9_-]{43}$",
        ),
        (server.nhost().signin().provider(".."), "parameter `provider` can't be a segment of a path"),
    ] {
        let error = call.url().unwrap_err();
        assert_eq!(error.to_string(), format!("nhost signin_provider: {refusal}"));
        let error = call.send().await.unwrap_err();
        assert_eq!(error.to_string(), format!("nhost signin_provider: {refusal}"));
        assert!(matches!(error.kind(), ErrorKind::InvalidRequest(_)));
    }
    server.got_nothing().await;
}

async fn fails<T: Debug, F: Future<Output = Result<T, Error>>>(
    operation: &str,
    call: impl FnOnce(Client) -> F,
) {
    let body = r#"{"error": "internal-server-error", "message": "Internal server error", "status": 500}"#;
    let server = Server::answering(json(500, body)).await;
    let error = call(server.nhost()).await.unwrap_err();
    server.sent().await;
    assert_eq!(error.status().unwrap(), 500);
    assert_eq!(error.code(), Some(&ErrorCode::InternalServerError));
    assert_eq!(error.message(), Some("Internal server error"));
    assert_eq!(
        error.to_string(),
        format!("nhost {operation}: 500 Internal Server Error, internal-server-error: Internal server error")
    );
}

#[tokio::test]
async fn api_errors() {
    fails("signin_provider", |client| client.signin().provider("x").send()).await;
    fails("signin_provider_callback", |client| client.signin().provider_callback("x", "s").send()).await;
    fails("signin_provider_callback_post", |client| client.signin().provider_callback_post("x", "s").send())
        .await;
}

#[tokio::test]
async fn a_turnstile_token_goes_with_the_code_from_a_text_message() {
    let server = Server::answering(json(200, r#"{"session": {}}"#)).await;
    let call = server.nhost().signin().passwordless_sms_verify("+12025550123", "932136");
    call.x_cf_turnstile_response("0.Xn2p").send().await.unwrap();
    let expected =
        Sent::new("POST", "/signin/passwordless/sms/otp").header("content-type", "application/json");
    let body = json!({"phoneNumber": "+12025550123", "otp": "932136"});
    server.got(expected.header("x-cf-turnstile-response", "0.Xn2p").json(body)).await;
}

#[test]
fn codes_of_errors() {
    assert_named::<ErrorCode>(&[("oauth-token-echange-failed", "OauthTokenExchangeFailed")]);
    assert_known::<ErrorCode>(&[
        "default-role-must-be-in-allowed-roles",
        "disabled-endpoint",
        "disabled-user",
        "email-already-in-use",
        "user-already-exists",
        "email-already-verified",
        "forbidden-anonymous",
        "internal-server-error",
        "invalid-email-password",
        "invalid-request",
        "locale-not-allowed",
        "password-too-short",
        "password-in-hibp-database",
        "redirectTo-not-allowed",
        "role-not-allowed",
        "signup-disabled",
        "unverified-user",
        "user-not-anonymous",
        "invalid-pat",
        "invalid-refresh-token",
        "invalid-ticket",
        "disabled-mfa-totp",
        "no-totp-secret",
        "invalid-totp",
        "mfa-type-not-found",
        "totp-already-active",
        "invalid-state",
        "oauth-profile-fetch-failed",
        "oauth-provider-error",
        "invalid-otp",
        "otp-too-many-attempts",
        "cannot-send-sms",
        "provider-account-already-linked",
        "elevated-claim-required",
        "unauthorized",
        "schema-validation-error",
        "request-validation-error",
        "invalid_client",
        "invalid_grant",
        "invalid_scope",
        "invalid_token",
        "unsupported_grant_type",
        "unsupported_response_type",
        "request_not_supported",
        "access_denied",
        "server_error",
    ]);
}
