//! Nobody signs in as another person, and what is confirmed is what was proved.

use crate::support::{ADA, JANE, ada, carrying, code, minutes, signed_in, started, valid};
use generated_client::descope::{Client, LoginOptions, SignUpUser};
use generated_client_fake::{FakeDescope, totp_code};
use serde_json::json;

const PHONE: &str = "+12125551212";
const FOREIGN: &str = "+4930123456";
const PASSWORD: &str = "Correct-horse-7";

/// The ID of the user whom Ada's account at a provider signs in, or the code of the error.
async fn ada_signs_in(fake: &FakeDescope, client: &Client) -> Result<String, String> {
    match client.one_tap().exchange("google", ada(fake, "n1"), "n1").send().await {
        Ok(session) => Ok(session.user.unwrap().user_id),
        Err(error) => Err(code(&error).to_owned()),
    }
}

#[tokio::test]
async fn a_message_from_any_number_signs_nobody_in_who_is_known() {
    let (fake, client) = started().await;
    signed_in(&fake, &client, JANE).await;
    let refused = client.notp().sign_in("whatsapp").login_id(JANE).send().await.unwrap_err();
    assert_eq!(code(&refused), "E011004", "there is no number that the message could come from");
    client.password().sign_up(PHONE, PASSWORD).send().await.unwrap();
    let prepared = client.notp().sign_in("whatsapp").login_id(PHONE).send().await.unwrap();
    fake.send_notp(prepared.pending_ref.expose(), FOREIGN).unwrap_err();
    fake.send_notp(prepared.pending_ref.expose(), PHONE).unwrap();
    fake.send_notp(prepared.pending_ref.expose(), PHONE).unwrap_err();
    client.notp().pending_session(prepared.pending_ref.expose()).send().await.unwrap();

    // A new user who names no number may send it from any, which becomes theirs.
    let prepared = client.notp().sign_up("whatsapp").login_id("john").send().await.unwrap();
    fake.send_notp(prepared.pending_ref.expose(), FOREIGN).unwrap();
    let john = fake.user("john").unwrap();
    assert_eq!((&john["phone"], &john["verifiedPhone"]), (&json!(FOREIGN), &json!(true)));
}

#[tokio::test]
async fn nobody_takes_the_user_id_of_another_as_a_login_id() {
    let (fake, client) = started().await;
    let management = fake.management().unwrap();
    let jane = signed_in(&fake, &client, JANE).await.user.unwrap().user_id;
    let taken = client.password().sign_up(&jane, PASSWORD).send().await.unwrap_err();
    assert_eq!(code(&taken), "E062107");
    assert_eq!(code(&client.otp().sign_up_email(&jane).send().await.unwrap_err()), "E062107");
    management.user().create("john").additional_login_ids([&jane]).send().await.unwrap_err();
    management.user().create("john").send().await.unwrap();
    management.user_update().login_id("john").new_login_id(&jane).send().await.unwrap_err();
    // A backend may name a user by either.
    let same = management.jwt().sign_up_or_in(&jane).send().await.unwrap();
    assert_eq!(same.user.unwrap().user_id, jane);
    let invited = management.user().create(&jane).invite(true).send().await.unwrap();
    assert_eq!((invited.user.user_id, invited.created), (jane, Some(false)));
}

#[tokio::test]
async fn an_account_is_linked_to_who_confirmed_its_address_alone() {
    let (fake, client) = started().await;
    client.otp().sign_up_email(ADA).email("evil@example.net").send().await.unwrap();
    let text = fake.outbox().code("evil@example.net").unwrap();
    let other = client.otp().verify_email(ADA, text).send().await.unwrap().user.unwrap().user_id;
    assert_ne!(ada_signs_in(&fake, &client).await.unwrap(), other);

    let (fake, client) = started().await;
    client.password().sign_up("google-1001", PASSWORD).send().await.unwrap();
    assert_eq!(ada_signs_in(&fake, &client).await.unwrap_err(), "E062107");
}

