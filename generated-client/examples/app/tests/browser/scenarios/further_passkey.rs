//! A passkey for somebody who signed in otherwise.

use crate::stage::Stage;

pub(crate) async fn run(stage: &Stage) {
    let tab = stage.browser.tab().await;
    super::sign_in_by_code(stage, &tab, "jane@example.com").await;
    tab.add_authenticator().await;
    // The page loads itself again when the passkey is there.
    tab.script("document.title = 'before'").await;
    tab.click("Add a passkey").await;
    tab.until_title("Your account").await;
    super::sign_out_here(&tab).await;

    tab.go(&stage.url("/passkey")).await;
    tab.click("Sign in with a passkey").await;
    tab.see("Sign out on all devices").await;
    assert!(tab.text().await.contains("jane@example.com"));
}
