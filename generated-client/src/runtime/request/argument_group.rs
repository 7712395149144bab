//! Requests that need one of several arguments.

use serde_json::Value;

use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::value::secret::Secret;

/// Arguments of which a request needs one: parameters, and members of a body in JSON, by their names in calls by ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ArgumentGroup {
    /// The names, in the order of the spec.
    pub arguments: &'static [&'static str],
    /// Whether a request with several of them is invalid, too.
    pub is_exact: bool,
}

impl ArgumentGroup {
    /// Describes a request that needs one of these arguments and no other of them.
    #[must_use]
    pub const fn exactly(arguments: &'static [&'static str]) -> Self {
        Self { arguments, is_exact: true }
    }

    /// Describes a request that needs one of these arguments or several.
    #[must_use]
    pub const fn at_least(arguments: &'static [&'static str]) -> Self {
        Self { arguments, is_exact: false }
    }

    /// Refuses a request that has none of the arguments, or too many; `parameter` gives the value of a parameter by its
    /// name. The error names the arguments, and never their values.
    pub(crate) fn check<'v>(
        &self,
        parameter: impl Fn(&str) -> Option<&'v Value>,
        body: Option<&[u8]>,
    ) -> Result<(), InvalidRequest> {
        let body: Value = serde_json::from_slice(body.unwrap_or_default()).unwrap_or_default();
        let body = Secret::new(body);
        let fault = self.fault(|name| {
            let given = [parameter(name), body.expose().get(name)];
            given.into_iter().flatten().any(Self::counts)
        });
        fault.map_or(Ok(()), |why| Err(InvalidRequest::new("the request", why)))
    }

    /// What is wrong with a request that has those of the arguments for which `is_set` is true; none if nothing is. The text
    /// follows the word "request", and names the arguments.
    #[must_use]
    pub fn fault(&self, is_set: impl Fn(&str) -> bool) -> Option<String> {
        let set: Vec<&str> = self.arguments.iter().copied().filter(|name| is_set(name)).collect();
        if set.len() == 1 || (set.len() > 1 && !self.is_exact) {
            return None;
        }
        let (count, wanted) = (if self.is_exact { "exactly" } else { "at least" }, named(self.arguments));
        let found = if set.is_empty() { "none of them".to_owned() } else { named(&set) };
        Some(format!("needs {count} one of {wanted}, and has {found}"))
    }

    /// Whether an argument with this value counts as set: null, an empty text and an empty list say as little as an absent
    /// one.
    #[must_use]
    pub fn counts(value: &Value) -> bool {
        match value {
            Value::Null => false,
            Value::String(text) => !text.is_empty(),
            Value::Array(items) => !items.is_empty(),
            Value::Bool(_) | Value::Number(_) | Value::Object(_) => true,
        }
    }
}

/// "`a`, `b` and `c`".
fn named(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::ArgumentGroup;

    fn checked(group: ArgumentGroup, id: Option<&str>, body: &Value) -> Result<(), String> {
        let (id, body) = (id.map(Value::from), body.to_string());
        let parameter = |name: &str| id.as_ref().filter(|_| name == "id");
        group.check(parameter, Some(body.as_bytes())).map_err(|invalid| invalid.to_string())
    }

    #[test]
    fn one_of_the_arguments_is_needed() {
        for group in [ArgumentGroup::exactly(&["id", "name"]), ArgumentGroup::at_least(&["id", "name"])] {
            assert_eq!(checked(group, Some("s3cret"), &json!({"other": {"name": 1}})), Ok(()));
            assert_eq!(checked(group, None, &json!({"name": {}, "other": 1})), Ok(()));
            assert_eq!(checked(group, Some(""), &json!({"name": 0})), Ok(()));
            assert!(group.check(|_| None, None).is_err());
        }
        assert_eq!(
            checked(ArgumentGroup::exactly(&["id", "name"]), None, &json!({"other": 1, "name": null})),
            Err("the request needs exactly one of `id` and `name`, and has none of them".to_owned())
        );
        assert_eq!(
            checked(ArgumentGroup::at_least(&["id", "name", "names"]), None, &json!({"names": []})),
            Err("the request needs at least one of `id`, `name` and `names`, and has none of them".to_owned())
        );
    }

    #[test]
    fn several_are_refused_only_where_exactly_one_is_needed() {
        let body = json!({"name": "s3cret", "names": ["s3cret"]});
        assert_eq!(checked(ArgumentGroup::at_least(&["id", "name", "names"]), Some("s3cret"), &body), Ok(()));
        assert_eq!(
            checked(ArgumentGroup::exactly(&["id", "name", "names"]), Some("s3cret"), &body),
            Err(
                "the request needs exactly one of `id`, `name` and `names`, and has `id`, `name` and `names`"
                    .to_owned()
            )
        );
    }
}
