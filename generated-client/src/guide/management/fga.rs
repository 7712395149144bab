//! Fine-grained authorization (FGA, ReBAC, ABAC): how an application asks whether a user may do something with a resource.
//!
//! A schema says which relations there are, such as `owner` of a `doc`, and which follow from others. Relations are saved for
//! single resources and users, and a check asks whether one holds.
//!
//! | step | call |
//! | --- | --- |
//! | 1 | [`fga().dry_run_schema`](crate::descope_management::fga::Fga::dry_run_schema): what the new schema would delete |
//! | 2 | [`fga().save_schema`](crate::descope_management::fga::Fga::save_schema) |
//! | 3 | [`fga().create_relations`](crate::descope_management::fga::Fga::create_relations), whenever a resource changes hands |
//! | 4 | [`fga().check`](crate::descope_management::fga::Fga::check), for each question |
//!
//! # The schema
//!
//! Saving a schema deletes the relations that no longer fit, which can't be undone. So look first:
//!
//! ```
//! use generated_client::descope_management::Client;
//!
//! async fn save(admin: &Client, schema: &str) -> Result<(), Box<dyn std::error::Error>> {
//!     let preview = admin.fga().dry_run_schema(schema).send().await?.deletes_preview.unwrap_or_default();
//!     if preview.has_deletes.unwrap_or_default() {
//!         return Err(format!("the schema would delete {:?} and {:?}", preview.relations, preview.types).into());
//!     }
//!     admin.fga().save_schema(schema).send().await?;
//!     Ok(())
//! }
//! # use generated_client::descope_management::fga::FgaDryRunSchema;
//! # use generated_client::testing::{MockTransport, Response};
//! # use serde_json::json;
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! # let mock = MockTransport::new()
//! #     .example::<FgaDryRunSchema>()
//! #     .respond("fga_dry_run_schema", Response::json(200, &json!({})))
//! #     .respond("fga_save_schema", Response::status(200));
//! # let admin = Client::builder("P2abc", "K2abc").transport(mock.clone()).build()?;
//! # let schema = "model AuthZ 1.0\n\ntype user\n\ntype doc\n  relation owner: user\n";
//! # assert!(save(&admin, schema).await.is_err());
//! # save(&admin, schema).await?;
//! # assert_eq!(mock.requests()[2].json()["dsl"], schema);
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Relations and checks
//!
//! ```
//! use generated_client::descope_management::{Client, Error, fga::FgaTuple};
//!
//! fn owner(doc: &str, user_id: &str) -> FgaTuple {
//!     FgaTuple::new(doc, "doc", "owner", user_id, "user")
//! }
//!
//! async fn hand_over(admin: &Client, doc: &str, from: &str, to: &str) -> Result<(), Error> {
//!     admin.fga().create_relations([owner(doc, to)]).send().await?;
//!     admin.fga().delete_relations([owner(doc, from)]).send().await?;
//!     Ok(())
//! }
//!
//! /// Whether the user owns the document. What isn't in the response isn't allowed.
//! async fn owns(admin: &Client, doc: &str, user_id: &str) -> Result<bool, Error> {
//!     let response = admin.fga().check([owner(doc, user_id)]).send().await?;
//!     Ok(response.tuples.first().is_some_and(|result| result.allowed))
//! }
//! # use generated_client::descope_management::fga::FgaCheck;
//! # use generated_client::testing::{MockTransport, Response};
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! # let mock = MockTransport::new()
//! #     .respond("fga_create_relations", Response::status(200))
//! #     .respond("fga_delete_relations", Response::status(200))
//! #     .example::<FgaCheck>();
//! # let admin = Client::builder("P2abc", "K2abc").transport(mock.clone()).build()?;
//! # hand_over(&admin, "roadmap", "U2aAc", "U2bBc").await?;
//! # assert!(owns(&admin, "roadmap", "U2bBc").await?);
//! # assert_eq!(mock.requests()[1].json()["tuples"][0]["target"], "U2aAc");
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Traps
//!
//! - A question that fails isn't a permission: refuse access when the call fails.
//! - A condition of the schema that can't be evaluated isn't an error. The tuple is not allowed, and `conditional_err` in
//!   `info` says why; values for conditions are set by `context`.
//! - [`fga().delete_all_relations`](crate::descope_management::fga::Fga::delete_all_relations) deletes the relations of the
//!   whole project.
//! - Several questions fit into one call of `check`, and the results come in the order of the questions.
//! - An application that caches results asks
//!   [`authz().modified`](crate::descope_management::authz::Authz::modified) what has changed since its last question, which
//!   may be 24 hours ago at most, and drops everything if `schema_changed` is true.
//! - [`authz`](crate::descope_management::authz) works on the same data, with the schema in its parsed form.
//!
//! # What may go wrong
//!
//! A schema with a fault, and a tuple whose type or relation isn't in the schema, are refused with 400; the text of the error
//! is in [`message`](crate::runtime::Error::message).
