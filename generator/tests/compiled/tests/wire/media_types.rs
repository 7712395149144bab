//! The media type of a response says how its body is read.

use generator_cases::media_types::media_types::{MediaTypesPictureResponse, Report};
use generator_cases::media_types::{BaseKey, Client};
use generator_cases::runtime::{Binary, Kind};
use serde_json::json;
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
    assert!(matches!(error.kind(), Kind::TooLarge { limit: 64, .. }), "{error}");
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
