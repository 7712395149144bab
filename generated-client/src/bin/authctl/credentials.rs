//! Credentials and settings, from the environment, a file or standard input.

use std::collections::BTreeMap;
use std::env;

use generated_client::runtime::{Builder, OperationInfo, RetryPolicy, Service as Described};
use generated_client::{descope, nhost};

use crate::caller::Caller;
use crate::cli::{Call, Service};
use crate::inputs;

const PROJECT: &str = "DESCOPE_PROJECT_ID";
const AUTH_MANAGEMENT_KEY: &str = "DESCOPE_AUTH_MANAGEMENT_KEY";
const DESCOPE_BASE_URL: &str = "DESCOPE_BASE_URL";
const NHOST_BASE_URL: &str = "NHOST_BASE_URL";

/// The variable of each credential that a client can carry, by service and security scheme.
const CARRIED: &[(Service, &str, &str)] = &[
    (Service::Descope, "refresh_token", "DESCOPE_REFRESH_TOKEN"),
    (Service::Descope, "session_token", "DESCOPE_SESSION_TOKEN"),
    (Service::Descope, "access_key", "DESCOPE_ACCESS_KEY"),
    (Service::Descope, "management_key", "DESCOPE_MANAGEMENT_KEY"),
    (Service::Nhost, "access_token", "NHOST_ACCESS_TOKEN"),
];

const OTHERS: [&str; 4] = [PROJECT, AUTH_MANAGEMENT_KEY, DESCOPE_BASE_URL, NHOST_BASE_URL];

/// What is known of credentials and settings.
#[derive(Default)]
pub(crate) struct Settings {
    /// By the name of the variable; those of a file go before those of the environment.
    variables: BTreeMap<&'static str, String>,
    /// A credential that was given without a name.
    nameless: Option<String>,
}

impl Settings {
    /// Reads the environment, and what the command line names.
    pub(crate) fn read(call: &Call) -> Result<Self, String> {
        let mut settings = Self::default();
        for name in variables() {
            if let Ok(value) = env::var(name)
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
            let named =
                variables().find_map(|name| Some((name, line.strip_prefix(name)?.strip_prefix('=')?)));
            match named {
                Some((name, value)) => {
                    self.variables.insert(name, value.to_owned());
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

    /// The first of the credentials that the operation names and that there is, by its scheme. The project ID is no such
    /// credential: every client has it.
    fn carried(
        &self,
        service: Service,
        info: &OperationInfo,
    ) -> Result<Option<(&'static str, &str)>, String> {
        let wanted = || {
            let of_scheme =
                |scheme| CARRIED.iter().find(move |(of, name, _)| *of == service && name == scheme);
            info.spec.credentials.iter().filter_map(of_scheme)
        };
        match (&self.nameless, wanted().next()) {
            (Some(credential), Some((_, scheme, _))) => return Ok(Some((scheme, credential))),
            (Some(_), None) => return Err(format!("`{}` is sent no credential of a user", info.spec.id)),
            (None, _) => {}
        }
        let found = wanted().find_map(|(_, scheme, variable)| Some((*scheme, self.get(variable)?)));
        let is_needed = !info.spec.credential_is_optional
            && !info.spec.credentials.is_empty()
            && !info.spec.credentials.contains(&"project_id");
        match found {
            None if is_needed => {
                let variables: Vec<&str> = wanted().map(|(_, _, variable)| *variable).collect();
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

fn variables() -> impl Iterator<Item = &'static str> {
    CARRIED.iter().map(|(_, _, variable)| *variable).chain(OTHERS)
}

/// The client that a call is made with, or all that it lacks.
pub(crate) fn client(
    info: &OperationInfo,
    call: &Call,
    settings: &Settings,
) -> Result<Box<dyn Caller>, Vec<String>> {
    let carried = settings.carried(call.service, info);
    let base = match call.service {
        Service::Descope => {
            settings.get(PROJECT).ok_or(format!("{PROJECT} is not set; every call to Descope needs it"))
        }
        Service::Nhost => {
            let base_url = call.base_url.as_deref().or(settings.get(NHOST_BASE_URL));
            base_url.ok_or(format!("{NHOST_BASE_URL} is not set; give it or `--base-url`"))
        }
    };
    match (base, carried) {
        (Ok(base), Ok(carried)) => match call.service {
            Service::Descope => descope_client(base, carried, call, settings).map_err(|why| vec![why]),
            Service::Nhost => nhost_client(base, carried, call).map_err(|why| vec![why]),
        },
        (base, carried) => Err(base.err().into_iter().chain(carried.err()).collect()),
    }
}

fn descope_client(
    project: &str,
    carried: Option<(&str, &str)>,
    call: &Call,
    settings: &Settings,
) -> Result<Box<dyn Caller>, String> {
    let mut builder = descope::Client::builder(project);
    if let Some(url) = call.base_url.as_deref().or(settings.get(DESCOPE_BASE_URL)) {
        builder = builder.base_url(url);
    }
    if let Some(key) = settings.get(AUTH_MANAGEMENT_KEY) {
        builder = builder.auth_management_key(key);
    }
    let client = timed(builder, call).build().map_err(|error| error.to_string())?;
    Ok(match carried {
        Some(("refresh_token", secret)) => Box::new(client.with_refresh_token(secret)),
        Some(("session_token", secret)) => Box::new(client.with_session_token(secret)),
        Some(("access_key", secret)) => Box::new(client.with_access_key(secret)),
        Some(("management_key", secret)) => Box::new(client.with_management_key(secret)),
        _ => Box::new(client),
    })
}

fn nhost_client(
    base_url: &str,
    carried: Option<(&str, &str)>,
    call: &Call,
) -> Result<Box<dyn Caller>, String> {
    let client = timed(nhost::Client::builder(base_url), call).build().map_err(|error| error.to_string())?;
    Ok(match carried {
        Some((_, secret)) => Box::new(client.with_access_token(secret)),
        None => Box::new(client),
    })
}

fn timed<S: Described>(mut builder: Builder<S>, call: &Call) -> Builder<S> {
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
