//! The HTTP client that sends the requests: how it is built, and which ones from outside are accepted.

use super::clients::{Clients, Make, Pool};
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::request::url;
use crate::runtime::value::remedy::Remedy;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Url};
use std::error::Error;
use std::time::Duration;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long an idle connection is kept. Node closes one after 5 s, most load balancers after 60 s or less. A request that
/// is written while the server closes is lost, and nobody can say whether it was read.
const IDLE_TIMEOUT: Duration = Duration::from_secs(4);

/// How many headers a response may have: twice as many as by default, and a few more. The HTTP client makes room for all
/// of them each time.
const MOST_HEADERS: usize = 208;

/// The HTTP client that a builder was given.
pub(crate) enum Http {
    /// None: it is built here.
    Own,
    /// It is built here from these settings.
    Builder(Box<ClientBuilder>),
    /// It was built elsewhere.
    Client(Client),
}

/// The settings of an HTTP client that is built here. Those that are left out have their defaults.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct HttpSettings {
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) idle_timeout: Option<Duration>,
    pub(crate) idle_per_host: Option<usize>,
    /// Whether a client that accepts invalid certificates is accepted.
    pub(crate) invalid_certificates: bool,
}

impl Http {
    /// The clients for a service at this base URL. Only from our own settings can several be built.
    pub(crate) fn clients(self, base: &Url, settings: HttpSettings) -> Result<Clients, InvalidRequest> {
        let is_own = matches!(self, Self::Own);
        let first = self.client(base, settings)?;
        let base = base.clone();
        let make = move |pool| configured(own(&base), &base, settings.with(pool)).build();
        Ok(Clients::new(first, is_own.then(|| -> Make { Box::new(make) })))
    }

    pub(crate) fn client(self, base: &Url, settings: HttpSettings) -> Result<Client, InvalidRequest> {
        match self {
            Self::Own => build(own(base), base, settings),
            Self::Builder(builder) => {
                checks_certificates(&builder, settings)?;
                keeps_no_cookies(build(*builder, base, settings)?)
            }
            Self::Client(client) => {
                settings.come_too_late()?;
                has_no_proxy_for(base, follows_no_redirects(client)?).and_then(keeps_no_cookies)
            }
        }
    }
}

impl HttpSettings {
    fn with(self, pool: Pool) -> Self {
        match pool {
            Pool::On => self,
            Pool::Off => Self { idle_per_host: Some(0), ..self },
        }
    }

    /// Lets connecting fail well before the shortest attempt ends, unless its time was set. If both ended at once, nobody
    /// could say that nothing was sent.
    pub(crate) fn connect_within(&mut self, time: Option<Duration>) {
        let within = |time: Duration| CONNECT_TIMEOUT.min(time / 2);
        self.connect_timeout = self.connect_timeout.or(time.map(within));
    }

    /// Refuses what can't be set any more when a client has been built.
    fn come_too_late(self) -> Result<(), InvalidRequest> {
        let late = [
            ("connect_timeout", self.connect_timeout.is_some()),
            ("pool_idle_timeout", self.idle_timeout.is_some()),
            ("pool_max_idle_per_host", self.idle_per_host.is_some()),
        ];
        match late.into_iter().find(|(_, is_set)| *is_set) {
            Some((name, _)) => Err(InvalidRequest::new(
                format!("the setting `{name}`"),
                "can't be applied to a finished HTTP client",
            )
            .or(Remedy::new("set it on the `reqwest::ClientBuilder`"))),
            None => Ok(()),
        }
    }
}

