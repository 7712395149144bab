//! The table of changes: what each means for those who call the Rust API, and for what goes over the wire.

use super::attribute::{Attribute as A, Step};
use super::item::{Kind, WireDirection};
use super::verdict::{Rust, Wire};

/// One kind of change.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The id, which stays as it is.
    pub id: &'static str,
    /// The kinds of items that the row is for.
    pub kinds: &'static [Kind],
    /// What changed of them.
    pub attribute: A,
    /// How it changed; `None` if any step is meant.
    pub step: Option<Step>,
    /// Which of those items are meant.
    pub when: When,
    /// What happened, in words.
    pub meaning: &'static str,
    /// What it means for callers of the Rust API.
    pub rust: Rust,
    /// What it means for requests and responses.
    pub wire: Wire,
}

/// Which items of a kind a row is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// All.
    Always,
    /// Those that requests contain.
    Sent,
    /// Those that requests contain and can't do without.
    SentAndRequired,
}

impl When {
    /// In words, as the page shows it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Always => "",
            Self::Sent => "requests contain it",
            Self::SentAndRequired => "requests need it",
        }
    }

    fn holds(self, wire_direction: WireDirection, is_required: bool) -> bool {
        match self {
            Self::Always => true,
            Self::Sent => wire_direction.is_sent(),
            Self::SentAndRequired => wire_direction.is_sent() && is_required,
        }
    }
}

/// What is said of a change that no row is for. It counts as breaking, so that it is seen, until somebody adds a row.
const UNLISTED: Row = Row {
    id: "unlisted-change",
    kinds: &[],
    attribute: A::Itself,
    step: None,
    when: When::Always,
    meaning: "the table of changes has no row for this one; add a row that says what it means",
    rust: Rust::Breaking,
    wire: Wire::ReadDifferently,
};

/// The first row for a change.
pub(super) fn find(
    kind: Kind,
    attribute: A,
    step: Step,
    wire_direction: WireDirection,
    is_required: bool,
) -> &'static Row {
    let mut rows = ROWS.iter().filter(|row| {
        row.kinds.contains(&kind)
            && row.attribute == attribute
            && row.step.is_none_or(|of| of == step)
            && row.when.holds(wire_direction, is_required)
    });
    rows.next().unwrap_or(&UNLISTED)
}

const VALUES: &[Kind] = &[Kind::Parameter, Kind::Member];
const MARKED: &[Kind] = &[Kind::Parameter, Kind::Member, Kind::Scheme];
const HELD: &[Kind] = &[Kind::Parameter, Kind::Member, Kind::Alternative];
const RESPONSES: &[Kind] = &[Kind::Response, Kind::Error];
const TYPES: &[Kind] = &[Kind::Schema, Kind::Headers];

/// The kinds of items that have limits which the client checks.
const LIMITED: &[Kind] = &[Kind::Parameter, Kind::Member, Kind::Body];

const ADDED: Option<Step> = Some(Step::Added);
const REMOVED: Option<Step> = Some(Step::Removed);
const CHANGED: Option<Step> = Some(Step::Changed);
const WIDENED: Option<Step> = Some(Step::Widened);
const NARROWED: Option<Step> = Some(Step::Narrowed);
use When::{Always, Sent, SentAndRequired};

macro_rules! rows {
    ($(
        $id:literal: $kinds:expr, $attribute:ident, $step:expr, $when:expr, $meaning:literal, $rust:ident, $wire:ident;
    )*) => {
        /// All kinds of changes. Where several rows are for one change, the first of them holds.
        pub const ROWS: &[Row] = &[$(Row {
            id: $id, kinds: $kinds, attribute: A::$attribute, step: $step, when: $when, meaning: $meaning,
            rust: Rust::$rust, wire: Wire::$wire,
        }),*];
    };
}

