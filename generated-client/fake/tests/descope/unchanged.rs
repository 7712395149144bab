//! A call that is refused changes nothing, and a change loses nothing.

use crate::support::{JANE, carrying, code, minutes, signed_in, started};
use generated_client::descope::LoginOptions;
use serde_json::json;

const PASSWORD: &str = "Correct-horse-7";

#[tokio::test]
async fn a_login_id_that_is_replaced_by_itself_stays() {
    let (fake, client) = started().await;
    signed_in(&fake, &client, JANE).await;
    let update = fake.management().unwrap().user_update();
    fake.clock().advance(minutes(1));
    let user = update.login_id(JANE).new_login_id(JANE).send().await.unwrap().user;
    assert_eq!(user.login_ids, [JANE]);
    update.login_id(JANE).new_login_id("jane").send().await.unwrap();
    let user = fake.user("jane").unwrap();
    assert_eq!(
        (&user["loginIds"], &user["modifiedTime"]),
        (&json!(["jane"]), &json!(fake.clock().seconds()))
    );
}

#[tokio::test]
async fn a_merge_keeps_what_the_remaining_user_lacks() {
    let (fake, client) = started().await;
    let management = fake.management().unwrap();
    let jane = signed_in(&fake, &client, JANE).await;
    let john = "john@example.com";
    signed_in(&fake, &client, john).await;
    management.user_update().custom_attribute(john, "plan", "pro").send().await.unwrap();
    management.user_update().add_sso_apps(john, ["app"]).send().await.unwrap();
    management.user_update().email(JANE).email("").send().await.unwrap();
    management.user_update().email(JANE).email("unconfirmed@example.com").send().await.unwrap();
    let user = carrying(&client, &jane);
    user.otp().update_email(JANE, john).send().await.unwrap();
    let text = fake.outbox().code(john).unwrap();
    client.otp().verify_email(JANE, text).send().await.unwrap();
    let merged = fake.user(john).unwrap();
    assert_eq!(merged["userId"], jane.user.unwrap().user_id.as_str());
    assert_eq!(
        (&merged["customAttributes"], &merged["ssoAppIds"]),
        (&json!({"plan": "pro"}), &json!(["app"]))
    );
    assert_eq!(user.session().me_history().send_raw().await.unwrap().status(), 200);
    user.session().me().send().await.unwrap();
}

#[tokio::test]
async fn a_merge_into_a_user_who_is_gone_removes_nobody() {
    let (fake, client) = started().await;
    let john = "john@example.com";
    signed_in(&fake, &client, john).await;
    let jane = signed_in(&fake, &client, JANE).await;
    carrying(&client, &jane).magic_link().update_email(JANE, john).send().await.unwrap();
    let link = fake.outbox().link(john).unwrap();
    fake.management().unwrap().user().delete().login_id(JANE).send().await.unwrap();
    client.magic_link().verify(link.split_once("?t=").unwrap().1).send().await.unwrap_err();
    assert!(fake.user(john).is_some());
}

#[tokio::test]
async fn the_refresh_token_ends_if_the_other_user_remains() {
    let (fake, client) = started().await;
    let john = signed_in(&fake, &client, "john@example.com").await;
    let jane = signed_in(&fake, &client, JANE).await;
    let user = carrying(&client, &jane);
    let conflict = user.otp().update_email(JANE, "later@example.com").fail_on_conflict(true);
    conflict.send().await.unwrap();
    let text = fake.outbox().code("later@example.com").unwrap();
    fake.management().unwrap().user().create("later@example.com").send().await.unwrap();
    assert_eq!(code(&client.otp().verify_email(JANE, text).send().await.unwrap_err()), "E062125");

    user.otp().update_email(JANE, "john@example.com").on_merge_use_existing(true).send().await.unwrap();
    let text = fake.outbox().code("john@example.com").unwrap();
    let merged = client.otp().verify_email(JANE, text).send().await.unwrap();
    assert_eq!(merged.user.as_ref().unwrap().user_id, john.user.unwrap().user_id);
    assert_eq!(code(&user.session().me().send().await.unwrap_err()), "E064001");
    carrying(&client, &merged).session().me().send().await.unwrap();
}

#[tokio::test]
async fn a_sign_in_that_is_refused_makes_and_changes_nobody() {
    let (fake, client) = started().await;
    let management = fake.management().unwrap();
    let options = || LoginOptions::default().tenant_id("acme");
    let refused = client.password().sign_up(JANE, PASSWORD).login_options(options()).send().await;
    assert_eq!(code(&refused.unwrap_err()), "E011004");
    client.otp().sign_up_email(JANE).login_options(options()).send().await.unwrap();
    let text = fake.outbox().code(JANE).unwrap();
    assert_eq!(code(&client.otp().verify_email(JANE, text).send().await.unwrap_err()), "E011004");
    management.jwt().sign_up(JANE).selected_tenant_id("acme").send().await.unwrap_err();
    assert!(fake.user(JANE).is_none());

    let session = client.password().sign_up(JANE, PASSWORD).send().await.unwrap();
    let sign_in = management.jwt().sign_in(JANE).revoke_other_sessions(true).selected_tenant_id("acme");
    sign_in.send().await.unwrap_err();
    carrying(&client, &session).session().me().send().await.unwrap();
    management.user_update().status(JANE, "disabled").send().await.unwrap();
    client.password().replace(JANE, PASSWORD, "Another-horse-8").send().await.unwrap_err();
    management.user_update().status(JANE, "enabled").send().await.unwrap();
    client.password().sign_in(JANE, PASSWORD).send().await.unwrap();
}

#[tokio::test]
async fn an_invitation_that_cannot_be_sent_makes_nobody() {
    let (fake, _) = started().await;
    let management = fake.management().unwrap();
    management.user().create("jane").invite(true).send().await.unwrap_err();
    assert!(fake.user("jane").is_none());
    management.user().create(JANE).send().await.unwrap();
    management.user().create("john").send().await.unwrap();
    let patch = management.user().patch("john").display_name("John").additional_login_ids([JANE]);
    patch.send().await.unwrap_err();
    assert!(fake.user("john").unwrap().get("name").is_none());
}
