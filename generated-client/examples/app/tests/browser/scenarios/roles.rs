//! The page for administrators.

use crate::stage::Stage;

pub(crate) async fn run(stage: &Stage) {
    let tab = stage.browser.tab().await;
    tab.go(&stage.url("/admin")).await;
    tab.see("Please sign in first.").await;

    super::sign_in_by_code(stage, &tab, "jane@example.com").await;
    tab.click("For administrators").await;
    tab.see("You may not do this.").await;

    let admin = stage.browser.other_device().await;
    super::sign_in_by_code(stage, &admin, example_app::demo::ADMIN).await;
    admin.click("For administrators").await;
    admin.see("may do everything here").await;
}
