//! The arguments of a call, and the checks of them before anything is sent.

use super::parameter::Parameter;
use super::spec::Spec;
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::value::limits::Validate;
use crate::runtime::value::secret_value::SecretValue;
use serde_json::Value;

/// Arguments by the name of their parameter on the wire.
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

    /// The argument of a parameter; `null` counts as none.
    fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(set, value)| *set == name && !value.is_null()).map(|(_, value)| value)
    }

    /// All parameters that have an argument, in the order of the spec.
    ///
    /// # Errors
    ///
    /// If a required argument is missing, or one breaks the limits of its parameter.
    pub(crate) fn checked<'a>(
        &'a self,
        spec: &'static Spec,
    ) -> Result<Vec<(&'static Parameter, &'a Value)>, InvalidRequest> {
        let mut checked = Vec::with_capacity(self.0.len());
        for parameter in spec.parameters {
            match self.get(parameter.name) {
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

/// Any of them may be a secret.
impl Drop for Arguments {
    fn drop(&mut self) {
        self.0.iter_mut().for_each(|(_, value)| value.wipe());
    }
}

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
            Parameter::query("c"),
        ]);
        let mut arguments = Arguments::default();
        let invalid = arguments.checked(&SPEC).unwrap_err();
        assert_eq!(invalid.to_string(), "parameter `a` is missing");

        arguments.set("c", json!("old"));
        arguments.set("a", json!(1));
        arguments.set("b", json!(null));
        arguments.set("c", json!("new"));
        let checked = arguments.checked(&SPEC).unwrap();
        let names: Vec<_> = checked.iter().map(|(p, v)| (p.name, (*v).clone())).collect();
        assert_eq!(names, [("a", json!(1)), ("c", json!("new"))]);
    }
}
