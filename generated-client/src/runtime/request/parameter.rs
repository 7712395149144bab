//! The description of a parameter.

use crate::runtime::value::limits::Limits;

/// A parameter in the path, the query, a header or a cookie.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Parameter {
    /// The name on the wire.
    pub name: &'static str,
    /// The name of its argument where the operation is called by its id: the name on the wire, or with its place as in
    /// `query.locale` if the operation has another argument of that name.
    pub argument: &'static str,
    /// The part of the request that it goes into.
    pub location: ParameterLocation,
    /// How its value is written.
    pub style: Style,
    /// Whether the items of a list and the members of an object are parts of their own.
    pub explode: bool,
    /// Whether most of the characters that are reserved in URLs are sent as they are.
    pub allow_reserved: bool,
    /// Whether it can be sent without a value, which is null in a call by id.
    pub allow_empty: bool,
    /// Whether a call without it is invalid.
    pub required: bool,
    /// Whether its value is a secret.
    pub sensitive: bool,
    /// The limits of the value, or of a list and of each value in it.
    pub limits: Limits,
}

impl Parameter {
    const fn new(name: &'static str, location: ParameterLocation, style: Style, explode: bool) -> Self {
        Self {
            name,
            argument: name,
            location,
            style,
            explode,
            allow_reserved: false,
            allow_empty: false,
            required: false,
            sensitive: false,
            limits: Limits::NONE,
        }
    }

    /// Describes a parameter in the query: style `form`, exploded.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, ParameterLocation::Query, Style::Form, true)
    }

    /// Describes a parameter in the path, which is always required: style `simple`, not exploded.
    #[must_use]
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, ParameterLocation::Path, Style::Simple, false).required()
    }

    /// Describes a parameter that is a header: style `simple`, not exploded.
    #[must_use]
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, ParameterLocation::Header, Style::Simple, false)
    }

    /// Describes a parameter that is a cookie: style `form`, exploded.
    #[must_use]
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, ParameterLocation::Cookie, Style::Form, true)
    }

    /// Whether the argument of a call by id is meant for this parameter. Each parameter also goes by its place and name,
    /// as in `query.locale`, whatever other arguments the operation has or gets later.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        let with_place = |place: &str| name.strip_prefix(place).and_then(|rest| rest.strip_prefix('.'));
        name == self.argument || with_place(self.location.as_str()) == Some(self.name)
    }

    /// Gives its argument another name than the parameter has on the wire.
    #[must_use]
    pub const fn argument(mut self, name: &'static str) -> Self {
        self.argument = name;
        self
    }

    /// Makes a call without the parameter invalid.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Joins the items of a list, and names and values of an object, by commas (`explode: false`).
    #[must_use]
    pub const fn comma(mut self) -> Self {
        self.explode = false;
        self
    }

    /// Makes the items of a list and the members of an object parts of their own (`explode: true`).
    #[must_use]
    pub const fn exploded(mut self) -> Self {
        self.explode = true;
        self
    }

    /// Writes the value in the style `label`: a dot before it.
    #[must_use]
    pub const fn label(mut self) -> Self {
        self.style = Style::Label;
        self
    }

    /// Writes the value in the style `matrix`: `;name=value`.
    #[must_use]
    pub const fn matrix(mut self) -> Self {
        self.style = Style::Matrix;
        self
    }

    /// Joins the items of a list by blanks.
    #[must_use]
    pub const fn space(mut self) -> Self {
        self.style = Style::SpaceDelimited;
        self.comma()
    }

    /// Joins the items of a list by `|`.
    #[must_use]
    pub const fn pipe(mut self) -> Self {
        self.style = Style::PipeDelimited;
        self.comma()
    }

    /// Sends most of the characters that are reserved in URLs as they are.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// Lets the parameter be sent without a value.
    #[must_use]
    pub const fn allow_empty(mut self) -> Self {
        self.allow_empty = true;
        self
    }

    /// Writes the value as JSON (`content: application/json`).
    #[must_use]
    pub const fn json(mut self) -> Self {
        self.style = Style::Json;
        self
    }

    /// Writes the members of an object as `name[member]=value`.
    #[must_use]
    pub const fn deep_object(mut self) -> Self {
        self.style = Style::DeepObject;
        self
    }

    /// Marks the value as a secret.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Refuses a string of fewer or more characters.
    #[must_use]
    pub const fn length(mut self, fewest: u32, most: u32) -> Self {
        self.limits = self.limits.length(fewest, most);
        self
    }

    /// Refuses a string of more bytes in UTF-8.
    #[must_use]
    pub const fn max_bytes(mut self, most: u32) -> Self {
        self.limits = self.limits.max_bytes(most);
        self
    }

    /// Refuses a string that isn't a time of RFC 3339.
    #[must_use]
    pub const fn date_time(mut self) -> Self {
        self.limits = self.limits.date_time();
        self
    }

    /// Refuses a string that the pattern does not match, if the feature `patterns` is on.
    #[must_use]
    pub const fn pattern(mut self, pattern: &'static str) -> Self {
        self.limits = self.limits.pattern(pattern);
        self
    }

    /// Refuses a number that is less.
    #[must_use]
    pub const fn at_least(mut self, low: f64) -> Self {
        self.limits = self.limits.at_least(low);
        self
    }

    /// Refuses a number that isn't more.
    #[must_use]
    pub const fn more_than(mut self, low: f64) -> Self {
        self.limits = self.limits.more_than(low);
        self
    }

    /// Refuses a number that is more.
    #[must_use]
    pub const fn at_most(mut self, high: f64) -> Self {
        self.limits = self.limits.at_most(high);
        self
    }

    /// Refuses a number that isn't less.
    #[must_use]
    pub const fn less_than(mut self, high: f64) -> Self {
        self.limits = self.limits.less_than(high);
        self
    }

    /// Refuses a list of fewer or more items.
    #[must_use]
    pub const fn items(mut self, fewest: u32, most: u32) -> Self {
        self.limits = self.limits.items(fewest, most);
        self
    }
}

/// The part of a request that a parameter goes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterLocation {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
    /// Into a cookie.
    Cookie,
}

impl ParameterLocation {
    /// The word for it in OpenAPI, such as `query`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How a parameter's value is written: a style of OpenAPI, or JSON. Where OpenAPI doesn't say how a list or an object is
/// written that stands in another one, it is written as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The value, its items joined by commas.
    Simple,
    /// The value behind a dot.
    Label,
    /// `;name=value`.
    Matrix,
    /// `name=value`, its items joined by commas or each as a pair of its own.
    Form,
    /// Like `Form`, with blanks in place of the commas.
    SpaceDelimited,
    /// Like `Form`, with `|` in place of the commas.
    PipeDelimited,
    /// Members of an object as `name[member]=value`.
    DeepObject,
    /// The value as JSON.
    Json,
}
