//! Plays a recorded request to a fake of its own.

use super::shape::differences;
use generated_client_fake::{DescopeSettings, FakeDescope};
use reqwest::{Method, StatusCode};
use serde_json::{Map, Value};
use std::error::Error;

pub(crate) type Failure = Box<dyn Error>;

/// The user of the recordings.
const USER: &str = "jane@example.com";

/// The requests that are refused for what the recording made up, with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    (
        "/v1/mgmt/user/customattribute/create",
        "the type of an attribute is a number, and the recording has a text",
    ),
    ("/v1/mgmt/role/update/batch", "the new name is required, and the recording has none"),
    ("/v1/mgmt/permission/update/batch", "the new name is required, and the recording has none"),
];

/// What became of a request.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    Done,
    /// Its response isn't as the spec says.
    Different(Vec<String>),
    /// The value that it is refused for is made up. This is the code.
    MadeUp(String),
    /// The fake has no behaviour for the operation.
    WithoutBehaviour,
    /// There is no such operation.
    Unknown,
    /// It is refused for its form, for a reason that is known.
    Excepted(&'static str),
    /// It is refused for its form.
    Refused(String),
}

/// A text in a value; empty if there is none.
pub(crate) fn text<'v>(value: &'v Value, member: &str) -> &'v str {
    value.get(member).and_then(Value::as_str).unwrap_or_default()
}

/// Plays a request where the user exists, and again where they don't if it can only work there.
pub(crate) async fn play(request: &Value) -> Result<Outcome, Failure> {
    let outcome = play_with(request, true).await?;
    match &outcome {
        Outcome::MadeUp(code) if code == "E062107" => play_with(request, false).await,
        _ => Ok(outcome),
    }
}

async fn play_with(request: &Value, has_user: bool) -> Result<Outcome, Failure> {
    let bearer = text(&request["headers"], "authorization").trim_start_matches("Bearer ").to_owned();
    let fake = FakeDescope::with(settings(&bearer)).await?;
    let body: Value = serde_json::from_str(text(request, "raw_body")).unwrap_or_default();
    prepare(&fake, &body, request).await?;
    if has_user {
        let user = fake.management()?.user().create(USER).email(USER).phone("+12125551212");
        user.password("Passw0rd!").additional_login_ids(["+12125551212"]).send().await?;
    }
    let refresh = refresh_token(&fake, has_user).await?;
    let key = fake.management()?.access_keys().create("recorded").send().await?.cleartext;
    let real = |given: &str| given.replace("<REFRESH_JWT>", &refresh).replace("ACCESSKEY", key.expose());
    let url = format!("{}{}?{}", fake.url(), text(request, "path"), text(request, "raw_query"));
    let method: Method = text(request, "method").parse()?;
    let mut http = reqwest::Client::new()
        .request(method, url)
        .header("authorization", format!("Bearer {}", real(&bearer)));
    if let Some(kind) = request["headers"].get("content-type").and_then(Value::as_str) {
        http = http.header("content-type", kind);
    }
    let response = http.body(real(text(request, "raw_body"))).send().await?;
    let (status, body) = (response.status(), response.text().await?);
    let body: Value = serde_json::from_str(&body).unwrap_or_default();
    let code = text(&body, "errorCode").to_owned();
    Ok(match (status, code.as_str()) {
        (StatusCode::OK, _) => match differences(text(request, "method"), text(request, "path"), &body) {
            same if same.is_empty() => Outcome::Done,
            differences => Outcome::Different(differences),
        },
        (StatusCode::NOT_IMPLEMENTED, _) => Outcome::WithoutBehaviour,
        (StatusCode::NOT_FOUND, "E011001") => Outcome::Unknown,
        (_, "E011001" | "E011002" | "E011003" | "") => {
            let known = EXCEPTIONS.iter().find(|(path, _)| *path == text(request, "path"));
            known.map_or_else(|| Outcome::Refused(body.to_string()), |(_, reason)| Outcome::Excepted(reason))
        }
        _ => Outcome::MadeUp(code),
    })
}

/// The project of the recordings. It is closed if the request carries the key of a closed project.
fn settings(bearer: &str) -> DescopeSettings {
    let mut settings = DescopeSettings::default();
    let parts: Vec<&str> = bearer.split(':').collect();
    settings.project_id = parts.first().map(|project| (*project).to_owned()).unwrap_or_default();
    settings.management_key = "K2aAc4T2V93bddihGEx2Ryhc8e5ZMGMTKEY".into();
    let last = parts.last().filter(|last| last.contains("AuthMgmtKey"));
    settings.auth_management_key = last.map(|key| (*key).into());
    settings
}

/// A refresh token of the user, or of nobody.
async fn refresh_token(fake: &FakeDescope, has_user: bool) -> Result<String, Failure> {
    let jwt = fake.management()?;
    Ok(match has_user {
        true => jwt.jwt().sign_in(USER).send().await?.refresh_jwt.expose().clone(),
        false => jwt.jwt().anonymous().send().await?.refresh_jwt.expose().clone(),
    })
}

/// Makes the roles, permissions and tenants that a body names.
async fn prepare(fake: &FakeDescope, body: &Value, request: &Value) -> Result<(), Failure> {
    let management = fake.management()?;
    let path = text(request, "path");
    let mut named = Named::default();
    named.collect(body);
    for permission in &named.permissions {
        management.permission().create(permission).send().await?;
    }
    for tenant in &named.tenants {
        management.tenant().create(tenant).id(tenant).send().await?;
    }
    for role in &named.roles {
        management.role().create(role).send().await?;
    }
    if path.ends_with("/create") && path.contains("/permission") || path.contains("/role/create") {
        return clear(fake, path, body).await;
    }
    Ok(())
}

/// Takes away what the request itself is to make.
async fn clear(fake: &FakeDescope, path: &str, body: &Value) -> Result<(), Failure> {
    let (management, name) = (fake.management()?, text(body, "name"));
    if path.contains("/permission") {
        let _ = management.permission().delete().name(name).send().await;
    } else {
        let _ = management.role().delete().name(name).send().await;
    }
    Ok(())
}

/// What a body names.
#[derive(Default)]
struct Named {
    roles: Vec<String>,
    permissions: Vec<String>,
    tenants: Vec<String>,
}

impl Named {
    fn collect(&mut self, body: &Value) {
        match body {
            Value::Object(members) => self.collect_members(members),
            Value::Array(items) => items.iter().for_each(|item| self.collect(item)),
            _ => {}
        }
    }

    fn collect_members(&mut self, members: &Map<String, Value>) {
        for (name, value) in members {
            let list = match name.as_str() {
                "roleNames" | "defaultRoles" | "roles" => &mut self.roles,
                "permissionNames" => &mut self.permissions,
                "tenantId" | "selectedTenant" | "parent" => &mut self.tenants,
                _ => {
                    self.collect(value);
                    continue;
                }
            };
            let texts = value.as_array().map_or_else(|| vec![value], |items| items.iter().collect());
            for text in texts.into_iter().filter_map(Value::as_str).filter(|text| !text.is_empty()) {
                if !list.iter().any(|known| known == text) {
                    list.push(text.to_owned());
                }
            }
            self.collect(value);
        }
    }
}
