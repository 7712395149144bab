//! What the client does by itself, with the fake as its service.

use crate::support::{JANE, carrying, minutes, signed_in, started, valid, validator};
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn a_device_waits_until_the_link_is_opened() {
    let (fake, client) = started().await;
    let sent = client.enchanted_link().sign_up_or_in_email(JANE).send().await.unwrap();
    let enchanted = client.enchanted_link();
    let wait = enchanted.wait_for_session(sent.pending_ref.expose()).interval(Duration::from_millis(1));
    let opened = async {
        let link = fake.outbox().link(JANE).unwrap();
        client.enchanted_link().verify(link.split_once("?t=").unwrap().1).send().await.unwrap();
    };
    let (session, ()) = tokio::join!(wait.into_future(), opened);
    valid(&fake, &client, &session.unwrap()).await;
}

#[tokio::test]
async fn an_expired_session_is_validated_and_refreshed() {
    let (fake, client) = started().await;
    fake.change_settings(|settings| settings.rotates_refresh_tokens = true);
    let session = signed_in(&fake, &client, JANE).await;
    let sessions = validator(&fake, &client);
    let (jwt, refresh) = (session.session_jwt.expose(), session.refresh_jwt.expose());
    let same = sessions.validate_and_refresh(jwt, refresh).await.unwrap();
    assert!(same.refreshed.is_none());
    fake.clock().advance(minutes(11));
    let refreshed = sessions.validate_and_refresh(jwt, refresh).await.unwrap().refreshed.unwrap();
    let refresh = refreshed.response.refresh_jwt;
    sessions.sign_out(refresh.expose()).await.unwrap();
    carrying(&client, &session).session().refresh().send().await.unwrap_err();
    client.with_refresh_token(refresh).session().refresh().send().await.unwrap_err();
}

#[tokio::test]
async fn a_program_keeps_the_session_of_its_access_key() {
    let (fake, client) = started().await;
    let made = fake.management().unwrap().access_keys().create("nightly").send().await.unwrap();
    let program = validator(&fake, &client).access_key(made.cleartext.expose());
    let token = program.token().await.unwrap();
    assert_eq!(token.claims.subject(), made.key.id);
}

#[tokio::test]
async fn a_template_adds_claims_to_every_token() {
    let (fake, client) = started().await;
    fake.change_settings(|settings| settings.template_claims = vec![("plan".to_owned(), json!("pro"))]);
    let session = signed_in(&fake, &client, JANE).await;
    assert_eq!(valid(&fake, &client, &session).await.custom().get("plan"), Some(&json!("pro")));
}
