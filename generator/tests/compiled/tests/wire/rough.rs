//! A document that nobody has curated: what is odd in it is sent and read as it stands there.

use generator_cases::Nullable;
use generator_cases::rough::Client;
use generator_cases::rough::rough::{
    Node, WholeInline, WholeInline2, WholeMixed, WholeMixed3, WholeNumber, WholeOpen, WholeType, WholeWord,
};
use serde_json::{Value, json};

use crate::server::Server;

fn client(server: &Server) -> Client {
    Client::builder("key").base_url(server.url()).build().unwrap()
}

#[tokio::test]
async fn each_member_is_sent_by_its_own_name() {
    let server = Server::giving("{}").await;
    let call = client(&server).rough().send("a").first_name_2("b").x(0).plus1(1).type_(WholeType::AB2);
    let call = call
        .number(WholeNumber::X2)
        .mixed(WholeMixed::Mixed3(WholeMixed3::True))
        .word("small")
        .list([json!(1)]);
    let call = call.anything(json!({"c": null})).large(u64::MAX).huge(json!(7)).only("d");
    let call = call.inline(WholeInline::Inline2(WholeInline2::new("e"))).lists([json!([[]])]);
    call.node(Node::default().name("f")).send().await.unwrap();
    let body = concat!(
        r#"{"first-name":"a","first_name":"b","":0,"+1":1,"type":"a_b","number":2,"mixed":true,"word":"small","list":[1],"#,
        r#""anything":{"c":null},"large":18446744073709551615,"huge":7,"only":"d","inline":{"b":"e"},"#,
        r#""node":{"name":"f"},"lists":[[[]]]}"#,
    );
    assert_eq!(server.body().await, body);
}

#[tokio::test]
async fn what_comes_back_is_read_and_kept() {
    let body = json!({
        "first-name": "a", "first_name": "b", "": 0, "+1": 1, "type": "unknown", "number": 3, "mixed": "one",
        "word": "huge", "untyped": {"inner": "c"}, "list": [1, {}], "untypedList": [true], "anything": [],
        "large": u64::MAX, "huge": 1e30, "only": "d", "inline": {"c": 1}, "node": {"next": {"name": "e"}},
        "lists": [[], [[]]], "joined": {"next": {}, "extra": "f"}, "closed": {"a": "g"},
        "open": {"a": "h", "b": {"c": 1}},
    });
    let server = Server::giving(&body.to_string()).await;
    let read = client(&server).rough().send("a").send().await.unwrap();
    assert_eq!(read.type_, Some(Nullable::from(WholeType::UnknownValue)));
    assert_eq!(read.word, Some(WholeWord::Unknown("huge".to_owned())));
    assert!(matches!(read.inline, Some(WholeInline::Other(_))));
    assert_eq!(read.node.as_ref().unwrap().next.as_ref().unwrap().name.as_deref(), Some("e"));
    let WholeOpen { a, extra, .. } = read.open.clone().unwrap();
    assert_eq!((a.as_deref(), extra["b"]["c"]), (Some("h"), 1));
    assert_eq!(serde_json::to_value(&read).unwrap(), body);
}

#[tokio::test]
async fn nothing_is_needed_to_read_a_response() {
    let server = Server::giving(r#"{"first-name": null, "type": null, "number": null, "node": {}}"#).await;
    let read = client(&server).rough().send("a").send().await.unwrap();
    assert_eq!((read.first_name.as_str(), read.node), ("", Some(Box::new(Node::default()))));
    let written: Value =
        serde_json::to_value(client(&server).rough().send("a").send().await.unwrap()).unwrap();
    assert_eq!(written["first-name"], "");
}
