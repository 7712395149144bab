//! An application, all of whose ways are tested without a server.

use std::time::Duration;

use generated_client::nhost::{self, signin::SignInResponse};
use generated_client::runtime::{Phase, RetryPolicy};
use generated_client::testing::{Fault, MockTransport, Request, Response, ResponseFuture, Transport};
use serde_json::json;

/// The page that an application shows after somebody has typed an email address and a password.
async fn sign_in(client: &nhost::Client, email: &str, password: &str) -> String {
    match client.signin().email_password(email, password).send().await {
        Ok(SignInResponse::SignedIn(signed_in)) => {
            format!("hello {}", signed_in.session.user.unwrap().display_name)
        }
        Ok(_) => "type the code of your authenticator app".to_owned(),
        Err(error) if error.is_wrong_password() => "wrong email address or password".to_owned(),
        Err(error) if error.is_unverified() => "open the link in your email first".to_owned(),
        Err(error) if error.is_rate_limited() => "too many attempts".to_owned(),
        Err(error) if error.is_timeout() => "try again later".to_owned(),
        Err(error) => format!("it failed: {error}"),
    }
}

fn client(transport: impl Transport) -> nhost::Client {
    let builder = nhost::Client::builder("https://auth.example.com/v1").retry_policy(RetryPolicy::disabled());
    builder.transport(transport).build().unwrap()
}

async fn page(response: Response) -> String {
    let mock = MockTransport::new().respond("signin_email_password", response);
    sign_in(&client(mock), "ada@example.com", "s3cret-word").await
}

#[tokio::test]
async fn every_response_has_its_page() {
    let example = Response::example::<nhost::signin::SigninEmailPassword>();
    assert!(page(example).await.starts_with("hello "));
    let ticket = json!({"mfa": {"ticket": "mfaTotp:6b1e7c52-90c4-4b3f-8a35-2f0d3cf1a7e9"}});
    assert_eq!(page(Response::json(200, &ticket)).await, "type the code of your authenticator app");
    for (status, code, text) in [
        (401, "invalid-email-password", "wrong email address or password"),
        (400, "invalid-request", "wrong email address or password"),
        (401, "unverified-user", "open the link in your email first"),
        (401, "disabled-user", "it failed: nhost signin_email_password: 401 Unauthorized, disabled-user: "),
    ] {
        assert_eq!(page(Response::api(status, "error", code)).await, text);
    }
    assert_eq!(page(Response::status(429)).await, "too many attempts");
    assert_eq!(
        page(Response::text(502, "bad gateway")).await,
        "it failed: nhost signin_email_password: 502 Bad Gateway: bad …"
    );
}

#[tokio::test]
async fn every_failure_has_its_page() {
    let failing = |fault| MockTransport::new().fail("signin_email_password", fault);
    let page = async |fault| sign_in(&client(failing(fault)), "ada@example.com", "s3cret-word").await;
    assert_eq!(page(Fault::Timeout).await, "try again later");
    assert_eq!(
        page(Fault::Connection(Phase::Connect)).await,
        "it failed: nhost signin_email_password: no connection could be made"
    );
    assert_eq!(
        sign_in(&client(MockTransport::new()), "ada@example.com", "s3cret-word").await,
        "it failed: nhost signin_email_password: the test has no response for `signin_email_password`"
    );
}

#[tokio::test]
async fn a_test_sees_the_requests_and_nothing_prints_their_secrets() {
    let mock = MockTransport::new().example::<nhost::user::UserGet>();
    let client = client(mock.clone());
    client.with_access_token("s3cret-token").user().get().send().await.unwrap();
    let requests = mock.requests();
    assert_eq!(requests[0].operation(), "user_get");
    assert_eq!(requests[0].url.as_str(), "https://auth.example.com/v1/user");
    assert_eq!(requests[0].header("authorization"), Some("Bearer s3cret-token"));
    assert_eq!(requests[0].json(), serde_json::Value::Null);
    let shown = format!("{requests:?} {mock:?} {:?} {client:?}", Response::text(200, "s3cret-token"));
    assert!(!shown.contains("s3cret"), "{shown}");
}

/// The engine does what it does with a real service: it sends again what it may, and nothing else.
#[tokio::test]
async fn what_may_not_be_sent_twice_is_sent_once() {
    for (fault, safe, never) in [
        (Fault::Connection(Phase::Connect), 3, 3),
        (Fault::Connection(Phase::Exchange), 3, 1),
        (Fault::Timeout, 3, 1),
        (Fault::Unexpected("is over".to_owned()), 1, 1),
    ] {
        let mock =
            MockTransport::new().fail("system_version", fault.clone()).fail("signin_pat", fault.clone());
        let policy = RetryPolicy::default().initial_backoff(Duration::ZERO);
        let builder = nhost::Client::builder("https://auth.example.com/v1").retry_policy(policy);
        let client = builder.transport(mock.clone()).build().unwrap();
        let error = client.system().version().send().await.unwrap_err();
        assert_eq!(error.attempts(), safe, "{fault:?}");
        let pat = "2b0721a7-ef22-4d1e-93c3-c7b74a2fa621";
        let error = client.signin().pat(pat).send().await.unwrap_err();
        assert_eq!(error.attempts(), never, "{fault:?}");
        assert_eq!(mock.requests().len(), usize::try_from(safe + never).unwrap());
    }
}

#[tokio::test]
async fn responses_come_in_their_order_and_the_last_one_stays() {
    let response = |version: &str| Response::json(200, &json!({ "version": version }));
    let mock = MockTransport::new()
        .respond("system_version", response("1"))
        .respond("system_version", response("2"));
    let client = client(mock);
    for expected in ["1", "2", "2"] {
        assert_eq!(client.system().version().send().await.unwrap().version, expected);
    }
}

#[tokio::test]
async fn a_response_that_is_too_long_is_refused_as_ever() {
    let mock =
        MockTransport::new().respond("system_version", Response::json(200, &json!({"version": "123456789"})));
    let builder = nhost::Client::builder("https://auth.example.com/v1").max_body(9).transport(mock);
    let error = builder.build().unwrap().system().version().send().await.unwrap_err();
    assert_eq!(error.to_string(), "nhost system_version: the response (200 OK) has more than 9 bytes");
}

/// A transport of one's own, which never gives a response.
struct Silent;

impl Transport for Silent {
    fn exchange<'a>(&'a self, _: &'a Request) -> ResponseFuture<'a> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn a_call_takes_no_longer_than_it_may() {
    let builder = nhost::Client::builder("https://auth.example.com/v1").timeout(Duration::from_millis(50));
    let client = builder.transport(Silent).build().unwrap();
    assert!(client.system().version().send().await.unwrap_err().is_timeout());
}
