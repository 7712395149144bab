//! What the vendor's Python SDK 2.16.0 was recorded to send, against what this client sends for the same
//! arguments.

use crate::descope_common::SESSION;
use crate::harness::{Body, PROJECT, Pairs, Server, json, object, parsed, sorted, without_proxy};
use generated_client::descope::{Client, Error, LoginOptions, SignUpUser};
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Deserialize)]
struct Recording {
    call: String,
    mode: String,
    method: String,
    path: String,
    query: Pairs,
    authorization: String,
    body: Map<String, Value>,
}

/// Things that go by several names, all of which the service takes. This client sends the documented one.
const RENAMED: [(&str, &str); 2] = [
    // In the query of a login that a browser is sent away for.
    ("redirectURL", "redirectUrl"),
    // In the body of an operation that sends links.
    ("URI", "redirectUrl"),
];

/// Members that the SDK sends though they say nothing; this client leaves out what was not set.
const LEFT_OUT: [(&str, &str); 2] = [
    // Null and absent mean the same to the service.
    ("customClaims", "null"),
    // So do no login options and empty ones.
    ("loginOptions", "{}"),
];

/// The placeholder stands for the token in the recordings.
const REFRESH_JWT: &str = "<REFRESH_JWT>";
const AUTH_MANAGEMENT_KEY: &str = "K2aAuthMgmtKey";
const JANE: &str = "jane@example.com";
const CALLBACK: &str = "https://app.example.com/cb";
const VERIFY: &str = "https://app.example.com/verify";

#[tokio::test]
async fn the_same_arguments_give_the_same_request() {
    let recordings: Vec<Recording> = parsed(include_str!("fixtures/descope-sdk.json"));
    for recording in recordings {
        let name = format!("{} ({})", recording.call, recording.mode);
        // The answer is one that every operation can read.
        let server = Server::answering(json(200, SESSION)).await;
        call(&server, &recording.call, &recording.mode)
            .await
            .unwrap_or_else(|error| panic!("{name}: {error}"));

        let sent = server.sent().await;
        assert_eq!((&sent.method, &sent.path), (&recording.method, &recording.path), "{name}");
        assert_eq!(sent.headers["authorization"], recording.authorization, "{name}");
        assert_eq!(sent.headers["content-type"], "application/json", "{name}");
        // No parameter is there twice, so their order has no meaning.
        assert_eq!(sorted(sent.query), sorted(expected_query(recording.query)), "{name}");
        let expected = Body::Json(expected_body(recording.body));
        assert_eq!(sent.body.parsed_like(&expected), expected, "{name}");
    }
}

fn expected_query(query: Pairs) -> Pairs {
    query.into_iter().map(|(name, value)| (renamed(&name), value)).collect()
}

fn expected_body(body: Map<String, Value>) -> Value {
    let says_something = |name: &str, value: &Value| !LEFT_OUT.contains(&(name, &value.to_string()));
    let kept = body.into_iter().filter(|(name, value)| says_something(name, value));
    kept.map(|(name, value)| (renamed(&name), value)).collect::<Map<_, _>>().into()
}

fn renamed(name: &str) -> String {
    let new = RENAMED.iter().find(|(old, _)| *old == name).map(|(_, new)| *new);
    new.unwrap_or(name).to_owned()
}

/// The call that a recording is of.
async fn call(server: &Server, call: &str, mode: &str) -> Result<(), Error> {
    let client = server.descope();
    let signed_in = client.with_refresh_token(REFRESH_JWT);
    match (call, mode) {
        ("oauth.start", "minimal") => client.oauth().authorize("google").send().await.map(drop),
        ("oauth.start", "full") => {
            let call = signed_in.oauth().authorize("google").body(all_options());
            call.redirect_url("https://app.example.com/cb?x=1&y=a b").send().await.map(drop)
        }
        ("oauth.start", "only-redirect") => {
            client.oauth().authorize("apple").redirect_url(CALLBACK).send().await.map(drop)
        }
        ("oauth.start", "stepup-refresh") => {
            signed_in.oauth().authorize("github").stepup(true).mfa(false).send().await.map(drop)
        }
        ("oauth.start", "auth_management_key") => {
            with_key(server).oauth().authorize("google").send().await.map(drop)
        }
        ("oauth.start", "auth_management_key+refresh") => {
            let client = with_key(server).with_refresh_token(REFRESH_JWT);
            client.oauth().authorize("google").send().await.map(drop)
        }
        ("oauth.exchange_token", _) => client.oauth().exchange("code123").send().await.map(drop),
        ("saml.start", "minimal") => {
            client.saml().authorize("t1").redirect_url(CALLBACK).send().await.map(drop)
        }
        ("saml.start", "full") => {
            let call = signed_in.saml().authorize("t1").redirect_url(CALLBACK);
            call.body(all_options()).send().await.map(drop)
        }
        ("saml.exchange_token", _) => client.saml().exchange("code123").send().await.map(drop),
        ("sso.start", "minimal") => client.sso().authorize("t1").send().await.map(drop),
        ("sso.start", "full") => {
            let call = signed_in.sso().authorize("t1").redirect_url(CALLBACK).body(all_options());
            // The recording has both values in one string.
            let call = call.prompt(["login consent"]).sso_id("ssoid1").login_hint(JANE).force_authn(true);
            call.send().await.map(drop)
        }
        ("sso.start", "forceAuthn-false") => {
            client.sso().authorize("t1").force_authn(false).send().await.map(drop)
        }
        ("sso.exchange_token", _) => client.sso().exchange("code123").send().await.map(drop),
        (call, mode) => enchanted_link(&client, call, mode).await,
    }
}

