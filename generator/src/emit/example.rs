//! The example in an operation's rustdoc: a call with what the example of the request in the spec has, so that it does
//! what the spec says. Optional parameters are left out.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use serde_json::{Number, Value};

use super::forms::Forms;
use super::type_name::type_path;
use super::{enums, rust};
use crate::model::{
    Api, Asked, Body, COMMON, Content, Definition, Direction, Member, Object, Operation, Schema, Type, Width,
};
use crate::names;

/// How long a line of an example may be.
const WIDTH: usize = 76;

/// How many objects and choices are made up for what the spec has no example of. An example that needs more helps nobody.
const MOST_MADE_UP: usize = 30;

/// The operation that has to be called before this one.
fn before<'a>(api: &'a Api, operation: &Operation) -> Option<&'a Operation> {
    let id = operation.after.as_ref()?;
    api.operations().find(|other| other.id == *id)
}

/// The credential of the client in the example: that of the operation, or else that of the operation before it.
pub(super) fn credential<'a>(api: &'a Api, operation: &'a Operation) -> Option<&'a String> {
    let of_before = || before(api, operation)?.credentials.usual.as_ref();
    operation.credentials.usual.as_ref().or_else(of_before)
}

/// The lines of the example, which compile where `client` carries what the operation needs. If the operation needs what
/// another one gives, a call of that one comes first, with its required arguments only. If the operation gives a list in
/// pages, a walk over all items follows.
pub(super) fn lines(api: &Api, operation: &Operation) -> Vec<String> {
    let example =
        Example { api, forms: Forms::new(api), left: Cell::new(MOST_MADE_UP), open: RefCell::default() };
    let mut lines = Vec::new();
    let mut add = |text: &str| lines.extend(text.lines().map(str::to_owned));
    if let Some(before) = before(api, operation) {
        add("// This comes first:");
        if before.group != operation.group {
            add(&format!("# #[cfg(feature = {:?})]", names::feature(&api.service, &before.group)));
        }
        add(&example.statement(before, &example.bare_call(before)));
        add("// Then, with what it gave or sent:");
    }
    add(&example.statement(operation, &example.call(operation, None)));
    if let Some(paging) = &operation.paging {
        add("\n// Or all items, page after page:");
        let call = example.call(operation, Some(paging.position.by_id.as_str()));
        add(&rust::statement(&format!("let mut items = {call}.items();"), WIDTH));
        add("while let Some(item) = items.next_item().await? {\n    println!(\"{item:?}\");\n}");
    }
    lines
}

struct Example<'a> {
    api: &'a Api,
    forms: Forms<'a>,
    /// How many more objects and choices are made up.
    left: Cell<usize>,
    /// The types whose values are being made up.
    open: RefCell<BTreeSet<&'a str>>,
}

impl<'a> Example<'a> {
    /// The expression of the call with its required arguments only. It doesn't send the call.
    fn bare_call(&self, operation: &'a Operation) -> String {
        let (group, name) = (names::module(&operation.group), &operation.name);
        let (arguments, setter) = (self.arguments(operation).join(", "), self.one_of_several(operation));
        format!("client.{group}().{name}({arguments}){setter}")
    }

    /// The expression of the call with the optional members of the body, except the one that `left_out` names. It doesn't
    /// send the call.
    fn call(&self, operation: &'a Operation, left_out: Option<&str>) -> String {
        self.bare_call(operation) + &self.setters_of_body(operation, left_out)
    }

    /// The statement that sends a call.
    fn statement(&self, operation: &'a Operation, call: &str) -> String {
        let has_response = operation.responses.iter().any(|response| response.content != Content::Empty);
        let binding = if has_response { "let response = " } else { "" };
        rust::statement(&format!("{binding}{call}.send().await?;"), WIDTH)
    }

    /// The setter of a query parameter, if the operation needs one of several arguments, and the example of the body has
    /// none of them. It is the first query parameter among these arguments.
    fn one_of_several(&self, operation: &'a Operation) -> String {
        let arguments = operation.argument_group.iter().flat_map(|group| &group.arguments);
        let body = operation.body.as_ref().and_then(|body| self.example_of(body));
        let is_set = |argument: &Asked| {
            argument.is_member && body.is_some_and(|body| body.get(&argument.by_id).is_some())
        };
        if arguments.clone().any(is_set) {
            return String::new();
        }
        let named = |argument: &Asked| {
            operation.parameters.iter().find(|parameter| parameter.names.rust == argument.rust)
        };
        let parameter = arguments.filter(|argument| !argument.is_member).find_map(named);
        let setter = parameter.map(|parameter| {
            let value = self.expression(&parameter.ty, parameter.example.as_ref(), &parameter.name);
            format!(".{}({value})", parameter.names.rust)
        });
        setter.unwrap_or_default()
    }

