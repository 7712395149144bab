//! One-time codes.

use crate::support::{JANE, carrying, code, minutes, signed_in, started, valid};
use generated_client::descope::{LoginOptions, SignUpUser};
use serde_json::json;

#[tokio::test]
async fn a_new_user_signs_up_and_in_by_code() {
    let (fake, client) = started().await;
    let error = client.otp().sign_in_email(JANE).send().await.unwrap_err();
    assert_eq!((code(&error), error.status().unwrap().as_u16()), ("E062108", 400));

    let user = SignUpUser::default().name("Jane Doe");
    let sent = client.otp().sign_up_email(JANE).user(user).send().await.unwrap();
    assert_eq!(sent.masked_email.as_deref(), Some("j**e@example.com"));
    assert!(fake.user(JANE).is_none(), "nobody signs up without the code");
    let session = client.otp().verify_email(JANE, fake.outbox().code(JANE).unwrap()).send().await.unwrap();
    assert_eq!(session.first_seen, Some(true));
    let user = session.user.as_ref().unwrap();
    assert_eq!((user.name.as_deref(), user.verified_email), (Some("Jane Doe"), Some(true)));
    let claims = valid(&fake, &client, &session).await;
    assert_eq!((claims.subject(), claims.methods()), (user.user_id.as_str(), &["email".to_owned()][..]));

    let error = client.otp().sign_up_email(JANE).send().await.unwrap_err();
    assert_eq!(code(&error), "E062107");
    let again = signed_in(&fake, &client, JANE).await;
    assert_eq!(again.first_seen, Some(false));
    assert_eq!(again.user.unwrap().user_id, user.user_id);
}

#[tokio::test]
async fn a_wrong_code_is_refused_and_the_right_one_works_once() {
    let (fake, client) = started().await;
    client.otp().sign_up_or_in_email(JANE).send().await.unwrap();
    let right = fake.outbox().code(JANE).unwrap();
    let wrong = if right == "000000" { "000001" } else { "000000" };
    let error = client.otp().verify_email(JANE, wrong).send().await.unwrap_err();
    assert_eq!((code(&error), error.status().unwrap().as_u16()), ("E061102", 401));
    assert!(error.is_wrong_code());
    client.otp().verify_email(JANE, right.clone()).send().await.unwrap();
    let error = client.otp().verify_email(JANE, right).send().await.unwrap_err();
    assert_eq!(code(&error), "E061102");
    let error = client.otp().verify_email("nobody@example.com", wrong).send().await.unwrap_err();
    assert_eq!(code(&error), "E062108");
}

#[tokio::test]
async fn a_code_expires_and_is_replaced_and_has_few_attempts() {
    let (fake, client) = started().await;
    client.otp().sign_up_or_in_email(JANE).send().await.unwrap();
    let old = fake.outbox().code(JANE).unwrap();
    fake.clock().advance(minutes(3));
    let error = client.otp().verify_email(JANE, old).send().await.unwrap_err();
    assert_eq!(code(&error), "E061104");

    client.otp().sign_up_or_in_email(JANE).send().await.unwrap();
    let right = fake.outbox().code(JANE).unwrap();
    let wrong = if right == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        let error = client.otp().verify_email(JANE, wrong).send().await.unwrap_err();
        assert_eq!(code(&error), "E061102");
    }
    let error = client.otp().verify_email(JANE, right).send().await.unwrap_err();
    assert_eq!(code(&error), "E061103");
    signed_in(&fake, &client, JANE).await;
}

#[tokio::test]
async fn every_channel_has_codes_of_its_own() {
    let (fake, client) = started().await;
    let (otp, phone) = (client.otp(), "+12125551212");
    otp.sign_up_sms(phone).send().await.unwrap();
    otp.sign_up_whatsapp(phone).send().await.unwrap();
    let messages = fake.outbox().messages();
    let channels: Vec<&str> = messages.iter().map(|message| message.channel).collect();
    assert_eq!(channels, ["sms", "whatsapp"]);
    let by_sms = messages[0].code.clone().unwrap();
    otp.verify_voice(phone, by_sms.clone()).send().await.unwrap_err();
    otp.verify_sms(phone, by_sms).send().await.unwrap();
    for send in [otp.sign_in_voice(phone).send().await, otp.sign_in_im(phone).send().await] {
        assert_eq!(send.unwrap().masked_phone.as_deref(), Some("+**********2"));
    }
    let (by_voice, by_im) = (fake.outbox().messages()[2].clone(), fake.outbox().messages()[3].clone());
    otp.verify_im(phone, by_im.code.unwrap()).send().await.unwrap();
    otp.verify_voice(phone, by_voice.code.unwrap()).send().await.unwrap();
}

