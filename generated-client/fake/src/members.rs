//! The members of objects in JSON.

use serde_json::Value;

/// Sets a member of an object. What is no object stays as it is.
pub(crate) fn set(object: &mut Value, name: &str, value: impl Into<Value>) {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_owned(), value.into());
    }
}
