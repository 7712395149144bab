//! Which parts of a value can be null.

use serde_json::Value;

use super::json::flag;
use super::types::Type;
use crate::normalise::referenced;

/// The type with each part marked that can be null by the schema. In a request, null and an absent value mean different
/// things, so the type tells them apart; in a response both become `None`.
pub(super) fn mark(ty: Type, schema: &Value, schemas: &Value, in_requests: bool) -> Type {
    match ty {
        Type::Any => Type::Any,
        Type::Option(inner) => match mark(*inner, schema, schemas, in_requests) {
            optional @ Type::Option(_) => optional,
            other => other.into_option(),
        },
        other => {
            let marked = mark_parts(other, schema, schemas, in_requests);
            match (is_nullable(schema, schemas), in_requests) {
                (false, _) => marked,
                (true, false) => marked.into_option(),
                (true, true) => Type::Nullable(Box::new(marked)),
            }
        }
    }
}

fn mark_parts(ty: Type, schema: &Value, schemas: &Value, in_requests: bool) -> Type {
    let part = |part: Box<Type>, key: &str| Box::new(mark(*part, &schema[key], schemas, in_requests));
    let same = |inner: Box<Type>| Box::new(mark_parts(*inner, schema, schemas, in_requests));
    match ty {
        Type::List(item) => Type::List(part(item, "items")),
        Type::Map(value) => Type::Map(part(value, "additionalProperties")),
        Type::JsonText(held) => Type::JsonText(part(held, "x-json-text")),
        Type::Boxed(inner) => Type::Boxed(same(inner)),
        Type::Secret(inner) => Type::Secret(same(inner)),
        other => other,
    }
}

/// Whether the schema, or the one that it refers to, accepts null, because it says so or because it accepts any value.
pub(super) fn accepts_null(schema: &Value, schemas: &Value) -> bool {
    let target = referenced(schema).map_or(schema, |name| &schemas[name]);
    let is_limited = ["type", "enum", "oneOf"].iter().any(|keyword| target.get(keyword).is_some());
    is_nullable(schema, schemas) || !is_limited
}

/// Whether the schema, or the one that it refers to, says that it accepts null.
fn is_nullable(schema: &Value, schemas: &Value) -> bool {
    flag(schema, "nullable") || referenced(schema).is_some_and(|name| flag(&schemas[name], "nullable"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn null_is_told_apart_in_requests_only() {
        let nullable = json!({"type": "string", "nullable": true});
        let list = json!({"type": "array", "items": nullable});
        let text = || Box::new(Type::Text);
        let cases = [
            (&nullable, Type::Text, Type::Nullable(text()), Type::Option(text())),
            (
                &nullable,
                Type::Text.into_option(),
                Type::Nullable(text()).into_option(),
                Type::Text.into_option(),
            ),
            (
                &list,
                Type::List(text()),
                Type::List(Box::new(Type::Nullable(text()))),
                Type::List(Box::new(Type::Option(text()))),
            ),
            (&nullable, Type::Any, Type::Any, Type::Any),
        ];
        for (schema, ty, in_requests, in_responses) in cases {
            assert_eq!(mark(ty.clone(), schema, &Value::Null, true), in_requests);
            assert_eq!(mark(ty, schema, &Value::Null, false), in_responses);
        }
    }

    #[test]
    fn what_is_referred_to_can_be_null() {
        let schemas = json!({"Mode": {"type": "string", "enum": ["a"], "nullable": true}});
        let reference = json!({"$ref": "#/components/schemas/Mode"});
        let named = || Type::Named("Mode".to_owned());
        assert_eq!(mark(named(), &reference, &schemas, true), Type::Nullable(Box::new(named())));
    }
}
