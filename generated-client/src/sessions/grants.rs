//! What a session may do, in the project or in one tenant.

use reqwest::StatusCode;
use std::fmt;

/// What a session may do in one place, which is the project or one of its tenants.
///
/// Names are compared exactly. It comes from claims that were validated, and from nowhere else.
#[derive(Clone, Copy, Debug)]
pub struct Grants<'c> {
    place: Place<'c>,
    roles: &'c [String],
    permissions: &'c [String],
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Place<'c> {
    Project,
    Tenant(&'c str),
    /// A tenant that the session has nothing to do with.
    Elsewhere(&'c str),
}

/// Something that the session may not do: the response to such a request has the status 403.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Forbidden {
    /// What is missing.
    pub missing: Missing,
    /// The tenant in which it is missing; none if it is the project.
    pub tenant: Option<String>,
}

/// What a session lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Missing {
    /// These roles, each of which was wanted.
    Roles(Vec<String>),
    /// One of these roles, any of which would have done.
    AnyRole(Vec<String>),
    /// These permissions, each of which was wanted.
    Permissions(Vec<String>),
    /// One of these permissions, any of which would have done.
    AnyPermission(Vec<String>),
    /// The tenant itself: the user doesn't belong to it.
    Tenant,
}

impl<'c> Grants<'c> {
    pub(super) fn project(roles: &'c [String], permissions: &'c [String]) -> Self {
        Self { place: Place::Project, roles, permissions }
    }

    pub(super) fn tenant(tenant: &'c str, roles: &'c [String], permissions: &'c [String]) -> Self {
        Self { place: Place::Tenant(tenant), roles, permissions }
    }

    pub(super) fn elsewhere(tenant: &'c str) -> Self {
        Self { place: Place::Elsewhere(tenant), roles: &[], permissions: &[] }
    }

    /// Whether the user belongs to the tenant; always true of the project.
    #[must_use]
    pub fn is_associated(&self) -> bool {
        !matches!(self.place, Place::Elsewhere(_))
    }

