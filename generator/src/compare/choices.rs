//! The order of the alternatives of a choice, as far as it decides how a value is read: a value that several
//! alternatives fit is read as the first of them.

use crate::model::{Alternative, Api, Definition, EnumKind, Type};

/// The kinds of JSON values. No value has two of them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum JsonKind {
    Null,
    Flag,
    Number,
    Text,
    List,
    Object,
}

impl JsonKind {
    const ALL: [Self; 6] = [Self::Null, Self::Flag, Self::Number, Self::Text, Self::List, Self::Object];

    /// The kind in a message.
    fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Flag => "boolean",
            Self::Number => "number",
            Self::Text => "text",
            Self::List => "list",
            Self::Object => "object",
        }
    }
}

/// For each kind of JSON value, the alternatives in their order, if values of that kind can fit several.
pub(super) fn order(api: &Api, alternatives: &[Alternative]) -> Vec<String> {
    let mut order = Vec::new();
    for kind in JsonKind::ALL {
        let fitting: Vec<&Alternative> =
            alternatives.iter().filter(|one| can_be(api, &one.ty, kind)).collect();
        let is_told_apart = kind == JsonKind::Object && fitting.iter().all(|one| has_own_text(one));
        if fitting.len() > 1 && !is_told_apart {
            order.extend(fitting.iter().map(|one| format!("{}: {}", kind.name(), one.variant)));
        }
    }
    order
}

/// Whether each object that fits the alternative has the member that tells it from the others.
fn has_own_text(one: &Alternative) -> bool {
    one.tag.as_ref().is_some_and(|tag| one.required.contains(&tag.member))
}

/// Whether a value of the type can be of the kind. A choice can be anything.
fn can_be(api: &Api, ty: &Type, kind: JsonKind) -> bool {
    let only = match ty {
        Type::Option(inner) | Type::Nullable(inner) => {
            return kind == JsonKind::Null || can_be(api, inner, kind);
        }
        Type::Boxed(inner) | Type::Secret(inner) => return can_be(api, inner, kind),
        Type::Any => return true,
        Type::Named(name) => match api.schemas.get(name).map(|schema| &schema.definition) {
            Some(Definition::Object(_)) => JsonKind::Object,
            Some(Definition::Enum { of, .. }) => of_enum(*of),
            Some(Definition::Choice(_)) | None => return true,
        },
        Type::Bool => JsonKind::Flag,
        Type::Int(_) | Type::Unsigned | Type::Float(_) => JsonKind::Number,
        Type::Text | Type::Time | Type::JsonText(_) | Type::Binary => JsonKind::Text,
        Type::List(_) => JsonKind::List,
        Type::Map(_) | Type::FreeObject => JsonKind::Object,
    };
    only == kind
}

fn of_enum(kind: EnumKind) -> JsonKind {
    match kind {
        EnumKind::Text => JsonKind::Text,
        EnumKind::Integer | EnumKind::Number => JsonKind::Number,
        EnumKind::Boolean => JsonKind::Flag,
    }
}
