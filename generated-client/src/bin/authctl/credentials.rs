//! Credentials and settings, from the environment, a file or standard input.

use std::collections::BTreeMap;
use std::env::{self, VarError};

use generated_client::runtime::{
    AnyClient, Builder, Error, OperationInfo, Placement, RetryPolicy, SchemeRole, SecurityScheme,
};
use reqwest::Url;

use crate::catalog::Service;
use crate::cli::Call;
use crate::credential_file::{self, Said};
use crate::failed;
use crate::inputs;
use crate::output;
use crate::variables;

/// What is known of credentials and settings.
#[derive(Default)]
pub(crate) struct Settings {
    /// What the environment says, by the name of the variable.
    environment: BTreeMap<String, String>,
    /// What a file or standard input says, which goes before the environment.
    given: BTreeMap<String, String>,
    /// A credential that was given without a name.
    nameless: Option<String>,
}

impl Settings {
    /// Reads the environment, and what the command line names.
    pub(crate) fn read(call: &Call) -> Result<Self, Vec<String>> {
        let (mut settings, mut faults) = (Self::default(), Vec::new());
        for name in variables::of_service(call.service) {
            match env::var(&name) {
                Ok(value) if !value.is_empty() => _ = settings.environment.insert(name, value),
                Ok(_) | Err(VarError::NotPresent) => {}
                Err(VarError::NotUnicode(_)) => faults.push(format!("the value of {name} is not UTF-8")),
            }
        }
        match said(call) {
            Ok(said) => {
                settings.given = said.variables.into_iter().collect();
                settings.nameless = said.nameless;
            }
            Err(more) => faults.extend(more),
        }
        if faults.is_empty() { Ok(settings) } else { Err(faults) }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.given.get(name).or_else(|| self.environment.get(name)).map(String::as_str)
    }

    fn value(&self, service: Service, scheme: &SecurityScheme) -> Option<&str> {
        self.get(&variables::of(service, scheme))
    }

    /// The first credential that the operation accepts and that was given, with the name of its scheme. A credential that
    /// every client has doesn't count.
    fn carried(
        &self,
        service: Service,
        info: &OperationInfo,
    ) -> Result<Option<(&'static str, &str)>, String> {
        let named: Vec<&'static SecurityScheme> =
            info.spec.credentials.iter().filter_map(|name| service.spec.scheme(name)).collect();
        let wanted: Vec<_> =
            named.iter().copied().filter(|scheme| scheme.role == SchemeRole::Carried).collect();
        match (&self.nameless, wanted.first()) {
            (Some(credential), Some(scheme)) => return Ok(Some((scheme.name, credential))),
            (Some(_), None) => return Err(format!("`{}` is sent no credential of a user", info.spec.id)),
            (None, _) => {}
        }
        let found = wanted.iter().find_map(|scheme| Some((scheme.name, self.value(service, scheme)?)));
        let is_needed = !info.spec.credential_is_optional && !named.is_empty() && wanted.len() == named.len();
        match found {
            None if is_needed => {
                let variables: Vec<String> =
                    wanted.iter().map(|scheme| variables::of(service, scheme)).collect();
                Err(format!(
                    "`{}` needs a credential: set {}, or give it by `--credential-file` or `--credential-stdin`",
                    info.spec.id,
                    variables.join(" or "),
                ))
            }
            found => Ok(found),
        }
    }
}

impl Settings {
    /// The variables of the environment whose credentials would go to another server than the one that they are meant for.
    fn astray(&self, info: &OperationInfo, call: &Call, carried: Option<&str>) -> Vec<String> {
        let (url, usual) = self.servers(info, call);
        if call.send_environment_credentials || url.is_none() || is_same_server(url, usual.as_deref()) {
            return Vec::new();
        }
        let of_environment = |scheme: &&SecurityScheme| {
            let variable = variables::of(call.service, scheme);
            let is_replaced = self.given.contains_key(&variable)
                || (self.nameless.is_some() && carried == Some(scheme.name));
            self.environment.contains_key(&variable) && !is_replaced
        };
        let sent = sent(call.service, info, carried).into_iter();
        let secret = sent.filter(|scheme| !scheme.not_sensitive).filter(of_environment);
        secret.map(|scheme| variables::of(call.service, scheme)).collect()
    }
}

