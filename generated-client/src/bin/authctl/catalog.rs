//! Operations by their names, and the names nearest to a mistyped one.

use generated_client::runtime::OperationInfo;
use generated_client::{descope, nhost};

use crate::cli::Service;
use crate::output::Fault;

/// All operations of a service.
pub(crate) fn operations(service: Service) -> Vec<&'static OperationInfo> {
    match service {
        Service::Descope => descope::operations(),
        Service::Nhost => nhost::operations(),
    }
}

/// The operation with this id.
pub(crate) fn find(service: Service, id: &str) -> Result<&'static OperationInfo, Fault> {
    let all = operations(service);
    if let Some(found) = all.iter().find(|info| info.spec.id == id) {
        return Ok(found);
    }
    let hint = did_you_mean(id, all.iter().map(|info| info.spec.id));
    let name = service_name(service);
    Err(Fault::usage(format!("`{}` is no operation of {name}{hint}", id.escape_debug())))
}

/// The groups of a service, each once.
pub(crate) fn groups(service: Service) -> Vec<&'static str> {
    let mut groups: Vec<_> = operations(service).iter().map(|info| info.group).collect();
    groups.dedup();
    groups
}

pub(crate) fn service_name(service: Service) -> &'static str {
    match service {
        Service::Descope => "descope",
        Service::Nhost => "nhost",
    }
}

/// Names the nearest of the names that there are, or where to look for one.
pub(crate) fn did_you_mean<'a>(given: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    const NEAR: f64 = 0.75;

    let near = |name: &'a str| (strsim::jaro_winkler(&given.to_lowercase(), &name.to_lowercase()), name);
    let nearest = names.into_iter().map(near).max_by(|one, other| one.0.total_cmp(&other.0));
    match nearest {
        Some((nearness, name)) if nearness > NEAR => format!("; did you mean `{name}`?"),
        _ => String::new(),
    }
}
