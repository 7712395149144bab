//! The audit log: how its records are copied to another system.
//!
//! Records go back 30 days, come in pages of at most 1000, and only about ten searches a minute are accepted. So copy them
//! now and then, such as every hour, from where the last copy ended:
//!
//! ```
//! use generated_client::descope_management::audit::AuditRecord;
//! use generated_client::descope_management::{Client, Error};
//!
//! /// Hands over all records between two times, in milliseconds since the epoch, the oldest first.
//! async fn export(admin: &Client, from: i64, to: i64, mut write: impl FnMut(AuditRecord)) -> Result<(), Error> {
//!     let search = admin.audit().search().from(from).to(to).oldest_first(true).size(1000);
//!     let mut records = search.items();
//!     while let Some(record) = records.next_item().await? {
//!         write(record);
//!     }
//!     Ok(())
//! }
//! # use generated_client::testing::{MockTransport, Response};
//! # use serde_json::json;
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! # let record = json!({"action": "LoginSucceed", "occurred": "1767225600000"});
//! # let mock = MockTransport::new()
//! #     .respond("audit_search", Response::json(200, &json!({"audits": vec![record.clone(); 1000], "total": 1001})))
//! #     .respond("audit_search", Response::json(200, &json!({"audits": [record], "total": 1001})));
//! # let admin = Client::builder("P2abc", "K2abc").transport(mock.clone()).build()?;
//! # let mut written = Vec::new();
//! # export(&admin, 1_767_139_200_000, 1_767_225_600_001, |record| written.push(record)).await?;
//! # assert_eq!(written.len(), 1001);
//! # assert_eq!(written[1000].occurred, 1_767_225_600_000);
//! # let sent = mock.requests();
//! # assert_eq!(sent.len(), 2);
//! # assert_eq!(sent[1].json()["page"], 1);
//! # assert_eq!(sent[1].json()["to"], 1_767_225_600_001_i64);
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`items`](crate::runtime::Call::items) asks for the next page when the records of the last one are used up, and
//! [`pages`](crate::runtime::Call::pages) gives whole pages. With the feature `stream`, `into_stream` gives the records as a
//! stream.
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
//! After 429, `is_rate_limited` is true, and `retry_after` says how long to wait. The client waits by itself if the call has
//! time for it. After an error, `next_item` asks for the same page again, so no record is lost. A time more than 30 days ago is
//! refused, or counts as 30 days ago: Descope doesn't document which.
