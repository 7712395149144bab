//! The identity provider of an organization.

use crate::stage::Stage;

pub(crate) async fn run(stage: &Stage) {
    let tab = stage.browser.tab().await;
    tab.go(&stage.url("/sso")).await;
    tab.fill("tenant", example_app::demo::TENANT).await;
    tab.click("Go on").await;
    tab.click("Grace Hopper").await;
    tab.see("Sign out on all devices").await;
    assert_eq!(tab.url().await, stage.url("/account"));
}
