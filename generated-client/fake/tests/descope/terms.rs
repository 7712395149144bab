//! What the management API promises about its operations.

use crate::support::{JANE, code, minutes, started, validator};
use base64::Engine;
use generated_client::descope_management::user::NewUser;
use reqwest::StatusCode;
use serde_json::{Value, json};

/// Calls an operation of management as a client of another make does, which sends what the typed one can't.
pub(crate) async fn post(
    fake: &generated_client_fake::FakeDescope,
    path: &str,
    body: Value,
) -> (StatusCode, Value) {
    let settings = fake.settings();
    let bearer = format!("Bearer {}:{}", settings.project_id, settings.management_key.expose());
    let request = reqwest::Client::new().post(format!("{}{path}", fake.url()));
    let request = request.header("authorization", bearer).header("content-type", "application/json");
    let response = request.body(body.to_string()).send().await.unwrap();
    (response.status(), serde_json::from_str(&response.text().await.unwrap()).unwrap())
}

#[tokio::test]
async fn large_numbers_are_taken_as_they_are() {
    let (fake, client) = started().await;
    let management = fake.management().unwrap();
    management.user().create(JANE).send().await.unwrap();
    let most = u64::MAX;
    for (path, body) in [
        ("/v2/mgmt/user/search", json!({"limit": 100, "page": most})),
        ("/v2/mgmt/user/search", json!({"limit": "100", "page": most.to_string()})),
        ("/v1/mgmt/user/signin/embeddedlink", json!({"loginId": JANE, "timeout": most})),
        ("/v1/mgmt/auth/signin", json!({"loginId": JANE, "refreshDuration": i64::MAX})),
        ("/v1/mgmt/auth/signin", json!({"loginId": JANE, "refreshDuration": most.to_string()})),
        (
            "/v1/mgmt/token/clientassertion",
            json!({"issuer": "me", "subject": "me", "audience": ["a"], "expiresIn": most}),
        ),
    ] {
        // Whatever the service says to it, it goes on.
        let (status, _body) = post(&fake, path, body).await;
        assert!(status.is_success() || status == 400, "{path}: {status}");
    }
    client.password().policy().send().await.unwrap();
}

#[tokio::test]
async fn an_access_key_keeps_what_an_update_lacks() {
    let (fake, client) = started().await;
    let management = fake.management().unwrap();
    management.role().create("reader").send().await.unwrap();
    let claims = json!({"plan": "pro"}).as_object().unwrap().clone();
    let create = management.access_keys().create("nightly").role_names(["reader"]).custom_claims(claims);
    let made = create.send().await.unwrap();
    management.access_keys().update(&made.key.id, "weekly").send().await.unwrap();
    let session = client.with_access_key(made.cleartext.expose()).access_keys().exchange();
    let session = session.send().await.unwrap();
    let claims = validator(&fake, &client).validate(session.session_jwt.expose()).await.unwrap();
    assert!(claims.project().has_role("reader"));
    assert_eq!(claims.custom().get("plan"), Some(&json!("pro")));
    let none: [&str; 0] = [];
    let update = management.access_keys().update(&made.key.id, "weekly").role_names(none);
    let cleared = update.send().await.unwrap().key;
    assert_eq!((cleared.name.as_str(), cleared.role_names.len()), ("weekly", 0));
}

#[tokio::test]
async fn a_renamed_role_and_a_deleted_tenant_are_so_for_everybody() {
    let (fake, _) = started().await;
    let management = fake.management().unwrap();
    let tenants = management.tenant();
    for id in ["acme", "other"] {
        tenants.create(id).id(id).send().await.unwrap();
    }
    for role in ["reader", "guest"] {
        management.role().create(role).send().await.unwrap();
    }
    management.role().create("reader").tenant_id("other").send().await.unwrap();
    tenants.update_default_roles("acme", ["reader"]).send().await.unwrap();
    tenants.update_default_roles("other", ["reader"]).send().await.unwrap();
    let key = management.access_keys().create("nightly").role_names(["reader", "guest"]).send().await;
    let key = key.unwrap().key.id;
    let update = json!({"id": key, "name": "nightly", "keyTenants": [{"tenantId": "acme"}]});
    assert_eq!(post(&fake, "/v1/mgmt/accesskey/update", update).await.0, 200);
    management.role().update("writer").name("reader").send().await.unwrap();
    let read = management.access_keys().get(&key).send().await.unwrap().key;
    assert_eq!(read.role_names, ["guest", "writer"]);
    assert_eq!(read.key_tenants[0].role_names, ["writer"]);
    assert_eq!(tenants.get("acme").send().await.unwrap().default_roles, ["writer"]);
    assert_eq!(tenants.get("other").send().await.unwrap().default_roles, ["reader"], "it has its own");
    management.role().delete().name("writer").send().await.unwrap();
    tenants.delete("acme").send().await.unwrap();
    let read = management.access_keys().get(&key).send().await.unwrap().key;
    assert_eq!((read.role_names.as_slice(), read.key_tenants.len()), (&["guest".to_owned()][..], 0));
}

