//! Numbers that JSON doesn't have are never sent, and an `f32` is sent as its text says.

use generator_cases::floats::Client;
use generator_cases::floats::floats::{Notes, Place, Reading, Specimen};
use wiremock::ResponseTemplate;

use crate::server::Server;

const BAD: [f64; 3] = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY];

async fn storing() -> (Server, Client) {
    let server = Server::responding(ResponseTemplate::new(204)).await;
    let client = Client::builder("key").base_url(server.url()).build().unwrap();
    (server, client)
}

/// The samples that have a number in one place, with the name of that place.
fn samples(number: f64) -> Vec<(&'static str, Specimen)> {
    let sample = || Specimen::new(0.5);
    let map = || [("a".to_owned(), 0.5), ("b".to_owned(), number)];
    vec![
        ("weight", Specimen::new(number as f32)),
        ("sizes", sample().sizes([0.5, number])),
        ("shares", sample().shares(map())),
        ("age", sample().age(number)),
        ("place.depth", sample().place(Place::default().depth(number))),
        ("others.depth", sample().others([Place::default(), Place::default().depth(number)])),
        ("reading", sample().reading(Reading::Number(number))),
        ("notes", sample().notes(Notes::default().extra(map()))),
        ("report.depth", sample().report(&Place::default().depth(number))),
        ("depths", sample().depths(&vec![0.5, number])),
    ]
}

#[tokio::test]
async fn a_member_that_is_not_finite_is_an_invalid_request() {
    let (server, client) = storing().await;
    for (name, sample) in BAD.into_iter().flat_map(samples) {
        let error = client.floats().store(0.5).body(sample).send().await.unwrap_err().to_string();
        assert!(error.ends_with(&format!("member `{name}` is not a finite number")), "{name}: {error}");
    }
    assert_eq!(server.count().await, 0);
    for (_, sample) in samples(0.7) {
        client.floats().store(0.5).body(sample).send().await.unwrap();
    }
}

#[tokio::test]
async fn a_member_of_a_form_that_is_not_finite_is_an_invalid_request() {
    let (server, client) = storing().await;
    for number in BAD {
        let calls = [
            ("weight", client.floats().submit(number as f32)),
            ("sizes", client.floats().submit(0.5).sizes([number])),
        ];
        for (name, call) in calls {
            let error = call.send().await.unwrap_err().to_string();
            assert!(error.ends_with(&format!("member `{name}` is not a finite number")), "{error}");
        }
    }
    assert_eq!(server.count().await, 0);
}

#[tokio::test]
async fn a_parameter_that_is_not_finite_is_an_invalid_request() {
    let (server, client) = storing().await;
    for number in BAD {
        let calls = [
            ("weight", client.floats().find().weight(number as f32)),
            ("sizes", client.floats().find().sizes([0.5, number])),
            ("range", client.floats().find().range([number as f32])),
        ];
        for (name, call) in calls {
            let error = call.send().await.unwrap_err().to_string();
            assert!(error.ends_with(&format!("parameter `{name}` is not a finite number")), "{error}");
        }
    }
    assert_eq!(server.count().await, 0);
}

#[tokio::test]
async fn an_f32_is_sent_as_its_text() {
    let (server, client) = storing().await;
    client.floats().find().weight(0.7_f32).sizes([0.1]).range([0.1_f32, 0.2]).send().await.unwrap();
    assert_eq!(server.last().await.0, "GET /samples?weight=0.7&sizes=0.1&range=%5B0.1%2C0.2%5D");
    client.floats().store(0.7_f32).send().await.unwrap();
    assert_eq!(server.last().await.1, r#"{"weight":0.7}"#);
    client.floats().submit(0.7_f32).send().await.unwrap();
    assert_eq!(server.last().await.1, "weight=0.7");
    let error = client.floats().find().weight(0.70000005_f32).send().await.unwrap_err().to_string();
    assert!(error.ends_with("parameter `weight` is more than 0.7"), "{error}");
}
