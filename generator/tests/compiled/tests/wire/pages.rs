//! Lists that come in pages are asked for page by page.

use futures_util::TryStreamExt;
use futures_util::stream::{FusedStream, StreamExt};
use generator_cases::pages::{Client, pages::Boats};
use generator_cases::runtime::{ErrorKind, PageUnit, RetryPolicy};
use serde_json::{Map, Value, json};
use wiremock::ResponseTemplate;

use crate::server::Server;

fn client(server: &Server) -> Client {
    Client::builder("key").base_url(server.url()).retry_policy(RetryPolicy::disabled()).build().unwrap()
}

fn ok(body: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

fn boats(names: &[&str], total: i32) -> ResponseTemplate {
    let boats: Vec<Value> = names.iter().map(|name| json!({"name": name})).collect();
    ok(json!({"boats": boats, "total": total}))
}

fn names(page: &Boats) -> Vec<&str> {
    page.boats.iter().filter_map(|boat| boat.name.as_deref()).collect()
}

fn arguments(json: Value) -> Map<String, Value> {
    json.as_object().cloned().unwrap()
}

const FIRST: &str = r#"POST /boats/search {"limit":2}"#;
const SECOND: &str = r#"POST /boats/search {"limit":2,"page":1}"#;
const THIRD: &str = r#"POST /boats/search {"limit":2,"page":2}"#;

async fn three_pages() -> Server {
    Server::responding_in_turn(vec![boats(&["a", "b"], 5), boats(&["c", "d"], 5), boats(&["e"], 5)]).await
}

#[tokio::test]
async fn pages_come_one_by_one_until_the_total_is_reached() {
    let server = three_pages().await;
    let mut pages = client(&server).pages().search().limit(2).pages();
    assert_eq!(server.count().await, 0);
    for (expected, requests) in [(vec!["a", "b"], 1), (vec!["c", "d"], 2), (vec!["e"], 3)] {
        let page = pages.next_page().await.unwrap().unwrap();
        assert_eq!((names(&page), server.count().await), (expected, requests));
    }
    assert_eq!(pages.next_page().await.unwrap(), None);
    assert_eq!(server.all().await, [FIRST, SECOND, THIRD]);
}

#[tokio::test]
async fn items_come_one_by_one_and_no_page_too_early() {
    let server = three_pages().await;
    let mut items = client(&server).pages().search().limit(2).items();
    let mut names = Vec::new();
    while let Some(boat) = items.next_item().await.unwrap() {
        names.extend(boat.name);
        assert_eq!(server.count().await, names.len().div_ceil(2));
    }
    assert_eq!(names, ["a", "b", "c", "d", "e"]);
    assert!(items.next_item().await.unwrap().is_none());
    assert_eq!(server.count().await, 3);
}

#[tokio::test]
async fn the_call_says_where_the_walk_begins() {
    let server = Server::responding_in_turn(vec![boats(&["e", "f"], 7), boats(&["g"], 7)]).await;
    let items = client(&server).pages().search().page_in_query("q").harbour("Hull").page(2).items();
    let found: Vec<_> = items.into_stream().try_collect().await.unwrap();
    assert_eq!(found.len(), 3);
    assert_eq!(
        server.all().await,
        [
            r#"POST /boats/search?page=q {"harbour":"Hull","page":2}"#,
            r#"POST /boats/search?page=q {"harbour":"Hull","page":3}"#,
        ]
    );
}

#[tokio::test]
async fn a_page_can_be_asked_for_by_its_first_item() {
    let boat = |name: &str| json!({"name": name});
    let server = Server::responding_in_turn(vec![
        ok(json!({"totalResults": 3, "Resources": [boat("a"), boat("b")]})),
        ok(json!({"totalResults": "3", "Resources": [boat("c")]})),
    ])
    .await;
    let mut pages = client(&server).pages().list().count(2).pages();
    let mut lengths = Vec::new();
    while let Some(page) = pages.next_page().await.unwrap() {
        lengths.push(page.resources.len());
    }
    assert_eq!(lengths, [2, 1]);
    assert_eq!(server.all().await, ["GET /boats?count=2", "GET /boats?startIndex=3&count=2"]);
}

/// A service reads an index below the first as the first.
#[tokio::test]
async fn a_walk_from_below_the_first_item_loses_none() {
    let boat = |name: &str| json!({"name": name});
    let pages = || {
        Server::responding_in_turn(vec![
            ok(json!({"totalResults": 3, "Resources": [boat("a"), boat("b")]})),
            ok(json!({"totalResults": 3, "Resources": [boat("c")]})),
        ])
    };
    let sent = ["GET /boats?startIndex=0&count=2", "GET /boats?startIndex=3&count=2"];
    let server = pages().await;
    let items = client(&server).pages().list().start_index(0).count(2).items();
    assert_eq!(items.into_stream().try_collect::<Vec<_>>().await.unwrap().len(), 3);
    assert_eq!(server.all().await, sent);

    let server = pages().await;
    let client = client(&server);
    let mut pages =
        client.operation_pages("pages_list", arguments(json!({"startIndex": 0, "count": 2}))).unwrap();
    while pages.next_page().await.unwrap().is_some() {}
    assert_eq!(server.all().await, sent);
}

#[tokio::test]
async fn without_a_total_an_empty_page_is_the_end() {
    let pages = vec![ok(json!({"names": ["a"]})), ok(json!({"names": ["b"]})), ok(json!({}))];
    let server = Server::responding_in_turn(pages).await;
    let mut items = client(&server).pages().names().items();
    assert_eq!(items.next_item().await.unwrap().as_deref(), Some("a"));
    assert_eq!(items.next_item().await.unwrap().as_deref(), Some("b"));
    assert_eq!((items.next_item().await.unwrap(), items.next_item().await.unwrap()), (None, None));
    assert_eq!(server.all().await, ["GET /names", "GET /names?page=2", "GET /names?page=3"]);
}

#[tokio::test]
async fn after_an_error_the_same_page_is_asked_for_again() {
    let server = Server::responding_in_turn(vec![
        boats(&["a", "b"], 3),
        ResponseTemplate::new(503),
        ok(json!({"boats": 7})),
        boats(&["c"], 3),
    ])
    .await;
    let mut items = client(&server).pages().search().limit(2).items();
    let mut names = Vec::new();
    let mut statuses = Vec::new();
    loop {
        match items.next_item().await {
            Ok(Some(boat)) => names.extend(boat.name),
            Ok(None) => break,
            Err(error) => statuses.push(error.kind().status().unwrap().as_u16()),
        }
    }
    assert_eq!((names, statuses), (vec!["a".to_owned(), "b".to_owned(), "c".to_owned()], vec![503, 200]));
    assert_eq!(server.all().await, [FIRST, SECOND, SECOND, SECOND]);
}

#[tokio::test]
async fn a_service_that_repeats_a_page_is_not_asked_without_end() {
    let server = Server::responding_in_turn(vec![boats(&["a", "b"], 9), boats(&["a", "b"], 9)]).await;
    let mut pages = client(&server).pages().search().limit(2).pages();
    pages.next_page().await.unwrap().unwrap();
    for _ in 0..2 {
        let error = pages.next_page().await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::InvalidResponse(_)));
        assert_eq!(
            error.to_string(),
            "sample pages_search: the response (200 OK, application/json, 47 bytes) can't be read at `.`: the service gave \
             the same page for another value of `page` before"
        );
    }
    assert_eq!(server.all().await, [FIRST, SECOND, SECOND]);
}

