//! The three clients in one form.

use std::error::Error;
use std::fmt::Debug;
use std::future::Future;

use generated_client::descope;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{hand_written, plain};

const PROJECT_ID: &str = "P2aAc4T2V93bddihGEx2Ryhc8e5Z";
const CODE: &str = "7d1f0c2e4b6a4f0f9c1d2e3f4a5b6c7d";

/// A client of the operation. Its clones share their connections.
pub trait Side: Clone + Send + Sync + Sized + 'static {
    /// The type that the response is decoded into.
    type Session: Debug + DeserializeOwned + Serialize + Send;

    /// A client of the server under this URL.
    ///
    /// # Errors
    ///
    /// If the settings can't be used.
    fn at(base_url: &str) -> Result<Self, Box<dyn Error>>;

    /// Makes one call; returns nothing if it failed.
    fn call(&self) -> impl Future<Output = Option<Self::Session>> + Send;
}

impl Side for descope::Client {
    type Session = descope::JwtResponse;

    fn at(base_url: &str) -> Result<Self, Box<dyn Error>> {
        Ok(Self::builder(PROJECT_ID).base_url(base_url).build()?)
    }

    async fn call(&self) -> Option<Self::Session> {
        self.oauth().exchange(CODE).send().await.ok()
    }
}

impl Side for hand_written::Descope {
    type Session = hand_written::Session;

    fn at(base_url: &str) -> Result<Self, Box<dyn Error>> {
        Ok(Self::new(base_url, PROJECT_ID)?)
    }

    async fn call(&self) -> Option<Self::Session> {
        self.exchange(CODE).await.ok()
    }
}

impl Side for plain::Client {
    type Session = plain::types::JwtResponse;

    fn at(base_url: &str) -> Result<Self, Box<dyn Error>> {
        // This client has no notion of credentials, so the HTTP client sends one with every request.
        let mut credential = HeaderValue::try_from(format!("Bearer {PROJECT_ID}"))?;
        credential.set_sensitive(true);
        let headers = HeaderMap::from_iter([(AUTHORIZATION, credential)]);
        let http = hand_written::settings(PROJECT_ID).default_headers(headers).build()?;
        Ok(Self::new_with_client(base_url, http))
    }

    async fn call(&self) -> Option<Self::Session> {
        let call = self.oauth_exchange().body_map(|body| body.code(CODE));
        call.send().await.ok().map(progenitor_client::ResponseValue::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{server, session};

    /// A side that read less would do less work than the others, and the comparison would be worthless.
    fn reads_the_whole_session<S: Side>() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let address = server::start(session::body().unwrap()).unwrap();
        let side = S::at(&format!("http://{address}")).unwrap();
        let decoded = runtime.block_on(side.call()).unwrap();
        assert_eq!(serde_json::to_value(&decoded).unwrap(), session::value().unwrap());
    }

    #[test]
    fn our_side_reads_the_whole_session() {
        reads_the_whole_session::<descope::Client>();
    }

    #[test]
    fn the_hand_written_side_reads_the_whole_session() {
        reads_the_whole_session::<hand_written::Descope>();
    }

    #[test]
    fn the_plain_side_reads_the_whole_session() {
        reads_the_whole_session::<plain::Client>();
    }
}
