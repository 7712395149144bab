//! Tokens of OAuth 2, cookies, and several credentials that go with one request.

use generator_cases::credential_kinds::{Carries, Client, credential_kinds as group};
use wiremock::ResponseTemplate;

use crate::server::Server;

async fn server() -> (Server, Client) {
    let server = Server::responding(ResponseTemplate::new(204)).await;
    let client = Client::builder("a1", "r1").base_url(server.url()).build().unwrap();
    (server, client)
}

/// The target of the last request, and its headers that carry credentials.
async fn sent(server: &Server) -> Vec<String> {
    let mut sent = vec![server.last().await.0];
    for name in ["authorization", "cookie", "x-app-id", "x-account", "x-region"] {
        sent.extend(server.header(name).await.map(|value| format!("{name}: {value}")));
    }
    sent
}

#[tokio::test]
async fn tokens_of_oauth_and_openid_connect_are_bearer_tokens() {
    let (server, client) = server().await;
    client.with_app_token("t0k3n").credential_kinds().app().send().await.unwrap();
    assert_eq!(sent(&server).await, ["GET /app", "authorization: Bearer t0k3n"]);
    client.with_person_token("t0k3n").credential_kinds().person().send().await.unwrap();
    assert_eq!(sent(&server).await, ["GET /person", "authorization: Bearer t0k3n"]);
}

#[tokio::test]
async fn a_key_is_sent_as_a_cookie() {
    let (server, client) = server().await;
    client.with_session("s1=").credential_kinds().browser().send().await.unwrap();
    assert_eq!(sent(&server).await, ["GET /browser", "cookie: sid=s1="]);
    let error = client.with_session("s1;x=2").credential_kinds().browser().send().await.unwrap_err();
    assert!(
        error.to_string().contains("credential `session` has a character in it that no cookie can have"),
        "{error}"
    );
}

#[tokio::test]
async fn two_credentials_go_with_one_request() {
    let (server, client) = server().await;
    let both = client.with_app_id_and_app_key("i1", "k/1");
    both.credential_kinds().signed_app().send().await.unwrap();
    assert_eq!(sent(&server).await, ["GET /signed-app?app-key=k%2F1", "x-app-id: i1"]);
    let error = client.with_app_id_and_app_key("i1", "k\n").credential_kinds().signed_app().send().await;
    let error = error.unwrap_err();
    assert!(error.to_string().contains("credential `app_key` has a control character in it"), "{error}");
}

#[tokio::test]
async fn a_client_with_two_credentials_can_call_what_needs_one_of_them() {
    let (server, client) = server().await;
    let both = client.with_app_id_and_app_key("i1", "k1");
    both.credential_kinds().app_id().send().await.unwrap();
    assert_eq!(sent(&server).await, ["GET /app-id", "x-app-id: i1"]);
    both.credential_kinds().app_or_session().send().await.unwrap();
    assert_eq!(sent(&server).await, ["GET /app-or-session", "x-app-id: i1"]);
}

#[tokio::test]
async fn what_the_client_was_built_with_is_not_given_again() {
    let (server, client) = server().await;
    client.credential_kinds().account().send().await.unwrap();
    assert_eq!(sent(&server).await, ["GET /account", "x-account: a1", "x-region: r1"]);
    let person = client.with_account_and_login("u", "p");
    person.credential_kinds().account_of_person().send().await.unwrap();
    let expected = ["GET /account-of-person", "authorization: Basic dTpw", "x-account: a1"];
    assert_eq!(sent(&server).await, expected);
}

#[tokio::test]
async fn values_of_several_credentials_are_one_text_by_id() {
    let (server, client) = server().await;
    let any = generator_cases::credential_kinds::SERVICE.builder();
    let any = any.value("account", "a1").value("region", "r1").base_url(server.url()).build().unwrap();
    let both = any.with_value("app_id_and_app_key", "i1 k1").unwrap();
    both.call_operation_raw("credential_kinds_signed_app", Default::default()).await.unwrap();
    assert_eq!(sent(&server).await, ["GET /signed-app?app-key=k1", "x-app-id: i1"]);
    let error = any.with_value("app_id_and_app_key", "i1").unwrap_err();
    assert_eq!(
        error.to_string(),
        "sample: credential `app_id_and_app_key` needs the values of `app_id` and `app_key` with blanks between"
    );
    drop(client);
}

/// It compiles only if a client with both credentials carries each of them.
#[allow(dead_code, reason = "that it compiles is the test")]
fn carries_each<C: Carries<generator_cases::credential_kinds::AppKey>>(client: &Client<C>) -> &Client<C> {
    let _: fn(&Client<generator_cases::credential_kinds::AppIdAndAppKey>) = |client| {
        carries_each(client);
    };
    client
}

/// The type of the call has a name.
#[allow(dead_code, reason = "that it compiles is the test")]
type App = group::CredentialKindsApp;
