//! Sets up passkeys. The recorded responses of authenticators belong to challenges that are gone, so that an authenticator
//! in software responds in their place.

use crate::exchange::{Body, decoded};
use crate::situation::Situation;
use generated_client_fake::{Authenticator, FakeNhost, NhostUser};
use serde_json::{Value, json};
use std::error::Error;

const ORIGIN: &str = "http://localhost:3000";

/// Sets up what a request about passkeys needs; `caller` is the user whose access token it carries.
pub(crate) async fn set_up(
    situation: &mut Situation<'_>,
    caller: Option<String>,
) -> Result<(), Box<dyn Error>> {
    let fake = situation.fake;
    let path = situation.exchange.bare_path().to_owned();
    match (path.as_str(), caller) {
        ("/signin/webauthn", _) => sign_in(situation).await?,
        ("/signup/webauthn/verify", _) => sign_up_verify(situation).await?,
        ("/signin/webauthn/verify", _) => sign_in_verify(situation).await?,
        ("/user/webauthn/verify", Some(user)) => add_verify(situation, &user).await?,
        ("/elevate/webauthn" | "/user/webauthn/add", Some(user)) => {
            let has_keys = path.starts_with("/elevate")
                || situation.exchange.response.json["excludeCredentials"].is_array();
            if (has_keys && situation.is_success()) || situation.demands_elevation() {
                register(fake, &user, &mut Authenticator::new(ORIGIN)?).await?;
            }
        }
        ("/elevate/webauthn/verify", Some(user)) if situation.is_success() => {
            let mut authenticator = Authenticator::new(ORIGIN)?;
            register(fake, &user, &mut authenticator).await?;
            let options = post(fake, "/elevate/webauthn", Some(&user), &Value::Null).await?;
            replace_credential(situation, authenticator.get(&options)?);
        }
        _ => {}
    }
    Ok(())
}

/// The user who is about to sign in, with as many keys as the response lists.
async fn sign_in(situation: &Situation<'_>) -> Result<(), Box<dyn Error>> {
    if situation.has_code("invalid-email-password") {
        return Ok(());
    }
    let email = situation.request.text("/email").unwrap_or_default();
    let user = situation.fake.add_user(situation.user().email(email));
    let keys = situation.exchange.response.json["allowCredentials"].as_array().map_or(0, Vec::len);
    for _ in 0..keys {
        register(situation.fake, &user, &mut Authenticator::new(ORIGIN)?).await?;
    }
    Ok(())
}

async fn sign_up_verify(situation: &mut Situation<'_>) -> Result<(), Box<dyn Error>> {
    let Some(origin) = origin(situation) else { return Ok(()) };
    let fake = situation.fake;
    let shown = situation.user();
    let email = shown.email.clone().unwrap_or_else(|| "new@example.com".to_owned());
    let mut options = json!({"email": email});
    if let Some(metadata) = &shown.metadata {
        options["options"] = json!({"metadata": metadata});
    }
    let options = post(fake, "/signup/webauthn", None, &options).await?;
    let credential = Authenticator::new(origin)?.create(&options)?;
    if situation.has_code("internal-server-error") {
        post(fake, "/signup/webauthn/verify", None, &json!({"credential": credential})).await?;
    }
    if situation.has_code("email-already-in-use") {
        fake.add_user(situation.user().email(&email));
    }
    replace_credential(situation, credential);
    Ok(())
}

async fn sign_in_verify(situation: &mut Situation<'_>) -> Result<(), Box<dyn Error>> {
    let Some(origin) = origin(situation) else { return Ok(()) };
    let fake = situation.fake;
    let user = fake.add_user(situation.user().email("key@example.com"));
    let mut authenticator = Authenticator::new(origin)?;
    register(fake, &user, &mut authenticator).await?;
    let options = post(fake, "/signin/webauthn", None, &json!({"email": "key@example.com"})).await?;
    let mut credential = authenticator.get(&options)?;
    // The handle stays as it was recorded, unless it was that of the user.
    let recorded = match &situation.request.body {
        Body::Json(body) => body.pointer("/credential/response/userHandle").cloned(),
        _ => None,
    };
    if !situation.is_success() {
        match recorded {
            Some(handle) => credential["response"]["userHandle"] = handle,
            None => {
                _ = credential["response"].as_object_mut().and_then(|response| response.remove("userHandle"))
            }
        }
    }
    replace_credential(situation, credential);
    Ok(())
}

async fn add_verify(situation: &mut Situation<'_>, user: &str) -> Result<(), Box<dyn Error>> {
    let Some(origin) = origin(situation) else { return Ok(()) };
    let fake = situation.fake;
    let owner = if situation.is_success() {
        user.to_owned()
    } else {
        fake.add_user(NhostUser::default().email("other@example.com"))
    };
    let options = post(fake, "/user/webauthn/add", Some(&owner), &Value::Null).await?;
    replace_credential(situation, Authenticator::new(origin)?.create(&options)?);
    Ok(())
}

/// Registers a passkey of a user.
async fn register(
    fake: &FakeNhost,
    user: &str,
    authenticator: &mut Authenticator,
) -> Result<(), Box<dyn Error>> {
    let options = post(fake, "/user/webauthn/add", Some(user), &Value::Null).await?;
    let credential = authenticator.create(&options)?;
    post(fake, "/user/webauthn/verify", Some(user), &json!({"credential": credential})).await?;
    Ok(())
}

/// Sends a request as an elevated user, or as nobody.
async fn post(
    fake: &FakeNhost,
    path: &str,
    user: Option<&str>,
    body: &Value,
) -> Result<Value, Box<dyn Error>> {
    let mut request = reqwest::Client::new().post(format!("{}{path}", fake.url()));
    if let Some(user) = user {
        let now = fake.clock().seconds();
        let claims = json!({
            "sub": user,
            "iss": "hasura-auth",
            "iat": now,
            "exp": now + 600,
            "https://hasura.io/jwt/claims": {"x-hasura-user-id": user, "x-hasura-auth-elevated": user},
        });
        request = request.bearer_auth(fake.keys().sign(&claims)?);
    }
    if !body.is_null() {
        request = request.header("content-type", "application/json").body(body.to_string());
    }
    Ok(serde_json::from_str(&request.send().await?.text().await?)?)
}

/// The origin of the page that the recorded authenticator responded to.
fn origin(situation: &Situation<'_>) -> Option<String> {
    let data = situation.request.text("/credential/response/clientDataJSON")?;
    // It is read like the second part of a token.
    let (_, data) = decoded(&format!("{data}.{data}"))?;
    data.get("origin")?.as_str().map(str::to_owned)
}

fn replace_credential(situation: &mut Situation<'_>, credential: Value) {
    if let Body::Json(body) = &mut situation.request.body {
        body["credential"] = credential;
    }
}
