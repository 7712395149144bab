//! A type as it is written in Rust.

use crate::model::{Type, Width};

/// The type as it is written where a generated file's imports are in scope: `BTreeMap<String, Value>`.
pub(crate) fn type_name(ty: &Type) -> String {
    type_path(ty, &str::to_owned)
}

/// The type as it is written where each of these names has a path.
pub(super) fn type_path(ty: &Type, path: &dyn Fn(&str) -> String) -> String {
    let of = |outer: &str, inner: &Type| format!("{}<{}>", path(outer), type_path(inner, path));
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::Int(Width::W32) => "i32".to_owned(),
        Type::Int(Width::W64) => "i64".to_owned(),
        Type::Unsigned => "u64".to_owned(),
        Type::Float(Width::W32) => "f32".to_owned(),
        Type::Float(Width::W64) => "f64".to_owned(),
        Type::Text => "String".to_owned(),
        Type::Time => path("Timestamp"),
        Type::Any => path("Value"),
        Type::FreeObject => format!("{}<String, {}>", path("Map"), path("Value")),
        Type::Named(name) => path(name),
        Type::List(element) => format!("Vec<{}>", type_path(element, path)),
        Type::Map(value) => format!("{}<String, {}>", path("BTreeMap"), type_path(value, path)),
        Type::Option(inner) => format!("Option<{}>", type_path(inner, path)),
        Type::Nullable(inner) => of("Nullable", inner),
        Type::Boxed(inner) => format!("Box<{}>", type_path(inner, path)),
        Type::Secret(inner) if **inner == Type::Text => path("Secret"),
        Type::Secret(inner) => of("Secret", inner),
        Type::Binary => path("Binary"),
        Type::JsonText(inner) => of("JsonText", inner),
    }
}
