//! The claims `x-hasura-...` that a project adds to its tokens.

use serde_json::Value;

/// Reads a custom claim. The server writes each as a text: a text as it is, a list as its JSON with `{` and `}` in place of
/// the outer brackets, and whatever else as its JSON.
///
/// A text that looks like JSON can't be told from JSON, and `{}` is both the empty list and the empty object; it is read as
/// the object.
pub(super) fn decode(text: &str) -> Value {
    if let Ok(value) = serde_json::from_str(text) {
        return value;
    }
    let listed = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    let list = listed.and_then(|items| serde_json::from_str(&format!("[{items}]")).ok());
    list.unwrap_or_else(|| Value::String(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::decode;
    use serde_json::json;

    #[test]
    fn each_form_that_the_server_writes() {
        for (text, expected) in [
            ("acme", json!("acme")),
            ("", json!("")),
            (r#"{"a","b"}"#, json!(["a", "b"])),
            (r#"{"a,b","c}"}"#, json!(["a,b", "c}"])),
            ("{1,2}", json!([1, 2])),
            ("null", json!(null)),
            ("true", json!(true)),
            (r#"{"a":1}"#, json!({"a": 1})),
            (r#"{{"a":1},{"b":2}}"#, json!([{"a": 1}, {"b": 2}])),
            ("{}", json!({})),
            ("{a,b}", json!("{a,b}")),
            ("{", json!("{")),
        ] {
            assert_eq!(decode(text), expected, "{text}");
        }
    }
}
