//! The application with a fake of its service in the same process, and with an administrator.

use axum::Router;
use generated_client_fake::{DescopeSettings, FakeDescope, FakeNhost, NhostSettings};
use std::error::Error;

use crate::site::Site;

/// The email address of the administrator, who has an account at all providers, too.
pub const ADMIN: &str = "ada@example.com";

/// The ID of an organization with an identity provider of its own.
pub const TENANT: &str = "example-ltd";

/// The application with a fake of Descope.
///
/// # Errors
///
/// If the fake can't start.
pub async fn descope(origin: &str) -> Result<(Router, FakeDescope), Box<dyn Error>> {
    let mut settings = DescopeSettings::default();
    settings.default_redirect_url = format!("{origin}/");
    let fake = FakeDescope::with(settings).await?;
    let management = fake.management()?;
    management.role().create("admin").send().await?;
    management.tenant().create("Example Ltd").id(TENANT).send().await?;
    management
        .user()
        .create(ADMIN)
        .email(ADMIN)
        .verified_email(true)
        .display_name("Ada Lovelace")
        .role_names(["admin"])
        .send()
        .await?;
    let client = fake.client()?;
    let sessions = client.sessions().clock(fake.clock().clone()).build();
    let site = site(origin, &fake.url());
    Ok((crate::descope::router(client, sessions, site), fake))
}

/// The application with a fake of Nhost Auth.
///
/// # Errors
///
/// If the fake can't start.
pub async fn nhost(origin: &str) -> Result<(Router, FakeNhost), Box<dyn Error>> {
    let mut settings = NhostSettings::default();
    settings.client_url = origin.to_owned();
    settings.webauthn_domain = "localhost".to_owned();
    settings.webauthn_origins = vec![origin.to_owned()];
    let fake = FakeNhost::with(settings).await?;
    let client = fake.client()?;
    client.signup().email_password(ADMIN, "correct-Horse-7-battery").send().await?;
    fake.set_roles(ADMIN, ["user", "admin"]);
    let sessions = client.sessions().clock(fake.clock().clone()).build();
    let site = site(origin, &fake.url());
    Ok((crate::nhost::router(client, sessions, site), fake))
}

fn site(origin: &str, fake: &str) -> Site {
    Site { origin: origin.to_owned(), outbox: Some(format!("{fake}/_fake")) }
}
