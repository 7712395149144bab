//! Users: inviting them, and bringing them over from another system with their passwords.
//!
//! # Inviting
//!
//! An invitation is a creation with `invite`. Set `verified_email` or `verified_phone`, since only a confirmed address can be
//! signed in with, and `invite_url`, unless the project's settings have the URL. The message is sent at once:
//!
//! ```
//! use generated_client::descope_management::{Client, Error, TenantRoles, user::UserCreateResponse};
//!
//! async fn invite(admin: &Client, email: &str, tenant_id: &str) -> Result<UserCreateResponse, Error> {
//!     let user = admin.user().create(email).email(email).verified_email(true);
//!     let user = user.user_tenants([TenantRoles::new(tenant_id).role_names(["Tenant Admin"])]);
//!     user.invite(true).invite_url("https://app.example.com/welcome").send_mail(true).send().await
//! }
//! # use generated_client::descope_management::user::UserCreate;
//! # use generated_client::testing::{MockTransport, Response};
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! # let mock = MockTransport::new()
//! #     .example::<UserCreate>()
//! #     .respond("user_create", Response::api(400, "errorCode", "E062107"));
//! # let admin = Client::builder("P2abc", "K2abc").transport(mock.clone()).build()?;
//! # invite(&admin, "jane@example.com", "acme").await?;
//! # assert_eq!(mock.requests()[0].json()["invite"], true);
//! # assert!(invite(&admin, "jane@example.com", "acme").await.is_err_and(|error| error.is_user_exists()));
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! To invite a user again, pass the user ID in place of the login ID: with it, no new user is made. The call is never sent
//! twice by this crate, since each one sends a message.
//!
//! # Bringing users over with their passwords
//!
//! [`user().create_batch`](crate::descope_management::user::User::create_batch) takes the hashes that another system made,
//! so nobody has to choose a new password. A hash names its form:
//!
//! | form | what it needs |
//! | --- | --- |
//! | `bcrypt`, `django`, `md5`, `buddyauth` | the hash alone |
//! | `sha` | the hash in hexadecimal, the hash function and the salt |
//! | `phpass` | the hash, the salt, the number of iterations and the hash function |
//! | `pbkdf2`, `argon2`, `firebase` | the hash and the salt in base64, and the parameters of the form |
//!
//! A batch is a success even if some of its users were refused. Send only those again, after you have mended them: the
//! others exist already, and would be refused the second time.
//!
//! ```
//! use generated_client::descope_management::user::{FailedUser, NewUser};
//! use generated_client::descope_management::{Client, Error, HashedPassword, PasswordHash};
//!
//! /// A user of the old system.
//! struct Old {
//!     email: String,
//!     bcrypt: String,
//! }
//!
//! /// Creates the users, and returns those that were refused.
//! async fn bring_over(admin: &Client, old: Vec<Old>) -> Result<Vec<FailedUser>, Error> {
//!     let mut refused = Vec::new();
//!     for batch in old.chunks(100) {
//!         let users = batch.iter().map(|user| {
//!             let hash = HashedPassword::default().bcrypt(PasswordHash::new(user.bcrypt.as_str()));
//!             NewUser::new(&user.email).email(&user.email).verified_email(true).hashed_password(hash)
//!         });
//!         let response = admin.user().create_batch(users).invite(false).send().await?;
//!         refused.extend(response.failed_users);
//!     }
//!     Ok(refused)
//! }
//! # use generated_client::descope_management::user::UserCreateBatch;
//! # use generated_client::testing::MockTransport;
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! # let mock = MockTransport::new().example::<UserCreateBatch>();
//! # let admin = Client::builder("P2abc", "K2abc").transport(mock.clone()).build()?;
//! # let old = ["jane@example.com", "john@example.com"].map(|email| Old { email: email.into(), bcrypt: "$2b$12$R9h".into() });
//! # let refused = bring_over(&admin, old.into()).await?;
//! # assert_eq!(refused[0].user.as_ref().unwrap().login_ids, ["john@example.com"]);
//! # assert_eq!(mock.requests()[0].json()["users"][1]["hashedPassword"]["bcrypt"]["hash"], "$2b$12$R9h");
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Traps:
//!
//! - The service limits how many users a batch may have, and doesn't document the limit. Small batches also lose less when
//!   a call fails as a whole.
//! - A call that fails without a response may have created its users. Send the batch again: those who exist come back in
//!   `failed_users`.
//! - Batches count against a lower rate limit than other calls: after 429, wait as long as `retry_after` says.
//! - With `invite`, the batch sends a message to each user. Set it to false, or leave it out, for users who just move.
//!
//! # Importing a file of another service
//!
//! [`user().import`](crate::descope_management::user::User::import) takes the files that a service such as Auth0 exports, in
//! base64. Call it with `dryrun` first, mend what `failures` lists, and call it again without:
//!
//! ```
//! use generated_client::Secret;
//! use generated_client::descope_management::{Client, user::UserImportResponse};
//!
//! async fn import(admin: &Client, users: Secret) -> Result<UserImportResponse, Box<dyn std::error::Error>> {
//!     let checked = admin.user().import("auth0").users(users.clone()).dryrun(true).send().await?;
//!     if let Some(fault) = checked.failures.first() {
//!         return Err(format!("{} of the users can't be imported, the first one: {fault:?}", checked.failures.len()).into());
//!     }
//!     Ok(admin.user().import("auth0").users(users).dryrun(false).send().await?)
//! }
//! # use generated_client::descope_management::user::UserImport;
//! # use generated_client::testing::MockTransport;
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! # let mock = MockTransport::new().example::<UserImport>();
//! # let admin = Client::builder("P2abc", "K2abc").transport(mock.clone()).build()?;
//! # assert!(import(&admin, "W10=".into()).await.is_err());
//! # assert_eq!(mock.requests().len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Blocking and deleting
//!
//! [`user_update().status`](crate::descope_management::user_update::UserUpdate::status) with `disabled` bans a user and ends
//! the sessions, until `enabled` lifts it. [`user().delete`](crate::descope_management::user::User::delete) can't be undone.
