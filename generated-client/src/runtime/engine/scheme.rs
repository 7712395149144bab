//! How a service takes the credentials of its callers.

/// A security scheme of a service: what it is for, and where in a request its value is sent. Generated code declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SecurityScheme {
    /// The name in the spec: `refresh_token`.
    pub name: &'static str,
    /// Which clients carry its value.
    pub role: SchemeRole,
    /// Where its value is sent.
    pub placement: Placement,
    /// The schemes whose values are joined by colons to the value that is sent; none if the value is sent alone. Those
    /// that the client has no value for are left out.
    pub parts: &'static [&'static str],
    /// Whether its value is public, such as the ID of a project. Any other value is a secret.
    pub not_sensitive: bool,
    description: &'static [&'static str],
}

/// Which clients carry the value of a security scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemeRole {
    /// Every client: the builder takes it as an argument.
    Base,
    /// The clients whose builder was given it. It is sent only as a part of the values of other schemes.
    Part,
    /// The clients that a `with_*` method gives.
    Carried,
    /// The clients whose builder or `with_*` method was given it. It goes with every request, beside the credential.
    Setting,
}

/// Where the value of a security scheme is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Placement {
    /// In the header `Authorization`, as a bearer token.
    Bearer,
    /// In the header `Authorization`, as the user name and the password of HTTP Basic.
    Basic,
    /// In the header of this name.
    Header(&'static str),
    /// In the query parameter of this name.
    Query(&'static str),
    /// In the cookie of this name.
    Cookie(&'static str),
    /// Where each of these schemes says: all of them go with one request.
    All(&'static [SecurityScheme]),
    /// Nowhere: the client itself uses it.
    Unsent,
}

impl SecurityScheme {
    const fn new(name: &'static str, placement: Placement) -> Self {
        Self {
            name,
            role: SchemeRole::Carried,
            placement,
            parts: &[],
            not_sensitive: false,
            description: &[],
        }
    }

    /// A bearer token.
    #[must_use]
    pub const fn bearer(name: &'static str) -> Self {
        Self::new(name, Placement::Bearer)
    }

    /// A user name and a password (HTTP Basic).
    #[must_use]
    pub const fn basic(name: &'static str) -> Self {
        Self::new(name, Placement::Basic)
    }

    /// An API key in a header.
    #[must_use]
    pub const fn header(name: &'static str, header: &'static str) -> Self {
        Self::new(name, Placement::Header(header))
    }

    /// An API key in a query parameter.
    #[must_use]
    pub const fn query(name: &'static str, parameter: &'static str) -> Self {
        Self::new(name, Placement::Query(parameter))
    }

    /// An API key in a cookie.
    #[must_use]
    pub const fn cookie(name: &'static str, cookie: &'static str) -> Self {
        Self::new(name, Placement::Cookie(cookie))
    }

    /// Several credentials that go with one request.
    #[must_use]
    pub const fn all(name: &'static str, parts: &'static [SecurityScheme]) -> Self {
        Self::new(name, Placement::All(parts))
    }

    /// A value that the client itself uses.
    #[must_use]
    pub const fn unsent(name: &'static str) -> Self {
        Self::new(name, Placement::Unsent)
    }

    /// Sets the schemes whose values are joined.
    #[must_use]
    pub const fn parts(mut self, parts: &'static [&'static str]) -> Self {
        self.parts = parts;
        self
    }

    /// Says that the value is public.
    #[must_use]
    pub const fn not_sensitive(mut self) -> Self {
        self.not_sensitive = true;
        self
    }

    pub(crate) const fn role(mut self, role: SchemeRole) -> Self {
        self.role = role;
        self
    }

    pub(crate) const fn describe(mut self, description: &'static [&'static str]) -> Self {
        self.description = description;
        self
    }

    /// How many values the scheme takes: the user name and the password of HTTP Basic are two.
    pub(crate) const fn given(&self) -> usize {
        if matches!(self.placement, Placement::Basic) { 2 } else { 1 }
    }

    /// What it is, in Markdown.
    #[must_use]
    pub fn description(&self) -> String {
        // A line of a doc comment begins with the blank after its slashes.
        let lines = self.description.iter().map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.collect::<Vec<_>>().join("\n")
    }
}
