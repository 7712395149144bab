//! Signing up, a wrong password, and an authenticator app.

use crate::browser::Tab;
use crate::stage::Stage;
use generated_client_fake::totp_code;
use std::time::Duration;

const EMAIL: &str = "jane@example.com";
const PASSWORD: &str = "correct-Horse-7-battery";

pub(crate) async fn run(stage: &Stage) {
    let tab = stage.browser.tab().await;
    type_password(stage, &tab, "/sign-up", PASSWORD).await;
    tab.click("Sign up").await;
    tab.see("Sign out on all devices").await;

    tab.click("Set up an authenticator app").await;
    tab.see("Scan the picture with the app.").await;
    let key = tab.text_of("figcaption code").await;
    tab.fill("code", &code(stage, &key)).await;
    tab.click("Go on").await;
    tab.see("Sign out on all devices").await;
    super::sign_out_here(&tab).await;

    type_password(stage, &tab, "/sign-up", PASSWORD).await;
    tab.click("Sign up").await;
    tab.see("There is an account with this email address already.").await;

    type_password(stage, &tab, "/password", "wrong-Horse-7-battery").await;
    tab.click("Sign in").await;
    tab.see("The email address or the password is wrong.").await;
    assert!(tab.cookie(stage.service.cookies[0]).await.is_none());

    second_factor(stage, &tab).await;
    tab.fill("code", "000000").await;
    tab.press_enter("code").await;
    tab.see("This code is wrong. Please look again.").await;
    // Without the second factor, there is no session.
    tab.go(&stage.url("/account")).await;
    tab.see("Please sign in first.").await;

    second_factor(stage, &tab).await;
    // An authenticator app shows another code by now, as the last one is spent.
    stage.clock.advance(Duration::from_secs(30));
    tab.fill("code", &code(stage, &key)).await;
    tab.press_enter("code").await;
    tab.see("Sign out on all devices").await;
}

async fn second_factor(stage: &Stage, tab: &Tab<'_>) {
    type_password(stage, tab, "/password", PASSWORD).await;
    tab.click("Sign in").await;
    tab.see("Type the code that your authenticator app shows.").await;
}

async fn type_password(stage: &Stage, tab: &Tab<'_>, path: &str, password: &str) {
    tab.go(&stage.url(path)).await;
    tab.fill("email", EMAIL).await;
    tab.fill("password", password).await;
}

fn code(stage: &Stage, key: &str) -> String {
    totp_code(key, stage.clock.seconds()).unwrap()
}
