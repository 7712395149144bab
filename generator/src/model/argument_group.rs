//! Reads which arguments an operation needs one of.

use serde_json::Value;

use super::arguments::ArgumentGroup;
use super::json::{list, string};
use super::paging::Parts;
use crate::fault::Fault;

impl Parts<'_> {
    /// The arguments that the operation needs one of, if it has an extension that says so.
    pub(super) fn argument_group(&self, operation: &Value) -> Result<Option<ArgumentGroup>, Fault> {
        let extension = |key: &str| operation.get(key).filter(|names| names.is_array());
        let (names, is_exact) = match (extension("x-exactly-one-of"), extension("x-at-least-one-of")) {
            (Some(names), _) => (names, true),
            (None, Some(names)) => (names, false),
            (None, None) => return Ok(None),
        };
        let arguments = list(names).map(|name| self.asked(&string(name)));
        let arguments: Option<Vec<_>> = arguments.collect();
        let group = arguments.map(|arguments| ArgumentGroup { arguments, is_exact });
        group.map(Some).ok_or_else(|| {
            Fault::without_location(
                "progenitor",
                format!("the request of {} lacks what it needs one of", operation["operationId"]),
                "report this with the spec: a check should have found it first",
            )
        })
    }
}
