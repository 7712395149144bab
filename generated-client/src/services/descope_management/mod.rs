//! What no spec can say of Descope's management API: the regions of its projects, the headers of its SDKs, and questions to
//! an error.

use crate::descope_management::{DescopeManagement, Error};
use crate::descope_project as project;
use crate::runtime::{Conventions, InvalidRequest, Values};
use reqwest::StatusCode;

impl Conventions for DescopeManagement {
    fn is_code(text: &str) -> bool {
        project::is_code(text)
    }

    fn base_url(values: &Values) -> Result<Option<String>, InvalidRequest> {
        project::base_url(values)
    }

    fn headers(values: &Values) -> Vec<(&'static str, String)> {
        project::headers(values)
    }
}

/// Questions to an error of a call to Descope's management API.
impl Error {
    /// Whether there is no such user.
    #[must_use]
    pub fn is_user_not_found(&self) -> bool {
        self.has_code(&["E112102"])
    }

    /// Whether there is such a user already.
    #[must_use]
    pub fn is_user_exists(&self) -> bool {
        self.has_code(&["E062107"])
    }

    /// Whether the management key is missing, unknown, expired or deactivated.
    #[must_use]
    pub fn is_unauthenticated(&self) -> bool {
        self.api().is_some_and(|api| api.status() == StatusCode::UNAUTHORIZED) || self.has_code(&["E111119"])
    }
}

#[cfg(all(test, feature = "descope-management-user"))]
mod tests;
