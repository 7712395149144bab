//! The rules of values and schemas, and of the names that they get in Rust.

use super::rule::{Rule, curation, rule, tidiness};

/// The rules of examples, schemas and names, and of what isn't expected to happen.
pub(super) const VALUES: &[Rule] = &[
    tidiness("example", "An example doesn't fit its schema.", "Correct the example, or the schema."),
    tidiness("default", "A default value doesn't fit its schema.", "Correct the value, or delete it."),
    curation("missing-type", "A keyword stands in a schema that names no type.", "Add the type."),
    curation(
        "misplaced-keyword",
        "A keyword says nothing about the type beside it.",
        "Delete it, or correct the type.",
    ),
    curation("missing-items", "A list doesn't say what its items are.", "Add `items`."),
    rule("bounds", "No value can fit the bounds, or a bound is incomplete.", "Correct them."),
    curation(
        "number-format",
        "A number has a format that OpenAPI doesn't have.",
        "Write `int32` or `int64`, `float` or `double`.",
    ),
    curation("closed-object", "`additionalProperties: false` changes nothing.", "Delete the line."),
    curation(
        "unchecked-limit",
        "Nothing checks a limit, so it would be ignored.",
        "Say it in `description`.",
    ),
    rule("nullable", "`nullable` stands where null can't be sent.", "Delete it, or make the value optional."),
    rule("header-type", "A response header isn't a plain value.", "Describe its text as a string."),
    rule("header-name", "A response header can't be read by its name.", "Delete it."),
    rule("duplicate-header", "A response has two headers of one name.", "Delete one of the two."),
    tidiness(
        "pattern",
        "The client can't check a pattern.",
        "Write it as a regular expression of ECMAScript.",
    ),
    rule(
        "schema-name",
        "The name of a schema isn't in Pascal case.",
        "Write it as the help says, also in each `$ref`.",
    ),
    rule(
        "duplicate-schema",
        "Two schemas of a service have one name.",
        "Give one of the two another name, or refer to one of them.",
    ),
    curation(
        "required-member",
        "`required` lists what isn't a member, or lists a member twice.",
        "Correct the list.",
    ),
    curation(
        "joined-keyword",
        "`allOf` joins schemas with keywords that can't be joined.",
        "Write the schema that is meant in place of the `allOf`.",
    ),
    curation("inline-enum", "An enum has no name.", "Move it to `components.schemas`, and refer to it."),
    curation(
        "inline-object",
        "An object inside another schema has no name.",
        "Move it to `components.schemas`, and refer to it.",
    ),
    curation("choice-type", "No value is read as one of the forms of a choice.", "Follow the help."),
    curation(
        "discriminator",
        "The mapping of a discriminator leads to no form of the choice.",
        "Name a schema that one of the forms refers to.",
    ),
    curation("empty-choice", "An `allOf` or `oneOf` is empty.", "List the schemas, or delete the line."),
    curation(
        "enum-value",
        "A value of an enum isn't of the enum's type, or is listed twice.",
        "Correct the value or the type, or delete one.",
    ),
    curation("closed-enum", "A response can contain an enum that isn't open.", "Add `x-open-enum: true`."),
    rule(
        "unknown-error-code",
        "A response lists an error code that its body doesn't know.",
        "Correct the code, or add it to the enum of error codes.",
    ),
    rule(
        "client-setting",
        "A setting of the client has no text, a name that no method can have, or a header that can't be its own.",
        "Give it a `description`, a name of lower-case words that are joined by `_`, and a header that nothing else sets.",
    ),
    rule(
        "question-name",
        "A question to an error has a name that no method of the error can have.",
        "Give it another name, of lower-case words that are joined by `_`.",
    ),
    rule(
        "unknown-question",
        "A code answers a question that the service doesn't have.",
        "Correct the name, or add the question to `x-error-questions`.",
    ),
    tidiness(
        "unused-question",
        "No code answers a question.",
        "Say in `x-error-meanings` which codes answer it, or delete it.",
    ),
    rule(
        "repeated-meaning",
        "An operation says twice what a code means, or says what the code means everywhere.",
        "Delete one of the two lines.",
    ),
    curation(
        "member-collision",
        "Two members of an object become one name in Rust.",
        "Keep the one that the server documents.",
    ),
    curation(
        "parameter-collision",
        "Two parameters of an operation, or a parameter and a member of the body, become one name in Rust.",
        "Keep the one that the server documents.",
    ),
    curation(
        "value-collision",
        "A value of an enum becomes a name in Rust that is taken.",
        "Give it a name in `x-enum-names`.",
    ),
    rule("name-collision", "Two names become one name in Rust.", "Give one of the two another name."),
    rule("reserved-name", "A name is taken by the generated code.", "Choose another name."),
    curation(
        "unknown-name",
        "A text names an operation, schema or member that doesn't exist.",
        "Correct the name.",
    ),
    rule("differences", "`differences.yaml` isn't in its form.", "Write it as spec/README.md says."),
    rule("unreadable-file", "A file or folder can't be read.", "Follow the reason that the system gives."),
    rule(
        "openapi",
        "The generator made a document that openapiv3 can't read.",
        "Report this with the spec: a check should have found it.",
    ),
    rule(
        "progenitor",
        "progenitor made no type of a schema.",
        "Report this with the spec: a check should have found it.",
    ),
];
