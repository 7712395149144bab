//! The method of the group's handle that starts a call.

use syn::Type;

use super::{Argument, Source};
use crate::rewrite::{inside, is_named, type_text};

/// How long a line of code may be.
const WIDTH: usize = 110;

impl Source<'_> {
    /// `pub fn exchange(&self, code: impl Into<Secret>) -> Call<OauthExchange, OauthExchangeRequest>`.
    pub(super) fn method(&self) -> Vec<String> {
        let mut lines = self.documentation();
        let required: Vec<&Argument> =
            self.arguments.iter().filter(|argument| argument.parameter.required).collect();
        let (body_inputs, body) = self.body();
        let mut inputs = vec!["&self".to_owned()];
        inputs.extend(required.iter().map(|argument| input(&argument.name.to_string(), &argument.ty)));
        inputs.extend(body_inputs);
        lines.extend(self.signature(&inputs));
        let settings = required.iter().map(|argument| {
            let (name, wire) = (&argument.name, &argument.parameter.name);
            match inside(&argument.ty, "Vec") {
                Some(element) => format!(".argument_list::<{}>({wire:?}, {name})", type_text(element)),
                None => format!(".argument::<{}>({wire:?}, {name})", type_text(&argument.ty)),
            }
        });
        let chain: Vec<String> = std::iter::once(format!(".call({body})")).chain(settings).collect();
        lines.extend(call(&chain));
        lines.push("}".to_owned());
        lines
    }

    /// The signature up to the brace that opens the method.
    fn signature(&self, inputs: &[String]) -> Vec<String> {
        let (name, marker) = (&self.operation.name, &self.operation.marker);
        let response = match &self.operation.body {
            Some(_) => format!("Call<{marker}, {}>", type_text(&self.body_type())),
            None => format!("Call<{marker}>"),
        };
        let end = self.bound().map(|bound| format!(" where {bound}")).unwrap_or_default();
        let one_line = format!("pub fn {name}({}) -> {response}{end} {{", inputs.join(", "));
        if one_line.len() <= WIDTH - 4 {
            return vec![one_line];
        }
        let mut lines = vec![format!("pub fn {name}(")];
        lines.extend(inputs.iter().map(|input| format!("    {input},")));
        lines.push(format!(") -> {response}{end} {{"));
        lines
    }

    /// The bound on the client's credential. It stands on the method, not on the `impl`, so that a client which
    /// lacks the credential is told what to carry.
    fn bound(&self) -> Option<String> {
        match self.needs().as_slice() {
            [] => None,
            [one] => Some(format!("C: Carries<{one}>")),
            several => Some(format!("C: Carries<({})>", several.join(", "))),
        }
    }

    /// The arguments that the body needs, and the expression that makes it.
    fn body(&self) -> (Vec<String>, String) {
        let Some(body) = &self.operation.body else { return (Vec::new(), "()".to_owned()) };
        if self.may_be_absent(body) {
            return (Vec::new(), "None".to_owned());
        }
        let ty = self.body_type();
        let Some(draft) = self.body_draft() else {
            return (vec![input("body", &ty)], converted("body", &ty));
        };
        let required = draft.required();
        if required.is_empty() {
            return (Vec::new(), format!("{}::default()", type_text(&ty)));
        }
        let names: Vec<String> = required.iter().map(|(name, ..)| name.to_string()).collect();
        let inputs = required.iter().map(|(name, ty, _)| input(&name.to_string(), ty)).collect();
        (inputs, format!("{}::new({})", type_text(&ty), names.join(", ")))
    }
}

/// The method's only expression, on one line if it fits.
fn call(chain: &[String]) -> Vec<String> {
    let one_line = format!("    self.client{}", chain.concat());
    if one_line.len() <= WIDTH - 4 {
        return vec![one_line];
    }
    let mut lines = vec!["    self.client".to_owned()];
    lines.extend(chain.iter().map(|link| format!("        {link}")));
    lines
}

/// The argument as it is declared: anything that converts, and any sequence for a list.
fn input(name: &str, ty: &Type) -> String {
    match inside(ty, "Vec") {
        Some(element) => format!("{name}: impl IntoIterator<Item = impl Into<{}>>", type_text(element)),
        None if is_plain(ty) => format!("{name}: {}", type_text(ty)),
        None => format!("{name}: impl Into<{}>", type_text(ty)),
    }
}

/// The argument, converted to the type that the call's body has.
fn converted(name: &str, ty: &Type) -> String {
    match inside(ty, "Vec") {
        Some(_) => format!("{name}.into_iter().map(Into::into).collect()"),
        None if is_plain(ty) => name.to_owned(),
        None => format!("{name}.into()"),
    }
}

/// Numbers and truth values, where a conversion would only blur what is meant.
fn is_plain(ty: &Type) -> bool {
    ["bool", "i32", "i64", "u32", "u64", "f32", "f64"].iter().any(|name| is_named(ty, name))
}
