//! What must be so of every response, whatever a server sends. The fuzz target and the tests with random responses check
//! the same here.

use std::error::Error as _;
use std::fmt::Debug;

use generated_client::runtime::{Code, Decoded, Error, OperationInfo, RawResponse};
use generated_client::{nhost, services};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION, RETRY_AFTER};
use reqwest::{StatusCode, Url};

/// A response of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    /// Which operation of all it is; any number will do.
    pub(crate) operation: usize,
    /// The status; what is none stands for one.
    pub(crate) status: u16,
    pub(crate) media_type: Vec<u8>,
    /// The value of the headers `Location` and `Retry-After`.
    pub(crate) header: Vec<u8>,
    pub(crate) body: Vec<u8>,
}

/// Takes bytes for a response: two for the operation, two for the status, a line for each header, then the body.
#[allow(dead_code, reason = "only the fuzz target begins with bytes")]
pub(crate) fn run(data: &[u8]) {
    let Some((&[high, low, kind, more], rest)) = data.split_first_chunk() else { return };
    let mut lines = rest.splitn(3, |byte| *byte == b'\n');
    let mut line = || lines.next().unwrap_or_default().to_vec();
    let (media_type, header, body) = (line(), line(), line());
    let operation = usize::from(u16::from_be_bytes([high, low]));
    check(&Response { operation, status: u16::from_be_bytes([kind, more]), media_type, header, body });
}

/// All operations of all services.
pub(crate) fn operations() -> Vec<&'static OperationInfo> {
    services().iter().flat_map(|service| (service.operations)()).collect()
}

/// Reads a response, and fails if it is read in a way in which none may be.
pub(crate) fn check(response: &Response) {
    let operations = operations();
    let info = operations[response.operation % operations.len()];
    let id = info.spec.id;
    let services = services().iter();
    let service =
        services.copied().find(|service| service.spec.name == info.service).expect("it has the operation");
    match service.read_response(id, raw(response)) {
        Ok(typed) => check_typed(response, &typed, |again| service.read_response(id, again).ok()),
        Err(error) => check_error(&error),
    }
    check_questions(info, raw(response));
}

/// A question to an error reads the response as well.
fn check_questions(info: &OperationInfo, response: RawResponse) {
    if info.service == "nhost"
        && let Err(error) = <nhost::Client>::read_response(info.spec.id, response)
    {
        _ = error.is_unauthenticated();
        check_error(&error);
    }
}

fn raw(response: &Response) -> RawResponse {
    let mut headers = HeaderMap::new();
    for (name, value) in
        [(CONTENT_TYPE, &response.media_type), (LOCATION, &response.header), (RETRY_AFTER, &response.header)]
    {
        // What can't be a header can't arrive as one.
        headers.extend(HeaderValue::from_bytes(value).ok().map(|value| (name, value)));
    }
    let status = StatusCode::from_u16(100 + response.status % 900).unwrap_or_default();
    let url = Url::parse("http://localhost/a/b?c=d").expect("it is a URL");
    RawResponse::from_parts(status, headers, response.body.clone(), url)
}

/// What is written of a response is read as the same.
fn check_typed(response: &Response, typed: &Decoded, read: impl Fn(RawResponse) -> Option<Decoded>) {
    assert!(!typed.debug.is_empty() && !typed.pretty.is_empty());
    if response.header.is_empty() && !typed.value.is_null() {
        let again = read(raw(&Response { body: typed.value.to_string().into_bytes(), ..response.clone() }));
        let again = again.unwrap_or_else(|| panic!("what was written can't be read: {}", typed.value));
        assert_eq!(again.value, typed.value, "it was read again");
    }
}

/// An error is told in one line, and nothing that is told of it grows with the response.
fn check_error<C: Code>(error: &Error<C>) {
    const LINE: usize = 700;
    const SHOWN: usize = 4000;

    let line = error.to_string();
    assert!(line.len() <= LINE && !line.chars().any(char::is_control), "{line}");
    let shown = |value: &dyn Debug| assert!(format!("{value:#?}").len() <= SHOWN, "{value:?}");
    shown(error);
    shown(error.kind());
    let mut source = error.source();
    while let Some(cause) = source {
        shown(&cause);
        source = cause.source();
    }
    _ = (error.retry_after(), error.code(), error.message(), error.status(), error.is_rate_limited());
    if let Some(api) = error.api() {
        _ = (api.detail(), api.request_id(), api.body());
    }
}
