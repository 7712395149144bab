//! A link that is opened in a second window, while the first one waits.

use crate::stage::Stage;

pub(crate) async fn run(stage: &Stage) {
    let tab = stage.browser.tab().await;
    tab.go(&stage.url("/enchanted-link")).await;
    tab.fill("email", "jane@example.com").await;
    tab.click("Send the link").await;
    tab.see("This page goes on by itself then.").await;

    let phone = stage.browser.other_device().await;
    phone.go(&stage.outbox.link("jane@example.com").unwrap()).await;
    phone.see("Thank you").await;
    tab.see("Sign out on all devices").await;

    // The window in which the link was opened isn't signed in.
    phone.go(&stage.url("/account")).await;
    phone.see("Please sign in first.").await;
}
