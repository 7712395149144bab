//! What connects sessions to a client.

use super::SessionsBuilder;
use crate::descope::Client;
use crate::sessions::KeysUnavailable;
use crate::sessions::keys::{FetchKeys, Fetching};
use std::time::Duration;

/// How long a fetch of the keys may take, with all its attempts.
const TIMEOUT: Duration = Duration::from_secs(5);

impl Client {
    /// Starts building what validates the session tokens of the project.
    ///
    /// Build it once and clone it: what it builds keeps the keys of the project, and whoever builds another one fetches
    /// them anew.
    pub fn sessions(&self) -> SessionsBuilder {
        let [session, refresh] = self.cookie_names();
        SessionsBuilder::new(self.project_id().to_owned(), Some(self.clone())).cookie_names(session, refresh)
    }
}

pub(super) fn fetch_keys(client: Client, project_id: String) -> impl FetchKeys {
    move || -> Fetching {
        let call = client.keys().get_v2(project_id.clone()).timeout(TIMEOUT);
        Box::pin(async move {
            match call.send_raw().await {
                Ok(response) => Ok(response.body().to_vec()),
                Err(error) => Err(KeysUnavailable::new(error.to_string())),
            }
        })
    }
}
