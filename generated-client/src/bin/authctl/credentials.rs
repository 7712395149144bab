//! Credentials and settings, from the environment, a file or standard input.

use std::collections::BTreeMap;
use std::env;

use generated_client::runtime::{
    AnyClient, Builder, Error, OperationInfo, RetryPolicy, SchemeRole, SecurityScheme,
};

use crate::catalog::Service;
use crate::cli::Call;
use crate::inputs;
use crate::variables;

/// What is known of credentials and settings.
#[derive(Default)]
pub(crate) struct Settings {
    /// By the name of the variable; those of a file go before those of the environment.
    variables: BTreeMap<String, String>,
    /// A credential that was given without a name.
    nameless: Option<String>,
}

impl Settings {
    /// Reads the environment, and what the command line names.
    pub(crate) fn read(call: &Call) -> Result<Self, String> {
        let mut settings = Self::default();
        for (name, _) in variables::all() {
            if let Ok(value) = env::var(&name)
                && !value.is_empty()
            {
                settings.variables.insert(name, value);
            }
        }
        let unreadable = |why: String| format!("the credential {why}");
        if let Some(path) = &call.credential_file {
            settings.add(&inputs::file(path).map_err(unreadable)?)?;
        } else if call.credential_stdin {
            settings.add(&inputs::line().map_err(unreadable)?)?;
        }
        Ok(settings)
    }

    /// Lines that set variables, or a credential by itself.
    fn add(&mut self, text: &str) -> Result<(), String> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        for line in lines {
            let named = variables::all().into_iter().find_map(|(name, _)| {
                let value = line.strip_prefix(&name)?.strip_prefix('=')?;
                Some((name, value.to_owned()))
            });
            match named {
                Some((name, value)) => {
                    self.variables.insert(name, value);
                }
                None if self.nameless.is_none() => self.nameless = Some(line.to_owned()),
                None => {
                    return Err("the credential has several lines without the name of a variable".to_owned());
                }
            }
        }
        Ok(())
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }

    fn value(&self, service: Service, scheme: &SecurityScheme) -> Option<&str> {
        self.get(&variables::of(service, scheme))
    }

    /// The first of the credentials that the operation names and that there is, by its scheme. What every client has is no
    /// such credential.
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

/// The client that a call is made with, or all that it lacks.
pub(crate) fn client(
    info: &OperationInfo,
    call: &Call,
    settings: &Settings,
) -> Result<AnyClient, Vec<String>> {
    let service = call.service;
    let mut missing = Vec::new();
    let mut builder = timed(service.builder(), call);
    for scheme in service.spec.schemes {
        match (scheme.role, settings.value(service, scheme)) {
            (SchemeRole::Carried, _) => {}
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
        Some(url) => builder = builder.base_url(url),
        None if service.spec.base_url.is_none() => {
            missing.push(format!("{variable} is not set; give it or `--base-url`"));
        }
        None => {}
    }
    match settings.carried(service, info) {
        Err(why) => missing.push(why),
        Ok(carried) if missing.is_empty() => {
            return built(builder, carried).map_err(|error| vec![error.to_string()]);
        }
        Ok(_) => {}
    }
    Err(missing)
}

fn built(builder: Builder<AnyClient>, carried: Option<(&str, &str)>) -> Result<AnyClient, Error<String>> {
    let client = builder.build()?;
    match carried {
        Some((scheme, value)) => client.with_value(scheme, value),
        None => Ok(client),
    }
}

fn timed(mut builder: Builder<AnyClient>, call: &Call) -> Builder<AnyClient> {
    if let Some(timeout) = call.timeout {
        builder = builder.timeout(timeout);
    }
    if let Some(timeout) = call.attempt_timeout {
        builder = builder.attempt_timeout(timeout);
    }
    if let Some(retries) = call.retries {
        builder = builder.retries(RetryPolicy::new().attempts(retries.saturating_add(1)));
    }
    if call.allow_insecure_http {
        builder = builder.allow_insecure_http();
    }
    builder
}
