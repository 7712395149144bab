//! The settings of a client for its connections.

use super::builder::Builder;
use crate::runtime::engine::http::Http;
use std::time::Duration;

impl<C> Builder<C> {
    /// Sets how long making a connection may take. By default it is 10 seconds, and at most half of the client's
    /// [`timeout`](Self::timeout) and [`attempt_timeout`](Self::attempt_timeout); or it is what [`http_client_builder`](Self::http_client_builder) was
    /// given. With [`http_client`](Self::http_client) it is refused.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.http_settings.connect_timeout = Some(timeout);
        self
    }

    /// Sets how long a connection that no request uses is kept for the next one, 4 seconds by default. With
    /// [`http_client`](Self::http_client) it is refused.
    ///
    /// Keep it shorter than the server does. A request that is written while the server closes the connection is lost, and
    /// nobody can say whether the server has read it: an operation that must not be sent twice fails then. Servers built on
    /// Node close idle connections after 5 seconds, most load balancers after 60 or less, and none of them says so. If you
    /// know that what you call keeps them longer, a longer time saves making connections anew.
    ///
    /// A server that closes each connection at once, without saying so, loses no call either, unless
    /// [`http_client_builder`](Self::http_client_builder) or [`http_client`](Self::http_client) is set: until the server has been seen to keep a
    /// connection, an operation that must not be sent twice gets a new one.
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.http_settings.idle_timeout = Some(timeout);
        self
    }

    /// Sets how many connections are kept that no request uses. By default all are. With
    /// [`http_client`](Self::http_client) it is refused.
    ///
    /// With 0 every request makes a connection of its own, so that none is lost to a server that closes connections
    /// without saying so. That costs the time of a handshake for each.
    pub fn pool_max_idle_per_host(mut self, most: usize) -> Self {
        self.http_settings.idle_per_host = Some(most);
        self
    }

    /// Sets how many requests of this client and its clones may be under way at once; by default it is any number. Over
    /// HTTP/1 each has a connection of its own, so there are no more connections than this. Zero counts as one.
    ///
    /// An attempt begins when it is its turn. Waiting for the turn counts towards the [`timeout`](Self::timeout) of the
    /// call; if that runs out first, the call fails like one for which no connection could be made in time.
    pub fn max_connections(mut self, most: usize) -> Self {
        self.max_connections = Some(most);
        self
    }

    /// Sets the builder of the HTTP client, for proxies, certificates, DNS and the like. It replaces an
    /// [`http_client`](Self::http_client) that was set before.
    ///
    /// Some of its settings are replaced, whatever they are: redirects, repeated sending by reqwest and
    /// `connection_verbose`, which would write tokens to the log, are switched off; idle connections are kept as long as
    /// [`pool_idle_timeout`](Self::pool_idle_timeout) says; a response may have 208 headers; requests to this machine use
    /// no proxy. Each client that is built has a pool of connections of its own; clone the client to share it.
    ///
    /// Use the client in one runtime of tokio, or in several that run all the time. A connection belongs to the runtime that
    /// made it, and a call that is given one of a paused runtime waits until its time is over; a current-thread runtime is
    /// paused outside of its `block_on`. Without this setting a client has a pool for each runtime.
    ///
    /// reqwest adds the default headers of the builder to each request that has none of the same name, also where the
    /// client sends no credential. This crate doesn't see them, so give headers to [`header`](Self::header), which checks
    /// them. A builder with a cookie store is refused: the store would be shared by all users of the client. So is one that
    /// accepts invalid certificates, unless
    /// [`allow_invalid_certificates`](Self::allow_invalid_certificates) allows it. What a TLS configuration of your own
    /// (`tls_backend_preconfigured`) accepts can't be seen from here.
    pub fn http_client_builder(mut self, http: reqwest::ClientBuilder) -> Self {
        self.http = Http::Builder(Box::new(http));
        self
    }

    /// Sets a finished HTTP client, to share its connections, DNS and proxies with other parts of a program. It replaces a
    /// builder that was set by [`http_client_builder`](Self::http_client_builder) before.
    ///
    /// It has to be built with `.redirect(reqwest::redirect::Policy::none())`; building is refused otherwise. A client
    /// that follows redirects would send a body with a password in it wherever a response points.
    ///
    /// What [`http_client_builder`](Self::http_client_builder) says of default headers, cookies and runtimes is true here as well. A client with a proxy,
    /// which one without `.no_proxy()` may have from the environment, is refused for a base URL that is plain HTTP to this
    /// machine. [`connect_timeout`](Self::connect_timeout) and the settings of the pool are refused beside it: they have to
    /// be set where the client is built, and reqwest's own default keeps idle connections for 90 seconds, longer than most
    /// servers do ([`pool_idle_timeout`](Self::pool_idle_timeout) says what that leads to).
    ///
    /// A retry policy of the client does nothing, since requests are sent in a form that can't be repeated. But
    /// `connection_verbose` and whether invalid certificates are accepted can't be seen from outside; don't set them, since
    /// the one writes tokens to the log, and the other shows them to the network.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # #[cfg(feature = "nhost-signin")] {
    /// use generated_client::nhost;
    ///
    /// let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    /// let nhost = nhost::Client::builder("https://abc.auth.eu-central-1.nhost.run/v1").http_client(http.clone()).build()?;
    /// # }
    /// # Ok(()) }
    /// ```
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Http::Client(http);
        self
    }

    /// Allows a builder of an HTTP client that accepts invalid certificates or wrong host names. Whoever can change the
    /// network's traffic sees every credential and token then.
    pub fn allow_invalid_certificates(mut self) -> Self {
        self.http_settings.invalid_certificates = true;
        self
    }

    /// Sets what stands in for the network. It is for tests: no setting of the HTTP client counts then, and nothing is sent
    /// unless the transport sends it.
    #[cfg(feature = "test-util")]
    pub fn transport(mut self, transport: impl crate::runtime::engine::transport::Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }
}
