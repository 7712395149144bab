//! Features, and what each costs to compile.
//!
//! # What each switches on
//!
//! | feature | what it switches on |
//! | --- | --- |
//! | `descope`, `nhost` | all groups of a service (both are on by default) |
//! | `descope-management` | all groups of Descope's management API |
//! | `descope-oauth`, `nhost-signin`, ... | one group; the documentation of each item says which it needs |
//! | `rustls` | TLS by rustls (on by default) |
//! | `native-tls` | TLS by the system's library |
//! | `tracing` | calls are [traced](crate::guide::tracing) (on by default) |
//! | `sessions` | [`sessions`](crate::sessions): the tokens of requests are checked here, without asking the service |
//! | `cookies` | sessions in cookies: what to set, and what to read of a request |
//! | `tower` | [`sessions::web`](crate::sessions::web): a layer that knows the sessions of requests, and one that lets only some of them pass |
//! | `axum` | sessions, and rules that they have to meet, are extractors of axum |
//! | `stream` | the items of a list that comes in [pages](crate::runtime::Pages) are a `Stream`, and so are the [chunks](crate::runtime::Chunks) of a response and the states of a wait for a session; the bytes of a request can come from a [stream, a reader or a file](crate::runtime::Binary#streams) |
//! | `pkce` | [`redirects`](crate::redirects): PKCE verifiers, and the state that ties a callback to the browser that began the sign-in |
//! | `both-directions` | types of requests can be read, and types of responses written: for storing responses and for fixtures |
//! | `operations` | a table of all operations with the shapes of their requests and responses, and calls by an operation's ID |
//! | `multipart` | bodies can be forms with parts, such as files; the groups that have any switch it on |
//! | `patterns` | arguments and members of bodies are checked against the patterns that the spec gives |
//! | `chrono`, `jiff`, `time` | a [`Timestamp`](crate::Timestamp) is converted from and to the types of that library |
//! | `test-util` | [`testing`](crate::testing): errors, responses and transports for the tests of applications, and for sessions a clock and a signer of tokens: see [testing](crate::guide::testing) |
//! | `cli` | the program `authctl`, which calls any operation of all services from the shell |
//!
//! HTTP/2, compression and the proxy settings of the system are reqwest's features: switch them on at your own dependency on
//! `reqwest`. The proxy variables of the environment, such as `HTTPS_PROXY`, count for every service that isn't on this
//! machine, unless you bring a `reqwest::ClientBuilder` or a `reqwest::Client` that says otherwise.
//!
//! # What each costs
//!
//! The number of crates on Linux, this one included. What only build scripts need is not counted:
//!
//! | features | crates |
//! | --- | --- |
//! | `descope-otp`, `descope-session`, and TLS that you bring | 76 |
//! | the same with `rustls` | 87 |
//! | the same with `native-tls` | 88 |
//! | the default ones | 88 |
//! | `cli` and `rustls` | 106 |
//!
//! | switched on in addition | more crates |
//! | --- | --- |
//! | any other group, `tracing`, `stream`, `operations`, `both-directions` | none |
//! | `patterns`, which some groups of Nhost Auth need | 1 |
//! | `sessions`, `chrono`, `jiff` | 2 each |
//! | `test-util` | 3, those of `sessions` included |
//! | `time` | 5 |
//! | `pkce` | 9 |
//! | `cookies`, `tower` | 9, those of `sessions` included |
//! | `axum` | 11, those of `tower` included |
//!
//! A program that makes two calls, built from nothing. The seconds are processor time of one machine, so compare the lines
//! with each other. The last line was measured later, and is scaled by the first:
//!
//! | features | debug build | release build | program, stripped |
//! | --- | --- | --- | --- |
//! | `descope-otp`, `descope-session`, and TLS that you bring | 35 s | 58 s | 2.4 MB, without TLS |
//! | the same with `rustls` | 74 s | 128 s | 6.3 MB |
//! | the same with `native-tls` | 53 s | 90 s | 2.6 MB, and the system's OpenSSL |
//!
//! Most of the time goes into the crates below: the HTTP client, the asynchronous runtime and TLS, of which rustls builds
//! a cryptographic library in C. A group of operations adds little, and an operation that isn't called is not in the program.
//! For a small build, switch the default features off, and choose the groups that you call:
//!
//! ```toml
//! [dependencies]
//! generated-client = { version = "0.1", default-features = false, features = ["descope-otp", "descope-session", "rustls"] }
//! ```
