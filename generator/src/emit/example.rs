//! The example in an operation's rustdoc: a call with what the example of the request in the spec has, so that it does
//! what the spec says. Optional parameters are left out.

use serde_json::Value;

use super::rust;
use crate::model::{
    Api, COMMON, Content, Definition, Direction, Member, Object, Operation, Schema, Type, Width,
};
use crate::names;

/// How long a line of an example may be.
const WIDTH: usize = 76;

/// The operation that is called before.
fn before<'a>(api: &'a Api, operation: &Operation) -> Option<&'a Operation> {
    let id = operation.after.as_ref()?;
    api.operations().find(|other| other.id == *id)
}

/// The credential of the client in the example: that of the operation, or else of the one before.
pub(super) fn credential<'a>(api: &'a Api, operation: &'a Operation) -> Option<&'a String> {
    let of_before = || before(api, operation)?.credentials.usual.as_ref();
    operation.credentials.usual.as_ref().or_else(of_before)
}

/// The lines of the example, which compile where `client` carries what the operation needs. An operation that needs what
/// another one gives stands behind that, which has its required arguments alone.
pub(super) fn lines(api: &Api, operation: &Operation) -> Vec<String> {
    let example = Example { api };
    let mut lines = Vec::new();
    if let Some(before) = before(api, operation) {
        lines.push("// This comes first:".to_owned());
        if before.group != operation.group {
            let feature = names::feature(&api.service, &before.group);
            lines.push(format!("# #[cfg(feature = {feature:?})]"));
        }
        lines.extend(example.statement(before, "").lines().map(str::to_owned));
        lines.push("// Then, with what it gave or sent:".to_owned());
    }
    let setters = example.setters_of_body(operation);
    lines.extend(example.statement(operation, &setters).lines().map(str::to_owned));
    lines
}

struct Example<'a> {
    api: &'a Api,
}

