//! The application with a fake of its service in the same process.

use axum::Router;
use generated_client_fake::{FakeNhost, NhostSettings};
use std::error::Error;

use crate::site::Site;

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
    let sessions = client.sessions().clock(fake.clock().clone()).build();
    let site = Site { origin: origin.to_owned(), outbox: Some(format!("{}/_fake", fake.url())) };
    Ok((crate::nhost::router(client, sessions, site), fake))
}
