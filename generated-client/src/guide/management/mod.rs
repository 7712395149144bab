//! Administering a Descope project: which calls make a piece of work, in which order, and what may go wrong.
//!
//! The operations are those of [`descope_management`](crate::descope_management). Switch on the groups that you call, such
//! as the feature `descope-management-user`, or `descope-management` for all of them; none is on by default.
//!
//! | guide | read it to |
//! | --- | --- |
//! | [`test_users`] | sign test users in and delete them, in automated tests |
//! | [`users`] | invite users, and bring them over with the passwords that they have |
//! | [`tenants`] | create a customer's tenant and set up its single sign-on |
//! | [`roles`] | create permissions and roles, and give them to users |
//! | [`access_keys`] | give keys to programs, replace them and take them back |
//! | [`impersonation`] | let the support team act as a user |
//! | [`audit`] | copy the audit log to another system |
//! | [`fga`] | ask whether a user may do something with a resource |
//!
//! # The client
//!
//! A client carries the ID of the project and a management key, which is made in the console under Company, or by
//! [`company().create_management_key`](crate::descope_management::company::Company::create_management_key). The key may
//! do almost anything in the project: keep it in the backend, give it only the roles that it needs, and limit it to the IP
//! addresses of the backend.
//!
//! ```
//! use generated_client::descope_management::{Client, Error};
//!
//! fn client(project_id: &str, management_key: &str) -> Result<Client, Error> {
//!     Client::builder(project_id, management_key).build()
//! }
//! # client("P2abc", "K2abc")?;
//! # Ok::<(), Error>(())
//! ```
//!
//! End users sign in with another client, [`descope::Client`](crate::descope::Client), which has none of these operations.
//!
//! # What holds for all calls
//!
//! - **A login ID or a user ID.** An argument `login_id` takes either. A call that finds a user by one of two setters needs
//!   exactly one of them.
//! - **`update` replaces, `patch` changes.** An update clears what the request leaves out, if its documentation says so.
//!   Call `patch` where there is one, or read, change and send all of it.
//! - **A batch succeeds in part.** [`user().create_batch`](crate::descope_management::user::User::create_batch) and its like
//!   are a success even if some of the users were refused: look at the list of failures.
//! - **Lists in pages.** Searches for users, audit records, consents and a few others give their results in pages:
//!   [`items`](crate::runtime::Call::items) walks over all of them. All other lists come at once.
//! - **What is shown once.** Keys and secrets are in one response and never again. They are a [`Secret`](crate::Secret),
//!   which no log prints: call `expose` where you store it.
//! - **What is sent again.** A creation is never sent twice. After a time-out, look whether it has happened before you
//!   call it again.
//!
//! # Errors
//!
//! | question or status | what it means | what to do |
//! | --- | --- | --- |
//! | `is_unauthenticated`, 401 | the management key is missing, wrong, expired or deactivated, or of another project | correct the configuration |
//! | 403 | the key lacks the role for the call, or the call came from another IP address | give the key that role |
//! | `is_user_not_found` | there is no such user | check the ID; in a deletion it is as good as a success |
//! | `is_user_exists` | the login ID is taken | update the user instead |
//! | `is_rate_limited`, 429 | there were too many calls in a short time | wait as long as `retry_after` says |
//!
//! A client with one of the `MockTransport` transports of [`testing`](crate::testing) tests your program without the service, as
//! the examples of these guides do.

pub mod access_keys;
pub mod audit;
pub mod fga;
pub mod impersonation;
pub mod roles;
pub mod tenants;
pub mod test_users;
pub mod users;
