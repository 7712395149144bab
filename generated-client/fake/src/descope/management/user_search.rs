//! Looks for users.

use super::lookup::{number, objects, text, texts};
use crate::descope::errors::ServiceError;
use crate::descope::model::directory::Directory;
use crate::descope::model::users::User;
use crate::descope::state::Descope;
use crate::request::Request;
use crate::response::Response;
use crate::service::Behaviour;
use serde_json::{Value, json};
use std::cmp::Ordering;

pub(super) const BEHAVIOURS: &[(&str, Behaviour<Descope>)] =
    &[("user_search", search), ("test_user_search", search_test)];

/// How many users a page has, if a request doesn't say.
const LIMIT: u64 = 100;

fn search(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    let body = &request.body;
    let flag = |name: &str| body.get(name) == Some(&json!(true));
    let may_be = |user: &User| match user.is_test {
        true => flag("withTestUser") || flag("testUsersOnly"),
        false => !flag("testUsersOnly"),
    };
    Ok(found(state, body, may_be))
}

fn search_test(state: &mut Descope, request: &Request) -> Result<Response, ServiceError> {
    Ok(found(state, &request.body, |user| user.is_test))
}

fn found(state: &Descope, body: &Value, may_be: impl Fn(&User) -> bool) -> Response {
    let mut users: Vec<&User> =
        state.users.iter().filter(|user| may_be(user) && fits(&state.directory, user, body)).collect();
    users.sort_by(|one, other| compare(one, other, body));
    let total = users.len();
    let limit = Some(number(body, "limit")).filter(|limit| *limit > 0).unwrap_or(LIMIT);
    let offset = Some(number(body, "offset")).filter(|offset| *offset > 0);
    let skipped = offset.unwrap_or(number(body, "page").saturating_mul(limit));
    let place = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let page = users.into_iter().skip(place(skipped)).take(place(limit));
    let page: Vec<Value> = page.map(|user| state.directory.user_json(user)).collect();
    Response::json(&json!({"users": page, "total": total}))
}

/// Whether a user is one of those that a request asks for. A list that is absent or empty asks for nothing.
fn fits(directory: &Directory, user: &User, body: &Value) -> bool {
    let flag = |member: &str| body.get(member) == Some(&json!(true));
    let asked = |member: &str| texts(body.get(member)).filter(|texts| !texts.is_empty());
    let one_of = |member: &str, is: &dyn Fn(&str) -> bool| {
        asked(member).is_none_or(|texts| texts.iter().any(|text| is(text)))
    };
    let has = |member: &'static str| move |text: &str| user.text(member) == Some(text);
    let switches = [
        ("verifiedEmail", user.profile.get("verifiedEmail") == Some(&json!(true))),
        ("verifiedPhone", user.profile.get("verifiedPhone") == Some(&json!(true))),
        ("verifiedRecoveryEmail", user.profile.get("verifiedRecoveryEmail") == Some(&json!(true))),
        ("verifiedRecoveryPhone", user.profile.get("verifiedRecoveryPhone") == Some(&json!(true))),
        // SCIM provisions nobody at the fake, and nobody is in a family or locked.
        ("scim", false),
        ("dependent", false),
        ("password", user.credentials.password.is_some()),
        ("totp", user.credentials.totp.is_some()),
        ("webauthn", !user.credentials.passkeys.is_empty()),
    ];
    one_of("loginIds", &|text| user.login_ids().iter().any(|known| known == text))
        && one_of("userIds", &|text| user.id == text)
        && one_of("emails", &has("email"))
        && one_of("phones", &has("phone"))
        && one_of("recoveryEmails", &has("recoveryEmail"))
        && one_of("recoveryPhones", &has("recoveryPhone"))
        && one_of("tenantIds", &|text| belongs(directory, user, text, flag("includeSubTenants")))
        && fits_tenant_roles(directory, user, body)
        && ["familyIds", "lockReasons", "tempLockReasons"].iter().all(|member| one_of(member, &|_| false))
        && (!flag("ssoOnly") || user.is_federated)
        && !flag("scimOnly")
        && one_of("roleNames", &|text| has_role(user, text))
        && one_of("ssoAppIds", &|text| user.sso_apps.contains(text))
        && one_of("statuses", &|text| user.status == text)
        && switches
            .iter()
            .all(|(name, is)| body.get(*name).and_then(Value::as_bool).is_none_or(|asked| asked == *is))
        && fits_times(user, body)
        && fits_attributes(user, body)
        && fits_text(user, text(body, "text"))
}

