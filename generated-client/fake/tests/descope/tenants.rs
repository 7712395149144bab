//! Who belongs to tenants, and who may act for whom.

use crate::support::{JANE, carrying, code, signed_in, started, valid, validator};
use serde_json::json;

#[tokio::test]
async fn a_batch_is_done_as_a_whole_or_not_at_all() {
    let (fake, client) = started().await;
    let management = fake.management().unwrap();
    for name in ["read", "write"] {
        management.permission().create(name).send().await.unwrap();
    }
    management.permission().delete_batch().names(["read", "unknown"]).send().await.unwrap_err();
    let listed = management.permission().list().send().await.unwrap().permissions;
    assert_eq!(listed.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["read", "write"]);
    management.role().create("reader").send().await.unwrap();
    signed_in(&fake, &client, JANE).await;
    management.user_update().add_roles(JANE, ["reader"]).send().await.unwrap();
    management.role().delete_batch().role_names(["reader", "unknown"]).send().await.unwrap_err();
    assert_eq!(fake.user(JANE).unwrap()["roleNames"], json!(["reader"]));
    let key = management.access_keys().create("nightly").send().await.unwrap();
    let ids = [key.key.id.as_str(), "unknown"];
    management.access_keys().deactivate_batch(ids).send().await.unwrap_err();
    management.access_keys().delete_batch(ids).send().await.unwrap_err();
    client.with_access_key(key.cleartext.expose()).access_keys().exchange().send().await.unwrap();
}

#[tokio::test]
async fn names_are_unique_when_they_change_too() {
    let (fake, _) = started().await;
    let management = fake.management().unwrap();
    for name in ["one", "two"] {
        management.permission().create(name).send().await.unwrap();
        management.role().create(name).send().await.unwrap();
        management.tenant().create(name).id(name).send().await.unwrap();
    }
    management.permission().update("two").name("one").send().await.unwrap_err();
    management.role().update("two").name("one").send().await.unwrap_err();
    management.tenant().create("one").send().await.unwrap_err();
    management.tenant().update("one", "two").send().await.unwrap_err();
    management.tenant().patch("one").name("two").send().await.unwrap_err();
    management.role().update("one").name("one").send().await.unwrap();
    management.tenant().update("one", "one").send().await.unwrap();
    let listed = management.tenant().list().send().await.unwrap().tenants;
    let names: Vec<_> = listed.iter().filter_map(|tenant| tenant.name.as_deref()).collect();
    assert_eq!(names, ["one", "two"]);
}

#[tokio::test]
async fn a_confirmed_address_of_a_domain_joins_its_tenant() {
    let (fake, client) = started().await;
    let management = fake.management().unwrap();
    management.role().create("guest").send().await.unwrap();
    let tenant = management.tenant().create("Acme").id("acme").self_provisioning_domains(["example.com"]);
    tenant.send().await.unwrap();
    management.tenant().update_default_roles("acme", ["guest"]).send().await.unwrap();
    let session = signed_in(&fake, &client, JANE).await;
    assert!(valid(&fake, &client, &session).await.tenant("acme").has_role("guest"));
    client.password().sign_up("john@example.com", "Correct-horse-7").send().await.unwrap();
    assert_eq!(fake.user("john@example.com").unwrap()["userTenants"], json!([]));

    management.tenant().patch("acme").disabled(true).send().await.unwrap();
    let refused = carrying(&client, &session).session().select_tenant("acme").send().await.unwrap_err();
    assert_eq!(code(&refused), "E011004");
    assert_eq!(code(&client.sso().authorize("acme").send().await.unwrap_err()), "E011004");
    management.jwt().sign_in(JANE).selected_tenant_id("acme").send().await.unwrap_err();
}

#[tokio::test]
async fn an_access_key_of_a_user_names_the_user() {
    let (fake, client) = started().await;
    let session = signed_in(&fake, &client, JANE).await;
    let user_id = session.user.unwrap().user_id;
    let management = fake.management().unwrap();
    let made = management.access_keys().create("nightly").user_id(JANE).send().await.unwrap();
    assert_eq!(made.key.bound_user_id.as_deref(), Some(user_id.as_str()));
    let session = client.with_access_key(made.cleartext.expose()).access_keys().exchange();
    let session = session.send().await.unwrap();
    let claims = validator(&fake, &client).validate(session.session_jwt.expose()).await.unwrap();
    assert_eq!(claims.subject(), user_id);
}

#[tokio::test]
async fn a_role_of_that_name_is_no_permission_to_impersonate() {
    let (fake, _) = started().await;
    let management = fake.management().unwrap();
    for user in [JANE, "admin"] {
        management.user().create(user).send().await.unwrap();
    }
    management.role().create("impersonation").send().await.unwrap();
    management.user_update().add_roles("admin", ["impersonation"]).send().await.unwrap();
    management.jwt().impersonate("admin", JANE).send().await.unwrap_err();
    management.permission().create("impersonation").send().await.unwrap();
    management.role().create("support").permission_names(["impersonation"]).send().await.unwrap();
    management.user_update().add_roles("admin", ["support"]).send().await.unwrap();
    management.jwt().impersonate("admin", JANE).send().await.unwrap();
    management.user_update().status(JANE, "disabled").send().await.unwrap();
    management.jwt().impersonate_stepup("admin", JANE).send().await.unwrap_err();
}

#[tokio::test]
async fn users_are_found_by_their_roles_in_tenants() {
    let (fake, _) = started().await;
    let management = fake.management().unwrap();
    for name in ["reader", "writer"] {
        management.role().create(name).send().await.unwrap();
    }
    management.tenant().create("Acme").id("acme").send().await.unwrap();
    management.tenant().create("Child").id("child").parent("acme").send().await.unwrap();
    for (user, tenant) in [(JANE, "acme"), ("john", "child")] {
        management.user().create(user).send().await.unwrap();
        management.user_update().add_tenant(user, tenant).send().await.unwrap();
    }
    management.user_update().set_roles(JANE, ["reader"]).tenant_id("acme").send().await.unwrap();
    let filter = |and: bool| json!({"acme": {"values": ["reader", "writer"], "and": and}});
    for (filters, found) in [
        (json!({"tenantIds": ["acme"]}), 1),
        (json!({"tenantIds": ["acme"], "includeSubTenants": true}), 2),
        (json!({"tenantRoleNames": filter(false)}), 1),
        (json!({"tenantRoleNames": filter(true)}), 0),
        (json!({"tenantRoleIds": {"acme": {"values": ["unknown"]}}}), 0),
        (json!({"ssoOnly": true}), 0),
        (json!({"scimOnly": true}), 0),
        (json!({"scim": false, "verifiedRecoveryEmail": false}), 2),
    ] {
        let (_, response) = crate::terms::post(&fake, "/v2/mgmt/user/search", filters.clone()).await;
        assert_eq!(response["total"], found, "{filters}");
    }
}
