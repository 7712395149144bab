//! Requests as official SDKs send them are accepted, and what becomes of others is told apart.

#[path = "../examples/descope_requests/play.rs"]
mod play;
#[path = "../examples/descope_requests/shape.rs"]
mod shape;

use play::{Outcome, play, text};
use serde_json::{Value, json};

/// A request in the form of a recording. The bearer token is that of nobody, of the user, or of the management key.
fn recorded(method: &str, path: &str, credential: &str, body: Value) -> Value {
    json!({
        "call": "made up",
        "method": method,
        "path": path,
        "raw_query": "",
        "headers": {"authorization": format!("Bearer P2aProject{credential}"), "content-type": "application/json"},
        "raw_body": body.to_string(),
    })
}

const USER: &str = ":<REFRESH_JWT>";
const KEY: &str = ":K2aAc4T2V93bddihGEx2Ryhc8e5ZMGMTKEY";

async fn outcome(method: &str, path: &str, credential: &str, body: Value) -> Outcome {
    let request = recorded(method, path, credential, body);
    assert_eq!(text(&request, "path"), path);
    play(&request).await.unwrap()
}

#[tokio::test]
async fn requests_of_official_sdks_are_accepted() {
    let user =
        json!({"loginId": "jane@example.com", "user": {"name": "Jane", "unknown": 1}, "loginOptions": null});
    let new = json!({"loginId": "john@example.com", "email": null, "roleNames": ["admin"], "invite": false});
    let selected = json!({"ids": []});
    // In older SDKs, a new user's login ID stands within the user.
    let passkey = json!({"user": {"loginId": "john"}, "origin": "https://app.example.com"});
    for (path, credential, body) in [
        ("/v1/auth/otp/signup/email", "", user.clone()),
        ("/v1/auth/otp/signin/email", "", user),
        ("/v1/auth/me/tenants", USER, selected),
        ("/v1/auth/refresh", USER, json!({})),
        ("/v1/auth/accesskey/exchange", ":ACCESSKEY", json!({})),
        ("/v1/auth/webauthn/signup/start", "", passkey),
        ("/v1/mgmt/user/create", KEY, new),
        ("/v1/mgmt/role/create", KEY, json!({"name": "r1", "permissionNames": ["p1"], "tenantId": "t1"})),
    ] {
        assert_eq!(outcome("POST", path, credential, body).await, Outcome::Done, "{path}");
    }
}

#[tokio::test]
async fn what_becomes_of_other_requests_is_told_apart() {
    let made_up = outcome("POST", "/v1/auth/oauth/exchange", "", json!({"code": "made up"})).await;
    assert_eq!(made_up, Outcome::MadeUp("E011004".to_owned()));
    assert_eq!(outcome("GET", "/v1/mgmt/list/all", KEY, json!({})).await, Outcome::WithoutBehaviour);
    assert_eq!(outcome("POST", "/v1/auth/nothing", "", json!({})).await, Outcome::Unknown);
    let batch = json!({"roles": [{"name": "r1"}]});
    let excepted = outcome("POST", "/v1/mgmt/role/update/batch", KEY, batch).await;
    assert!(matches!(excepted, Outcome::Excepted(_)), "{excepted:?}");
    for body in [json!({}), json!({"code": ""}), json!({"code": 1})] {
        let refused = outcome("POST", "/v1/auth/oauth/exchange", "", body).await;
        assert!(matches!(refused, Outcome::Refused(_)), "{refused:?}");
    }
}

#[test]
fn a_response_that_is_not_as_the_spec_says_is_found() {
    let differences = |body: Value| shape::differences("GET", "/v1/auth/me", &body);
    assert!(differences(json!({"userId": "U1", "loginIds": ["a"], "OAuth": {"google": true}})).is_empty());
    let wrong = json!({"loginIds": [1], "name": true, "OAuth": {"google": "yes"}, "nickname": ""});
    let mut found = differences(wrong);
    found.sort();
    let expected = [
        "/OAuth/google is \"yes\"",
        "/loginIds/0 is 1",
        "/name is true",
        "/nickname is unknown",
        "/userId is lacking",
    ];
    assert_eq!(found, expected);
}
