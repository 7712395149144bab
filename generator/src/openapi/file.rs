//! The files of a service, and what each is for.

use std::collections::BTreeMap;

use crate::fault::Fault;
use crate::source::{self, Node};

/// One file of a service.
#[derive(Debug)]
pub(crate) struct SpecFile {
    /// The path as the caller gave it: `spec/descope/oauth.yaml`.
    pub(crate) path: String,
    /// `oauth.yaml`.
    pub(crate) name: String,
    pub(crate) role: FileRole,
    /// `None` if it isn't YAML.
    pub(crate) root: Option<Node>,
}

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileRole {
    /// `openapi.yaml` says what holds for the whole service.
    Service,
    /// `common.yaml` holds what several groups share.
    Common,
    /// Every other file holds the operations of a group.
    Group,
}

impl SpecFile {
    /// The name without its ending: `oauth`.
    pub(crate) fn stem(&self) -> &str {
        stem(&self.name)
    }
}

/// The name of a file without its ending.
pub(crate) fn stem(name: &str) -> &str {
    name.strip_suffix(".yaml").unwrap_or(name)
}

/// The last part of a path.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Reads the files of all services, and sorts them by service and name. `inputs` maps the path of each file, such as
/// `spec/descope/oauth.yaml`, to its text.
pub(crate) fn read_services(
    inputs: &BTreeMap<String, String>,
    faults: &mut Vec<Fault>,
) -> BTreeMap<String, Vec<SpecFile>> {
    let mut services: BTreeMap<String, Vec<SpecFile>> = BTreeMap::new();
    for (path, text) in inputs {
        let mut parts = path.rsplit('/');
        let (name, service) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if !name.ends_with(".yaml") || service.is_empty() {
            let what = format!("`{path}` isn't a file of a service");
            faults.push(Fault::without_location("file-name", what, "name it `<service>/<group>.yaml`"));
            continue;
        }
        let role = match name {
            "openapi.yaml" => FileRole::Service,
            "common.yaml" => FileRole::Common,
            _ => FileRole::Group,
        };
        let (root, found) = source::read(path, text);
        faults.extend(found);
        let file = SpecFile { path: path.clone(), name: name.to_owned(), role, root };
        services.entry(service.to_owned()).or_default().push(file);
    }
    services
}