#[tokio::test]
async fn users_who_cannot_sign_in_are_listed_if_asked_for() {
    let (fake, _) = started().await;
    let management = fake.management().unwrap();
    let mut ids = vec!["U2nobody".to_owned()];
    for user in [JANE, "john"] {
        ids.push(management.user().create(user).send().await.unwrap().user.user_id);
    }
    management.user_update().status("john", "expired").send().await.unwrap();
    let list = || management.user().list(ids.clone());
    assert_eq!(list().send().await.unwrap().users.len(), 1);
    assert_eq!(list().include_invalid_users(true).send().await.unwrap().users.len(), 2);
    let unknown = management.user().patch("john").status("asleep").send().await.unwrap_err();
    assert_eq!(unknown.code().unwrap().as_str(), "E113007");
}

#[tokio::test]
async fn invitations_go_to_many() {
    let (fake, _) = started().await;
    let users = [NewUser::new(JANE), NewUser::new("john")];
    let batch = fake.management().unwrap().user().create_batch(users).invite(true);
    let made = batch.send().await.unwrap();
    assert_eq!((made.created_users.len(), made.failed_users.len()), (1, 1));
    assert_eq!(fake.user(JANE).unwrap()["status"], "invited");
    assert!(fake.outbox().link(JANE).is_some() && fake.user("john").is_none());
}

#[tokio::test]
async fn an_anonymous_session_comes_in_cookies_too() {
    let (fake, client) = started().await;
    fake.change_settings(|settings| settings.tokens_in_cookies = true);
    let management = fake.management().unwrap();
    management.tenant().create("Acme").id("acme").send().await.unwrap();
    let anonymous = management.jwt().anonymous().selected_tenant("acme");
    let (_, raw) = anonymous.send_with_raw().await.unwrap();
    let cookies: Vec<&str> =
        raw.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap()).collect();
    let jwt = cookies[0].strip_prefix("DS=").unwrap().split(';').next().unwrap();
    let claims = validator(&fake, &client).validate(jwt).await.unwrap();
    assert_eq!(claims.current_tenant(), Some("acme"));
    assert!(cookies[1].starts_with("DSR=ey"), "{cookies:?}");
}

#[tokio::test]
async fn codes_of_test_users_expire_as_others_do() {
    let (fake, client) = started().await;
    let management = fake.management().unwrap();
    management.test_user().create(JANE).email(JANE).send().await.unwrap();
    let made = management.test_user().otp(JANE, "email").send().await.unwrap();
    fake.clock().advance(minutes(3));
    let late = client.otp().verify_email(JANE, made.code.expose()).send().await.unwrap_err();
    assert_eq!(code(&late), "E061104");
    let made = management.test_user().otp(JANE, "email").send().await.unwrap();
    let right = made.code.expose();
    let wrong = if right == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        client.otp().verify_email(JANE, wrong).send().await.unwrap_err();
    }
    let refused = client.otp().verify_email(JANE, right).send().await.unwrap_err();
    assert_eq!(code(&refused), "E061103");
}

#[tokio::test]
async fn an_embedded_link_is_good_for_a_minute_and_signs_up() {
    let (fake, client) = started().await;
    let jwt = fake.management().unwrap().jwt();
    let link = || jwt.sign_up_embedded_link(JANE).email_verified(true).send();
    let late = link().await.unwrap();
    fake.clock().advance(minutes(1));
    let refused = client.magic_link().verify(late.token.expose()).send().await.unwrap_err();
    assert_eq!(code(&refused), "E062504");
    for is_first in [true, false] {
        let made = link().await.unwrap();
        let session = client.magic_link().verify(made.token.expose()).send().await.unwrap();
        assert_eq!(session.first_seen, Some(is_first));
        assert_eq!(session.user.unwrap().verified_email, Some(true));
    }
}

#[tokio::test]
async fn a_dry_import_finds_what_the_real_one_finds() {
    let (fake, _) = started().await;
    let file = base64::prelude::BASE64_STANDARD.encode(json!([{"email": JANE}, {"email": JANE}]).to_string());
    let import = || fake.management().unwrap().user().import("auth0").users(file.clone());
    let dry = import().dryrun(true).send().await.unwrap();
    assert!(fake.user(JANE).is_none());
    let real = import().send().await.unwrap();
    assert_eq!([dry.failures.len(), real.failures.len()], [1, 1]);
}

#[tokio::test]
async fn a_short_session_token_does_not_shorten_the_session() {
    let (fake, client) = started().await;
    let jwt = fake.management().unwrap().jwt();
    let made = jwt.sign_up(JANE).send().await.unwrap();
    let short = jwt.update(made.session_jwt.expose()).refresh_duration(5).send().await.unwrap().jwt;
    fake.clock().advance(minutes(1));
    validator(&fake, &client).validate(short.expose()).await.unwrap_err();
    client.with_refresh_token(made.refresh_jwt.expose()).session().refresh().send().await.unwrap();
}
