//! The headers of a response have types.

use generator_cases::response_headers::response_headers::{
    Mode, ResponseHeadersFirstResponse302Headers, ResponseHeadersListResponse404Headers,
    ResponseHeadersListResponseHeaders,
};
use generator_cases::response_headers::{Client, TooManyHeaders, operations};
use generator_cases::runtime::{ErrorKind, RetryPolicy};
use wiremock::ResponseTemplate;

use crate::server::Server;

fn client(server: &Server) -> Client {
    Client::builder("key").base_url(server.url()).retry_policy(RetryPolicy::disabled()).build().unwrap()
}

#[tokio::test]
async fn a_success_gives_its_headers() {
    let response = ResponseTemplate::new(200)
        .set_body_raw(r#"["a"]"#, "application/json")
        .insert_header("X-Total-Count", "17")
        .insert_header("Last-Modified", "Sat, 28 Nov 2026 09:00:00 GMT")
        .insert_header("X-Mode", "frozen")
        .insert_header("X-Next-Token", "s3cret");
    let server = Server::responding(response).await;
    let (pages, raw) = client(&server).response_headers().list().send_with_raw().await.unwrap();
    assert_eq!(pages, ["a"]);
    let headers: ResponseHeadersListResponseHeaders = raw.typed_headers().unwrap();
    assert_eq!(headers.x_total_count, 17);
    assert_eq!(headers.last_modified.as_deref(), Some("Sat, 28 Nov 2026 09:00:00 GMT"));
    assert_eq!(headers.x_mode, Some(Mode::from("frozen")));
    assert_eq!(headers.x_next_token.as_ref().map(|token| token.expose().as_str()), Some("s3cret"));
    assert!(!format!("{headers:?}").contains("s3cret"));
}

#[tokio::test]
async fn an_error_gives_its_headers() {
    let server = Server::responding(ResponseTemplate::new(429).insert_header("retry-after", "42")).await;
    let error = client(&server).response_headers().clear().send().await.unwrap_err();
    let ErrorKind::Api(api) = error.kind() else { panic!("{error}") };
    assert_eq!(api.response().typed_headers::<TooManyHeaders>().unwrap().retry_after, Some(42));

    let server = Server::responding(ResponseTemplate::new(404).insert_header("x-since", "soon")).await;
    let error = client(&server).response_headers().list().send().await.unwrap_err();
    let ErrorKind::Api(api) = error.kind() else { panic!("{error}") };
    let fault = api.response().typed_headers::<ResponseHeadersListResponse404Headers>().unwrap_err();
    assert_eq!((fault.path(), fault.problem()), ("x-since", "invalid value: string, expected an integer"));
}

#[tokio::test]
async fn the_target_of_a_redirect_stays_the_response() {
    let response = ResponseTemplate::new(302).insert_header("location", "/1").insert_header("x-age", "7");
    let server = Server::responding(response).await;
    let (redirect, raw) = client(&server).response_headers().first().send_with_raw().await.unwrap();
    assert_eq!(redirect.url().path(), "/1");
    assert_eq!(raw.typed_headers::<ResponseHeadersFirstResponse302Headers>().unwrap().x_age, Some(7));
}

#[test]
fn the_table_tells_the_headers() {
    let list = operations().into_iter().find(|info| info.spec.id == "response_headers_list").unwrap();
    assert_eq!(
        list.documentation.description()[1],
        "The response has the headers `X-Total-Count`, `Last-Modified`, `X-Mode`, `X-Next-Token` and `X-Complete`, which \
         `ResponseHeadersListResponseHeaders` holds."
    );
    let too_many =
        "There were too many calls. The response has the header `Retry-After`, which `TooManyHeaders` holds.";
    assert_eq!(list.documentation.errors()[1], ("429", too_many.to_owned()));
}
