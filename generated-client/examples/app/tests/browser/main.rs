//! The application in a real browser, with fakes of both services: every way of signing in, and what follows.
//!
//! `cargo xtask browser` runs it. Pictures of all pages are in `target/browser`.

mod browser;
mod scenarios;
mod stage;

use scenarios::*;
use stage::Stage;

/// Scenarios that one service has.
macro_rules! scenarios {
    ($service:ident: $($scenario:ident,)*) => {
        mod $service {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $scenario() {
                    let stage = super::Stage::$service().await;
                    super::$scenario::run(&stage).await;
                    stage.leave().await;
                }
            )*
        }
    };
}

scenarios!(descope:
    one_time_code,
    magic_link,
    enchanted_link,
    social,
    single_sign_on,
    password,
    passkey,
    further_passkey,
    expiry,
    roles,
    sign_out,
    sign_out_everywhere,
    other_sites,
);

scenarios!(nhost:
    one_time_code,
    link,
    social,
    password,
    passkey,
    further_passkey,
    expiry,
    roles,
    sign_out,
    sign_out_everywhere,
    other_sites,
);
