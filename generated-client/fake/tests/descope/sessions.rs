//! Refreshes, logouts, tokens in cookies, and credentials that are wrong.

use crate::support::{JANE, carrying, code, minutes, signed_in, started, valid, validator};
use generated_client::descope::Client;
use generated_client::sessions::TokenError;
use generated_client_fake::FakeDescope;

#[tokio::test]
async fn an_expired_session_is_refreshed_until_the_refresh_token_expires() {
    let (fake, client) = started().await;
    let session = signed_in(&fake, &client, JANE).await;
    let user = carrying(&client, &session);
    fake.clock().advance(minutes(11));
    let expired = validator(&fake, &client).validate(session.session_jwt.expose()).await.unwrap_err();
    assert!(matches!(expired, TokenError::Expired), "{expired}");
    let next = user.session().refresh().send().await.unwrap();
    assert_eq!(next.refresh_jwt.expose(), "", "the old refresh token stays");
    let claims = valid(&fake, &client, &next).await;
    assert_eq!(claims.subject(), session.user.as_ref().unwrap().user_id);

    fake.clock().advance(minutes(28 * 24 * 60));
    let error = user.session().refresh().send().await.unwrap_err();
    assert_eq!((code(&error), error.status().unwrap().as_u16()), ("E064001", 401));
    let nothing = user.session().try_refresh().send().await.unwrap();
    assert_eq!(nothing.session_jwt.expose(), "");
}

#[tokio::test]
async fn a_rotated_refresh_token_spends_the_old_one() {
    let (fake, client) = started().await;
    fake.change_settings(|settings| settings.rotates_refresh_tokens = true);
    let session = signed_in(&fake, &client, JANE).await;
    let next = carrying(&client, &session).session().refresh().send().await.unwrap();
    assert_ne!(next.refresh_jwt, session.refresh_jwt);
    let error = carrying(&client, &session).session().refresh().send().await.unwrap_err();
    assert_eq!(code(&error), "E064001");
    carrying(&client, &next).session().refresh().send().await.unwrap();
}

#[tokio::test]
async fn a_logout_ends_one_session_or_all() {
    let (fake, client) = started().await;
    let sessions = [
        signed_in(&fake, &client, JANE).await,
        signed_in(&fake, &client, JANE).await,
        signed_in(&fake, &client, JANE).await,
    ];
    let [one, two, three] = sessions.each_ref().map(|session| carrying(&client, session));
    one.session().logout().send().await.unwrap();
    assert_eq!(code(&one.session().me().send().await.unwrap_err()), "E064001");
    assert_eq!(two.session().me_history().send_raw().await.unwrap().status(), 200);
    two.session().logout_all().send().await.unwrap();
    for user in [&two, &three] {
        assert_eq!(code(&user.session().refresh().send().await.unwrap_err()), "E064001");
    }
    let ended = client.with_session_token(sessions[2].session_jwt.expose());
    assert_eq!(code(&ended.session().validate().send().await.unwrap_err()), "E064001");
}

#[tokio::test]
async fn tokens_in_cookies_are_read_by_the_client_and_by_the_fake() {
    let (fake, _) = started().await;
    fake.change_settings(|settings| {
        settings.tokens_in_cookies = true;
        settings.session_cookie = "MYDS".to_owned();
        settings.refresh_cookie = "MYDSR".to_owned();
    });
    let client = fake.client().unwrap();
    client.otp().sign_up_or_in_email(JANE).send().await.unwrap();
    let text = fake.outbox().code(JANE).unwrap();
    let (session, raw) = client.otp().verify_email(JANE, text).send_with_raw().await.unwrap();
    let cookies: Vec<&str> =
        raw.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap()).collect();
    assert!(cookies[0].starts_with("MYDS=ey") && cookies[1].starts_with("MYDSR=ey"), "{cookies:?}");
    assert!(cookies.iter().all(|cookie| cookie.contains("; HttpOnly; Secure; SameSite=Strict")));
    assert_eq!(session.cookie_name.as_deref(), Some("MYDSR"));
    assert!(session.session_jwt.expose().starts_with("ey"), "the client takes it from the cookie");
    carrying(&client, &session).session().me().send().await.unwrap();

    // A browser sends the cookie and no token.
    let me = reqwest::Client::new().get(format!("{}/v1/auth/me", fake.url()));
    let me = me.header("authorization", format!("Bearer {}", fake.settings().project_id));
    let cookie = format!("a=b; MYDSR={}", session.refresh_jwt.expose());
    assert_eq!(me.header("cookie", cookie).send().await.unwrap().status().as_u16(), 200);
    let sign_in = reqwest::Client::new().post(format!("{}/v1/auth/otp/signin/email", fake.url()));
    let sign_in = sign_in.header("authorization", format!("Bearer {}", fake.settings().project_id));
    let sign_in = sign_in.header("content-type", "application/json").header("cookie", "MYDSR=stale");
    let body = format!("{{\"loginId\":\"{JANE}\"}}");
    assert_eq!(sign_in.body(body).send().await.unwrap().status().as_u16(), 200);
}

