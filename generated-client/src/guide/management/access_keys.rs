//! Access keys: how programs sign in (machine to machine, M2M), and how their keys are replaced.
//!
//! | step | call | with the client of |
//! | --- | --- | --- |
//! | 1 | [`access_keys().create`](crate::descope_management::access_keys::AccessKeys::create): the key is in `cleartext`, this once | the management key |
//! | 2 | [`access_keys().exchange`](crate::descope::access_keys::AccessKeys::exchange): the program gets a session JWT for its key | the access key |
//! | 3 | the application checks that JWT like the one of a user: see [`sessions`](crate::sessions) | |
//! | 4 | [`rotate`](crate::descope_management::access_keys::AccessKeys::rotate), or [`deactivate`](crate::descope_management::access_keys::AccessKeys::deactivate) and [`delete`](crate::descope_management::access_keys::AccessKeys::delete) | the management key |
//!
//! ```
//! use generated_client::descope_management::access_keys::AccessKeyCreateResponse;
//! use generated_client::{Secret, descope, descope_management};
//!
//! /// A key for a program that may read, until the given time in seconds since the epoch.
//! async fn create(
//!     admin: &descope_management::Client,
//!     until: i64,
//! ) -> Result<AccessKeyCreateResponse, descope_management::Error> {
//!     let key = admin.access_keys().create("nightly export").role_names(["Reader"]);
//!     key.expire_time(until).permitted_ips(["10.0.0.0/8"]).send().await
//! }
//!
//! /// What the program does with the key.
//! async fn sign_in(users: &descope::Client, key: Secret) -> Result<Secret, descope::Error> {
//!     Ok(users.with_access_key(key).access_keys().exchange().send().await?.session_jwt)
//! }
//! # use generated_client::testing::MockTransport;
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! # let mock = MockTransport::new()
//! #     .example::<descope_management::access_keys::AccessKeysCreate>()
//! #     .example::<descope::access_keys::AccessKeysExchange>();
//! # let admin = descope_management::Client::builder("P2abc", "K2abc").transport(mock.clone()).build()?;
//! # let users = descope::Client::builder("P2abc").transport(mock.clone()).build()?;
//! # let made = create(&admin, 1_798_761_600).await?;
//! # sign_in(&users, made.cleartext).await?;
//! # let sent = mock.requests();
//! # assert_eq!(sent[0].header("authorization"), Some("Bearer P2abc:K2abc"));
//! # assert_eq!(sent[1].header("authorization"), Some("Bearer P2abc:K2aAc4T2V93bddihGEx2Ryhc8e5ZsN0mEs3cret"));
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Replacing a key
//!
//! [`rotate`](crate::descope_management::access_keys::AccessKeys::rotate) keeps the ID and the rights, and ends the old secret
//! at once. A program that can't be told in the same moment needs two keys for a while: create the second, hand it over, and
//! deactivate the first. If something still uses it, [`activate`](crate::descope_management::access_keys::AccessKeys::activate)
//! brings it back; when nothing does, delete it.
//!
//! # Traps
//!
//! - `expire_time` is a time in seconds since the epoch, not a duration. Without it the key never expires.
//! - Give rights by `role_names` for the project, or by `key_tenants` for tenants. A key with `user_id` has the rights of
//!   that user.
//! - The session JWT of a deactivated key is valid until it expires: keep that time short in the project's settings.
//! - If the response of a creation or a rotation is lost, so is the secret. Neither is sent again. Look for the key by
//!   [`search`](crate::descope_management::access_keys::AccessKeys::search), and rotate it.
//!
//! # What may go wrong
//!
//! The exchange answers `is_unauthenticated` for a key that is unknown, expired or deactivated: the program can do nothing
//! about it but say so. Only an active key can be rotated, and only a deactivated one activated; otherwise the service
//! refuses with 400.
