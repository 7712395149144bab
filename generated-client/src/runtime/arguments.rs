//! The arguments that a call has collected, and the checks that they pass before they are sent.

use super::{Parameter, Refusal, Spec};
use serde_json::Value;

/// Arguments by the name of their parameter on the wire.
#[derive(Clone, Default)]
pub(crate) struct Arguments(Vec<(&'static str, Value)>);

impl Arguments {
    /// Sets an argument, in place of the one that was there.
    pub(super) fn set(&mut self, name: &'static str, value: Value) {
        match self.0.iter_mut().find(|(set, _)| *set == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// The argument of a parameter; `null` counts as none.
    fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(set, value)| *set == name && !value.is_null()).map(|(_, value)| value)
    }

    /// All parameters that have an argument, in the order of the spec. A call that lacks a
    /// required one or has one against the constraints of its parameter is refused.
    pub(super) fn checked<'a>(
        &'a self,
        spec: &'static Spec,
    ) -> Result<Vec<(&'static Parameter, &'a Value)>, Refusal> {
        let mut checked = Vec::with_capacity(self.0.len());
        for parameter in spec.parameters {
            match self.get(parameter.name) {
                Some(value) => {
                    check(parameter, value).map_err(|why| refuse(parameter, why))?;
                    checked.push((parameter, value));
                }
                None if parameter.required => return Err(refuse(parameter, "is missing")),
                None => {}
            }
        }
        Ok(checked)
    }
}

/// A refusal that names the parameter and says nothing of its value.
pub(super) fn refuse(parameter: &Parameter, why: impl Into<String>) -> Refusal {
    Refusal::new(format!("parameter `{}`", parameter.name), why)
}

fn check(parameter: &Parameter, value: &Value) -> Result<(), String> {
    match value {
        Value::String(text) => check_text(parameter, text),
        Value::Array(items) => items.iter().try_for_each(|item| check(parameter, item)),
        _ => Ok(()),
    }
}

fn check_text(parameter: &Parameter, text: &str) -> Result<(), String> {
    if let Some((fewest, most)) = parameter.length {
        let count = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        if count < fewest {
            return Err(format!("has {count} characters, at least {fewest} are needed"));
        }
        if count > most {
            return Err(format!("has {count} characters, at most {most} are allowed"));
        }
    }
    match parameter.pattern {
        Some(pattern) if !matches(pattern, text) => Err(format!("does not match the pattern {pattern}")),
        _ => Ok(()),
    }
}

/// Without the feature, checking a pattern is left to the server.
#[cfg(not(feature = "patterns"))]
fn matches(_pattern: &str, _text: &str) -> bool {
    true
}

/// A pattern that can't be compiled is left to the server as well.
#[cfg(feature = "patterns")]
fn matches(pattern: &'static str, text: &str) -> bool {
    use regress::Regex;
    use std::sync::{Arc, Mutex, PoisonError};

    type Compiled = (&'static str, Option<Arc<Regex>>);

    // A spec has few patterns, and compiling one costs more than looking through all of them.
    static COMPILED: Mutex<Vec<Compiled>> = Mutex::new(Vec::new());

    let regex = {
        let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
        match compiled.iter().find(|(known, _)| *known == pattern) {
            Some((_, regex)) => regex.clone(),
            None => {
                let regex = Regex::with_flags(pattern, "u").ok().map(Arc::new);
                compiled.push((pattern, regex.clone()));
                regex
            }
        }
    };
    regex.is_none_or(|regex| regex.find(text).is_some())
}

#[cfg(test)]
mod tests {
    use super::{Arguments, check};
    use crate::runtime::{Parameter, Spec};
    use serde_json::json;

    #[test]
    fn arguments_are_replaced_and_come_in_the_order_of_the_spec() {
        static SPEC: Spec = Spec::get("x", "/x").parameters(&[
            Parameter::query("a").required(),
            Parameter::query("b"),
            Parameter::query("c"),
        ]);
        let mut arguments = Arguments::default();
        let refusal = arguments.checked(&SPEC).unwrap_err();
        assert_eq!(refusal.to_string(), "parameter `a` is missing");

        arguments.set("c", json!("old"));
        arguments.set("a", json!(1));
        arguments.set("b", json!(null));
        arguments.set("c", json!("new"));
        let checked = arguments.checked(&SPEC).unwrap();
        let names: Vec<_> = checked.iter().map(|(p, v)| (p.name, (*v).clone())).collect();
        assert_eq!(names, [("a", json!(1)), ("c", json!("new"))]);
    }

    #[test]
    fn length_is_counted_in_characters() {
        let locale = Parameter::query("locale").length(2, 3);
        for text in ["en", "gsw", "日本", "éé"] {
            assert_eq!(check(&locale, &json!(text)), Ok(()), "{text}");
        }
        assert_eq!(check(&locale, &json!("e")), Err("has 1 characters, at least 2 are needed".to_owned()));
        assert_eq!(
            check(&locale, &json!(["en", "klingon"])),
            Err("has 7 characters, at most 3 are allowed".to_owned())
        );
    }

    #[test]
    #[cfg(feature = "patterns")]
    fn patterns_are_ecmascript_with_unicode_classes() {
        let name = Parameter::query("displayName").pattern(r"^[\p{L}\p{N}\p{S} ,.'-]+$");
        for text in ["Zoë O'Neil-Smith, Jr.", "日本語 7", "a+b"] {
            assert_eq!(check(&name, &json!(text)), Ok(()), "{text}");
        }
        for text in ["", "a/b", "a\nb", "(b)"] {
            check(&name, &json!(text)).unwrap_err();
        }
        let challenge = Parameter::query("codeChallenge").pattern("^[A-Za-z0-9_-]{43}$");
        check(&challenge, &json!("x".repeat(43))).unwrap();
        check(&challenge, &json!("x".repeat(44))).unwrap_err();
        let broken = Parameter::query("x").pattern("(");
        check(&broken, &json!("anything")).unwrap();
    }
}
