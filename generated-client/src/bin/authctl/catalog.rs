//! Services and operations by their names, and the names nearest to a mistyped one.

use generated_client::runtime::{OperationInfo, ServiceInfo};
use generated_client::services;

use crate::output::Fault;

/// One of the services.
pub(crate) type Service = &'static ServiceInfo;

/// The service with this name.
pub(crate) fn service(name: &str) -> Option<Service> {
    services().iter().copied().find(|service| service.spec.name == name)
}

/// The names of all services.
pub(crate) fn names() -> Vec<&'static str> {
    services().iter().map(|service| service.spec.name).collect()
}

/// The operation with this id.
pub(crate) fn find(service: Service, id: &str) -> Result<&'static OperationInfo, Fault> {
    let all = (service.operations)();
    if let Some(found) = all.iter().find(|info| info.spec.id == id) {
        return Ok(found);
    }
    let name = service.spec.name;
    let hint = match owner(id) {
        Some(owner) => format!("; it is one of {owner}: write `{owner} {id}`", owner = owner.spec.name),
        None => did_you_mean(id, all.iter().map(|info| info.spec.id)),
    };
    Err(Fault::usage(format!("`{}` is no operation of {name}{hint}", id.escape_debug())))
}

/// The service that has an operation with this id.
pub(crate) fn owner(id: &str) -> Option<Service> {
    let has = |service: &Service| (service.operations)().iter().any(|info| info.spec.id == id);
    services().iter().copied().find(has)
}

/// The groups of a service, each once.
pub(crate) fn groups(service: Service) -> Vec<&'static str> {
    let mut groups: Vec<_> = (service.operations)().iter().map(|info| info.group).collect();
    groups.dedup();
    groups
}

/// The nearest of the names that there are, if one is near.
pub(crate) fn nearest<'a>(given: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const NEAR: f64 = 0.75;

    let near = |name: &'a str| (strsim::jaro_winkler(&given.to_lowercase(), &name.to_lowercase()), name);
    let nearest = names.into_iter().map(near).max_by(|one, other| one.0.total_cmp(&other.0));
    nearest.filter(|(nearness, _)| *nearness > NEAR).map(|(_, name)| name)
}

/// Names the nearest of the names that there are, if one is near.
pub(crate) fn did_you_mean<'a>(given: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    nearest(given, names).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}