/// The schemes whose values go with a request: the credential that the client chooses for it, the parts of this, and what
/// every request has.
fn sent(service: Service, info: &OperationInfo, carried: Option<&str>) -> Vec<&'static SecurityScheme> {
    let schemes = service.spec.schemes;
    let is_base = |scheme: &&SecurityScheme| {
        scheme.role == SchemeRole::Base && info.spec.credentials.contains(&scheme.name)
    };
    let chosen = match carried {
        Some(name) => service.spec.scheme(name),
        None => schemes.iter().find(is_base),
    };
    let names: Vec<&str> = chosen.into_iter().flat_map(joined).collect();
    let is_sent = |scheme: &&SecurityScheme| match scheme.role {
        SchemeRole::Setting => scheme.placement != Placement::Unsent,
        _ => names.contains(&scheme.name),
    };
    schemes.iter().filter(is_sent).collect()
}

/// The names of a scheme, and of the schemes whose values are sent with its own.
fn joined(scheme: &SecurityScheme) -> Vec<&'static str> {
    let together = match scheme.placement {
        Placement::All(schemes) => schemes,
        _ => &[],
    };
    let names = [scheme.name].into_iter().chain(scheme.parts.iter().copied());
    names.chain(together.iter().flat_map(joined)).collect()
}

impl Settings {
    /// Where the request goes, if an option or a variable says so, and where it would go otherwise.
    fn servers<'a>(&'a self, info: &OperationInfo, call: &'a Call) -> (Option<&'a str>, Option<String>) {
        let variable = variables::base_url(call.service);
        let usual = self.usual(call.service);
        let set = info.spec.server.and_then(|of_operation| {
            let is_set = |(name, _): &&(String, String)| is_same_url(name, of_operation);
            let (_, url) = call.server.iter().rfind(is_set)?;
            Some((url.as_str(), of_operation))
        });
        match set {
            Some((url, of_operation)) if of_operation.starts_with('/') => (Some(url), usual),
            Some((url, of_operation)) => (Some(url), Some(of_operation.to_owned())),
            None => (call.base_url.as_deref().or(self.get(&variable)), usual),
        }
    }

    /// Where the service is by the environment alone: at its base URL there, or where its values there lead, such as a
    /// project that belongs to a region.
    fn usual(&self, service: Service) -> Option<String> {
        if let Some(url) = self.environment.get(&variables::base_url(service)) {
            return Some(url.clone());
        }
        let schemes = service.spec.schemes.iter().filter(|scheme| is_given(scheme));
        let values = schemes
            .filter_map(|scheme| Some((scheme.name, self.environment.get(&variables::of(service, scheme))?)));
        values.fold(service.builder(), |builder, (name, value)| builder.value(name, value)).usual_base_url()
    }
}

/// Whether the builder of a client takes the value of a scheme.
fn is_given(scheme: &SecurityScheme) -> bool {
    scheme.role != SchemeRole::Carried && !matches!(scheme.placement, Placement::All(_))
}

/// What a file or standard input says, if the command line names one of them.
fn said(call: &Call) -> Result<Said, Vec<String>> {
    match &call.credential_file {
        Some(path) => credential_file::read(path),
        None if call.credential_stdin => {
            let line = inputs::secret_line("credential");
            credential_file::parse(&line.map_err(|why| vec![format!("the credential {why}")])?)
        }
        None => Ok(Said::default()),
    }
}

/// A slash at the end of a URL makes no difference.
fn is_same_url(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}

/// Whether two URLs lead to the same scheme, host and port.
fn is_same_server(one: Option<&str>, other: Option<&str>) -> bool {
    let origin = |url: Option<&str>| Some(Url::parse(url?).ok()?.origin().ascii_serialization());
    origin(one) == origin(other)
}

/// The client that a call is made with, or all that it lacks.
pub(crate) fn client(
    info: &OperationInfo,
    call: &Call,
    settings: &Settings,
) -> Result<AnyClient, Vec<String>> {
    let mut missing = Vec::new();
    let mut builder = with_values(configured(call.service.builder(), call), call, settings, &mut missing);
    match headers(call) {
        Ok(headers) => {
            builder = headers.iter().fold(builder, |builder, (name, value)| builder.header(name, value));
        }
        Err(faults) => missing.extend(faults),
    }
    // Of a value that isn't there, the builder would only repeat what is said already.
    let is_complete = missing.is_empty();
    let carried = settings.carried(call.service, info).unwrap_or_else(|why| {
        missing.push(why);
        None
    });
    missing.extend(settings.astray(info, call, carried.map(|(scheme, _)| scheme)).into_iter().map(|name| {
        format!(
            "{name} is set in the environment, and {}: give the credential by `--credential-file` or \
             `--credential-stdin`, or add `--send-environment-credentials`",
            other_server(info, call)
        )
    }));
    match is_complete.then(|| built(builder, carried)) {
        Some(Ok(client)) if missing.is_empty() => return Ok(client),
        Some(Err(error)) => missing.push(failed::text(&error)),
        _ => {}
    }
    Err(missing)
}

