//! What a part of a file is called in notes.

use crate::openapi::kind::{ObjectKind, ValueKind};

/// The kind of the part at a pointer, and its name; `None` for what no note is about, such as `info`.
pub(super) fn at(file: &str, pointer: &str) -> Option<(&'static str, String)> {
    let parts: Vec<String> =
        pointer.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~")).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let named = match parts.as_slice() {
        [] => ("a file", format!("`{file}`")),
        ["paths", path] => ("a path", format!("`{path}`")),
        ["paths", path, method, inner @ ..] if is_method(method) => {
            let operation = format!("`{} {path}`", method.to_uppercase());
            match inner {
                [] => ("an operation", operation),
                _ => ("a part of an operation", format!("{operation}: `{}`", inner.join("/"))),
            }
        }
        ["paths", path, inner @ ..] => ("a part of a path", format!("`{path}`: `{}`", inner.join("/"))),
        ["components", "schemas", schema, "properties", member] => {
            ("a member", format!("`{schema}.{member}`"))
        }
        ["components", section, name] => ("a component", format!("`{name}` of `{section}`")),
        ["components", _, name, inner @ ..] => {
            ("a part of a component", format!("`{name}`: `{}`", inner.join("/")))
        }
        _ => return None,
    };
    Some(named)
}

fn is_method(key: &str) -> bool {
    let rule = ObjectKind::PathItem.grammar().rule(key);
    rule.is_some_and(|rule| matches!(rule.value, ValueKind::One(ObjectKind::Operation)))
}
