//! Impersonation: how a person of the support team acts as a user, and stops.
//!
//! | step | call | with the client of |
//! | --- | --- | --- |
//! | 1, once | give a role with the permission `impersonation` to that person: see [roles](super::roles) | the management key |
//! | 2 | [`jwt().impersonate`](crate::descope_management::jwt::Jwt::impersonate): a refresh JWT of the user | the management key |
//! | 3 | [`session().refresh`](crate::descope::session::Session::refresh): session JWTs of the user | that refresh JWT |
//! | 4 | [`jwt().stop_impersonation`](crate::descope_management::jwt::Jwt::stop_impersonation): a refresh JWT of the person | the management key |
//!
//! ```
//! use generated_client::{Secret, descope, descope_management};
//!
//! /// A session as the user, and the JWT by which it is stopped.
//! async fn act_as(
//!     admin: &descope_management::Client,
//!     users: &descope::Client,
//!     impersonator_id: &str,
//!     login_id: &str,
//! ) -> Result<(Secret, Secret), Box<dyn std::error::Error>> {
//!     let call = admin.jwt().impersonate(impersonator_id, login_id);
//!     let made = call.validate_consent(true).refresh_duration(15 * 60).send().await?;
//!     let session = users.with_refresh_token(made.jwt.clone()).session().refresh().send().await?;
//!     Ok((session.session_jwt, made.jwt))
//! }
//!
//! /// The refresh JWT with which the person goes on as themselves.
//! async fn stop(admin: &descope_management::Client, jwt: Secret) -> Result<Secret, descope_management::Error> {
//!     Ok(admin.jwt().stop_impersonation(jwt).send().await?.jwt)
//! }
//! # use descope_management::jwt::{JwtImpersonate, JwtStopImpersonation};
//! # use generated_client::testing::MockTransport;
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! # let mock = MockTransport::new()
//! #     .example::<JwtImpersonate>()
//! #     .example::<descope::session::SessionRefresh>()
//! #     .example::<JwtStopImpersonation>();
//! # let admin = descope_management::Client::builder("P2abc", "K2abc").transport(mock.clone()).build()?;
//! # let users = descope::Client::builder("P2abc").transport(mock.clone()).build()?;
//! # let (_, jwt) = act_as(&admin, &users, "U2bBc", "jane@example.com").await?;
//! # stop(&admin, jwt.clone()).await?;
//! # let bearer = format!("Bearer P2abc:{}", jwt.expose());
//! # assert_eq!(mock.requests()[1].header("authorization"), Some(bearer.as_str()));
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Traps
//!
//! - `impersonator_id` is the user ID of the person, who is a user of the project like any other.
//! - With `validate_consent`, the user has to have agreed, in a flow or by
//!   [`user_update().impersonation_consent`](crate::descope_management::user_update::UserUpdate::impersonation_consent).
//!   Without it, nobody asks the user.
//! - The JWT makes its holder the user. Keep it as safe as a password, and let it live shortly: `refresh_duration` is in
//!   seconds.
//! - The audit log says who acted as whom: see [audit](super::audit).
//! - [`jwt().impersonate_stepup`](crate::descope_management::jwt::Jwt::impersonate_stepup) gives a session JWT at once, for a
//!   step-up, and no refresh JWT.
//!
//! # What may go wrong
//!
//! A person without the permission, and a user who hasn't agreed, are refused; Descope documents neither the status nor the
//! code. `is_user_not_found` says that one of the two isn't there.
