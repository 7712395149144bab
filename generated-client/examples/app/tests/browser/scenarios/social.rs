//! A provider: cancelling there, and signing in.

use crate::stage::Stage;

pub(crate) async fn run(stage: &Stage) {
    let tab = stage.browser.tab().await;
    tab.go(&stage.origin).await;
    tab.click(stage.service.provider).await;
    tab.see("Choose an account to sign in with.").await;
    tab.click("Cancel").await;
    tab.see("Nobody has signed in. Did you cancel?").await;

    tab.click("Begin again").await;
    tab.click(stage.service.provider).await;
    tab.click("Grace Hopper").await;
    tab.see("Sign out on all devices").await;
    assert_eq!(tab.url().await, stage.url("/account"));
    assert!(tab.text().await.contains("grace@example.com"));
}
