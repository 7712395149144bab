//! What goes over the wire for schemas that are made of others.

use std::collections::BTreeMap;

use generator_cases::Nullable;
use generator_cases::all_of_values::all_of_values::{Colour, NamedReading, Reading, WarmColour};
use generator_cases::all_of_values::{Client, Error};
use serde_json::{Value, json};
use wiremock::matchers::{body_json, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

fn client(server: &MockServer) -> Result<Client, Error> {
    Client::builder("key").base_url(server.uri()).build()
}

async fn server(request: Value, response: Value) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/readings"))
        .and(query_param("station", "oslo"))
        .and(body_json(request))
        .respond_with(ResponseTemplate::new(200).set_body_json(response))
        .expect(1)
        .mount(&server)
        .await;
    server
}

#[tokio::test]
async fn joined_schemas_are_sent_and_read_as_what_they_are() {
    let request = json!({
        "name": "ada",
        "count": 9_007_199_254_740_993_i64,
        "size": -7,
        "done": true,
        "country": "no",
        "colour": "blue",
        "warmColour": "red",
        "tags": ["a", "b"],
        "labels": {"a": "b"},
        "parent": {"name": "eve"},
    });
    let response =
        json!({"count": 4, "size": 5, "warmColour": "white", "parent": null, "tags": ["long word"]});
    let server = server(request, response).await;
    let client = client(&server).unwrap();
    let read = client
        .all_of_values()
        .send("ada", 9_007_199_254_740_993)
        .station("oslo")
        .size(-7)
        .done(true)
        .country("no")
        .colour(Colour::Blue)
        .warm_colour(WarmColour::Red)
        .tags(["a", "b"])
        .labels(BTreeMap::from([("a".to_owned(), "b".to_owned())]))
        .parent(Reading::default().name("eve"))
        .send()
        .await
        .unwrap();
    assert_eq!((read.count, read.size, read.done), (Some(4), Some(5), None));
    assert_eq!(read.warm_colour, Some(WarmColour::Unknown("white".to_owned())));
    assert_eq!(read.tags, Some(vec!["long word".to_owned()]));
    assert!(matches!(read.parent, Some(Nullable::Null)));
}

#[tokio::test]
async fn the_narrowest_limit_is_checked_before_sending() {
    let server = MockServer::start().await;
    let client = client(&server).unwrap();
    let readings = client.all_of_values();
    let calls = [
        (readings.send("adele", 1), "name"),
        (readings.send("a", 1), "name"),
        (readings.send("ada", 1).tags(["long"]), "tags"),
        (readings.send("ada", 1).country("nor"), "country"),
        (readings.send("ada", 1).station("x"), "station"),
        (readings.send("ada", 1).station("bergen"), "station"),
    ];
    for (call, name) in calls {
        let error = call.send().await.unwrap_err();
        assert!(error.to_string().contains(name), "{error}");
    }
    assert!(server.received_requests().await.unwrap().is_empty());
    let wide = NamedReading::new("adam", 1).parent(Reading::default().name("adeleadele"));
    assert_eq!(wide.name, "adam");
}
