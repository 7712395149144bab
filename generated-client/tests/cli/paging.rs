//! Lists that come in pages: all of their items, and what is said of them.

use serde_json::{Value, json};
use wiremock::matchers::body_partial_json;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::program::{Run, answering};

const SEARCH: [&str; 5] = ["call", "descope-management", "user_search", "limit=2", "--all"];

fn at(server: &MockServer, words: &[&str]) -> Run {
    let run = Run::new(words).env("DESCOPE_MANAGEMENT_BASE_URL", &server.uri());
    run.env("DESCOPE_MANAGEMENT_PROJECT_ID", "P2abc").env("DESCOPE_MANAGEMENT_KEY", "K2abc")
}

fn users(ids: &[&str]) -> ResponseTemplate {
    let users: Vec<Value> = ids.iter().map(|id| json!({"userId": id})).collect();
    ResponseTemplate::new(200).set_body_json(json!({"users": users, "total": 3}))
}

/// A server whose second page is this response.
async fn second_page(response: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(body_partial_json(json!({"page": 1}))).respond_with(response).mount(&server).await;
    Mock::given(body_partial_json(json!({"limit": 2})))
        .respond_with(users(&["U1", "U2"]))
        .mount(&server)
        .await;
    server
}

#[tokio::test]
async fn all_items_are_printed_one_a_line() {
    let server = second_page(users(&["U3"])).await;
    let ended = at(&server, &SEARCH).end();
    assert!(ended.err.starts_with("3 items on 2 pages in ") && ended.err.ends_with(" ms\n"), "{ended:?}");
    assert_eq!(ended.success(), "{\"userId\":\"U1\"}\n{\"userId\":\"U2\"}\n{\"userId\":\"U3\"}\n");
    let sent: Vec<Value> =
        server.received_requests().await.unwrap().iter().map(|sent| sent.body_json().unwrap()).collect();
    assert_eq!(sent, [json!({"limit": 2}), json!({"limit": 2, "page": 1})]);
}

/// As `head -1` does, which is gone after the first page.
#[tokio::test]
async fn no_page_is_requested_for_a_reader_that_is_gone() {
    let server = second_page(users(&["U3"])).await;
    let ended = at(&server, &SEARCH).end_unread();
    assert_eq!((ended.code, &*ended.err), (Some(0), ""), "{ended:?}");
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_items_before_an_error_are_printed() {
    let server = second_page(ResponseTemplate::new(403).set_body_json(json!({"errorCode": "E1"}))).await;
    let ended = at(&server, &SEARCH).end();
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.out.starts_with("{\"userId\":\"U1\"}\n{\"userId\":\"U2\"}\n{\n  \"errorCode\""),
        "{ended:?}"
    );
    assert!(ended.err.starts_with("403 Forbidden in ") && ended.err.contains("error: "), "{ended:?}");

    let server = second_page(users(&["U1", "U2"])).await;
    let ended = at(&server, &SEARCH).end();
    assert_eq!((ended.code, ended.out.lines().count()), (Some(3), 2), "{ended:?}");
    assert!(ended.err.contains("the same page for another value of `page` before"), "{ended:?}");
}

#[tokio::test]
async fn all_is_for_lists_that_come_in_pages() {
    let server = answering(users(&[])).await;
    let ended = at(&server, &["call", "descope-management", "user_get", "loginId=a", "--all"]).end();
    assert_eq!(ended.code, Some(2));
    assert_eq!(ended.err, "error: `user_get` doesn't give a list in pages, which `--all` is for\n");
    for option in ["--raw", "--include", "--dry-run", "--url-only"] {
        let ended = at(&server, &[&SEARCH[..], &[option]].concat()).end();
        assert!(ended.code == Some(2) && ended.err.contains("cannot be used with"), "{ended:?}");
    }
    assert_eq!(server.received_requests().await.unwrap().len(), 0);
}

#[test]
fn a_description_says_how_pages_are_asked_for() {
    let described = |operation| Run::new(&["describe", "descope-management", operation]).end().success();
    let pages = |operation| {
        let text = described(operation);
        let (_, pages) = text.split_once("\npages          ").unwrap();
        let (pages, _) = pages.split_once("\ndocumentation  ").unwrap();
        pages.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        pages("user_search"),
        "`page` is the number of the page, from 0, and `limit` is the size of a page. `--all` prints `users` of all pages, \
         an item a line."
    );
    assert_eq!(
        pages("scim_users"),
        "`startIndex` is the number of the first item of the page, from 1, and `count` is the size of a page. `--all` \
         prints `Resources` of all pages, an item a line."
    );
    assert!(!described("user_get").contains("\npages "));
}
