//! The tenants that a token names, with what the user may do in each.

use crate::sessions::claim::texts;
use serde_json::Value;
use std::collections::BTreeMap;

/// Tenants by their IDs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tenants(BTreeMap<String, Tenant>);

#[derive(Clone, Debug, PartialEq)]
struct Tenant {
    roles: Vec<String>,
    permissions: Vec<String>,
}

impl Tenants {
    /// Reads the claim `tenants`. The user doesn't belong to a tenant whose value isn't an object, nor to any if the claim
    /// itself isn't one.
    pub(super) fn read(claim: Value) -> Self {
        let Value::Object(tenants) = claim else {
            return Self(BTreeMap::new());
        };
        let tenant = |(id, value)| match value {
            Value::Object(mut members) => {
                let mut list = |name| members.remove(name).map(texts).unwrap_or_default();
                Some((id, Tenant { roles: list("roles"), permissions: list("permissions") }))
            }
            _ => None,
        };
        Self(tenants.into_iter().filter_map(tenant).collect())
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The roles and the permissions in a tenant.
    pub(super) fn get(&self, id: &str) -> Option<(&[String], &[String])> {
        self.0.get(id).map(|tenant| (&*tenant.roles, &*tenant.permissions))
    }
}
