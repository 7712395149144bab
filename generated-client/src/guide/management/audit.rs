//! The audit log: how its records are copied to another system.
//!
//! Records go back 30 days, come in pages of at most 1000, and only about ten searches a minute are accepted. So copy them
//! now and then, such as every hour, from where the last copy ended:
//!
//! ```
//! use generated_client::descope_management::audit::AuditRecord;
//! use generated_client::descope_management::{Client, Error};
//!
//! const PAGE: i32 = 1000;
//!
//! /// All records between two times, in milliseconds since the epoch, the oldest first.
//! async fn export(admin: &Client, from: i64, to: i64) -> Result<Vec<AuditRecord>, Error> {
//!     let mut records = Vec::new();
//!     for page in 0.. {
//!         let search = admin.audit().search().from(from).to(to).oldest_first(true);
//!         let response = search.size(PAGE).page(page).send().await?;
//!         let is_last = response.audits.len() < PAGE as usize;
//!         records.extend(response.audits);
//!         if is_last {
//!             break;
//!         }
//!     }
//!     Ok(records)
//! }
//! # use generated_client::testing::{Canned, Reply};
//! # use serde_json::json;
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! # let record = json!({"action": "LoginSucceed", "occurred": "1767225600000"});
//! # let canned = Canned::new()
//! #     .reply("audit_search", Reply::json(200, &json!({"audits": vec![record.clone(); 1000], "total": 1001})))
//! #     .reply("audit_search", Reply::json(200, &json!({"audits": [record], "total": 1001})));
//! # let admin = Client::builder("P2abc", "K2abc").transport(canned.clone()).build()?;
//! # assert_eq!(export(&admin, 1_767_139_200_000, 1_767_225_600_001).await?.len(), 1001);
//! # assert_eq!(canned.requests()[1].json()["page"], 1);
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Traps
//!
//! - Set `to`, and keep it over all pages: without it, new records move the pages while you read them.
//! - Times are in milliseconds here, but in seconds almost everywhere else in the management API.
//! - Begin the next copy a little before the end of the last one, and leave out records whose `id` you have: a record may
//!   be written some time after it `occurred`.
//! - `data` is free-form and holds personal data. The client prints only its outline.
//! - To get records as they are written, instead of asking for them, send them to a URL:
//!   [`audit().set_webhook`](crate::descope_management::audit::Audit::set_webhook).
//! - [`audit().create_event`](crate::descope_management::audit::Audit::create_event) adds a record of your own.
//!
//! # What may go wrong
//!
//! After 429, `is_rate_limited` is true, and `retry_after` says how long to wait; then ask for the same page again. A time
//! more than 30 days ago is refused, or counts as 30 days ago: Descope doesn't document which.
