//! What OpenAPI 3.0.3 allows where: one table for each kind of object. The survey walks the documents by these
//! tables, and the rules in `check/keys` report what they don't allow.

use super::kind::{KeyRule, Need, ObjectGrammar, ObjectKind, ValueKind};

use Need::{Optional, Refused, Required};
use ValueKind::{Anything, Count, Flag, FlagOr, List, Map, Number, One, Text, Texts, Values, Word};

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
            ObjectKind::Responses => open("`responses`", &[], One(ObjectKind::Response)),
            ObjectKind::Response => referable("a response", RESPONSE),
            ObjectKind::Header => referable("a header", HEADER),
            ObjectKind::Example => referable("an example", EXAMPLE),
            ObjectKind::Components => closed("`components`", COMPONENTS),
            ObjectKind::SecurityScheme => referable("a security scheme", SECURITY_SCHEME),
            ObjectKind::SecurityRequirement => open("a security requirement", &[], Texts),
            ObjectKind::Schema => referable("a schema", SCHEMA),
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

const fn required(key: &'static str, value: ValueKind) -> KeyRule {
    (key, value, Required)
}

const fn optional(key: &'static str, value: ValueKind) -> KeyRule {
    (key, value, Optional)
}

const fn refused(key: &'static str, value: ValueKind, instead: &'static str) -> KeyRule {
    (key, value, Refused(instead))
}

const fn text(key: &'static str) -> KeyRule {
    optional(key, Text)
}

const fn flag(key: &'static str) -> KeyRule {
    optional(key, Flag)
}

/// Whether a key of a path item is the HTTP method of an operation that can be generated.
pub(crate) fn is_method(key: &str) -> bool {
    matches!(
        ObjectKind::PathItem.grammar().rule(key),
        Some((_, One(ObjectKind::Operation), Required | Optional))
    )
}

/// The types that a schema can name.
pub(crate) const SCHEMA_TYPES: &[&str] = &["string", "integer", "number", "boolean", "array", "object"];

const DOCUMENT: &[KeyRule] = &[
    required("openapi", Text),
    required("info", One(ObjectKind::Info)),
    required("paths", One(ObjectKind::Paths)),
    optional("servers", List(ObjectKind::Server)),
    optional("components", One(ObjectKind::Components)),
    optional("security", List(ObjectKind::SecurityRequirement)),
    optional("tags", List(ObjectKind::Tag)),
    optional("externalDocs", One(ObjectKind::ExternalDocs)),
];

const INFO: &[KeyRule] = &[
    required("title", Text),
    required("version", Text),
    text("description"),
    text("termsOfService"),
    optional("contact", One(ObjectKind::Contact)),
    optional("license", One(ObjectKind::License)),
];

const CONTACT: &[KeyRule] = &[text("name"), text("url"), text("email")];

const LICENSE: &[KeyRule] = &[required("name", Text), text("url")];

const EXTERNAL_DOCS: &[KeyRule] = &[required("url", Text), text("description")];

const SERVER: &[KeyRule] =
    &[required("url", Text), text("description"), optional("variables", Map(ObjectKind::ServerVariable))];

const SERVER_VARIABLE: &[KeyRule] =
    &[required("default", Text), optional("enum", Texts), text("description")];

const TAG: &[KeyRule] =
    &[required("name", Text), text("description"), optional("externalDocs", One(ObjectKind::ExternalDocs))];

const ON_THE_SERVERS: &str = "name the servers in openapi.yaml";

const PATH_ITEM: &[KeyRule] = &[
    refused("$ref", Text, "write the path out"),
    text("summary"),
    text("description"),
    refused("servers", List(ObjectKind::Server), ON_THE_SERVERS),
    optional("parameters", List(ObjectKind::Parameter)),
    optional("get", One(ObjectKind::Operation)),
    optional("put", One(ObjectKind::Operation)),
    optional("post", One(ObjectKind::Operation)),
    optional("delete", One(ObjectKind::Operation)),
    refused(
        "options",
        One(ObjectKind::Operation),
        "delete it: browsers send OPTIONS, and clients of an API don't",
    ),
    optional("head", One(ObjectKind::Operation)),
    optional("patch", One(ObjectKind::Operation)),
    refused("trace", One(ObjectKind::Operation), "delete it: clients of an API don't send TRACE"),
];

const OPERATION: &[KeyRule] = &[
    text("operationId"),
    optional("tags", Texts),
    text("summary"),
    text("description"),
    optional("externalDocs", One(ObjectKind::ExternalDocs)),
    optional("parameters", List(ObjectKind::Parameter)),
    optional("requestBody", One(ObjectKind::RequestBody)),
    required("responses", One(ObjectKind::Responses)),
    refused(
        "callbacks",
        Anything,
        "delete it, and describe the callback as an operation if a client sends it",
    ),
    flag("deprecated"),
    optional("security", List(ObjectKind::SecurityRequirement)),
    refused("servers", List(ObjectKind::Server), ON_THE_SERVERS),
];

