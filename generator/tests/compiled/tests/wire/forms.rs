//! Values that have one of several forms: each is sent as it is, and what comes back is read as the form that it has.

use std::collections::BTreeMap;

use generator_cases::Nullable;
use generator_cases::forms::Client;
use generator_cases::forms::forms::{
    Bike, BikeType, Branch, Cat, Closed, Day, DayName, DayNumber, Dog, Guest, Note, Open, Opening, Order,
    Payload, Payment, PaymentCard, Person, Pet, Shelter, Size, Tree, Unclear, Vehicle,
};
use serde_json::{Value, json};

use crate::server::Server;

fn client(server: &Server) -> Client {
    Client::builder("key").base_url(server.url()).build().unwrap()
}

fn cat() -> Pet {
    Pet::Cat(Cat::new("kitten").hunts(true))
}

/// The body that is sent without the pet, which is always the same.
async fn sent(change: impl FnOnce(Shelter) -> Shelter) -> String {
    let server = Server::giving(r#"{"pet":{"kind":"cat"}}"#).await;
    client(&server).forms().send(cat()).body(change(Shelter::new(cat()))).send().await.unwrap();
    let body = server.body().await;
    body.strip_prefix(r#"{"pet":{"kind":"kitten","hunts":true}"#).unwrap().to_owned()
}

#[tokio::test]
async fn each_form_is_sent_as_it_is() {
    let cases = [
        (
            sent(|of| of.guest(Guest::Person(Person::default().name("Ada")))).await,
            r#","guest":{"name":"Ada"}}"#,
        ),
        (
            sent(|of| of.vehicle(Vehicle::Bike(Bike::new(BikeType::Bike).gears(3)))).await,
            r#","vehicle":{"type":"bike","gears":3}}"#,
        ),
        (sent(|of| of.payload(Payload::Array(vec!["a".to_owned()]))).await, r#","payload":["a"]}"#),
        (
            sent(|of| of.payload(Payload::Object(BTreeMap::from([("a".to_owned(), 1)])))).await,
            r#","payload":{"a":1}}"#,
        ),
        (sent(|of| of.payload(Payload::Any(json!({"a": [null]})))).await, r#","payload":{"a":[null]}}"#),
        (sent(|of| of.payload(Nullable::Null)).await, r#","payload":null}"#),
        (sent(|of| of.size(Size::Integer(3))).await, r#","size":3}"#),
        (sent(|of| of.id("2026-11-28")).await, r#","id":"2026-11-28"}"#),
        (
            sent(|of| of.payment(Payment::new(1.5).card(PaymentCard::Integer(7)))).await,
            r#","payment":{"amount":1.5,"card":7}}"#,
        ),
        (
            sent(|of| of.note(Note::default().name("a").iban("b"))).await,
            r#","note":{"name":"a","iban":"b"}}"#,
        ),
        (sent(|of| of.order(Order::default().by_number(7))).await, r#","order":{"by_number":7}}"#),
        (sent(|of| of.day(Day::Number(DayNumber::X7))).await, r#","day":7}"#),
        (
            sent(|of| {
                of.tree(Tree::Array(vec![Tree::Branch(Branch::new(Box::new(Tree::String("a".to_owned()))))]))
            })
            .await,
            r#","tree":[{"tree":"a"}]}"#,
        ),
    ];
    for (sent, expected) in cases {
        assert_eq!(sent, expected);
    }
}

/// The value of a member that comes back.
async fn read(member: &str, value: Value) -> Shelter {
    let mut body = json!({"pet": {"kind": "dog"}});
    body[member] = value;
    let server = Server::giving(&body.to_string()).await;
    let read = client(&server).forms().send(cat()).send().await.unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), body, "nothing is lost");
    read
}

#[tokio::test]
async fn the_discriminator_decides() {
    assert_eq!(
        read("pet", json!({"kind": "dog", "barks": true})).await.pet,
        Pet::Dog(Dog::new("dog").barks(true))
    );
    assert_eq!(read("pet", json!({"kind": "Cat"})).await.pet, Pet::Cat(Cat::new("Cat")));
    assert!(matches!(read("pet", json!({"kind": "fish", "fins": 2})).await.pet, Pet::Other(_)));
}

#[tokio::test]
async fn the_members_decide() {
    let guest = async |value| read("guest", value).await.guest.unwrap();
    assert_eq!(guest(json!({"kind": "x", "barks": false})).await, Guest::Dog(Dog::new("x").barks(false)));
    assert_eq!(guest(json!({"kind": "x", "hunts": false})).await, Guest::Cat(Cat::new("x").hunts(false)));
    assert_eq!(guest(json!({"name": "Ada"})).await, Guest::Person(Person::default().name("Ada")));
    assert!(matches!(guest(json!({"age": 7})).await, Guest::Person(person) if person.extra["age"] == 7));
    assert!(matches!(guest(json!("Ada")).await, Guest::Other(_)));
    let vehicle = read("vehicle", json!({"type": "bike", "name": "a"})).await.vehicle.unwrap();
    assert_eq!(vehicle, Vehicle::Bike(Bike::new("bike").name("a")));
}

#[tokio::test]
async fn a_member_that_can_be_null_decides_too() {
    let opening = async |value| read("opening", value).await.opening.unwrap();
    let open = || Open::new(Nullable::Null);
    assert_eq!(opening(json!({"until": null})).await, Opening::Open(open()));
    assert_eq!(opening(json!([{"until": null}])).await, Opening::Array(vec![open()]));
    let closed = Closed::new("snow", Value::Null);
    assert_eq!(opening(json!({"reason": "snow", "details": null})).await, Opening::Closed(closed));
    let unclear = Unclear::new(Nullable::Null, 7);
    assert_eq!(opening(json!({"reason": null, "details": 7})).await, Opening::Unclear(unclear));
    for neither in [json!({"reason": "snow"}), json!({}), json!([{"since": null}])] {
        assert_eq!(opening(neither.clone()).await, Opening::Other(neither.into()));
    }
}

#[tokio::test]
async fn lists_maps_and_anything_are_tried_in_their_order() {
    let payload = async |value| read("payload", value).await.payload.unwrap();
    let is =
        |payload: Nullable<Payload>, expected: Payload| assert_eq!(payload.into_option(), Some(expected));
    is(payload(json!(["a"])).await, Payload::Array(vec!["a".to_owned()]));
    is(payload(json!([{"kind": "dog"}])).await, Payload::Array2(vec![Dog::new("dog")]));
    is(payload(json!({"a": 1})).await, Payload::Object(BTreeMap::from([("a".to_owned(), 1)])));
    is(payload(json!({"a": "b"})).await, Payload::Any(json!({"a": "b"})));
    is(payload(json!([1, "a"])).await, Payload::Any(json!([1, "a"])));
    is(payload(json!(7)).await, Payload::Any(json!(7)));
    assert_eq!(payload(Value::Null).await, Nullable::Null);
}

#[tokio::test]
async fn numbers_and_texts_are_told_apart() {
    assert_eq!(read("size", json!("big")).await.size, Some(Size::DayName(DayName::from("big"))));
    assert_eq!(read("size", json!(3)).await.size, Some(Size::Integer(3)));
    assert_eq!(read("day", json!("monday")).await.day, Some(Day::Name(DayName::Monday)));
    assert_eq!(read("day", json!(2)).await.day, Some(Day::Number(DayNumber::Unknown(2))));
    let card = |shelter: Shelter| shelter.payment.unwrap().card;
    assert_eq!(
        card(read("payment", json!({"amount": 1.0, "card": "7"})).await),
        Some(PaymentCard::String("7".to_owned()))
    );
    assert_eq!(card(read("payment", json!({"amount": 1.0, "card": 7})).await), Some(PaymentCard::Integer(7)));
}

#[tokio::test]
async fn a_choice_can_contain_itself() {
    let tree = read("tree", json!([["a"], {"tree": {"tree": "b"}}])).await.tree.unwrap();
    let leaf = |text: &str| Tree::String(text.to_owned());
    let inner = Tree::Branch(Branch::new(Box::new(leaf("b"))));
    assert_eq!(
        tree,
        Tree::Array(vec![Tree::Array(vec![leaf("a")]), Tree::Branch(Branch::new(Box::new(inner)))])
    );
}
