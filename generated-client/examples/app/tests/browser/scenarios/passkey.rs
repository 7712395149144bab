//! Signing up and in with a passkey. The authenticator is Chromium's own.

use crate::stage::Stage;

pub(crate) async fn run(stage: &Stage) {
    let tab = stage.browser.tab().await;
    tab.go(&stage.url("/passkey")).await;
    tab.add_authenticator().await;
    tab.fill("email", "jane@example.com").await;
    tab.click("Sign up with a passkey").await;
    tab.see("Sign out on all devices").await;
    super::sign_out_here(&tab).await;

    tab.click("Passkey").await;
    tab.click("Sign in with a passkey").await;
    tab.see("Sign out on all devices").await;
    assert!(tab.text().await.contains("jane@example.com"));
}
