//! The client of a service: the credentials that it carries, and how it is built.

use super::macro_call::macro_call;
use super::text::{self, INDENT};
use crate::model::{
    Api, COMMON, Definition, EnumKind, Placement, SchemeRole, SecurityScheme, Server, ServerVariable,
};
use crate::names::{self, ERROR_CODES};

/// The declaration (`client!`) of the client, its credentials and its builder.
pub(super) fn declaration(api: &Api) -> String {
    let mut lines = client(api);
    lines.push(String::new());
    lines.extend(carries(api));
    lines.push(String::new());
    lines.extend(builder(api));
    lines.extend(other_servers(api));
    lines.push(String::new());
    for (section, schemes) in [
        ("base", of_role(api, SchemeRole::Base).collect()),
        ("parts", of_role(api, SchemeRole::Part).collect()),
        ("carried", of_role(api, SchemeRole::Carried).collect()),
        ("settings", of_role(api, SchemeRole::Setting).collect()),
        ("together", together(api).collect::<Vec<_>>()),
    ] {
        if schemes.is_empty() && ["settings", "together"].contains(&section) {
            continue;
        }
        if schemes.is_empty() {
            lines.push(format!("{section} {{}}"));
            continue;
        }
        lines.push(format!("{section} {{"));
        lines.extend(schemes.into_iter().flat_map(scheme));
        lines.push("}".to_owned());
    }
    macro_call("client", &lines)
}

/// The credential of a client that was just built.
pub(super) fn default_credential(api: &Api) -> String {
    of_role(api, SchemeRole::Base).next().map_or(ANONYMOUS.to_owned(), |scheme| names::pascal(&scheme.name))
}

/// The credential of a client that carries none.
pub(super) const ANONYMOUS: &str = "Anonymous";

/// The schemes of a role, except those that [`together`] lists.
fn of_role(api: &Api, role: SchemeRole) -> impl Iterator<Item = &SecurityScheme> {
    api.schemes.iter().filter(move |scheme| scheme.role == role && !is_together(scheme))
}

/// The schemes that combine several others, all of which every client carries.
fn together(api: &Api) -> impl Iterator<Item = &SecurityScheme> {
    api.schemes.iter().filter(|scheme| is_together(scheme))
}

fn is_together(scheme: &SecurityScheme) -> bool {
    scheme.role == SchemeRole::Base && matches!(scheme.placement, Placement::All(_))
}

/// The type of the codes of the service's errors: the enum of error codes, if all groups share one, or else `String`.
fn code_type(api: &Api) -> &'static str {
    let is_enum = api.schemas.get(ERROR_CODES).is_some_and(|schema| {
        schema.home == COMMON
            && matches!(&schema.definition, Definition::Enum { open: true, of: EnumKind::Text, .. })
    });
    if is_enum { ERROR_CODES } else { "String" }
}

fn client(api: &Api) -> Vec<String> {
    let Api { title, service, .. } = api;
    let module = names::module(service);
    let mut arguments = vec!["\"https://auth.example.com\"".to_owned(); usize::from(takes_base_url(api))];
    arguments.extend(base_arguments(api).map(|name| format!("\"{name}\"")));
    let mut doc = format!(
        "A client of {title} that carries the credential `C`.\n\n\
         It is cheap to clone, and all its clones share their connections.\n\n\
         ```no_run\n# fn example() -> Result<(), generated_client::{module}::Error> {{\n\
         let client = generated_client::{module}::Client::builder({}).build()?;\n",
        arguments.join(", ")
    );
    if let Some(scheme) = of_role(api, SchemeRole::Carried).next() {
        doc.push_str(&format!("let signed_in = client.{};\n", call(scheme, true)));
    }
    doc.push_str("# Ok(())\n# }\n```");
    let mut lines = comment(&doc, "");
    let (default, type_name, code) = (default_credential(api), names::pascal(service), code_type(api));
    lines.push(format!("pub struct Client<C = {default}>({type_name}, {service:?}, {title:?}, {code});"));
    lines
}

