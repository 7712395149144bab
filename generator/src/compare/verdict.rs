//! What a change means.

/// What a change means for those who call the Rust API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rust {
    /// Nothing that they see.
    Unchanged,
    /// Their documentation says something else.
    Documentation,
    /// They are warned: what they use is deprecated.
    Deprecated,
    /// There is more that they can use.
    Additive,
    /// A program that compiled may not compile any more.
    Breaking,
}

/// What a change means for requests and responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wire {
    /// Nothing.
    Same,
    /// A request that was sent may be refused, by the client or by the server.
    MayBeRefused,
    /// The server may read a request differently.
    ReadDifferently,
    /// A request goes to another place, or carries its credential in another.
    SentElsewhere,
    /// A response is decoded to something else, or an error means something else.
    DecodedDifferently,
    /// A value is printed that wasn't.
    Printed,
    /// A value isn't printed any more.
    Hidden,
    /// A call that failed is sent again.
    SentAgain,
    /// A call that failed isn't sent again.
    SentOnce,
}

/// The least part of the version that a change raises, where the first number is for breaking changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// The last number.
    Patch,
    /// The middle number.
    Minor,
    /// The first number.
    Major,
}

impl Rust {
    /// In a word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Documentation => "documentation",
            Self::Deprecated => "deprecated",
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        }
    }
}

impl Wire {
    /// In a few words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::MayBeRefused => "a request may be refused",
            Self::ReadDifferently => "a request may be read differently",
            Self::SentElsewhere => "a request is sent differently",
            Self::DecodedDifferently => "a response is read differently",
            Self::Printed => "a value may be printed",
            Self::Hidden => "a value is hidden",
            Self::SentAgain => "a call may be sent again",
            Self::SentOnce => "a call isn't sent again",
        }
    }
}

impl Bump {
    /// The bump that two verdicts ask for.
    #[must_use]
    pub fn of(rust: Rust, wire: Wire) -> Self {
        match (rust, wire) {
            (Rust::Breaking, _) => Self::Major,
            (Rust::Additive | Rust::Deprecated, _) => Self::Minor,
            (_, Wire::Same) => Self::Patch,
            _ => Self::Minor,
        }
    }

    /// In a word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}
