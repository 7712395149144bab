//! Roles and permissions (RBAC): what they are, and how a user gets them.
//!
//! An application asks for a permission, such as `article.write`. A role holds permissions, and a user has roles: in the
//! project as a whole, or in a tenant.
//!
//! | step | call |
//! | --- | --- |
//! | 1 | [`permission().create_batch`](crate::descope_management::permission::Permission::create_batch) |
//! | 2 | [`role().create`](crate::descope_management::role::Role::create): the permissions have to exist |
//! | 3 | [`user_update().add_roles`](crate::descope_management::user_update::UserUpdate::add_roles): with `tenant_id` for a role in a tenant, which the user has to belong to |
//! | 4 | the application checks the JWT: [`require_permission`](crate::sessions::descope::Claims::require_permission), [`require_role`](crate::sessions::descope::Claims::require_role) |
//!
//! ```
//! use generated_client::descope_management::permission::PermissionCreateRequest;
//! use generated_client::descope_management::{Client, Error};
//!
//! async fn set_up(admin: &Client) -> Result<(), Error> {
//!     let permissions = ["article.write", "article.delete"].map(PermissionCreateRequest::new);
//!     admin.permission().create_batch(permissions).send().await?;
//!     admin.role().create("Editor").permission_names(["article.write"]).send().await?;
//!     Ok(())
//! }
//!
//! /// Makes a user of a tenant an editor there.
//! async fn promote(admin: &Client, login_id: &str, tenant_id: &str) -> Result<(), Error> {
//!     admin.user_update().add_tenant(login_id, tenant_id).send().await?;
//!     admin.user_update().add_roles(login_id, ["Editor"]).tenant_id(tenant_id).send().await?;
//!     Ok(())
//! }
//! # use generated_client::descope_management::{role::RoleCreate, user_update::{UserUpdateAddRoles, UserUpdateAddTenant}};
//! # use generated_client::testing::{MockTransport, Response};
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! # let mock = MockTransport::new()
//! #     .respond("permission_create_batch", Response::status(200))
//! #     .example::<RoleCreate>()
//! #     .example::<UserUpdateAddTenant>()
//! #     .example::<UserUpdateAddRoles>();
//! # let admin = Client::builder("P2abc", "K2abc").transport(mock.clone()).build()?;
//! # set_up(&admin).await?;
//! # promote(&admin, "jane@example.com", "acme").await?;
//! # assert_eq!(mock.requests()[0].json()["permissions"][1]["name"], "article.delete");
//! # assert_eq!(mock.requests()[3].json()["tenantId"], "acme");
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Traps
//!
//! - [`role().update`](crate::descope_management::role::Role::update) resets what the request leaves out: a call that only
//!   renames a role takes all its permissions away. Read the role, change it, and send all of it.
//! - An update and a deletion find a role by `id` or by `name`; exactly one of the two is needed. An update is never sent
//!   again, since after a change of name there is no role with the old one.
//! - [`user_update().set_roles`](crate::descope_management::user_update::UserUpdate::set_roles) replaces the roles of the
//!   user, and an empty list takes all away; `add_roles` and `remove_roles` leave the others.
//! - A JWT has the roles of the time when it was made. A session learns of a change at its next refresh.
//! - A name that is taken is refused with 400, in a batch for all of it. Ask
//!   [`role().list`](crate::descope_management::role::Role::list) and
//!   [`permission().list`](crate::descope_management::permission::Permission::list) first, and create what is missing, if the
//!   program may run twice.
