//! Times are kept as they are written, and refused before they are sent where they are none.

use std::time::{Duration, UNIX_EPOCH};

use generator_cases::Secret;
use generator_cases::runtime::{ErrorKind, Shape, TimestampError};
use generator_cases::times::times::{Plan, Reminder};
use generator_cases::times::{Client, Timestamp, operations};
use serde_json::{Map, Value, json};

use crate::server::Server;

const NOON: &str = "2026-11-28T12:00:00Z";

fn client(server: &Server) -> Client {
    Client::builder("key").base_url(server.url()).build().unwrap()
}

#[tokio::test]
async fn times_are_sent_as_they_are_written() {
    let server = Server::giving(r#"{"start":"2026-11-28T12:30:00.000+01:00"}"#).await;
    let call =
        client(&server).times().plan(UNIX_EPOCH, "2026-11-28t12:30:00.10+01:00", Timestamp::from(NOON));
    let call =
        call.except([NOON, "2026-11-28T13:00:00Z"]).end(None).breaks([UNIX_EPOCH + Duration::from_millis(1)]);
    let call = call.arrivals([("Ada".to_owned(), NOON.into())]).reminder(Reminder::DateTime(NOON.into()));
    let meeting = call.reminders([Reminder::Integer(5)]).send().await.unwrap();
    let (target, body) = server.last().await;
    assert_eq!(
        target,
        "POST /meetings/1970-01-01T00%3A00%3A00Z?except=2026-11-28T12%3A00%3A00Z&except=2026-11-28T13%3A00%3A00Z"
    );
    assert_eq!(
        body,
        r#"{"start":"2026-11-28t12:30:00.10+01:00","codeChangesAt":"2026-11-28T12:00:00Z","end":null,"breaks":["1970-01-01T00:00:00.001Z"],"arrivals":{"Ada":"2026-11-28T12:00:00Z"},"reminder":"2026-11-28T12:00:00Z","reminders":[5]}"#
    );
    assert_eq!(meeting.start, "2026-11-28T12:30:00.000+01:00");
}

#[tokio::test]
async fn what_is_no_time_is_not_sent() {
    let server = Server::giving("{}").await;
    let times = client(&server).times();
    let plan = || times.plan(NOON, NOON, Timestamp::from(NOON));
    let soon = || Timestamp::from("soon");
    let invalid = [
        ("parameter `day`", times.plan("2026-11-28", NOON, Timestamp::from(NOON))),
        ("parameter `except`", plan().except([NOON, "soon"])),
        ("member `start`", times.plan(NOON, "soon", Timestamp::from(NOON))),
        ("member `codeChangesAt`", times.plan(NOON, NOON, soon())),
        ("member `end`", plan().end("soon")),
        ("member `breaks`", plan().breaks(["soon"])),
        ("member `arrivals`", plan().arrivals([("Ada".to_owned(), soon())])),
        ("member `reminder`", plan().reminder(Reminder::DateTime(soon()))),
        ("member `reminders`", plan().reminders([Reminder::DateTime(soon())])),
    ];
    for (what, call) in invalid {
        let error = call.send().await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::InvalidRequest(_)), "{error}");
        let why = format!("{what} is not a time in RFC 3339, such as 2026-11-28T12:30:00Z");
        assert!(error.to_string().contains(&why), "{error}");
    }
    assert_eq!(server.count().await, 0);
}

#[tokio::test]
async fn a_call_by_id_refuses_the_same() {
    let server = Server::giving("{}").await;
    let valid = json!({"day": NOON, "start": NOON, "codeChangesAt": NOON});
    for (name, value) in [
        ("day", json!("soon")),
        ("except", json!([NOON, ""])),
        ("start", json!("2026-11-28")),
        ("breaks", json!(["soon"])),
        ("arrivals", json!({"Ada": "soon"})),
    ] {
        let mut given: Map<String, Value> = valid.as_object().cloned().unwrap();
        given.insert(name.to_owned(), value);
        let error = client(&server).call_operation("times_plan", given).await.unwrap_err();
        assert!(error.to_string().contains("is not a time in RFC 3339"), "{name}: {error}");
    }
    assert_eq!(server.count().await, 0);
}

#[tokio::test]
async fn a_response_with_something_else_is_read() {
    let server = Server::giving(r#"{"start":"","end":"2026-11-28 12:00","reminder":"soon"}"#).await;
    let call = client(&server).times().plan(NOON, NOON, Timestamp::from(NOON));
    let meeting = call.send().await.unwrap();
    assert_eq!((meeting.start.as_str(), meeting.end.as_ref().unwrap().as_str()), ("", "2026-11-28 12:00"));
    assert_eq!(meeting.end.unwrap().to_system_time(), Err(TimestampError::NotATime));
    assert_eq!(meeting.reminder, Some(Reminder::Other(json!("soon").into())));
}

#[test]
fn the_shape_says_so() {
    let info = operations().into_iter().find(|info| info.spec.id == "times_plan").unwrap();
    let Shape::Object(plan) = (info.request)() else { panic!("no object") };
    let shape = |name: &str| (plan.members.iter().find(|member| member.name == name).unwrap().shape)();
    assert_eq!(shape("start"), Shape::Time);
    assert_eq!(shape("breaks"), Shape::List(Box::new(Shape::Time)));
    assert_eq!(shape("codeChangesAt"), Shape::Secret(Box::new(Shape::Time)));
}

#[test]
fn a_secret_time_is_not_printed() {
    let plan = Plan::new(NOON, Secret::new(Timestamp::from("2026-11-28T23:59:59Z")));
    assert!(!format!("{plan:?}").contains("23:59"), "{plan:?}");
}
