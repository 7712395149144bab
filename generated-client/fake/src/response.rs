//! The responses that a fake gives.

use serde_json::Value;

/// A response. Names of headers are in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// A response without a body.
    pub(crate) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new() }
    }

    /// A response with a body of this type.
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let response = Self { body: body.into(), ..Self::empty(status) };
        response.header("content-type", content_type)
    }

    /// A body in JSON, with status 200.
    pub(crate) fn json(value: &Value) -> Self {
        Self::json_with(200, value)
    }

    /// A body in JSON, with this status.
    pub(crate) fn json_with(status: u16, value: &Value) -> Self {
        Self::new(status, "application/json", value.to_string())
    }

    /// A page, with status 200.
    pub(crate) fn html(page: String) -> Self {
        Self::new(200, "text/html; charset=utf-8", page)
    }

    /// A redirect with status 302.
    pub(crate) fn redirect(location: impl Into<String>) -> Self {
        Self::empty(302).header("location", location)
    }

    /// Adds a header.
    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Adds a header for each of these cookies.
    pub(crate) fn set_cookies(self, cookies: impl IntoIterator<Item = String>) -> Self {
        cookies.into_iter().fold(self, |response, cookie| response.header("set-cookie", cookie))
    }
}
