//! Arguments of a call: sorted into parameters and body, typed, and checked all at once.

use generated_client::runtime::{ArgumentGroup, Limits, MediaType, OperationInfo, Shape};
use serde_json::{Map, Value};

use crate::catalog::did_you_mean;
use crate::inputs;
use crate::values::{self, Findings, accepts_null};

/// The name under which the client takes a whole body.
const BODY: &str = "body";

/// Where an argument goes.
struct Slot {
    shape: Shape,
    /// The name of the parameter's argument; none for a member of the body.
    parameter: Option<&'static str>,
}

/// What has been collected of a call.
struct Collected<'a> {
    info: &'a OperationInfo,
    parameters: Map<String, Value>,
    members: Map<String, Value>,
    /// The names that were given, whatever came of them.
    given: Vec<String>,
    findings: Findings,
}

/// The arguments as the client takes them, and all that is wrong with what was given.
pub(crate) fn collect(
    info: &OperationInfo,
    given: &[String],
    body: Option<&str>,
) -> (Map<String, Value>, Findings) {
    let (parameters, members, findings) = (Map::new(), Map::new(), Findings::default());
    let mut collected = Collected { info, parameters, members, given: Vec::new(), findings };
    for (position, argument) in (1..).zip(given) {
        collected.take(position, argument);
    }
    collected.check_parameters();
    collected.finish(body)
}

/// The names that arguments of an operation go by.
pub(crate) fn names(info: &OperationInfo) -> Vec<&'static str> {
    let parameters = info.spec.parameters.iter().map(|parameter| parameter.argument);
    parameters.chain(member_names(&(info.request)())).collect()
}

/// The shape that an argument of this name has.
pub(crate) fn shape(info: &OperationInfo, name: &str) -> Option<Shape> {
    slot(info, name).map(|slot| slot.shape)
}

fn member_names(shape: &Shape) -> Vec<&'static str> {
    match shape {
        Shape::Object(object) => {
            let members = object.members.iter().filter(|member| !member.is_read_only);
            members.map(|member| member.name).collect()
        }
        Shape::Nullable(inner) => member_names(inner),
        Shape::Choice { forms, .. } => {
            let mut names: Vec<_> = forms.iter().flat_map(member_names).collect();
            names.sort_unstable();
            names.dedup();
            names
        }
        _ => Vec::new(),
    }
}

fn slot(info: &OperationInfo, name: &str) -> Option<Slot> {
    let mut parameters = info.spec.parameters.iter().zip(info.arguments);
    if let Some((parameter, argument)) = parameters.find(|(parameter, _)| parameter.is_called(name)) {
        return Some(Slot { shape: (argument.shape)(), parameter: Some(parameter.argument) });
    }
    member(&(info.request)(), name)
}

fn member(shape: &Shape, name: &str) -> Option<Slot> {
    let slot = |shape: Shape| Slot { shape, parameter: None };
    match shape {
        Shape::Object(object) => match object.members.iter().find(|member| member.name == name) {
            Some(member) => Some(slot((member.shape)())),
            None => object.is_extensible.then(|| slot(Shape::Any)),
        },
        Shape::Map(value) => Some(slot((**value).clone())),
        Shape::Nullable(inner) => member(inner, name),
        Shape::Choice { forms, .. } => forms.iter().find_map(|form| member(form, name)),
        _ => None,
    }
}

