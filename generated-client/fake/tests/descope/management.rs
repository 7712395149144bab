//! Users, test users, impersonation, and tokens that a backend makes.

use crate::support::{JANE, carrying, code, minutes, signed_in, started, valid, validator};
use base64::Engine;
use generated_client::descope_management::{Client, Error};
use serde_json::json;

fn refused(error: &Error) -> (&str, u16) {
    (error.code().map(|code| code.as_str()).unwrap_or_default(), error.status().unwrap().as_u16())
}

#[tokio::test]
async fn users_are_made_changed_found_and_deleted() {
    let (fake, client) = started().await;
    let management = fake.management().unwrap();
    let attributes = json!({"age": 42, "tags": ["a"]}).as_object().unwrap().clone();
    let create =
        management.user().create(JANE).email(JANE).display_name("Jane").custom_attributes(attributes);
    let made = create.send().await.unwrap();
    assert_eq!(made.user.name.as_deref(), Some("Jane"));
    assert_eq!(refused(&management.user().create(JANE).send().await.unwrap_err()), ("E062107", 400));
    let unknown = management.user().get().login_id("nobody").send().await.unwrap_err();
    assert_eq!(refused(&unknown), ("E112102", 400));

    let patched = management.user().patch(JANE).given_name("J").send().await.unwrap().user;
    assert_eq!((patched.given_name.as_deref(), patched.name.as_deref()), (Some("J"), Some("Jane")));
    let updated = management.user().update(JANE).email(JANE).send().await.unwrap().user;
    assert_eq!((updated.given_name, updated.name), (None, None), "an update clears what it lacks");
    management.user_update().name(JANE).display_name("Jane Doe").send().await.unwrap();
    management.user_update().login_id(JANE).new_login_id("jane").send().await.unwrap();
    let user = management.user().get().user_id(&made.user.user_id).send().await.unwrap().user;
    assert_eq!((user.login_ids, user.name.as_deref()), (vec!["jane".to_owned()], Some("Jane Doe")));

    for number in 0..5 {
        management.user().create(format!("user{number}")).send().await.unwrap();
    }
    let page = management.user().search().limit(4).page(1).send().await.unwrap();
    assert_eq!((page.users.len(), page.total), (2, Some(6)));
    let found = management.user().search().text("doe").send().await.unwrap().users;
    assert_eq!(found.iter().map(|user| user.login_ids[0].as_str()).collect::<Vec<_>>(), ["jane"]);

    client.otp().sign_in_email("jane").send().await.unwrap();
    let text = fake.outbox().code(JANE).unwrap();
    let session = client.otp().verify_email("jane", text).send().await.unwrap();
    management.user_update().status("jane", "disabled").send().await.unwrap();
    carrying(&client, &session).session().refresh().send().await.unwrap_err();
    client.otp().sign_in_email("jane").send().await.unwrap();
    let text = fake.outbox().code(JANE).unwrap();
    assert_eq!(code(&client.otp().verify_email("jane", text).send().await.unwrap_err()), "E011004");
    management.user().delete().login_id("jane").send().await.unwrap();
    assert_eq!(code(&client.otp().sign_in_email("jane").send().await.unwrap_err()), "E062108");
}

#[tokio::test]
async fn a_test_user_signs_in_by_codes_and_links_that_a_backend_makes() {
    let (fake, client) = started().await;
    let management = fake.management().unwrap();
    management.test_user().create(JANE).email(JANE).send().await.unwrap();
    let made = management.test_user().otp(JANE, "email").send().await.unwrap();
    client.otp().sign_in_email(JANE).send().await.unwrap();
    client.otp().verify_email(JANE, made.code.expose()).send().await.unwrap();

    let token = |link: &str| link.split_once("?t=").unwrap().1.to_owned();
    let made = management.test_user().magic_link(JANE, "sms").send().await.unwrap();
    let session = client.magic_link().verify(token(made.link.expose())).send().await.unwrap();
    assert_eq!(valid(&fake, &client, &session).await.methods(), ["sms"]);
    let made = management.test_user().enchanted_link(JANE).send().await.unwrap();
    client.enchanted_link().verify(token(made.link.expose())).send().await.unwrap();
    client.enchanted_link().pending_session(made.pending_ref.expose()).send().await.unwrap();

    management.user().create("john").send().await.unwrap();
    assert_eq!(
        refused(&management.test_user().otp("john", "email").send().await.unwrap_err()),
        ("E113007", 400)
    );
    assert_eq!(management.test_user().search().send().await.unwrap().users.len(), 1);
    assert_eq!(management.user().search().send().await.unwrap().users.len(), 1);
    management.test_user().delete_all().send().await.unwrap();
    assert!(fake.user(JANE).is_none() && fake.user("john").is_some());
}

#[tokio::test]
async fn an_invited_user_signs_in_by_the_link() {
    let (fake, client) = started().await;
    let management = fake.management().unwrap();
    management.user().create(JANE).email(JANE).invite(true).send().await.unwrap();
    assert_eq!(fake.user(JANE).unwrap()["status"], "invited");
    let link = fake.outbox().link(JANE).unwrap();
    client.magic_link().verify(link.split_once("?t=").unwrap().1).send().await.unwrap();
    assert_eq!(fake.user(JANE).unwrap()["status"], "enabled");
}

