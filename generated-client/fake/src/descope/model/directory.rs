//! The tenants, roles and permissions of the project, and what they give to a user.

use super::users::User;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What the project knows besides its users.
#[derive(Clone, Default)]
pub(in crate::descope) struct Directory {
    /// By ID.
    pub(in crate::descope) tenants: BTreeMap<String, Tenant>,
    /// By ID.
    pub(in crate::descope) roles: BTreeMap<String, Role>,
    /// By ID.
    pub(in crate::descope) permissions: BTreeMap<String, Permission>,
}

/// A tenant.
#[derive(Clone, Default)]
pub(in crate::descope) struct Tenant {
    pub(in crate::descope) name: String,
    pub(in crate::descope) created: u64,
    /// The roles that new members get.
    pub(in crate::descope) default_roles: Vec<String>,
    /// The other members of a tenant by their names on the wire, which are data and nothing else.
    pub(in crate::descope) details: Map<String, Value>,
    /// The settings, by their names on the wire.
    pub(in crate::descope) settings: Map<String, Value>,
}

/// A role of the project, or of one tenant.
#[derive(Clone, Default)]
pub(in crate::descope) struct Role {
    pub(in crate::descope) name: String,
    pub(in crate::descope) description: String,
    pub(in crate::descope) permissions: BTreeSet<String>,
    pub(in crate::descope) tenant: Option<String>,
    pub(in crate::descope) is_default: bool,
    pub(in crate::descope) is_private: bool,
    pub(in crate::descope) created: u64,
}

/// A permission.
#[derive(Clone, Default)]
pub(in crate::descope) struct Permission {
    pub(in crate::descope) name: String,
    pub(in crate::descope) description: String,
}

impl Directory {
    /// The ID of the tenant with this ID, or with the domain of this email address.
    pub(in crate::descope) fn tenant_named(&self, wanted: &str) -> Option<&str> {
        let domain = wanted.rsplit_once('@').map(|(_, domain)| domain);
        let has = |tenant: &Tenant, member: &str| {
            let domains = tenant.details.get(member).or_else(|| tenant.settings.get(member));
            let mut domains = domains.and_then(Value::as_array).into_iter().flatten();
            domains.any(|known| known.as_str() == domain)
        };
        let of_domain = |tenant: &Tenant| {
            domain.is_some() && (has(tenant, "selfProvisioningDomains") || has(tenant, "domains"))
        };
        let by_id = self.tenants.get_key_value(wanted);
        by_id.or_else(|| self.tenants.iter().find(|(_, tenant)| of_domain(tenant))).map(|(id, _)| id.as_str())
    }

    /// The permissions that roles give, in the project or in a tenant.
    pub(in crate::descope) fn permissions_of(
        &self,
        roles: &BTreeSet<String>,
        tenant: Option<&str>,
    ) -> BTreeSet<&str> {
        let counts = |role: &&Role| role.tenant.is_none() || role.tenant.as_deref() == tenant;
        let given = self.roles.values().filter(counts).filter(|role| roles.contains(&role.name));
        given.flat_map(|role| role.permissions.iter().map(String::as_str)).collect()
    }

    /// Whether a user has a permission in the project.
    pub(in crate::descope) fn allows(&self, user: &User, permission: &str) -> bool {
        self.permissions_of(&user.roles, None).contains(permission)
    }

    /// The roles that new members of a tenant get.
    pub(in crate::descope) fn member_roles(&self, tenant: &str) -> BTreeSet<String> {
        let tenant = self.tenants.get(tenant);
        tenant.map(|tenant| tenant.default_roles.iter().cloned().collect()).unwrap_or_default()
    }

    /// The tenants that a user with this email address joins at the sign-up, and the roles that the user gets there.
    pub(in crate::descope) fn joined_by(&self, email: &str) -> BTreeMap<String, BTreeSet<String>> {
        let domain = email.rsplit_once('@').map(|(_, domain)| domain);
        let tenants = self.tenants.iter().filter(|(_, tenant)| {
            let domains = tenant.details.get("selfProvisioningDomains").and_then(Value::as_array);
            domain.is_some() && domains.into_iter().flatten().any(|known| known.as_str() == domain)
        });
        tenants.map(|(id, _)| (id.clone(), self.member_roles(id))).collect()
    }

    /// Whether nobody can sign in to a tenant.
    pub(in crate::descope) fn is_disabled(&self, tenant: &str) -> bool {
        let disabled = self.tenants.get(tenant).and_then(|tenant| tenant.details.get("disabled"));
        disabled == Some(&json!(true))
    }

    /// The names of the roles that every new user gets.
    pub(in crate::descope) fn default_roles(&self) -> BTreeSet<String> {
        let given = self.roles.values().filter(|role| role.is_default && role.tenant.is_none());
        given.map(|role| role.name.clone()).collect()
    }

    /// The claim `tenants` of a user: the roles and the permissions in each tenant.
    pub(in crate::descope) fn tenants_claim(&self, tenants: &BTreeMap<String, BTreeSet<String>>) -> Value {
        let claim = |(id, roles): (&String, &BTreeSet<String>)| {
            let mut inner = Map::new();
            if !roles.is_empty() {
                inner.insert("roles".to_owned(), json!(roles));
            }
            let permissions = self.permissions_of(roles, Some(id));
            if !permissions.is_empty() {
                inner.insert("permissions".to_owned(), json!(permissions));
            }
            (id.clone(), Value::Object(inner))
        };
        Value::Object(tenants.iter().map(claim).collect())
    }

    /// A user as both APIs give it.
    pub(in crate::descope) fn user_json(&self, user: &User) -> Value {
        let tenants: Vec<Value> = user.tenants.iter().map(|(id, roles)| self.membership(id, roles)).collect();
        let mut members = user.profile.clone();
        let given = json!({
            "userId": user.id,
            "loginIds": user.login_ids(),
            "externalIds": user.login_ids(),
            "roleNames": user.roles,
            "permissions": self.permissions_of(&user.roles, None),
            "userTenants": tenants,
            "ssoAppIds": user.sso_apps,
            "customAttributes": user.attributes,
            "status": user.status,
            "test": user.is_test,
            "createdTime": user.created,
            "modifiedTime": user.modified,
            "consentExpiration": user.consent_until.unwrap_or_default(),
            "OAuth": user.providers.iter().map(|name| (name.clone(), json!(true))).collect::<Map<_, _>>(),
            "SAML": user.is_federated,
            "OIDC": false,
            "SCIM": false,
            "TOTP": user.credentials.totp.is_some(),
            "webauthn": !user.credentials.passkeys.is_empty(),
            "password": user.credentials.password.is_some(),
            "push": !user.credentials.devices.is_empty(),
        });
        if let Value::Object(given) = given {
            members.extend(given);
        }
        Value::Object(members)
    }

    fn membership(&self, id: &str, roles: &BTreeSet<String>) -> Value {
        let name = self.tenants.get(id).map_or("", |tenant| tenant.name.as_str());
        let permissions = self.permissions_of(roles, Some(id));
        json!({"tenantId": id, "tenantName": name, "roleNames": roles, "permissions": permissions})
    }
}
