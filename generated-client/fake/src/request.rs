//! The requests that a fake reads.

use axum::http::HeaderMap;
use generated_client::runtime::OperationInfo;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A request as it came, for whatever path.
#[derive(Clone, Debug, Default)]
pub(crate) struct RawRequest {
    pub(crate) method: String,
    /// The path, still encoded.
    pub(crate) path: String,
    /// The names and values of the query, in their order.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl RawRequest {
    /// The value of a header, if it is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The first value of a parameter in the query.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All values of a parameter in the query.
    pub(crate) fn queries<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r str> {
        self.query.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// What follows `Bearer ` in the header `Authorization`. The scheme has to be spelt exactly like that.
    pub(crate) fn bearer(&self) -> Option<&str> {
        self.header("authorization")?.strip_prefix("Bearer ")
    }

    /// The user name and the password of HTTP Basic.
    pub(crate) fn basic(&self) -> Option<(String, String)> {
        use base64::Engine;
        let encoded = self.header("authorization")?.strip_prefix("Basic ")?;
        let decoded = base64::prelude::BASE64_STANDARD.decode(encoded).ok()?;
        let text = String::from_utf8(decoded).ok()?;
        text.split_once(':').map(|(user, password)| (user.to_owned(), password.to_owned()))
    }

    /// The value of a cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        let pairs = self.headers.get_all("cookie").iter().filter_map(|header| header.to_str().ok());
        let mut cookies =
            pairs.flat_map(|pairs| pairs.split(';')).filter_map(|pair| pair.trim().split_once('='));
        cookies.find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// The names and values of a body that is a form.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(&self.body).into_owned().collect()
    }
}

/// A request of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) raw: RawRequest,
    pub(crate) operation: &'static OperationInfo,
    /// The values of the parameters in the path, decoded.
    pub(crate) path_arguments: BTreeMap<&'static str, String>,
    /// The body; a form is an object of texts, and null stands for a body that isn't there or can't be read.
    pub(crate) body: Value,
    /// The claims of the credential, if the service has put them here when it admitted the request.
    pub(crate) claims: Map<String, Value>,
}

impl Request {
    /// The id of the operation.
    pub(crate) fn id(&self) -> &'static str {
        self.operation.spec.id
    }

    /// The value of a parameter in the path.
    pub(crate) fn path_argument(&self, name: &str) -> &str {
        self.path_arguments.get(name).map_or("", String::as_str)
    }

    /// The first value of a parameter in the query, unless it is empty.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.raw.query(name).filter(|value| !value.is_empty())
    }

    /// The value that a form has in the query or in the body, unless it is empty.
    pub(crate) fn query_or_text(&self, name: &str) -> Option<&str> {
        let value = self.raw.query(name).or_else(|| self.body.get(name)?.as_str());
        value.filter(|value| !value.is_empty())
    }

    /// The part of the body that a JSON Pointer leads to, unless it is null or isn't there.
    pub(crate) fn at(&self, pointer: &str) -> Option<&Value> {
        self.body.pointer(pointer).filter(|value| !value.is_null())
    }

    /// The text that a JSON Pointer leads to in the body.
    pub(crate) fn text_at(&self, pointer: &str) -> Option<&str> {
        self.at(pointer)?.as_str()
    }

    /// The text of a member of the body; empty if there is none.
    pub(crate) fn text(&self, member: &str) -> &str {
        self.body.get(member).and_then(Value::as_str).unwrap_or_default()
    }

    /// The truth value of a member of the body; false if there is none.
    pub(crate) fn flag(&self, member: &str) -> bool {
        self.body.get(member).and_then(Value::as_bool).unwrap_or_default()
    }
}
