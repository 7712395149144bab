//! The words in which the grammar of OpenAPI is written: the kinds of objects, and the kinds of values under their
//! keys.

/// A kind of object of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    Encoding,
    Responses,
    Response,
    Header,
    Example,
    Components,
    SecurityScheme,
    OauthFlows,
    OauthFlow,
    Scopes,
    SecurityRequirement,
    Schema,
    Discriminator,
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

/// What becomes of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It decides a part of the generated code. The text says which.
    Generated(&'static str),
    /// It changes no code, but a value that doesn't fit the rest of the spec is a fault. The text says what it has to
    /// fit.
    Checked(&'static str),
    /// It is kept for those who read the spec, and for other tools. The text says what it is for.
    Kept(&'static str),
    /// OpenAPI knows the key, but the generator doesn't support it. The text says what to write instead.
    Refused(&'static str),
}

/// A key of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeyRule {
    pub(crate) key: &'static str,
    /// What its value must be.
    pub(crate) value: ValueKind,
    pub(crate) effect: Effect,
    /// Whether the object must have it.
    pub(crate) is_required: bool,
    /// Whether an imported service may have it, although the generator doesn't support it, because a client works without
    /// what it says.
    pub(crate) is_tolerated: bool,
}

impl KeyRule {
    pub(super) const fn generated(key: &'static str, value: ValueKind, what: &'static str) -> Self {
        Self { key, value, effect: Effect::Generated(what), is_required: false, is_tolerated: false }
    }

    pub(super) const fn checked(key: &'static str, value: ValueKind, against: &'static str) -> Self {
        Self { key, value, effect: Effect::Checked(against), is_required: false, is_tolerated: false }
    }

    pub(super) const fn kept(key: &'static str, value: ValueKind, why: &'static str) -> Self {
        Self { key, value, effect: Effect::Kept(why), is_required: false, is_tolerated: false }
    }

    pub(super) const fn refused(key: &'static str, value: ValueKind, instead: &'static str) -> Self {
        Self { key, value, effect: Effect::Refused(instead), is_required: false, is_tolerated: false }
    }

    /// The same key, marked as tolerated: a client works without what the key says.
    pub(super) const fn tolerated(self) -> Self {
        Self { is_tolerated: true, ..self }
    }

    pub(super) const fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    /// What to write instead, if the generator doesn't support the key.
    pub(crate) fn refusal(&self) -> Option<&'static str> {
        match self.effect {
            Effect::Refused(instead) => Some(instead),
            _ => None,
        }
    }
}

impl ObjectKind {
    /// All kinds, in the order in which OpenAPI describes them.
    pub(crate) const ALL: &'static [Self] = &[
        Self::Document,
        Self::Info,
        Self::Contact,
        Self::License,
        Self::Server,
        Self::ServerVariable,
        Self::Components,
        Self::Paths,
        Self::PathItem,
        Self::Operation,
        Self::ExternalDocs,
        Self::Parameter,
        Self::RequestBody,
        Self::MediaType,
        Self::Encoding,
        Self::Responses,
        Self::Response,
        Self::Example,
        Self::Header,
        Self::Tag,
        Self::Schema,
        Self::Discriminator,
        Self::SecurityScheme,
        Self::OauthFlows,
        Self::OauthFlow,
        Self::Scopes,
        Self::SecurityRequirement,
    ];
}

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
        self.keys.iter().find(|rule| rule.key == key)
    }

    /// What the value of a key must be; `None` for a key that the object can't have, and for an extension.
    pub(crate) fn value_of(&self, key: &str) -> Option<ValueKind> {
        match self.rule(key) {
            Some(rule) => Some(rule.value),
            None => self.value_of_other(key),
        }
    }

    /// The same, of a key that has no rule.
    pub(crate) fn value_of_other(&self, key: &str) -> Option<ValueKind> {
        self.others.filter(|_| !is_extension(key))
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
