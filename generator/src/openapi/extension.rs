//! The extensions of OpenAPI that the generator knows. `spec/README.md` describes them.

/// An extension: its key, where it can stand, and what its value must be.
pub(crate) struct Extension {
    pub(crate) key: &'static str,
    pub(crate) home: ExtensionHome,
    pub(crate) value: ExtensionValue,
}

/// Where an extension can stand.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ExtensionHome {
    /// On a parameter, a header of a response, or a property.
    Value,
    /// On one of these, or on a security scheme.
    ValueOrScheme,
    /// On a property of `type: string`.
    TextProperty,
    /// On a schema with `enum`.
    Enum,
    /// On a named schema that is an object with members, or a choice.
    Structure,
    /// On a schema of `type: string`.
    Text,
    /// In the schema of `x-json-text`, which is read as if it had the usual key.
    JsonText,
    /// On an operation.
    Operation,
    /// On the response of an error.
    Failure,
    /// On the open enum of the service's error codes.
    ErrorCodes,
    /// On the open enum of the service's error codes, or on the response of an error.
    ErrorCodesOrFailure,
    /// At the top of `openapi.yaml`.
    Service,
    /// At the top of any other file, if the service is imported.
    ImportedFile,
    /// On a security scheme of `scheme: bearer`.
    BearerScheme,
    /// On any object.
    Anywhere,
}

impl ExtensionHome {
    /// The place, for messages.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::Value => "on a parameter, a header or a member",
            Self::ValueOrScheme => "on a parameter, a header, a member or a security scheme",
            Self::TextProperty => "on a property of `type: string`",
            Self::Enum => "on a schema with `enum`",
            Self::Structure => "on an object with `properties` or a `oneOf` under `components.schemas`",
            Self::Text => "on a schema of `type: string`",
            Self::JsonText => "in the schema of `x-json-text`",
            Self::Operation => "on an operation",
            Self::Failure => "on the response of an error: 4xx, 5xx or `default`",
            Self::ErrorCodes => "on the open enum `ErrorCode` in common.yaml",
            Self::ErrorCodesOrFailure => {
                "on the open enum `ErrorCode` in common.yaml, or on the response of an error: 4xx, 5xx or `default`"
            }
            Self::Service => "at the top of openapi.yaml",
            Self::ImportedFile => {
                "at the top of any other file of a service whose openapi.yaml has `x-imported: true`"
            }
            Self::BearerScheme => "on a security scheme of `scheme: bearer`",
            Self::Anywhere => "on any object",
        }
    }
}

/// What the value of an extension must be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ExtensionValue {
    True,
    /// A sentence that gives a reason.
    Reason,
    /// One of [`RETRY_CLASSES`].
    RetryClass,
    /// The version of a server.
    Version,
    /// A list of words that people search for.
    SearchWords,
    /// The id of another operation.
    Operation,
    /// A description of each value of an enum.
    EnumDescriptions,
    /// The names of variants for values of an enum.
    EnumNames,
    /// A list of error codes.
    ErrorCodes,
    /// The questions to an error, each with its text.
    Questions,
    /// The question that each code answers.
    Meanings,
    /// A number of bytes.
    Count,
    /// A schema.
    Schema,
    /// A list of security schemes.
    Schemes,
    /// The settings of a client, each with its text and the header that is sent.
    Settings,
    /// Where a request asks for a page, and where a response has it.
    Paging,
    /// Arguments of which a request needs one.
    Arguments,
    /// Rules of quality, each with the reason why it doesn't apply.
    Lints,
}

/// The extension that says which rules of quality don't apply to an object and to everything in it.
pub(crate) const LINT_ALLOW: &str = "x-lint-allow";

/// Whether and when a failed call can be sent again.
pub(crate) const RETRY_CLASSES: &[&str] = &["safe", "idempotent", "never"];

/// At the top of `openapi.yaml`: the service is imported, and not yet curated.
pub(crate) const IMPORTED: &str = "x-imported";

/// At the top of another file of an imported service: the file is curated.
pub(crate) const CURATED: &str = "x-curated";

/// All extensions.
pub(crate) const EXTENSIONS: &[Extension] = &[
    extension("x-sensitive", ExtensionHome::Value, ExtensionValue::True),
    extension("x-not-sensitive", ExtensionHome::ValueOrScheme, ExtensionValue::Reason),
    extension("x-retry", ExtensionHome::Operation, ExtensionValue::RetryClass),
    extension("x-retry-reason", ExtensionHome::Operation, ExtensionValue::Reason),
    extension("x-since", ExtensionHome::Operation, ExtensionValue::Version),
    extension("x-search-words", ExtensionHome::Operation, ExtensionValue::SearchWords),
    extension("x-exactly-one-of", ExtensionHome::Operation, ExtensionValue::Arguments),
    extension("x-at-least-one-of", ExtensionHome::Operation, ExtensionValue::Arguments),
    extension("x-paging", ExtensionHome::Operation, ExtensionValue::Paging),
    extension("x-after", ExtensionHome::Operation, ExtensionValue::Operation),
    extension("x-open-enum", ExtensionHome::Enum, ExtensionValue::True),
    extension("x-enum-descriptions", ExtensionHome::Enum, ExtensionValue::EnumDescriptions),
    extension("x-enum-names", ExtensionHome::Enum, ExtensionValue::EnumNames),
    extension("x-json-text", ExtensionHome::TextProperty, ExtensionValue::Schema),
    extension("x-ref", ExtensionHome::JsonText, ExtensionValue::Reason),
    extension("x-pattern", ExtensionHome::Text, ExtensionValue::Reason),
    extension("x-max-bytes", ExtensionHome::Text, ExtensionValue::Count),
    extension("x-relayed", ExtensionHome::Structure, ExtensionValue::True),
    extension("x-stored", ExtensionHome::Structure, ExtensionValue::True),
    extension("x-error-codes", ExtensionHome::Failure, ExtensionValue::ErrorCodes),
    extension("x-error-questions", ExtensionHome::ErrorCodes, ExtensionValue::Questions),
    extension("x-error-meanings", ExtensionHome::ErrorCodesOrFailure, ExtensionValue::Meanings),
    extension("x-hand-written", ExtensionHome::Service, ExtensionValue::True),
    extension(IMPORTED, ExtensionHome::Service, ExtensionValue::True),
    extension(CURATED, ExtensionHome::ImportedFile, ExtensionValue::True),
    extension("x-client-settings", ExtensionHome::Service, ExtensionValue::Settings),
    extension("x-bearer-parts", ExtensionHome::BearerScheme, ExtensionValue::Schemes),
    extension(LINT_ALLOW, ExtensionHome::Anywhere, ExtensionValue::Lints),
];

const fn extension(key: &'static str, home: ExtensionHome, value: ExtensionValue) -> Extension {
    Extension { key, home, value }
}