impl Example<'_> {
    /// The call of an operation.
    fn statement(&self, operation: &Operation, setters: &str) -> String {
        let (group, name) = (names::module(&operation.group), &operation.name);
        let arguments = self.arguments(operation).join(", ");
        let has_response = operation.responses.iter().any(|response| response.content != Content::Empty);
        let binding = if has_response { "let response = " } else { "" };
        let call = format!("{binding}client.{group}().{name}({arguments}){setters}.send().await?;");
        rust::statement(&call, WIDTH)
    }

    fn arguments(&self, operation: &Operation) -> Vec<String> {
        let parameters = operation
            .required_parameters()
            .map(|parameter| self.expression(&parameter.ty, parameter.example.as_ref(), &parameter.name));
        let mut arguments: Vec<String> = parameters.collect();
        let Some(body) = operation.body.as_ref().filter(|body| !body.can_be_absent) else {
            return arguments;
        };
        match self.api.object(&body.ty) {
            Some((schema, object)) => {
                let whole = body.example.as_ref().or(schema.example.as_ref());
                arguments.extend(object.required().map(|member| self.member(member, whole)));
            }
            None => arguments.push(self.expression(&body.ty, body.example.as_ref(), "body")),
        }
        arguments
    }

    /// The calls that set the optional members of the body which are in its example, or the whole body where that can be
    /// left out.
    fn setters_of_body(&self, operation: &Operation) -> String {
        let Some(body) = &operation.body else { return String::new() };
        let object = self.api.object(&body.ty);
        let whole = body.example.as_ref().or(object.and_then(|(schema, _)| schema.example.as_ref()));
        match object {
            _ if body.can_be_absent => {
                whole.map(|_| format!(".body({})", self.typed(&body.ty, whole))).unwrap_or_default()
            }
            Some((_, object)) => self.setters(object, whole),
            None => String::new(),
        }
    }

    /// The calls that set the optional members which are in the example of an object.
    fn setters(&self, object: &Object, whole: Option<&Value>) -> String {
        let optional = object.members.iter().filter(|member| !member.required && !member.deprecated);
        let setters = optional.filter_map(|member| {
            let value = whole?.get(&member.name)?;
            let ty = member.ty.clone().into_required();
            let is_null = value.is_null() && !matches!(ty, Type::Nullable(_));
            let read_only = member.only_in == Some(Direction::Response);
            (!is_null && !read_only)
                .then(|| format!(".{}({})", member.rust, self.expression(&ty, Some(value), &member.rust)))
        });
        setters.collect()
    }

    /// An expression of a member's type; `whole` is an example of the object that it stands in.
    fn member(&self, member: &Member, whole: Option<&Value>) -> String {
        let example = whole.and_then(|whole| whole.get(&member.name)).or(member.example.as_ref());
        self.expression(&member.ty, example, &member.rust)
    }

    /// An expression of the type; `example` is its value in JSON, `name` stands in for a text without example.
    fn expression(&self, ty: &Type, example: Option<&Value>, name: &str) -> String {
        match ty {
            Type::List(element) => match example.and_then(Value::as_array) {
                Some(items) if !items.is_empty() => {
                    let items = items.iter().map(|item| self.expression(element, Some(item), name));
                    format!("[{}]", items.collect::<Vec<_>>().join(", "))
                }
                _ => format!("[{}]", self.expression(element, None, name)),
            },
            Type::Map(value) => self.map(value, example),
            Type::Boxed(inner) | Type::Option(inner) => self.expression(inner, example, name),
            Type::Nullable(_) if example.is_some_and(Value::is_null) => "None".to_owned(),
            Type::Nullable(inner) => self.expression(inner, example, name),
            Type::Secret(inner) => match &**inner {
                Type::Text => plain(ty, example, name),
                Type::JsonText(_) => {
                    format!("{}::JsonText::from({})", self.module(), self.expression(inner, example, name))
                }
                _ => format!("{}::Secret::new({})", self.module(), self.typed(inner, example)),
            },
            Type::Named(named) => match self.api.schemas.get(named) {
                Some(schema) => self.declared(schema, example),
                None => "Default::default()".to_owned(),
            },
            other => plain(other, example, name),
        }
    }

    /// An expression of the type of a schema.
    fn declared(&self, schema: &Schema, example: Option<&Value>) -> String {
        let path = format!("{}::{}", self.module(), path_of(schema));
        match &schema.definition {
            Definition::Enum { values, .. } => {
                let shown = example.and_then(Value::as_str);
                let shown = shown.or(values.first().map(|value| value.value.as_str())).unwrap_or_default();
                match values.iter().find(|value| value.value == shown) {
                    Some(value) => format!("{path}::{}", value.variant),
                    // Only an open enum has an example with a value that it doesn't list.
                    None => format!("{path}::from({shown:?})"),
                }
            }
            Definition::Choice(alternatives) => {
                let fits = |ty: &Type| example.is_none_or(|example| fits(ty, example));
                match alternatives.iter().find(|alternative| fits(&alternative.ty)) {
                    Some(found) => {
                        format!("{path}::{}({})", found.variant, self.typed(&found.ty, example))
                    }
                    None => "Default::default()".to_owned(),
                }
            }
            Definition::Object(object) => {
                let inner: Vec<String> =
                    object.required().map(|member| self.member(member, example)).collect();
                let constructor = if inner.is_empty() { "default" } else { "new" };
                let setters = self.setters(object, example);
                format!("{path}::{constructor}({}){setters}", inner.join(", "))
            }
        }
    }

    /// The module of the service.
    fn module(&self) -> String {
        names::module(&self.api.service)
    }

    /// The entries of a map, as an array.
    fn map(&self, value: &Type, example: Option<&Value>) -> String {
        let entries = example.and_then(Value::as_object).into_iter().flatten();
        let entries: Vec<String> = entries
            .map(|(key, item)| format!("({key:?}.to_owned(), {})", self.typed(value, Some(item))))
            .collect();
        match entries.is_empty() {
            true => "std::collections::BTreeMap::new()".to_owned(),
            false => format!("[{}]", entries.join(", ")),
        }
    }

    /// Like [`expression`](Self::expression), where nothing converts it.
    fn typed(&self, ty: &Type, example: Option<&Value>) -> String {
        match ty {
            Type::List(element) => {
                let items = example.and_then(Value::as_array).into_iter().flatten();
                let items: Vec<String> = items.map(|item| self.typed(element, Some(item))).collect();
                format!("vec![{}]", items.join(", "))
            }
            Type::Time => {
                format!("{}::Timestamp::from({})", self.module(), self.expression(ty, example, "text"))
            }
            Type::Map(_) => format!("std::collections::BTreeMap::from({})", self.expression(ty, example, "")),
            Type::Text => format!("{}.to_owned()", self.expression(ty, example, "text")),
            Type::Secret(inner) if **inner == Type::Text => {
                format!("{}::Secret::from({})", self.module(), self.expression(ty, example, "text"))
            }
            Type::Boxed(inner) => format!("Box::new({})", self.typed(inner, example)),
            Type::Option(inner) => format!("Some({})", self.typed(inner, example)),
            Type::Nullable(_) => format!("{}.into()", self.expression(ty, example, "text")),
            _ => self.expression(ty, example, "text"),
        }
    }
}