/// The trait that says which client can call which operations, with the message that a caller reads whose client can't.
fn carries(api: &Api) -> Vec<String> {
    let Api { title, service, .. } = api;
    let module = names::module(service);
    let mut doc =
        "A client with the credential `Self` can call operations that need the credential `N`.".to_owned();
    if let Some(scheme) = of_role(api, SchemeRole::Carried).next() {
        let (credential, call) = (names::pascal(&scheme.name), call(scheme, true));
        doc.push_str(&format!(
            "\n\n```compile_fail,E0277\nuse generated_client::{module}::{{Carries, Client, {credential}}};\n\n\
             fn call<C: Carries<{credential}>>(_client: &Client<C>) {{}}\n\n\
             fn example(client: &Client) {{\n    call(&client.{call});\n    \
             call(client); // carries no `{credential}`\n}}\n```"
        ));
    }
    let mut lines = comment(&doc, "");
    lines.push("#[diagnostic::on_unimplemented(".to_owned());
    let message = format!("this operation of {title} needs a client that carries a `{{N}}`");
    lines.push(format!("{INDENT}message = {message:?},"));
    lines.push(format!("{INDENT}label = \"this client carries no `{{N}}`\","));
    for scheme in of_role(api, SchemeRole::Carried) {
        let credential = names::pascal(&scheme.name);
        let note = format!("`client.{}` carries `{credential}`", call(scheme, false));
        lines.push(format!("{INDENT}note = {note:?},"));
    }
    lines.extend([")]".to_owned(), "pub trait Carries<N>;".to_owned()]);
    lines
}

fn takes_base_url(api: &Api) -> bool {
    api.server.fixed_url().is_none()
}

fn builder(api: &Api) -> Vec<String> {
    let mut doc = "Starts building a client.\n".to_owned();
    let server = &api.server;
    if takes_base_url(api) {
        let url = if server.url.is_empty() { String::new() } else { format!(" such as `{}`.", server.url) };
        let variables: String = server.variables.iter().map(variable).collect();
        let what = format!(
            "`base_url`: where the service is,{url}\n\n{}\n\n{variables}",
            server.description.trim_end()
        );
        doc.push_str(&format!("\n{}", text::item(what.trim_end().trim_end_matches(','))));
    }
    for scheme in of_role(api, SchemeRole::Base) {
        let names: Vec<String> = arguments_of(scheme).iter().map(|name| format!("`{name}`")).collect();
        doc.push_str(&format!("\n{}", text::item(&format!("{}: {}", names.join(", "), scheme.description))));
    }
    let mut head = "pub fn builder(base_url, ..);".to_owned();
    if let Some(url) = server.fixed_url() {
        doc.push_str(&format!(
            "\n\nThe base URL is `{url}`, unless [`base_url`](crate::runtime::Builder::base_url) sets another.\n\n{}",
            server.description
        ));
        head = format!("pub fn builder(..) at {url:?};");
    }
    if !api.other_servers.is_empty() {
        doc.truncate(doc.trim_end().len());
        doc.push_str(
            "\n\nSome operations are at other servers, to which no credential goes until \
             [`server`](crate::runtime::Builder::server) says where they are:\n\n",
        );
        doc.extend(api.other_servers.iter().map(other_server));
    }
    let mut lines = comment(&doc, "");
    lines.push(head);
    lines
}

/// The URLs of the servers that some operations are at, each on a line of its own.
fn other_servers(api: &Api) -> Vec<String> {
    if api.other_servers.is_empty() {
        return Vec::new();
    }
    let urls = api.other_servers.iter().map(|server| format!("{INDENT}{:?};", server.usual_url()));
    ["servers {".to_owned()].into_iter().chain(urls).chain(["}".to_owned()]).collect()
}

/// A server that some operations are at, as an item of a list.
fn other_server(server: &Server) -> String {
    let template = match server.variables.is_empty() {
        true => String::new(),
        false => format!("It is `{}` with these parts:", server.url),
    };
    let variables = server.variables.iter().map(variable).collect::<String>();
    let description = server.description.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = format!("{description} {template}");
    let (url, variables) = (server.usual_url(), variables.replace("- `{", "  - `{"));
    format!("- `{url}`: {}", said.trim()).trim_end_matches(": ").to_owned() + "\n" + &variables
}

