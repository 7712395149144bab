//! Passwords, authenticator apps, recovery codes, security questions and passkeys.

use crate::support::{JANE, carrying, code, minutes, signed_in, started, valid};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use generated_client::descope::LoginOptions;
use generated_client::descope::security_questions::SecurityQuestionAnswer;
use generated_client::descope::webauthn::WebauthnCredential;
use generated_client::descope_management::user_credential::{UserPasskeyImport, UserPasskeyOfAuth0};
use generated_client::runtime::JsonText;
use generated_client_fake::{Authenticator, totp_code};
use serde_json::{Value, json};

/// What a browser made, as the client takes it.
fn credential(made: &Value) -> JsonText<WebauthnCredential> {
    made.to_string().into()
}

const PASSWORD: &str = "Correct-horse-7";

#[tokio::test]
async fn a_user_signs_up_and_in_by_password() {
    let (fake, client) = started().await;
    let rules = client.password().policy().send().await.unwrap();
    assert_eq!((rules.min_length, rules.non_alphanumeric), (Some(8), Some(true)));
    let weak = client.password().sign_up(JANE, "password").send().await.unwrap_err();
    assert_eq!(code(&weak), "E011003");
    let session = client.password().sign_up(JANE, PASSWORD).send().await.unwrap();
    assert_eq!(valid(&fake, &client, &session).await.methods(), ["pwd"]);
    assert_eq!(code(&client.password().sign_up(JANE, PASSWORD).send().await.unwrap_err()), "E062107");

    let wrong = client.password().sign_in(JANE, "Wrong-horse-7").send().await.unwrap_err();
    assert_eq!((code(&wrong), wrong.status().unwrap().as_u16()), ("E062903", 401));
    client.password().sign_in(JANE, PASSWORD).send().await.unwrap();

    let new = "Another-horse-8";
    let user = carrying(&client, &session);
    user.password().update(JANE, new).send().await.unwrap();
    assert_eq!(code(&client.password().sign_in(JANE, PASSWORD).send().await.unwrap_err()), "E062903");
    let replaced =
        client.password().replace(JANE, new, PASSWORD).revoke_other_sessions(true).send().await.unwrap();
    assert_eq!(code(&user.session().me().send().await.unwrap_err()), "E064001");
    carrying(&client, &replaced).session().me().send().await.unwrap();

    let reset = || client.password().reset(JANE).redirect_url("https://app.example.com/reset").send();
    assert_eq!(code(&reset().await.unwrap_err()), "E011004", "the address isn't confirmed");
    fake.management().unwrap().user_update().email(JANE).email(JANE).verified(true).send().await.unwrap();
    reset().await.unwrap();
    let link = fake.outbox().link(JANE).unwrap();
    let (_, token) = link.split_once("?t=").unwrap();
    let session = client.magic_link().verify(token).send().await.unwrap();
    carrying(&client, &session).password().update(JANE, new).send().await.unwrap();
    client.password().sign_in(JANE, new).send().await.unwrap();
}

#[tokio::test]
async fn an_authenticator_app_signs_in_and_no_code_works_twice() {
    let (fake, client) = started().await;
    let key = client.totp().sign_up(JANE).send().await.unwrap();
    let secret = key.key.expose();
    assert!(key.provisioning_url.expose().contains(&format!("secret={secret}")));
    let shown = || totp_code(secret, fake.clock().seconds()).unwrap();
    let session = client.totp().verify(JANE, shown()).send().await.unwrap();
    assert_eq!(valid(&fake, &client, &session).await.methods(), ["totp"]);
    let again = client.totp().verify(JANE, shown()).send().await.unwrap_err();
    assert_eq!((code(&again), again.status().unwrap().as_u16()), ("E061102", 401));

    fake.clock().advance(minutes(2));
    let wrong = if shown() == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        assert_eq!(code(&client.totp().verify(JANE, wrong).send().await.unwrap_err()), "E061102");
    }
    assert_eq!(code(&client.totp().verify(JANE, shown()).send().await.unwrap_err()), "E061103");
    fake.clock().advance(minutes(2));
    client.totp().verify(JANE, shown()).send().await.unwrap();

    // As a second factor, the methods of both sign-ins stand in the token.
    let first = signed_in(&fake, &client, JANE).await;
    let new = carrying(&client, &first).totp().update(JANE).send().await.unwrap();
    let shown = totp_code(new.key.expose(), fake.clock().seconds()).unwrap();
    let options = LoginOptions::default().mfa(true);
    let both =
        carrying(&client, &first).totp().verify(JANE, shown).login_options(options).send().await.unwrap();
    let claims = valid(&fake, &client, &both).await;
    assert_eq!(claims.methods(), ["email", "totp", "mfa"]);
}

