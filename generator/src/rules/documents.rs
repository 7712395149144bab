//! The rules of the form of a document: keys, references and extensions.

use super::rule::{Rule, curation, rule, tidiness};

/// The rules of keys, references and extensions.
pub(super) const DOCUMENTS: &[Rule] = &[
    rule(
        "openapi-version",
        "The document is in another version of OpenAPI than 3.0.",
        "Write `openapi: 3.0.3`.",
    ),
    rule(
        "not-openapi",
        "A file that is to be imported is no OpenAPI document, or one without operations.",
        "Import the OpenAPI document of the service.",
    ),
    rule(
        "second-document",
        "Two documents that are to be imported have paths.",
        "Import each as a service of its own, or join the two.",
    ),
    rule(
        "not-imported",
        "A document is to be imported into the folder of a service that no import wrote.",
        "Choose another name for the service.",
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
];
