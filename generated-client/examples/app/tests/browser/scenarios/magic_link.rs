//! A link that is opened in the same browser, and works nowhere else.

use crate::stage::Stage;

pub(crate) async fn run(stage: &Stage) {
    let tab = stage.browser.tab().await;
    tab.go(&stage.url("/magic-link")).await;
    tab.fill("email", "jane@example.com").await;
    tab.click("Send the link").await;
    tab.see("Look into your mailbox").await;
    let link = stage.outbox.link("jane@example.com").unwrap();
    let stranger = stage.browser.other_device().await;
    stranger.go(&link).await;
    stranger.see("This can't be used any more. Please begin again.").await;

    tab.go(&link).await;
    tab.see("Sign out on all devices").await;
    // Neither stays in the address bar.
    assert_eq!(tab.url().await, stage.url("/account"));

    tab.go(&link).await;
    tab.see("This can't be used any more. Please begin again.").await;
}
