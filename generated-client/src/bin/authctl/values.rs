//! Values of arguments: how they are read from texts, and what is wrong with them.

use generated_client::runtime::{EnumKind, Limits, Mismatch, Problem, Shape, Step};
use serde_json::Value;

use crate::catalog::did_you_mean;
use crate::describing::type_text;

/// What is wrong with arguments, and what may be. None of it repeats a value that could be a secret.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) faults: Vec<String>,
    pub(crate) warnings: Vec<String>,
}

impl Findings {
    pub(crate) fn fault(&mut self, path: &str, why: impl AsRef<str>) {
        self.faults.push(format!("{} {}", named(path), why.as_ref()));
    }
}

fn named(path: &str) -> String {
    if path.is_empty() { "the body".to_owned() } else { format!("`{}`", path.escape_debug()) }
}

/// The value that a text stands for where this shape is expected.
pub(crate) fn read(shape: &Shape, text: &str) -> Result<Value, String> {
    match shape {
        Shape::Nullable(_) if text == "null" => Ok(Value::Null),
        Shape::Secret(inner) | Shape::Nullable(inner) => read(inner, text),
        Shape::Text | Shape::Time => Ok(Value::String(text.to_owned())),
        Shape::Enum(of) => of.json(text).ok_or_else(|| format!("is not {}", a_type(&of.kind.shape()))),
        Shape::Any | Shape::Binary => Ok(json(text).unwrap_or_else(|| Value::String(text.to_owned()))),
        Shape::Choice { forms, .. } if forms.iter().any(takes_text) => match json(text) {
            Some(value) if fits(shape, &value) => Ok(value),
            _ => Ok(Value::String(text.to_owned())),
        },
        Shape::Boolean => match text {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err("is neither `true` nor `false`".to_owned()),
        },
        Shape::Integer | Shape::Number => {
            json(text).filter(Value::is_number).ok_or_else(|| format!("is not {}", a_type(shape)))
        }
        _ => serde_json::from_str(text).map_err(|error| not_json(&error)),
    }
}

/// What is wrong with a text that isn't JSON, and where. It repeats nothing of the text.
pub(crate) fn not_json(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let why = text.split(" at line ").next().unwrap_or_default();
    format!("is not valid JSON: {why} at line {}, column {}", error.line(), error.column())
}

/// Whether null is one of the values of a shape.
pub(crate) fn accepts_null(shape: &Shape) -> bool {
    matches!(shape, Shape::Nullable(_))
}

fn json(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

fn takes_text(shape: &Shape) -> bool {
    match shape {
        Shape::Secret(inner) | Shape::Nullable(inner) => takes_text(inner),
        Shape::Enum(of) => of.kind == EnumKind::Text,
        shape => matches!(shape, Shape::Text | Shape::Time | Shape::Any),
    }
}

fn fits(shape: &Shape, value: &Value) -> bool {
    shape.check(value, &Limits::NONE).iter().all(Mismatch::is_doubt)
}

/// Checks a value against its shape and limits, and notes all that is wrong with it. `path` names the value itself.
pub(crate) fn check(shape: &Shape, value: &Value, limits: &Limits, path: &str, findings: &mut Findings) {
    for mismatch in shape.check(value, limits) {
        let path = format!("{path}{}{mismatch}", if is_joined(path, &mismatch) { "." } else { "" });
        let why = text(&mismatch.problem);
        if mismatch.is_doubt() {
            findings.warnings.push(format!("{} {why}", named(&path)));
        } else {
            findings.fault(&path, why);
        }
    }
}

fn is_joined(path: &str, mismatch: &Mismatch) -> bool {
    !path.is_empty() && matches!(mismatch.path.first(), Some(Step::Member(_) | Step::Key(_)))
}

/// A type with its article, for a sentence.
fn a_type(shape: &Shape) -> String {
    let named = type_text(shape);
    match shape {
        Shape::Integer => "a whole number".to_owned(),
        Shape::Number => "a number".to_owned(),
        Shape::Boolean => "`true` or `false`".to_owned(),
        Shape::Time => format!("a {named}"),
        Shape::List(_) => format!("a {named}, in brackets"),
        Shape::Map(_) => format!("an {named}, in braces"),
        Shape::Object(_) => format!("a JSON object, `{named}`"),
        _ => named,
    }
}

fn text(problem: &Problem) -> String {
    match problem {
        Problem::WrongShape(shape) => format!("has to be {}", a_type(shape)),
        Problem::NotInEnum(of, text) => {
            let hint = did_you_mean(text.expose(), of.values.iter().copied());
            let known = of.values.join(", ");
            if of.is_open {
                format!("is none of the known values ({known}){hint}")
            } else {
                format!("has to be one of {known}{hint}")
            }
        }
        Problem::OutsideLimits(violation) => violation.why().to_owned(),
        Problem::UnknownMember(object, name) => {
            let hint = did_you_mean(name, object.members.iter().map(|member| member.name));
            format!("is no member of {}{hint}", object.name)
        }
        Problem::Missing => "is missing".to_owned(),
        Problem::Null => "can't be null".to_owned(),
        Problem::ReadOnly => "is set by the service alone".to_owned(),
        Problem::NoForm(shape) => format!("fits none of the forms of {}", type_text(shape)),
        _ => "is not as it should be".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Findings, check, read};
    use generated_client::runtime::{Limits, Shape};
    use serde_json::{Value, json};

    fn nullable(shape: Shape) -> Shape {
        Shape::Nullable(Box::new(shape))
    }

    #[test]
    fn null_is_read_where_it_is_accepted() {
        let texts = || Shape::List(Box::new(Shape::Text));
        for (shape, text, value) in [
            (nullable(Shape::Text), "null", Value::Null),
            (nullable(Shape::Text), "", json!("")),
            (nullable(Shape::Text), "NULL", json!("NULL")),
            (Shape::Text, "null", json!("null")),
            (nullable(Shape::Integer), "7", json!(7)),
            (nullable(Shape::Integer), "null", Value::Null),
            (nullable(texts()), "null", Value::Null),
            (nullable(texts()), "[]", json!([])),
        ] {
            assert_eq!(read(&shape, text), Ok(value), "{shape:?} of {text:?}");
        }
    }

    #[test]
    fn null_elsewhere_is_a_fault() {
        let shape = Shape::Map(Box::new(nullable(Shape::Text)));
        let mut findings = Findings::default();
        check(&shape, &json!({"a": null}), &Limits::NONE, "", &mut findings);
        assert!(findings.faults.is_empty(), "{findings:?}");
        check(&shape, &Value::Null, &Limits::NONE, "labels", &mut findings);
        check(&Shape::Any, &Value::Null, &Limits::NONE, "", &mut findings);
        assert_eq!(findings.faults, ["`labels` can't be null"]);
    }
}
