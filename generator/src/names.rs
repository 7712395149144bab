//! Every Rust identifier that is made from a name of the API is made here.
//!
//! The rules are those of progenitor and typify, except for the spelling of members. The checks use them too, so they
//! foresee every name.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::openapi::status::Status;
use heck::{ToPascalCase, ToSnakeCase};
use serde_json::Value;
use unicode_ident::{is_xid_continue, is_xid_start};
use unicode_normalization::UnicodeNormalization;

pub(crate) mod parameters;

/// The open enum of the codes of errors, in the file with the shared schemas.
pub(crate) const ERROR_CODES: &str = "ErrorCode";

/// What a code means that answers no question.
pub(crate) const NO_QUESTION: &str = "other";

/// The method of an error that answers a question: `is_wrong_code`.
pub(crate) fn question(name: &str) -> String {
    format!("is_{name}")
}

/// The Rust name of a member, parameter, method or module whose wire name is `wire`: `redirectUrl` is
/// `redirect_url`, `type` is `type_`, `2fa` is `x2fa`.
pub fn snake(wire: &str) -> String {
    if is_snake(wire) {
        return beside_keywords(wire.to_owned());
    }
    let spelt = SPELLINGS.iter().filter(|(word, _)| wire.contains(word));
    rendered(&spelt.fold(Cow::Borrowed(wire), |name, (word, spelt)| name.replace(word, spelt).into()))
}

/// The Rust name of a parameter, or of a member of a request: where every call or request has a method of the name that
/// it would get, an underscore follows, as it does after a keyword.
pub(crate) fn argument(wire: &str) -> String {
    argument_of(&snake(wire))
}

/// The same, for a name in snake case.
pub(crate) fn argument_of(snake: &str) -> String {
    let is_reserved = RESERVED_METHODS.contains(&snake);
    if is_reserved { format!("{snake}_") } else { snake.to_owned() }
}

/// An identifier as the compiler compares it with others: two ways to write a letter with an accent are one name.
pub(crate) fn as_compared(name: &str) -> String {
    if name.is_ascii() { name.to_owned() } else { name.nfc().collect() }
}

/// The name that typify gives a member whose wire name is `wire`.
pub(crate) fn rendered(wire: &str) -> String {
    identifier(wire, str::to_snake_case, "x")
}

/// Words of the APIs that would be cut in the wrong places: `loginIDs` is no `login_i_ds`.
const SPELLINGS: &[(&str, &str)] =
    &[("OAuth", "Oauth"), ("SSOID", "SsoId"), ("IDs", "Ids"), ("URLs", "Urls"), ("JWTs", "Jwts")];

/// The Rust name of a type or enum variant whose wire name is `wire`: `email-already-in-use` is
/// `EmailAlreadyInUse`.
pub fn pascal(wire: &str) -> String {
    if is_pascal(wire) {
        return beside_keywords(wire.to_owned());
    }
    identifier(wire, str::to_pascal_case, "X")
}

/// The variant of an enum for a value: the name that the spec gives it in `x-enum-names`, or else one that is made from
/// the value, such as `X1_5` for 1.5, `Minus2` for -2 and `True`.
pub(crate) fn variant(value: &Value, given: Option<&str>) -> String {
    match (given, value) {
        (Some(given), _) => given.to_owned(),
        (None, Value::String(text)) => pascal(text),
        (None, Value::Number(number)) => {
            let number = number.to_string().replace('.', "_").replace("e-", "eMinus");
            number.strip_prefix('-').map_or(format!("X{number}"), |number| format!("Minus{number}"))
        }
        (None, other) => pascal(&other.to_string()),
    }
}

/// The field for the members that a schema doesn't list, beside those that it lists.
pub(crate) fn rest<'a, I: Iterator<Item = &'a str>>(members: impl Fn() -> I) -> String {
    let mut name = "extra".to_owned();
    while members().any(|member| member == name) {
        name.push('_');
    }
    name
}

/// The module and file name of a group: `enchanted-link` is `enchanted_link`.
pub fn module(stem: &str) -> String {
    stem.replace('-', "_")
}

