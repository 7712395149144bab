//! Adds cookies to a request.

use crate::runtime::value::secret::Secret;
use crate::runtime::value::secret_bytes::SecretBytes;
use reqwest::header::{COOKIE, HeaderMap, HeaderValue};

/// Adds a pair of name and value to the header `Cookie`. All cookies of a request stand in one header (RFC 6265), whose
/// value is marked as sensitive.
///
/// # Errors
///
/// If the pair has a character that no header may have, or if there is a cookie already that isn't ASCII.
pub(crate) fn add(headers: &mut HeaderMap, pair: &Secret) -> Result<(), &'static str> {
    let before = headers.get(COOKIE).map(HeaderValue::to_str).transpose();
    let before = before.map_err(|_| "can't be sent beside a cookie that isn't ASCII")?.map(Secret::from);
    let all = match &before {
        Some(before) => Secret::joined(&[before.expose(), "; ", pair.expose()]),
        None => pair.clone(),
    };
    let value = SecretBytes::from(all.expose().clone()).into_header();
    headers.insert(COOKIE, value.map_err(|_| "has a character that no header may have")?);
    Ok(())
}

/// Refuses a value that would end its cookie, or that servers read as something else.
///
/// # Errors
///
/// If the value has such a character.
pub(crate) fn check(value: &str) -> Result<(), &'static str> {
    match value.contains([';', ',', '"', '\\']) {
        true => Err("has a character in it that no cookie can have"),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{add, check};
    use reqwest::header::{HeaderMap, HeaderValue};

    #[test]
    fn all_cookies_stand_in_one_header() {
        let mut headers = HeaderMap::new();
        add(&mut headers, &"a=1".into()).unwrap();
        add(&mut headers, &"b=2".into()).unwrap();
        let values: Vec<_> = headers.get_all("cookie").iter().collect();
        assert_eq!(values, ["a=1; b=2"]);
        assert!(values[0].is_sensitive());
        assert!(add(&mut headers, &"c=\n".into()).is_err());
        headers.insert("cookie", HeaderValue::from_bytes("d=ä".as_bytes()).unwrap());
        assert!(add(&mut headers, &"e=1".into()).is_err());
    }

    #[test]
    fn no_value_can_end_its_cookie() {
        assert_eq!(check("abc=+/"), Ok(()));
        for value in ["a;b", "a,b", "a\"b", "a\\b"] {
            assert!(check(value).is_err(), "{value}");
        }
    }
}
