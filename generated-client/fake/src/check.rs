//! Checks a request by the description that the client builds it from.

use generated_client::runtime::{
    ArgumentInfo, Limits, MediaType, ObjectShape, OperationInfo, Parameter, ParameterLocation, Shape, Style,
    Validate,
};
use serde_json::{Map, Value};

use crate::request::RawRequest;

/// What is wrong with a part of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequestFault {
    /// The part: `body`, `query`, `path`, `header` or `cookie`.
    pub(crate) part: &'static str,
    /// The parameter, or the JSON Pointer into the body.
    pub(crate) place: String,
    pub(crate) kind: FaultKind,
}

/// What is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// The body isn't JSON.
    NotJson,
    /// There is no body, or no parameter or member of this name.
    Missing,
    /// The body's type is another one.
    ContentType,
    /// There is no member of this name.
    Unknown,
    /// It is null.
    Null,
    /// It isn't of this type.
    WrongType(&'static str),
    /// It is none of the values that there are.
    NotInEnum,
    /// It is none of the values that are listed, and there may be others.
    NotListed,
    /// It breaks a limit. The text says how.
    Limit(String),
}

/// The body of a request as JSON, and everything that is wrong with the request.
pub(crate) fn check(
    info: &OperationInfo,
    raw: &RawRequest,
    path: impl Fn(&str) -> Option<String>,
) -> (Value, Vec<RequestFault>) {
    let mut faults = Vec::new();
    for (parameter, argument) in info.spec.parameters.iter().zip(info.arguments) {
        check_parameter(parameter, argument, raw, &path, &mut faults);
    }
    let body = read_body(info, raw, &mut faults);
    if let Some(body) = &body {
        let mut pointer = String::new();
        Walk { faults: &mut faults, pointer: &mut pointer }.value(body, &(info.request)(), &Limits::NONE);
    }
    (body.unwrap_or_default(), faults)
}

fn fault(part: &'static str, place: &str, kind: FaultKind) -> RequestFault {
    RequestFault { part, place: place.to_owned(), kind }
}

/// The body, if there is one that can be read.
fn read_body(info: &OperationInfo, raw: &RawRequest, faults: &mut Vec<RequestFault>) -> Option<Value> {
    let expected = info.spec.body?;
    if raw.body.is_empty() {
        if !info.request_is_optional {
            faults.push(fault("body", "", FaultKind::Missing));
        }
        return None;
    }
    let given = raw.header("content-type").unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case(expected.as_str()) {
        faults.push(fault("body", "", FaultKind::ContentType));
        return None;
    }
    match expected {
        MediaType::Json | MediaType::OtherJson(_) => {
            let body = serde_json::from_slice(&raw.body).ok();
            if body.is_none() {
                faults.push(fault("body", "", FaultKind::NotJson));
            }
            body
        }
        MediaType::Form => {
            let members = raw.form().into_iter().map(|(name, value)| (name, Value::String(value)));
            Some(Value::Object(members.collect()))
        }
        _ => None,
    }
}

fn check_parameter(
    parameter: &Parameter,
    argument: &ArgumentInfo,
    raw: &RawRequest,
    path: impl Fn(&str) -> Option<String>,
    faults: &mut Vec<RequestFault>,
) {
    let part = parameter.location.as_str();
    // An object in the style `deepObject` is sent under names of its own.
    if parameter.style == Style::DeepObject {
        return;
    }
    let texts: Vec<String> = match parameter.location {
        ParameterLocation::Path => path(parameter.name).into_iter().collect(),
        ParameterLocation::Query => raw.queries(parameter.name).map(str::to_owned).collect(),
        ParameterLocation::Header => raw.header(parameter.name).map(str::to_owned).into_iter().collect(),
        ParameterLocation::Cookie => raw.cookie(parameter.name).map(str::to_owned).into_iter().collect(),
    };
    if texts.is_empty() {
        if parameter.required {
            faults.push(fault(part, parameter.name, FaultKind::Missing));
        }
        return;
    }
    let kind = (argument.shape)();
    let mut found = Vec::new();
    let mut pointer = String::new();
    let mut walk = Walk { faults: &mut found, pointer: &mut pointer };
    match read_parameter(parameter, &kind, &texts) {
        Some(value) => walk.value(&value, &kind, &parameter.limits),
        None => walk.report(FaultKind::WrongType(type_name(&kind))),
    }
    faults.extend(found.into_iter().map(|found| fault(part, parameter.name, found.kind)));
}

/// The value of a parameter as JSON, from its texts.
fn read_parameter(parameter: &Parameter, shape: &Shape, texts: &[String]) -> Option<Value> {
    let first = texts.first()?;
    if parameter.style == Style::Json {
        return serde_json::from_str(first).ok();
    }
    match bare(shape) {
        Shape::List(item) => {
            let split = |text: &String| text.split(',').map(str::to_owned).collect::<Vec<_>>();
            let items: Vec<String> =
                if parameter.explode { texts.to_vec() } else { texts.iter().flat_map(split).collect() };
            items.iter().map(|text| scalar(bare(item), text)).collect::<Option<Vec<_>>>().map(Value::Array)
        }
        shape => scalar(shape, first),
    }
}

