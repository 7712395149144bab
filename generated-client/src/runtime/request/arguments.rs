//! The arguments of a call, and the checks of them before anything is sent.

use super::parameter::{Parameter, Style};
use super::spec::Spec;
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::value::secret_value::SecretValue;
use crate::runtime::value::validate::Validate;
use serde_json::Value;

/// Arguments by the [name](Parameter::argument) of each.
#[derive(Clone, Default)]
pub(crate) struct Arguments(Vec<(&'static str, Value)>);

impl Arguments {
    /// Sets an argument. It replaces one of the same name.
    pub(crate) fn set(&mut self, name: &'static str, value: Value) {
        match self.0.iter_mut().find(|(set, _)| *set == name) {
            Some((_, old)) => {
                old.wipe();
                *old = value;
            }
            None => self.0.push((name, value)),
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(set, _)| *set == name).map(|(_, value)| value)
    }

    /// An argument that is a whole number.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.get(name)?.as_i64()
    }

    /// All parameters that have an argument, in the order of the spec.
    ///
    /// # Errors
    ///
    /// If a required argument is missing, if one breaks the limits of its parameter, and if one is null and isn't sent
    /// as JSON, since nothing else has a way to write null.
    pub(crate) fn checked<'a>(
        &'a self,
        spec: &'static Spec,
    ) -> Result<Vec<(&'static Parameter, &'a Value)>, InvalidRequest> {
        let mut checked = Vec::with_capacity(self.0.len());
        for parameter in spec.parameters {
            match self.get(parameter.argument) {
                Some(Value::Null) if parameter.style != Style::Json && !parameter.allow_empty => {
                    return Err(invalid(parameter, IS_NULL));
                }
                Some(value) => {
                    value
                        .check(&parameter.limits)
                        .map_err(|violation| invalid(parameter, violation.why()))?;
                    checked.push((parameter, value));
                }
                None if parameter.required => return Err(invalid(parameter, "is missing")),
                None => {}
            }
        }
        Ok(checked)
    }
}

/// The arguments are overwritten, since any of them may be a secret.
impl Drop for Arguments {
    fn drop(&mut self) {
        self.0.iter_mut().for_each(|(_, value)| value.wipe());
    }
}

/// What is wrong with an argument, or a part of a body, that is null where the service accepts no null.
pub(crate) const IS_NULL: &str = "can't be null";

/// The error for an argument that can't be sent. It names the parameter and does not contain the value.
pub(crate) fn invalid(parameter: &Parameter, why: impl Into<String>) -> InvalidRequest {
    InvalidRequest::new(format!("parameter `{}`", parameter.name), why)
}

#[cfg(test)]
mod tests {
    use super::Arguments;
    use crate::runtime::request::parameter::Parameter;
    use crate::runtime::request::spec::Spec;
    use serde_json::json;

    #[test]
    fn arguments_are_replaced_and_come_in_the_order_of_the_spec() {
        static SPEC: Spec = Spec::get("x", "/x").parameters(&[
            Parameter::query("a").required(),
            Parameter::query("b"),
            Parameter::query("c").json(),
            Parameter::query("d"),
        ]);
        let mut arguments = Arguments::default();
        let invalid = arguments.checked(&SPEC).unwrap_err();
        assert_eq!(invalid.to_string(), "parameter `a` is missing");

        arguments.set("c", json!("old"));
        arguments.set("a", json!(1));
        arguments.set("c", json!(null));
        let checked = arguments.checked(&SPEC).unwrap();
        let names: Vec<_> = checked.iter().map(|(p, v)| (p.name, (*v).clone())).collect();
        assert_eq!(names, [("a", json!(1)), ("c", json!(null))]);

        arguments.set("b", json!(null));
        let invalid = arguments.checked(&SPEC).unwrap_err();
        assert_eq!(invalid.to_string(), "parameter `b` can't be null");
    }
}
