//! Forms with parts, such as files.

use generator_cases::multipart::multipart::{About, Mood, MultipartUploadRequest};
use generator_cases::multipart::{BaseKey, Client};
use generator_cases::runtime::Binary;
use serde_json::{Map, Value, json};
use wiremock::ResponseTemplate;

use crate::server::Server;

async fn storing(status: u16) -> (Server, Client<BaseKey>) {
    let response = ResponseTemplate::new(status).set_body_raw("{}", "application/json");
    let server = Server::responding(response).await;
    let client = Client::builder("key").base_url(server.url()).build().unwrap();
    (server, client)
}

/// The only request: its method and path, and its bytes with `B` for the boundary.
async fn sent(server: &Server) -> (String, String) {
    assert_eq!(server.count().await, 1);
    let (head, body) = server.last_bytes().await;
    let media_type = server.header("content-type").await.unwrap();
    let boundary = media_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    assert_eq!(server.header("content-length").await, Some(body.len().to_string()));
    (head, String::from_utf8(body).unwrap().replace(boundary, "B"))
}

/// A part with its head, whose lines have `|` between.
fn part(head: &str, content: &str) -> String {
    let head = head.replace('|', "\r\n");
    format!("--B\r\nContent-Disposition: form-data; name={head}\r\n\r\n{content}\r\n")
}

fn form(parts: &[String]) -> String {
    format!("{}--B--\r\n", parts.concat())
}

fn photo() -> Binary {
    Binary::new(b"\0\r\n".to_vec()).with_file_name("sea.png")
}

/// The parts that everything sets, in no particular order but for the files.
fn all_parts() -> (Vec<String>, Vec<String>) {
    let values = vec![
        part("\"folder\"", "summer"),
        part("\"days\"|X-Unit: 24 h", "7"),
        part("\"tags\"", "sea"),
        part("\"tags\"", "é"),
        part("\"about\"|Content-Type: application/json", "{\"title\":\"Sea\"}"),
        part("\"link[title]\"", "é"),
        part("\"note\"|Content-Type: text/markdown", "*Blue.*"),
        part("\"mood\"|Content-Type: text/x-mood", "calm"),
        part("\"labels\"|Content-Type: application/json", "[\"a\",\"b\"]"),
        part("\"password\"", "open"),
    ];
    let files = vec![
        part("\"more\"; filename=\"more\"|Content-Type: application/octet-stream", "a"),
        part("\"more\"; filename=\"b.jpg\"|Content-Type: image/jpeg", "b"),
        part("\"photo\"; filename=\"sea.png\"|Content-Type: image/png|X-Purpose: cover", "\0\r\n"),
    ];
    (values, files)
}

/// The bytes are those of all parts, the files behind the others.
fn assert_parts(body: &str, (values, files): &(Vec<String>, Vec<String>)) {
    let (before, after) = body.split_at(values.concat().len());
    for (text, parts) in [(before, values), (after, files)] {
        for part in parts {
            assert!(text.contains(part.as_str()), "{part} isn't in {text}");
        }
    }
    assert_eq!(after.len(), files.concat().len() + "--B--\r\n".len());
    assert!(after.ends_with("--B--\r\n"));
    assert!(after.find("\r\n\r\na\r\n") < after.find("\r\n\r\nb\r\n"), "{after}");
}

#[tokio::test]
async fn each_member_is_a_part() {
    let (server, client) = storing(204).await;
    let more = [Binary::new(*b"a"), Binary::new(*b"b").with_file_name("b.jpg").with_media_type("image/jpeg")];
    let call = client.multipart().upload("summer", photo()).days(7).tags(["sea", "é"]).more(more);
    let call = call
        .about(About::default().title("Sea"))
        .link(About::default().title("é"))
        .note("*Blue.*")
        .mood(Mood::Calm)
        .labels(["a", "b"])
        .password("open");
    assert!(!format!("{call:?}").contains("sea"), "{call:?}");
    call.send().await.unwrap();
    let (head, body) = sent(&server).await;
    assert_eq!(head, "POST /files");
    assert_parts(&body, &all_parts());
}

