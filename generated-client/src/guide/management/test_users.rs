//! Test users: how automated tests sign in for real, without a mailbox or a phone.
//!
//! A test user is like any other, but a code or a link for it is returned to the backend instead of being sent. Such a user
//! exists until it is deleted.
//!
//! | step | call | with the client of |
//! | --- | --- | --- |
//! | 1 | [`test_user().create`](crate::descope_management::test_user::TestUser::create) | the management key |
//! | 2 | [`test_user().otp`](crate::descope_management::test_user::TestUser::otp), [`magic_link`](crate::descope_management::test_user::TestUser::magic_link) or [`enchanted_link`](crate::descope_management::test_user::TestUser::enchanted_link) | the management key |
//! | 3 | the `verify` of that method, such as [`otp().verify_email`](crate::descope::otp::Otp::verify_email) | end users |
//! | 4 | [`user().delete`](crate::descope_management::user::User::delete), or [`test_user().delete_all`](crate::descope_management::test_user::TestUser::delete_all) | the management key |
//!
//! # By a code
//!
//! ```
//! use generated_client::descope_management::test_user::TestUserDelivery;
//! use generated_client::{descope, descope_management};
//!
//! async fn sign_in(
//!     admin: &descope_management::Client,
//!     users: &descope::Client,
//!     login_id: &str,
//! ) -> Result<descope::JwtResponse, Box<dyn std::error::Error>> {
//!     admin.test_user().create(login_id).email(login_id).verified_email(true).send().await?;
//!     let made = admin.test_user().otp(login_id, TestUserDelivery::Email).send().await?;
//!     Ok(users.otp().verify_email(login_id, made.code).send().await?)
//! }
//! # use generated_client::testing::MockTransport;
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! # let mock = MockTransport::new()
//! #     .example::<descope_management::test_user::TestUserCreate>()
//! #     .example::<descope_management::test_user::TestUserOtp>()
//! #     .example::<descope::otp::OtpVerifyEmail>();
//! # let admin = descope_management::Client::builder("P2abc", "K2abc").transport(mock.clone()).build()?;
//! # let users = descope::Client::builder("P2abc").transport(mock.clone()).build()?;
//! # let session = sign_in(&admin, &users, "test-1@example.com").await?;
//! # assert!(!session.refresh_jwt.expose().is_empty());
//! # assert_eq!(mock.requests()[2].json()["code"], "609112");
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! To test the sign-in call of your application as well, make the code first, then let the application call the sign-in for
//! the same login ID, and then verify the code. In the other order the code that you make isn't the one that counts.
//!
//! # By a link
//!
//! The token that is verified stands in the query parameter `t` of the link:
//!
//! ```
//! use generated_client::Secret;
//! use generated_client::descope_management::{Client, test_user::TestUserDelivery};
//!
//! /// The token of a magic link; `magic_link().verify` of the client for end users takes it.
//! async fn token(admin: &Client, login_id: &str) -> Result<Option<Secret>, Box<dyn std::error::Error>> {
//!     let call = admin.test_user().magic_link(login_id, TestUserDelivery::Email);
//!     let made = call.uri("https://app.example.com/verify").send().await?;
//!     let link = reqwest::Url::parse(made.link.expose())?;
//!     Ok(link.query_pairs().find(|(name, _)| name == "t").map(|(_, token)| token.into_owned().into()))
//! }
//! # use generated_client::descope_management::test_user::TestUserMagicLink;
//! # use generated_client::testing::MockTransport;
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! # let mock = MockTransport::new().example::<TestUserMagicLink>();
//! # let admin = Client::builder("P2abc", "K2abc").transport(mock).build()?;
//! # assert_eq!(token(&admin, "test-1@example.com").await?.unwrap().expose(), "0d4f7a1bb2");
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! An enchanted link has a `pending_ref` besides. Verify the token by
//! [`enchanted_link().verify`](crate::descope::enchanted_link::EnchantedLinkApi::verify), then fetch the session by
//! [`pending_session`](crate::descope::enchanted_link::EnchantedLinkApi::pending_session) with the reference.
//!
//! # Cleaning up
//!
//! Delete the user at the end, also when the test has failed. A run that was broken off leaves its users behind: give each
//! run a login ID of its own, and delete what is left by
//! [`test_user().delete_all`](crate::descope_management::test_user::TestUser::delete_all) from time to time. That call
//! deletes the test users of all runs, so don't make it while another run is going on.
//!
//! ```
//! use generated_client::descope_management::{Client, Error};
//!
//! /// Deletes a user. A user who isn't there is no failure.
//! async fn clean_up(admin: &Client, login_id: &str) -> Result<(), Error> {
//!     match admin.user().delete().login_id(login_id).send().await {
//!         Err(error) if !error.is_user_not_found() => Err(error),
//!         _ => Ok(()),
//!     }
//! }
//! # use generated_client::testing::{MockTransport, Response};
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! # let mock = MockTransport::new()
//! #     .respond("user_delete", Response::status(200))
//! #     .respond("user_delete", Response::api(400, "errorCode", "E112102"))
//! #     .respond("user_delete", Response::api(403, "errorCode", "E011001"));
//! # let admin = Client::builder("P2abc", "K2abc").transport(mock).build()?;
//! # assert!(clean_up(&admin, "test-1@example.com").await.is_ok());
//! # assert!(clean_up(&admin, "test-1@example.com").await.is_ok());
//! # assert!(clean_up(&admin, "test-1@example.com").await.is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What may go wrong
//!
//! - `is_user_exists` of the creation: the login ID is taken, by a test user of an earlier run or by a real user. Don't go
//!   on with a user that you haven't made.
//! - 400 of step 2: the user isn't a test user. Only users made by
//!   [`test_user().create`](crate::descope_management::test_user::TestUser::create) have codes and links.
//! - `is_wrong_code` of step 3: the channel of the `verify` isn't that of `TestUserDelivery`, or another code was made since.
//! - 429: creations of users have a lower limit than other calls. Make a user once for several tests where you can.