/// What leads to another server than that of the environment.
fn other_server(info: &OperationInfo, call: &Call) -> &'static str {
    match (info.spec.server, &call.base_url) {
        (Some(_), _) if !call.server.is_empty() => "`--server` names another server than the service",
        (_, Some(_)) => "`--base-url` names another server than the environment",
        (_, None) => "the base URL beside the credential names another server than the environment",
    }
}

/// The builder with the values that all clients of the service have, and the base URL. What is needed and not set is added
/// to what is missing.
fn with_values(
    mut builder: Builder<AnyClient>,
    call: &Call,
    settings: &Settings,
    missing: &mut Vec<String>,
) -> Builder<AnyClient> {
    let service = call.service;
    for scheme in service.spec.schemes {
        match (scheme.role, settings.value(service, scheme)) {
            _ if !is_given(scheme) => {}
            (_, Some(value)) => builder = builder.value(scheme.name, value),
            (SchemeRole::Base, None) => {
                let (variable, title) = (variables::of(service, scheme), service.spec.title);
                missing.push(format!("{variable} is not set; every call to {title} needs it"));
            }
            (_, None) => {}
        }
    }
    let variable = variables::base_url(service);
    match call.base_url.as_deref().or(settings.get(&variable)) {
        Some(url) => builder.base_url(url),
        None => {
            if service.spec.base_url.is_none() {
                missing.push(format!("{variable} is not set; give it or `--base-url`"));
            }
            builder
        }
    }
}

/// The headers that the options ask for, or all that is wrong with the options. No fault repeats a value.
fn headers(call: &Call) -> Result<Vec<(&str, String)>, Vec<String>> {
    let (mut headers, mut faults) = (Vec::<(&str, String)>::new(), Vec::new());
    for option in &call.header {
        let Some((name, given)) = option.split_once('=') else {
            faults.push("`--header` takes a name and a value: write `--header NAME=VALUE`".to_owned());
            continue;
        };
        let shown = name.escape_debug();
        if headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) {
            faults.push(format!(
                "the header `{shown}` is given twice: keep one `--header`, with all values of the header in it"
            ));
            continue;
        }
        if inputs::is_on_command_line(given) {
            output::warn(&format!(
                "the header `{shown}` may be a secret, and other users of this machine can see it; `--header {shown}=-` \
                 reads it from standard input, `--header {shown}=@file` from a file"
            ));
        }
        if let Some(why) = inputs::open_to_others(given) {
            output::warn(&format!("the header `{shown}` may be a secret, and {why}"));
        }
        match inputs::value(name, given, true) {
            Ok(value) => headers.push((name, value)),
            Err(why) => faults.push(format!("the header `{shown}` {why}")),
        }
    }
    if faults.is_empty() { Ok(headers) } else { Err(faults) }
}

fn built(builder: Builder<AnyClient>, carried: Option<(&str, &str)>) -> Result<AnyClient, Error<String>> {
    let client = builder.build()?;
    match carried {
        Some((scheme, value)) => client.with_value(scheme, value),
        None => Ok(client),
    }
}

/// The builder with the settings that the options name.
fn configured(mut builder: Builder<AnyClient>, call: &Call) -> Builder<AnyClient> {
    if let Some(timeout) = call.timeout {
        builder = builder.timeout(timeout);
    }
    if let Some(timeout) = call.attempt_timeout {
        builder = builder.attempt_timeout(timeout);
    }
    if let Some(timeout) = call.connect_timeout {
        builder = builder.connect_timeout(timeout);
    }
    if let Some(retries) = call.retries {
        builder = builder.retry_policy(RetryPolicy::new().max_attempts(retries.saturating_add(1)));
    }
    if let Some(bytes) = call.max_body {
        builder = builder.max_body(bytes);
    }
    if let Some(bytes) = call.max_error_body {
        builder = builder.max_error_body(bytes);
    }
    if call.allow_insecure_http {
        builder = builder.allow_insecure_http();
    }
    for (server, url) in &call.server {
        builder = builder.server(server, url);
    }
    call.app_scheme.iter().fold(builder, |builder, scheme| builder.app_scheme(scheme))
}