#[tokio::test]
async fn a_number_that_does_not_fit_is_not_sent() {
    let server = Server::responding_in_turn(vec![boats(&["a"], 0), boats(&["b"], 0)]).await;
    let mut pages = client(&server).pages().search().page(i32::MAX).pages();
    pages.next_page().await.unwrap().unwrap();
    let error = pages.next_page().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "sample pages_search: argument `page` would be larger than its type allows"
    );
    assert_eq!(server.count().await, 1);
}

#[tokio::test]
async fn a_stream_gives_all_items_and_ends_after_an_error() {
    let server = three_pages().await;
    let stream = client(&server).pages().search().limit(2).items().into_stream();
    let found: Vec<_> = stream.map_ok(|boat| boat.name.unwrap()).try_collect().await.unwrap();
    assert_eq!(found, ["a", "b", "c", "d", "e"]);
    assert_eq!(server.all().await, [FIRST, SECOND, THIRD]);

    let server = Server::responding_in_turn(vec![boats(&["a", "b"], 5), ResponseTemplate::new(503)]).await;
    let mut stream = client(&server).pages().search().limit(2).items().into_stream();
    assert!(stream.next().await.unwrap().is_ok() && stream.next().await.unwrap().is_ok());
    assert_eq!((server.count().await, stream.is_terminated()), (1, false));
    assert!(stream.next().await.unwrap().is_err());
    assert!(stream.next().await.is_none() && stream.is_terminated());
    assert_eq!(server.count().await, 2);
}

