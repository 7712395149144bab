//! From the files of a service to one document: everything is read, checked and put together.
//!
//! What comes out holds `$ref`s to schemas only, all of them in the document itself; parameters stand with the
//! operations, never with the paths. A response or parameter that was referred to says where it is defined.

mod merge;

use std::collections::BTreeMap;

use openapiv3::{OpenAPI, PathItem, ReferenceOr, Schema};

use crate::check::{self, File, Role, Survey};
use crate::fault::{Fault, Faults};
use crate::source::{self, Node};

/// The member of a response or parameter that stands for a reference: `common#BadRequest`. No file can have it, since the checks
/// refuse extensions that they don't know.
pub(crate) const COMPONENT: &str = "x-component";

/// One service whose files are without fault.
#[derive(Clone, Debug)]
pub(crate) struct Bundle {
    /// The folder's name: `descope`.
    pub(crate) service: String,
    /// In the order of their file names.
    pub(crate) groups: Vec<Group>,
    /// For each schema the stem of the file that defines it: `oauth`, or `common`.
    pub(crate) schema_home: BTreeMap<String, String>,
    tree: Node,
}

/// A file with operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    /// The file's name without its ending, which is also the tag: `enchanted-link`.
    pub(crate) stem: String,
    /// The title of the document.
    pub(crate) title: String,
    /// The description of the tag in `openapi.yaml`.
    pub(crate) description: Option<String>,
    /// The file: `spec/descope/enchanted-link.yaml`.
    pub(crate) file: String,
}

impl Bundle {
    /// The document as it was written: members are in the order of the spec, and no default is filled in.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        self.tree.to_json()
    }

    /// What openapiv3 can't read of the document, if there is any such thing. The checks know all that it asks for; should
    /// they ever know less, this finds the place.
    pub(crate) fn unreadable(&self) -> Option<Fault> {
        let error = serde_json::from_value::<OpenAPI>(self.tree.to_json()).err()?;
        let of = |node: Option<&Node>| node.map(Node::entries).unwrap_or_default().to_vec();
        let paths = of(self.tree.get("paths")).into_iter();
        let paths = paths.map(|(key, path)| (key, serde_json::from_value::<PathItem>(path.to_json()).err()));
        let schemas = of(self.tree.get("components").and_then(|components| components.get("schemas")));
        let schemas = schemas.into_iter().map(|(key, schema)| {
            (key, serde_json::from_value::<ReferenceOr<Schema>>(schema.to_json()).err())
        });
        let found = paths.chain(schemas).find_map(|(key, error)| Some((key, error?)));
        let (at, error) = found.unwrap_or_else(|| (self.tree.clone(), error));
        let what = format!("openapiv3 can't read this: {error}");
        Some(at.fault("openapi", what, "compare it with the OpenAPI 3.0.3 specification"))
    }
}

