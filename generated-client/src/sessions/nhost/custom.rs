//! The claims `x-hasura-...` that a project adds to its tokens.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// What the names of Hasura's claims begin with.
pub(super) const PREFIX: &str = "x-hasura-";

/// The claims by their names without the prefix. If there is one without it in the token too, the one with it
/// counts.
pub(super) fn by_name(claims: Map<String, Value>) -> Map<String, Value> {
    let (mut named, mut hasura) = (Map::new(), Vec::new());
    for (name, value) in claims {
        match name.strip_prefix(PREFIX) {
            Some(short) => hasura.push((short.to_owned(), value)),
            None => _ = named.insert(name, value),
        }
    }
    named.extend(hasura);
    named
}

/// Reads a claim as a type. A text that looks like something else is a text where a text is wanted.
pub(super) fn read<T: DeserializeOwned>(claim: &Value) -> Option<T> {
    let decoded = claim.as_str().map(decode);
    let decoded = decoded.as_ref().unwrap_or(claim);
    if decoded.is_null() {
        return None;
    }
    T::deserialize(decoded).or_else(|_| T::deserialize(claim)).ok()
}

/// Reads a custom claim. The server writes each as a text: a text as it is, a list as its JSON with `{` and `}` in place of
/// the outer brackets, and whatever else as its JSON.
///
/// A text that looks like JSON can't be told from JSON, and `{}` is both the empty list and the empty object; it is read as
/// the object.
fn decode(text: &str) -> Value {
    if let Ok(value) = serde_json::from_str(text) {
        return value;
    }
    let listed = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    let list = listed.and_then(|items| serde_json::from_str(&format!("[{items}]")).ok());
    list.unwrap_or_else(|| Value::String(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{by_name, decode, read};
    use serde_json::{Value, json};

    #[test]
    fn a_claim_as_a_type() {
        assert_eq!(read::<u8>(&json!("12")), Some(12));
        assert_eq!(read::<u8>(&json!("x")), None);
        assert_eq!(read::<Vec<String>>(&json!(r#"{"a","b"}"#)), Some(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(read::<bool>(&json!(true)), Some(true));
        for (text, expected) in
            [("acme", Some("acme")), ("12", Some("12")), ("{}", Some("{}")), ("null", None)]
        {
            assert_eq!(read::<String>(&json!(text)).as_deref(), expected);
        }
        assert_eq!((read::<Value>(&json!("12")), read::<Value>(&json!(null))), (Some(json!(12)), None));
    }

    #[test]
    fn names_are_without_their_prefix() {
        let claims = json!({"a": 1, "x-hasura-a": 2, "x-hasura-b": 3, "c": 4});
        let claims = by_name(claims.as_object().unwrap().clone());
        assert_eq!(Value::Object(claims), json!({"a": 2, "b": 3, "c": 4}));
    }

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