#[tokio::test]
async fn an_operation_that_is_called_by_its_id_gives_pages() {
    let server = three_pages().await;
    let given = arguments(json!({"limit": 2, "query.page": "q"}));
    let mut pages = client(&server).operation_pages("pages_search", given).unwrap();
    assert_eq!(server.count().await, 0);
    let mut found = Vec::new();
    while let Some(page) = pages.next_page().await.unwrap() {
        found.push(page["boats"].as_array().unwrap().len());
    }
    assert_eq!(found, [2, 2, 1]);
    let sent = [r#"{"limit":2}"#, r#"{"limit":2,"page":1}"#, r#"{"limit":2,"page":2}"#];
    assert_eq!(server.all().await, sent.map(|body| format!("POST /boats/search?page=q {body}")));
}

#[tokio::test]
async fn a_call_by_id_may_give_a_whole_body_or_the_place_of_an_argument() {
    let server = three_pages().await;
    let given = arguments(json!({"body": {"limit": 2, "page": 0}}));
    let mut pages = client(&server).operation_pages("pages_search", given).unwrap();
    while pages.next_page().await.unwrap().is_some() {}
    let first = r#"POST /boats/search {"limit":2,"page":0}"#;
    assert_eq!(server.all().await, [first, SECOND, THIRD]);

    let server =
        Server::responding_in_turn(vec![ok(json!({"names": ["a"]})), ok(json!({"names": null}))]).await;
    let given = arguments(json!({"query.page": "4"}));
    let mut pages = client(&server).operation_pages("pages_names", given).unwrap();
    while pages.next_page().await.unwrap().is_some() {}
    assert_eq!(server.all().await, ["GET /names?page=4", "GET /names?page=5"]);
}

#[tokio::test]
async fn a_call_by_id_that_can_not_be_made_is_refused() {
    let server = Server::giving(r#"{"names": 7}"#).await;
    let client = client(&server);
    let error = client.operation_pages("pages_get", Map::new()).unwrap_err();
    assert_eq!(error.to_string(), "sample pages_get: the operation doesn't give a list in pages");
    let error = client.operation_pages("pages_none", Map::new()).unwrap_err();
    assert!(error.to_string().contains("the operation `pages_none` doesn't exist"), "{error}");
    let mut pages = client.operation_pages("pages_names", arguments(json!({"nmae": 1}))).unwrap();
    let error = pages.next_page().await.unwrap_err();
    assert!(error.to_string().ends_with("argument `nmae` isn't one of the operation"), "{error}");
    assert_eq!(server.count().await, 0);

    let mut pages = client.operation_pages("pages_names", Map::new()).unwrap();
    let error = pages.next_page().await.unwrap_err();
    assert!(error.to_string().contains("can't be read at `.`: `names` is no list"), "{error}");
    assert_eq!(format!("{pages:?}"), r#"OperationPages { operation: "pages_names", .. }"#);
}

#[test]
fn the_table_of_operations_has_the_pages() {
    let paging = |id: &str| {
        let operations = generator_cases::pages::operations();
        operations.into_iter().find(|info| info.spec.id == id).unwrap().spec.paging
    };
    let list = paging("pages_list").unwrap();
    assert_eq!((list.position, list.counts, list.first), ("startIndex", PageUnit::Items, 1));
    assert_eq!((list.size, list.items, list.total), (Some("count"), "Resources", Some("totalResults")));
    assert_eq!(paging("pages_get"), None);
}

#[test]
fn a_walk_can_be_sent_to_another_task() {
    fn sendable<T: Send>(_: T) {}
    let client = Client::builder("key").build().unwrap();
    let mut items = client.pages().search().limit(2).items();
    assert_eq!(format!("{items:?}"), format!("Items {{ call: {:?}, .. }}", client.pages().search()));
    sendable(items.next_item());
    sendable(items.into_stream());
}
