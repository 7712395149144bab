//! Enums of numbers and truth values are sent as what they are, and read even if they are new.

use generator_cases::runtime::{EnumKind, Shape};
use generator_cases::value_enums::Client;
use generator_cases::value_enums::operations;
use generator_cases::value_enums::value_enums::{
    Accepted, Answer, Days, Priority, Rate, Silent, SmallRate, Ticket,
};
use generator_cases::{Nullable, Secret};
use serde_json::{Value, json};

use crate::server::Server;

fn client(server: &Server) -> Client {
    Client::builder("key").base_url(server.url()).build().unwrap()
}

#[tokio::test]
async fn each_value_is_written_as_it_is() {
    let server = Server::giving("{}").await;
    let call = client(&server).value_enums().open(Priority::Low, Rate::X1_5, Priority::High, Silent::True);
    let call = call.days_in_query([Days::Week, Days::Month]).days(Days::Week);
    call.fee(Secret::new(SmallRate::X0_5)).send().await.unwrap();
    let body = r#"{"rate":1.5,"priority":10,"silent":true,"days":7,"fee":0.5}"#;
    assert_eq!(server.last().await, ("POST /tickets/-1?days=7&days=30".to_owned(), body.to_owned()));
}

#[tokio::test]
async fn a_value_that_is_new_or_null_is_written_too() {
    let server = Server::giving("{}").await;
    let ticket = client(&server).value_enums();
    ticket.open(7, 0.25, Nullable::Null, Silent::True).send().await.unwrap();
    let body = r#"{"rate":0.25,"priority":null,"silent":true}"#;
    assert_eq!(server.last().await, ("POST /tickets/7".to_owned(), body.to_owned()));
}

#[tokio::test]
async fn a_value_outside_of_the_limits_is_not_sent() {
    let server = Server::giving("{}").await;
    let call = client(&server).value_enums().open(Priority::High, Rate::X1, Priority::from(-6), Silent::True);
    let error = call.send().await.unwrap_err().to_string();
    assert!(error.contains("`priority` is less than -5"), "{error}");
    assert_eq!(server.count().await, 0);
}

async fn read(json: &str) -> Answer {
    let server = Server::giving(json).await;
    let call = client(&server).value_enums().open(Priority::High, Rate::X1, Priority::Low, Silent::True);
    call.send().await.unwrap()
}

#[tokio::test]
async fn known_and_unknown_values_are_read() {
    let answer = read(
        r#"{"rate":1,"priority":10,"accepted":true,"former":null,"history":[-1,99],"by":{"ada":"0","eve":10.0}}"#,
    )
    .await;
    assert_eq!((answer.rate, answer.priority), (Some(Rate::X1), Some(Priority::High)));
    assert_eq!((answer.accepted, answer.former), (Some(Accepted::Accepted), None));
    assert_eq!(answer.history, [Priority::Low, Priority::Unknown(99)]);
    assert_eq!((answer.by["ada"], answer.by["eve"]), (Priority::X0, Priority::High));
    let answer = read(r#"{"rate":0.3,"accepted":false}"#).await;
    assert_eq!((answer.rate, answer.accepted), (Some(Rate::Unknown(0.3)), Some(Accepted::Unknown(false))));
    assert_eq!(serde_json::to_string(&answer).unwrap(), r#"{"rate":0.3,"accepted":false}"#);
}

#[test]
fn values_are_shown_but_secrets() {
    let ticket = Ticket::new(Rate::X1, Priority::from(5), Silent::True).fee(Secret::new(SmallRate::X1));
    let shown = format!("{ticket:?}");
    assert!(shown.contains("Unknown(5)") && !shown.contains("X1)"), "{shown}");
}

#[tokio::test]
async fn calls_by_id_take_the_same_values() {
    let server = Server::giving("{}").await;
    let client = client(&server);
    let arguments = json!({
        "path.priority": 10, "rate": 1.5, "priority": null, "silent": true, "query.days": [7],
    });
    client.call_operation("value_enums_open", arguments.as_object().cloned().unwrap()).await.unwrap();
    let (request, body) = server.last().await;
    assert_eq!(request, "POST /tickets/10?days=7");
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body, json!({"priority": null, "rate": 1.5, "silent": true}));
}

#[test]
fn the_table_tells_what_the_values_are() {
    let info = operations().into_iter().find(|info| info.spec.id == "value_enums_open").unwrap();
    let Shape::Object(ticket) = (info.request)() else { panic!("no object") };
    let shape = |name: &str| {
        let member = ticket.members.iter().find(|member| member.name == name).unwrap();
        match (member.shape)().without_null() {
            Shape::Enum(of) => of.clone(),
            other => panic!("{other:?}"),
        }
    };
    let (rate, days) = (shape("rate"), shape("days"));
    assert_eq!(
        (rate.kind, rate.values, rate.is_open),
        (EnumKind::Number, &["0.5", "1.0", "1.5", "-2.0"][..], true)
    );
    assert_eq!((days.kind, days.values, days.is_open), (EnumKind::Integer, &["7", "30"][..], false));
    assert_eq!((days.json("7"), days.json("week")), (Some(json!(7)), None));
    assert!(rate.knows(&json!(1)) && !days.knows(&json!(8)) && !days.knows(&json!("7")));
}
