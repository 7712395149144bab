//! Every Rust identifier that is made from a name of the API is made here.
//!
//! The rules are those of progenitor and typify, except for the spelling of members. The checks use them too, so they
//! foresee every name.

use crate::openapi::status::Status;
use serde_json::Value;

mod arguments;
mod casing;
pub(crate) mod parameters;
mod unique;
mod values;

pub(crate) use arguments::{argument, argument_of};
pub(crate) use casing::{beside_keywords, words_of};
pub use casing::{pascal, snake};
pub(crate) use unique::{TakenNames, as_compared};
pub(crate) use values::{
    ValuesOfOperations, body_value, distinct_value, form_value, parameter_value, response_value,
};

/// The open enum of the codes of errors, in the file with the shared schemas.
pub(crate) const ERROR_CODES: &str = "ErrorCode";

/// The meaning of a code that answers no question.
pub(crate) const NO_QUESTION: &str = "other";

/// The type that has the methods of a group: `OauthApi` for `oauth`. With the suffix it isn't taken for what the group is
/// about: a group `user` and a schema `User` stand side by side.
pub(crate) fn group_type(stem: &str) -> String {
    pascal(&format!("{stem}-api"))
}

/// The method of an error that answers a question: `is_wrong_code`.
pub(crate) fn question(name: &str) -> String {
    format!("is_{name}")
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

/// The method of a client that returns a client with the credential of a security scheme: `with_refresh_token`.
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

/// Methods of common traits that take no argument. The method of an operation with such a name would hide the method of the
/// trait, or be hidden by it.
const METHODS_OF_TRAITS: &[&str] = &["as_ref", "borrow", "clone", "deref", "into", "try_into"];

/// The enum of an operation that succeeds in several ways; `marker` is the type that stands for the operation.
pub(crate) fn response_enum(marker: &str) -> String {
    format!("{marker}Response")
}

/// The variant of the enum of responses for this status.
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

/// The functions of a source text, for the tests that compare reserved names with the methods of the client.
#[cfg(test)]
pub(crate) fn functions(source: &str) -> impl Iterator<Item = &str> {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.filter_map(|line| line.split_once("fn ")?.1.split(['(', '<']).next())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn variants_are_named_after_their_values() {
        let values = json!(["sea-blue", 1, -1, 15, 1.5, -0.25, 1e-30, true, "true"]);
        let variants = values.as_array().unwrap().iter().map(|value| variant(value, None));
        let expected = ["SeaBlue", "X1", "Minus1", "X15", "X1_5", "Minus0_25", "X1eMinus30", "True", "True"];
        assert_eq!(variants.collect::<Vec<_>>(), expected);
        assert_eq!(variant(&json!(1), Some("High")), "High");
    }

    #[test]
    fn a_method_has_the_name_of_its_operation_without_the_group() {
        assert_eq!(method("enchanted-link", "enchanted_link_sign_up"), "sign_up");
        assert_eq!(method("oauth", "oauth_type"), "type_");
    }
}