impl Collected<'_> {
    /// Takes an argument. A text without a known name, or one that is nearly known, may be a secret, so the fault tells its
    /// position instead.
    fn take(&mut self, position: usize, argument: &str) {
        let Some((name, given)) = argument.split_once('=').filter(|(name, _)| !name.is_empty()) else {
            let what = if argument.starts_with('=') { "name before its `=`" } else { "`=`" };
            self.findings.faults.push(format!("argument {position} has no {what}: write `name=value`"));
            return;
        };
        let Some(slot) = slot(self.info, name) else {
            let (id, hint) = (self.info.spec.id, did_you_mean(name, names(self.info)));
            return self.findings.faults.push(match hint.is_empty() {
                true => format!(
                    "argument {position} has a name that `{id}` doesn't know: `authctl describe` shows its arguments"
                ),
                false => format!("`{}` is no argument of `{id}`{hint}", name.escape_debug()),
            });
        };
        let name = slot.parameter.unwrap_or(name);
        if slot.shape.has_secrets() && inputs::is_on_command_line(given) {
            self.findings.warnings.push(format!(
                "`{name}` is a secret that other users of this machine can see; `{name}=-` reads it from standard \
                 input, `{name}=@file` from a file"
            ));
        }
        let is_repeated = self.given.iter().any(|before| before == name);
        self.given.push(name.to_owned());
        if slot.shape.has_secrets()
            && let Some(why) = inputs::open_to_others(given)
        {
            self.findings.warnings.push(format!("`{name}` is a secret, and {why}"));
        }
        let bytes = if is_bytes(&slot.shape) { inputs::bytes(given) } else { None };
        let added = match bytes {
            Some(read) => read.and_then(|file| self.add_value(name, &slot, file, is_repeated)),
            None => inputs::value(name, given, slot.shape.has_secrets())
                .and_then(|text| self.add(name, &slot, &text, is_repeated)),
        };
        added.unwrap_or_else(|why| self.findings.fault(name, why));
    }

    /// Adds a value; that of a list to the list. A list may also be given as JSON at once, and `null` is null where the
    /// service accepts it.
    fn add(&mut self, name: &str, slot: &Slot, text: &str, is_repeated: bool) -> Result<(), String> {
        let Shape::List(item) = slot.shape.without_null() else {
            return self.add_value(name, slot, values::read(&slot.shape, text)?, is_repeated);
        };
        let into = if slot.parameter.is_some() { &mut self.parameters } else { &mut self.members };
        let is_whole = |value: &Value| value.is_array() || (value.is_null() && accepts_null(&slot.shape));
        let whole = serde_json::from_str(text).ok().filter(|value| is_whole(value) && !is_repeated);
        match whole {
            Some(whole) => _ = into.insert(name.to_owned(), whole),
            None => self.add_value(name, slot, values::read(item, text)?, is_repeated)?,
        }
        Ok(())
    }

    /// Adds a value, or an item of a list.
    fn add_value(&mut self, name: &str, slot: &Slot, value: Value, is_repeated: bool) -> Result<(), String> {
        let into = if slot.parameter.is_some() { &mut self.parameters } else { &mut self.members };
        let is_list = matches!(slot.shape.without_null(), Shape::List(_));
        match (is_list, into.get_mut(name)) {
            (true, Some(Value::Array(items))) => items.push(value),
            (true, _) => _ = into.insert(name.to_owned(), Value::Array(vec![value])),
            (false, _) if is_repeated => return Err("is given twice, and is no list".to_owned()),
            (false, _) => _ = into.insert(name.to_owned(), value),
        }
        Ok(())
    }

    fn check_parameters(&mut self) {
        for (parameter, argument) in self.info.spec.parameters.iter().zip(self.info.arguments) {
            let name = parameter.argument;
            match self.parameters.get(name) {
                Some(value) => {
                    values::check(&(argument.shape)(), value, &parameter.limits, name, &mut self.findings);
                }
                None if parameter.required && !self.given.iter().any(|given| given == name) => {
                    self.findings.fault(name, "is missing");
                }
                None => {}
            }
        }
    }

    fn finish(mut self, body: Option<&str>) -> (Map<String, Value>, Findings) {
        let request = (self.info.request)();
        let whole = body.map(|given| self.whole(&request, given));
        let is_whole = whole.is_some();
        let body = match (whole, self.members.is_empty()) {
            (Some(None), _) => None,
            (Some(Some(Value::Object(mut members))), _) => {
                members.append(&mut self.members);
                Some(Value::Object(members))
            }
            (Some(Some(value)), true) => Some(value),
            (Some(Some(_)), false) => {
                self.findings.fault("", "is not a JSON object, so no members can be added to it");
                None
            }
            (None, is_empty) => {
                let members = Value::Object(std::mem::take(&mut self.members));
                let is_optional = self.info.request_is_optional;
                let is_needed =
                    !is_empty || (matches!(request.without_null(), Shape::Object(_)) && !is_optional);
                if !is_needed
                    && !is_optional
                    && !matches!(request.without_null(), Shape::Nothing | Shape::Map(_))
                {
                    self.findings.fault("", "is missing; give it by `--body`");
                }
                is_needed.then_some(members)
            }
        };
        if let Some(body) = &body {
            self.check_body(&request, body);
        }
        self.check_group(body.as_ref(), is_whole);
        if let Some(body) = body {
            self.put(&request, body, is_whole);
        }
        (self.parameters, self.findings)
    }

    /// Tells that the operation needs one of several arguments, as the client would do after all other faults are mended.
    /// What was given and couldn't be read counts as set, since it has a fault of its own. Of a body that couldn't be read,
    /// or that may not be JSON, it isn't known what it says.
    fn check_group(&mut self, body: Option<&Value>, is_whole: bool) {
        let spec = self.info.spec;
        let is_json = matches!(spec.body, Some(MediaType::Json | MediaType::OtherJson(_)));
        let is_unknown = match body {
            Some(_) => !is_json || (is_whole && !spec.other_bodies.is_empty()),
            None => is_whole,
        };
        let Some(group) = spec.argument_group.filter(|_| !is_unknown) else { return };
        let fault = group.fault(|name| {
            let values = [self.parameters.get(name), body.and_then(|body| body.get(name))];
            let values: Vec<&Value> = values.into_iter().flatten().collect();
            let is_unread = values.is_empty() && self.given.iter().any(|given| given == name);
            is_unread || values.into_iter().any(ArgumentGroup::counts)
        });
        self.findings.faults.extend(fault.map(|why| format!("the request {why}")));
    }

    fn whole(&mut self, request: &Shape, given: &str) -> Option<Value> {
        if *request == Shape::Nothing {
            self.findings.faults.push(format!("`{}` takes no body", self.info.spec.id));
            return None;
        }
        let json = || {
            inputs::body(given, request.has_secrets())
                .and_then(|text| serde_json::from_str(&text).map_err(|error| values::not_json(&error)))
        };
        let bytes = if is_bytes(request) { inputs::bytes(given) } else { None };
        let body = bytes.unwrap_or_else(json).map_err(|why| self.findings.fault("", why)).ok()?;
        if let Some(why) = inputs::open_to_others(given).filter(|_| !secrets(request, &body).is_empty()) {
            self.findings.warnings.push(format!("the body has secrets, and {why}"));
        }
        if inputs::is_on_command_line(given) {
            for name in secrets(request, &body) {
                self.findings.warnings.push(format!(
                    "`{name}` is a secret that other users of this machine can see; `--body -` reads the body from \
                     standard input, `--body @file` from a file"
                ));
            }
        }
        Some(body)
    }

    /// Checks the body. A member that was given but couldn't be read isn't reported as missing, too.
    fn check_body(&mut self, request: &Shape, body: &Value) {
        let mut found = Findings::default();
        values::check(request, body, &Limits::NONE, "", &mut found);
        let is_known =
            |fault: &String| self.given.iter().any(|name| *fault == format!("`{name}` is missing"));
        found.faults.retain(|fault| !is_known(fault));
        self.findings.faults.append(&mut found.faults);
        self.findings.warnings.append(&mut found.warnings);
    }

    /// Hands the body to the client. Where `body` could be the name of a member, the client takes each member by its name,
    /// beside the parameters; otherwise it takes the whole body by the name `body`.
    fn put(&mut self, request: &Shape, body: Value, is_whole: bool) {
        let takes_members = match request.without_null() {
            Shape::Map(_) => true,
            Shape::Object(object) => {
                object.is_extensible || object.members.iter().any(|member| member.name == BODY)
            }
            _ => false,
        };
        match body {
            Value::Object(members) if takes_members => {
                for (name, value) in members {
                    if self.info.spec.parameters.iter().any(|parameter| parameter.argument == name) {
                        self.findings.fault(&name, "is both a parameter and a member of the body");
                    } else {
                        self.parameters.insert(name, value);
                    }
                }
            }
            // If neither a body nor a member is given, the client decides whether an empty body is sent.
            Value::Object(members) if members.is_empty() && !is_whole => {}
            body => {
                self.parameters.insert(BODY.to_owned(), body);
            }
        }
    }
}