/// The shape of a value that is neither hidden as a secret nor null.
fn bare(shape: &Shape) -> &Shape {
    match shape {
        Shape::Secret(inner) | Shape::Nullable(inner) => bare(inner),
        shape => shape,
    }
}

fn scalar(shape: &Shape, text: &str) -> Option<Value> {
    match shape {
        Shape::Boolean | Shape::Integer | Shape::Number => serde_json::from_str(text).ok(),
        Shape::Enum(of) => of.json(text),
        _ => Some(Value::from(text)),
    }
}

fn type_name(shape: &Shape) -> &'static str {
    match bare(shape) {
        Shape::Boolean => "boolean",
        Shape::Integer => "integer",
        Shape::Number => "number",
        Shape::List(_) => "array",
        Shape::Map(_) | Shape::Object(_) => "object",
        _ => "string",
    }
}

/// Goes through a value and its shape.
struct Walk<'w> {
    faults: &'w mut Vec<RequestFault>,
    pointer: &'w mut String,
}

impl Walk<'_> {
    fn report(&mut self, kind: FaultKind) {
        self.faults.push(fault("body", self.pointer, kind));
    }

    /// Visits a part of the value, with its name at the end of the pointer.
    fn within(&mut self, name: &str, visit: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
        visit(self);
        self.pointer.truncate(length);
    }

    fn value(&mut self, value: &Value, shape: &Shape, limits: &Limits) {
        match (shape, value) {
            (Shape::Any | Shape::Nothing | Shape::Redirect | Shape::ByStatus(_), _) => {}
            (Shape::Nullable(_), Value::Null) => {}
            (Shape::Secret(inner) | Shape::Nullable(inner), value) => self.value(value, inner, limits),
            (Shape::Choice { forms, .. }, value) => self.choice(value, forms, limits),
            (_, Value::Null) => self.report(FaultKind::Null),
            (Shape::Enum(of), value) if !of.is_of_kind(value) => {
                self.report(FaultKind::WrongType(type_name(&of.kind.shape())));
            }
            (Shape::Enum(of), value) => {
                if !of.knows(value) {
                    self.report(if of.is_open { FaultKind::NotListed } else { FaultKind::NotInEnum });
                }
            }
            (Shape::List(item), Value::Array(items)) => self.list(items, item, limits),
            (Shape::Map(item), Value::Object(members)) => {
                for (name, value) in members {
                    self.within(name, |walk| walk.value(value, item, limits));
                }
            }
            (Shape::Object(object), Value::Object(members)) => self.object(members, object),
            (shape, value) if is_scalar(shape, value) => self.limit(value, limits),
            (shape, _) => self.report(FaultKind::WrongType(type_name(shape))),
        }
    }

    /// One form has to fit. If none does, what is wrong with the first is reported.
    fn choice(&mut self, value: &Value, forms: &[Shape], limits: &Limits) {
        let mut first = None;
        for form in forms {
            let mut faults = Vec::new();
            Walk { faults: &mut faults, pointer: self.pointer }.value(value, form, limits);
            if faults.is_empty() {
                return;
            }
            first.get_or_insert(faults);
        }
        self.faults.extend(first.unwrap_or_default());
    }

    fn list(&mut self, items: &[Value], shape: &Shape, limits: &Limits) {
        if let Some((fewest, most)) = limits.items {
            // The items themselves are checked one by one.
            let counted = Value::Array(vec![Value::Null; items.len()]);
            self.limit(&counted, &Limits::NONE.items(fewest, most));
        }
        for (index, item) in items.iter().enumerate() {
            self.within(&index.to_string(), |walk| walk.value(item, shape, limits));
        }
    }

    fn object(&mut self, members: &Map<String, Value>, object: &ObjectShape) {
        for member in object.members {
            match members.get(member.name) {
                Some(value) => {
                    self.within(member.name, |walk| walk.value(value, &(member.shape)(), &member.limits))
                }
                None if member.is_required => {
                    self.within(member.name, |walk| walk.report(FaultKind::Missing))
                }
                None => {}
            }
        }
        if object.is_extensible {
            return;
        }
        let is_known = |name: &str| object.members.iter().any(|member| member.name == name);
        for name in members.keys().filter(|name| !is_known(name)) {
            self.within(name, |walk| walk.report(FaultKind::Unknown));
        }
    }

    fn limit(&mut self, value: &Value, limits: &Limits) {
        if let Err(violation) = value.check(limits) {
            self.report(FaultKind::Limit(violation.why().to_owned()));
        }
    }
}

fn is_scalar(shape: &Shape, value: &Value) -> bool {
    match shape {
        Shape::Boolean => value.is_boolean(),
        Shape::Integer => value.is_i64() || value.is_u64(),
        Shape::Number => value.is_number(),
        Shape::Text | Shape::Time => value.is_string(),
        _ => false,
    }
}