/// The text about a variable of the base URL: what it means, its values, and its default.
fn variable(variable: &ServerVariable) -> String {
    let ServerVariable { name, description, default, values } = variable;
    let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    let one_of = if values.is_empty() { String::new() } else { format!(" One of {}.", values.join(", ")) };
    let description = description.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = format!("{description}{one_of} Default: `{default}`.");
    format!("- `{{{name}}}`: {}\n", text.trim_start())
}

/// The arguments of the builder for the credentials that every client carries.
fn base_arguments(api: &Api) -> impl Iterator<Item = String> {
    of_role(api, SchemeRole::Base).flat_map(arguments_of)
}

/// The arguments for the value of a scheme. The arguments of all base schemes stand in one list, so each contains the name
/// of its scheme.
fn arguments_of(scheme: &SecurityScheme) -> Vec<String> {
    let name = names::snake(&scheme.name);
    match (scheme.role, &scheme.placement) {
        (SchemeRole::Base, Placement::Basic) => vec![format!("{name}_user_name"), format!("{name}_password")],
        (_, Placement::All(parts)) => parts
            .iter()
            .filter(|part| part.role != SchemeRole::Base)
            .flat_map(|part| arguments_of(&SecurityScheme { role: SchemeRole::Base, ..part.clone() }))
            .collect(),
        (_, Placement::Basic) => vec!["user_name".to_owned(), "password".to_owned()],
        (SchemeRole::Base, _) => vec![name],
        _ => vec![names::snake(name.rsplit('_').next().unwrap_or(&name))],
    }
}

/// The call that gives a client with the credential; its arguments are texts where it has to compile.
fn call(scheme: &SecurityScheme, compiles: bool) -> String {
    let arguments = arguments_of(scheme).into_iter();
    let arguments = arguments.map(|name| if compiles { format!("\"{name}\"") } else { name });
    format!("{}({})", names::carrying(&scheme.name), arguments.collect::<Vec<_>>().join(", "))
}

/// The declaration of a scheme, with what clients get from it.
fn scheme(scheme: &SecurityScheme) -> Vec<String> {
    let arguments = arguments_of(scheme).join(", ");
    let head = match scheme.role {
        SchemeRole::Base if is_together(scheme) => names::snake(&scheme.name),
        SchemeRole::Base => format!("{}({arguments})", names::pascal(&scheme.name)),
        SchemeRole::Part => format!("{}({arguments})", names::snake(&scheme.name)),
        SchemeRole::Carried => format!("{}: {}", names::pascal(&scheme.name), call(scheme, false)),
        SchemeRole::Setting => format!("{}: {}", names::snake(&scheme.name), call(scheme, false)),
    };
    let mut lines = comment(&text::or_name(&scheme.description, &scheme.name), INDENT);
    lines.extend(scheme.not_sensitive.iter().map(|reason| text::not_secret(reason)));
    lines.push(format!("{INDENT}{head} ="));
    lines.push(format!("{INDENT}{INDENT}{};", expression(scheme)));
    lines
}

/// The scheme for the runtime.
fn expression(scheme: &SecurityScheme) -> String {
    let name = &scheme.name;
    let mut expression = match &scheme.placement {
        Placement::Bearer => format!("SecurityScheme::bearer({name:?})"),
        Placement::Basic => format!("SecurityScheme::basic({name:?})"),
        Placement::Header(header) => format!("SecurityScheme::header({name:?}, {header:?})"),
        Placement::Query(parameter) => format!("SecurityScheme::query({name:?}, {parameter:?})"),
        Placement::Cookie(cookie) => format!("SecurityScheme::cookie({name:?}, {cookie:?})"),
        Placement::All(parts) => {
            let parts: Vec<String> = parts.iter().map(expression).collect();
            format!("SecurityScheme::all({name:?}, &[{}])", parts.join(", "))
        }
        Placement::Unsent => format!("SecurityScheme::unsent({name:?})"),
    };
    if !scheme.parts.is_empty() {
        expression.push_str(&format!(".parts(&{:?})", scheme.parts));
    }
    if scheme.not_sensitive.is_some() {
        expression.push_str(".not_sensitive()");
    }
    expression
}

fn comment(text: &str, indent: &str) -> Vec<String> {
    text::comment(text, false, indent)
}
