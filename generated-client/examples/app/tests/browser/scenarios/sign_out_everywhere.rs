//! A sign-out on all devices. The other device notices when its session token expires.

use crate::stage::Stage;
use std::time::Duration;

pub(crate) async fn run(stage: &Stage) {
    let (here, there) = (stage.browser.tab().await, stage.browser.other_device().await);
    super::sign_in_by_code(stage, &here, "jane@example.com").await;
    super::sign_in_by_code(stage, &there, "jane@example.com").await;
    here.click("Sign out on all devices").await;
    here.see("One-time code").await;

    stage.clock.advance(Duration::from_secs(stage.service.expiry));
    there.go(&stage.url("/account")).await;
    there.see("Please sign in first.").await;
}
