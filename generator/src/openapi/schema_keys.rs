//! The keys of schemas.

use super::kind::{KeyRule, ObjectKind, ValueKind};

use ValueKind::{Anything, Count, Flag, FlagOr, List, Map, Number, One, Text, Texts, Values, Word};

/// The types that a schema can name.
pub(crate) const SCHEMA_TYPES: &[&str] = &["string", "integer", "number", "boolean", "array", "object"];

const CHECKED_BEFORE_SENDING: &str = "a limit, which is checked before a request is sent";

pub(super) const SCHEMA: &[KeyRule] = &[
    KeyRule::refused(
        "title",
        Text,
        "write it in `description`; the name of a type is its key under `components.schemas`",
    ),
    KeyRule::generated("description", Text, "the text of the type, member or alternative"),
    KeyRule::generated("type", Word(SCHEMA_TYPES), "the type"),
    KeyRule::generated(
        "format",
        Text,
        "the width of a number, the type of a time; the text of a member or parameter that is any other string",
    ),
    KeyRule::generated("pattern", Text, CHECKED_BEFORE_SENDING),
    KeyRule::generated("enum", Values, "the variants of an enum of texts, numbers or booleans"),
    KeyRule::generated("default", Anything, "the text of the member or parameter"),
    KeyRule::generated("example", Anything, "the text of the type or member"),
    KeyRule::generated("nullable", Flag, "a member of a request that can be null"),
    KeyRule::generated("deprecated", Flag, "`#[deprecated]` on the type or member"),
    KeyRule::generated("readOnly", Flag, "a member that no request has"),
    KeyRule::generated("writeOnly", Flag, "a member that no response has"),
    KeyRule::generated("minLength", Count, CHECKED_BEFORE_SENDING),
    KeyRule::generated("maxLength", Count, CHECKED_BEFORE_SENDING),
    KeyRule::generated("minimum", Number, CHECKED_BEFORE_SENDING),
    KeyRule::generated("maximum", Number, CHECKED_BEFORE_SENDING),
    KeyRule::generated("exclusiveMinimum", Flag, CHECKED_BEFORE_SENDING),
    KeyRule::generated("exclusiveMaximum", Flag, CHECKED_BEFORE_SENDING),
    KeyRule::refused("multipleOf", Number, "say in `description` which numbers the server accepts"),
    KeyRule::generated("items", One(ObjectKind::Schema), "the type of the items of a list"),
    KeyRule::generated("minItems", Count, CHECKED_BEFORE_SENDING),
    KeyRule::generated("maxItems", Count, CHECKED_BEFORE_SENDING),
    KeyRule::refused("uniqueItems", Flag, "say in `description` that an item can't be repeated"),
    KeyRule::generated("properties", Map(ObjectKind::Schema), "the members of a struct"),
    KeyRule::generated("required", Texts, "arguments of constructors in place of setters"),
    KeyRule::generated(
        "additionalProperties",
        FlagOr(ObjectKind::Schema),
        "a map, or a field for all other members",
    ),
    KeyRule::refused("minProperties", Count, "say in `description` how many members the server accepts"),
    KeyRule::refused("maxProperties", Count, "say in `description` how many members the server accepts"),
    KeyRule::generated("allOf", List(ObjectKind::Schema), "one type of several"),
    KeyRule::generated("oneOf", List(ObjectKind::Schema), "an enum with a variant for each"),
    KeyRule::generated("anyOf", List(ObjectKind::Schema), "the same as `oneOf`"),
    KeyRule::refused("not", One(ObjectKind::Schema), "say in `description` what is excluded"),
    KeyRule::generated(
        "discriminator",
        One(ObjectKind::Discriminator),
        "what tells the forms of a choice apart",
    ),
    KeyRule::refused("xml", Anything, "delete it: only JSON is generated"),
    KeyRule::refused("externalDocs", One(ObjectKind::ExternalDocs), "name the page in `description`"),
    // This is the only extension whose value is a schema.
    KeyRule::generated("x-json-text", One(ObjectKind::Schema), "the type of the JSON in a string"),
];

pub(super) const DISCRIMINATOR: &[KeyRule] = &[
    KeyRule::generated("propertyName", Text, "the member that tells the forms of a choice apart").required(),
    KeyRule::generated("mapping", Anything, "the texts that the member has, each with its form"),
];
