//! Upgrading: what a new version may change.
//!
//! Versions follow [Semantic Versioning](https://semver.org). Before 1.0, a change that breaks callers raises the minor
//! version, and any other the patch version. The changelog of the package tells what changed, and its README which changes
//! are breaking.
//!
//! # What never breaks
//!
//! Services grow, and the code that calls them goes on to compile and to work:
//!
//! - Types are `#[non_exhaustive]` and have constructors, so a new member of a request or a response breaks nothing.
//! - A member that a newer server sends is ignored. A value of an enum that this version doesn't know is kept as
//!   `Unknown`; match it with a last arm:
//!
//!   ```
//!   use generated_client::descope::oauth::OauthProvider;
//!
//!   fn name(provider: &OauthProvider) -> &str {
//!       match provider {
//!           OauthProvider::Google => "Google",
//!           OauthProvider::Unknown(name) => name,
//!           _ => "another provider",
//!       }
//!   }
//!
//!   assert_eq!(name(&OauthProvider::from("acme".to_owned())), "acme");
//!   ```
//! - Calls are made through the method of a group, whose arguments are what the service requires. The type of a call, such
//!   as [`OauthExchange`](crate::descope::oauth::OauthExchange), has a name, so it can be stored and passed on.
//!
//! # What to do when something breaks
//!
//! | the compiler says | what happened | what to do |
//! | --- | --- | --- |
//! | a method takes another number of arguments | the service requires one more, or one less | look at the page of the method |
//! | `Secret` was expected, or was found | a member is secret now, or was found not to be | take it out with [`expose`](crate::Secret::expose), knowing what that means |
//! | use of a deprecated item | the service wants callers to move on | its documentation names what to call in its place |
//!
//! # An older server
//!
//! Nhost Auth runs in many versions. The documentation of an operation or an argument that old servers lack says which
//! version brought it. They respond with 404 to an operation, and ignore or refuse an argument.
