//! Messages that users send, sign-ins on a phone, and programs with access keys.

use crate::support::{JANE, carrying, code, minutes, signed_in, started, valid, validator};
use serde_json::json;

const PHONE: &str = "+12125551212";

#[tokio::test]
async fn a_user_signs_in_by_sending_a_message() {
    let (fake, client) = started().await;
    let sent = client.notp().sign_up_or_in("whatsapp").send().await.unwrap();
    let reference = sent.pending_ref.expose();
    let pending = || client.notp().pending_session(reference).send();
    let error = pending().await.unwrap_err();
    assert_eq!((code(&error), error.status().unwrap().as_u16()), ("E066103", 401));
    let form = reqwest::Client::new().post(sent.redirect_url.expose());
    let form = form.header("content-type", "application/x-www-form-urlencoded").body("phone=%2B12125551212");
    assert!(form.send().await.unwrap().status().is_success());
    let session = pending().await.unwrap();
    assert_eq!(session.first_seen, Some(true));
    valid(&fake, &client, &session).await;
    assert_eq!(code(&pending().await.unwrap_err()), "E011004");

    let known = client.notp().sign_in("whatsapp").login_id(PHONE).send().await.unwrap();
    fake.send_notp(known.pending_ref.expose(), "+4930123456").unwrap_err();
    fake.send_notp(known.pending_ref.expose(), PHONE).unwrap();
    client.notp().pending_session(known.pending_ref.expose()).send().await.unwrap();

    let late = client.notp().sign_up_or_in("whatsapp").send().await.unwrap();
    fake.clock().advance(minutes(3));
    let error = client.notp().pending_session(late.pending_ref.expose()).send().await.unwrap_err();
    assert_eq!(code(&error), "E011004");
}

#[tokio::test]
async fn a_user_changes_their_number_by_sending_a_message() {
    let (fake, client) = started().await;
    let session = signed_in(&fake, &client, JANE).await;
    let update = carrying(&client, &session).notp().update("whatsapp", JANE).phone(PHONE);
    let sent = update.add_to_login_ids(true).send().await.unwrap();
    fake.send_notp(sent.pending_ref.expose(), PHONE).unwrap();
    assert_eq!(fake.user(PHONE).unwrap()["phone"], PHONE);
}

#[tokio::test]
async fn a_user_decides_on_their_phone() {
    let (fake, client) = started().await;
    let session = signed_in(&fake, &client, JANE).await;
    let user = carrying(&client, &session);
    user.push().update("fcm", "device-token", "Jane's phone").send().await.unwrap();
    assert_eq!(fake.user(JANE).unwrap()["push"], true);
    let transaction = fake.push_sign_in(JANE).unwrap();
    assert_eq!(fake.push_result(&transaction), None);
    user.push().sign_in_finish(&transaction, "approved").send().await.unwrap();
    assert_eq!(fake.push_result(&transaction).as_deref(), Some("approved"));
    let again = user.push().sign_in_finish(&transaction, "denied").send().await.unwrap_err();
    assert_eq!(code(&again), "E011004");
}

#[tokio::test]
async fn a_program_trades_its_access_key_for_a_session() {
    let (fake, client) = started().await;
    let management = fake.management().unwrap();
    management.permission().create("read").send().await.unwrap();
    management.role().create("reader").permission_names(["read"]).send().await.unwrap();
    let claims = json!({"plan": "pro"}).as_object().unwrap().clone();
    let expires = i64::try_from(fake.clock().seconds()).unwrap() + 3600;
    let create = management.access_keys().create("nightly").role_names(["reader"]).custom_claims(claims);
    let made = create.expire_time(expires).send().await.unwrap();
    let program = client.with_access_key(made.cleartext.expose());
    let session = program.access_keys().exchange().send().await.unwrap();
    assert_eq!(session.key_id, made.key.id);
    let claims = validator(&fake, &client).validate(session.session_jwt.expose()).await.unwrap();
    assert_eq!(claims.subject(), made.key.id);
    assert!(claims.project().has_role("reader") && claims.project().has_permission("read"));
    assert_eq!(claims.custom().get("plan"), Some(&json!("pro")));

    management.access_keys().deactivate(&made.key.id).send().await.unwrap();
    let refused = program.access_keys().exchange().send().await.unwrap_err();
    assert_eq!((code(&refused), refused.status().unwrap().as_u16()), ("E062803", 401));
    management.access_keys().activate(&made.key.id).send().await.unwrap();
    let rotated = management.access_keys().rotate(&made.key.id).send().await.unwrap();
    program.access_keys().exchange().send().await.unwrap_err();
    let program = client.with_access_key(rotated.cleartext.expose());
    program.access_keys().exchange().send().await.unwrap();
    fake.clock().advance(minutes(60));
    program.access_keys().exchange().send().await.unwrap_err();
    management.access_keys().delete(&made.key.id).send().await.unwrap();
    management.access_keys().get(&made.key.id).send().await.unwrap_err();
}
