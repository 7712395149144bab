//! The variables of the environment that hold credentials and base URLs.

use std::fmt::Write;

use generated_client::runtime::{SchemeRole, SecurityScheme, ServiceInfo};
use generated_client::services;

/// The variable with the base URL of a service: `DESCOPE_BASE_URL`.
pub(crate) fn base_url(service: &ServiceInfo) -> String {
    variable(service, "base_url")
}

/// The variable with the value of a security scheme: `DESCOPE_REFRESH_TOKEN`.
pub(crate) fn of(service: &ServiceInfo, scheme: &SecurityScheme) -> String {
    variable(service, scheme.name)
}

fn variable(service: &ServiceInfo, what: &str) -> String {
    format!("{}_{what}", service.spec.name).to_uppercase().replace('-', "_")
}

/// The variables of a service.
pub(crate) fn of_service(service: &ServiceInfo) -> Vec<String> {
    let schemes = service.spec.schemes.iter().map(|scheme| of(service, scheme));
    schemes.chain([base_url(service)]).collect()
}

/// All variables, with what each is.
pub(crate) fn all() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for service in services() {
        let title = service.spec.title;
        for scheme in service.spec.schemes {
            let mut what = first_sentence(&scheme.description());
            if scheme.role == SchemeRole::Base {
                what.push_str("; every call needs it");
            }
            all.push((of(service, scheme), what));
        }
        let what = match service.spec.base_url {
            Some(_) => format!("where {title} is, in place of the usual URL"),
            None => format!("where {title} is; every call needs it"),
        };
        all.push((base_url(service), what));
    }
    all
}

/// The variables as the help of the program lists them.
pub(crate) fn help() -> String {
    let all = all();
    let width = all.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for (name, what) in all {
        _ = writeln!(text, "  {name:width$}  {what}");
    }
    _ = writeln!(text, "  {:width$}  switches colours off", "NO_COLOR");
    text
}

/// The first sentence of a text, in one line and without its full stop.
fn first_sentence(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = line.split(". ").next().unwrap_or_default();
    sentence.trim_end_matches('.').to_owned()
}
