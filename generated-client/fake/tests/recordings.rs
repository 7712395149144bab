//! What a real server of Nhost Auth 0.42 responded, the fake responds, too. The exchanges in `recordings/` are
//! conversations with such a server on loopback; its users, tokens and codes are made up.

#[path = "../examples/replay/compare.rs"]
mod compare;
#[path = "../examples/replay/exceptions.rs"]
mod exceptions;
#[path = "../examples/replay/exchange.rs"]
mod exchange;
#[path = "../examples/replay/passkeys.rs"]
mod passkeys;
#[path = "../examples/replay/play.rs"]
mod play;
#[path = "../examples/replay/profiles.rs"]
mod profiles;
#[path = "../examples/replay/situation.rs"]
mod situation;

use std::collections::BTreeSet;

#[tokio::test]
async fn the_fake_responds_as_the_real_server_does() {
    let lines = include_str!("recordings/nhost.jsonl");
    let played = play::all(lines).await.unwrap();
    assert!(played.different.is_empty(), "{:#?}", played.different);
    let reasons: BTreeSet<&str> = played.excepted.iter().map(|(_, reason)| *reason).collect();
    assert_eq!(played.same.len() + played.excepted.len(), lines.lines().count());
    assert!(played.excepted.len() * 10 < played.same.len(), "{reasons:#?}");
}

#[tokio::test]
async fn a_difference_is_found() {
    let line = |status: u16, body: &str| {
        format!(
            "{{\"id\": \"a\", \"profile\": \"main\", \"request\": {{\"method\": \"GET\", \"path\": \"/version\"}}, \
             \"response\": {{\"status\": {status}, \"headers\": {{\"content-type\": \"application/json\"}}, \"body\": {body}}}}}"
        )
    };
    let lines = [
        line(200, "{\"version\": \"0.42\"}"),
        line(404, "{\"version\": \"0.42\"}"),
        line(200, "{\"version\": 42}"),
        line(200, "{\"version\": \"0.42\", \"more\": null}"),
        line(200, "{}"),
    ];
    let played = play::all(&lines.join("\n")).await.unwrap();
    let found: Vec<String> = played.different.into_iter().flat_map(|(_, found)| found).collect();
    assert_eq!(played.same.len(), 1);
    assert_eq!(
        found,
        [
            "status 200 in place of 404",
            "/version is a text in place of a number",
            "/more is missing",
            "/version is too much"
        ]
    );
}