#[tokio::test]
async fn the_options_of_a_sign_in_end_up_in_the_tokens() {
    let (fake, client) = started().await;
    let first = signed_in(&fake, &client, JANE).await;
    let user = carrying(&client, &first);

    let error =
        client.otp().sign_in_email(JANE).login_options(LoginOptions::default().mfa(true)).send().await;
    assert_eq!(code(&error.unwrap_err()), "E064001", "a further factor needs the first");

    let claims = [("plan".to_owned(), json!("pro"))].into_iter().collect::<serde_json::Map<_, _>>();
    let options = LoginOptions::default().mfa(true).stepup(true).custom_claims(claims);
    user.otp().sign_in_email(JANE).login_options(options).send().await.unwrap();
    let text = fake.outbox().code(JANE).unwrap();
    let stepped_up = client.otp().verify_email(JANE, text).send().await.unwrap();
    let claims = valid(&fake, &client, &stepped_up).await;
    assert!(claims.is_stepped_up() && claims.is_multi_factor(), "{claims:?}");
    assert_eq!(claims.unsafe_claims().get("plan"), Some(&json!("pro")));

    // Another user can sign in on the same device, but is no further factor of this one.
    let john = "john@example.com";
    for (options, outcome) in [(LoginOptions::default(), ""), (LoginOptions::default().mfa(true), "E011004")]
    {
        user.otp().sign_up_or_in_email(john).login_options(options).send().await.unwrap();
        let verified = client.otp().verify_email(john, fake.outbox().code(john).unwrap()).send().await;
        assert_eq!(verified.err().as_ref().map(code).unwrap_or_default(), outcome);
    }

    fake.clock().advance(minutes(11));
    let later = carrying(&client, &stepped_up).session().refresh().send().await.unwrap();
    assert!(!valid(&fake, &client, &later).await.is_stepped_up());
}

#[tokio::test]
async fn a_new_address_is_confirmed_by_a_code() {
    let (fake, client) = started().await;
    let session = signed_in(&fake, &client, JANE).await;
    let user = carrying(&client, &session);
    let new = "jane@work.example";
    user.otp().update_email(JANE, new).add_to_login_ids(true).send().await.unwrap();
    assert_eq!(fake.user(JANE).unwrap()["email"], JANE, "nothing changes before the code is back");
    let text = fake.outbox().code(new).unwrap();
    let changed = client.otp().verify_email(JANE, text).send().await.unwrap();
    assert_eq!(changed.user.unwrap().login_ids, [JANE, new]);
    assert_eq!(fake.user(new).unwrap()["email"], new);

    let john = signed_in(&fake, &client, "john@example.com").await;
    let john_client = carrying(&client, &john);
    let taken = john_client.otp().update_email("john@example.com", JANE).fail_on_conflict(true).send().await;
    assert_eq!(code(&taken.unwrap_err()), "E062125");
    let foreign = john_client.otp().update_email(JANE, "x@example.com").send().await.unwrap_err();
    assert_eq!(code(&foreign), "E011004");
    // Without that, two users become one.
    john_client.otp().update_email("john@example.com", JANE).send().await.unwrap();
    let text = fake.outbox().code(JANE).unwrap();
    let merged = client.otp().verify_email("john@example.com", text).send().await.unwrap();
    assert_eq!(merged.user.as_ref().unwrap().login_ids, ["john@example.com", JANE, new]);
    assert_eq!(fake.user(JANE).unwrap()["userId"], john.user.unwrap().user_id.as_str());
    user.session().me().send().await.unwrap();
}
