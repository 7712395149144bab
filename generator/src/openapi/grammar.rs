//! What OpenAPI 3.0.3 allows where: one table for each kind of object, which also says what becomes of each key. The
//! survey walks the documents by these tables, the rules in `check/keys` report what they don't allow, and the page
//! `OPENAPI.md` shows them.

use super::document_keys::*;
use super::kind::{KeyRule, ObjectGrammar, ObjectKind, ValueKind};
use super::operation_keys::*;
use super::schema_keys::{DISCRIMINATOR, SCHEMA};

use ValueKind::{One, Text, Texts};

impl ObjectKind {
    /// What an object of this kind can hold.
    pub(crate) const fn grammar(self) -> ObjectGrammar {
        match self {
            ObjectKind::Document => closed("an OpenAPI document", DOCUMENT),
            ObjectKind::Info => closed("`info`", INFO),
            ObjectKind::Contact => closed("a contact", CONTACT),
            ObjectKind::License => closed("a licence", LICENSE),
            ObjectKind::Server => closed("a server", SERVER),
            ObjectKind::ServerVariable => closed("a server variable", SERVER_VARIABLE),
            ObjectKind::Tag => closed("a tag", TAG),
            ObjectKind::ExternalDocs => closed("`externalDocs`", EXTERNAL_DOCS),
            ObjectKind::Paths => open("`paths`", &[], One(ObjectKind::PathItem)),
            ObjectKind::PathItem => closed("a path", PATH_ITEM),
            ObjectKind::Operation => closed("an operation", OPERATION),
            ObjectKind::Parameter => referable("a parameter", PARAMETER),
            ObjectKind::RequestBody => referable("a request body", REQUEST_BODY),
            ObjectKind::MediaType => closed("a media type", MEDIA_TYPE),
            ObjectKind::Encoding => closed("an encoding", ENCODING),
            ObjectKind::Responses => open("`responses`", &[], One(ObjectKind::Response)),
            ObjectKind::Response => referable("a response", RESPONSE),
            ObjectKind::Header => referable("a header", HEADER),
            ObjectKind::Example => referable("an example", EXAMPLE),
            ObjectKind::Components => closed("`components`", COMPONENTS),
            ObjectKind::SecurityScheme => referable("a security scheme", SECURITY_SCHEME),
            ObjectKind::OauthFlows => closed("OAuth flows", OAUTH_FLOWS),
            ObjectKind::OauthFlow => closed("an OAuth flow", OAUTH_FLOW),
            ObjectKind::Scopes => open("scopes", &[], Text),
            ObjectKind::SecurityRequirement => open("a security requirement", &[], Texts),
            ObjectKind::Schema => referable("a schema", SCHEMA),
            ObjectKind::Discriminator => closed("a discriminator", DISCRIMINATOR),
        }
    }
}

const fn closed(name: &'static str, keys: &'static [KeyRule]) -> ObjectGrammar {
    ObjectGrammar { name, keys, others: None, is_referable: false }
}

const fn referable(name: &'static str, keys: &'static [KeyRule]) -> ObjectGrammar {
    ObjectGrammar { name, keys, others: None, is_referable: true }
}

const fn open(name: &'static str, keys: &'static [KeyRule], others: ValueKind) -> ObjectGrammar {
    ObjectGrammar { name, keys, others: Some(others), is_referable: false }
}

/// Whether a key of a path item is the HTTP method of an operation that can be generated.
pub(crate) fn is_method(key: &str) -> bool {
    let rule = ObjectKind::PathItem.grammar().rule(key);
    rule.is_some_and(|rule| matches!(rule.value, One(ObjectKind::Operation)) && rule.refusal().is_none())
}

/// The objects of OpenAPI that are refused as a whole, each with its keys and the key that leads to it.
pub(crate) const REFUSED_OBJECTS: &[(&str, &[&str], &str)] = &[
    (
        "a link",
        &["operationRef", "operationId", "parameters", "requestBody", "description", "server"],
        "links",
    ),
    ("a callback", &["{expression}"], "callbacks"),
    ("`xml`", &["name", "namespace", "prefix", "attribute", "wrapped"], "xml"),
];