/// Reads, checks and bundles all services. `inputs` maps each file, such as `spec/descope/oauth.yaml`, to its text.
///
/// # Errors
/// All faults of all files.
pub(crate) fn load(inputs: &BTreeMap<String, String>) -> Result<Vec<Bundle>, Faults> {
    let mut faults = Vec::new();
    let services = read_services(inputs, &mut faults);
    let surveys: Vec<Survey<'_>> = services.iter().map(|(name, files)| Survey::new(name, files)).collect();
    for survey in &surveys {
        faults.extend(check::run(survey));
    }
    let faults = Faults::new(faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    surveys.iter().map(bundle).collect()
}

/// The files of each service, in the order of their names.
fn read_services(inputs: &BTreeMap<String, String>, faults: &mut Vec<Fault>) -> BTreeMap<String, Vec<File>> {
    let mut services: BTreeMap<String, Vec<File>> = BTreeMap::new();
    for (path, text) in inputs {
        let mut parts = path.rsplit('/');
        let (name, service) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if !name.ends_with(".yaml") || service.is_empty() {
            let what = format!("`{path}` isn't a file of a service");
            faults.push(Fault::without_place("file-name", what, "name it `<service>/<group>.yaml`"));
            continue;
        }
        let role = match name {
            "openapi.yaml" => Role::Service,
            "common.yaml" => Role::Common,
            _ => Role::Group,
        };
        let (root, found) = source::read(path, text);
        faults.extend(found);
        let file = File { path: path.clone(), name: name.to_owned(), role, root };
        services.entry(service.to_owned()).or_default().push(file);
    }
    services
}

fn bundle(survey: &Survey<'_>) -> Result<Bundle, Faults> {
    let root = survey.file("openapi.yaml").and_then(|file| file.root.as_ref());
    let root = root.ok_or_else(|| Faults::new([check::missing_service_file(survey.service)]))?;
    let tree = merge::merge(survey, root);
    let homes = survey.defined("schemas").map(|(file, name, _)| (name.to_owned(), stem(file).to_owned()));
    Ok(Bundle {
        service: survey.service.to_owned(),
        groups: survey
            .files
            .iter()
            .filter(|file| file.role == Role::Group)
            .map(|file| group(file, root))
            .collect(),
        schema_home: homes.collect(),
        tree,
    })
}

fn stem(file: &str) -> &str {
    file.strip_suffix(".yaml").unwrap_or(file)
}

fn group(file: &File, service: &Node) -> Group {
    let info = file.root.as_ref().and_then(|root| root.get("info"));
    let tags = service.get("tags").map(Node::items).unwrap_or_default();
    let tag = tags.iter().find(|tag| tag.text_of("name") == Some(file.stem()));
    Group {
        stem: file.stem().to_owned(),
        title: info.and_then(|info| info.text_of("title")).unwrap_or_default().to_owned(),
        description: tag.and_then(|tag| tag.text_of("description")).map(str::to_owned),
        file: file.path.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A service that uses everything that is allowed.
    fn depot() -> BTreeMap<String, String> {
        let file = |name: &str, text: &str| (format!("spec/depot/{name}.yaml"), text.to_owned());
        BTreeMap::from([
            file("openapi", include_str!("../../tests/cases/mutants/spec/depot/openapi.yaml")),
            file("common", include_str!("../../tests/cases/mutants/spec/depot/common.yaml")),
            file("parcels", include_str!("../../tests/cases/mutants/spec/depot/parcels.yaml")),
        ])
    }

    #[test]
    fn everything_that_is_allowed_passes() {
        let bundles = load(&depot()).unwrap_or_else(|faults| panic!("{faults}"));
        let [bundle] = bundles.as_slice() else { panic!("one service, not {}", bundles.len()) };
        let homes: Vec<&str> = bundle.schema_home.values().map(String::as_str).collect();
        assert_eq!((bundle.service.as_str(), homes), ("depot", vec!["common"; 8]));
        let group = Group {
            stem: "parcels".to_owned(),
            title: "Parcels".to_owned(),
            description: Some("Send and follow parcels.".to_owned()),
            file: "spec/depot/parcels.yaml".to_owned(),
        };
        assert_eq!(bundle.groups, [group]);
    }

    #[test]
    fn only_schemas_are_referred_to() {
        let bundles = load(&depot()).unwrap_or_else(|faults| panic!("{faults}"));
        let document = bundles[0].to_json();
        let get = &document["paths"]["/parcels/{id}"]["get"];
        assert_eq!(get["parameters"][0]["name"], "id", "the parameters of the path come first");
        assert_eq!(get["parameters"][1]["name"], "locale");
        assert_eq!(get["responses"]["302"]["headers"]["Location"]["required"], true);
        assert_eq!(get["responses"]["404"]["x-error-codes"][0], "too-heavy");
        let schema = &get["responses"]["200"]["content"]["application/json"]["schema"];
        assert_eq!(schema["$ref"], "#/components/schemas/Parcel");
        let example = &document["paths"]["/parcels"]["post"]["requestBody"]["content"]["application/json"];
        assert_eq!(example["examples"]["light"]["value"]["weight"], 1);
    }

    #[test]
    fn the_line_endings_of_windows_make_no_difference() {
        let windows = depot().into_iter().map(|(file, text)| (file, text.replace('\n', "\r\n"))).collect();
        let of = |inputs| load(&inputs).map(|bundles| bundles[0].to_json().to_string());
        assert_eq!(of(windows), of(depot()));
    }
}
