//! JSON objects with a member that may be absent.

use serde_json::Value;

/// The object with one more member, if there is a value for it.
pub(super) fn with(mut object: Value, name: &str, value: Option<Value>) -> Value {
    if let (Some(members), Some(value)) = (object.as_object_mut(), value) {
        members.insert(name.to_owned(), value);
    }
    object
}
