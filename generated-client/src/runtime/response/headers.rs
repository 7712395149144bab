//! The headers of a response, read as a declared type.

use reqwest::header::HeaderMap;
use serde_json::{Map, Value};

use super::raw::RawResponse;
use crate::runtime::value::decode::{self, DecodeError};
use crate::runtime::value::members::Member;

/// The headers that the API declares for a response, as a type. Generated code declares one for each such response, with
/// a member for each header.
#[allow(private_bounds, reason = "the runtime's macros alone declare what responses contain")]
pub trait ResponseHeaders: Member {}

impl RawResponse {
    /// Reads the headers that the API declares for this response. [`Call::send_with_raw`](crate::runtime::Call::send_with_raw)
    /// gives the response of a success, and [`ApiError::response`](crate::runtime::ApiError::response) that of an error.
    ///
    /// As in a body, a header that is absent has its default, and so does one that is empty where no text is expected.
    ///
    /// ```
    /// use generated_client::runtime::{ApiError, ResponseHeaders};
    ///
    /// fn limit<H: ResponseHeaders>(error: &ApiError) -> Option<H> {
    ///     error.response().typed_headers().ok()
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// If a header isn't of its type.
    pub fn typed_headers<T: ResponseHeaders>(&self) -> Result<T, DecodeError> {
        let headers = members(self.headers());
        read(headers.clone()).map_err(|fault| {
            let mut each = headers.into_iter();
            let wrong = each.find_map(|(name, value)| {
                let alone = read::<T>(Map::from_iter([(name.clone(), value)]));
                alone.err().map(|fault| fault.of_header(name))
            });
            wrong.unwrap_or(fault)
        })
    }
}

fn read<T: ResponseHeaders>(headers: Map<String, Value>) -> Result<T, DecodeError> {
    decode::json(Value::Object(headers).to_string().as_bytes())
}

/// The headers as members of an object. HTTP allows several lines of one name in place of a list that is joined by commas.
fn members(headers: &HeaderMap) -> Map<String, Value> {
    let values = |name| {
        let lines = headers.get_all(name).iter().map(|line| String::from_utf8_lossy(line.as_bytes()));
        lines.collect::<Vec<_>>().join(", ")
    };
    headers.keys().map(|name| (name.as_str().to_owned(), Value::String(values(name)))).collect()
}

#[cfg(test)]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "it stands for generated code")]
mod tests {
    use crate::runtime::codegen::*;
    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
    use reqwest::{StatusCode, Url};

    headers! {
        pub struct PageHeaders(
            total: i64 = "x-total",
        ) {
            is_last: Option<bool> = "x-last",
            names: Option<String> = "x-names",
            token: Option<Secret> = "x-token",
        }
    }

    fn response(headers: &[(&'static str, &'static str)]) -> RawResponse {
        let lines = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        let mut map = HeaderMap::new();
        lines.for_each(|(name, value)| _ = map.append(name, value));
        RawResponse::new(StatusCode::OK, map, Vec::new(), Url::parse("https://a.example").unwrap())
    }

    #[test]
    fn each_header_is_read_as_its_type() {
        let response = response(&[
            ("x-total", "17"),
            ("x-last", "true"),
            ("x-names", "a"),
            ("x-names", "b"),
            ("x-token", "s3cret"),
            ("x-unknown", "c"),
        ]);
        let headers: PageHeaders = response.typed_headers().unwrap();
        let expected = PageHeaders {
            total: 17,
            is_last: Some(true),
            names: Some("a, b".to_owned()),
            token: Some("s3cret".into()),
        };
        assert_eq!(headers, expected);
        assert!(!format!("{headers:?}").contains("s3cret"));
    }

    #[test]
    fn a_header_may_be_absent_and_must_be_of_its_type() {
        assert_eq!(response(&[]).typed_headers::<PageHeaders>(), Ok(PageHeaders::default()));
        let fault = response(&[("x-last", "s3cret")]).typed_headers::<PageHeaders>().unwrap_err();
        assert_eq!((fault.path(), fault.problem()), ("x-last", "invalid type: string, expected a boolean"));
        assert!(!fault.to_string().contains("s3cret"), "{fault}");
    }
}