/// The settings of our own client. Where there is no TLS, no certificates are loaded, since a machine may have none.
fn own(base: &Url) -> ClientBuilder {
    let builder = Client::builder().connect_timeout(CONNECT_TIMEOUT);
    if base.scheme() == "http" { without_certificates(builder) } else { builder }
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn without_certificates(builder: ClientBuilder) -> ClientBuilder {
    builder.tls_certs_only([])
}

/// Without a TLS library there are no certificates to load.
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn without_certificates(builder: ClientBuilder) -> ClientBuilder {
    builder
}

fn build(builder: ClientBuilder, base: &Url, settings: HttpSettings) -> Result<Client, InvalidRequest> {
    configured(builder, base, settings).build().map_err(unbuilt)
}

/// The builder of a client that sends each request once, to where it is meant to go.
fn configured(builder: ClientBuilder, base: &Url, settings: HttpSettings) -> ClientBuilder {
    let mut builder = builder
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .connection_verbose(false)
        .http1_max_headers(MOST_HEADERS)
        .pool_idle_timeout(settings.idle_timeout.unwrap_or(IDLE_TIMEOUT));
    if let Some(timeout) = settings.connect_timeout {
        builder = builder.connect_timeout(timeout);
    }
    if let Some(most) = settings.idle_per_host {
        builder = builder.pool_max_idle_per_host(most);
    }
    // A proxy is on another machine, and requests to this machine may be unencrypted.
    if url::is_loopback(base) {
        builder = builder.no_proxy();
    }
    builder
}

/// The error for settings that make no client. The reason is in the text, since many programs print nothing else. It
/// repeats none of the settings.
fn unbuilt(error: reqwest::Error) -> InvalidRequest {
    let mut reason: &dyn Error = &error;
    while let Some(cause) = reason.source() {
        reason = cause;
    }
    let reason = reason.to_string();
    let unbuilt = invalid(format!("can't be built ({reason})")).because(error);
    if !reason.contains("certificates") {
        return unbuilt;
    }
    unbuilt
        .or(Remedy::new("install the certificates of the system (often the package `ca-certificates`)"))
        .or(Remedy::new("let `SSL_CERT_FILE` name a file of them"))
        .or(Remedy::by("give a builder that has its own to", "http_client_builder"))
}

/// A client that accepts any certificate shows every credential to whoever responds. The `Debug` text of its builder names
/// both settings that lead to this.
fn checks_certificates(builder: &ClientBuilder, settings: HttpSettings) -> Result<(), InvalidRequest> {
    let shown = format!("{builder:?}");
    let accepts = |setting| shown.contains(setting) && !settings.invalid_certificates;
    if accepts("tls_danger_accept_invalid_certs: true")
        || accepts("tls_danger_accept_invalid_hostnames: true")
    {
        let why = "accepts invalid certificates, so anybody on the network could read every credential";
        return Err(invalid(why)
            .or(Remedy::new("build it without that"))
            .or(Remedy::by("allow it by", "allow_invalid_certificates")));
    }
    Ok(())
}

/// A proxy is on another machine, and would see the credentials of unencrypted requests that are meant for this one. The
/// `Debug` text of a client names its proxies; those of the environment count as one.
pub(super) fn has_no_proxy_for(base: &Url, client: Client) -> Result<Client, InvalidRequest> {
    let is_exposed = base.scheme() == "http" && url::is_loopback(base);
    if is_exposed && format!("{client:?}").contains(", proxies: [") {
        return Err(invalid("may send requests that are meant for this machine to a proxy")
            .or(Remedy::new("build it with `.no_proxy()`"))
            .or(Remedy::by("give its builder to", "http_client_builder")));
    }
    Ok(client)
}

/// A client that follows redirects would send a body with a password in it wherever a response points, and a query with
/// a code in it as `Referer`.
///
/// reqwest has no function that tells the redirect policy of a client. But the `Debug` text of a client names every policy
/// other than the default one, which follows redirects. So a client is accepted only if the text says that it follows none.
/// Nothing else in the client can forge this, since all other texts are printed with their quotes escaped.
fn follows_no_redirects(client: Client) -> Result<Client, InvalidRequest> {
    if format!("{client:?}").contains(r#", redirect_policy: "Policy(None)", "#) {
        Ok(client)
    } else {
        Err(invalid("may follow redirects")
            .or(Remedy::new("build it with `.redirect(reqwest::redirect::Policy::none())`"))
            .or(Remedy::by("give its builder to", "http_client_builder")))
    }
}

/// A cookie that was set for one user would be sent with the calls of the next. The `Debug` text shows a cookie store too.
fn keeps_no_cookies(client: Client) -> Result<Client, InvalidRequest> {
    if format!("{client:?}").contains("{ cookie_store: true, ") {
        Err(invalid("has a cookie store, which all users of the client would share")
            .or(Remedy::new("build it without one")))
    } else {
        Ok(client)
    }
}

fn invalid(why: impl Into<String>) -> InvalidRequest {
    InvalidRequest::new("the HTTP client", why)
}

#[cfg(test)]
mod tests {
    use super::{Http, HttpSettings, Policy};
    use reqwest::header::{HeaderMap, HeaderValue};
    use reqwest::{Client, ClientBuilder, Proxy, Url};
    use std::time::Duration;

    fn client(http: Http, base: &str) -> Result<Client, String> {
        http.client(&Url::parse(base).unwrap(), HttpSettings::default())
            .map_err(|invalid| invalid.to_string())
    }

    fn finished(builder: ClientBuilder) -> Result<Client, String> {
        client(Http::Client(builder.build().unwrap()), "https://a.example")
    }

    #[test]
    fn a_finished_client_is_taken_if_it_follows_no_redirects() {
        let without = || Client::builder().redirect(Policy::none());
        finished(without()).unwrap();
        finished(without().referer(false).no_proxy().timeout(Duration::from_secs(1))).unwrap();
        let proxy = Proxy::all("http://user:pass@proxy.example").unwrap();
        finished(without().proxy(proxy).user_agent("x")).unwrap();
    }

    #[test]
    fn any_other_finished_client_is_refused() {
        // A text elsewhere in the client must not be mistaken for its policy.
        let lie = r#"x, redirect_policy: "Policy(None)", y"#;
        let headers = HeaderMap::from_iter([("x-lie".parse().unwrap(), HeaderValue::from_static(lie))]);
        for builder in [
            Client::builder(),
            Client::builder().redirect(Policy::default()),
            Client::builder().redirect(Policy::limited(0)),
            Client::builder().redirect(Policy::limited(5)),
            Client::builder().redirect(Policy::custom(|attempt| attempt.stop())),
            Client::builder().default_headers(headers.clone()),
            Client::builder().default_headers(headers).redirect(Policy::limited(5)),
        ] {
            assert_eq!(
                finished(builder).unwrap_err(),
                "the HTTP client may follow redirects: build it with \
                 `.redirect(reqwest::redirect::Policy::none())`, or give its builder to `http_client_builder`"
            );
        }
    }

    #[test]
    fn a_setting_that_only_a_builder_takes_is_refused_with_a_finished_client() {
        let base = Url::parse("https://a.example").unwrap();
        let none = HttpSettings::default();
        let second = Some(Duration::from_secs(1));
        for (name, settings) in [
            ("connect_timeout", HttpSettings { connect_timeout: second, ..none }),
            ("pool_idle_timeout", HttpSettings { idle_timeout: second, ..none }),
            ("pool_max_idle_per_host", HttpSettings { idle_per_host: Some(1), ..none }),
        ] {
            let finished = Client::builder().redirect(Policy::none()).build().unwrap();
            let invalid = Http::Client(finished).client(&base, settings).unwrap_err();
            assert_eq!(
                invalid.to_string(),
                format!(
                    "the setting `{name}` can't be applied to a finished HTTP client: set it on the \
                     `reqwest::ClientBuilder`"
                )
            );
            Http::Builder(Box::default()).client(&base, settings).unwrap();
        }
    }

    #[test]
    fn the_policy_of_a_builder_is_replaced() {
        for http in [Http::Own, Http::Builder(Box::new(Client::builder().redirect(Policy::limited(5))))] {
            let built = client(http, "https://a.example").unwrap();
            client(Http::Client(built), "https://a.example").unwrap();
        }
    }

    /// The text contains `proxies` if there are any. Those of the environment count as one.
    #[test]
    fn no_proxy_gets_what_is_meant_for_this_machine() {
        let has_proxies = |base: &str| format!("{:?}", client(Http::Own, base).unwrap()).contains("proxies:");
        for base in ["http://localhost:4000", "http://127.0.0.1", "http://[::1]:80", "https://localhost"] {
            assert!(!has_proxies(base), "{base}");
        }
        assert!(has_proxies("https://a.example"));
    }

    fn proxied() -> ClientBuilder {
        Client::builder().redirect(Policy::none()).proxy(Proxy::all("http://proxy.example").unwrap())
    }

    #[test]
    fn no_proxy_from_outside_gets_it_either() {
        let refused = "the HTTP client may send requests that are meant for this machine to a proxy: build it with \
             `.no_proxy()`, or give its builder to `http_client_builder`";
        for base in ["http://localhost:4000", "http://127.0.0.1", "http://[::1]:80"] {
            let built = client(Http::Builder(Box::new(proxied())), base).unwrap();
            assert!(!format!("{built:?}").contains("proxies:"), "{base}");
            for finished in [proxied(), Client::builder().redirect(Policy::none())] {
                let finished = finished.build().unwrap();
                assert_eq!(client(Http::Client(finished), base).unwrap_err(), refused, "{base}");
            }
            client(Http::Client(proxied().no_proxy().build().unwrap()), base).unwrap();
        }
        client(Http::Client(proxied().build().unwrap()), "https://localhost").unwrap();
        client(Http::Client(proxied().build().unwrap()), "https://a.example").unwrap();
    }

    #[test]
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    fn a_builder_that_accepts_invalid_certificates_is_refused_unless_it_is_allowed() {
        let base = Url::parse("https://a.example").unwrap();
        let allowed = HttpSettings { invalid_certificates: true, ..HttpSettings::default() };
        for builder in [
            || Client::builder().tls_danger_accept_invalid_certs(true),
            || Client::builder().tls_danger_accept_invalid_hostnames(true).tls_certs_only([]),
        ] {
            assert_eq!(
                client(Http::Builder(Box::new(builder())), "https://a.example").unwrap_err(),
                "the HTTP client accepts invalid certificates, so anybody on the network could read every \
                 credential: build it without that, or allow it by `allow_invalid_certificates`"
            );
            Http::Builder(Box::new(builder())).client(&base, allowed).unwrap();
        }
    }

    /// Only rustls refuses the setting, and it isn't the default where `native-tls` is on, too.
    #[test]
    #[cfg(feature = "rustls")]
    fn why_a_client_can_not_be_built_is_in_the_text() {
        let builder = Client::builder().tls_backend_rustls().tls_danger_accept_invalid_hostnames(true);
        let base = Url::parse("https://a.example").unwrap();
        let allowed = HttpSettings { invalid_certificates: true, ..HttpSettings::default() };
        let invalid = Http::Builder(Box::new(builder)).client(&base, allowed).unwrap_err();
        assert!(invalid.to_string().starts_with("the HTTP client can't be built ("), "{invalid}");
        assert!(std::error::Error::source(&invalid).is_some());
    }
}
