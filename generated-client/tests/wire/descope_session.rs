//! What Descope says about a session in more than one form.

use crate::descope_common::{REFRESH_JWT, SESSION, assert_session, post, post_signed_in};
use crate::harness::{Server, json};
use generated_client::descope::session::{SessionHistory, SessionHistoryEntry, SessionHistoryResponse};
use generated_client::descope::{Client, JwtResponse, RefreshToken};
use serde_json::{Value, json};

async fn answering(body: Value) -> (Server, Client<RefreshToken>) {
    let server = Server::answering(json(200, body.to_string())).await;
    let client = server.descope().with_refresh_token(REFRESH_JWT);
    (server, client)
}

fn sign_in(time: i64, city: Option<&str>) -> SessionHistoryEntry {
    let mut entry = SessionHistoryEntry::default();
    entry.user_id = "U2".to_owned();
    entry.login_time = time;
    entry.city = city.map(str::to_owned);
    entry
}

#[tokio::test]
async fn the_history_comes_as_a_list_or_in_an_object() {
    // A time may be a string, and what isn't known is left out, null or empty.
    let list = json!([
        {"userId": "U2", "loginTime": 4_102_444_800_i64, "city": "Leeds", "country": null},
        {"userId": "U2", "loginTime": "1767139200", "selectedTenant": ""},
    ]);
    let mut entries = vec![sign_in(4_102_444_800, Some("Leeds")), sign_in(1_767_139_200, None)];
    entries[1].selected_tenant = Some(String::new());

    let (server, client) = answering(list.clone()).await;
    let history = client.session().me_history().send().await.unwrap();
    assert_eq!(history, SessionHistoryResponse::Array(entries.clone()));
    assert_eq!(server.target().await, "/v1/auth/me/history");

    let (_server, client) = answering(json!({"authHistory": list})).await;
    let mut object = SessionHistory::default();
    object.auth_history = entries;
    let history = client.session().me_history().send().await.unwrap();
    assert_eq!(history, SessionHistoryResponse::SessionHistory(object));
}

#[tokio::test]
async fn a_history_without_sign_ins_comes_in_either_form() {
    let (_server, client) = answering(json!([])).await;
    let history = client.session().me_history().send().await.unwrap();
    assert_eq!(history, SessionHistoryResponse::Array(Vec::new()));

    for none in [json!({"authHistory": []}), json!({"authHistory": null}), json!({})] {
        let (_server, client) = answering(none).await;
        let history = client.session().me_history().send().await.unwrap();
        assert_eq!(history, SessionHistoryResponse::SessionHistory(SessionHistory::default()));
    }
}

#[tokio::test]
async fn a_refresh_without_a_refresh_jwt_leaves_the_old_one_valid() {
    for absent in [
        json!({"sessionJwt": "s"}),
        json!({"sessionJwt": "s", "refreshJwt": null}),
        json!({"sessionJwt": "s", "refreshJwt": ""}),
    ] {
        let (server, client) = answering(absent.clone()).await;
        for _ in 0..2 {
            let session = client.session().refresh().send().await.unwrap();
            assert_eq!(session.session_jwt.expose(), "s", "{absent}");
            assert_eq!(session.refresh_jwt.expose(), "", "{absent}");
        }
        for sent in server.all_sent().await {
            assert!(sent.headers["authorization"].ends_with(REFRESH_JWT), "{absent}");
        }
    }
}

#[tokio::test]
async fn the_token_of_another_system_is_traded_for_a_session_without_a_refresh_jwt() {
    let server = Server::answering(json(200, SESSION)).await;
    let call = server.descope().session().refresh().external_token("3xternal");
    assert_session(&call.send().await.unwrap());
    server.got(post("/v1/auth/refresh").text(r#"{"externalToken":"3xternal"}"#)).await;
}

#[tokio::test]
async fn the_end_of_a_session_needs_no_body() {
    for body in ["", "{}", r#"{"sessionJwt": "", "refreshJwt": "", "cookieMaxAge": 0}"#] {
        for path in ["/v1/auth/logout", "/v1/auth/logoutall"] {
            let server = Server::answering(json(200, body)).await;
            let client = server.descope().with_refresh_token(REFRESH_JWT);
            match path {
                "/v1/auth/logout" => client.session().logout().send().await.unwrap(),
                _ => client.session().logout_all().send().await.unwrap(),
            }
            server.got(post_signed_in(path)).await;
        }
    }
}

#[tokio::test]
async fn no_session_to_refresh_is_an_empty_response() {
    let (server, _) = answering(json!({})).await;
    let session = server.descope().session().try_refresh().send().await.unwrap();
    assert_eq!(session, JwtResponse::default());
}

#[tokio::test]
async fn the_expiration_of_an_access_key_s_session_is_a_number_or_a_string() {
    for expiration in [json!(4_102_444_800_i64), json!("4102444800")] {
        let body = json!({"keyId": "K2", "sessionJwt": "s", "expiration": expiration});
        let server = Server::answering(json(200, body.to_string())).await;
        let client = server.descope().with_access_key("ACCESSKEY");
        let session = client.access_keys().exchange().send().await.unwrap();
        assert_eq!(session.expiration, Some(4_102_444_800));
    }
}
