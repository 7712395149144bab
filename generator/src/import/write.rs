//! Writes trees as YAML that people can read and edit.

use serde_json::Value;

/// The text of a file.
pub(super) fn write(document: &Value) -> String {
    // JSON has no value that YAML can't hold.
    serde_yaml::to_string(document).unwrap_or_default()
}
