//! The example in an operation's rustdoc: the shortest call that makes sense, with the values of the spec.

use serde_json::Value;
use syn::Type;

use super::Source;
use super::method::required_fields;
use crate::model::{Member, Shape};
use crate::names;
use crate::rewrite::setters::member;
use crate::rewrite::{inside, is_named, type_text};

impl Source<'_> {
    /// A compiling example.
    pub(super) fn example(&self) -> String {
        let service = &self.api.service;
        let module = service;
        let credential = match self.needs().first() {
            Some(credential) => format!("<{module}::{credential}>"),
            None => String::new(),
        };
        let (group, name) = (names::module(&self.operation.group), &self.operation.name);
        let arguments = self.example_arguments(module).join(", ");
        let binding = if self.answers_nothing() { "" } else { "let answer = " };
        [
            "# Example",
            "",
            "```no_run",
            &format!("# use generated_client::{service};"),
            &format!("# async fn example(client: {module}::Client{credential}) -> Result<(), {module}::Error> {{"),
            &format!("{binding}client.{group}().{name}({arguments}).send().await?;"),
            "# Ok(())",
            "# }",
            "```",
        ]
        .join("\n")
    }

    fn answers_nothing(&self) -> bool {
        let mut answers = self.operation.answers.iter();
        answers.all(|answer| answer.content == crate::model::Content::Empty)
    }

    fn example_arguments(&self, module: &str) -> Vec<String> {
        let parameters = self.arguments.iter().filter(|argument| argument.parameter.required).map(|argument| {
            self.expression(&argument.ty, argument.parameter.example.as_ref(), &argument.parameter.name, module)
        });
        let mut arguments: Vec<String> = parameters.collect();
        let Some(body) = self.operation.body.as_ref().filter(|body| !self.may_be_absent(body)) else {
            return arguments;
        };
        match self.body_draft() {
            Some(draft) => {
                let Shape::Object(members) = &draft.info.shape else { return arguments };
                for (name, ty) in required_fields(&draft.item, &draft.info.shape) {
                    let member = member(members, &name.to_string());
                    let whole = body.example.as_ref().or(draft.info.example.as_ref());
                    let example = member.and_then(|member| value_of(member, whole));
                    arguments.push(self.expression(&ty, example, &name.to_string(), module));
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
        if let Some(inner) = inside(ty, "Secret") {
            return format!("{module}::Secret::from({})", self.expression(inner, example, name, module));
        }
        let known = self.drafts.iter().find(|draft| is_named(ty, &names::pascal(draft.schema)));
        match (known.map(|draft| (draft, &draft.info.shape)), example) {
            (Some((_, Shape::Enum { values, .. })), example) => {
                let value = example.and_then(Value::as_str).or(values.first().map(|(value, _)| value.as_str()));
                format!("{module}::{}::{}", self.path_of(ty), names::pascal(value.unwrap_or_default()))
            }
            (Some((draft, shape)), example) => {
                let Shape::Object(members) = shape else { return "Default::default()".to_owned() };
                let inner: Vec<String> = required_fields(&draft.item, shape)
                    .iter()
                    .map(|(field, ty)| {
                        let value = member(members, &field.to_string()).and_then(|member| value_of(member, example));
                        self.expression(ty, value, &field.to_string(), module)
                    })
                    .collect();
                let constructor = if inner.is_empty() { "default" } else { "new" };
                format!("{module}::{}::{constructor}({})", self.path_of(ty), inner.join(", "))
            }
            (None, Some(Value::String(text))) => format!("{text:?}"),
            (None, Some(value @ (Value::Number(_) | Value::Bool(_)))) => value.to_string(),
            (None, _) if is_named(ty, "String") || is_named(ty, "Secret") => format!("{name:?}"),
            (None, _) if is_named(ty, "bool") => "true".to_owned(),
            (None, _) => "Default::default()".to_owned(),
        }
    }

    /// Where callers find the type: shared types stand in the service's module, others in their group's.
    fn path_of(&self, ty: &Type) -> String {
        let text = type_text(ty);
        let home = self.drafts.iter().find(|draft| names::pascal(draft.schema) == text).map(|draft| &draft.info.home);
        match home {
            Some(home) if home != crate::split::COMMON => format!("{}::{text}", names::module(home)),
            _ => text,
        }
    }
}

fn value_of<'a>(member: &'a Member, whole: Option<&'a Value>) -> Option<&'a Value> {
    whole.and_then(|whole| whole.get(&member.name)).or(member.example.as_ref())
}