async fn enchanted_link(client: &Client, call: &str, mode: &str) -> Result<(), Error> {
    let links = client.enchanted_link();
    let signed_in = client.with_refresh_token(REFRESH_JWT).enchanted_link();
    match (call, mode) {
        ("enchantedlink.sign_in", "minimal") => {
            links.sign_in(JANE).redirect_url(VERIFY).send().await.map(drop)
        }
        ("enchantedlink.sign_in", "full") => {
            let call = signed_in.sign_in(JANE).redirect_url(VERIFY);
            call.login_options(all_options()).send().await.map(drop)
        }
        // The SDK fills in the address from the login ID; here the service does, unless it is given.
        ("enchantedlink.sign_up", "minimal") => {
            let call = links.sign_up(JANE).redirect_url(VERIFY).email(JANE);
            call.user(SignUpUser::default().email(JANE)).send().await.map(drop)
        }
        ("enchantedlink.sign_up", "full") => {
            let user = SignUpUser::default().name("Jane Doe").given_name("Jane").middle_name("M");
            let user = user.family_name("Doe").phone("+12125551212").email(JANE);
            let call = links.sign_up(JANE).redirect_url(VERIFY).email(JANE).user(user);
            call.login_options(some_options()).send().await.map(drop)
        }
        ("enchantedlink.sign_up_or_in", "minimal") => {
            links.sign_up_or_in(JANE).redirect_url(VERIFY).send().await.map(drop)
        }
        ("enchantedlink.sign_up_or_in", "full") => {
            let call = links.sign_up_or_in(JANE).redirect_url(VERIFY);
            call.login_options(some_options().stepup(false).mfa(false)).send().await.map(drop)
        }
        ("enchantedlink.get_session", _) => links.pending_session("pending-ref-1").send().await.map(drop),
        ("enchantedlink.verify", _) => links.verify("token1").send().await,
        ("enchantedlink.update_user_email", "minimal") => {
            let call = signed_in.update_email(JANE, "new@example.com");
            call.add_to_login_ids(false).on_merge_use_existing(false).send().await.map(drop)
        }
        ("enchantedlink.update_user_email", "full") => {
            let call = signed_in.update_email(JANE, "new@example.com");
            let call = call.add_to_login_ids(true).on_merge_use_existing(true).provider_id("prov1");
            let call = call.template_id("tmpl1").template_options([("o".to_owned(), "v".to_owned())]);
            call.send().await.map(drop)
        }
        (call, mode) => panic!("no call for the recording {call} ({mode})"),
    }
}

fn with_key(server: &Server) -> Client {
    let builder = Client::builder(PROJECT).base_url(server.uri()).http(without_proxy());
    builder.auth_management_key(AUTH_MANAGEMENT_KEY).build().unwrap()
}

fn all_options() -> LoginOptions {
    some_options()
        .custom_claims(object(json!({"k1": "v1", "n": 1, "b": true, "arr": ["a"]})))
        .stepup(true)
        .mfa(true)
        .locale("en")
}

fn some_options() -> LoginOptions {
    LoginOptions::default()
        .revoke_other_sessions(true)
        .custom_claims(object(json!({"k1": "v1", "n": 1})))
        .template_options([("opt".to_owned(), "val".to_owned())])
        .template_id("tmpl1")
}
