//! The rules of servers, credentials and operations.

use super::rule::{Rule, curation, rule};

/// The rules of servers, credentials, operations, parameters, bodies and responses.
pub(super) const OPERATIONS: &[Rule] = &[
    rule(
        "server-url",
        "The URL of a server can't be a base URL.",
        "Write an absolute URL without user name, query and fragment; that of an operation may be a path.",
    ),
    rule(
        "several-servers",
        "The service, or an operation, has more than one server.",
        "Keep the one that most callers use.",
    ),
    rule(
        "security-scheme-name",
        "The name of a security scheme can't become a method or a type.",
        "Give it another name, of lower-case words that are joined by `_`.",
    ),
    rule(
        "unsupported-security-scheme",
        "The client can't send a credential in this way.",
        "Describe the way that the client can send it in.",
    ),
    rule(
        "security-requirement",
        "A security requirement is listed twice, or its credentials can't be sent together.",
        "List each once; two credentials of one requirement need two places in a request.",
    ),
    rule(
        "security-scope",
        "A security requirement lists a scope that its scheme doesn't have.",
        "Correct the scope, or write `[]`; only tokens of `oauth2` and `openIdConnect` have scopes.",
    ),
    rule(
        "unknown-security-scheme",
        "`openapi.yaml` doesn't define a security scheme.",
        "Define it there, or correct the name.",
    ),
    rule(
        "undeclared-security-scheme",
        "The file doesn't refer to a security scheme that it names.",
        "Add the reference that the help shows.",
    ),
    rule(
        "missing-operation-id",
        "An operation has no `operationId`.",
        "Add it: the group, `_`, and a name in snake case.",
    ),
    curation("missing-summary", "An operation has no `summary`.", "Add one line without a full stop."),
    curation("missing-description", "An operation has no `description`.", "Add it, in your own words."),
    curation(
        "missing-external-docs",
        "An operation has no `externalDocs`.",
        "Add the address of the documentation page.",
    ),
    curation(
        "missing-security",
        "An operation doesn't say which credential it needs.",
        "Add `security`; `[]` if it needs none.",
    ),
    curation("missing-retry", "An operation doesn't say whether it can be sent again.", "Add `x-retry`."),
    rule(
        "duplicate-operation-id",
        "Two operations have one `operationId`.",
        "Give one of the two another name.",
    ),
    rule("operation-id-case", "An `operationId` isn't in snake case.", "Write it as the help says."),
    rule(
        "operation-id-prefix",
        "An `operationId` doesn't begin with its group.",
        "Write the group before the name.",
    ),
    rule(
        "operation-tag",
        "The one tag of an operation isn't the name of its file.",
        "Write the tag that the help shows.",
    ),
    rule(
        "one-of",
        "A request can't have exactly one, or at least one, of what the operation lists, or its example doesn't.",
        "List query parameters, or members of a body in JSON, none of which is required.",
    ),
    rule(
        "paging",
        "The pages of an operation can't be asked for as `x-paging` says, or a response has no list.",
        "Name whole numbers of the request in `page` or `start` and in `size`, and members of the response in `items` and `total`.",
    ),
    curation(
        "link",
        "The address of a documentation page isn't one.",
        "Write an address that starts with `https://`.",
    ),
    rule(
        "trace",
        "A TRACE request has a body or a credential, which HTTP forbids.",
        "Delete it, or use another method.",
    ),
    rule("path-template", "A path is malformed.", "Write a path such as `/v1/users/{id}`."),
    rule(
        "same-path",
        "A path, or an operation of it, occurs twice.",
        "Write both in the same way, with the same names of parameters, or delete one.",
    ),
    rule(
        "undeclared-path-parameter",
        "The path has a parameter that the operation doesn't declare.",
        "Declare it.",
    ),
    rule(
        "unused-path-parameter",
        "The operation declares a path parameter that the path doesn't have.",
        "Put it into the path, or delete it.",
    ),
    rule("optional-path-parameter", "A path parameter isn't required.", "Add `required: true`."),
    rule(
        "parameter-place",
        "A parameter can't be sent where it says.",
        "Follow the help; credentials belong to `security`.",
    ),
    rule(
        "parameter-schema",
        "A parameter has no schema, or both `schema` and `content`.",
        "Write one of the two.",
    ),
    rule(
        "parameter-style",
        "The client can't write a parameter in this style.",
        "Write one of the styles that the help names.",
    ),
    rule(
        "parameter-type",
        "A value of this type can't be sent in this style.",
        "Write the type or the style that the help names.",
    ),
    rule("duplicate-parameter", "An operation has a parameter twice.", "Delete one of the two."),
    rule(
        "media-type",
        "The client can't send or read this media type.",
        "Write one of those that the help names.",
    ),
    rule("form-body", "The body of a form isn't an object.", "Write `type: object` with `properties`."),
    rule(
        "part-encoding",
        "`encoding` says of a member of a form what can't be so.",
        "Follow the help, or delete it: every member has a usual form.",
    ),
    rule(
        "status",
        "A response has a status that no response can have.",
        "Write a status from 200 to 599, a range such as `4XX`, or `default`.",
    ),
    curation(
        "missing-success",
        "An operation has no successful response.",
        "Add it, with a status from 200 to 399.",
    ),
    curation("body-of-response", "A response has a body that is never read.", "Delete `content`."),
    curation(
        "missing-location",
        "The `Location` of a redirect isn't required.",
        "Add `required: true` to it.",
    ),
    curation("missing-example", "A body has no example.", "Add `example` beside `schema`."),
];
