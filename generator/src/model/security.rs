//! The security schemes and the server of the service: what its client is made from.

use serde_json::Value;

use super::json::{at, entries, list, markdown, not_sensitive, required_schemes, string, text};
use crate::openapi::server_url::filled;

/// How a service takes one credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SecurityScheme {
    /// As the spec names it: `refresh_token`.
    pub(crate) name: String,
    /// Which clients carry its value.
    pub(crate) role: SchemeRole,
    /// Where its value is sent.
    pub(crate) placement: Placement,
    /// The schemes whose values are joined to the value that is sent; none if the value is sent alone.
    pub(crate) parts: Vec<String>,
    /// Why its value is no secret. Any other value is one.
    pub(crate) not_sensitive: Option<String>,
    /// Markdown.
    pub(crate) description: String,
}

/// Which clients carry the value of a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SchemeRole {
    /// Every client, since the root `security` names it.
    Base,
    /// The clients that are built with it. It is only a part of other values.
    Part,
    /// The clients that were given it.
    Carried,
    /// The clients that were given it, beside what they carry.
    Setting,
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
    /// In the cookie of this name.
    Cookie(String),
    /// Where each of these is sent, all in one request.
    All(Vec<SecurityScheme>),
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
    /// The variables for the parts of the URL in braces.
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

    /// The URL with the defaults of its variables. A slash at its end makes no difference.
    pub(crate) fn usual_url(&self) -> String {
        let default = |name: &str| self.variables.iter().find(|variable| variable.name == name);
        let url = filled(&self.url, |name| Some(default(name)?.default.as_str()));
        let trimmed = url.trim_end_matches('/');
        if trimmed.is_empty() { url } else { trimmed.to_owned() }
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
            (false, true) => SchemeRole::Part,
            (false, false) => SchemeRole::Carried,
        },
        placement: placement(scheme),
        parts: parts(name),
        not_sensitive: not_sensitive(scheme),
        description: description(scheme),
    });
    let mut schemes: Vec<SecurityScheme> = schemes.collect();
    let combined = combined(document, &schemes);
    schemes.extend(combined);
    schemes.extend(settings(document));
    schemes
}

/// Makes one scheme for each set of schemes that a requirement names together. Each set is combined once.
fn combined(document: &Value, schemes: &[SecurityScheme]) -> Vec<SecurityScheme> {
    let operations = entries(&document["paths"]).flat_map(|(_, path)| entries(path));
    let all = operations.map(|(_, operation)| &operation["security"]).chain([&document["security"]]);
    let mut found: Vec<SecurityScheme> = Vec::new();
    for requirement in all.flat_map(list).filter(|requirement| entries(requirement).nth(1).is_some()) {
        let name = required(requirement, schemes);
        if found.iter().all(|known| known.name != name) {
            let parts = schemes.iter().filter(|scheme| requirement.get(&scheme.name).is_some());
            found.push(all_of(name, parts.cloned().collect()));
        }
    }
    found
}

fn all_of(name: String, parts: Vec<SecurityScheme>) -> SecurityScheme {
    let names: Vec<String> = parts.iter().map(|part| format!("`{}`", part.name)).collect();
    let is_base = parts.iter().all(|part| part.role == SchemeRole::Base);
    SecurityScheme {
        name,
        role: if is_base { SchemeRole::Base } else { SchemeRole::Carried },
        description: format!("The credentials {} together.", names.join(" and ")),
        parts: Vec::new(),
        not_sensitive: None,
        placement: Placement::All(parts),
    }
}

/// The name of the scheme that a requirement asks for. The names of several are joined in the order in which the service
/// defines them.
pub(super) fn required(requirement: &Value, schemes: &[SecurityScheme]) -> String {
    let named = schemes.iter().filter(|scheme| requirement.get(&scheme.name).is_some());
    let names: Vec<&str> = named.map(|scheme| scheme.name.as_str()).collect();
    names.join("_and_")
}

/// The settings of a client that no security scheme describes.
fn settings(document: &Value) -> impl Iterator<Item = SecurityScheme> {
    entries(&document["x-client-settings"]).map(|(name, setting)| SecurityScheme {
        name: name.clone(),
        role: SchemeRole::Setting,
        placement: match setting["header"].as_str() {
            Some(header) => Placement::Header(header.to_owned()),
            None => Placement::Unsent,
        },
        parts: Vec::new(),
        not_sensitive: None,
        description: markdown(setting, "description"),
    })
}

/// The text of a scheme, with the format of a bearer token and what OAuth 2 says of where tokens come from.
fn description(scheme: &Value) -> String {
    let mut sections = vec![markdown(scheme, "description")];
    sections.extend(scheme["bearerFormat"].as_str().map(|format| format!("Format: `{format}`.")));
    let discovered = scheme["openIdConnectUrl"].as_str();
    sections.extend(discovered.map(|url| format!("OpenID Connect describes where it comes from: `{url}`.")));
    sections.extend(entries(&scheme["flows"]).map(|(name, flow)| oauth_flow(name, flow)));
    sections.retain(|section| !section.is_empty());
    sections.join("\n\n")
}

/// Where a flow of OAuth 2 gets the token, and the scopes that it can have.
fn oauth_flow(name: &str, flow: &Value) -> String {
    let places = [("authorizationUrl", "authorize"), ("tokenUrl", "token"), ("refreshUrl", "refresh")];
    let places = places.iter().filter_map(|(key, what)| Some(format!("{what} `{}`", flow[*key].as_str()?)));
    let head = format!("OAuth 2, flow `{name}`: {}.", places.collect::<Vec<_>>().join(", "));
    let scopes = entries(&flow["scopes"]).map(|(scope, text)| {
        format!("- `{scope}`: {}", string(text).split_whitespace().collect::<Vec<_>>().join(" "))
    });
    let scopes = scopes.collect::<Vec<_>>().join("\n");
    if scopes.is_empty() { head } else { format!("{head} Its scopes:\n\n{scopes}") }
}

fn placement(scheme: &Value) -> Placement {
    match (scheme["in"].as_str(), scheme["scheme"].as_str()) {
        (Some("query"), _) => Placement::Query(text(scheme, "name")),
        (Some("cookie"), _) => Placement::Cookie(text(scheme, "name")),
        (Some(_), _) => Placement::Header(text(scheme, "name")),
        (None, Some("basic")) => Placement::Basic,
        (None, _) => Placement::Bearer,
    }
}

/// The server that a document or an operation names, if any.
pub(super) fn server(holder: &Value) -> Server {
    let server = at(holder, "/servers/0");
    let variables = entries(&server["variables"]).map(|(name, variable)| ServerVariable {
        name: name.clone(),
        description: markdown(variable, "description"),
        default: text(variable, "default"),
        values: list(&variable["enum"]).map(string).collect(),
    });
    Server {
        url: text(server, "url"),
        description: markdown(server, "description"),
        variables: variables.collect(),
    }
}
