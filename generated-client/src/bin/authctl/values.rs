//! Values of arguments: read from text as the table types them, and held against it.

use generated_client::runtime::{EnumShape, InvalidRequest, Limits, ObjectShape, Shape, Validate};
use serde_json::{Map, Value};

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
        Shape::Secret(inner) => read(inner, text),
        Shape::Text | Shape::Enum(_) => Ok(Value::String(text.to_owned())),
        Shape::Any => Ok(json(text).unwrap_or_else(|| Value::String(text.to_owned()))),
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
            json(text).filter(Value::is_number).ok_or_else(|| format!("is no {}", type_text(shape)))
        }
        _ => json(text).ok_or_else(|| "is no JSON".to_owned()),
    }
}

fn json(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

fn takes_text(shape: &Shape) -> bool {
    match shape {
        Shape::Secret(inner) => takes_text(inner),
        shape => matches!(shape, Shape::Text | Shape::Enum(_) | Shape::Any),
    }
}

fn fits(shape: &Shape, value: &Value) -> bool {
    let mut findings = Findings::default();
    check(shape, value, &Limits::NONE, "", &mut findings);
    findings.faults.is_empty()
}

/// Holds a value against its shape and limits, and notes all that is wrong with it.
pub(crate) fn check(shape: &Shape, value: &Value, limits: &Limits, path: &str, findings: &mut Findings) {
    let is_of_type = match (shape, value) {
        (Shape::Secret(inner), _) => return check(inner, value, limits, path, findings),
        (Shape::Any, _) => true,
        (Shape::Boolean, value) => value.is_boolean(),
        (Shape::Integer, value) => value.is_i64() || value.is_u64(),
        (Shape::Number, value) => value.is_number(),
        (Shape::Text, Value::String(_)) => return check_limits(value, limits, path, findings),
        (Shape::Enum(of), Value::String(text)) => return check_enum(of, text, path, findings),
        (Shape::List(item), Value::Array(values)) => {
            for (place, value) in values.iter().enumerate() {
                check(item, value, limits, &format!("{path}[{place}]"), findings);
            }
            true
        }
        (Shape::Map(of), Value::Object(members)) => {
            for (name, value) in members {
                check(of, value, limits, &under(path, name), findings);
            }
            true
        }
        (Shape::Object(object), Value::Object(members)) => {
            return check_object(*object, members, path, findings);
        }
        (Shape::Choice { forms, .. }, value) => return check_choice(shape, forms, value, path, findings),
        _ => false,
    };
    if !is_of_type {
        findings.fault(path, format!("has another type than {}", type_text(shape)));
    }
}

fn check_limits(value: &Value, limits: &Limits, path: &str, findings: &mut Findings) {
    if let Err(violation) = value.check(limits) {
        findings.fault(path, InvalidRequest::from(violation).why());
    }
}

fn check_enum(of: &EnumShape, text: &str, path: &str, findings: &mut Findings) {
    if of.values.contains(&text) {
        return;
    }
    let hint = did_you_mean(text, of.values.iter().copied());
    if of.is_open {
        let known = of.values.join(", ");
        findings.warnings.push(format!("{} is none of the known values ({known}){hint}", named(path)));
    } else {
        findings.fault(path, format!("has to be one of {}{hint}", of.values.join(", ")));
    }
}

fn check_object(object: ObjectShape, members: &Map<String, Value>, path: &str, findings: &mut Findings) {
    for (name, value) in members {
        match object.members.iter().find(|member| member.name == name) {
            Some(member) if value.is_null() && !member.is_required => {}
            Some(member) => {
                check(&(member.shape)(), value, &member.limits, &under(path, name), findings);
            }
            None if object.is_extensible => {}
            None => {
                let hint = did_you_mean(name, object.members.iter().map(|member| member.name));
                findings.fault(&under(path, name), format!("is no member of {}{hint}", object.name));
            }
        }
    }
    let missing =
        object.members.iter().filter(|member| member.is_required && !members.contains_key(member.name));
    for member in missing {
        findings.fault(&under(path, member.name), "is missing");
    }
}

/// A value that fits no form is told what the only form of its kind lacks, or else just that.
fn check_choice(shape: &Shape, forms: &[Shape], value: &Value, path: &str, findings: &mut Findings) {
    if forms.iter().any(|form| fits(form, value)) {
        return;
    }
    let mut objects = forms.iter().filter(|form| matches!(form, Shape::Object(_)));
    match (objects.next(), objects.next()) {
        (Some(object), None) if value.is_object() => check(object, value, &Limits::NONE, path, findings),
        _ => findings.fault(path, format!("fits none of the forms of {}", type_text(shape))),
    }
}

fn under(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