#[tokio::test]
async fn the_address_that_a_message_went_to_is_confirmed_and_no_other() {
    let (fake, client) = started().await;
    let recovery = "rescue@example.net";
    let user = SignUpUser::default().email(JANE).recovery_email(recovery);
    client.password().sign_up(JANE, PASSWORD).user(user).send().await.unwrap();
    client.otp().sign_in_email(JANE).use_recovery(true).send().await.unwrap();
    let text = fake.outbox().code(recovery).unwrap();
    client.otp().verify_email(JANE, text).send().await.unwrap();
    let jane = fake.user(JANE).unwrap();
    assert_ne!(jane["verifiedEmail"], true);
    assert_eq!(jane["verifiedRecoveryEmail"], true);

    client.magic_link().sign_in_email(JANE).send().await.unwrap();
    let link = fake.outbox().link(JANE).unwrap();
    fake.management().unwrap().user_update().email(JANE).email("new@example.net").send().await.unwrap();
    client.magic_link().verify(link.split_once("?t=").unwrap().1).send().await.unwrap();
    assert_eq!(fake.user(JANE).unwrap()["verifiedEmail"], false);
}

#[tokio::test]
async fn a_user_without_login_id_is_not_made() {
    let (fake, _) = started().await;
    let post = |path: &str, body: serde_json::Value| {
        let request = reqwest::Client::new().post(format!("{}{path}", fake.url()));
        let request = request.header("authorization", format!("Bearer {}", fake.settings().project_id));
        request.header("content-type", "application/json").body(body.to_string()).send()
    };
    let user = json!({"loginId": "jane"});
    let response =
        post("/v1/auth/password/signup", json!({"password": PASSWORD, "user": user})).await.unwrap();
    assert_eq!(response.status().as_u16(), 400);
    assert!(response.text().await.unwrap().contains("The loginId field is required"));
    assert!(fake.user("").is_none() && fake.user("jane").is_none());
    let body = json!({"origin": "https://app.example.com", "user": user});
    for path in ["/v1/auth/webauthn/signup/start", "/v1/auth/webauthn/signup-in/start"] {
        assert_eq!(post(path, body.clone()).await.unwrap().status().as_u16(), 200, "{path}");
    }
}

#[tokio::test]
async fn no_code_of_an_app_works_after_a_later_one() {
    let (fake, client) = started().await;
    let key = client.totp().sign_up(JANE).send().await.unwrap();
    let now = fake.clock().seconds();
    let at = |seconds: u64| totp_code(key.key.expose(), seconds).unwrap();
    client.totp().verify(JANE, at(now + 30)).send().await.unwrap();
    for used in [at(now), at(now + 30), at(now - 30)] {
        assert_eq!(code(&client.totp().verify(JANE, used).send().await.unwrap_err()), "E061102");
    }
    fake.clock().advance(minutes(1));
    client.totp().verify(JANE, at(now + 60)).send().await.unwrap();
}

#[tokio::test]
async fn roles_of_the_project_do_not_count_in_a_tenant_that_the_user_has_left() {
    let (fake, client) = started().await;
    let management = fake.management().unwrap();
    management.role().create("admin").send().await.unwrap();
    management.tenant().create("Acme").id("acme").send().await.unwrap();
    let session = signed_in(&fake, &client, JANE).await;
    management.user_update().add_roles(JANE, ["admin"]).send().await.unwrap();
    management.user_update().add_tenant(JANE, "acme").send().await.unwrap();
    let user = carrying(&client, &session);
    user.session().select_tenant("acme").send().await.unwrap();
    management.user_update().remove_tenant(JANE, "acme").send().await.unwrap();
    let next = user.session().refresh().send().await.unwrap();
    let claims = valid(&fake, &client, &next).await;
    assert_eq!(claims.current_tenant(), None);
    assert!(!claims.tenant("acme").has_role("admin") && claims.project().has_role("admin"));
}

#[tokio::test]
async fn a_link_leads_to_the_host_and_not_to_the_user_info_before_it() {
    let (fake, client) = started().await;
    fake.change_settings(|settings| settings.approved_domains = vec!["app.example.com".to_owned()]);
    for page in ["https://app.example.com:x@evil.example/", "https://app.example.com@evil.example/"] {
        let refused = client.magic_link().sign_up_or_in_email(JANE).redirect_url(page).send().await;
        assert_eq!(code(&refused.unwrap_err()), "E011003", "{page}");
    }
    let page = "https://app.example.com:8443/link";
    let options = LoginOptions::default();
    let send = client.magic_link().sign_up_or_in_email(JANE).redirect_url(page).login_options(options);
    send.send().await.unwrap();
}