#[tokio::test]
async fn a_recovery_code_signs_in_once() {
    let (fake, client) = started().await;
    let session = signed_in(&fake, &client, JANE).await;
    let user = carrying(&client, &session);
    let made = user.recovery_codes().generate(JANE).send().await.unwrap();
    assert_eq!(made.codes.len(), 10);
    let recovery = made.codes[0].code.expose();
    client.recovery_codes().sign_in(JANE, recovery).send().await.unwrap();
    let again = client.recovery_codes().sign_in(JANE, recovery).send().await.unwrap_err();
    assert_eq!(code(&again), "E011004");
    user.recovery_codes().generate(JANE).send().await.unwrap();
    let old = client.recovery_codes().sign_in(JANE, made.codes[1].code.expose()).send().await.unwrap_err();
    assert_eq!(code(&old), "E011004");
}

#[tokio::test]
async fn security_questions_step_up() {
    let (fake, client) = started().await;
    let session = signed_in(&fake, &client, JANE).await;
    let user = carrying(&client, &session);
    let asked = user.security_questions().list().send().await.unwrap().questions;
    assert_eq!(asked.len(), 3);
    let answer = |text: &str| [SecurityQuestionAnswer::new(asked[0].id.clone(), text)];
    user.security_questions().setup(JANE, answer("Hilltop")).send().await.unwrap();
    assert_eq!(user.security_questions().list().send().await.unwrap().questions.len(), 1);
    let wrong = user.security_questions().verify(JANE, answer("Valley")).send().await.unwrap_err();
    assert_eq!(code(&wrong), "E011004");
    let verify = user.security_questions().verify(JANE, answer(" hilltop ")).stepup(true);
    assert!(valid(&fake, &client, &verify.send().await.unwrap()).await.is_stepped_up());
}

#[tokio::test]
async fn a_passkey_signs_up_and_in() {
    let (fake, client) = started().await;
    let origin = "https://app.example.com";
    let mut browser = Authenticator::new(origin).unwrap();
    let webauthn = client.webauthn();
    let start = webauthn.sign_up_start(JANE, origin).send().await.unwrap();
    assert!(start.create);
    let options: Value = serde_json::from_str(start.options.as_str()).unwrap();
    let made = browser.create(&options).unwrap();
    let session = webauthn.sign_up_finish(&start.transaction_id, credential(&made)).send().await.unwrap();
    assert_eq!(valid(&fake, &client, &session).await.methods(), ["webauthn"]);
    let again = webauthn.sign_up_finish(&start.transaction_id, credential(&made)).send().await.unwrap_err();
    assert_eq!(code(&again), "E011004");

    // With the login ID, and with what the passkey says alone.
    for login_id in [Some(JANE), None] {
        let mut start = webauthn.sign_in_start(origin);
        if let Some(login_id) = login_id {
            start = start.login_id(login_id);
        }
        let start = start.send().await.unwrap();
        let options: Value = serde_json::from_str(start.options.as_str()).unwrap();
        let used = browser.get(&options).unwrap();
        webauthn.sign_in_finish(&start.transaction_id, credential(&used)).send().await.unwrap();
    }

    let mut second = Authenticator::new(origin).unwrap();
    let user = carrying(&client, &session);
    let start = user.webauthn().update_start(JANE, origin).mfa(true).send().await.unwrap();
    let options: Value = serde_json::from_str(start.options.as_str()).unwrap();
    assert_eq!(options["publicKey"]["excludeCredentials"][0]["id"], browser.credential_id());
    let made = second.create(&options).unwrap();
    let update = webauthn.update_finish(&start.transaction_id, credential(&made)).send().await.unwrap();
    valid(&fake, &client, &update.jwt.unwrap()).await;
}

