//! Holds a response of the fake against what the spec says of it.

use generated_client::runtime::{OperationInfo, Shape};
use generated_client::{descope, descope_management};
use serde_json::Value;

/// What a successful response has that the spec doesn't know, lacks, or has of another type.
pub(crate) fn differences(method: &str, path: &str, body: &Value) -> Vec<String> {
    let services = [descope::SERVICE, descope_management::SERVICE];
    let all = services.iter().flat_map(|service| (service.operations)());
    let mut found: Vec<_> =
        all.filter(|info| info.spec.method.as_str() == method && fits(info, path)).collect();
    // A path without parameters fits best.
    found.sort_by_key(|info| info.spec.path.matches('{').count());
    let Some(info) = found.first() else {
        return vec!["there is no such operation".to_owned()];
    };
    let mut differences = Vec::new();
    compare(body, &(info.response)(), "", &mut differences);
    differences
}

/// Whether a path fits the template of an operation.
fn fits(info: &OperationInfo, path: &str) -> bool {
    let (template, given) = (info.spec.path.split('/'), path.split('/'));
    template.clone().count() == given.clone().count()
        && template.zip(given).all(|(part, given)| part.starts_with('{') || part == given)
}

fn compare(value: &Value, shape: &Shape, place: &str, differences: &mut Vec<String>) {
    match (shape, value) {
        (Shape::Any | Shape::Redirect | Shape::Nothing, _) | (Shape::Nullable(_), Value::Null) => {}
        (Shape::Secret(inner) | Shape::Nullable(inner), value) => compare(value, inner, place, differences),
        (Shape::List(item), Value::Array(items)) => {
            for (index, value) in items.iter().enumerate() {
                compare(value, item, &format!("{place}/{index}"), differences);
            }
        }
        (Shape::Map(item), Value::Object(members)) => {
            for (name, value) in members {
                compare(value, item, &format!("{place}/{name}"), differences);
            }
        }
        (Shape::Object(object), Value::Object(members)) => {
            for member in object.members {
                let inner = format!("{place}/{}", member.name);
                match members.get(member.name) {
                    Some(value) => compare(value, &(member.shape)(), &inner, differences),
                    None if member.is_required => differences.push(format!("{inner} is lacking")),
                    None => {}
                }
            }
            let is_known = |name: &str| object.members.iter().any(|member| member.name == name);
            for name in members.keys().filter(|name| !is_known(name) && !object.is_extensible) {
                differences.push(format!("{place}/{name} is unknown"));
            }
        }
        (Shape::Choice { forms, .. }, value) => {
            let fits = |form: &Shape| {
                let mut found = Vec::new();
                compare(value, form, place, &mut found);
                found.is_empty()
            };
            if !forms.iter().any(fits) {
                differences.push(format!("{place} is none of its forms"));
            }
        }
        (shape, value) if !is_of_kind(shape, value) => differences.push(format!("{place} is {value}")),
        _ => {}
    }
}

fn is_of_kind(shape: &Shape, value: &Value) -> bool {
    match shape {
        Shape::Boolean => value.is_boolean(),
        Shape::Integer => value.is_i64() || value.is_u64(),
        Shape::Number => value.is_number(),
        Shape::Text | Shape::Time => value.is_string(),
        Shape::Enum(of) => of.is_of_kind(value),
        Shape::List(_) | Shape::Map(_) | Shape::Object(_) => false,
        _ => true,
    }
}
