//! Values made up by their shapes, with every member that there is.

use generated_client::runtime::Shape;
use serde_json::{Map, Value, json};

/// A value of this shape; none for a type within itself.
pub(crate) fn value(shape: &Shape) -> Option<Value> {
    within(shape, &mut Vec::new())
}

fn within(shape: &Shape, types: &mut Vec<&'static str>) -> Option<Value> {
    Some(match shape {
        Shape::Nothing | Shape::Redirect | Shape::ByStatus(_) => return None,
        Shape::Secret(inner) => return within(inner, types),
        Shape::Any => json!({ "anything": [1, null] }),
        Shape::Boolean => json!(true),
        Shape::Integer => json!(7),
        Shape::Number => json!(0.5),
        Shape::Text => json!("text"),
        Shape::Time => json!("2026-11-28T12:30:00Z"),
        Shape::Enum(of) => of.json(of.values.first()?)?,
        Shape::List(item) => json!([within(item, types)?, within(item, types)?]),
        Shape::Map(inner) => json!({ "one": within(inner, types)?, "other/~": within(inner, types)? }),
        Shape::Choice { forms, .. } => return forms.iter().find_map(|form| within(form, types)),
        Shape::Object(object) if types.contains(&object.name) => return None,
        Shape::Object(object) => {
            types.push(object.name);
            let members = object.members.iter();
            let members: Map<String, Value> = members
                .filter_map(|member| Some((member.name.to_owned(), within(&(member.shape)(), types)?)))
                .collect();
            types.pop();
            Value::Object(members)
        }
        other => panic!("the tests don't know how to make up {other:?}"),
    })
}
