//! Bodies that are read while they are sent.

use std::io::{self, Read};
use std::net::TcpListener;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::{Stream, StreamExt, stream};
use generator_cases::media_types::{BaseKey, Client, Error};
use generator_cases::multipart;
use generator_cases::runtime::testing::{MockTransport, Response};
use generator_cases::runtime::{Binary, ErrorKind, Phase};
use tokio::sync::oneshot;
use wiremock::ResponseTemplate;

use crate::server::Server;

fn at(url: &str) -> Client<BaseKey> {
    Client::builder("key").base_url(url).build().unwrap()
}

async fn responding(status: u16) -> (Server, Client<BaseKey>) {
    let server = Server::responding(ResponseTemplate::new(status)).await;
    let client = at(&server.url());
    (server, client)
}

/// The same over HTTP/2.
async fn responding_over_http2(status: u16) -> (Server, Client<BaseKey>) {
    let server = Server::responding(ResponseTemplate::new(status)).await;
    let http = reqwest::Client::builder().http2_prior_knowledge();
    let client = Client::builder("key").base_url(server.url()).http_client_builder(http).build().unwrap();
    (server, client)
}

fn chunks(chunks: &[&'static str]) -> Binary {
    let chunks: Vec<io::Result<&str>> = chunks.iter().copied().map(Ok).collect();
    Binary::from_stream(stream::iter(chunks))
}

/// The bytes of the only request, its `Content-Length` and its `Transfer-Encoding`.
async fn sent(server: &Server) -> (Vec<u8>, Option<String>, Option<String>) {
    assert_eq!(server.count().await, 1);
    let length = server.header("content-length").await;
    (server.last_bytes().await.1, length, server.header("transfer-encoding").await)
}

#[tokio::test]
async fn a_stream_is_sent_in_chunks() {
    let (server, client) = responding(204).await;
    let body = chunks(&["ab", "", "c"]);
    assert_eq!(format!("{body:?}"), "Binary(a stream)");
    client.media_types().post_blob(body).send().await.unwrap();
    assert_eq!(sent(&server).await, (b"abc".to_vec(), None, Some("chunked".to_owned())));
    assert_eq!(server.header("content-type").await.as_deref(), Some("application/octet-stream"));
}

#[tokio::test]
async fn a_stream_has_a_length_where_it_is_known() {
    let (server, client) = responding(204).await;
    let body = Binary::from_reader(&b"s3cret"[..]).with_length(6).with_media_type("image/webp");
    assert_eq!(format!("{body:?}"), "Binary(a stream of 6 bytes)");
    client.media_types().put_cover("sea", body).send().await.unwrap();
    assert_eq!(sent(&server).await, (b"s3cret".to_vec(), Some("6".to_owned()), None));
    assert_eq!(server.header("content-type").await.as_deref(), Some("image/webp"));
}

#[tokio::test]
async fn other_media_types_are_streamed_too() {
    let (server, client) = responding(202).await;
    client.media_types().review().body_as("text/csv", chunks(&["a,", "b"])).send_raw().await.unwrap();
    assert_eq!(sent(&server).await.0, b"a,b");
    assert_eq!(server.header("content-type").await.as_deref(), Some("text/csv"));
}

#[tokio::test]
async fn a_file_has_its_length_and_its_name() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let file = Binary::from_file(path).await.unwrap();
    assert_eq!(file.file_name(), Some("Cargo.toml"));
    let content = std::fs::read(path).unwrap();
    let (server, client) = responding(204).await;
    client.media_types().post_blob(file).send().await.unwrap();
    let length = content.len().to_string();
    assert_eq!(sent(&server).await, (content, Some(length), None));
    let missing = Binary::from_file(concat!(env!("CARGO_MANIFEST_DIR"), "/none")).await.unwrap_err();
    assert_eq!(missing.kind(), io::ErrorKind::NotFound);
}

/// Gives these chunks, and panics if it is polled after its end.
fn polled_to_its_end(chunks: &'static [&'static str]) -> Binary {
    let next = |left: &'static [&'static str]| async move {
        left.split_first().map(|(first, left)| (io::Result::Ok(*first), left))
    };
    let length = chunks.iter().map(|chunk| chunk.len() as u64).sum();
    Binary::from_stream(stream::unfold(chunks, next)).with_length(length)
}

