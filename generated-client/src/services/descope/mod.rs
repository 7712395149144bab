//! What no spec can say of Descope: its regions, the headers of its SDKs, sessions in cookies, the nonces of
//! its flows, and what its redirects mean.

mod cookies;
#[cfg(feature = "descope-flow")]
mod flow_nonce;
mod redirect;

#[cfg(feature = "descope-flow")]
pub use flow_nonce::FlowNonce;
pub use redirect::{RedirectFailure, RedirectOutcome, SignInRedirect};

use crate::descope::{Client, Descope};
use crate::descope_project as project;
use crate::runtime::{Conventions, InvalidRequest, RawResponse, Values};
use serde_json::{Map, Value};

impl Conventions for Descope {
    fn is_code(text: &str) -> bool {
        project::is_code(text)
    }

    /// A project may send the tokens of its sessions in cookies instead of the body.
    fn supplement(response: &RawResponse, values: &Values) -> Option<Map<String, Value>> {
        cookies::supplement(response, values)
    }

    fn base_url(values: &Values) -> Result<Option<String>, InvalidRequest> {
        project::base_url(values)
    }

    fn headers(values: &Values) -> Vec<(&'static str, String)> {
        project::headers(values)
    }
}

impl<C> Client<C> {
    /// The ID of the project, which is no secret.
    #[allow(dead_code, reason = "only sessions ask for it")]
    pub(crate) fn project_id(&self) -> &str {
        self.core().value(project::ID).map_or("", |id| id.expose())
    }
}

#[cfg(test)]
mod tests;
