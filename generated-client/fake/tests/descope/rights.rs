//! Tenants, roles and permissions, and what of them stands in tokens.

use crate::support::{JANE, carrying, code, signed_in, started, valid};
use generated_client::descope::LoginOptions;
use serde_json::json;

#[tokio::test]
async fn roles_and_permissions_stand_in_the_tokens() {
    let (fake, client) = started().await;
    let management = fake.management().unwrap();
    management.permission().create("read").send().await.unwrap();
    management.role().create("reader").permission_names(["read"]).send().await.unwrap();
    management.role().create("guest").default_(true).send().await.unwrap();
    management.role().create("nothing").permission_names(["unknown"]).send().await.unwrap_err();
    management.tenant().create("Acme").id("acme").send().await.unwrap();
    management.tenant().update_default_roles("acme", ["guest"]).send().await.unwrap();

    let session = signed_in(&fake, &client, JANE).await;
    assert!(valid(&fake, &client, &session).await.project().has_role("guest"));
    management.user_update().add_roles(JANE, ["reader"]).send().await.unwrap();
    management.user_update().add_roles(JANE, ["unknown"]).send().await.unwrap_err();
    management.user_update().add_tenant(JANE, "acme").send().await.unwrap();
    management.user_update().set_roles(JANE, ["reader"]).tenant_id("acme").send().await.unwrap();

    let user = carrying(&client, &session);
    let next = user.session().refresh().send().await.unwrap();
    let claims = valid(&fake, &client, &next).await;
    assert!(claims.project().has_permission("read") && claims.tenant("acme").has_role("reader"));
    assert_eq!(claims.current_tenant(), None);

    let selected = user.session().select_tenant("acme").send().await.unwrap();
    assert_eq!(valid(&fake, &client, &selected).await.current_tenant(), Some("acme"));
    assert_eq!(code(&user.session().select_tenant("other").send().await.unwrap_err()), "E011004");
    let tenants = user.session().me_tenants().ids(["acme", "other"]).send().await.unwrap().tenants;
    assert_eq!(tenants.iter().map(|tenant| tenant.name.as_str()).collect::<Vec<_>>(), ["Acme"]);

    management.role().update("writer").name("reader").send().await.unwrap();
    let renamed = user.session().me().send().await.unwrap();
    assert!(renamed.role_names.contains(&"writer".to_owned()), "{renamed:?}");
    management.role().delete().name("writer").send().await.unwrap();
    assert_eq!(user.session().me().send().await.unwrap().role_names, ["guest"]);
    management.tenant().delete("acme").send().await.unwrap();
    assert!(user.session().me().send().await.unwrap().user_tenants.is_empty());
}

#[tokio::test]
async fn a_sign_in_selects_a_tenant_of_the_user_alone() {
    let (fake, client) = started().await;
    fake.management().unwrap().tenant().create("Acme").id("acme").send().await.unwrap();
    signed_in(&fake, &client, JANE).await;
    let attempt = || async {
        let options = LoginOptions::default().tenant_id("acme");
        client.otp().sign_in_email(JANE).login_options(options).send().await.unwrap();
        client.otp().verify_email(JANE, fake.outbox().code(JANE).unwrap()).send().await
    };
    assert_eq!(code(&attempt().await.unwrap_err()), "E011004");
    fake.management().unwrap().user_update().add_tenant(JANE, "acme").send().await.unwrap();
    assert_eq!(valid(&fake, &client, &attempt().await.unwrap()).await.current_tenant(), Some("acme"));
}

#[tokio::test]
async fn tenants_keep_their_data_and_settings() {
    let (fake, _client) = started().await;
    let management = fake.management().unwrap();
    let tenants = management.tenant();
    let attributes = json!({"plan": "pro"}).as_object().unwrap().clone();
    let made = tenants.create("Acme").custom_attributes(attributes.clone()).send().await.unwrap();
    let error = tenants.create("Acme").id(&made.id).send().await.unwrap_err();
    assert_eq!(error.code().unwrap().as_str(), "E113007");
    tenants.create("Child").id("child").parent(&made.id).send().await.unwrap();
    let read = tenants.get(&made.id).send().await.unwrap();
    assert_eq!((read.custom_attributes, read.successors), (attributes, vec!["child".to_owned()]));
    tenants.patch(&made.id).name("Acme Ltd").send().await.unwrap();
    tenants.update_settings(&made.id).domains(["acme.example"]).enabled(true).send().await.unwrap();
    let found = tenants.search().tenant_sso_domains(["acme.example"]).send().await.unwrap().tenants;
    assert_eq!(found.iter().map(|tenant| tenant.name.as_deref()).collect::<Vec<_>>(), [Some("Acme Ltd")]);
    assert_eq!(tenants.settings(&made.id).send().await.unwrap().enabled, Some(true));
    assert_eq!(tenants.get("unknown").send().await.unwrap_err().status().unwrap().as_u16(), 404);
}
