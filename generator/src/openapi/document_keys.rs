//! The keys of the objects that describe a document and its service.

use super::kind::{KeyRule, ObjectKind, ValueKind};

use ValueKind::{Anything, List, Map, One, Text, Texts, Word};

const FOR_OTHER_TOOLS: &str = "other tools show it; `cargo xtask bundle` passes it on";

pub(super) const DOCUMENT: &[KeyRule] = &[
    KeyRule::checked("openapi", Text, "the version of the format, which is 3.0").required(),
    KeyRule::generated("info", One(ObjectKind::Info), "the name and the text of the service").required(),
    KeyRule::generated("paths", One(ObjectKind::Paths), "the operations of a group").required(),
    KeyRule::generated("servers", List(ObjectKind::Server), "the base URL of the client"),
    KeyRule::generated("components", One(ObjectKind::Components), "what the document refers to"),
    KeyRule::generated("security", List(ObjectKind::SecurityRequirement), "what every client carries"),
    KeyRule::generated("tags", List(ObjectKind::Tag), "the texts of the groups"),
    KeyRule::generated(
        "externalDocs",
        One(ObjectKind::ExternalDocs),
        "a link in the text of the service's module",
    ),
];

pub(super) const INFO: &[KeyRule] = &[
    KeyRule::generated("title", Text, "what the service is called, in texts and messages").required(),
    KeyRule::kept("version", Text, "OpenAPI asks for it; no generated file has a version").required(),
    KeyRule::generated(
        "description",
        Text,
        "the text of the service's module; that of a group is in its tag",
    ),
    KeyRule::kept("termsOfService", Text, FOR_OTHER_TOOLS),
    KeyRule::kept("contact", One(ObjectKind::Contact), FOR_OTHER_TOOLS),
    KeyRule::kept("license", One(ObjectKind::License), FOR_OTHER_TOOLS),
];

pub(super) const CONTACT: &[KeyRule] = &[
    KeyRule::kept("name", Text, FOR_OTHER_TOOLS),
    KeyRule::kept("url", Text, FOR_OTHER_TOOLS),
    KeyRule::kept("email", Text, FOR_OTHER_TOOLS),
];

pub(super) const LICENSE: &[KeyRule] =
    &[KeyRule::kept("name", Text, FOR_OTHER_TOOLS).required(), KeyRule::kept("url", Text, FOR_OTHER_TOOLS)];

pub(super) const EXTERNAL_DOCS: &[KeyRule] = &[
    KeyRule::generated("url", Text, "the link in the text").required(),
    KeyRule::kept("description", Text, "other tools show it as the words of the link"),
];

pub(super) const SERVER: &[KeyRule] = &[
    KeyRule::generated(
        "url",
        Text,
        "the base URL, or the example of the argument `base_url`; the server of an operation",
    )
    .required(),
    KeyRule::generated("description", Text, "the text of `Client::builder`"),
    KeyRule::generated("variables", Map(ObjectKind::ServerVariable), "the text of the argument `base_url`"),
];

pub(super) const SERVER_VARIABLE: &[KeyRule] = &[
    KeyRule::generated("default", Text, "the text of the argument `base_url`").required(),
    KeyRule::generated("enum", Texts, "the text of the argument `base_url`"),
    KeyRule::generated("description", Text, "the text of the argument `base_url`"),
];

pub(super) const TAG: &[KeyRule] = &[
    KeyRule::checked("name", Text, "the names of the files of the groups").required(),
    KeyRule::generated(
        "description",
        Text,
        "the text of the group, of its module and of the method that leads to it",
    ),
    KeyRule::refused("externalDocs", One(ObjectKind::ExternalDocs), "name the page in `description`"),
];

pub(super) const COMPONENTS: &[KeyRule] = &[
    KeyRule::generated("schemas", Map(ObjectKind::Schema), "types"),
    KeyRule::generated("responses", Map(ObjectKind::Response), "the responses that refer to them"),
    KeyRule::generated("parameters", Map(ObjectKind::Parameter), "the parameters that refer to them"),
    KeyRule::generated("examples", Map(ObjectKind::Example), "the examples that refer to them"),
    KeyRule::generated("requestBodies", Map(ObjectKind::RequestBody), "the bodies that refer to them"),
    KeyRule::generated("headers", Map(ObjectKind::Header), "the headers that refer to them"),
    KeyRule::generated("securitySchemes", Map(ObjectKind::SecurityScheme), "the credentials of the client"),
    KeyRule::refused("links", Anything, "delete it").tolerated(),
    KeyRule::refused("callbacks", Anything, "delete it").tolerated(),
];

pub(super) const SECURITY_SCHEME: &[KeyRule] = &[
    KeyRule::checked(
        "type",
        Word(&["apiKey", "http", "oauth2", "openIdConnect"]),
        "the keys beside it, which say how the credential is sent; the last two are bearer tokens",
    )
    .required(),
    KeyRule::generated("description", Text, "the text of the credential"),
    KeyRule::generated("name", Text, "the header, query parameter or cookie that carries the credential"),
    KeyRule::generated("in", Word(&["query", "header", "cookie"]), "where the credential is sent"),
    KeyRule::generated("scheme", Text, "how the credential is sent"),
    KeyRule::generated("bearerFormat", Text, "the text of the credential"),
    KeyRule::generated("flows", One(ObjectKind::OauthFlows), "the text of the credential"),
    KeyRule::generated("openIdConnectUrl", Text, "the text of the credential"),
];

const A_FLOW: &str = "the text of the credential says where the flow gets a token";

pub(super) const OAUTH_FLOWS: &[KeyRule] = &[
    KeyRule::generated("implicit", One(ObjectKind::OauthFlow), A_FLOW),
    KeyRule::generated("password", One(ObjectKind::OauthFlow), A_FLOW),
    KeyRule::generated("clientCredentials", One(ObjectKind::OauthFlow), A_FLOW),
    KeyRule::generated("authorizationCode", One(ObjectKind::OauthFlow), A_FLOW),
];

pub(super) const OAUTH_FLOW: &[KeyRule] = &[
    KeyRule::generated("authorizationUrl", Text, "the text of the credential"),
    KeyRule::generated("tokenUrl", Text, "the text of the credential"),
    KeyRule::generated("refreshUrl", Text, "the text of the credential"),
    KeyRule::generated("scopes", One(ObjectKind::Scopes), "the text of the credential").required(),
];
