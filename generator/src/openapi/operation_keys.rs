//! The keys of the objects that describe operations, what they send, and what they respond with.

use super::kind::{KeyRule, ObjectKind, ValueKind};

use ValueKind::{Anything, Flag, List, Map, One, Text, Texts, Word};

const IN_EACH_OPERATION: &str = "write it in each operation of the path";

const AN_OPERATION: &str = "an operation";

pub(super) const PATH_ITEM: &[KeyRule] = &[
    KeyRule::refused("$ref", Text, "write the path out"),
    KeyRule::refused("summary", Text, IN_EACH_OPERATION),
    KeyRule::refused("description", Text, IN_EACH_OPERATION),
    KeyRule::generated("servers", List(ObjectKind::Server), "the server of each operation of the path"),
    KeyRule::generated("parameters", List(ObjectKind::Parameter), "parameters of each operation of the path"),
    KeyRule::generated("get", One(ObjectKind::Operation), AN_OPERATION),
    KeyRule::generated("put", One(ObjectKind::Operation), AN_OPERATION),
    KeyRule::generated("post", One(ObjectKind::Operation), AN_OPERATION),
    KeyRule::generated("delete", One(ObjectKind::Operation), AN_OPERATION),
    KeyRule::generated("options", One(ObjectKind::Operation), AN_OPERATION),
    KeyRule::generated("head", One(ObjectKind::Operation), AN_OPERATION),
    KeyRule::generated("patch", One(ObjectKind::Operation), AN_OPERATION),
    KeyRule::generated("trace", One(ObjectKind::Operation), AN_OPERATION),
];

pub(super) const OPERATION: &[KeyRule] = &[
    KeyRule::generated("operationId", Text, "the names of the method and of the operation's type"),
    KeyRule::checked("tags", Texts, "the name of the file, which is the group"),
    KeyRule::generated("summary", Text, "the first line of the method's text"),
    KeyRule::generated("description", Text, "the text of the method"),
    KeyRule::generated("externalDocs", One(ObjectKind::ExternalDocs), "the link in the text of the method"),
    KeyRule::generated(
        "parameters",
        List(ObjectKind::Parameter),
        "arguments of the method and setters of the call",
    ),
    KeyRule::generated("requestBody", One(ObjectKind::RequestBody), "the body of the call"),
    KeyRule::generated(
        "responses",
        One(ObjectKind::Responses),
        "the response's type, and the list of errors",
    )
    .required(),
    KeyRule::refused(
        "callbacks",
        Anything,
        "delete it, and describe the callback as an operation if a client sends it",
    )
    .tolerated(),
    KeyRule::generated("deprecated", Flag, "`#[deprecated]` on the method"),
    KeyRule::generated(
        "security",
        List(ObjectKind::SecurityRequirement),
        "the credential that the call needs",
    ),
    KeyRule::generated(
        "servers",
        List(ObjectKind::Server),
        "where the request goes in place of the base URL",
    ),
];

pub(super) const PARAMETER: &[KeyRule] = &[
    KeyRule::generated("name", Text, "the name of the parameter, on the wire and in Rust").required(),
    KeyRule::generated("in", Word(&["path", "query", "header", "cookie"]), "where it is sent").required(),
    KeyRule::generated("description", Text, "the text of the argument or setter"),
    KeyRule::generated("required", Flag, "an argument of the method in place of a setter"),
    KeyRule::generated("deprecated", Flag, "`#[deprecated]` on the setter"),
    KeyRule::generated("allowEmptyValue", Flag, "a value that isn't text can be left out behind the name"),
    KeyRule::generated(
        "style",
        Word(&["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"]),
        "how a list or an object is written",
    ),
    KeyRule::generated("explode", Flag, "how a list or an object is written"),
    KeyRule::generated("allowReserved", Flag, "which characters are percent-encoded"),
    KeyRule::generated("schema", One(ObjectKind::Schema), "the type of the value"),
    KeyRule::generated("content", Map(ObjectKind::MediaType), "the type of a value that is sent as JSON"),
    KeyRule::generated(
        "example",
        Anything,
        "the example of the method if it is required, or else the setter's text",
    ),
    KeyRule::generated("examples", Map(ObjectKind::Example), "the same, of which the first is shown"),
];

pub(super) const HEADER: &[KeyRule] = &[
    KeyRule::generated("description", Text, "the text of the method that reads the header"),
    KeyRule::generated("required", Flag, "whether the header can be absent"),
    KeyRule::generated("deprecated", Flag, "`#[deprecated]` on the method that reads the header"),
    KeyRule::refused("style", Word(&["simple"]), "delete it: every header is in the style `simple`"),
    KeyRule::refused("explode", Flag, "delete it: a header is a text, a number or a boolean"),
    KeyRule::generated("schema", One(ObjectKind::Schema), "the type of the header").required(),
    KeyRule::refused("content", Map(ObjectKind::MediaType), "describe the header by a `schema`"),
    KeyRule::checked("example", Anything, "the schema"),
    KeyRule::refused("examples", Map(ObjectKind::Example), "write one `example`"),
];

pub(super) const REQUEST_BODY: &[KeyRule] = &[
    KeyRule::generated("content", Map(ObjectKind::MediaType), "the type and the format of the body")
        .required(),
    KeyRule::generated(
        "description",
        Text,
        "the text of the body's type if it has none, or else of the method",
    ),
    KeyRule::generated("required", Flag, "whether the body can be left out"),
];

pub(super) const MEDIA_TYPE: &[KeyRule] = &[
    KeyRule::generated("schema", One(ObjectKind::Schema), "the type of the body"),
    KeyRule::generated(
        "example",
        Anything,
        "the example of the request or response in the text of the method",
    ),
    KeyRule::generated("examples", Map(ObjectKind::Example), "the same; of a request, the first is shown"),
    KeyRule::generated("encoding", Map(ObjectKind::Encoding), "how the members of a form are written"),
];

pub(super) const ENCODING: &[KeyRule] = &[
    KeyRule::generated("contentType", Text, "the media type of the part, or that the member is JSON"),
    KeyRule::generated("headers", Anything, "headers of the part, each with its only value"),
    KeyRule::generated(
        "style",
        Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        "how a list or an object in a URL-encoded form is written",
    ),
    KeyRule::generated("explode", Flag, "how a list or an object in a URL-encoded form is written"),
    KeyRule::generated("allowReserved", Flag, "which characters are percent-encoded in a URL-encoded form"),
];

pub(super) const RESPONSE: &[KeyRule] = &[
    KeyRule::generated("description", Text, "the text of the response or error").required(),
    KeyRule::generated(
        "headers",
        Map(ObjectKind::Header),
        "the target of a redirect, and what else a response tells",
    ),
    KeyRule::generated("content", Map(ObjectKind::MediaType), "the type of the response"),
    KeyRule::refused("links", Anything, "delete it, and name the other operation in `description`")
        .tolerated(),
];

pub(super) const EXAMPLE: &[KeyRule] = &[
    KeyRule::generated("summary", Text, "the words above the example of a response"),
    KeyRule::refused("description", Text, "write one line as `summary`"),
    KeyRule::generated("value", Anything, "the example").required(),
    KeyRule::refused("externalValue", Text, "write the example out as `value`"),
];