#[tokio::test]
async fn a_stream_is_not_polled_after_its_end() {
    for (server, client) in [responding(204).await, responding_over_http2(204).await] {
        client.media_types().post_blob(polled_to_its_end(&["ab", "c"])).send().await.unwrap();
        assert_eq!(sent(&server).await, (b"abc".to_vec(), Some("3".to_owned()), None));
    }
    let (body, _) = parts(polled_to_its_end(&["xy", "z"])).await;
    assert!(body.contains("\r\n\r\nxyz\r\n--B\r\n"), "{body}");

    let mock = MockTransport::new().respond("media_types_post_blob", Response::status(204));
    let client = Client::builder("key").transport(mock.clone()).build().unwrap();
    client.media_types().post_blob(polled_to_its_end(&["ab", "c"])).send().await.unwrap();
    assert_eq!(&*mock.requests()[0].body, b"abc");
}

/// The parts of a form, with `B` for the boundary.
async fn parts(more: Binary) -> (String, Option<String>) {
    let server = Server::responding(ResponseTemplate::new(204)).await;
    let client = multipart::Client::builder("key").base_url(server.url()).build().unwrap();
    let photo = chunks(&["a", "b"]).with_length(2).with_file_name("a.png");
    client.multipart().upload("summer", photo).more([Binary::new(*b"m"), more]).send().await.unwrap();
    let media_type = server.header("content-type").await.unwrap();
    let boundary = media_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let (body, length, _) = sent(&server).await;
    assert!(length.as_ref().is_none_or(|length| *length == body.len().to_string()), "{length:?}");
    (String::from_utf8(body).unwrap().replace(boundary, "B"), length)
}

#[tokio::test]
async fn files_of_a_form_are_streamed() {
    let expected = "--B\r\nContent-Disposition: form-data; name=\"folder\"\r\n\r\nsummer\r\n\
        --B\r\nContent-Disposition: form-data; name=\"more\"; filename=\"more\"\r\n\
        Content-Type: application/octet-stream\r\n\r\nm\r\n\
        --B\r\nContent-Disposition: form-data; name=\"more\"; filename=\"more\"\r\n\
        Content-Type: text/plain\r\n\r\nxyz\r\n\
        --B\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n\
        Content-Type: image/png\r\nX-Purpose: cover\r\n\r\nab\r\n\
        --B--\r\n";
    let more = || chunks(&["xy", "z"]).with_media_type("text/plain");
    assert_eq!(parts(more()).await, (expected.to_owned(), None));
    let (body, length) = parts(more().with_length(3)).await;
    assert_eq!((body.as_str(), length.is_some()), (expected, true));
}

/// The error of a call, which was sent once at most, with its causes. It has no secret in it.
fn shown(error: &Error) -> String {
    assert!(matches!(error.kind(), ErrorKind::Transport(of) if of.phase() == Phase::Upload), "{error:?}");
    assert_eq!(error.attempts(), 1);
    let mut all = format!("{error:?}");
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        all.push_str(&format!("{next} {next:?}"));
        cause = next.source();
    }
    assert!(!all.contains("s3cret"), "{all}");
    error.to_string()
}

#[tokio::test]
async fn a_source_that_fails_is_named_without_its_text() {
    for (_server, client) in [responding(204).await, responding_over_http2(204).await] {
        let failing = [Ok("a"), Err(io::Error::new(io::ErrorKind::PermissionDenied, "s3cret"))];
        let body = Binary::from_stream(stream::iter(failing));
        let error = client.media_types().put_picture("sea", body).send().await.unwrap_err();
        let why = "the body of the request broke off: it can't be read (permission denied)";
        assert!(shown(&error).contains(why), "{error}");
    }
}

#[tokio::test]
async fn a_source_of_another_length_fails_the_call() {
    for (length, why) in [
        (7, "it has fewer bytes than its length says"),
        (5, "it has more bytes than its length says"),
        (2, "it has more bytes than its length says"),
    ] {
        for (server, client) in [responding(204).await, responding_over_http2(204).await] {
            let body = chunks(&["s3", "cret"]).with_length(length);
            let error = client.media_types().put_picture("sea", body).send().await.unwrap_err();
            assert!(shown(&error).contains(&format!("the body of the request broke off: {why}")), "{error}");
            assert_eq!(server.count().await, 0);
        }
    }
}

