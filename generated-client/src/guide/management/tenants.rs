//! Tenants: creating one for a customer, and setting up its single sign-on (SSO).
//!
//! | step | call |
//! | --- | --- |
//! | 1 | [`tenant().create`](crate::descope_management::tenant::Tenant::create) |
//! | 2, if the backend sets SSO up | [`sso_settings().set_saml_by_metadata`](crate::descope_management::sso_settings::SsoSettings::set_saml_by_metadata), [`set_saml`](crate::descope_management::sso_settings::SsoSettings::set_saml) or [`set_oidc`](crate::descope_management::sso_settings::SsoSettings::set_oidc), each with the domains of the tenant |
//! | 2, if the customer does | [`tenant().generate_sso_link`](crate::descope_management::tenant::Tenant::generate_sso_link) |
//! | 3 | [`sso_settings().get`](crate::descope_management::sso_settings::SsoSettings::get): what the customer enters at the identity provider |
//! | 4 | the users sign in by [`sso()`](crate::descope::Client::sso) of the client for end users |
//!
//! # By the backend
//!
//! ```
//! use generated_client::descope_management::{Client, Error};
//! use generated_client::descope_management::sso_settings::{SsoRoleMapping, SsoSamlMetadataSettings};
//!
//! /// The entity ID and the ACS URL that the identity provider of the customer asks for.
//! async fn set_up(admin: &Client, id: &str, metadata_url: &str) -> Result<Option<(String, String)>, Error> {
//!     let accountants = SsoRoleMapping::default().groups(["finance"]).role_name("Accountant");
//!     let settings = SsoSamlMetadataSettings::new(metadata_url).role_mappings([accountants]);
//!
//!     admin.tenant().create("Acme").id(id).send().await?;
//!     admin.sso_settings().set_saml_by_metadata(id, settings).domains(["acme.example"]).send().await?;
//!     let saml = admin.sso_settings().get(id).send().await?.saml;
//!     Ok(saml.and_then(|saml| Some((saml.sp_entity_id?, saml.sp_acs_url?))))
//! }
//! # use generated_client::descope_management::{sso_settings::SsoSettingsGet, tenant::TenantCreate};
//! # use generated_client::testing::{MockTransport, Response};
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! # let mock = MockTransport::new()
//! #     .example::<TenantCreate>()
//! #     .respond("sso_settings_set_saml_by_metadata", Response::status(200))
//! #     .example::<SsoSettingsGet>();
//! # let admin = Client::builder("P2abc", "K2abc").transport(mock.clone()).build()?;
//! # let (entity_id, _) = set_up(&admin, "acme", "https://idp.acme.example/metadata.xml").await?.unwrap();
//! # assert_eq!(entity_id, "P2aAc4T2V93bddihGEx2Ryhc8e5Z-acme");
//! # assert_eq!(mock.requests()[1].json()["domains"][0], "acme.example");
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # By the customer's administrator
//!
//! The link leads to pages where an administrator sets SSO up without access to the console. Whoever has it can do so:
//! hand it to that person alone, and let it expire.
//!
//! ```
//! use generated_client::Secret;
//! use generated_client::descope_management::{Client, Error};
//!
//! async fn link(admin: &Client, tenant_id: &str) -> Result<Secret, Error> {
//!     let made = admin.tenant().generate_sso_link(tenant_id).expire_time(24 * 60 * 60).send().await?;
//!     Ok(made.admin_sso_configuration_link)
//! }
//! # use generated_client::descope_management::tenant::TenantGenerateSsoLink;
//! # use generated_client::testing::MockTransport;
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! # let mock = MockTransport::new().example::<TenantGenerateSsoLink>();
//! # let admin = Client::builder("P2abc", "K2abc").transport(mock).build()?;
//! # assert!(link(&admin, "acme").await?.expose().starts_with("https://"));
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Traps
//!
//! - The calls that set SSO up replace all settings, and the domains and the redirect URL with them, even if these are left
//!   out. Send the domains each time.
//! - [`tenant().update`](crate::descope_management::tenant::Tenant::update) clears what the request leaves out;
//!   [`tenant().patch`](crate::descope_management::tenant::Tenant::patch) doesn't.
//! - A tenant can have several configurations: make a further one by
//!   [`sso_settings().create`](crate::descope_management::sso_settings::SsoSettings::create), and pass its `sso_id` in every
//!   call about it. Without one, the call is about the default configuration.
//! - After a change of mappings, users keep their old roles until
//!   [`recalculate_mappings`](crate::descope_management::sso_settings::SsoSettings::recalculate_mappings) is called or they
//!   sign in again.
//! - [`tenant().delete`](crate::descope_management::tenant::Tenant::delete) with `cascade` deletes the users and access keys
//!   that belong to this tenant alone.
//!
//! # What may go wrong
//!
//! A name or an ID that is taken is refused with 400; Descope doesn't document the code. A mapping needs a role that exists:
//! see [roles](super::roles). For users that an identity provider manages itself, see [`scim`](crate::descope_management::scim).
