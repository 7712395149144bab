//! Secrets: how tokens, codes and passwords stay out of logs and memory.
//!
//! # What is never printed
//!
//! A value that the spec marks as a secret is a [`Secret`](crate::Secret). `Debug` shows `Secret(..)` in its place, and it has
//! no `Display`. So every request, response, client and error of this crate can be logged.
//!
//! ```
//! use generated_client::descope::oauth::ExchangeRequest;
//!
//! let request = ExchangeRequest::new("7d1f0c2e");
//! assert_eq!(format!("{request:?}"), "ExchangeRequest { code: Secret(..) }");
//! assert_eq!(request.code.expose(), "7d1f0c2e");
//! ```
//!
//! - JSON of any form is shown as an outline, unless the spec says that it holds no secret.
//! - Of a text of the server, `Debug` and `Display` show the words that are known, such as names of the spec, and numbers
//!   that count something. [`message`](crate::runtime::Error::message) and [`body`](crate::runtime::ApiError::body) return
//!   all of it: don't log them, since a server may repeat what it was sent.
//! - Nothing but names, statuses and times is [traced](crate::guide::tracing).
//! - Arguments that are secret stand in the URL of calls that a browser makes, which
//!   [`url`](crate::runtime::Call::url) returns: don't log it either.
//!
//! # What is overwritten
//!
//! The memory of what held a secret is overwritten when it is dropped: of a `Secret`, of the body of a request, of the value
//! of a header that the client sends, of the body of an error, and of what is decoded from a response. The body of a response
//! that came in one piece, as most do, isn't copied from where the HTTP client has it; one that came in several pieces is
//! overwritten, too. `==` on secrets takes constant time.
//!
//! This memory can't be overwritten from here: the buffers of reqwest, of hyper and of the TLS library, a URL, the headers of
//! a response, and copies that your own code makes. So pass secrets on as they are:
//!
//! ```no_run
//! # use generated_client::descope;
//! # async fn example(descope: descope::Client, code: String) -> Result<(), descope::Error> {
//! let session = descope.oauth().exchange(code).send().await?;
//! let user = descope.with_refresh_token(session.refresh_jwt); // moved, not copied
//! # Ok(())
//! # }
//! ```
//!
//! # Where a secret may go
//!
//! A credential goes to the scheme, host and port of the client's base URL, and to servers that the program names by
//! [`server`](crate::runtime::Builder::server). Redirects aren't followed. Plain HTTP is refused, except on this machine, and
//! so is a proxy for a service on this machine.
