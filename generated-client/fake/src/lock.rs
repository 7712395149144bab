//! State that the connections of a fake share.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The value of a mutex. A test that has panicked meanwhile doesn't keep others from it.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