/// Whether a user belongs to a tenant, or to one below it.
fn belongs(directory: &Directory, user: &User, tenant: &str, or_below: bool) -> bool {
    let parent = |id: &str| directory.tenants.get(id)?.details.get("parent")?.as_str();
    user.tenants.keys().any(|own| {
        let mut above = std::iter::successors(Some(own.as_str()), |id| parent(id)).take(MOST_LEVELS);
        own == tenant || or_below && above.any(|id| id == tenant)
    })
}

/// The most levels of tenants that are searched, so that the search ends even where two tenants are above each other.
const MOST_LEVELS: usize = 100;

/// The roles that a request asks for in single tenants, by their names and by their IDs.
fn fits_tenant_roles(directory: &Directory, user: &User, body: &Value) -> bool {
    let by_id = |id: &str| directory.roles.get(id).map_or("", |role| role.name.as_str()).to_owned();
    let asked = |member: &str| body.get(member).and_then(Value::as_object).into_iter().flatten();
    let names = asked("tenantRoleNames").map(|filter| (filter, false));
    names.chain(asked("tenantRoleIds").map(|filter| (filter, true))).all(|((tenant, filter), are_ids)| {
        let values = texts(filter.get("values")).unwrap_or_default();
        let has = |value: String| {
            let name = if are_ids { by_id(&value) } else { value };
            user.tenants.get(tenant).is_some_and(|roles| roles.contains(&name))
        };
        let mut found = values.into_iter().map(has);
        if filter.get("and") == Some(&json!(true)) { found.all(|has| has) } else { found.any(|has| has) }
    })
}

fn has_role(user: &User, role: &str) -> bool {
    user.roles.contains(role) || user.tenants.values().any(|roles| roles.contains(role))
}

/// Whether a user was created and modified in the periods that a request asks for, in milliseconds.
fn fits_times(user: &User, body: &Value) -> bool {
    let bounds = [("Created", user.created), ("Modified", user.modified)];
    bounds.iter().all(|(name, seconds)| {
        let (from, to) = (number(body, &format!("from{name}Time")), number(body, &format!("to{name}Time")));
        let time = seconds * 1000;
        time >= from && (to == 0 || time <= to)
    })
}

/// Whether a user has the attributes that a request asks for. A list asks for one of its values.
fn fits_attributes(user: &User, body: &Value) -> bool {
    let asked = body.get("customAttributes").and_then(Value::as_object).into_iter().flatten();
    asked.into_iter().all(|(name, value)| match (user.attributes.get(name), value) {
        (Some(known), Value::Array(values)) => known == value || values.contains(known),
        (known, value) => known == Some(value),
    })
}

/// Whether a login ID, the name, the email address or the phone number of a user contains the text.
fn fits_text(user: &User, wanted: &str) -> bool {
    let wanted = wanted.to_lowercase();
    let data = ["name", "email", "phone"].into_iter().filter_map(|member| user.text(member));
    let mut all = user.login_ids().iter().map(String::as_str).chain(data);
    wanted.is_empty() || all.any(|text| text.to_lowercase().contains(&wanted))
}

/// The order that a request asks for; without one, users are ordered by their time of creation.
fn compare(one: &User, other: &User, body: &Value) -> Ordering {
    for sort in objects(body, "sort") {
        let order = match text(sort, "field") {
            "createdTime" => one.created.cmp(&other.created),
            "modifiedTime" => one.modified.cmp(&other.modified),
            "displayName" => one.text("name").cmp(&other.text("name")),
            "email" => one.text("email").cmp(&other.text("email")),
            "phoneNumber" => one.text("phone").cmp(&other.text("phone")),
            "status" => one.status.cmp(&other.status),
            "tenant" => one.tenants.keys().cmp(other.tenants.keys()),
            "id" => one.id.cmp(&other.id),
            _ => one.login_ids().cmp(other.login_ids()),
        };
        let order = if sort.get("desc") == Some(&json!(true)) { order.reverse() } else { order };
        if order != Ordering::Equal {
            return order;
        }
    }
    one.created.cmp(&other.created).then_with(|| one.login_ids().cmp(other.login_ids()))
}
