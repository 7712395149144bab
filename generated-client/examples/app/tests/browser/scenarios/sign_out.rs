//! A sign-out in one tab, seen in the other.

use crate::stage::Stage;

pub(crate) async fn run(stage: &Stage) {
    let (tab, other) = (stage.browser.tab().await, stage.browser.tab().await);
    super::sign_in_by_code(stage, &tab, "jane@example.com").await;
    other.go(&stage.url("/account")).await;
    other.see("jane@example.com").await;

    super::sign_out_here(&tab).await;
    other.go(&stage.url("/account")).await;
    other.see("Please sign in first.").await;
    for name in stage.service.cookies {
        assert_eq!(other.cookie(name).await, None, "{name}");
    }
}
