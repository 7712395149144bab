//! What the benchmark `runtime` measures: three clients of one operation, and a server for them.
//!
//! The operation is `oauth_exchange` of Descope: a `POST` with a small body, and a session for the response.
//!
//! - `session`: the response;
//! - `server`: sends it in response to every request;
//! - `hand_written`: the client that a careful engineer writes with reqwest and serde;
//! - `plain`: the client that plain progenitor generates;
//! - `side`: these two and our own in one form;
//! - `table`: the result as it is printed.

mod hand_written;
mod plain;
pub mod server;
pub mod session;
mod side;
pub mod table;

pub use generated_client::descope::Client as Ours;
pub use hand_written::Descope as HandWritten;
pub use plain::Client as Plain;
pub use side::Side;