/// The Cargo feature of a group: `descope-enchanted-link`.
pub fn feature(service: &str, stem: &str) -> String {
    format!("{service}-{stem}")
}

/// The Cargo feature with what all services need.
pub(crate) const CLIENT_FEATURE: &str = "_client";

/// The Cargo feature that switches on all services.
pub(crate) const SERVICES_FEATURE: &str = "_services";

/// The Cargo feature with what all groups of a service need: `_descope`.
pub(crate) fn service_feature(service: &str) -> String {
    format!("_{service}")
}

/// The variable of the environment for a value of a service, as the program `authctl` names it: `DESCOPE_REFRESH_TOKEN`.
pub(crate) fn variable(service: &str, what: &str) -> String {
    format!("{service}_{what}").to_uppercase().replace('-', "_")
}

/// What the variable with the base URL of a service has after the service's name.
pub(crate) const BASE_URL: &str = "base_url";

/// The method of a client that gives one with the credential of a security scheme: `with_refresh_token`.
pub(crate) fn carrying(scheme: &str) -> String {
    format!("with_{}", snake(scheme))
}

/// What an operation's id carries before its own name: `enchanted_link_` for the group `enchanted-link`.
pub fn operation_prefix(stem: &str) -> String {
    format!("{}_", module(stem))
}

/// What the type of a member without a name gets after the name of the object around it.
pub(crate) fn member_suffix(member: &str) -> String {
    pascal(member)
}

/// What the type of the schema under a keyword gets, if it has no name, after the name of the schema around it.
pub(crate) fn keyword_suffix(keyword: &str) -> Option<&'static str> {
    match keyword {
        "items" => Some("Item"),
        "additionalProperties" => Some("Value"),
        "x-json-text" => Some("Text"),
        _ => None,
    }
}

/// What the type of an alternative without a name gets after the name of the choice.
pub(crate) fn alternative_suffix(index: usize) -> String {
    (index + 1).to_string()
}

/// What the type of a body without a name gets after the name of its operation.
pub(crate) const REQUEST_SUFFIX: &str = "Request";

/// What the type of a response without a name gets after the name of its operation: `Response`, and the status where it
/// isn't the only response that means success. `statuses` are those of all responses of the operation.
pub(crate) fn response_suffix<'a>(
    status: &str,
    statuses: impl IntoIterator<Item = &'a (impl AsRef<str> + 'a + ?Sized)>,
) -> String {
    let mut successes =
        statuses.into_iter().map(AsRef::as_ref).filter(|status| status.starts_with(['2', '3']));
    if status == "200" && successes.all(|other| other == status) {
        "Response".to_owned()
    } else if status.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("Response{status}")
    } else {
        pascal(&format!("response-{status}"))
    }
}

/// The type of the headers of a response. `response` is the name of a shared response, or of the type that the body of
/// the response would have.
pub(crate) fn headers(response: &str) -> String {
    format!("{}Headers", pascal(response))
}

