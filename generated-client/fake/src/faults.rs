//! What goes wrong on demand.

use serde_json::Value;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use crate::lock::lock;

/// What goes wrong with a call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The call is one too many: status 429 in the form of the service, and nothing happens.
    RateLimited {
        /// The header `Retry-After`, in seconds.
        retry_after: Option<u64>,
    },
    /// The call works, and its response comes after this time.
    Slow(Duration),
    /// The connection is reset before anything happens.
    ResetBefore,
    /// The call takes effect, and the connection is reset in place of a response.
    ResetAfter,
    /// The call takes effect, and half of its response comes.
    CutOff,
    /// A page of a proxy with status 502 in place of a response, and nothing happens.
    Html,
    /// Status 500 with an empty body, and nothing happens.
    ServerError,
}

/// The faults that calls will meet. Its clones are the same faults.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults {
    next: Arc<Mutex<HashMap<String, VecDeque<Fault>>>>,
}

impl Faults {
    /// The next call of the operation meets this fault, after those that it is to meet already.
    pub(crate) fn add(&self, operation: &str, fault: Fault) {
        self.lock().entry(operation.to_owned()).or_default().push_back(fault);
    }

    /// The fault that a call of the operation meets now.
    pub(crate) fn take(&self, operation: &str) -> Option<Fault> {
        self.lock().get_mut(operation)?.pop_front()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, VecDeque<Fault>>> {
        lock(&self.next)
    }
}

/// The words for faults in `POST /_fake/faults`.
pub(crate) const WORDS: &str = "rate-limited, slow, reset-before, reset-after, cut-off, html or server-error";

/// The fault that a request to `/_fake/faults` describes: `{"fault": "slow", "milliseconds": 500}`.
pub(crate) fn described(body: &Value) -> Option<Fault> {
    Some(match body.get("fault")?.as_str()? {
        "rate-limited" => Fault::RateLimited { retry_after: body.get("retryAfter").and_then(Value::as_u64) },
        "slow" => {
            let milliseconds = body.get("milliseconds").and_then(Value::as_u64).unwrap_or(1000);
            Fault::Slow(Duration::from_millis(milliseconds))
        }
        "reset-before" => Fault::ResetBefore,
        "reset-after" => Fault::ResetAfter,
        "cut-off" => Fault::CutOff,
        "html" => Fault::Html,
        "server-error" => Fault::ServerError,
        _ => return None,
    })
}
