//! The rules that a fault can break: each has an id that stays, what it means, and what mends it.

mod drifts;
mod lints;
mod rule;

pub use drifts::DRIFTS;
pub use lints::LINTS;
pub use rule::{Class, Rule};
use rule::{curation, rule, tidiness};

/// What becomes of a spec that breaks a rule; `None` if there is no such rule.
pub(crate) fn class(id: &str) -> Option<Class> {
    RULES.iter().find(|rule| rule.id == id).map(|rule| rule.class)
}

/// All rules: first those of files, then those of the form of the documents, then those of their meaning.
pub const RULES: &[Rule] = &[
    rule("yaml", "The file isn't YAML.", "Correct the place; a tab in the indentation is a frequent cause."),
    rule("encoding", "The file isn't UTF-8.", "Save it in the encoding UTF-8."),
    rule(
        "control-character",
        "The file has a control character, or one that changes the direction of text.",
        "Delete it.",
    ),
    rule("empty-file", "The file is empty.", "Write a document, or delete the file."),
    rule("several-documents", "The file has more than one YAML document.", "Write one file for each group."),
    rule(
        "too-deep",
        "Lists and mappings are nested too deep.",
        "Give the inner schemas names under `components.schemas`.",
    ),
    rule("anchor", "A value has a YAML anchor.", "Write a component, and `$ref`s to it."),
    rule("alias", "A YAML alias stands for a value.", "Write a `$ref`."),
    rule("tag", "A value has a YAML tag.", "Delete the tag; quotes make a text of a value."),
    rule("duplicate-key", "A mapping has a key twice.", "Join the two, or delete one."),
    rule("key-not-text", "A key is not text.", "Write a key that is text."),
    rule("not-a-number", "A number is infinite or not a number.", "Write a finite number."),
    rule(
        "file-name",
        "A file under `spec/` isn't one of a service, or isn't YAML.",
        "Move it to `spec/<service>/<group>.yaml`, or delete it.",
    ),
    rule("missing-file", "A service has no `openapi.yaml`.", "Add it."),
    rule(
        "service-name",
        "The folder has a name that no module, feature or type can have.",
        "Give the folder another name, of lower-case words that are joined by `-`.",
    ),
    rule(
        "group-name",
        "The file of a group has a name that no module or method can have.",
        "Give the file another name, in kebab case.",
    ),
    rule("empty-group", "The file of a group has no operations.", "Add a path, or delete the file."),
    rule("missing-tag", "`openapi.yaml` doesn't list a group.", "Add a tag with the name of the file."),
    rule("duplicate-tag", "`openapi.yaml` lists a group twice.", "Delete one of the tags."),
    rule(
        "unknown-group",
        "`openapi.yaml` lists a group that has no file.",
        "Correct the name, add the file, or delete the tag.",
    ),
    rule(
        "misplaced-part",
        "A part of a document stands in a file where nothing reads it.",
        "Move it to the file that the help names.",
    ),
    rule(
        "openapi-version",
        "The document is in another version of OpenAPI than 3.0.",
        "Write `openapi: 3.0.3`.",
    ),
    rule(
        "unknown-key",
        "OpenAPI 3.0 has no such key in this object.",
        "Correct the key; the help names the nearest one.",
    ),
    rule(
        "unsupported-key",
        "OpenAPI has the key, but the generator doesn't support it.",
        "Write what the help says instead. [OPENAPI.md](OPENAPI.md) lists all of these keys.",
    ),
    curation(
        "unused-key",
        "OpenAPI has a key here, and nothing comes of it.",
        "Write it in another way; `OPENAPI.md` says how.",
    ),
    rule("missing-key", "An object lacks a key that OpenAPI asks for.", "Add it."),
    rule(
        "wrong-type",
        "A value has another type than OpenAPI asks for.",
        "Write a value of that type; the help says how.",
    ),
    tidiness("unknown-word", "A value is none of the words that OpenAPI knows here.", "Write one of them."),
    rule(
        "beside-reference",
        "A key stands beside a `$ref`, which hides it.",
        "Move it to the component, or wrap the reference in `allOf`.",
    ),
    tidiness(
        "reference-form",
        "A `$ref` isn't a reference to a component of the right kind.",
        "Write `#/components/<section>/<Name>`, in quotes.",
    ),
    rule("missing-reference", "A `$ref` leads to nothing.", "Correct it, or define the component."),
    rule(
        "reference-between-groups",
        "A `$ref` leads to the file of another group.",
        "Move the component to `common.yaml`.",
    ),
    curation(
        "reference-cycle",
        "References form a cycle that no value can end.",
        "Make a member of the cycle optional, or an object with members.",
    ),
    curation(
        "ignored-key",
        "A key stands in a schema where nothing shows it.",
        "Write it at the member, parameter or body around it.",
    ),
    tidiness("unused-schema", "No operation uses a schema.", "Refer to it, or delete it."),
    tidiness("unused-parameter", "No operation uses a shared parameter.", "Refer to it, or delete it."),
    tidiness("unused-response", "No operation uses a shared response.", "Refer to it, or delete it."),
    tidiness("unused-request-body", "No operation uses a shared request body.", "Refer to it, or delete it."),
    tidiness("unused-header", "No operation uses a shared header.", "Refer to it, or delete it."),
    tidiness("unused-example", "No operation uses a shared example.", "Refer to it, or delete it."),
    rule(
        "unknown-extension",
        "There is no such `x-` key.",
        "Correct it; `spec/README.md` lists the extensions.",
    ),
    rule(
        "misplaced-extension",
        "An extension stands where it has no effect.",
        "Move it to where the help says.",
    ),
    rule("extension-value", "The value of an extension isn't one that it can have.", "Correct the value."),
    curation(
        "contradiction",
        "`x-sensitive` and `x-not-sensitive` stand on one value.",
        "Delete one of them.",
    ),
    rule(
        "bearer-parts",
        "`x-bearer-parts` lists what can't be a part of a bearer value.",
        "List the scheme itself, those of the root `security`, and settings.",
    ),
    curation(
        "unmarked-secret",
        "The name of a value looks like that of a secret, and the spec doesn't say whether it is one.",
        "Add `x-sensitive: true`, or `x-not-sensitive` with the reason.",
    ),
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
        "Give the parameters the same names in both, or delete one.",
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
