//! Reads the files of the services, and finds in each service how deep its schemas are nested and what its `allOf`s join.

use std::collections::BTreeMap;

use super::dialect;
use super::file::{SpecFile, file_name};
use super::join::Joined;
use super::nesting::Nesting;
use super::reference::Definitions;
use super::site;
use crate::fault::{Fault, Location};
use crate::input::InputFile;
use crate::source::{self, Node};

/// The files of a service.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) files: Vec<SpecFile>,
    pub(crate) nesting: Nesting,
    /// What stands for each `allOf` in them.
    pub(crate) joined: Joined,
}

/// The file of a service that says where its spec differs from the vendor's document. It is no document of OpenAPI.
pub(crate) const DIFFERENCES: &str = "differences.yaml";

impl Service {
    /// A document that is one file, such as a vendor's.
    pub(crate) fn of_document(path: &str, root: Node) -> Self {
        Self::new(vec![SpecFile::new(path, file_name(path), Some(root))])
    }

    pub(crate) fn new(files: Vec<SpecFile>) -> Self {
        let (sites, definitions) = (site::list(&files), Definitions::new(&files));
        let nesting = Nesting::of(&sites, &definitions);
        let joined = Joined::of(&sites, definitions, &nesting);
        drop(sites);
        Self { files, nesting, joined }
    }
}

/// Reads the files of all services, and sorts them by service and name. `inputs` maps the path of each file, such as
/// `spec/descope/oauth.yaml`, to its bytes.
pub(crate) fn read_services(
    inputs: &BTreeMap<String, impl InputFile>,
    faults: &mut Vec<Fault>,
) -> BTreeMap<String, Service> {
    let mut services: BTreeMap<String, Vec<SpecFile>> = BTreeMap::new();
    let is_document = |path: &str| service_and_name(path).is_none_or(|(_, name)| name != DIFFERENCES);
    for (path, input) in inputs.iter().filter(|(path, _)| is_document(path)) {
        let bytes = match input.bytes() {
            Ok(bytes) => bytes,
            Err(reason) => {
                faults.push(unreadable(path, reason));
                // Other files may refer to it. Their references aren't faults.
                if let Some((service, name)) =
                    service_and_name(path).filter(|(_, name)| name.ends_with(".yaml"))
                {
                    services.entry(service.to_owned()).or_default().push(SpecFile::new(path, name, None));
                }
                continue;
            }
        };
        let Some((service, name)) = service_and_name(path) else {
            let what = format!("`{path}` isn't in the folder of a service");
            let help = "move it to `spec/<service>/<group>.yaml`, or delete it";
            faults.push(source::file_fault(path, bytes, "file-name", what, help));
            continue;
        };
        let files = services.entry(service.to_owned()).or_default();
        let role = ["openapi.yaml", "common.yaml"].into_iter().find(|role| name.eq_ignore_ascii_case(role));
        if let Some(meant) = role.filter(|role| *role != name) {
            let what = format!("`{name}` is written with capitals");
            faults.push(source::file_fault(
                path,
                bytes,
                "file-name",
                what,
                format!("name the file `{meant}`"),
            ));
            if !inputs.contains_key(&format!("spec/{service}/{meant}")) {
                files.push(SpecFile::new(path, meant, None));
            }
            continue;
        }
        if name.ends_with(".yaml") {
            let (mut root, found) = source::read(path, bytes);
            faults.extend(found);
            root.iter_mut().for_each(|root| dialect::read(root, faults));
            files.push(SpecFile::new(path, name, root));
            continue;
        }
        let meant = format!("{}.yaml", name.split_once('.').map_or(name, |(stem, _)| stem));
        let is_there = inputs.contains_key(&format!("spec/{service}/{meant}"));
        faults.push(wrong_ending(path, bytes, name, &meant, is_there));
        if !is_there {
            // Other files refer to the file that is meant. Their references aren't faults.
            files.push(SpecFile::new(path, &meant, None));
        }
    }
    services.into_iter().map(|(name, files)| (name, Service::new(files))).collect()
}

fn unreadable(path: &str, reason: &str) -> Fault {
    let what = format!("`{path}` can't be read: {reason}");
    let location = Location { file: path.to_owned(), line: 1, column: 1, len: 1 };
    Fault::at("unreadable-file", location, "", what, "make it a file that can be read, or delete it")
}

fn wrong_ending(path: &str, bytes: &[u8], name: &str, meant: &str, is_there: bool) -> Fault {
    let what = format!("`{name}` isn't read, because its name doesn't end with `.yaml`");
    let help = if is_there {
        format!("delete it, or add what it says to `{meant}`")
    } else {
        format!("write the document in YAML, and name the file `{meant}`")
    };
    source::file_fault(path, bytes, "file-name", what, help)
}

/// The folder and the name of a file: `descope` and `oauth.yaml`, of `spec/descope/oauth.yaml`.
fn service_and_name(path: &str) -> Option<(&str, &str)> {
    let (service, name) = path.strip_prefix("spec/")?.split_once('/')?;
    (!service.is_empty() && !name.contains('/')).then_some((service, name))
}
