//! Clients that carry canaries for credentials.

use std::time::Duration;

use generated_client::runtime::{
    AnyClient, Builder, OperationInfo, RetryBudget, RetryPolicy, SchemeRole, SecurityScheme,
};
use generated_client::services;
use generated_client::testing::Recorder;

use super::canaries::Canary;
use super::plan::{CREDENTIALS, form};
use super::service::{builder, debugged};

/// The clients of all services, one for each credential that they can carry.
pub(crate) struct Clients {
    /// By the service and the scheme of the credential, which is empty for one that carries none.
    callers: Vec<(&'static str, &'static str, AnyClient)>,
    /// The canaries that are credentials.
    pub(crate) secrets: Vec<Canary>,
    /// What is printed of the clients and of what they are built from.
    pub(crate) printed: Vec<String>,
}

/// What is sent again looks like what was sent first, so one more attempt shows all, and the pause is short.
const RETRIES: RetryPolicy = RetryPolicy::new()
    .max_attempts(2)
    .initial_backoff(Duration::from_millis(1))
    .rate_limit_delay(Duration::ZERO);

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
        Self::with(url, round, timeout, &|builder| builder.http_client_builder(http())).unwrap()
    }

    /// Clients that send by an HTTP client which was brought; none if it is refused.
    pub(crate) fn brought(
        url: &str,
        round: usize,
        timeout: Duration,
        http: &reqwest::Client,
    ) -> Option<Self> {
        Self::with(url, round, timeout, &|builder| builder.http_client(http.clone()))
    }

    /// Clients that send by way of a recorder.
    pub(crate) fn recorded(url: &str, round: usize, timeout: Duration, recorder: &Recorder) -> Self {
        Self::with(url, round, timeout, &|builder| builder.transport(recorder.clone())).unwrap()
    }

    fn with(
        url: &str,
        round: usize,
        timeout: Duration,
        brought: &dyn Fn(Builder<AnyClient>) -> Builder<AnyClient>,
    ) -> Option<Self> {
        let mut clients = Self { callers: Vec::new(), secrets: Vec::new(), printed: Vec::new() };
        for service in services() {
            let name = service.spec.name;
            let of_role = |role| move |scheme: &&SecurityScheme| scheme.role == role;
            let schemes = || service.spec.schemes.iter();
            let header = clients.secret(round);
            let mut builder = builder(service, url).header("x-canary", header);
            let settings = schemes().filter(of_role(SchemeRole::Part));
            for setting in settings.chain(schemes().filter(of_role(SchemeRole::Setting))) {
                builder = builder.value(setting.name, &clients.secret(round));
            }
            // The first that every client carries names a project; what stands beside it is secret.
            for key in schemes().filter(of_role(SchemeRole::Base)).skip(1) {
                builder = builder.value(key.name, &clients.secret(round));
            }
            let builder = brought(builder.timeout(timeout).retry_policy(RETRIES));
            // Every failure is followed by a second attempt, however many there are.
            let builder = builder.retry_budget(RetryBudget::unlimited());
            clients.printed.extend(debugged(&builder));
            let client = builder.build().ok()?;
            let base: Vec<_> =
                schemes().filter(of_role(SchemeRole::Base)).map(|scheme| scheme.name).collect();
            for base in if base.is_empty() { vec![""] } else { base } {
                clients.callers.push((name, base, client.clone()));
            }
            for carried in schemes().filter(of_role(SchemeRole::Carried)) {
                let client = client.with_value(carried.name, &clients.secret(round)).unwrap();
                clients.callers.push((name, carried.name, client));
            }
        }
        let printed: Vec<String> =
            clients.callers.iter().flat_map(|(_, _, client)| debugged(client)).collect();
        clients.printed.extend(printed);
        Some(clients)
    }

    /// The text of one more canary that is a credential.
    fn secret(&mut self, round: usize) -> String {
        assert!(self.secrets.len() < CREDENTIALS, "there are too few canaries for all credentials");
        let canary = credential(self.secrets.len(), round);
        let text = canary.text();
        self.secrets.push(canary);
        text
    }

    /// A client for each credential that the operation takes; any client of the service where it takes none.
    pub(crate) fn of(&self, info: &OperationInfo) -> Vec<&AnyClient> {
        let of_service = self.callers.iter().filter(|(service, _, _)| *service == info.service);
        if info.spec.credentials.is_empty() {
            return of_service.take(1).map(|(_, _, caller)| caller).collect();
        }
        let taken: Vec<&AnyClient> = of_service
            .filter(|(_, scheme, _)| info.spec.credentials.contains(scheme))
            .map(|(_, _, caller)| caller)
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
pub(crate) fn credential(number: usize, round: usize) -> Canary {
    (0..)
        .map(|turn| Canary { form: form(number, round + turn), number })
        .find(|canary| canary.text().bytes().all(|byte| byte.is_ascii_graphic() && byte != b':'))
        .unwrap()
}