    /// The roles.
    #[must_use]
    pub fn roles(&self) -> &'c [String] {
        self.roles
    }

    /// The permissions.
    #[must_use]
    pub fn permissions(&self) -> &'c [String] {
        self.permissions
    }

    /// Whether this role is granted.
    #[must_use]
    pub fn has_role(&self, role: &str) -> bool {
        has(self.roles, role)
    }

    /// Whether this permission is granted.
    #[must_use]
    pub fn has_permission(&self, permission: &str) -> bool {
        has(self.permissions, permission)
    }

    /// Whether all of these roles are granted. If no roles are given, it is true of a user who belongs to the tenant.
    #[must_use]
    pub fn has_all_roles<I: IntoIterator<Item: AsRef<str>>>(&self, roles: I) -> bool {
        self.require_all_roles(roles).is_ok()
    }

    /// Whether all of these permissions are granted. If no permissions are given, it is true of a user who belongs to the
    /// tenant.
    #[must_use]
    pub fn has_all_permissions<I: IntoIterator<Item: AsRef<str>>>(&self, permissions: I) -> bool {
        self.require_all_permissions(permissions).is_ok()
    }

    /// Whether one of these roles is granted.
    #[must_use]
    pub fn has_any_role<I: IntoIterator<Item: AsRef<str>>>(&self, roles: I) -> bool {
        roles.into_iter().any(|role| has(self.roles, role.as_ref()))
    }

    /// Whether one of these permissions is granted.
    #[must_use]
    pub fn has_any_permission<I: IntoIterator<Item: AsRef<str>>>(&self, permissions: I) -> bool {
        permissions.into_iter().any(|permission| has(self.permissions, permission.as_ref()))
    }

    /// Those of these roles that are granted, in the order in which they were asked for.
    #[must_use]
    pub fn matched_roles<I: IntoIterator<Item: AsRef<str>>>(&self, roles: I) -> Vec<I::Item> {
        roles.into_iter().filter(|role| has(self.roles, role.as_ref())).collect()
    }

    /// Those of these permissions that are granted, in the order in which they were asked for.
    #[must_use]
    pub fn matched_permissions<I: IntoIterator<Item: AsRef<str>>>(&self, permissions: I) -> Vec<I::Item> {
        permissions.into_iter().filter(|permission| has(self.permissions, permission.as_ref())).collect()
    }

    /// Refuses a session without this role.
    ///
    /// # Errors
    ///
    /// If the role isn't granted.
    pub fn require_role(&self, role: &str) -> Result<(), Forbidden> {
        self.require_all_roles([role])
    }

    /// Refuses a session without this permission.
    ///
    /// # Errors
    ///
    /// If the permission isn't granted.
    pub fn require_permission(&self, permission: &str) -> Result<(), Forbidden> {
        self.require_all_permissions([permission])
    }

    /// Refuses a session that lacks one of these roles.
    ///
    /// # Errors
    ///
    /// If a role isn't granted, or the user doesn't belong to the tenant.
    pub fn require_all_roles<I: IntoIterator<Item: AsRef<str>>>(&self, roles: I) -> Result<(), Forbidden> {
        self.require_all(self.roles, roles, Missing::Roles)
    }

    /// Refuses a session that lacks one of these permissions.
    ///
    /// # Errors
    ///
    /// If a permission isn't granted, or the user doesn't belong to the tenant.
    pub fn require_all_permissions<I: IntoIterator<Item: AsRef<str>>>(
        &self,
        permissions: I,
    ) -> Result<(), Forbidden> {
        self.require_all(self.permissions, permissions, Missing::Permissions)
    }

    /// Refuses a session that has none of these roles.
    ///
    /// # Errors
    ///
    /// If no role is granted, or none was asked for.
    pub fn require_any_role<I: IntoIterator<Item: AsRef<str>>>(&self, roles: I) -> Result<(), Forbidden> {
        self.require_any(self.roles, roles, Missing::AnyRole)
    }

    /// Refuses a session that has none of these permissions.
    ///
    /// # Errors
    ///
    /// If no permission is granted, or none was asked for.
    pub fn require_any_permission<I: IntoIterator<Item: AsRef<str>>>(
        &self,
        permissions: I,
    ) -> Result<(), Forbidden> {
        self.require_any(self.permissions, permissions, Missing::AnyPermission)
    }

    fn require_all<I: IntoIterator<Item: AsRef<str>>>(
        &self,
        granted: &[String],
        wanted: I,
        missing: fn(Vec<String>) -> Missing,
    ) -> Result<(), Forbidden> {
        if !self.is_associated() {
            return Err(self.forbidden(Missing::Tenant));
        }
        let lacking: Vec<String> = wanted
            .into_iter()
            .filter(|name| !has(granted, name.as_ref()))
            .map(|name| name.as_ref().to_owned())
            .collect();
        if lacking.is_empty() { Ok(()) } else { Err(self.forbidden(missing(lacking))) }
    }

    fn require_any<I: IntoIterator<Item: AsRef<str>>>(
        &self,
        granted: &[String],
        wanted: I,
        missing: fn(Vec<String>) -> Missing,
    ) -> Result<(), Forbidden> {
        if !self.is_associated() {
            return Err(self.forbidden(Missing::Tenant));
        }
        let wanted: Vec<String> = wanted.into_iter().map(|name| name.as_ref().to_owned()).collect();
        if wanted.iter().any(|name| has(granted, name)) {
            Ok(())
        } else {
            Err(self.forbidden(missing(wanted)))
        }
    }

    fn forbidden(&self, missing: Missing) -> Forbidden {
        let tenant = match self.place {
            Place::Project => None,
            Place::Tenant(tenant) | Place::Elsewhere(tenant) => Some(tenant.to_owned()),
        };
        Forbidden { missing, tenant }
    }
}

fn has(granted: &[String], name: &str) -> bool {
    granted.iter().any(|granted| granted == name)
}

impl Forbidden {
    /// The status for the response: 403.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        StatusCode::FORBIDDEN
    }

    /// The value of the header `WWW-Authenticate` for the response (RFC 6750).
    #[must_use]
    pub fn www_authenticate(&self) -> &'static str {
        r#"Bearer error="insufficient_scope""#
    }
}

/// It names what the application asked for, and nothing of the token.
impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, names) = match &self.missing {
            Missing::Roles(names) => ("lacks the roles", names),
            Missing::AnyRole(names) => ("has none of the roles", names),
            Missing::Permissions(names) => ("lacks the permissions", names),
            Missing::AnyPermission(names) => ("has none of the permissions", names),
            Missing::Tenant => {
                let tenant = self.tenant.as_deref().unwrap_or_default();
                return write!(f, "the user does not belong to the tenant `{}`", tenant.escape_debug());
            }
        };
        write!(f, "the session {what}")?;
        for name in names {
            write!(f, " `{}`", name.escape_debug())?;
        }
        match &self.tenant {
            Some(tenant) => write!(f, " in the tenant `{}`", tenant.escape_debug()),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Forbidden {}