/// The members of a body that are secret, by their names; the body itself is `body`.
fn secrets(request: &Shape, body: &Value) -> Vec<String> {
    match (request, body) {
        (Shape::Secret(_), _) => vec![BODY.to_owned()],
        (shape, Value::Object(members)) => {
            let is_secret = |name: &str| member(shape, name).is_some_and(|slot| slot.shape.has_secrets());
            members.keys().filter(|name| is_secret(name)).cloned().collect()
        }
        (shape, _) if shape.has_secrets() => vec![BODY.to_owned()],
        _ => Vec::new(),
    }
}

/// Whether values of the shape, or its items, are bytes.
fn is_bytes(shape: &Shape) -> bool {
    match shape.without_null() {
        Shape::List(item) => is_bytes(item),
        shape => *shape == Shape::Binary,
    }
}

/// The shape of a member of a body.
pub(crate) fn member_shape(request: &Shape, name: &str) -> Option<Shape> {
    member(request, name).map(|slot| slot.shape)
}

#[cfg(test)]
mod tests {
    use generated_client::runtime::{OperationInfo, Shape};
    use serde_json::{Map, json};

    use super::collect;
    use crate::catalog::{find, service};

    #[test]
    fn an_empty_body_that_was_given_is_handed_on() {
        let mut info = *find(service("nhost").unwrap(), "signin_anonymous").unwrap();
        info.request_is_optional = true;
        let with = |info: &OperationInfo, body: Option<&str>| {
            let (arguments, findings) = collect(info, &[], body);
            assert!(findings.faults.is_empty(), "{:?}", findings.faults);
            arguments
        };
        let shapes: [fn() -> Shape; 3] =
            [info.request, || Shape::Any, || Shape::Nullable(Box::new(Shape::Any))];
        for request in shapes {
            info.request = request;
            assert_eq!(json!(with(&info, Some("{}"))), json!({"body": {}}), "{:?}", request());
            assert_eq!(with(&info, None), Map::new(), "{:?}", request());
        }
    }
}
