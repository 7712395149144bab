//! A wrong code, then the right one.

use crate::stage::Stage;
use chromiumoxide::cdp::browser_protocol::network::CookieSameSite;

pub(crate) async fn run(stage: &Stage) {
    let tab = stage.browser.tab().await;
    tab.go(&stage.origin).await;
    tab.see("Sign in").await;
    tab.click("One-time code").await;
    tab.see("Sign in by a code").await;
    tab.fill("email", "jane@example.com").await;
    tab.click("Send the code").await;
    tab.see("Type the code").await;

    let code = stage.outbox.code("jane@example.com").unwrap();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    tab.fill("code", wrong).await;
    tab.press_enter("code").await;
    tab.see("This code is wrong. Please look again.").await;
    tab.fill("code", &code).await;
    tab.press_enter("code").await;
    tab.see("Sign out on all devices").await;
    assert_eq!(tab.url().await, stage.url("/account"));

    // Scripts can't read the session, and no other site's form sends it.
    let cookies = tab.cookies().await;
    for name in stage.service.cookies {
        let cookie = cookies.iter().find(|cookie| cookie.name == name).unwrap();
        assert!(cookie.http_only && cookie.secure, "{name}");
        assert_eq!(
            (cookie.same_site.clone(), cookie.path.as_str()),
            (Some(CookieSameSite::Lax), "/"),
            "{name}"
        );
        assert_eq!(cookie.domain, "localhost", "{name}");
    }
    assert_eq!(tab.script("document.cookie").await, "\"\"");
}