#[tokio::test]
async fn a_wrong_passkey_is_refused() {
    let (fake, client) = started().await;
    let origin = "https://app.example.com";
    signed_in(&fake, &client, JANE).await;
    let none = client.webauthn().sign_in_start(origin).login_id(JANE).send().await.unwrap_err();
    assert_eq!(code(&none), "E067010");

    let start = client.webauthn().sign_up_start("john", origin).send().await.unwrap();
    let options: Value = serde_json::from_str(start.options.as_str()).unwrap();
    let elsewhere = Authenticator::new("https://evil.example").unwrap().create(&options).unwrap();
    let refused = client
        .webauthn()
        .sign_up_finish(&start.transaction_id, credential(&elsewhere))
        .send()
        .await
        .unwrap_err();
    assert_eq!(code(&refused), "E011004");

    let start = client.webauthn().sign_up_start("john", origin).send().await.unwrap();
    let options: Value = serde_json::from_str(start.options.as_str()).unwrap();
    let made = Authenticator::new(origin).unwrap().create(&options).unwrap();
    fake.clock().advance(minutes(3));
    let late =
        client.webauthn().sign_up_finish(&start.transaction_id, credential(&made)).send().await.unwrap_err();
    assert_eq!(code(&late), "E011004");
    assert!(fake.user("john").is_none());
}

#[tokio::test]
async fn a_passkey_of_another_service_signs_in() {
    let (fake, client) = started().await;
    let management = fake.management().unwrap();
    let origin = "https://app.example.com";
    let mut browser = Authenticator::new(origin).unwrap();
    let options = json!({"rp": {"id": "app.example.com"}, "user": {"id": "AAEC"}, "challenge": "AAEC"});
    let made = browser.create(&options).unwrap();
    let object = made["response"]["attestationObject"].as_str().unwrap();
    let object = BASE64_URL_SAFE_NO_PAD.decode(object).unwrap();
    // The key is at the end.
    let key = BASE64_STANDARD.encode(&object[object.len() - 77..]);
    let of_auth0 = |key: &str| {
        let passkey = UserPasskeyOfAuth0::new(browser.credential_id(), "app.example.com", key);
        [UserPasskeyImport::default().auth0(passkey)]
    };
    for user in [JANE, "john"] {
        management.user().create(user).send().await.unwrap();
    }
    let credentials = management.user_credential();
    for refused in [of_auth0("AAEC"), of_auth0("?"), [UserPasskeyImport::default()]] {
        let refused = credentials.import_passkeys(JANE, refused).send().await.unwrap_err();
        assert_eq!(refused.code().unwrap().as_str(), "E113007");
    }
    for _ in 0..2 {
        credentials.import_passkeys(JANE, of_auth0(&key)).send().await.unwrap();
    }
    credentials.import_passkeys("john", of_auth0(&key)).send().await.unwrap_err();
    let listed = credentials.list_passkeys(JANE).send().await.unwrap().passkeys;
    assert_eq!(listed.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), [browser.credential_id()]);

    let start = client.webauthn().sign_in_start(origin).login_id(JANE).send().await.unwrap();
    let options: Value = serde_json::from_str(start.options.as_str()).unwrap();
    let used = browser.get(&options).unwrap();
    let finish = client.webauthn().sign_in_finish(&start.transaction_id, credential(&used));
    let claims = valid(&fake, &client, &finish.send().await.unwrap()).await;
    assert_eq!(claims.subject(), fake.user(JANE).unwrap()["userId"]);
}