    fn arguments(&self, operation: &'a Operation) -> Vec<String> {
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
    fn setters_of_body(&self, operation: &'a Operation, left_out: Option<&str>) -> String {
        let Some(body) = &operation.body else { return String::new() };
        let whole = self.example_of(body);
        match self.api.object(&body.ty) {
            _ if body.can_be_absent => {
                whole.map(|_| format!(".body({})", self.typed(&body.ty, whole))).unwrap_or_default()
            }
            Some((_, object)) => self.setters(object, whole, left_out),
            None => String::new(),
        }
    }

    /// The example of a body, or that of its type.
    fn example_of(&self, body: &'a Body) -> Option<&'a Value> {
        let object = self.api.object(&body.ty);
        body.example.as_ref().or(object.and_then(|(schema, _)| schema.example.as_ref()))
    }

    /// The calls that set the optional members which are in the example of an object.
    fn setters(&self, object: &'a Object, whole: Option<&'a Value>, left_out: Option<&str>) -> String {
        let optional = object.members.iter().filter(|member| !member.required && !member.deprecated);
        let optional = optional.filter(|member| Some(member.name.as_str()) != left_out);
        let setters = optional.filter_map(|member| {
            let value = whole?.get(&member.name)?;
            let ty = member.ty.required();
            let is_null = value.is_null() && !matches!(ty, Type::Nullable(_));
            let read_only = member.only_in == Some(Direction::Response);
            (!is_null && !read_only)
                .then(|| format!(".{}({})", member.rust, self.expression(ty, Some(value), &member.rust)))
        });
        setters.collect()
    }

    /// An expression of a member's type; `whole` is an example of the object that it stands in.
    fn member(&self, member: &'a Member, whole: Option<&'a Value>) -> String {
        let given = whole.and_then(|whole| whole.get(&member.name));
        let example = given.or_else(|| member.example.as_ref().filter(|example| self.can_add(example)));
        self.expression(&member.ty, example, &member.rust)
    }

    /// Whether an example can be added to that of the object around it. It may have less than its own schema asks for.
    fn can_add(&self, example: &Value) -> bool {
        !(example.is_object() || example.is_array()) || self.can_make_up()
    }

    /// Whether one more object or choice can be made up.
    fn can_make_up(&self) -> bool {
        let left = self.left.get().checked_sub(1);
        self.left.set(left.unwrap_or_default());
        left.is_some()
    }

    /// An expression of the type; `example` is its value in JSON, `name` stands in for a text without example.
    fn expression(&self, ty: &'a Type, example: Option<&'a Value>, name: &str) -> String {
        match ty {
            Type::List(element) => match example.and_then(Value::as_array) {
                Some(items) if items.is_empty() => format!("Vec::<{}>::new()", self.type_path(element)),
                Some(items) => {
                    let items = items.iter().map(|item| self.expression(element, Some(item), name));
                    format!("[{}]", items.collect::<Vec<_>>().join(", "))
                }
                None => format!("[{}]", self.expression(element, None, name)),
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

    /// An expression of the type of a schema. A value that is made up leaves values of its own type within it open.
    fn declared(&self, schema: &'a Schema, example: Option<&'a Value>) -> String {
        if example.is_some() || matches!(schema.definition, Definition::Enum { .. }) {
            return self.value(schema, example);
        }
        let is_first = self.open.borrow_mut().insert(&schema.name);
        let can_be_made_up = is_first && self.can_make_up();
        let made = if can_be_made_up { self.value(schema, None) } else { left_open(&self.path_of(schema)) };
        if is_first {
            self.open.borrow_mut().remove(schema.name.as_str());
        }
        made
    }

    fn value(&self, schema: &'a Schema, example: Option<&'a Value>) -> String {
        let path = self.path_of(schema);
        match &schema.definition {
            Definition::Enum { values, of, .. } => {
                let shown = example.or(values.first().map(|value| &value.value)).unwrap_or(&Value::Null);
                let literal = enums::literal(shown, *of);
                match values.iter().find(|value| enums::literal(&value.value, *of) == literal) {
                    Some(value) => format!("{path}::{}", value.variant),
                    // Only an open enum has an example with a value that it doesn't list.
                    None => format!("{path}::from({literal})"),
                }
            }
            Definition::Choice(alternatives) => match self.forms.of(alternatives, example) {
                Some(found) => {
                    format!("{path}::{}({})", found.variant, self.typed(&found.ty, example))
                }
                None => left_open(&path),
            },
            Definition::Object(object) => {
                let inner: Vec<String> =
                    object.required().map(|member| self.member(member, example)).collect();
                let constructor = if inner.is_empty() { "default" } else { "new" };
                let setters = self.setters(object, example, None);
                format!("{path}::{constructor}({}){setters}", inner.join(", "))
            }
        }
    }

    /// The module of the service.
    fn module(&self) -> String {
        names::module(&self.api.service)
    }

    /// Where callers find the type of a schema: shared types stand in the service's module, others in their group's.
    fn path_of(&self, schema: &Schema) -> String {
        let (service, name) = (self.module(), &schema.name);
        match schema.home.as_str() {
            COMMON => format!("{service}::{name}"),
            home => format!("{service}::{}::{name}", names::module(home)),
        }
    }

    /// The type with the path of each name, since an example imports none.
    fn type_path(&self, ty: &Type) -> String {
        type_path(ty, &|name| match (self.api.schemas.get(name), name) {
            (Some(schema), _) => self.path_of(schema),
            (None, "Value" | "Map") => format!("serde_json::{name}"),
            (None, "BTreeMap") => format!("std::collections::{name}"),
            (None, "Binary") => "Vec<u8>".to_owned(),
            (None, _) => format!("{}::{name}", self.module()),
        })
    }

    /// The entries of a map, as an array.
    fn map(&self, value: &'a Type, example: Option<&'a Value>) -> String {
        let entries = example.and_then(Value::as_object).into_iter().flatten();
        let entries: Vec<String> = entries
            .map(|(key, item)| format!("({key:?}.to_owned(), {})", self.typed(value, Some(item))))
            .collect();
        match entries.is_empty() {
            true => "std::collections::BTreeMap::new()".to_owned(),
            false => format!("[{}]", entries.join(", ")),
        }
    }

    /// Like [`expression`](Self::expression), for a place where nothing converts the value.
    fn typed(&self, ty: &'a Type, example: Option<&'a Value>) -> String {
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

/// Stands for a value that callers have to find themselves. It compiles as a value of any type.
fn left_open(path: &str) -> String {
    format!("todo!() as {path}")
}

/// An expression of a type that no schema declares.
fn plain(ty: &Type, example: Option<&Value>, name: &str) -> String {
    match (ty, example) {
        (Type::FreeObject, _) => free_object(example),
        (Type::JsonText(_), Some(Value::String(text))) if !text.contains("\"#") => format!("r#\"{text}\"#"),
        (Type::Any, Some(value)) => json(value),
        (Type::Any, None) => "serde_json::Value::Null".to_owned(),
        (Type::Float(width), Some(Value::Number(number))) => {
            float(number.as_f64().unwrap_or_default(), *width)
        }
        (Type::Unsigned, Some(Value::Number(number))) => format!("{number}_u64"),
        (Type::Int(_), Some(Value::Number(number))) => integer(number),
        (_, Some(value @ (Value::Number(_) | Value::Bool(_)))) => value.to_string(),
        (Type::Binary, Some(Value::String(text))) => format!("{text:?}.as_bytes()"),
        (_, Some(Value::String(text))) => format!("{text:?}"),
        (Type::Bool, _) => "true".to_owned(),
        (Type::Int(_), _) => "1".to_owned(),
        (Type::Unsigned, _) => "1_u64".to_owned(),
        (Type::Float(width), _) => float(1.0, *width),
        (Type::Text | Type::Secret(_) | Type::JsonText(_), _) => format!("{name:?}"),
        (Type::Binary, _) => format!("b{name:?}.to_vec()"),
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

/// A number of this width. A literal alone is taken for an `f64`, which no `f32` is made from.
fn float(number: f64, width: Width) -> String {
    match width {
        Width::W32 => format!("{number:?}_f32"),
        Width::W64 => format!("{number:?}"),
    }
}

/// A number that an `i64` is made from. A literal alone is taken for an `i32`, so a larger one says what it is.
fn integer(number: &Number) -> String {
    let is_large = number.as_i64().is_some_and(|number| i32::try_from(number).is_err());
    if is_large { format!("{number}_i64") } else { number.to_string() }
}

fn json(value: &Value) -> String {
    format!("serde_json::json!({})", in_json(value))
}

/// A value as the macro `json!` reads it, whose numbers and texts are those of Rust.
fn in_json(value: &Value) -> String {
    match value {
        Value::Number(number) => integer(number),
        Value::String(text) => format!("{text:?}"),
        Value::Array(items) => format!("[{}]", items.iter().map(in_json).collect::<Vec<_>>().join(",")),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| format!("{name:?}:{}", in_json(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Null | Value::Bool(_) => value.to_string(),
    }
}
