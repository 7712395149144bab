//! Why the server refuses a request, and the forms of its errors.

use crate::response::Response;
use serde_json::json;

/// Why the server refuses a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// A free text with this status: `{"error": ..}`.
    Text(u16, String),
}

impl Refusal {
    pub(crate) fn text(status: u16, text: impl Into<String>) -> Self {
        Self::Text(status, text.into())
    }

    /// The response in the form that this error has.
    pub(crate) fn response(self) -> Response {
        match self {
            Self::Text(status, text) => {
                let body = json!({ "error": text }).to_string();
                Response::new(status, "application/json; charset=utf-8", body)
            }
        }
    }
}
