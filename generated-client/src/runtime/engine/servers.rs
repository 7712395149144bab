//! The servers of operations that aren't at the base URL of the service.

use std::sync::OnceLock;

use reqwest::{Client, Url};

use super::clients::Clients;
use super::http::{Http, HttpSettings, has_no_proxy_for};
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::request::url;
use crate::runtime::value::remedy::Remedy;

/// The URLs that a caller has set, each with the URL that the spec names for the server.
pub(crate) type GivenServers = Vec<(String, String)>;

/// Where the HTTP clients for a server come from.
#[derive(Clone)]
pub(crate) enum HttpSource {
    /// They are built here.
    Own(HttpSettings),
    /// The client for the base URL is used, since it was built elsewhere, or from settings that came from outside.
    Shared(Client),
}

/// A server that the spec names for some operations.
pub(crate) struct OtherServer {
    /// The URL that the spec names.
    name: &'static str,
    /// Where it is, or why no request can be sent there.
    base: Result<Url, InvalidRequest>,
    /// Whether the credentials and headers of the client may go there.
    pub(crate) is_trusted: bool,
    source: HttpSource,
    /// Built when the first request is sent: most programs never call most operations.
    http: OnceLock<Clients>,
}

impl OtherServer {
    /// All servers of a service, with the URLs that a caller has set in place of those of the spec.
    ///
    /// # Errors
    ///
    /// If a caller has set a URL that can't be used, or one for a server that the spec doesn't name.
    pub(crate) fn all(
        names: &'static [&'static str],
        base: &Url,
        given: &GivenServers,
        insecure_allowed: bool,
        source: &HttpSource,
    ) -> Result<Box<[Self]>, InvalidRequest> {
        let is_known = |given: &str| names.iter().any(|name| is_same(name, given));
        if let Some((unknown, _)) = given.iter().find(|(name, _)| !is_known(name)) {
            return Err(unknown_server(unknown, names));
        }
        let server = |name: &'static str| {
            // The URL that was set last counts.
            let set = given.iter().rev().find(|(given, _)| is_same(name, given));
            let base_of_server = match set {
                Some((_, url)) => {
                    Ok(url::base(url, insecure_allowed).map_err(|fault| fault.of(subject(name)))?)
                }
                None => documented(name, base, insecure_allowed),
            };
            let is_same_origin = base_of_server.as_ref().is_ok_and(|url| url.origin() == base.origin());
            Ok(Self {
                name,
                base: base_of_server,
                is_trusted: set.is_some() || is_same_origin,
                source: source.clone(),
                http: OnceLock::new(),
            })
        };
        names.iter().copied().map(server).collect()
    }

    /// Whether it is the server that the spec names by this URL.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        self.name == name
    }

    /// The URL that the paths of its operations are under.
    pub(crate) fn base(&self) -> Result<&Url, InvalidRequest> {
        self.base.as_ref().map_err(InvalidRequest::again)
    }

    /// The HTTP clients for requests to it.
    pub(super) fn http(&self) -> Result<&Clients, InvalidRequest> {
        if let Some(clients) = self.http.get() {
            return Ok(clients);
        }
        let base = self.base()?;
        let built = match &self.source {
            HttpSource::Own(settings) => Http::Own.clients(base, *settings)?,
            HttpSource::Shared(client) => Clients::new(has_no_proxy_for(base, client.clone())?, None),
        };
        Ok(self.http.get_or_init(|| built))
    }

    /// The error for a call that would send a credential to a server that nobody has trusted with it.
    pub(super) fn untrusted(&self) -> InvalidRequest {
        let why = format!("isn't sent to `{}`, which is another server than that of the base URL", self.name);
        let remedy = Remedy::by("to send it there, too, set where that server is by", "server");
        InvalidRequest::new("the credential", why).or(remedy)
    }
}

/// The URL that the spec names. A path alone is one at the server of the base URL.
fn documented(name: &str, base: &Url, insecure_allowed: bool) -> Result<Url, InvalidRequest> {
    if name.starts_with('/') {
        let unread = |error| InvalidRequest::new(subject(name), format!("can't be read: {error}"));
        return base.join(name).map_err(unread);
    }
    url::base(name, insecure_allowed).map_err(|fault| fault.of(subject(name)))
}

/// A slash at the end of a URL makes no difference.
fn is_same(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}

/// What a fault of a server's URL is about.
fn subject(name: &str) -> String {
    format!("the URL of the server `{name}`")
}

fn unknown_server(unknown: &str, names: &[&str]) -> InvalidRequest {
    let known = match names {
        [] => "all operations are at the base URL".to_owned(),
        names => format!("the servers are `{}`", names.join("`, `")),
    };
    InvalidRequest::new(format!("the server `{}`", unknown.escape_debug()), format!("isn't known: {known}"))
}