/// Where callers find the type: shared types stand in the service's module, others in their group's.
fn path_of(schema: &Schema) -> String {
    match schema.home.as_str() {
        COMMON => schema.name.clone(),
        home => format!("{}::{}", names::module(home), schema.name),
    }
}

/// An expression of a type that no schema declares.
fn plain(ty: &Type, example: Option<&Value>, name: &str) -> String {
    match (ty, example) {
        (Type::FreeObject, _) => free_object(example),
        (Type::JsonText(_), Some(Value::String(text))) if !text.contains("\"#") => format!("r#\"{text}\"#"),
        (Type::Any, Some(value)) => json(value),
        (Type::Any, None) => "serde_json::Value::Null".to_owned(),
        (Type::Float(_), Some(Value::Number(number))) => format!("{:?}", number.as_f64().unwrap_or_default()),
        (Type::Int(Width::W64), Some(Value::Number(number)))
            if number.as_i64().is_some_and(|number| i32::try_from(number).is_err()) =>
        {
            format!("{number}_i64")
        }
        (_, Some(value @ (Value::Number(_) | Value::Bool(_)))) => value.to_string(),
        (_, Some(Value::String(text))) => format!("{text:?}"),
        (Type::Bool, _) => "true".to_owned(),
        (Type::Int(_), _) => "1".to_owned(),
        (Type::Float(_), _) => "1.0".to_owned(),
        (Type::Text | Type::Secret(_) | Type::JsonText(_), _) => format!("{name:?}"),
        (Type::Time, _) => format!("{:?}", "2026-11-28T12:30:00Z"),
        _ => "Default::default()".to_owned(),
    }
}

fn free_object(example: Option<&Value>) -> String {
    let entries = example.and_then(Value::as_object).into_iter().flatten();
    let entries: Vec<String> =
        entries.map(|(key, value)| format!("({key:?}.into(), {})", json(value))).collect();
    match entries.is_empty() {
        true => "serde_json::Map::new()".to_owned(),
        false => format!("serde_json::Map::from_iter([{}])", entries.join(", ")),
    }
}

fn json(value: &Value) -> String {
    format!("serde_json::json!({value})")
}

/// Whether a value in JSON is one of the type.
fn fits(ty: &Type, value: &Value) -> bool {
    let is_scalar = matches!(ty, Type::Text | Type::Time | Type::Bool | Type::Int(_) | Type::Float(_));
    match value {
        Value::String(_) => matches!(ty, Type::Text | Type::Time),
        Value::Bool(_) => *ty == Type::Bool,
        Value::Number(number) if number.is_f64() => matches!(ty, Type::Float(_)),
        Value::Number(_) => matches!(ty, Type::Int(_) | Type::Float(_)),
        _ => !is_scalar,
    }
}
