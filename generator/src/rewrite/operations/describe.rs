//! The declaration that describes an operation to the runtime.

use syn::{Type, parse_quote};

use super::{Argument, Source};
use crate::model::{Content, Media, Operation, Parameter, Place, Retry, Style};
use crate::names;
use crate::rewrite::docs::{comment, or_name};
use crate::rewrite::{MacroCall, declare, paths, type_text};

impl Source<'_> {
    /// The call of `operation!`.
    pub(super) fn describe(&self) -> MacroCall {
        let operation = self.operation;
        let service = names::pascal(&self.api.service);
        let (form, response) = self.response();
        let body = if operation.body.is_some() { type_text(&self.body_type()) } else { String::new() };
        let method = format!("{}::{}", names::pascal(&operation.group), operation.name);
        let response = type_text(&response);
        let mut lines =
            vec![format!("{} for {method}({body}): {service} -> {form}<{response}> =", operation.marker)];
        lines.extend(description(operation).into_iter().map(|line| format!("    {line}")));
        lines.last_mut().into_iter().for_each(|line| line.push(';'));
        for parameter in &operation.parameters {
            let argument = self.arguments.iter().find(|argument| argument.parameter.name == parameter.name);
            lines.extend(parameter_lines(parameter, argument));
        }
        MacroCall { name: "operation", lines }
    }

    /// The form in which the response is read, and its type.
    fn response(&self) -> (&'static str, Type) {
        if self.has_several_responses() {
            let name = self.response_enum_name();
            return ("ByStatus", parse_quote!(#name));
        }
        let mut ty = self.rendering.response.clone();
        paths::shorten_type(&mut ty);
        match self.operation.responses.first().map(|response| response.content) {
            Some(Content::Json) => ("Json", ty),
            Some(Content::Text) => ("Text", parse_quote!(String)),
            Some(Content::Redirect) => ("Location", parse_quote!(Redirect)),
            Some(Content::Empty) | None => ("Empty", parse_quote!(())),
        }
    }
}

/// Method, id and path, then what differs from the most common: no credential, status 200.
fn description(operation: &Operation) -> Vec<String> {
    let method = operation.method.to_lowercase();
    let mut settings = String::new();
    if !operation.credentials.is_empty() {
        let setter = if operation.credential_is_optional { "optional_credentials" } else { "credentials" };
        settings.push_str(&format!(".{setter}(&{:?})", operation.credentials));
    }
    settings.push_str(match operation.retry {
        Retry::Safe => ".retry(Retry::Safe)",
        Retry::Idempotent => ".retry(Retry::Idempotent)",
        Retry::Never => ".retry(Retry::Never)",
    });
    if let Some(body) = &operation.body {
        settings.push_str(match body.media {
            Media::Json => ".body(MediaType::Json)",
            Media::Form => ".body(MediaType::Form)",
        });
    }
    let statuses: Vec<u16> = operation.responses.iter().map(|response| response.status).collect();
    if statuses != [200] {
        settings.push_str(&format!(".responses(&{statuses:?})"));
    }
    vec![format!("Spec::{method}({:?}, {:?})", operation.id, operation.path), format!("    {settings}")]
}

/// A parameter, in parentheses if it is required; one that is optional has its text, which is that of its setter.
fn parameter_lines(parameter: &Parameter, argument: Option<&Argument>) -> Vec<String> {
    let described = described(parameter);
    let Some(Argument { name, ty, .. }) = argument else { return Vec::new() };
    match parameter.required {
        true => vec![format!("({name}: {}) = {described};", type_text(ty))],
        false => {
            let text = or_name(&parameter.description, &parameter.name);
            let mut lines = comment(&text, parameter.deprecated, "");
            lines.push(format!("{name}: {} = {described};", type_text(ty)));
            lines
        }
    }
}

fn described(parameter: &Parameter) -> String {
    let Parameter { name, limits, .. } = parameter;
    let mut described = match parameter.place {
        Place::Path => format!("Parameter::path({name:?})"),
        Place::Query => format!("Parameter::query({name:?})"),
        Place::Header => format!("Parameter::header({name:?})"),
    };
    if parameter.required && parameter.place != Place::Path {
        described.push_str(".required()");
    }
    described.push_str(match parameter.style {
        Style::Plain => "",
        Style::Comma => ".comma()",
        Style::DeepObject => ".deep_object()",
        Style::Json => ".json()",
    });
    if parameter.sensitive {
        described.push_str(".sensitive()");
    }
    described.push_str(&declare::limits(limits));
    described
}