#[tokio::test]
async fn keys_rotate_and_are_revoked() {
    let (fake, client) = started().await;
    let session = signed_in(&fake, &client, JANE).await;
    fake.keys().rotate().unwrap();
    valid(&fake, &client, &session).await;
    let newer = signed_in(&fake, &client, JANE).await;
    valid(&fake, &client, &newer).await;
    fake.keys().revoke_old();
    validator(&fake, &client).validate(session.session_jwt.expose()).await.unwrap_err();
    assert_eq!(code(&carrying(&client, &session).session().me().send().await.unwrap_err()), "E064001");
    carrying(&client, &newer).session().me().send().await.unwrap();
}

#[tokio::test]
async fn a_wrong_credential_is_refused() {
    let (fake, client) = started().await;
    let session = signed_in(&fake, &client, JANE).await;
    let me = |token: &str| client.with_refresh_token(token).session().me().send();
    assert_eq!(code(&me("nonsense").await.unwrap_err()), "E064001");
    assert_eq!(code(&me(session.session_jwt.expose()).await.unwrap_err()), "E064001");
    let other = FakeDescope::start().await.unwrap();
    let foreign = signed_in(&other, &other.client().unwrap(), JANE).await;
    assert_eq!(code(&me(foreign.refresh_jwt.expose()).await.unwrap_err()), "E064001");

    let elsewhere = Client::builder("P2another").base_url(fake.url()).build().unwrap();
    assert_eq!(code(&elsewhere.password().policy().send().await.unwrap_err()), "E011003");
    fake.change_settings(|settings| settings.auth_management_key = Some("K2closed".into()));
    assert_eq!(code(&client.password().policy().send().await.unwrap_err()), "E111119");
    fake.client().unwrap().password().policy().send().await.unwrap();
}

#[tokio::test]
async fn calls_are_limited_and_sign_up_is_closed_by_settings() {
    let (fake, client) = started().await;
    fake.change_settings(|settings| settings.calls_a_minute = Some(2));
    let call = || client.password().policy().retry_policy(generated_client::runtime::RetryPolicy::disabled());
    call().send().await.unwrap();
    call().send().await.unwrap();
    let refused = call().send().await.unwrap_err();
    assert_eq!(code(&refused), "E130429");
    let wait = refused.retry_after().unwrap();
    assert!(wait <= minutes(1), "{wait:?}");
    fake.clock().advance(wait);
    call().send().await.unwrap();
    fake.change_settings(|settings| settings.sign_up_is_open = false);
    assert_eq!(code(&client.otp().sign_up_email(JANE).send().await.unwrap_err()), "E011004");
}

#[tokio::test]
async fn an_external_token_is_traded_for_a_session() {
    let (fake, client) = started().await;
    signed_in(&fake, &client, JANE).await;
    let token = fake.external_token(JANE);
    let session = client.session().refresh().external_token(token).send().await.unwrap();
    valid(&fake, &client, &session).await;
    let error = client.session().refresh().external_token("unknown").send().await.unwrap_err();
    assert_eq!(code(&error), "E064001");
    client.session().refresh().send().await.unwrap_err();
}
