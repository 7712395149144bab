//! What connects sessions to a client.

use super::{SessionsBuilder, USUAL_ISSUER};
use crate::nhost::Client;
use crate::sessions::KeysUnavailable;
use crate::sessions::keys::{FetchKeys, Fetching};
use std::time::Duration;

/// How long a fetch of the keys may take, with all its attempts.
const TIMEOUT: Duration = Duration::from_secs(5);

impl Client {
    /// Starts building what validates the access tokens of the server.
    ///
    /// Build it once and clone it: what it builds keeps the keys of the server, and whoever builds another one fetches them
    /// anew.
    pub fn sessions(&self) -> SessionsBuilder {
        let url = self.base_url().trim_end_matches('/').to_owned();
        SessionsBuilder::new(vec![USUAL_ISSUER.to_owned(), url], Some(self.clone()))
    }
}

pub(super) fn fetch_keys(client: Client) -> impl FetchKeys {
    move || -> Fetching {
        let call = client.system().jwks().timeout(TIMEOUT);
        Box::pin(async move {
            match call.send_raw().await {
                Ok(response) => Ok(response.body().to_vec()),
                Err(error) => Err(KeysUnavailable::new(error.to_string())),
            }
        })
    }
}
