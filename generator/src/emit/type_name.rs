//! A type as it is written in Rust.

use crate::model::{Type, Width};

/// The type as it is written where a generated file's imports are in scope: `BTreeMap<String, Value>`.
pub(crate) fn type_name(ty: &Type) -> String {
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::Int(Width::W32) => "i32".to_owned(),
        Type::Int(Width::W64) => "i64".to_owned(),
        Type::Unsigned => "u64".to_owned(),
        Type::Float(Width::W32) => "f32".to_owned(),
        Type::Float(Width::W64) => "f64".to_owned(),
        Type::Text => "String".to_owned(),
        Type::Time => "Timestamp".to_owned(),
        Type::Any => "Value".to_owned(),
        Type::FreeObject => "Map<String, Value>".to_owned(),
        Type::Named(name) => name.clone(),
        Type::List(element) => format!("Vec<{}>", type_name(element)),
        Type::Map(value) => format!("BTreeMap<String, {}>", type_name(value)),
        Type::Option(inner) => format!("Option<{}>", type_name(inner)),
        Type::Nullable(inner) => format!("Nullable<{}>", type_name(inner)),
        Type::Boxed(inner) => format!("Box<{}>", type_name(inner)),
        Type::Secret(inner) if **inner == Type::Text => "Secret".to_owned(),
        Type::Secret(inner) => format!("Secret<{}>", type_name(inner)),
        Type::Binary => "Binary".to_owned(),
        Type::JsonText(inner) => format!("JsonText<{}>", type_name(inner)),
    }
}
