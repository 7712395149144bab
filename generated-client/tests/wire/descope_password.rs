//! Passwords: how long they may be, and what is said of a wrong one.

use crate::descope_common::{REFRESH_JWT, SESSION, fails};
use crate::harness::{Server, json};

#[tokio::test]
async fn a_new_password_has_at_most_64_characters() {
    let server = Server::answering(json(200, SESSION)).await;
    let client = server.descope().with_refresh_token(REFRESH_JWT);
    let (fits, too_long) = ("ä".repeat(64), "ä".repeat(65));

    let password = client.password();
    let refused = [
        password.sign_up("jane", &*too_long).send().await.unwrap_err(),
        password.replace("jane", "old", &*too_long).send().await.unwrap_err(),
        password.update("jane", &*too_long).send().await.unwrap_err(),
    ];
    assert_eq!(
        refused.map(|error| error.to_string()),
        [
            "descope password_sign_up: member `password` has 65 characters, at most 64 are allowed",
            "descope password_replace: member `newPassword` has 65 characters, at most 64 are allowed",
            "descope password_update: member `newPassword` has 65 characters, at most 64 are allowed",
        ]
    );
    server.got_nothing().await;

    password.sign_up("jane", &*fits).send().await.unwrap();
    password.replace("jane", "old", &*fits).send().await.unwrap();
    password.update("jane", &*fits).send().await.unwrap();
    // A password that is in use may be older than the limit.
    password.sign_in("jane", &*too_long).send().await.unwrap();
    password.replace("jane", &*too_long, "new").send().await.unwrap();
    assert_eq!(server.all_sent().await.len(), 5);
}

#[tokio::test]
async fn a_wrong_password_is_told_from_an_expired_one() {
    for (code, wrong, expired) in [("E062903", true, false), ("E062909", false, true)] {
        let body = format!(r#"{{"errorCode":"{code}","errorDescription":"Password signin failed"}}"#);
        let server = Server::answering(json(401, body)).await;
        let error = server.descope().password().sign_in("jane", "pa55").send().await.unwrap_err();
        assert_eq!((error.is_wrong_password(), error.is_password_expired()), (wrong, expired), "{code}");
        assert!(!error.is_unauthenticated(), "{code}");
    }
    fails("password_replace", (401, "E062903", "Wrong password"), |client| {
        client.password().replace("jane", "pa55", "new").send()
    })
    .await;
}