#[tokio::test]
async fn passwords_expire_and_credentials_are_taken_away() {
    let (fake, client) = started().await;
    let management = fake.management().unwrap();
    let credentials = management.user_credential();
    management.user().create(JANE).password("Correct-horse-7").send().await.unwrap();
    client.password().sign_in(JANE, "Correct-horse-7").send().await.unwrap();
    credentials.expire_password(JANE).send().await.unwrap();
    let expired = client.password().sign_in(JANE, "Correct-horse-7").send().await.unwrap_err();
    assert_eq!(code(&expired), "E062909");
    client.password().replace(JANE, "Correct-horse-7", "Another-horse-8").send().await.unwrap();
    let temporary = credentials.set_temporary_password(JANE).send().await.unwrap().cleartext.unwrap();
    let expired = client.password().sign_in(JANE, temporary.expose()).send().await.unwrap_err();
    assert_eq!(code(&expired), "E062909");
    credentials.set_active_password(JANE, "Correct-horse-7").send().await.unwrap();
    client.password().sign_in(JANE, "Correct-horse-7").send().await.unwrap();
    assert!(credentials.list_passkeys(JANE).send().await.unwrap().passkeys.is_empty());
}

#[tokio::test]
async fn an_administrator_acts_as_a_user_who_agrees() {
    let (fake, client) = started().await;
    let management = fake.management().unwrap();
    for user in [JANE, "admin"] {
        management.user().create(user).send().await.unwrap();
    }
    let act = || management.jwt().impersonate("admin", JANE).validate_consent(true).send();
    assert_eq!(refused(&act().await.unwrap_err()), ("E113007", 400));
    management.permission().create("impersonation").send().await.unwrap();
    management.role().create("support").permission_names(["impersonation"]).send().await.unwrap();
    management.user_update().add_roles("admin", ["support"]).send().await.unwrap();
    assert_eq!(refused(&act().await.unwrap_err()), ("E113007", 400), "the user hasn't agreed");
    let until = i64::try_from(fake.clock().seconds()).unwrap() + 60;
    management.user_update().impersonation_consent(JANE, until).send().await.unwrap();
    let jwt = act().await.unwrap().jwt;
    let acting = client.with_refresh_token(jwt.expose());
    let session = acting.session().refresh().send().await.unwrap();
    let claims = valid(&fake, &client, &session).await;
    assert_eq!(claims.subject(), fake.user(JANE).unwrap()["userId"]);
    let admin = fake.user("admin").unwrap()["userId"].clone();
    assert_eq!(claims.custom().get("act"), Some(&json!({"sub": admin})));
    let own = management.jwt().stop_impersonation(jwt.expose()).send().await.unwrap().jwt;
    acting.session().refresh().send().await.unwrap_err();
    let back = client.with_refresh_token(own.expose()).session().refresh().send().await.unwrap();
    assert_eq!(valid(&fake, &client, &back).await.subject(), admin);
}

#[tokio::test]
async fn a_backend_makes_sessions_and_changes_tokens() {
    let (fake, client) = started().await;
    let management = fake.management().unwrap();
    let jwt = management.jwt();
    let made = jwt.sign_up(JANE).refresh_duration(3600).send().await.unwrap();
    let plan = || json!({"plan": "pro"}).as_object().unwrap().clone();
    let changed = jwt.update(made.session_jwt.expose()).custom_claims(plan()).send().await.unwrap();
    let claims = validator(&fake, &client).validate(changed.jwt.expose()).await.unwrap();
    assert_eq!(claims.custom().get("plan"), Some(&json!("pro")));
    assert_eq!(refused(&jwt.sign_up(JANE).send().await.unwrap_err()), ("E062107", 400));
    jwt.sign_up_or_in(JANE).send().await.unwrap();
    let user = client.with_refresh_token(made.refresh_jwt.expose());
    fake.clock().advance(minutes(61));
    user.session().refresh().send().await.unwrap_err();

    let link = jwt.sign_in_embedded_link(JANE).custom_claims(plan()).timeout_(600).send().await.unwrap();
    fake.clock().advance(minutes(9));
    let session = client.magic_link().verify(link.token.expose()).send().await.unwrap();
    assert_eq!(valid(&fake, &client, &session).await.custom().get("plan"), Some(&json!("pro")));
    let anonymous = jwt.anonymous().send().await.unwrap();
    validator(&fake, &client).validate(anonymous.session_jwt.expose()).await.unwrap();
    let assertion = jwt.client_assertion("me", "me", ["https://as.example"], 60).flatten_audience(true);
    assert_eq!(assertion.send().await.unwrap().jwt.expose().split('.').count(), 3);
}

#[tokio::test]
async fn users_of_another_service_are_imported() {
    let (fake, _client) = started().await;
    let management = fake.management().unwrap();
    management.user().create("john@example.com").send().await.unwrap();
    let users =
        json!([{"email": JANE, "email_verified": true, "name": "Jane"}, {"email": "john@example.com"}]);
    let file = base64::prelude::BASE64_STANDARD.encode(users.to_string());
    let import = || management.user().import("auth0").users(file.clone());
    let dry = import().dryrun(true).send().await.unwrap();
    assert_eq!((dry.users.len(), dry.failures.len()), (1, 1));
    assert!(fake.user(JANE).is_none());
    import().send().await.unwrap();
    assert_eq!(fake.user(JANE).unwrap()["verifiedEmail"], true);
    management.user().import("auth0").users("nothing").send().await.unwrap_err();
}

#[tokio::test]
async fn another_key_administers_nothing() {
    let (fake, client) = started().await;
    signed_in(&fake, &client, JANE).await;
    let builder = Client::builder(fake.settings().project_id, "K2another").base_url(fake.url());
    let error = builder.build().unwrap().user().get().login_id(JANE).send().await.unwrap_err();
    assert_eq!(refused(&error), ("E111119", 401));
}

#[tokio::test]
async fn an_operation_without_behaviour_says_so() {
    let (fake, _client) = started().await;
    let error = fake.management().unwrap().project().list().send_raw().await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 501);
}
