//! The words in which the grammar of OpenAPI is written: the kinds of objects, and the kinds of values under their
//! keys.

/// A kind of object of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ObjectKind {
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
pub(crate) enum ValueKind {
    Text,
    Flag,
    Number,
    /// An integer that isn't negative.
    Count,
    Anything,
    /// A list of anything.
    Values,
    /// A list of texts.
    Texts,
    /// One of these words.
    Word(&'static [&'static str]),
    /// An object.
    One(ObjectKind),
    /// A list of objects.
    List(ObjectKind),
    /// A map from names, which the author chooses, to objects.
    Map(ObjectKind),
    /// A boolean or an object.
    FlagOr(ObjectKind),
}

/// Whether an object must have a key.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Need {
    Required,
    Optional,
    /// OpenAPI knows the key, but the generator doesn't support it. The text says what to write instead.
    Refused(&'static str),
}

/// A key of an object, what its value must be, and whether the object must have it.
pub(crate) type KeyRule = (&'static str, ValueKind, Need);

/// What a kind of object can hold.
pub(crate) struct ObjectGrammar {
    /// What messages call the object.
    pub(crate) name: &'static str,
    pub(crate) keys: &'static [KeyRule],
    /// What the values of all other keys must be, where the author chooses the keys.
    pub(crate) others: Option<ValueKind>,
    /// Whether a `$ref` can stand in the place of the object.
    pub(crate) is_referable: bool,
}

impl ObjectGrammar {
    /// The rule for a key that OpenAPI lists.
    pub(crate) fn rule(&self, key: &str) -> Option<&'static KeyRule> {
        self.keys.iter().find(|(known, ..)| *known == key)
    }

    /// What the value of a key must be; `None` for a key that the object can't have, and for an extension.
    pub(crate) fn value_of(&self, key: &str) -> Option<ValueKind> {
        match self.rule(key) {
            Some((_, value, _)) => Some(*value),
            None => self.others.filter(|_| !is_extension(key)),
        }
    }
}

/// Whether a key is one that OpenAPI leaves to its users.
pub(crate) fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}

impl ValueKind {
    /// Whether the value is a schema, or a list or map of schemas.
    pub(crate) fn holds_schemas(self) -> bool {
        matches!(
            self,
            ValueKind::One(ObjectKind::Schema)
                | ValueKind::List(ObjectKind::Schema)
                | ValueKind::Map(ObjectKind::Schema)
                | ValueKind::FlagOr(ObjectKind::Schema)
        )
    }
}
