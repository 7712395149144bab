//! The media type of a body says how it is read or written.

use generator_cases::media_types::media_types::{
    MediaTypesPictureResponse, MediaTypesReviewResponse, Report,
};
use generator_cases::media_types::{BaseKey, Client};
use generator_cases::runtime::{Binary, ErrorKind};
use serde_json::{Map, Value, json};
use wiremock::ResponseTemplate;

use crate::server::Server;

const BYTES: &[u8] = b"\x89PNG\r\n\xff\0";

async fn responding(media_type: &str, body: &[u8]) -> (Server, Client<BaseKey>) {
    let response = ResponseTemplate::new(200).set_body_raw(body, media_type);
    let server = Server::responding(response).await;
    let client = Client::builder("key").base_url(server.url()).max_body(64).build().unwrap();
    (server, client)
}

#[tokio::test]
async fn bytes_are_given_as_they_came() {
    let (_server, client) = responding("application/octet-stream", BYTES).await;
    let file: Binary = client.media_types().file().send().await.unwrap();
    assert_eq!((&*file, format!("{file:?}").as_str()), (BYTES, "Binary(8 bytes)"));
    let (_server, client) = responding("image/png", BYTES).await;
    let picture = client.media_types().picture().send().await.unwrap();
    assert_eq!(picture, MediaTypesPictureResponse::Ok(Binary::new(BYTES)));
    assert_eq!(format!("{picture:?}"), "Ok(Binary(8 bytes))");
    let (_server, client) = responding("application/pdf", BYTES).await;
    assert_eq!(&*client.media_types().anything().send().await.unwrap(), BYTES);
}

#[tokio::test]
async fn more_bytes_than_are_allowed_are_an_error() {
    let (_server, client) = responding("application/octet-stream", &[0; 65]).await;
    let error = client.media_types().file().send().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::TooLarge { limit: 64, .. }), "{error}");
}

