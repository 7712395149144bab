//! Clients that carry canaries for credentials.

use std::time::Duration;

use generated_client::runtime::{OperationInfo, RetryPolicy};
use generated_client::{descope, nhost};

use super::canaries::Canary;
use super::plan::form;
use super::service::{Caller, debugged};

/// The clients of both services, one for each credential that they can carry.
pub(crate) struct Clients {
    callers: Vec<(&'static str, &'static str, Box<dyn Caller>)>,
    /// The canaries that are credentials.
    pub(crate) secrets: Vec<Canary>,
    /// What is printed of the clients and of what they are built from.
    pub(crate) printed: Vec<String>,
}

/// What is sent again looks like what was sent first, so one more attempt shows all, and the pause is short.
const RETRIES: RetryPolicy = RetryPolicy::new().attempts(2).first_delay(Duration::from_millis(1));

const PROJECT: &str = "P2aAc4T2V93bddihGEx2Ryhc8e5Z";

impl Clients {
    /// Clients of a server, with credentials in the forms of this round.
    pub(crate) fn at(url: &str, round: usize, timeout: Duration) -> Self {
        let http = || reqwest::Client::builder().no_proxy();
        Self::built(url, round, timeout, &http)
    }

    pub(crate) fn built(
        url: &str,
        round: usize,
        timeout: Duration,
        http: &dyn Fn() -> reqwest::ClientBuilder,
    ) -> Self {
        let secrets: Vec<Canary> = (0..7).map(|number| credential(number, round)).collect();
        let [refresh, session, access, management, auth, token, header] =
            [0, 1, 2, 3, 4, 5, 6].map(|number: usize| secrets[number].text());

        let descope = descope::Client::builder(PROJECT).auth_management_key(auth).header("x-canary", &header);
        let descope = descope.base_url(url).timeout(timeout).retries(RETRIES).http(http());
        let nhost = nhost::Client::builder(url).header("x-canary", &header).timeout(timeout).retries(RETRIES);
        let nhost = nhost.http(http());
        let mut printed = [debugged(&descope), debugged(&nhost)].concat();

        let (descope, nhost) = (descope.build().unwrap(), nhost.build().unwrap());
        let callers: Vec<(_, _, Box<dyn Caller>)> = vec![
            ("descope", "project_id", Box::new(descope.clone())),
            ("descope", "refresh_token", Box::new(descope.with_refresh_token(refresh))),
            ("descope", "session_token", Box::new(descope.with_session_token(session))),
            ("descope", "access_key", Box::new(descope.with_access_key(access))),
            ("descope", "management_key", Box::new(descope.with_management_key(management))),
            ("nhost", "access_token", Box::new(nhost.with_access_token(token))),
            ("nhost", "", Box::new(nhost)),
        ];
        printed.extend(callers.iter().flat_map(|(_, _, caller)| debugged(caller)));
        Self { callers, secrets, printed }
    }

    /// A client for each credential that the operation takes; any client of the service where it takes none.
    pub(crate) fn of(&self, info: &OperationInfo) -> Vec<&dyn Caller> {
        let of_service = self.callers.iter().filter(|(service, _, _)| *service == info.service);
        if info.spec.credentials.is_empty() {
            return of_service.take(1).map(|(_, _, caller)| &**caller).collect();
        }
        let taken: Vec<&dyn Caller> = of_service
            .filter(|(_, scheme, _)| info.spec.credentials.contains(scheme))
            .map(|(_, _, caller)| &**caller)
            .collect();
        assert_eq!(
            taken.len(),
            info.spec.credentials.len(),
            "the test lacks a credential of {}",
            info.spec.id
        );
        taken
    }
}

/// A canary that can be sent as a credential: those that can't are replaced by a form that can.
fn credential(number: usize, round: usize) -> Canary {
    (0..)
        .map(|turn| Canary { form: form(number, round + turn), number })
        .find(|canary| canary.text().bytes().all(|byte| byte.is_ascii_graphic() && byte != b':'))
        .unwrap()
}
