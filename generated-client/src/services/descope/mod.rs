//! What no spec can say of Descope: its regions, the headers of its SDKs, sessions in cookies, and what its redirects mean.

mod cookies;
mod redirect;

pub use redirect::{RedirectFailure, RedirectOutcome, SignInRedirect};

use crate::descope::{Client, Descope};
use crate::runtime::{Conventions, InvalidRequest, RawResponse, Values};
use serde_json::{Map, Value};

/// The name of the security scheme whose value is the ID of the project.
const PROJECT_ID: &str = "project_id";

impl Conventions for Descope {
    /// `E` and digits.
    fn is_code(text: &str) -> bool {
        let digits = text.strip_prefix('E').filter(|digits| (1..=11).contains(&digits.len()));
        digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// A project may send the tokens of its sessions in cookies instead of the body.
    fn supplement(response: &RawResponse, values: &Values) -> Option<Map<String, Value>> {
        cookies::supplement(response, values)
    }

    /// A project ID of 32 characters or more has its region in the four after the first.
    fn base_url(values: &Values) -> Result<Option<String>, InvalidRequest> {
        let project_id = project_id(values);
        let is_id_character = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if project_id.is_empty() || !project_id.bytes().all(is_id_character) {
            let why = "is not made of letters and digits";
            return Err(InvalidRequest::new("the project ID", why));
        }
        let region = project_id.get(1..5).filter(|_| project_id.len() >= 32);
        Ok(region.map(|region| format!("https://api.{region}.descope.com")))
    }

    /// The headers that the vendor's SDKs send as well.
    fn headers(values: &Values) -> Vec<(&'static str, String)> {
        vec![
            ("x-descope-project-id", project_id(values).to_owned()),
            ("x-descope-sdk-name", env!("CARGO_PKG_NAME").to_owned()),
            ("x-descope-sdk-version", env!("CARGO_PKG_VERSION").to_owned()),
        ]
    }
}

fn project_id(values: &Values) -> &str {
    values.get(PROJECT_ID).map_or("", |id| id.expose())
}

impl<C> Client<C> {
    /// The ID of the project, which is no secret.
    #[allow(dead_code, reason = "only sessions ask for it")]
    pub(crate) fn project_id(&self) -> &str {
        self.core().value(PROJECT_ID).map_or("", |id| id.expose())
    }
}

#[cfg(test)]
mod tests;
