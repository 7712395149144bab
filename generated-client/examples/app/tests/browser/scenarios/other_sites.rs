//! A form of another site.

use crate::stage::Stage;

pub(crate) async fn run(stage: &Stage) {
    let tab = stage.browser.tab().await;
    super::sign_in_by_code(stage, &tab, "jane@example.com").await;

    let other = stage.browser.tab().await;
    other.go("data:text/html,<title>another site</title>").await;
    let form = format!(
        "const form = document.createElement('form'); form.method = 'post'; form.action = '{}'; \
         document.body.append(form); form.submit()",
        stage.url("/sign-out")
    );
    other.script(&form).await;
    other.see("This form belongs to another site.").await;
    tab.go(&stage.url("/account")).await;
    tab.see("jane@example.com").await;
}
