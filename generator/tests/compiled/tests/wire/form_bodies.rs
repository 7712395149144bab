//! Lists and objects in URL-encoded forms.

use std::collections::BTreeMap;

use generator_cases::form_body::Client;
use generator_cases::form_body::form_body::{Item, Order, OrderMetadata};
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use crate::server::Server;

async fn storing() -> (Server, Client) {
    let server = Server::responding(ResponseTemplate::new(204)).await;
    let client = Client::builder("key").base_url(server.url()).build().unwrap();
    (server, client)
}

fn items() -> [Item; 2] {
    [Item::default().price(3).rates(["vat", "a&b"]), Item::default().price(4)]
}

/// The pairs of a body, with brackets as they are.
async fn pairs(server: &Server) -> Vec<String> {
    assert_eq!(server.header("content-type").await.as_deref(), Some("application/x-www-form-urlencoded"));
    let body = server.body().await;
    body.replace("%5B", "[").replace("%5D", "]").split('&').map(str::to_owned).collect()
}

#[tokio::test]
async fn nested_values_have_brackets() {
    let (server, client) = storing().await;
    let metadata = OrderMetadata::Object(BTreeMap::from([
        ("order_id".to_owned(), "6735".to_owned()),
        ("é".to_owned(), String::new()),
    ]));
    client.form_body().order(items()).metadata(metadata).send().await.unwrap();
    assert_eq!(
        server.body().await,
        "items%5B0%5D%5Bprice%5D=3&items%5B0%5D%5Brates%5D%5B0%5D=vat&items%5B0%5D%5Brates%5D%5B1%5D=a%26b\
         &items%5B1%5D%5Bprice%5D=4&metadata%5Border_id%5D=6735&metadata%5B%C3%A9%5D="
    );
}

#[tokio::test]
async fn each_style_is_written_as_openapi_says() {
    let (server, client) = storing().await;
    let thing = || Item::default().price(3).rates(["a", "b"]);
    let order = Order::new([thing()]).tags(["a", "b,c"]).words(["a", "b"]).sizes([1, 2]).flat(thing());
    let order = order.labels(["x", "y"]).callback("https://a.example/?b=c&d").usual(thing()).parts([thing()]);
    client
        .form_body()
        .order(items())
        .body(order.metadata(OrderMetadata::String(String::new())))
        .send()
        .await
        .unwrap();
    let json = "%7B%22price%22%3A3%2C%22rates%22%3A[%22a%22%2C%22b%22]%7D";
    let (usual, parts) = (format!("usual={json}"), format!("parts={json}"));
    let expected = [
        "callback=https://a.example/?b=c%26d",
        "price=3",
        "rates=a",
        "rates=b",
        "items[0][price]=3",
        "items[0][rates][0]=a",
        "items[0][rates][1]=b",
        "labels=[%22x%22%2C%22y%22]",
        "metadata=",
        &parts,
        "sizes=1%7C2",
        "tags=a,b%2Cc",
        &usual,
        "words=a%20b",
    ];
    assert_eq!(pairs(&server).await, expected);
}

#[tokio::test]
async fn calls_by_id_send_the_same() {
    let (server, client) = storing().await;
    let Value::Object(arguments) = json!({"items": [{"rates": ["a"]}], "metadata": {"b": "c"}}) else {
        unreachable!()
    };
    client.call_operation("form_body_order", arguments).await.unwrap();
    assert_eq!(pairs(&server).await, ["items[0][rates][0]=a", "metadata[b]=c"]);
}

#[tokio::test]
async fn an_item_can_not_contain_what_separates_the_items() {
    let (server, client) = storing().await;
    let invalid = client.form_body().order(items()).words(["s3cret word"]).send().await.unwrap_err();
    let why = "member `words` has an item with a blank in it, which would make it two";
    assert!(invalid.to_string().ends_with(why), "{invalid}");
    assert_eq!(server.count().await, 0);
}
