//! What the tests have in common.

use generated_client::descope::{Client, Error, ErrorCode, JwtResponse, RefreshToken};
use generated_client::sessions::descope::{Claims, Sessions};
use generated_client_fake::{Account, FakeDescope};
use std::time::Duration;

/// The address of the user of most tests.
pub(crate) const JANE: &str = "jane@example.com";

/// The address of the user who has an account at a provider.
pub(crate) const ADA: &str = "ada@example.com";

/// A fake and a client of it. Its clock moves by hand alone.
pub(crate) async fn started() -> (FakeDescope, Client) {
    let fake = FakeDescope::start().await.unwrap();
    fake.clock().stop();
    let client = fake.client().unwrap();
    (fake, client)
}

/// The code of an error.
pub(crate) fn code(error: &Error) -> &str {
    error.code().map(ErrorCode::as_str).unwrap_or_default()
}

/// Signs a user up or in by a code to their email address.
pub(crate) async fn signed_in(fake: &FakeDescope, client: &Client, address: &str) -> JwtResponse {
    client.otp().sign_up_or_in_email(address).send().await.unwrap();
    let code = fake.outbox().code(address).unwrap();
    client.otp().verify_email(address, code).send().await.unwrap()
}

/// What Google says of Ada, signed for a sign-in with this nonce.
pub(crate) fn ada(fake: &FakeDescope, nonce: &str) -> String {
    let account = Account {
        id: "1001".to_owned(),
        email: Some(ADA.to_owned()),
        email_verified: true,
        name: "Ada Lovelace".to_owned(),
        picture: None,
    };
    fake.id_token("google", &account, nonce).unwrap()
}

/// A client that carries the refresh token of a session.
pub(crate) fn carrying(client: &Client, session: &JwtResponse) -> Client<RefreshToken> {
    client.with_refresh_token(session.refresh_jwt.expose())
}

/// Validates sessions with the fake's keys and by the fake's clock.
pub(crate) fn validator(fake: &FakeDescope, client: &Client) -> Sessions {
    client.sessions().clock(fake.clock().clone()).build()
}

/// The claims of a session that is valid.
pub(crate) async fn valid(fake: &FakeDescope, client: &Client, session: &JwtResponse) -> Claims {
    validator(fake, client).validate(session.session_jwt.expose()).await.unwrap()
}

pub(crate) fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(60 * minutes)
}
