//! The method of the group's handle that starts a call.

use super::documentation;
use super::operation::body_type;
use super::shared_texts::SharedTexts;
use super::type_name::type_name;
use crate::model::{Api, Operation, Parameter, Type};

/// How long a line may be.
const WIDTH: usize = 110;

/// `pub fn exchange(&self, code: impl Into<Secret>) -> Call<op::OauthExchange, OauthExchangeRequest>` with its rustdoc.
pub(super) fn lines(api: &Api, operation: &Operation, shared: &SharedTexts) -> Vec<String> {
    let mut lines = Vec::new();
    if !operation.search_words.is_empty() {
        let words: Vec<String> = operation.search_words.iter().map(|word| format!("{word:?}")).collect();
        lines.push(format!("#[doc(alias({}))]", words.join(", ")));
    }
    if operation.deprecated {
        lines.push("#[deprecated]".to_owned());
    }
    let (body_inputs, body) = body(api, operation);
    let mut inputs = vec!["&self".to_owned()];
    inputs
        .extend(operation.required_parameters().map(|parameter| input(&parameter.names.rust, &parameter.ty)));
    inputs.extend(body_inputs);
    lines.extend(signature(operation, &inputs));
    lines.extend(documentation::lines(api, operation, shared));
    let mut chain = vec![format!(".call({body})")];
    chain.extend(operation.required_parameters().map(set_argument));
    lines.extend(expression(&chain));
    lines.push("}".to_owned());
    lines
}

/// The signature up to the brace that opens the method.
fn signature(operation: &Operation, inputs: &[String]) -> Vec<String> {
    let Operation { name, marker, body, .. } = operation;
    let call = match body {
        Some(body) => format!("Call<op::{marker}, {}>", body_type(body)),
        None => format!("Call<op::{marker}>"),
    };
    let bound = bound(operation.credentials.needed());
    let one_line = format!("pub fn {name}({}) -> {call}{bound} {{", inputs.join(", "));
    if one_line.len() <= WIDTH {
        return vec![one_line];
    }
    let mut lines = vec![format!("pub fn {name}(")];
    lines.extend(inputs.iter().map(|input| format!("    {input},")));
    lines.push(format!(") -> {call}{bound} {{"));
    lines
}

/// The bound on the client's credential. It stands on the method, not on the `impl`, so that the error for a client
/// which lacks the credential says what to carry.
fn bound(needed: &[String]) -> String {
    match needed {
        [] => String::new(),
        [one] => format!(" where C: Carries<{one}>"),
        several => format!(" where C: Carries<({})>", several.join(", ")),
    }
}

/// The arguments that the body needs, and the expression that makes it.
fn body(api: &Api, operation: &Operation) -> (Vec<String>, String) {
    let Some(body) = &operation.body else { return (Vec::new(), "()".to_owned()) };
    if body.can_be_absent {
        return (Vec::new(), "None".to_owned());
    }
    let Some((schema, object)) = api.object(&body.ty) else {
        return (vec![input("body", &body.ty)], converted("body", &body.ty));
    };
    let names: Vec<&str> = object.required().map(|member| member.rust.as_str()).collect();
    if names.is_empty() {
        return (Vec::new(), format!("{}::default()", schema.name));
    }
    let inputs = object.required().map(|member| input(&member.rust, &member.ty)).collect();
    (inputs, format!("{}::new({})", schema.name, names.join(", ")))
}

/// The setting of a required parameter.
fn set_argument(parameter: &Parameter) -> String {
    let Parameter { names, ty, .. } = parameter;
    let (name, rust) = (&names.by_id, &names.rust);
    match ty {
        Type::List(element) => format!(".argument_list::<{}>({name:?}, {rust})", type_name(element)),
        other => format!(".argument::<{}>({name:?}, {rust})", type_name(other)),
    }
}

/// The method's only expression, on one line if it fits.
fn expression(chain: &[String]) -> Vec<String> {
    let one_line = format!("    self.client{}", chain.concat());
    if one_line.len() <= WIDTH {
        return vec![one_line];
    }
    let mut lines = vec!["    self.client".to_owned()];
    lines.extend(chain.iter().map(|link| format!("        {link}")));
    lines
}

/// The argument as it is declared: anything that converts, and any sequence for a list.
fn input(name: &str, ty: &Type) -> String {
    match ty {
        Type::List(element) => format!("{name}: impl IntoIterator<Item = impl Into<{}>>", type_name(element)),
        plain if is_plain(plain) => format!("{name}: {}", type_name(plain)),
        other => format!("{name}: impl Into<{}>", type_name(other)),
    }
}

/// The argument, converted to the type that the call's body has.
fn converted(name: &str, ty: &Type) -> String {
    match ty {
        Type::List(_) => format!("{name}.into_iter().map(Into::into).collect()"),
        plain if is_plain(plain) => name.to_owned(),
        _ => format!("{name}.into()"),
    }
}

/// Numbers and truth values, where a conversion would hide which type is meant.
fn is_plain(ty: &Type) -> bool {
    matches!(ty, Type::Bool | Type::Int(_) | Type::Unsigned | Type::Float(_))
}
