//! What holds for every call to a project of Descope, of end users and of administrators alike.

use crate::runtime::{InvalidRequest, Values};

/// The name of the security scheme whose value is the ID of the project.
pub(crate) const ID: &str = "project_id";

/// Whether a text is an error code: `E` and digits.
pub(crate) fn is_code(text: &str) -> bool {
    let digits = text.strip_prefix('E').filter(|digits| (1..=11).contains(&digits.len()));
    digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The base URL of the project, if it has a region: a project ID of 32 characters or more has it in the four after the
/// first.
pub(crate) fn base_url(values: &Values) -> Result<Option<String>, InvalidRequest> {
    let project_id = id(values);
    let is_id_character = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if project_id.is_empty() || !project_id.bytes().all(is_id_character) {
        let why = "is not made of letters and digits";
        return Err(InvalidRequest::new("the project ID", why));
    }
    let region = project_id.get(1..5).filter(|_| project_id.len() >= 32);
    Ok(region.map(|region| format!("https://api.{region}.descope.com")))
}

/// The headers that the vendor's SDKs send as well.
pub(crate) fn headers(values: &Values) -> Vec<(&'static str, String)> {
    vec![
        ("x-descope-project-id", id(values).to_owned()),
        ("x-descope-sdk-name", env!("CARGO_PKG_NAME").to_owned()),
        ("x-descope-sdk-version", env!("CARGO_PKG_VERSION").to_owned()),
    ]
}

fn id(values: &Values) -> &str {
    values.get(ID).map_or("", |id| id.expose())
}
