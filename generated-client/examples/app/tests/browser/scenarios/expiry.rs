//! The session token expires while somebody clicks around.

use crate::stage::Stage;
use std::time::Duration;

pub(crate) async fn run(stage: &Stage) {
    let tab = stage.browser.tab().await;
    super::sign_in_by_code(stage, &tab, "jane@example.com").await;
    let [session, _] = stage.service.cookies;
    let before = tab.cookie(session).await.unwrap();

    stage.clock.advance(Duration::from_secs(stage.service.expiry));
    tab.go(&stage.origin).await;
    tab.see("Hello").await;
    let after = tab.cookie(session).await.unwrap();
    assert_ne!(after, before, "the session is a new one");
    tab.click("Your account").await;
    tab.see("jane@example.com").await;
}
