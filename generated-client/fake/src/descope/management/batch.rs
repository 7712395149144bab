//! Batches that are done as a whole.

use crate::descope::errors::ServiceError;
use crate::descope::state::Descope;

/// Does what a batch asks for: all of it, or nothing if a part of it is refused.
pub(super) fn all_or_nothing<T>(
    state: &mut Descope,
    act: impl FnOnce(&mut Descope) -> Result<T, ServiceError>,
) -> Result<T, ServiceError> {
    let users = state.users.clone();
    let directory = state.directory.clone();
    let access_keys = state.access_keys.clone();
    let sessions = state.sessions.clone();
    let outcome = act(state);
    if outcome.is_err() {
        (state.users, state.directory) = (users, directory);
        (state.access_keys, state.sessions) = (access_keys, sessions);
    }
    outcome
}