#[tokio::test]
async fn text_is_read_as_it_is() {
    let (_server, client) = responding("text/csv", br#""a""#).await;
    assert_eq!(client.media_types().table().send().await.unwrap(), r#""a""#);
    let (_server, client) = responding("application/xml", b"<page/>").await;
    assert_eq!(client.media_types().page().send().await.unwrap(), "<page/>");
}

#[tokio::test]
async fn any_media_type_is_json_if_the_schema_is_no_text() {
    let (_server, client) = responding("application/vnd.report+json", br#"{"title":"Tides"}"#).await;
    let report: Report = client.media_types().any_json().send().await.unwrap();
    assert_eq!(report.title.as_deref(), Some("Tides"));
}

#[tokio::test]
async fn bytes_are_base64_by_id() {
    let (_server, client) = responding("application/octet-stream", b"s3cret").await;
    let read = client.call_operation("media_types_file", Default::default()).await.unwrap();
    assert_eq!(read, json!("czNjcmV0"));
    let typed = client.call_operation_typed("media_types_file", Default::default()).await.unwrap();
    assert_eq!((typed.debug.as_str(), &typed.value), ("Binary(6 bytes)", &json!("czNjcmV0")));
}

async fn storing() -> (Server, Client<BaseKey>) {
    let server = Server::responding(ResponseTemplate::new(204)).await;
    let client = Client::builder("key").base_url(server.url()).build().unwrap();
    (server, client)
}

/// The only request: its method and path, its media type and its bytes.
async fn sent(server: &Server) -> (String, Option<String>, Vec<u8>) {
    assert_eq!(server.count().await, 1);
    let (head, body) = server.last_bytes().await;
    (head, server.header("content-type").await, body)
}

fn expected(head: &str, media_type: &str, body: &[u8]) -> (String, Option<String>, Vec<u8>) {
    (head.to_owned(), Some(media_type.to_owned()), body.to_vec())
}

#[tokio::test]
async fn bytes_are_sent_as_they_are() {
    let (server, client) = storing().await;
    client.media_types().put_picture("sea", BYTES).send().await.unwrap();
    assert_eq!(sent(&server).await, expected("PUT /pictures/sea", "image/png", BYTES));
    let (server, client) = storing().await;
    client.media_types().post_blob(BYTES.to_vec()).send().await.unwrap();
    assert_eq!(sent(&server).await, expected("POST /blobs", "application/octet-stream", BYTES));
    let (server, client) = storing().await;
    client.media_types().post_file().body(Binary::new(BYTES)).send().await.unwrap();
    assert_eq!(sent(&server).await, expected("POST /files", "application/octet-stream", BYTES));
}

#[tokio::test]
async fn bytes_that_are_left_out_have_no_media_type() {
    let (server, client) = storing().await;
    client.media_types().post_file().send().await.unwrap();
    assert_eq!(sent(&server).await, ("POST /files".to_owned(), None, Vec::new()));
    assert_eq!(server.header("content-length").await.as_deref(), Some("0"));
}

#[tokio::test]
async fn text_is_sent_as_it_is() {
    let (server, client) = storing().await;
    client.media_types().post_table("\"é\",b\n").send().await.unwrap();
    let table = "\"é\",b\n".as_bytes();
    assert_eq!(sent(&server).await, expected("POST /tables", "text/csv; charset=utf-8", table));
}

#[tokio::test]
async fn json_has_the_media_type_that_the_spec_names() {
    let (server, client) = storing().await;
    client.media_types().patch_report().title("Tides").send().await.unwrap();
    let body = br#"{"title":"Tides"}"#;
    assert_eq!(sent(&server).await, expected("PATCH /reports", "application/merge-patch+json", body));
}

#[tokio::test]
async fn a_body_of_bytes_is_sent_once() {
    let server = Server::responding(ResponseTemplate::new(503)).await;
    let client = Client::builder("key").base_url(server.url()).build().unwrap();
    client.media_types().post_blob(BYTES).send().await.unwrap_err();
    assert_eq!(server.count().await, 1);
}

#[tokio::test]
async fn bytes_are_given_in_base64_by_id() {
    let arguments = |body: Value| Map::from_iter([("body".to_owned(), body)]);
    let (server, client) = storing().await;
    client.call_operation("media_types_post_blob", arguments(json!("iVBORw0K/wA="))).await.unwrap();
    assert_eq!(sent(&server).await, expected("POST /blobs", "application/octet-stream", BYTES));
    let invalid = client.call_operation("media_types_post_blob", arguments(json!("?"))).await.unwrap_err();
    assert!(invalid.to_string().ends_with("the body is not a text in base64"), "{invalid}");
    let (server, client) = storing().await;
    client.call_operation("media_types_post_table", arguments(json!("a,b"))).await.unwrap();
    assert_eq!(sent(&server).await, expected("POST /tables", "text/csv; charset=utf-8", b"a,b"));
}

#[tokio::test]
async fn the_caller_chooses_the_media_type_of_a_range() {
    let webp = || Binary::new(BYTES).with_media_type("image/webp");
    let (server, client) = storing().await;
    client.media_types().put_cover("sea", webp()).send().await.unwrap();
    assert_eq!(sent(&server).await, expected("PUT /covers/sea", "image/webp", BYTES));
    let (server, client) = storing().await;
    let body = json!({"content": "iVBORw0K/wA=", "media_type": "image/webp"});
    let arguments = Map::from_iter([("id".to_owned(), json!("sea")), ("body".to_owned(), body)]);
    client.call_operation("media_types_put_cover", arguments).await.unwrap();
    assert_eq!(sent(&server).await, expected("PUT /covers/sea", "image/webp", BYTES));
    let (server, client) = storing().await;
    client.media_types().post_blob(webp()).send().await.unwrap();
    assert_eq!(sent(&server).await, expected("POST /blobs", "image/webp", BYTES));
}

/// Sends a call whose request is invalid, and gives what is said of that.
async fn refused(body: Binary) -> String {
    let (server, client) = storing().await;
    let invalid = client.media_types().put_cover("sea", body).send().await.unwrap_err();
    assert_eq!(server.count().await, 0);
    invalid.to_string()
}

#[tokio::test]
async fn no_other_media_type_is_sent() {
    let needed = "the body needs a media type: set one of `image/*` with `Binary::with_media_type`";
    let invalid = refused(Binary::new(BYTES)).await;
    assert!(invalid.ends_with(needed), "{invalid}");
    let other = "the body has a media type that isn't `image/*`, which the operation takes";
    for media_type in ["text/html", "image/*", "image"] {
        let invalid = refused(Binary::new(BYTES).with_media_type(media_type)).await;
        assert!(invalid.ends_with(other), "{invalid}");
    }
    let invalid = refused(Binary::new(BYTES).with_media_type("image/a\r\nx: s3cret")).await;
    assert!(invalid.ends_with("the media type of the body can't be sent in a header"), "{invalid}");
}

#[tokio::test]
async fn a_whole_body_has_limits() {
    let invalid = refused(Binary::new([0; 17]).with_media_type("image/png")).await;
    assert!(invalid.ends_with("the body has 17 bytes, at most 16 are allowed"), "{invalid}");
    for (note, why) in [
        ("s", "the body has 1 character, at least 2 are needed"),
        ("s3cret", "the body has 6 characters, at most 5 are allowed"),
        ("SEA", "the body does not match the pattern ^[a-z]+$"),
    ] {
        let (server, client) = storing().await;
        let invalid = client.media_types().post_note(note).send().await.unwrap_err();
        assert!(invalid.to_string().ends_with(why), "{invalid}");
        let arguments = Map::from_iter([("body".to_owned(), json!(note))]);
        let invalid = client.call_operation("media_types_post_note", arguments).await.unwrap_err();
        assert!(invalid.to_string().ends_with(why), "{invalid}");
        assert_eq!(server.count().await, 0);
    }
}

async fn reviewing(status: u16, media_type: &str, body: &[u8]) -> (Server, Client<BaseKey>) {
    let response = ResponseTemplate::new(status).set_body_raw(body, media_type);
    let server = Server::responding(response).await;
    let client = Client::builder("key").base_url(server.url()).build().unwrap();
    (server, client)
}

#[tokio::test]
async fn json_is_preferred_of_several_media_types() {
    let (server, client) = reviewing(200, "application/json", br#"{"title":"Tides"}"#).await;
    let review = client.media_types().review().title("Tides").send().await.unwrap();
    assert_eq!(review, MediaTypesReviewResponse::Ok(Report::default().title("Tides")));
    assert_eq!(sent(&server).await, expected("POST /reviews", "application/json", br#"{"title":"Tides"}"#));
    assert_eq!(server.header("accept").await.as_deref(), Some("application/json, text/plain"));
}

#[tokio::test]
async fn callers_choose_another_media_type() {
    let (server, client) = reviewing(200, "application/xml", b"<review/>").await;
    let call = client.media_types().review().body_as("text/csv", b"title".to_vec());
    let raw = call.clone().accepting("application/xml").send_raw().await.unwrap();
    assert_eq!((raw.media_type(), raw.text().unwrap().as_str()), (Some("application/xml"), "<review/>"));
    assert_eq!(sent(&server).await, expected("POST /reviews", "text/csv", b"title"));
    assert_eq!(server.header("accept").await.as_deref(), Some("application/xml"));
    assert!(!format!("{call:?}").contains("title"), "{call:?}");
    let (server, client) = reviewing(202, "text/plain", b"later").await;
    let review = client.media_types().review().body_as("image/png", BYTES).send().await.unwrap();
    assert_eq!(review, MediaTypesReviewResponse::Accepted("later".to_owned()));
    assert_eq!(sent(&server).await, expected("POST /reviews", "image/png", BYTES));
}

#[tokio::test]
async fn by_id_another_body_names_its_media_type() {
    let (server, client) = reviewing(202, "text/plain", b"later").await;
    let body = json!({"content": "dGl0bGU=", "media_type": "text/csv"});
    let arguments = Map::from_iter([("body".to_owned(), body)]);
    let read = client.call_operation("media_types_review", arguments).await.unwrap();
    assert_eq!(read, json!("later"));
    assert_eq!(sent(&server).await, expected("POST /reviews", "text/csv", b"title"));
}

#[tokio::test]
async fn by_id_an_argument_asks_for_another_media_type() {
    let (server, client) = reviewing(200, "application/xml", b"<review/>").await;
    let Value::Object(arguments) = json!({"title": "Tides", "header.Accept": "application/xml"}) else {
        unreachable!()
    };
    let raw = client.call_operation_raw("media_types_review", arguments).await.unwrap();
    assert_eq!((raw.media_type(), raw.text().unwrap().as_str()), (Some("application/xml"), "<review/>"));
    assert_eq!(sent(&server).await, expected("POST /reviews", "application/json", br#"{"title":"Tides"}"#));
    assert_eq!(server.header("accept").await.as_deref(), Some("application/xml"));
    for (accept, why) in [
        (
            json!("text/html"),
            "the media type of the response is none of those that the operation gives: `application/json`, \
             `text/plain`, `application/xml`",
        ),
        (json!(7), "argument `header.Accept` is not a text"),
    ] {
        let arguments = Map::from_iter([("header.Accept".to_owned(), accept)]);
        let invalid = client.call_operation_raw("media_types_review", arguments).await.unwrap_err();
        assert!(invalid.to_string().ends_with(why), "{invalid}");
    }
    assert_eq!(server.count().await, 1);
}

#[tokio::test]
async fn a_media_type_that_the_operation_does_not_have_is_refused() {
    let (server, client) = storing().await;
    let call = || client.media_types().review();
    for (call, why) in [
        (
            call().body_as("text/html", BYTES),
            "the media type of the body is none of those that the operation takes: `application/json`, `text/csv`, \
             `image/*`",
        ),
        (
            call().accepting("text/html"),
            "the media type of the response is none of those that the operation gives: `application/json`, \
             `text/plain`, `application/xml`",
        ),
        (
            call().body_as("image/\r\nx: s3cret", BYTES),
            "the media type of the body can't be sent in a header",
        ),
    ] {
        let invalid = call.send().await.unwrap_err();
        assert!(invalid.to_string().ends_with(why), "{invalid}");
    }
    let invalid = client.media_types().file().accepting("text/html").send().await.unwrap_err();
    let why = "the media type of the response can't be chosen, since the operation has one alone";
    assert!(invalid.to_string().ends_with(why), "{invalid}");
    assert_eq!(server.count().await, 0);
}
