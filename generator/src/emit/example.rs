//! The example in an operation's rustdoc: the shortest call that makes sense, with the values of the spec.

use serde_json::Value;

use super::rust;
use super::type_name::type_name;
use crate::model::{Api, COMMON, Content, Definition, Member, Operation, Schema, Type};
use crate::names;

/// How long a line of an example may be.
const WIDTH: usize = 104;

/// The call, which compiles where `client` carries what the operation needs.
pub(super) fn statement(api: &Api, operation: &Operation) -> String {
    let (group, name) = (names::module(&operation.group), &operation.name);
    let arguments = Example { api }.arguments(operation).join(", ");
    let has_response = operation.responses.iter().any(|response| response.content != Content::Empty);
    let binding = if has_response { "let response = " } else { "" };
    rust::statement(&format!("{binding}client.{group}().{name}({arguments}).send().await?;"), WIDTH)
}

struct Example<'a> {
    api: &'a Api,
}

impl Example<'_> {
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

    /// An expression of a member's type; `whole` is an example of the object that it stands in.
    fn member(&self, member: &Member, whole: Option<&Value>) -> String {
        let example = whole.and_then(|whole| whole.get(&member.name)).or(member.example.as_ref());
        self.expression(&member.ty, example, &member.rust)
    }

    /// An expression of the type; `example` is its value in JSON, `name` stands in for a text without example.
    fn expression(&self, ty: &Type, example: Option<&Value>, name: &str) -> String {
        match ty {
            Type::List(element) => {
                let first = example.and_then(|example| example.get(0));
                format!("[{}]", self.expression(element, first, name))
            }
            Type::Nullable(_) if example.is_some_and(Value::is_null) => "None".to_owned(),
            Type::Nullable(inner) => self.expression(inner, example, name),
            Type::Secret(inner) if **inner != Type::Text => {
                let service = names::module(&self.api.service);
                let wrapper = match &**inner {
                    Type::JsonText(_) => "JsonText".to_owned(),
                    other => format!("Secret::<{}>", type_name(other)),
                };
                format!("{service}::{wrapper}::from({})", self.expression(inner, example, name))
            }
            Type::Named(named) => match self.api.schemas.get(named) {
                Some(schema) => self.declared(schema, example, name),
                None => "Default::default()".to_owned(),
            },
            other => plain(other, example, name),
        }
    }

    /// An expression of the type of a schema.
    fn declared(&self, schema: &Schema, example: Option<&Value>, name: &str) -> String {
        let path = format!("{}::{}", names::module(&self.api.service), path_of(schema));
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
                        format!("{path}::{}({})", found.variant, self.owned(&found.ty, example, name))
                    }
                    None => "Default::default()".to_owned(),
                }
            }
            Definition::Object(object) => {
                let inner: Vec<String> =
                    object.required().map(|member| self.member(member, example)).collect();
                let constructor = if inner.is_empty() { "default" } else { "new" };
                format!("{path}::{constructor}({})", inner.join(", "))
            }
        }
    }

    /// Like [`expression`](Self::expression), where nothing converts it.
    fn owned(&self, ty: &Type, example: Option<&Value>, name: &str) -> String {
        let conversion = if matches!(ty, Type::Text | Type::Secret(_)) { ".into()" } else { "" };
        format!("{}{conversion}", self.expression(ty, example, name))
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
        (Type::Map(_), _) => "std::collections::BTreeMap::new()".to_owned(),
        (Type::Any, Some(value)) => json(value),
        (Type::Any, None) => "serde_json::Value::Null".to_owned(),
        (Type::Float(_), Some(Value::Number(number))) => format!("{:?}", number.as_f64().unwrap_or_default()),
        (_, Some(value @ (Value::Number(_) | Value::Bool(_)))) => value.to_string(),
        (_, Some(Value::String(text))) => format!("{text:?}"),
        (Type::Bool, _) => "true".to_owned(),
        (Type::Int(_), _) => "1".to_owned(),
        (Type::Float(_), _) => "1.0".to_owned(),
        (Type::Text | Type::Secret(_) | Type::JsonText(_), _) => format!("{name:?}"),
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
    let is_scalar = matches!(ty, Type::Text | Type::Bool | Type::Int(_) | Type::Float(_));
    match value {
        Value::String(_) => *ty == Type::Text,
        Value::Bool(_) => *ty == Type::Bool,
        Value::Number(number) if number.is_f64() => matches!(ty, Type::Float(_)),
        Value::Number(_) => matches!(ty, Type::Int(_) | Type::Float(_)),
        _ => !is_scalar,
    }
}
