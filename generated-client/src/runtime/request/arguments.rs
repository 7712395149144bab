//! The arguments of a call, and the checks of them before anything is sent.

use super::parameter::{Parameter, Style};
use super::spec::Spec;
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::value::floats::to_value;
use crate::runtime::value::limits::Limits;
use crate::runtime::value::secret_value::SecretValue;
use crate::runtime::value::validate::Validate;
use crate::runtime::value::violation::Violation;
use serde::Serialize;
use serde_json::Value;

/// Arguments by the [name](Parameter::argument) of each.
#[derive(Clone, Default)]
pub(crate) struct Arguments(Vec<(&'static str, Argument)>);

#[derive(Clone)]
enum Argument {
    Json(Value),
    /// It can't be sent: a part of it breaks its own limits, or it has no JSON.
    Invalid(Violation),
}

impl Arguments {
    /// Sets an argument. It replaces one of the same name.
    pub(crate) fn set(&mut self, name: &'static str, value: Value) {
        self.put(name, Argument::Json(value));
    }

    /// Sets an argument of a generated type. Its parts are checked here against their own limits, which its JSON doesn't
    /// tell.
    pub(crate) fn set_typed(&mut self, name: &'static str, value: &(impl Serialize + Validate)) {
        // The texts of these errors contain no value: generated types make them.
        let unwritable = |error: serde_json::Error| Violation::new(error.to_string());
        let checked = value.check(&Limits::NONE).and_then(|()| to_value(value).map_err(unwritable));
        self.put(name, checked.map_or_else(Argument::Invalid, Argument::Json));
    }

    fn put(&mut self, name: &'static str, argument: Argument) {
        match self.0.iter_mut().find(|(set, _)| *set == name) {
            Some((_, old)) => {
                old.wipe();
                *old = argument;
            }
            None => self.0.push((name, argument)),
        }
    }

    fn argument(&self, name: &str) -> Option<&Argument> {
        self.0.iter().find(|(set, _)| *set == name).map(|(_, argument)| argument)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        match self.argument(name)? {
            Argument::Json(value) => Some(value),
            Argument::Invalid(_) => None,
        }
    }

    /// An argument that is a whole number.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.get(name)?.as_i64()
    }

    /// All parameters that have an argument, in the order of the spec.
    ///
    /// # Errors
    ///
    /// If a required argument is missing, if one breaks the limits of its parameter or of a member, or has a number that
    /// isn't finite, and if one is null and isn't sent as JSON, since nothing else has a way to write null.
    pub(crate) fn checked<'a>(
        &'a self,
        spec: &'static Spec,
    ) -> Result<Vec<(&'static Parameter, &'a Value)>, InvalidRequest> {
        let mut checked = Vec::with_capacity(self.0.len());
        for parameter in spec.parameters {
            match self.argument(parameter.argument) {
                Some(Argument::Invalid(violation)) => return Err(violating(parameter, violation)),
                Some(Argument::Json(Value::Null))
                    if parameter.style != Style::Json && !parameter.allow_empty =>
                {
                    return Err(invalid(parameter, IS_NULL));
                }
                Some(Argument::Json(value)) => {
                    value.check(&parameter.limits).map_err(|violation| violating(parameter, &violation))?;
                    checked.push((parameter, value));
                }
                None if parameter.required => return Err(invalid(parameter, "is missing")),
                None => {}
            }
        }
        Ok(checked)
    }
}

impl Argument {
    fn wipe(&mut self) {
        if let Self::Json(value) = self {
            value.wipe();
        }
    }
}

/// The arguments are overwritten, since any of them may be a secret.
impl Drop for Arguments {
    fn drop(&mut self) {
        self.0.iter_mut().for_each(|(_, argument)| argument.wipe());
    }
}

/// What is wrong with an argument, or a part of a body, that is null where the service accepts no null.
pub(crate) const IS_NULL: &str = "can't be null";

/// The error for an argument of which a part breaks its limits.
fn violating(parameter: &Parameter, violation: &Violation) -> InvalidRequest {
    match violation.path()[..] {
        [] => invalid(parameter, violation.why()),
        ref members => {
            let what = format!("member `{}` of parameter `{}`", members.join("."), parameter.name);
            InvalidRequest::new(what, violation.why())
        }
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

    #[test]
    fn a_number_that_json_lacks_is_refused_however_it_is_sent() {
        static SPEC: Spec = Spec::get("x", "/x").parameters(&[
            Parameter::query("plain"),
            Parameter::query("json").json(),
            Parameter::query("empty").allow_empty(),
            Parameter::query("list"),
        ]);
        for name in ["plain", "json", "empty", "list"] {
            let mut arguments = Arguments::default();
            match name {
                "list" => arguments.set_typed(name, &vec![1.0, f64::NAN]),
                _ => arguments.set_typed(name, &f32::INFINITY),
            }
            let invalid = arguments.checked(&SPEC).unwrap_err();
            assert_eq!(invalid.to_string(), format!("parameter `{name}` is not a finite number"));
            arguments.set_typed(name, &0.7_f32);
            assert_eq!(arguments.get(name), Some(&json!(0.7)));
            arguments.checked(&SPEC).unwrap();
        }
    }
}
