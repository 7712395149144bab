//! The arguments of a recorded call, as the client's operation takes them.

use generated_client::runtime::{EnumKind, EnumShape, OperationInfo, Shape};
use serde_json::{Map, Value};

/// What a client is given: arguments by their names on the wire, and the credential that it carries.
pub(super) struct Given {
    pub(super) arguments: Map<String, Value>,
    pub(super) credential: Option<(&'static str, String)>,
}

/// Parameters of the SDK that aren't named after what they are on the wire.
const ALIASES: [(&str, &str); 4] = [
    ("uri", "redirectUrl"),
    ("return_url", "redirectUrl"),
    ("tenant_id", "tenant"),
    ("signup_options", "loginOptions"),
];

/// Turns what the SDK was given into what the operation is given. Each argument has a place there, with all its members.
pub(super) fn of(args: &Map<String, Value>, operation: &OperationInfo, path: &str) -> Result<Given, String> {
    let mut arguments = in_path(operation.spec.path, path).unwrap_or_default();
    let mut credential = None;
    let is_login_id = |name: &str| name == "phone" && !args.contains_key("login_id");
    for (name, value) in args {
        let value = without_nulls(value);
        match name.as_str() {
            // Where the SDK takes no login ID, the phone number is one.
            name if is_login_id(name) => drop(arguments.insert("loginId".to_owned(), value)),
            // The channel is in the path.
            "method" => {}
            "refresh_token" => credential = Some(("refresh_token", text(&value))),
            "access_key" => credential = Some(("access_key", text(&value))),
            _ => match place(operation, name) {
                Some((name, Shape::List(_))) if value.is_string() => {
                    let items = text(&value).split(' ').map(Value::from).collect();
                    arguments.insert(name.to_owned(), items);
                }
                Some((name, shape)) => {
                    is_known(&shape, &value)
                        .map_err(|unknown| format!("`{name}` has no member {unknown}"))?;
                    arguments.insert(name.to_owned(), value);
                }
                // Options that are no member of the body are the body.
                None if name == "login_options" => {
                    is_known(&(operation.request)(), &value)
                        .map_err(|unknown| format!("no member {unknown}"))?;
                    arguments.extend(value.as_object().cloned().unwrap_or_default());
                }
                None => return Err(format!("`{}` has no argument `{name}`", operation.spec.id)),
            },
        }
    }
    address(&mut arguments, operation);
    Ok(Given { arguments, credential })
}

/// The values of the parameters in a path, if it is one of this template.
pub(super) fn in_path(template: &str, path: &str) -> Option<Map<String, Value>> {
    if template.split('/').count() != path.split('/').count() {
        return None;
    }
    let mut values = Map::new();
    for (part, value) in template.split('/').zip(path.split('/')) {
        match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(name) => drop(values.insert(name.to_owned(), value.into())),
            None if part == value => {}
            None => return None,
        }
    }
    Some(values)
}

/// A sign-up of the SDK takes the address that it sends to from the user, or else from the login ID, and names it in
/// both places. This client takes it as an argument.
fn address(arguments: &mut Map<String, Value>, operation: &OperationInfo) {
    if place(operation, "user").is_none() {
        return;
    }
    for (member, of_user) in [("email", "email"), ("phone", "phone"), ("whatsapp", "phone")] {
        let (Some(_), Some(login_id)) = (member_of(operation, member), arguments.get("loginId").cloned())
        else {
            continue;
        };
        let user = arguments.entry("user").or_insert_with(|| Map::new().into());
        let address = user.as_object_mut().unwrap().entry(of_user).or_insert(login_id).clone();
        arguments.insert(member.to_owned(), address);
    }
}

/// The parameter, or member of the body, that an argument of the SDK is for.
fn place(operation: &OperationInfo, name: &str) -> Option<(&'static str, Shape)> {
    let alias = ALIASES.iter().find(|(alias, _)| *alias == name).map(|(_, name)| *name);
    parameter_of(operation, name)
        .or_else(|| member_of(operation, name))
        .or_else(|| alias.and_then(|name| place(operation, name)))
}

pub(super) fn parameter_of(operation: &OperationInfo, name: &str) -> Option<(&'static str, Shape)> {
    let mut parameters = operation.spec.parameters.iter().zip(operation.arguments);
    parameters
        .find(|(parameter, _)| is_same(parameter.name, name))
        .map(|(found, argument)| (found.name, (argument.shape)()))
}

pub(super) fn member_of(operation: &OperationInfo, name: &str) -> Option<(&'static str, Shape)> {
    let Shape::Object(body) = (operation.request)() else { return None };
    let member = body.members.iter().find(|member| is_same(member.name, name))?;
    Some((member.name, (member.shape)()))
}

/// `add_to_login_ids` is `addToLoginIDs`.
fn is_same(on_the_wire: &str, in_python: &str) -> bool {
    on_the_wire.eq_ignore_ascii_case(&in_python.replace('_', ""))
}

/// The types know each member of a value, at any depth.
pub(super) fn is_known(shape: &Shape, value: &Value) -> Result<(), String> {
    match (shape, value) {
        (Shape::Secret(inner), _) => is_known(inner, value),
        (Shape::List(inner), Value::Array(items)) => items.iter().try_for_each(|item| is_known(inner, item)),
        (Shape::Map(inner), Value::Object(members)) => {
            members.values().try_for_each(|member| is_known(inner, member))
        }
        (Shape::Object(object), Value::Object(members)) => members.iter().try_for_each(|(name, value)| {
            let known = object.members.iter().find(|member| member.name == name);
            is_known(&(known.ok_or_else(|| format!("`{name}`"))?.shape)(), value)
        }),
        (Shape::Any, _)
        | (Shape::Text | Shape::Enum(EnumShape { kind: EnumKind::Text, .. }), Value::String(_))
        | (Shape::Boolean, Value::Bool(_))
        | (Shape::Integer | Shape::Enum(EnumShape { kind: EnumKind::Integer, .. }), Value::Number(_)) => {
            Ok(())
        }
        (shape, value) => Err(format!("{value} of the shape {shape:?}")),
    }
}

/// The SDK's way to leave an option unset is to set it to `None`.
pub(super) fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        Value::Object(members) => {
            let set = members.iter().filter(|(_, value)| !value.is_null());
            set.map(|(name, value)| (name.clone(), without_nulls(value))).collect::<Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
