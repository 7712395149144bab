//! Tracing: what logs and dashboards see of calls.
//!
//! With the feature `tracing`, every call is a span named `call` of level `INFO`, and what happens
//! in it are events. The target is `generated_client`.
//!
//! | event | level | when |
//! | --- | --- | --- |
//! | `answered` | `DEBUG` | an attempt had a response of success |
//! | `an attempt failed, another follows` | `INFO` | after each attempt but the last |
//! | `an attempt failed, and the retry budget is spent` | `WARN` | after an attempt that another would follow otherwise |
//! | `the last attempt failed` | `DEBUG` | after the last attempt |
//! | `the call failed` | `DEBUG` if the service refused the request (4xx but 429), else `WARN` | once, at the end |
//!
//! So every attempt is one event, and every call that fails is one more. These are all their
//! fields, named as OpenTelemetry does where it has a name:
//!
//! | field | on | what it is |
//! | --- | --- | --- |
//! | `service` | span, `the call failed` | `descope` or `nhost` |
//! | `operation` | span, `the call failed` | the operation's id: `oauth_exchange` |
//! | `http.request.method` | span | `POST` |
//! | `url.template` | span | the path as the service documents it: `/users/{id}`, without any argument |
//! | `http.response.status_code` | span, events | the status of the response, if there is one |
//! | `http.request.resend_count` | span, events of attempts | how often the request had been sent before; absent if never |
//! | `duration_ms` | span, events of attempts | how long it took in milliseconds; of a span, pauses included |
//! | `retry_delay_ms` | events of attempts | how long the pause before the next attempt is |
//! | `retry_budget` | events of attempts | how many tokens of the retry budget are left, where another attempt follows or would |
//! | `error.type` | span, events | the kind of failure, a word of the next table |
//!
//! | `error.type` | what went wrong |
//! | --- | --- |
//! | `invalid_request` | the request is invalid, because of an argument or the credential, and was not sent |
//! | `connect` | no connection was made, or there was no time to |
//! | `unsent` | the connection was closed before any of the request was written |
//! | `timeout` | the response was not there in time |
//! | `broken_request` | the body of the request, which was a stream, broke off |
//! | `no_response` | the connection failed before there was a response |
//! | `broken_response` | the connection failed within the response |
//! | `status` | the response is an error |
//! | `too_large` | the response has more bytes than allowed |
//! | `invalid_response` | the response can't be read |
//!
//! No header, no query, no body and no text of the service is traced, so nothing of it needs
//! redacting. A span that was closed without a `duration_ms` is of a call that was dropped.
//! What the crates below trace for themselves is not ours.
