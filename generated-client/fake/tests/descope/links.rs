//! Magic links and enchanted links.

use crate::support::{JANE, carrying, code, minutes, signed_in, started, valid};
use generated_client::descope::LoginOptions;
use generated_client_fake::FakeDescope;
use reqwest::Url;

/// The token of a link.
fn token(link: &str) -> String {
    let url: Url = link.parse().unwrap();
    url.query_pairs().find(|(name, _)| name == "t").unwrap().1.into_owned()
}

fn sent_token(fake: &FakeDescope, address: &str) -> String {
    token(&fake.outbox().link(address).unwrap())
}

#[tokio::test]
async fn a_magic_link_signs_in_once() {
    let (fake, client) = started().await;
    let page = "https://app.example.com/link?lang=en";
    client.magic_link().sign_up_email(JANE).redirect_url(page).send().await.unwrap();
    let link = fake.outbox().link(JANE).unwrap();
    assert!(link.starts_with("https://app.example.com/link?lang=en&t="), "{link}");
    let session = client.magic_link().verify(token(&link)).send().await.unwrap();
    assert_eq!(session.first_seen, Some(true));
    valid(&fake, &client, &session).await;
    let error = client.magic_link().verify(token(&link)).send().await.unwrap_err();
    assert_eq!((code(&error), error.status().unwrap().as_u16()), ("E063010", 401));

    client.magic_link().sign_in_email(JANE).send().await.unwrap();
    fake.clock().advance(minutes(3));
    let error = client.magic_link().verify(sent_token(&fake, JANE)).send().await.unwrap_err();
    assert_eq!(code(&error), "E062504");
}

#[tokio::test]
async fn links_lead_to_approved_domains_alone() {
    let (fake, client) = started().await;
    fake.change_settings(|settings| settings.approved_domains = vec!["app.example.com".to_owned()]);
    let send = |page: &str| client.magic_link().sign_up_or_in_email(JANE).redirect_url(page).send();
    assert_eq!(code(&send("https://evil.example/").await.unwrap_err()), "E011003");
    assert_eq!(code(&send("https://app.example.com.evil.example/").await.unwrap_err()), "E011003");
    send("https://app.example.com/link").await.unwrap();
}

#[tokio::test]
async fn an_enchanted_link_signs_in_the_device_that_waits() {
    let (fake, client) = started().await;
    let enchanted = client.enchanted_link();
    let sent = enchanted.sign_up_or_in_email(JANE).send().await.unwrap();
    let pending = || enchanted.pending_session(sent.pending_ref.expose()).send();
    let error = pending().await.unwrap_err();
    assert_eq!((code(&error), error.status().unwrap().as_u16()), ("E062503", 401));
    assert!(error.is_pending());

    let (right, links) = fake.outbox().latest(JANE).unwrap().numbered.unwrap();
    assert_eq!((right.as_str(), links.len()), (sent.link_id.as_str(), 3));
    let (_, wrong) = links.iter().find(|(number, _)| *number != right).unwrap();
    let error = enchanted.verify(token(wrong)).send().await.unwrap_err();
    assert_eq!(code(&error), "E063010");
    assert_eq!(code(&pending().await.unwrap_err()), "E062503");

    enchanted.verify(sent_token(&fake, JANE)).send().await.unwrap();
    let session = pending().await.unwrap();
    valid(&fake, &client, &session).await;
    assert_eq!(code(&pending().await.unwrap_err()), "E063010", "a session is given once");
    let error = enchanted.verify(sent_token(&fake, JANE)).send().await.unwrap_err();
    assert_eq!(code(&error), "E063010");
}

#[tokio::test]
async fn an_enchanted_link_expires_for_both_sides() {
    let (fake, client) = started().await;
    let sent = client.enchanted_link().sign_up_or_in_email(JANE).send().await.unwrap();
    fake.clock().advance(minutes(3));
    let error = client.enchanted_link().verify(sent_token(&fake, JANE)).send().await.unwrap_err();
    assert_eq!(code(&error), "E062504");
    let pending = client.enchanted_link().pending_session(sent.pending_ref.expose()).send().await;
    assert_eq!(code(&pending.unwrap_err()), "E062504");
}

#[tokio::test]
async fn an_enchanted_link_with_a_challenge_needs_its_verifier() {
    let (fake, client) = started().await;
    let options = LoginOptions::default().pkce_challenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    client.enchanted_link().sign_up_or_in_email(JANE).login_options(options).send().await.unwrap();
    let verify = || client.enchanted_link().verify(sent_token(&fake, JANE));
    assert_eq!(code(&verify().send().await.unwrap_err()), "E011004");
    assert_eq!(code(&verify().pkce_verifier("another").send().await.unwrap_err()), "E011004");
    verify().pkce_verifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").send().await.unwrap();
}

#[tokio::test]
async fn a_new_phone_number_is_confirmed_by_a_link() {
    let (fake, client) = started().await;
    let session = signed_in(&fake, &client, JANE).await;
    let phone = "+12125551212";
    carrying(&client, &session).magic_link().update_phone_sms(JANE, phone).send().await.unwrap();
    client.magic_link().verify(sent_token(&fake, phone)).send().await.unwrap();
    let user = fake.user(JANE).unwrap();
    assert_eq!((&user["phone"], &user["verifiedPhone"]), (&phone.into(), &true.into()));
    carrying(&client, &session).enchanted_link().update_email(JANE, "j@example.com").send().await.unwrap();
    client.enchanted_link().verify(sent_token(&fake, "j@example.com")).send().await.unwrap();
    assert_eq!(fake.user(JANE).unwrap()["email"], "j@example.com");
}
