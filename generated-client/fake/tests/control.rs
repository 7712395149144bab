//! What a fake has beside the service, for programs in other languages.

use generated_client::runtime::RetryPolicy;
use generated_client_fake::{FakeNhost, Fault};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

async fn post(fake: &FakeNhost, path: &str, body: Value) -> (StatusCode, Value) {
    let response =
        Client::new().post(format!("{}{path}", fake.url())).body(body.to_string()).send().await.unwrap();
    let status = response.status();
    (status, serde_json::from_str(&response.text().await.unwrap()).unwrap_or_default())
}

#[tokio::test]
async fn messages_are_read_over_http() {
    let fake = FakeNhost::start().await.unwrap();
    let client = fake.client().unwrap();
    client.signin().otp_email("o'ada@example.com").send().await.unwrap();
    client.signin().passwordless_email("grace@example.com").send().await.unwrap();

    let outbox = reqwest::get(format!("{}/_fake/outbox", fake.url())).await.unwrap().text().await.unwrap();
    let outbox: Value = serde_json::from_str(&outbox).unwrap();
    let code = fake.outbox().code("grace@example.com");
    let link = fake.outbox().link("grace@example.com").unwrap();
    assert_eq!(code, None);
    assert_eq!(
        outbox[1],
        json!({
            "channel": "email",
            "to": "grace@example.com",
            "purpose": "signin-passwordless",
            "code": null,
            "link": link,
        })
    );
    let page = reqwest::get(format!("{}/_fake", fake.url())).await.unwrap().text().await.unwrap();
    assert!(page.contains("o&#39;ada@example.com") && page.contains("signinPasswordless"), "{page}");

    Client::new().delete(format!("{}/_fake/outbox", fake.url())).send().await.unwrap();
    assert!(fake.outbox().messages().is_empty());
}

#[tokio::test]
async fn faults_the_clock_and_the_keys_are_set_over_http() {
    let fake = FakeNhost::start().await.unwrap();
    let client = fake.client().unwrap();
    let fault = json!({"operation": "system_version", "fault": "rate-limited", "retryAfter": 3});
    assert_eq!(post(&fake, "/_fake/faults", fault).await.0, StatusCode::NO_CONTENT);
    let error = client.system().version().retry_policy(RetryPolicy::disabled()).send().await.unwrap_err();
    assert_eq!(error.retry_after().map(|pause| pause.as_secs()), Some(3));

    // A page of the application can read it, as it can every response of the service.
    fake.fail_next("system_version", Fault::RateLimited { retry_after: None }).unwrap();
    let version =
        Client::new().get(format!("{}/version", fake.url())).header("origin", "http://localhost:3000");
    let refused = version.send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers()["access-control-allow-origin"], "http://localhost:3000");

    let before = fake.clock().seconds();
    post(&fake, "/_fake/clock", json!({"seconds": 1000})).await;
    assert!(fake.clock().seconds() >= before + 1000);
    let keys = async || client.system().jwks().send_raw().await.unwrap().body().len();
    let one = keys().await;
    post(&fake, "/_fake/keys/rotate", Value::Null).await;
    assert!(keys().await > one);

    for (path, body, error) in [
        ("/_fake/faults", json!({}), "`operation` is missing, which is the id of an operation"),
        ("/_fake/faults", json!({"operation": "nope", "fault": "html"}), "there is no operation `nope`"),
        ("/_fake/clock", json!({"seconds": -1}), "`seconds` is missing, by which the clock is put forward"),
    ] {
        assert_eq!(post(&fake, path, body).await, (StatusCode::BAD_REQUEST, json!({"error": error})));
    }
    let (status, body) =
        post(&fake, "/_fake/faults", json!({"operation": "system_version", "fault": "x"})).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(body["error"].as_str().unwrap().contains("reset-after"), "{body}");
    assert_eq!(post(&fake, "/_fake/nope", Value::Null).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_call_takes_effect_before_its_connection_is_reset() {
    let fake = FakeNhost::start().await.unwrap();
    let client = fake.client().unwrap();
    let sign_up = async |email: &str| {
        let call = client.signup().email_password(email, "Str0ngPassw#ord-94|%");
        call.retry_policy(RetryPolicy::disabled()).send().await
    };
    fake.fail_next("signup_email_password", Fault::ResetBefore).unwrap();
    sign_up("ada@example.com").await.unwrap_err();
    fake.fail_next("signup_email_password", Fault::ResetAfter).unwrap();
    sign_up("ada@example.com").await.unwrap_err();
    assert!(sign_up("ada@example.com").await.unwrap_err().is_user_exists());

    fake.fail_next("signup_email_password", Fault::CutOff).unwrap();
    sign_up("grace@example.com").await.unwrap_err();
    assert!(sign_up("grace@example.com").await.unwrap_err().is_user_exists());
}
