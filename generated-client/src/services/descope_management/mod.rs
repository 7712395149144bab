//! What no spec can say of Descope's management API: the regions of its projects, and the headers of its SDKs.

use crate::descope_management::DescopeManagement;
use crate::descope_project as project;
use crate::runtime::{Conventions, InvalidRequest, Values};

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

#[cfg(all(test, feature = "descope-management-user"))]
mod tests;