/// The method that starts a call of an operation: `exchange` for the operation `oauth_exchange` of the group `oauth`.
pub(crate) fn method(group: &str, id: &str) -> String {
    let name = snake(id.strip_prefix(&operation_prefix(group)).unwrap_or(id));
    if METHODS_OF_TRAITS.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// Methods of common traits that take no argument. One of an operation with such a name would hide it, or be hidden.
const METHODS_OF_TRAITS: &[&str] = &["as_ref", "borrow", "clone", "deref", "into", "try_into"];

/// The enum of an operation that succeeds in several ways; `marker` is the type that stands for the operation.
pub(crate) fn response_enum(marker: &str) -> String {
    format!("{marker}Response")
}

/// The variant of that enum for the response with this status.
pub(crate) fn status_variant(status: Status) -> String {
    let status = match status {
        Status::Exact(status) => status,
        Status::Range(3) => return "Redirected".to_owned(),
        Status::Range(_) | Status::Default => return "Successful".to_owned(),
    };
    let known = match status {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        204 => "NoContent",
        301 => "MovedPermanently",
        302 => "Found",
        303 => "SeeOther",
        304 => "NotModified",
        307 => "TemporaryRedirect",
        308 => "PermanentRedirect",
        other => return format!("Status{other}"),
    };
    known.to_owned()
}

/// The macro that gives the text of an error response with this name.
pub(crate) fn shared_error(component: &str) -> String {
    pascal(component)
}

/// The macro that gives the text of a parameter with this name. Parameters and error responses can have one name.
pub(crate) fn shared_parameter(component: &str) -> String {
    format!("{}Parameter", pascal(component))
}

/// The name of the schema that progenitor is given for what operations send and receive. No schema of the spec has it.
pub(crate) struct ValuesOfOperations {
    name: String,
}

impl ValuesOfOperations {
    /// The name beside these schemas.
    pub(crate) fn beside<'a>(schemas: impl Iterator<Item = &'a str>) -> Self {
        let taken: Vec<String> = schemas.map(pascal).filter(|name| name.starts_with(VALUES)).collect();
        let longest = taken.iter().map(String::len).max().unwrap_or_default();
        Self { name: format!("{VALUES}{}", "x".repeat((longest + 1).saturating_sub(VALUES.len()))) }
    }

    /// The schema.
    pub(crate) fn schema(&self) -> &str {
        &self.name
    }

    /// The name that typify gives it.
    pub(crate) fn rendered(&self) -> String {
        pascal(&self.name)
    }
}

const VALUES: &str = "ValuesOfOperations";

/// The member with this index of that schema, or of an object.
pub(crate) fn distinct_value(index: usize) -> String {
    format!("value_{index}")
}

/// What stands for the parameter with this index among the values of an operation.
pub(crate) fn parameter_value(index: usize) -> String {
    format!("parameter_{index}")
}

/// A name that isn't taken: where it is, a number follows.
pub(crate) fn unique(name: &str, before_number: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name}{before_number}{number}"));
    let mut candidates = std::iter::once(name.to_owned()).chain(numbered);
    candidates.find(|name| taken.insert(as_compared(name))).unwrap_or_default()
}

/// The member that stands for a form of a choice.
pub(crate) fn form_value(index: usize) -> String {
    format!("form_{index}")
}

/// What stands for the body.
pub(crate) fn body_value() -> String {
    "body".to_owned()
}

/// What stands for the response with this status.
pub(crate) fn response_value(status: &str) -> String {
    format!("response_{}", status.to_lowercase())
}

/// What a call or a declared type has beside its setters. A setter called `clone` would be legal and keep everybody
/// from cloning the call.
const RESERVED_METHODS: &[&str] = &[
    "accepting",
    "argument",
    "argument_list",
    "attempt_timeout",
    "begin",
    "body",
    "body_as",
    "clone",
    "default",
    "items",
    "new",
    "pages",
    "retries",
    "send",
    "send_for_chunks",
    "send_raw",
    "send_with_raw",
    "timeout",
    "url",
];

fn identifier(wire: &str, to_case: fn(&str) -> String, prefix: &str) -> String {
    let spelt = match wire {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => wire.chars().filter(|c| *c != '\'').map(|c| if is_xid_continue(c) { c } else { '-' }).collect(),
    };
    let cased = to_case(&spelt);
    let started = match cased.chars().next() {
        None => prefix.to_owned(),
        Some(first) if is_xid_start(first) => cased,
        Some(_) => format!("{prefix}{cased}"),
    };
    beside_keywords(started)
}

/// Whether a name is in snake case already, as most names of several APIs are.
fn is_snake(name: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.split('_').all(is_word)
}

/// Whether a name is in Pascal case already, as those of schemas are, and no two of its capitals stand side by side.
fn is_pascal(name: &str) -> bool {
    let mut before = 'a';
    let stands_alone = |letter: char| {
        let is_behind_lower = before.is_ascii_lowercase();
        before = letter;
        letter.is_ascii_lowercase()
            || letter.is_ascii_digit()
            || letter.is_ascii_uppercase() && is_behind_lower
    };
    name.starts_with(|first: char| first.is_ascii_uppercase()) && name.chars().all(stands_alone)
}

