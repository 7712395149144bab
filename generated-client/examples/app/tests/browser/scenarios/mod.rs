//! What people do.

pub(crate) mod enchanted_link;
pub(crate) mod expiry;
pub(crate) mod further_passkey;
pub(crate) mod link;
pub(crate) mod magic_link;
pub(crate) mod one_time_code;
pub(crate) mod other_sites;
pub(crate) mod passkey;
pub(crate) mod password;
pub(crate) mod roles;
pub(crate) mod sign_out;
pub(crate) mod sign_out_everywhere;
pub(crate) mod single_sign_on;
pub(crate) mod social;

use crate::browser::Tab;
use crate::stage::Stage;

/// Signs somebody in by a code.
async fn sign_in_by_code(stage: &Stage, tab: &Tab<'_>, email: &str) {
    tab.go(&stage.url("/code")).await;
    tab.fill("email", email).await;
    tab.click("Send the code").await;
    tab.see("Type the code").await;
    tab.fill("code", &stage.outbox.code(email).unwrap()).await;
    tab.press_enter("code").await;
    tab.see("Sign out on all devices").await;
    assert_eq!(tab.url().await, stage.url("/account"));
}

/// Signs out in this browser.
async fn sign_out_here(tab: &Tab<'_>) {
    tab.click("Sign out").await;
    tab.see("One-time code").await;
}