rows! {
"service-added": &[Kind::Service], Itself, ADDED, Always, "a service is new", Additive, Same;
"service-removed": &[Kind::Service], Itself, REMOVED, Always, "a service is gone", Breaking, Same;
"service-url": &[Kind::Service], Server, None, Always, "the base URL is another one", Unchanged, SentElsewhere;
"service-url-argument": &[Kind::Service], Shape, CHANGED, Always, "the builder takes the base URL, or no longer takes it", Breaking, Same;
"service-url-variables": &[Kind::Service], Default, CHANGED, Always, "the base URL that callers complete is another one, or a variable in it", Documentation, Same;
"service-text": &[Kind::Service], Description, CHANGED, Always, "a text about the service is another one", Documentation, Same;
"service-documentation": &[Kind::Service], Documentation, CHANGED, Always, "the link to the vendor's documentation is another one", Documentation, Same;
"hand-written-added": &[Kind::Service], HandWritten, ADDED, Always, "hand-written code belongs to the service", Additive, DecodedDifferently;
"hand-written-removed": &[Kind::Service], HandWritten, REMOVED, Always, "hand-written code no longer belongs to the service", Breaking, DecodedDifferently;
"base-credential": &[Kind::Service], Role, None, Always, "every client carries other credentials than before", Breaking, SentElsewhere;
"base-credential-order": &[Kind::Service], Arguments, CHANGED, Always, "the arguments of the builder stand in another order", Breaking, ReadDifferently;
"scheme-added": &[Kind::Scheme], Itself, ADDED, Always, "a credential is new", Additive, Same;
"scheme-removed": &[Kind::Scheme], Itself, REMOVED, Always, "a credential is gone", Breaking, Same;
"scheme-renamed": &[Kind::Scheme], Name, CHANGED, Always, "a credential has another name, and so have its method and its variable of `authctl`", Breaking, Same;
"scheme-role": &[Kind::Scheme], Role, CHANGED, Always, "other clients carry the credential than before", Breaking, Same;
"scheme-placement": &[Kind::Scheme], Placement, CHANGED, Always, "the credential is sent in another place", Unchanged, SentElsewhere;
"scheme-arguments": &[Kind::Scheme], Shape, CHANGED, Always, "the credential has one part more or less", Breaking, Same;
"scheme-parts": &[Kind::Scheme], Parts, None, Always, "the credential is joined to other values", Unchanged, SentElsewhere;
"scheme-parts-order": &[Kind::Scheme], Order, CHANGED, Always, "the values that the credential is joined to stand in another order", Unchanged, SentElsewhere;
"scheme-text": &[Kind::Scheme], Description, CHANGED, Always, "the text of a credential is another one", Documentation, Same;
"group-added": &[Kind::Group], Itself, ADDED, Always, "a group, its module and its feature are new", Additive, Same;
"group-removed": &[Kind::Group], Itself, REMOVED, Always, "a group, its module and its feature are gone", Breaking, Same;
"group-renamed": &[Kind::Group], Name, CHANGED, Always, "a group, its module and its feature have another name", Breaking, Same;
"group-text": &[Kind::Group], Description, CHANGED, Always, "the text of a group is another one", Documentation, Same;
"question-added": &[Kind::Question], Itself, ADDED, Always, "errors can be asked one question more", Additive, Same;
"question-removed": &[Kind::Question], Itself, REMOVED, Always, "errors can't be asked a question any more", Breaking, Same;
"question-text": &[Kind::Question], Description, CHANGED, Always, "the text of a question is another one", Documentation, Same;
"meaning-added": &[Kind::Meaning], Itself, ADDED, Always, "a code of an error answers a question that it didn't answer", Unchanged, DecodedDifferently;
"meaning-removed": &[Kind::Meaning], Itself, REMOVED, Always, "a code of an error no longer answers its question", Unchanged, DecodedDifferently;
"meaning-changed": &[Kind::Meaning], Question, CHANGED, Always, "a code of an error answers another question", Unchanged, DecodedDifferently;
"operation-added": &[Kind::Operation], Itself, ADDED, Always, "an operation is new", Additive, Same;
"operation-removed": &[Kind::Operation], Itself, REMOVED, Always, "an operation is gone", Breaking, Same;
"operation-renamed": &[Kind::Operation], Name, CHANGED, Always, "an operation has another id, and so its method has another name", Breaking, Same;
"operation-moved": &[Kind::Operation], Home, CHANGED, Always, "an operation belongs to another group", Breaking, Same;
"operation-method": &[Kind::Operation], Method, CHANGED, Always, "the request has another HTTP method", Unchanged, SentElsewhere;
"operation-path": &[Kind::Operation], Path, CHANGED, Always, "the request goes to another path", Unchanged, SentElsewhere;
"operation-server": &[Kind::Operation], Server, CHANGED, Always, "the request goes to another server", Unchanged, SentElsewhere;
"operation-browser": &[Kind::Operation], Use, CHANGED, Always, "the request is made by a browser, or no longer by one", Breaking, Same;
"operation-pages": &[Kind::Operation], Paging, CHANGED, Always, "the list of an operation is read page by page in another way", Unchanged, ReadDifferently;
"operation-pages-item": &[Kind::Operation], Type, CHANGED, Always, "the items of the pages of an operation have another type", Breaking, DecodedDifferently;
"operation-pages-added": &[Kind::Operation], Paged, ADDED, Always, "the list of an operation can be read page by page", Additive, Same;
"operation-pages-removed": &[Kind::Operation], Paged, REMOVED, Always, "the list of an operation can't be read page by page any more", Breaking, Same;
"operation-one-of-added": &[Kind::Operation], OneOf, ADDED, Always, "an operation needs one of several arguments", Unchanged, MayBeRefused;
"operation-one-of-removed": &[Kind::Operation], OneOf, REMOVED, Always, "an operation needs none of several arguments any more", Unchanged, Same;
"operation-one-of": &[Kind::Operation], OneOf, CHANGED, Always, "an operation needs one of other arguments than before", Unchanged, MayBeRefused;
"exactly-one-of-added": &[Kind::Operation], OneOfExact, ADDED, Always, "an operation takes no more than one of several arguments", Unchanged, MayBeRefused;
"exactly-one-of-removed": &[Kind::Operation], OneOfExact, REMOVED, Always, "an operation takes more than one of several arguments", Unchanged, Same;
"operation-text": &[Kind::Operation], Description, CHANGED, Always, "the text of an operation is another one", Documentation, Same;
"operation-documentation": &[Kind::Operation], Documentation, None, Always, "the link to the vendor's documentation of an operation is another one", Documentation, Same;
"operation-since": &[Kind::Operation], Since, None, Always, "an operation is known by servers since another version", Documentation, Same;
"operation-after": &[Kind::Operation], After, None, Always, "another operation comes before an operation", Documentation, Same;
"operation-search-words": &[Kind::Operation], SearchWords, None, Always, "an operation is found by other words", Documentation, Same;
"operation-retry-reason": &[Kind::Operation], RetryReason, None, Always, "the reason why an operation is sent again, or isn't, is another one", Documentation, Same;
"operation-deprecated": &[Kind::Operation], Deprecated, ADDED, Always, "callers should move away from an operation", Deprecated, Same;
"operation-undeprecated": &[Kind::Operation], Deprecated, REMOVED, Always, "an operation is no longer deprecated", Documentation, Same;
"credentials-widened": &[Kind::Operation], Credentials, WIDENED, Always, "more clients can call an operation", Additive, Same;
"credentials-narrowed": &[Kind::Operation], Credentials, NARROWED, Always, "fewer clients can call an operation", Breaking, Same;
"credentials-changed": &[Kind::Operation], Credentials, CHANGED, Always, "other clients can call an operation", Breaking, Same;
"credentials-sent": &[Kind::Operation], Schemes, None, Always, "other credentials are sent with an operation", Unchanged, SentElsewhere;
"retry-widened": &[Kind::Operation], Retry, WIDENED, Always, "a call that failed is sent again more often", Documentation, SentAgain;
"retry-narrowed": &[Kind::Operation], Retry, NARROWED, Always, "a call that failed is sent again less often", Documentation, SentOnce;
"operation-arguments": &[Kind::Operation], Arguments, CHANGED, Always, "the arguments of a method stand in another order", Breaking, ReadDifferently;
"operation-responses": &[Kind::Operation], Shape, CHANGED, Always, "one type holds all responses of an operation, or no longer does", Breaking, Same;
"operation-media": &[Kind::Operation], MediaTypes, None, Always, "the responses of an operation are asked for in other media types", Unchanged, ReadDifferently;
"operation-content": &[Kind::Operation], Content, CHANGED, Always, "the response of an operation carries something else", Breaking, DecodedDifferently;
"parameter-added-required": &[Kind::Parameter], Itself, ADDED, SentAndRequired, "a required parameter is new", Breaking, MayBeRefused;
"parameter-added": &[Kind::Parameter], Itself, ADDED, Always, "an optional parameter is new", Additive, Same;
"parameter-removed": &[Kind::Parameter], Itself, REMOVED, Always, "a parameter is gone", Breaking, ReadDifferently;
"parameter-style": &[Kind::Parameter], Style, CHANGED, Always, "a parameter is written in another way", Unchanged, ReadDifferently;
"member-added-required": &[Kind::Member], Itself, ADDED, SentAndRequired, "a required member of a request is new", Breaking, MayBeRefused;
"member-added": &[Kind::Member], Itself, ADDED, Always, "a member is new", Additive, Same;
"member-removed-sent": &[Kind::Member], Itself, REMOVED, Sent, "a member of a request is gone", Breaking, ReadDifferently;
"member-removed": &[Kind::Member], Itself, REMOVED, Always, "a member of a response is gone", Breaking, DecodedDifferently;
"member-direction-widened": &[Kind::Member], Direction, WIDENED, Always, "a member travels in both directions", Additive, ReadDifferently;
"member-direction": &[Kind::Member], Direction, NARROWED, Always, "a member travels in one direction alone, or in the other one", Breaking, ReadDifferently;
"required-sent": VALUES, Required, ADDED, Sent, "an optional value of a request is required", Breaking, MayBeRefused;
"required": VALUES, Required, ADDED, Always, "a value of a response is always there", Breaking, DecodedDifferently;
"optional-sent": VALUES, Required, REMOVED, Sent, "a required value of a request is optional", Breaking, Same;
"optional": VALUES, Required, REMOVED, Always, "a value of a response can be absent", Breaking, DecodedDifferently;
"type-sent": VALUES, Type, CHANGED, Sent, "a value of a request has another type", Breaking, ReadDifferently;
"type": VALUES, Type, CHANGED, Always, "a value of a response has another type", Breaking, DecodedDifferently;
"nullable-added": VALUES, Nullable, ADDED, Always, "a value can be null", Breaking, ReadDifferently;
"nullable-removed": VALUES, Nullable, REMOVED, Always, "a value can't be null any more", Breaking, ReadDifferently;
"absent-list": &[Kind::Member], AbsentList, None, Always, "an absent list or map is none instead of an empty one, or the reverse", Breaking, DecodedDifferently;
"boxed": HELD, Boxed, None, Always, "a value stands in a `Box`, because types contain each other, or no longer does", Breaking, Same;
"sensitive-added": HELD, Sensitive, ADDED, Always, "a value is never printed", Breaking, Hidden;
"sensitive-removed": HELD, Sensitive, REMOVED, Always, "a secret is no longer redacted", Breaking, Printed;
"not-sensitive": MARKED, NotSensitive, CHANGED, Always, "what the spec says of a value that looks secret but isn't is other than before", Documentation, Printed;
"deprecated": VALUES, Deprecated, ADDED, Always, "callers should move away from a value", Deprecated, Same;
"undeprecated": VALUES, Deprecated, REMOVED, Always, "a value is no longer deprecated", Documentation, Same;
"rust-name": VALUES, RustName, CHANGED, Always, "a value has another name in Rust", Breaking, Same;
"min-length-raised": LIMITED, MinLength, NARROWED, Sent, "a text has to be longer", Documentation, MayBeRefused;
"min-length-lowered": LIMITED, MinLength, WIDENED, Sent, "a text can be shorter", Documentation, Same;
"max-length-lowered": LIMITED, MaxLength, NARROWED, Sent, "a text has to be shorter", Documentation, MayBeRefused;
"max-length-raised": LIMITED, MaxLength, WIDENED, Sent, "a text can be longer", Documentation, Same;
"max-bytes-lowered": LIMITED, MaxBytes, NARROWED, Sent, "a text has to have fewer bytes", Documentation, MayBeRefused;
"max-bytes-raised": LIMITED, MaxBytes, WIDENED, Sent, "a text can have more bytes", Documentation, Same;
"minimum-raised": LIMITED, Minimum, NARROWED, Sent, "a number has to be greater", Documentation, MayBeRefused;
"minimum-lowered": LIMITED, Minimum, WIDENED, Sent, "a number can be less", Documentation, Same;
"maximum-lowered": LIMITED, Maximum, NARROWED, Sent, "a number has to be less", Documentation, MayBeRefused;
"maximum-raised": LIMITED, Maximum, WIDENED, Sent, "a number can be greater", Documentation, Same;
"min-items-raised": LIMITED, MinItems, NARROWED, Sent, "a list has to have more items", Documentation, MayBeRefused;
"min-items-lowered": LIMITED, MinItems, WIDENED, Sent, "a list can have fewer items", Documentation, Same;
"max-items-lowered": LIMITED, MaxItems, NARROWED, Sent, "a list has to have fewer items", Documentation, MayBeRefused;
"max-items-raised": LIMITED, MaxItems, WIDENED, Sent, "a list can have more items", Documentation, Same;
"pattern-removed": LIMITED, Pattern, REMOVED, Sent, "a text has to fit no pattern any more", Documentation, Same;
"pattern": LIMITED, Pattern, None, Sent, "a text has to fit another pattern", Documentation, MayBeRefused;
"limits": VALUES, Limits, CHANGED, Always, "the limits of a value of a response are others; the client doesn't check them", Documentation, Same;
"format": VALUES, Format, CHANGED, Always, "a text has another format", Documentation, Same;
"default": VALUES, Default, CHANGED, Always, "the server takes another value for an absent one", Documentation, ReadDifferently;
"example": VALUES, Example, CHANGED, Always, "the example of a value is another one", Documentation, Same;
"text": VALUES, Description, CHANGED, Always, "the text of a value is another one", Documentation, Same;
"body-added-required": &[Kind::Body], Itself, ADDED, SentAndRequired, "an operation sends a body with arguments", Breaking, MayBeRefused;
"body-added": &[Kind::Body], Itself, ADDED, Always, "an operation can send a body", Additive, Same;
"body-removed": &[Kind::Body], Itself, REMOVED, Always, "an operation sends no body any more", Breaking, ReadDifferently;
"body-type": &[Kind::Body], Type, CHANGED, Always, "a body has another type", Breaking, ReadDifferently;
"body-arguments": &[Kind::Body], Required, None, Always, "a body has arguments, or no longer has any", Breaking, MayBeRefused;
"body-media": &[Kind::Body], Style, CHANGED, Always, "a body is written in another way", Unchanged, ReadDifferently;
"body-text": &[Kind::Body], Description, CHANGED, Always, "the text of a body is another one", Documentation, Same;
"body-example": &[Kind::Body], Example, CHANGED, Always, "the example of a body is another one", Documentation, Same;
"response-added": &[Kind::Response], Itself, ADDED, Always, "one status more means success", Unchanged, DecodedDifferently;
"response-removed": &[Kind::Response], Itself, REMOVED, Always, "a status no longer means success", Unchanged, DecodedDifferently;
"response-content": &[Kind::Response], Content, CHANGED, Always, "one of several responses carries something else", Breaking, DecodedDifferently;
"response-headers-added": RESPONSES, Headers, WIDENED, Always, "a response has the headers of a type that there was already", Documentation, Same;
"response-headers-removed": RESPONSES, Headers, NARROWED, Always, "a response has none of the headers of a type any more", Documentation, DecodedDifferently;
"response-headers": RESPONSES, Headers, CHANGED, Always, "a response has the headers of another type", Documentation, DecodedDifferently;
"headers-added": &[Kind::Headers], Itself, ADDED, Always, "the headers of a response can be read by their names", Additive, Same;
"headers-removed": &[Kind::Headers], Itself, REMOVED, Always, "the headers of a response can't be read by their names any more", Breaking, DecodedDifferently;
"response-text": &[Kind::Response], Description, CHANGED, Always, "the text of a response is another one", Documentation, Same;
"response-example": &[Kind::Response], Example, CHANGED, Always, "the example of a response is another one", Documentation, Same;
"error-added": &[Kind::Error], Itself, ADDED, Always, "an operation tells of one error response more", Documentation, Same;
"error-removed": &[Kind::Error], Itself, REMOVED, Always, "an operation no longer tells of an error response", Documentation, Same;
"error-text": &[Kind::Error], Description, CHANGED, Always, "the text of an error response is another one", Documentation, Same;
"error-example": &[Kind::Error], Example, CHANGED, Always, "the example of an error response is another one", Documentation, Same;
"error-code-added": &[Kind::ErrorCode], Itself, ADDED, Always, "an error response lists one code more", Documentation, Same;
"error-code-removed": &[Kind::ErrorCode], Itself, REMOVED, Always, "an error response no longer lists a code", Documentation, Same;
"error-code-meaning": &[Kind::ErrorCode], Question, CHANGED, Always, "a code answers another question in one operation", Unchanged, DecodedDifferently;
"schema-added": &[Kind::Schema], Itself, ADDED, Always, "a type is new", Additive, Same;
"schema-removed": &[Kind::Schema], Itself, REMOVED, Always, "a type is gone", Breaking, Same;
"schema-renamed": TYPES, Name, CHANGED, Always, "a type has another name", Breaking, Same;
"schema-shared": TYPES, Home, WIDENED, Always, "a type moved from a group to those that all groups share; its path in the group stays", Additive, Same;
"schema-moved": TYPES, Home, NARROWED, Always, "a type moved to another group", Breaking, Same;
"schema-form": &[Kind::Schema], Form, CHANGED, Always, "an object, an enum or a choice is something else", Breaking, ReadDifferently;
"schema-use-widened": &[Kind::Schema], Use, WIDENED, Always, "a type is used in more places", Additive, Same;
"schema-use-narrowed": &[Kind::Schema], Use, NARROWED, Always, "a type is used in fewer places, and so it has fewer methods", Breaking, Same;
"schema-use-changed": &[Kind::Schema], Use, CHANGED, Always, "a type is used in other places, and so it has other methods", Breaking, Same;
"schema-kept": &[Kind::Schema], Kept, ADDED, Always, "a type can be stored or handed on as JSON", Additive, Same;
"schema-not-kept": &[Kind::Schema], Kept, REMOVED, Always, "a type can't be stored or handed on as JSON any more", Breaking, Same;
"open-object": &[Kind::Schema], OpenObject, ADDED, Always, "a type keeps the members that the spec doesn't list", Additive, Same;
"closed-object": &[Kind::Schema], OpenObject, REMOVED, Always, "a type doesn't keep other members any more", Breaking, DecodedDifferently;
"other-members-sent": &[Kind::Schema], OtherMembers, CHANGED, Sent, "the members of a request that the spec doesn't list have another type", Breaking, ReadDifferently;
"other-members": &[Kind::Schema], OtherMembers, CHANGED, Always, "the members of a response that the spec doesn't list have another type", Breaking, DecodedDifferently;
"open-enum": &[Kind::Schema], OpenEnum, ADDED, Always, "an enum has unknown values", Breaking, Same;
"closed-enum": &[Kind::Schema], OpenEnum, REMOVED, Always, "an enum has no unknown values any more", Breaking, MayBeRefused;
"constructor-arguments": &[Kind::Schema], Arguments, CHANGED, Sent, "the arguments of a constructor stand in another order", Breaking, ReadDifferently;
"field-order": TYPES, Arguments, CHANGED, Always, "the fields of a type stand in another order", Documentation, Same;
"schema-deprecated": &[Kind::Schema], Deprecated, ADDED, Always, "callers should move away from a type", Deprecated, Same;
"schema-undeprecated": &[Kind::Schema], Deprecated, REMOVED, Always, "a type is no longer deprecated", Documentation, Same;
"schema-text": &[Kind::Schema], Description, CHANGED, Always, "the text of a type is another one", Documentation, Same;
"schema-example": &[Kind::Schema], Example, CHANGED, Always, "the example of a type is another one", Documentation, Same;
"value-added-sent": &[Kind::Value], Itself, ADDED, Sent, "a value of an enum is new", Additive, Same;
"value-added": &[Kind::Value], Itself, ADDED, Always, "a value of an enum of responses is new; until now it was an unknown one", Additive, DecodedDifferently;
"value-removed-sent": &[Kind::Value], Itself, REMOVED, Sent, "a value of an enum of requests is gone", Breaking, MayBeRefused;
"value-removed": &[Kind::Value], Itself, REMOVED, Always, "a value of an enum is gone", Breaking, DecodedDifferently;
"value-renamed": &[Kind::Value], RustName, CHANGED, Always, "the variant of a value has another name", Breaking, Same;
"value-text": &[Kind::Value], Description, CHANGED, Always, "the text of a value of an enum is another one", Documentation, Same;
"alternative-added": &[Kind::Alternative], Itself, ADDED, Always, "a choice has one alternative more", Additive, DecodedDifferently;
"alternative-removed": &[Kind::Alternative], Itself, REMOVED, Always, "a choice has one alternative less", Breaking, DecodedDifferently;
"alternative-order": &[Kind::Schema], Order, CHANGED, Always, "the alternatives of a choice stand in another order, and a value that fits several is read as the first", Unchanged, DecodedDifferently;
"alternative-type": &[Kind::Alternative], Type, CHANGED, Always, "an alternative of a choice has another type", Breaking, DecodedDifferently;
"alternative-marks": &[Kind::Alternative], Marks, None, Always, "other members tell an alternative from the others", Unchanged, DecodedDifferently;
"alternative-text": &[Kind::Alternative], Description, CHANGED, Always, "the text of an alternative is another one", Documentation, Same;
}
