//! What OpenAPI 3.0.3 allows where: one table for every kind of object.
//!
//! The survey walks the documents by it, and `keys` reports what doesn't fit it.

/// A kind of object of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Tag,
    ExternalDocs,
    Paths,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Responses,
    Response,
    Header,
    Example,
    Components,
    SecurityScheme,
    SecurityRequirement,
    Schema,
}

/// What the value of a key must be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    Text,
    Flag,
    Number,
    /// An integer from 0.
    Count,
    Anything,
    /// A list of anything.
    Values,
    /// A list of texts.
    Texts,
    /// One of these words.
    Word(&'static [&'static str]),
    One(Kind),
    List(Kind),
    Map(Kind),
    /// A boolean or an object.
    FlagOr(Kind),
}

/// Whether a key has to be there.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Need {
    Required,
    Optional,
    /// OpenAPI knows it, but nothing can be generated from it. The text tells what to do instead.
    Refused(&'static str),
}

/// A key, what its value must be, and whether it has to be there.
pub(crate) type Member = (&'static str, Form, Need);

/// What a kind of object may hold.
pub(crate) struct Shape {
    /// The object in messages.
    pub(crate) name: &'static str,
    pub(crate) members: &'static [Member],
    /// What the keys that aren't listed lead to, where the author chooses the keys.
    pub(crate) others: Option<Form>,
    /// Whether `$ref` may stand in its place.
    pub(crate) is_referable: bool,
}

impl Shape {
    /// What the value of a key must be; `None` for a key that the object can't have, and for an extension.
    pub(crate) fn form_of(&self, key: &str) -> Option<Form> {
        match self.members.iter().find(|(known, ..)| *known == key) {
            Some((_, form, _)) => Some(*form),
            None => self.others.filter(|_| !key.starts_with("x-")),
        }
    }
}

use Form::{Anything, Count, Flag, FlagOr, List, Map, Number, One, Text, Texts, Values, Word};
use Need::{Optional, Refused, Required};

impl Kind {
    /// The table.
    pub(crate) const fn shape(self) -> Shape {
        match self {
            Kind::Document => closed("an OpenAPI document", DOCUMENT),
            Kind::Info => closed("`info`", INFO),
            Kind::Contact => closed("a contact", CONTACT),
            Kind::License => closed("a licence", LICENSE),
            Kind::Server => closed("a server", SERVER),
            Kind::ServerVariable => closed("a server variable", SERVER_VARIABLE),
            Kind::Tag => closed("a tag", TAG),
            Kind::ExternalDocs => closed("`externalDocs`", EXTERNAL_DOCS),
            Kind::Paths => open("`paths`", &[], One(Kind::PathItem)),
            Kind::PathItem => closed("a path", PATH_ITEM),
            Kind::Operation => closed("an operation", OPERATION),
            Kind::Parameter => referable("a parameter", PARAMETER),
            Kind::RequestBody => referable("a request body", REQUEST_BODY),
            Kind::MediaType => closed("a media type", MEDIA_TYPE),
            Kind::Responses => open("`responses`", &[], One(Kind::Response)),
            Kind::Response => referable("a response", RESPONSE),
            Kind::Header => referable("a header", HEADER),
            Kind::Example => referable("an example", EXAMPLE),
            Kind::Components => closed("`components`", COMPONENTS),
            Kind::SecurityScheme => referable("a security scheme", SECURITY_SCHEME),
            Kind::SecurityRequirement => open("a security requirement", &[], Texts),
            Kind::Schema => referable("a schema", SCHEMA),
        }
    }
}

const fn closed(name: &'static str, members: &'static [Member]) -> Shape {
    Shape { name, members, others: None, is_referable: false }
}

const fn referable(name: &'static str, members: &'static [Member]) -> Shape {
    Shape { name, members, others: None, is_referable: true }
}

const fn open(name: &'static str, members: &'static [Member], others: Form) -> Shape {
    Shape { name, members, others: Some(others), is_referable: false }
}

const fn required(key: &'static str, form: Form) -> Member {
    (key, form, Required)
}

const fn optional(key: &'static str, form: Form) -> Member {
    (key, form, Optional)
}

const fn refused(key: &'static str, form: Form, instead: &'static str) -> Member {
    (key, form, Refused(instead))
}

const fn text(key: &'static str) -> Member {
    optional(key, Text)
}

const fn flag(key: &'static str) -> Member {
    optional(key, Flag)
}

/// The methods that an operation can have.
pub(crate) const METHODS: &[&str] = &["get", "put", "post", "delete", "head", "patch"];

const DOCUMENT: &[Member] = &[
    required("openapi", Text),
    required("info", One(Kind::Info)),
    required("paths", One(Kind::Paths)),
    optional("servers", List(Kind::Server)),
    optional("components", One(Kind::Components)),
    optional("security", List(Kind::SecurityRequirement)),
    optional("tags", List(Kind::Tag)),
    optional("externalDocs", One(Kind::ExternalDocs)),
];

const INFO: &[Member] = &[
    required("title", Text),
    required("version", Text),
    text("description"),
    text("termsOfService"),
    optional("contact", One(Kind::Contact)),
    optional("license", One(Kind::License)),
];

const CONTACT: &[Member] = &[text("name"), text("url"), text("email")];

const LICENSE: &[Member] = &[required("name", Text), text("url")];

const EXTERNAL_DOCS: &[Member] = &[required("url", Text), text("description")];

const SERVER: &[Member] =
    &[required("url", Text), text("description"), optional("variables", Map(Kind::ServerVariable))];

const SERVER_VARIABLE: &[Member] = &[required("default", Text), optional("enum", Texts), text("description")];

const TAG: &[Member] =
    &[required("name", Text), text("description"), optional("externalDocs", One(Kind::ExternalDocs))];

const ON_THE_SERVERS: &str = "name the servers in openapi.yaml";

const PATH_ITEM: &[Member] = &[
    refused("$ref", Text, "write the path out"),
    text("summary"),
    text("description"),
    refused("servers", List(Kind::Server), ON_THE_SERVERS),
    optional("parameters", List(Kind::Parameter)),
    optional("get", One(Kind::Operation)),
    optional("put", One(Kind::Operation)),
    optional("post", One(Kind::Operation)),
    optional("delete", One(Kind::Operation)),
    refused(
        "options",
        One(Kind::Operation),
        "delete it: OPTIONS is for browsers, no client of an API calls it",
    ),
    optional("head", One(Kind::Operation)),
    optional("patch", One(Kind::Operation)),
    refused("trace", One(Kind::Operation), "delete it: no client sends TRACE"),
];

const OPERATION: &[Member] = &[
    text("operationId"),
    optional("tags", Texts),
    text("summary"),
    text("description"),
    optional("externalDocs", One(Kind::ExternalDocs)),
    optional("parameters", List(Kind::Parameter)),
    optional("requestBody", One(Kind::RequestBody)),
    required("responses", One(Kind::Responses)),
    refused(
        "callbacks",
        Anything,
        "delete it, and describe the callback as an operation if a client sends it",
    ),
    flag("deprecated"),
    optional("security", List(Kind::SecurityRequirement)),
    refused("servers", List(Kind::Server), ON_THE_SERVERS),
];

const PARAMETER: &[Member] = &[
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
    optional("schema", One(Kind::Schema)),
    optional("content", Map(Kind::MediaType)),
    optional("example", Anything),
    optional("examples", Map(Kind::Example)),
];

const HEADER: &[Member] = &[
    text("description"),
    flag("required"),
    flag("deprecated"),
    optional("style", Word(&["simple"])),
    flag("explode"),
    required("schema", One(Kind::Schema)),
    refused("content", Map(Kind::MediaType), "describe the header by a `schema`"),
    optional("example", Anything),
    optional("examples", Map(Kind::Example)),
];

const REQUEST_BODY: &[Member] =
    &[required("content", Map(Kind::MediaType)), text("description"), flag("required")];

const MEDIA_TYPE: &[Member] = &[
    required("schema", One(Kind::Schema)),
    optional("example", Anything),
    optional("examples", Map(Kind::Example)),
    refused("encoding", Anything, "delete it: each member is encoded as its type says"),
];

const RESPONSE: &[Member] = &[
    required("description", Text),
    optional("headers", Map(Kind::Header)),
    optional("content", Map(Kind::MediaType)),
    refused("links", Anything, "delete it, and name the other operation in `description`"),
];

const EXAMPLE: &[Member] = &[
    text("summary"),
    text("description"),
    required("value", Anything),
    refused("externalValue", Text, "write the example out as `value`"),
];

const COMPONENTS: &[Member] = &[
    optional("schemas", Map(Kind::Schema)),
    optional("responses", Map(Kind::Response)),
    optional("parameters", Map(Kind::Parameter)),
    optional("examples", Map(Kind::Example)),
    optional("requestBodies", Map(Kind::RequestBody)),
    optional("headers", Map(Kind::Header)),
    optional("securitySchemes", Map(Kind::SecurityScheme)),
    refused("links", Anything, "delete it"),
    refused("callbacks", Anything, "delete it"),
];

const GET_A_TOKEN: &str = "describe how the credential is sent: `type: http`, `scheme: bearer`";

const SECURITY_SCHEME: &[Member] = &[
    required("type", Word(&["apiKey", "http"])),
    text("description"),
    text("name"),
    optional("in", Word(&["query", "header", "cookie"])),
    text("scheme"),
    text("bearerFormat"),
    refused("flows", Anything, GET_A_TOKEN),
    refused("openIdConnectUrl", Text, GET_A_TOKEN),
];

const SCHEMA: &[Member] = &[
    text("title"),
    text("description"),
    optional("type", Word(&["string", "integer", "number", "boolean", "array", "object"])),
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
    optional("items", One(Kind::Schema)),
    optional("minItems", Count),
    optional("maxItems", Count),
    flag("uniqueItems"),
    optional("properties", Map(Kind::Schema)),
    optional("required", Texts),
    optional("additionalProperties", FlagOr(Kind::Schema)),
    optional("minProperties", Count),
    optional("maxProperties", Count),
    optional("allOf", List(Kind::Schema)),
    optional("oneOf", List(Kind::Schema)),
    refused(
        "anyOf",
        List(Kind::Schema),
        "use `oneOf` if exactly one fits, or one schema with optional members",
    ),
    refused("not", One(Kind::Schema), "say in `description` what is excluded"),
    refused("discriminator", Anything, "delete it: a `oneOf` is told apart by its members"),
    refused("xml", Anything, "delete it: only JSON is generated"),
    optional("externalDocs", One(Kind::ExternalDocs)),
    // The one extension that holds a schema.
    optional("x-json-text", One(Kind::Schema)),
];
