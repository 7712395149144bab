//! A link of Nhost Auth: it works in the browser that asked for it, and nowhere else.

use crate::stage::Stage;

pub(crate) async fn run(stage: &Stage) {
    let tab = stage.browser.tab().await;
    tab.go(&stage.url("/link")).await;
    tab.fill("email", "jane@example.com").await;
    tab.click("Send the link").await;
    tab.see("Look into your mailbox").await;
    tab.go(&stage.outbox.link("jane@example.com").unwrap()).await;
    tab.see("Sign out on all devices").await;
    assert_eq!(tab.url().await, stage.url("/account"));
    super::sign_out_here(&tab).await;

    tab.go(&stage.url("/link")).await;
    tab.fill("email", "jane@example.com").await;
    tab.click("Send the link").await;
    tab.see("Look into your mailbox").await;
    let stranger = stage.browser.other_device().await;
    stranger.go(&stage.outbox.link("jane@example.com").unwrap()).await;
    stranger.see("This can't be used any more. Please begin again.").await;
}