#[tokio::test]
async fn what_is_left_out_is_no_part() {
    let (server, client) = storing(204).await;
    client.multipart().upload("summer", b"a".to_vec()).send().await.unwrap();
    let parts = [
        part("\"folder\"", "summer"),
        part("\"photo\"; filename=\"photo\"|Content-Type: image/png|X-Purpose: cover", "a"),
    ];
    assert_eq!(sent(&server).await.1, form(&parts));
}

#[tokio::test]
async fn files_are_base64_by_id() {
    let (server, client) = storing(204).await;
    let arguments = json!({
        "folder": "summer",
        "photo": {"content": "AA0K", "file_name": "sea.png"},
        "more": ["YQ==", {"content": "Yg==", "file_name": "b.jpg", "media_type": "image/jpeg"}],
        "days": 7,
        "tags": ["sea", "é"],
        "about": {"title": "Sea"},
        "link": {"title": "é"},
        "note": "*Blue.*",
        "mood": "calm",
        "labels": ["a", "b"],
        "password": "open",
    });
    let Value::Object(arguments) = arguments else { unreachable!() };
    client.call_operation("multipart_upload", arguments).await.unwrap();
    assert_parts(&sent(&server).await.1, &all_parts());
    let arguments = |photo: &str| {
        Map::from_iter([("folder".to_owned(), json!("summer")), ("photo".to_owned(), json!(photo))])
    };
    let invalid = client.call_operation("multipart_upload", arguments("s3cret!")).await.unwrap_err();
    assert!(invalid.to_string().ends_with("member `photo` is not a text in base64"), "{invalid}");
}

/// Their parts are JSON, but a list of them is no JSON.
#[tokio::test]
async fn each_file_of_json_is_a_part() {
    let parts = [
        part("\"folder\"", "summer"),
        part("\"photo\"; filename=\"photo\"|Content-Type: image/png|X-Purpose: cover", "a"),
        part("\"plans\"; filename=\"plans\"|Content-Type: application/json", "{}"),
        part("\"plans\"; filename=\"b.json\"|Content-Type: application/json", "[1]"),
    ];
    let (server, client) = storing(204).await;
    let plans = [Binary::new(*b"{}"), Binary::new(*b"[1]").with_file_name("b.json")];
    client.multipart().upload("summer", b"a".to_vec()).plans(plans).send().await.unwrap();
    assert_eq!(sent(&server).await.1, form(&parts));

    let (server, client) = storing(204).await;
    let plans = json!(["e30=", {"content": "WzFd", "file_name": "b.json"}]);
    let arguments = json!({"folder": "summer", "photo": "YQ==", "plans": plans});
    client.call_operation("multipart_upload", arguments.as_object().cloned().unwrap()).await.unwrap();
    assert_eq!(sent(&server).await.1, form(&parts));
}

#[tokio::test]
async fn parts_have_limits() {
    let (server, client) = storing(204).await;
    let invalid = client.multipart().upload("", photo()).send().await.unwrap_err();
    let why = "member `folder` has 0 characters, at least 1 are needed";
    assert!(invalid.to_string().ends_with(why), "{invalid}");
    let invalid = client.multipart().upload("summer", vec![0; 17]).send().await.unwrap_err();
    let why = "member `photo` has 17 bytes, at most 16 are allowed";
    assert!(invalid.to_string().ends_with(why), "{invalid}");
    assert_eq!(server.count().await, 0);
}

#[tokio::test]
async fn each_attempt_sends_the_same_bytes() {
    let (server, client) = storing(503).await;
    client.multipart().texts().title("Sea").send().await.unwrap_err();
    let bodies = server.bodies().await;
    assert!(bodies.len() > 1 && bodies.windows(2).all(|pair| pair[0] == pair[1]), "{bodies:?}");
}

#[tokio::test]
async fn a_form_with_parts_needs_no_file() {
    let (server, client) = storing(200).await;
    let stored: About = client.multipart().texts().title("Sea").send().await.unwrap();
    assert_eq!(stored, About::default());
    assert_eq!(sent(&server).await.1, form(&[part("\"title\"", "Sea")]));
}

#[test]
fn debug_shows_no_file() {
    let request = MultipartUploadRequest::new("summer", b"s3cret".to_vec()).password("s3cret");
    let shown = format!("{request:?}");
    assert!(shown.contains("photo: Binary(6 bytes)") && !shown.contains("s3cret"), "{shown}");
}
