//! The security schemes and the server of the service: what its client is made from.

use serde_json::Value;

use super::json::{at, entries, list, required_schemes, string, text};

/// How a service takes one credential.
#[derive(Debug, Clone)]
pub(crate) struct SecurityScheme {
    /// As the spec names it: `refresh_token`.
    pub(crate) name: String,
    /// Which clients carry its value.
    pub(crate) role: SchemeRole,
    /// Where its value is sent.
    pub(crate) placement: Placement,
    /// The schemes whose values are joined to the value that is sent; none if the value is sent alone.
    pub(crate) parts: Vec<String>,
    /// Markdown.
    pub(crate) description: String,
}

/// Which clients carry the value of a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SchemeRole {
    /// Every client, since the root `security` names it.
    Base,
    /// The clients that are built with it. It is only a part of other values.
    Setting,
    /// The clients that were given it.
    Carried,
    /// The clients that were given it, beside what they carry.
    Extra,
}

/// Where the value of a scheme is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Placement {
    /// In `Authorization`, as a bearer token.
    Bearer,
    /// In `Authorization`, as a user name and a password.
    Basic,
    /// In the header of this name.
    Header(String),
    /// In the query parameter of this name.
    Query(String),
    /// Nowhere: code that is written by hand uses it.
    Unsent,
}

/// Where the service is.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    /// The URL in the spec, which may have variables.
    pub(crate) url: String,
    /// Markdown.
    pub(crate) description: String,
    /// What stands for the parts of the URL in braces.
    pub(crate) variables: Vec<ServerVariable>,
}

/// A part of the URL of a service that differs between its clients.
#[derive(Debug, Clone)]
pub(crate) struct ServerVariable {
    /// The name in the URL.
    pub(crate) name: String,
    /// Markdown.
    pub(crate) description: String,
    /// What most clients write.
    pub(crate) default: String,
    /// All that a client can write; none where that isn't known.
    pub(crate) values: Vec<String>,
}

impl Server {
    /// The URL, if it is the same for all clients.
    pub(crate) fn fixed_url(&self) -> Option<&str> {
        Some(self.url.as_str()).filter(|url| !url.is_empty() && !url.contains('{'))
    }
}

/// The security schemes and the settings, in the order of the spec.
pub(super) fn schemes(document: &Value) -> Vec<SecurityScheme> {
    let base: Vec<String> = required_schemes(&document["security"]).collect();
    let all = at(document, "/components/securitySchemes");
    let parts = |name: &str| list(at(&all[name], "/x-bearer-parts")).map(string).collect::<Vec<_>>();
    let is_part_of_another =
        |name: &String| entries(all).any(|(other, _)| other != name && parts(other).contains(name));
    let schemes = entries(all).map(|(name, scheme)| SecurityScheme {
        name: name.clone(),
        role: match (base.contains(name), is_part_of_another(name)) {
            (true, _) => SchemeRole::Base,
            (false, true) => SchemeRole::Setting,
            (false, false) => SchemeRole::Carried,
        },
        placement: placement(scheme),
        parts: parts(name),
        description: description(scheme),
    });
    schemes.chain(settings(document)).collect()
}

/// The settings of a client that no security scheme describes.
fn settings(document: &Value) -> impl Iterator<Item = SecurityScheme> {
    entries(at(document, "/x-client-settings")).map(|(name, setting)| SecurityScheme {
        name: name.clone(),
        role: SchemeRole::Extra,
        placement: match setting["header"].as_str() {
            Some(header) => Placement::Header(header.to_owned()),
            None => Placement::Unsent,
        },
        parts: Vec::new(),
        description: text(setting, "description"),
    })
}

/// The text of a scheme, with the format of a bearer token.
fn description(scheme: &Value) -> String {
    let text = text(scheme, "description");
    match scheme["bearerFormat"].as_str() {
        Some(format) => format!("{}\n\nFormat: `{format}`.", text.trim_end()).trim_start().to_owned(),
        None => text,
    }
}

fn placement(scheme: &Value) -> Placement {
    match (scheme["in"].as_str(), scheme["scheme"].as_str()) {
        (Some("query"), _) => Placement::Query(text(scheme, "name")),
        (Some(_), _) => Placement::Header(text(scheme, "name")),
        (None, Some("basic")) => Placement::Basic,
        (None, _) => Placement::Bearer,
    }
}

/// The server that the spec names, if any.
pub(super) fn server(document: &Value) -> Server {
    let server = at(document, "/servers/0");
    let variables = entries(&server["variables"]).map(|(name, variable)| ServerVariable {
        name: name.clone(),
        description: text(variable, "description"),
        default: text(variable, "default"),
        values: list(&variable["enum"]).map(string).collect(),
    });
    Server {
        url: text(server, "url"),
        description: text(server, "description"),
        variables: variables.collect(),
    }
}
