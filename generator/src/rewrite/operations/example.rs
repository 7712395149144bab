//! The example in an operation's rustdoc: the shortest call that makes sense, with the values of the spec.

use serde_json::Value;
use syn::{Item, Type};

use super::Source;
use crate::model::{Member, Shape};
use crate::names;
use crate::rewrite::{Draft, inside, is_named, type_text};

impl Source<'_> {
    /// A compiling example.
    pub(super) fn example(&self) -> Vec<String> {
        let module = &self.api.service;
        let credential = self.needs().first().map(|credential| format!("<{credential}>")).unwrap_or_default();
        let (group, name) = (names::module(&self.operation.group), &self.operation.name);
        let arguments = self.example_arguments(module).join(", ");
        let binding = if self.responds_with_nothing() { "" } else { "let response = " };
        let call = laid_out(&format!("{binding}client.{group}().{name}({arguments}).send().await?;"));
        let mut lines = vec![format!("#[doc = example!({module}{credential})]")];
        lines.extend(call.lines().map(|line| format!("/// {line}")));
        lines.push("#[doc = example!(end)]".to_owned());
        lines
    }

    fn responds_with_nothing(&self) -> bool {
        let mut responses = self.operation.responses.iter();
        responses.all(|response| response.content == crate::model::Content::Empty)
    }

    fn example_arguments(&self, module: &str) -> Vec<String> {
        let parameters =
            self.arguments.iter().filter(|argument| argument.parameter.required).map(|argument| {
                self.expression(
                    &argument.ty,
                    argument.parameter.example.as_ref(),
                    &argument.parameter.name,
                    module,
                )
            });
        let mut arguments: Vec<String> = parameters.collect();
        let Some(body) = self.operation.body.as_ref().filter(|body| !self.may_be_absent(body)) else {
            return arguments;
        };
        match self.body_draft() {
            Some(draft) => {
                let whole = body.example.as_ref().or(draft.info.example.as_ref());
                for (name, ty, member) in draft.required() {
                    arguments.push(self.expression(ty, value_of(member, whole), &name.to_string(), module));
                }
            }
            None => arguments.push(self.expression(&self.body_type(), body.example.as_ref(), "body", module)),
        }
        arguments
    }

    /// An expression of the type; `example` is its value in JSON, `name` stands in for a text without example.
    fn expression(&self, ty: &Type, example: Option<&Value>, name: &str, module: &str) -> String {
        if let Some(element) = inside(ty, "Vec") {
            let first = example.and_then(|example| example.get(0));
            return format!("[{}]", self.expression(element, first, name, module));
        }
        if let Some(inner) = inside(ty, "Secret").filter(|inner| is_named(inner, "JsonText")) {
            let text = self.expression(inner, example, name, module);
            return format!("{module}::JsonText::from({text})");
        }
        if let Some(inner) = inside(ty, "Secret") {
            return format!(
                "{module}::Secret::<{}>::from({})",
                type_text(inner),
                self.expression(inner, example, name, module)
            );
        }
        match self.drafts.iter().find(|draft| is_named(ty, &draft.name)) {
            Some(draft) => self.structure(draft, example, name, module),
            None => plain(ty, example, name),
        }
    }

    /// An expression of the type of a schema.
    fn structure(&self, draft: &Draft, example: Option<&Value>, name: &str, module: &str) -> String {
        let path = format!("{module}::{}", path_of(draft));
        match (&draft.info.shape, &draft.item) {
            (Shape::Enum { values, .. }, _) => {
                let value =
                    example.and_then(Value::as_str).or(values.first().map(|(value, _)| value.as_str()));
                format!("{path}::{}", names::pascal(value.unwrap_or_default()))
            }
            (Shape::Choice(_), Item::Enum(item)) => {
                let variants =
                    item.variants.iter().filter_map(|variant| Some((&variant.ident, form(variant)?)));
                let mut fitting = variants.filter(|(_, ty)| example.is_none_or(|example| fits(ty, example)));
                match fitting.next() {
                    Some((variant, ty)) => {
                        format!("{path}::{variant}({})", self.owned(ty, example, name, module))
                    }
                    None => "Default::default()".to_owned(),
                }
            }
            (Shape::Object(_), _) => {
                let required = draft.required().into_iter();
                let inner: Vec<String> = required
                    .map(|(name, ty, member)| {
                        self.expression(ty, value_of(member, example), &name.to_string(), module)
                    })
                    .collect();
                let constructor = if inner.is_empty() { "default" } else { "new" };
                format!("{path}::{constructor}({})", inner.join(", "))
            }
            _ => "Default::default()".to_owned(),
        }
    }

    /// Like [`expression`](Self::expression), where nothing converts it.
    fn owned(&self, ty: &Type, example: Option<&Value>, name: &str, module: &str) -> String {
        let conversion = if is_named(ty, "String") || is_named(ty, "Secret") { ".into()" } else { "" };
        format!("{}{conversion}", self.expression(ty, example, name, module))
    }
}