const PARAMETER: &[KeyRule] = &[
    required("name", Text),
    required("in", Word(&["path", "query", "header", "cookie"])),
    text("description"),
    flag("required"),
    flag("deprecated"),
    refused("allowEmptyValue", Flag, "delete it, and say in `description` what an empty value means"),
    optional(
        "style",
        Word(&["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"]),
    ),
    flag("explode"),
    refused("allowReserved", Flag, "delete it: every value is percent-encoded"),
    optional("schema", One(ObjectKind::Schema)),
    optional("content", Map(ObjectKind::MediaType)),
    optional("example", Anything),
    optional("examples", Map(ObjectKind::Example)),
];

const HEADER: &[KeyRule] = &[
    text("description"),
    flag("required"),
    flag("deprecated"),
    optional("style", Word(&["simple"])),
    flag("explode"),
    required("schema", One(ObjectKind::Schema)),
    refused("content", Map(ObjectKind::MediaType), "describe the header by a `schema`"),
    optional("example", Anything),
    optional("examples", Map(ObjectKind::Example)),
];

const REQUEST_BODY: &[KeyRule] =
    &[required("content", Map(ObjectKind::MediaType)), text("description"), flag("required")];

const MEDIA_TYPE: &[KeyRule] = &[
    required("schema", One(ObjectKind::Schema)),
    optional("example", Anything),
    optional("examples", Map(ObjectKind::Example)),
    refused("encoding", Anything, "delete it: each member is encoded as its type says"),
];

const RESPONSE: &[KeyRule] = &[
    required("description", Text),
    optional("headers", Map(ObjectKind::Header)),
    optional("content", Map(ObjectKind::MediaType)),
    refused("links", Anything, "delete it, and name the other operation in `description`"),
];

const EXAMPLE: &[KeyRule] = &[
    text("summary"),
    text("description"),
    required("value", Anything),
    refused("externalValue", Text, "write the example out as `value`"),
];

const COMPONENTS: &[KeyRule] = &[
    optional("schemas", Map(ObjectKind::Schema)),
    optional("responses", Map(ObjectKind::Response)),
    optional("parameters", Map(ObjectKind::Parameter)),
    optional("examples", Map(ObjectKind::Example)),
    optional("requestBodies", Map(ObjectKind::RequestBody)),
    optional("headers", Map(ObjectKind::Header)),
    optional("securitySchemes", Map(ObjectKind::SecurityScheme)),
    refused("links", Anything, "delete it"),
    refused("callbacks", Anything, "delete it"),
];

const GET_A_TOKEN: &str = "describe how the credential is sent: `type: http`, `scheme: bearer`";

const SECURITY_SCHEME: &[KeyRule] = &[
    required("type", Word(&["apiKey", "http"])),
    text("description"),
    text("name"),
    optional("in", Word(&["query", "header", "cookie"])),
    text("scheme"),
    text("bearerFormat"),
    refused("flows", Anything, GET_A_TOKEN),
    refused("openIdConnectUrl", Text, GET_A_TOKEN),
];

const SCHEMA: &[KeyRule] = &[
    text("title"),
    text("description"),
    optional("type", Word(SCHEMA_TYPES)),
    text("format"),
    text("pattern"),
    optional("enum", Values),
    optional("default", Anything),
    optional("example", Anything),
    flag("nullable"),
    flag("deprecated"),
    flag("readOnly"),
    flag("writeOnly"),
    optional("minLength", Count),
    optional("maxLength", Count),
    optional("minimum", Number),
    optional("maximum", Number),
    flag("exclusiveMinimum"),
    flag("exclusiveMaximum"),
    optional("multipleOf", Number),
    optional("items", One(ObjectKind::Schema)),
    optional("minItems", Count),
    optional("maxItems", Count),
    flag("uniqueItems"),
    optional("properties", Map(ObjectKind::Schema)),
    optional("required", Texts),
    optional("additionalProperties", FlagOr(ObjectKind::Schema)),
    optional("minProperties", Count),
    optional("maxProperties", Count),
    optional("allOf", List(ObjectKind::Schema)),
    optional("oneOf", List(ObjectKind::Schema)),
    refused(
        "anyOf",
        List(ObjectKind::Schema),
        "use `oneOf` if exactly one fits, or one schema with optional members",
    ),
    refused("not", One(ObjectKind::Schema), "say in `description` what is excluded"),
    refused("discriminator", Anything, "delete it: a `oneOf` is told apart by its members"),
    refused("xml", Anything, "delete it: only JSON is generated"),
    optional("externalDocs", One(ObjectKind::ExternalDocs)),
    // This is the only extension whose value is a schema.
    optional("x-json-text", One(ObjectKind::Schema)),
];
