//! The HTTP client that sends the requests: how it is built, and which finished clients are accepted.

use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::request::url;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Url};
use std::time::Duration;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The HTTP client that a builder was given.
pub(crate) enum Http {
    /// None: it is built here.
    Own,
    /// It is built here from these settings.
    Builder(Box<ClientBuilder>),
    /// It was built elsewhere.
    Client(Client),
}

impl Http {
    /// The client for a service at this base URL.
    pub(crate) fn client(
        self,
        base: &Url,
        connect_timeout: Option<Duration>,
    ) -> Result<Client, InvalidRequest> {
        match self {
            Self::Own => build(own(base), connect_timeout),
            // By itself reqwest sends again only what an HTTP/2 server refused before it read it. A policy from
            // outside could send anything again.
            Self::Builder(builder) => {
                keeps_no_cookies(build(builder.retry(reqwest::retry::never()), connect_timeout)?)
            }
            Self::Client(_) if connect_timeout.is_some() => Err(InvalidRequest::new(
                "the setting `connect_timeout`",
                "can't be applied to a finished HTTP client: set it on the `reqwest::ClientBuilder`",
            )),
            Self::Client(client) => follows_no_redirects(client).and_then(keeps_no_cookies),
        }
    }
}

fn own(base: &Url) -> ClientBuilder {
    let builder = Client::builder().connect_timeout(CONNECT_TIMEOUT);
    // The proxy that the environment names is on another machine, and requests to this machine may be unencrypted.
    if url::is_loopback(base) { builder.no_proxy() } else { builder }
}

fn build(builder: ClientBuilder, connect_timeout: Option<Duration>) -> Result<Client, InvalidRequest> {
    let builder = match connect_timeout {
        Some(timeout) => builder.connect_timeout(timeout),
        None => builder,
    };
    let builder = builder.redirect(Policy::none()).connection_verbose(false);
    builder.build().map_err(|error| invalid("can't be built").because(error))
}

/// A client that follows redirects would send a body with a password in it wherever a response points, and a query with
/// a code in it as `Referer`.
///
/// reqwest has no function that tells. But the `Debug` text of a client names every redirect policy other than the
/// default one, which follows. So a client is accepted only if the text says that it follows none. Nothing else in the
/// client can forge this, since all other texts are printed with their quotes escaped.
fn follows_no_redirects(client: Client) -> Result<Client, InvalidRequest> {
    if format!("{client:?}").contains(r#", redirect_policy: "Policy(None)", "#) {
        Ok(client)
    } else {
        Err(invalid(
            "may follow redirects: build it with `.redirect(reqwest::redirect::Policy::none())`, or give its builder \
             to `http`",
        ))
    }
}

/// A cookie that was set for one user would be sent with the calls of the next. The `Debug` text shows a cookie store too.
fn keeps_no_cookies(client: Client) -> Result<Client, InvalidRequest> {
    if format!("{client:?}").contains("{ cookie_store: true, ") {
        Err(invalid("has a cookie store, which all users of the client would share: build it without one"))
    } else {
        Ok(client)
    }
}

fn invalid(why: &str) -> InvalidRequest {
    InvalidRequest::new("the HTTP client", why)
}

#[cfg(test)]
mod tests {
    use super::{Http, Policy};
    use reqwest::header::{HeaderMap, HeaderValue};
    use reqwest::{Client, ClientBuilder, Proxy, Url};
    use std::time::Duration;

    fn client(http: Http, base: &str) -> Result<Client, String> {
        http.client(&Url::parse(base).unwrap(), None).map_err(|invalid| invalid.to_string())
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
                 `.redirect(reqwest::redirect::Policy::none())`, or give its builder to `http`"
            );
        }
    }

    #[test]
    fn a_setting_that_only_a_builder_takes_is_refused_with_a_finished_client() {
        let http = Http::Client(Client::builder().redirect(Policy::none()).build().unwrap());
        let base = Url::parse("https://a.example").unwrap();
        let invalid = http.client(&base, Some(Duration::from_secs(1))).unwrap_err();
        assert_eq!(
            invalid.to_string(),
            "the setting `connect_timeout` can't be applied to a finished HTTP client: set it on the \
             `reqwest::ClientBuilder`"
        );
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
}