/// Where callers find the type: shared types stand in the service's module, others in their group's.
fn path_of(draft: &Draft) -> String {
    let name = draft.name.clone();
    match draft.info.home.as_str() {
        crate::split::COMMON => name,
        home => format!("{}::{name}", names::module(home)),
    }
}

/// An expression of a type that no schema stands for.
fn plain(ty: &Type, example: Option<&Value>, name: &str) -> String {
    let is_any = |names: &[&str]| names.iter().any(|name| is_named(ty, name));
    match example {
        _ if is_any(&["Map"]) => {
            let entries: Vec<String> =
                entries(example).map(|(key, value)| format!("({key:?}.into(), {})", json(value))).collect();
            match entries.is_empty() {
                true => "serde_json::Map::new()".to_owned(),
                false => format!("serde_json::Map::from_iter([{}])", entries.join(", ")),
            }
        }
        Some(Value::String(text)) if is_any(&["JsonText"]) && !text.contains("\"#") => {
            format!("r#\"{text}\"#")
        }
        _ if is_any(&["BTreeMap"]) => "std::collections::BTreeMap::new()".to_owned(),
        Some(value) if is_any(&["Value"]) => json(value),
        None if is_any(&["Value"]) => "serde_json::Value::Null".to_owned(),
        Some(Value::Number(number)) if is_any(&["f32", "f64"]) => {
            format!("{:?}", number.as_f64().unwrap_or_default())
        }
        Some(value @ (Value::Number(_) | Value::Bool(_))) => value.to_string(),
        Some(Value::String(text)) => format!("{text:?}"),
        _ if is_any(&["bool"]) => "true".to_owned(),
        _ if is_any(&["i32", "i64"]) => "1".to_owned(),
        _ if is_any(&["f32", "f64"]) => "1.0".to_owned(),
        _ if is_any(&["String", "Secret", "JsonText"]) => format!("{name:?}"),
        _ => "Default::default()".to_owned(),
    }
}

fn json(value: &Value) -> String {
    format!("serde_json::json!({value})")
}

fn entries(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

/// The type in a variant of a choice.
fn form(variant: &syn::Variant) -> Option<&Type> {
    variant.fields.iter().next().map(|field| &field.ty)
}

/// Whether a value in JSON is one of the type.
fn fits(ty: &Type, value: &Value) -> bool {
    match value {
        Value::String(_) => is_named(ty, "String"),
        Value::Bool(_) => is_named(ty, "bool"),
        Value::Number(number) if number.is_f64() => is_named(ty, "f64"),
        Value::Number(_) => is_named(ty, "i64") || is_named(ty, "f64"),
        _ => !["String", "bool", "i64", "f64"].iter().any(|name| is_named(ty, name)),
    }
}

/// How long a line of an example may be.
const WIDTH: usize = 104;

/// The statement as it is laid out in a function.
fn laid_out(statement: &str) -> String {
    if statement.len() <= WIDTH {
        return statement.to_owned();
    }
    match syn::parse_str::<syn::File>(&format!("async fn example() {{ {statement} }}")) {
        Ok(file) => {
            let printed = prettyplease::unparse(&file);
            let lines: Vec<&str> =
                printed.lines().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
            lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default().join("\n")
        }
        Err(_) => statement.to_owned(),
    }
}

fn value_of<'a>(member: &'a Member, whole: Option<&'a Value>) -> Option<&'a Value> {
    whole.and_then(|whole| whole.get(&member.name)).or(member.example.as_ref())
}