#[tokio::test]
async fn a_stream_is_sent_once_whatever_the_retry_class_is() {
    let (server, client) = responding(503).await;
    let call = client.media_types().put_picture("sea", chunks(&["a"]));
    let error = call.clone().send().await.unwrap_err();
    assert_eq!((error.attempts(), server.count().await), (1, 1));
    let invalid = call.send().await.unwrap_err();
    let why = "the body is a stream that was sent before; a stream can be sent once";
    assert!(invalid.to_string().ends_with(why), "{invalid}");
    assert_eq!((invalid.attempts(), server.count().await), (0, 1));

    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let call = at(&format!("http://{closed}")).media_types().put_picture("sea", chunks(&["a"]));
    assert_eq!(call.send().await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let redirect = ResponseTemplate::new(307).insert_header("location", "/elsewhere");
    let server = Server::responding(redirect).await;
    let error = at(&server.url()).media_types().put_picture("sea", chunks(&["a"])).send().await.unwrap_err();
    assert_eq!((error.status().map(|status| status.as_u16()), server.count().await), (Some(307), 1));
}

#[tokio::test]
async fn a_known_length_has_limits() {
    let (server, client) = responding(204).await;
    let body = chunks(&["a"]).with_length(17).with_media_type("image/png");
    let invalid = client.media_types().put_cover("sea", body).send().await.unwrap_err();
    assert!(invalid.to_string().ends_with("the body has 17 bytes, at most 16 are allowed"), "{invalid}");
    assert_eq!(server.count().await, 0);
}

/// Gives one chunk and then nothing. It says when it was asked for more.
struct Stalled(Option<oneshot::Sender<()>>, AtomicUsize);

impl Stream for Stalled {
    type Item = io::Result<&'static str>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.1.fetch_add(1, Ordering::SeqCst) == 0 {
            return Poll::Ready(Some(Ok("first")));
        }
        self.0.take().map(|asked| asked.send(()));
        Poll::Pending
    }
}

/// The address of a server that reads one connection to its end, and gives what it read.
fn reading() -> (String, std::thread::JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let read = std::thread::spawn(move || {
        let mut read = Vec::new();
        let _ = listener.accept().unwrap().0.read_to_end(&mut read);
        read
    });
    (url, read)
}

#[tokio::test]
async fn dropping_the_call_ends_the_request() {
    let (url, read) = reading();
    let (sender, asked) = oneshot::channel();
    let (ended, has_ended) = oneshot::channel::<()>();
    let guarded = Stalled(Some(sender), AtomicUsize::new(0)).map(move |chunk| {
        let _ = &ended;
        chunk
    });
    let client = at(&url);
    let call = client.media_types().post_blob(Binary::from_stream(guarded)).send();
    tokio::select! {
        outcome = call => panic!("{outcome:?}"),
        asked = asked => asked.unwrap(),
    }
    assert!(has_ended.await.is_err(), "the stream is dropped");
    let read = String::from_utf8(read.join().unwrap()).unwrap();
    assert!(read.starts_with("POST /blobs ") && !read.ends_with("0\r\n\r\n"), "{read}");
}

#[tokio::test]
async fn a_stream_that_stalls_is_late() {
    let (url, _read) = reading();
    let (sender, _asked) = oneshot::channel();
    let body = Binary::from_stream(Stalled(Some(sender), AtomicUsize::new(0)));
    let call = at(&url).media_types().post_blob(body).timeout(Duration::from_millis(50));
    let error = call.send().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn a_transport_of_tests_gets_all_bytes() {
    let mock = MockTransport::new().respond("media_types_post_blob", Response::status(204));
    let client = Client::builder("key").transport(mock.clone()).build().unwrap();
    client.media_types().post_blob(chunks(&["ab", "c"])).send().await.unwrap();
    assert_eq!(&*mock.requests()[0].body, b"abc");
    let failing = Binary::from_stream(stream::iter([Err::<&str, _>(io::Error::other("s3cret"))]));
    let error = client.media_types().post_blob(failing).send().await.unwrap_err();
    assert!(shown(&error).contains("it can't be read (other error)"), "{error}");
}

#[test]
fn a_stream_has_no_json() {
    let error = serde_json::to_value(chunks(&["s3cret"])).unwrap_err();
    assert_eq!(error.to_string(), "a stream has no JSON");
}