/// The name, or the name with an underscore if it is a keyword.
fn beside_keywords(name: String) -> String {
    if KEYWORDS.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// The words that the edition 2024 keeps to itself, and `_`.
const KEYWORDS: &[&str] = &[
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self",
    "static", "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_cased_and_kept_from_being_keywords() {
        let cases = [
            ("redirectUrl", "redirect_url", "RedirectUrl"),
            ("TOTP", "totp", "Totp"),
            ("tenantSSOID", "tenant_sso_id", "TenantSsoid"),
            ("addToLoginIDs", "add_to_login_ids", "AddToLoginIDs"),
            ("OAuth", "oauth", "OAuth"),
            ("type", "type_", "Type"),
            ("self", "self_", "Self_"),
            ("gen", "gen_", "Gen"),
            ("2fa", "x2fa", "X2fa"),
            ("redirectTo-not-allowed", "redirect_to_not_allowed", "RedirectToNotAllowed"),
            ("", "x", "X"),
            ("'", "x", "X"),
            ("x-nonce", "x_nonce", "XNonce"),
            ("created_at2", "created_at2", "CreatedAt2"),
            ("LoginOptions", "login_options", "LoginOptions"),
            ("Key2fa", "key2fa", "Key2fa"),
            ("A1Bc", "a1_bc", "A1Bc"),
            ("Api2Key", "api2_key", "Api2Key"),
            ("_id", "id", "Id"),
            ("user__id_", "user_id", "UserId"),
        ];
        assert_eq!((argument("URL"), argument("URLs")), ("url_".to_owned(), "urls".to_owned()));
        for word in KEYWORDS {
            assert!(*word == "gen" || syn::parse_str::<syn::Ident>(word).is_err(), "{word} is no keyword");
        }
        for (wire, expected_snake, expected_pascal) in cases {
            assert_eq!(snake(wire), expected_snake, "snake case of {wire:?}");
            assert_eq!(pascal(wire), expected_pascal, "Pascal case of {wire:?}");
        }
    }

    #[test]
    fn variants_are_named_after_their_values() {
        let values = json!(["sea-blue", 1, -1, 15, 1.5, -0.25, 1e-30, true, "true"]);
        let variants = values.as_array().unwrap().iter().map(|value| variant(value, None));
        let expected = ["SeaBlue", "X1", "Minus1", "X15", "X1_5", "Minus0_25", "X1eMinus30", "True", "True"];
        assert_eq!(variants.collect::<Vec<_>>(), expected);
        assert_eq!(variant(&json!(1), Some("High")), "High");
    }

    #[test]
    fn each_method_of_a_call_is_reserved() {
        let call = include_str!("../../generated-client/src/runtime/client/call.rs");
        let pages = include_str!("../../generated-client/src/runtime/client/pages.rs");
        let (_, pages) = pages.split_once("> Call<O, B> {\n").unwrap();
        let (pages, _) = pages.split_once("\n}\n").unwrap();
        let code = call.lines().chain(pages.lines()).filter(|line| !line.trim_start().starts_with("///"));
        let methods = code.filter_map(|line| line.split_once("fn ")?.1.split(['(', '<']).next());
        let unreserved: Vec<&str> =
            methods.filter(|name| *name != "fmt" && !RESERVED_METHODS.contains(name)).collect();
        assert_eq!(unreserved, [""; 0]);
    }

    #[test]
    fn no_schema_has_the_name_of_what_an_operation_sends() {
        let none = ValuesOfOperations::beside([].into_iter());
        assert_eq!(none.rendered(), "ValuesOfOperations");
        for taken in
            ["ValuesOfOperations", "ValuesOfOperationsx", "ValuesOfOperationsX1", "valuesOfOperations"]
        {
            let values = ValuesOfOperations::beside(["ValuesOfOperations", taken, "Report"].into_iter());
            assert!(
                ![pascal(taken).as_str(), "ValuesOfOperations"].contains(&values.rendered().as_str()),
                "{taken}"
            );
        }
    }

    #[test]
    fn a_method_has_the_name_of_its_operation_without_the_group() {
        assert_eq!(method("enchanted-link", "enchanted_link_sign_up"), "sign_up");
        assert_eq!(method("oauth", "oauth_type"), "type_");
    }
}
