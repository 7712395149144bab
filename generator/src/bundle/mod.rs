//! Makes one document of the files of a service.
//!
//! Each `allOf` is joined, unless the document is for other tools. The document holds `$ref`s to its own schemas only, and
//! parameters and servers stand with the operations, never with the paths.
//! A response or parameter that was referred to says in `x-component` where it is defined.

mod export;
mod merge;
mod target;

use std::collections::BTreeMap;

use openapiv3::{OpenAPI, PathItem, ReferenceOr, Schema};

use crate::fault::Fault;
use crate::openapi::file::{FileRole, SpecFile, stem};
use crate::openapi::survey::Survey;
use crate::source::Node;

pub(crate) use merge::COMPONENT;

use merge::{AllOf, Merging};

/// One service, as one document.
#[derive(Debug)]
pub(crate) struct Bundle<'s, 'a> {
    survey: &'s Survey<'a>,
    /// The root of `openapi.yaml`.
    root: &'a Node,
    /// In the order of their file names.
    pub(crate) groups: Vec<Group>,
    /// For each schema the stem of the file that defines it: `oauth`, or `common`.
    pub(crate) schema_home: BTreeMap<String, String>,
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

impl Bundle<'_, '_> {
    /// The name of the service's folder: `descope`.
    pub(crate) fn service(&self) -> &str {
        self.survey.service
    }

    /// The document: members are in the order of the spec, and no default is filled in.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        self.merging().document(self.root)
    }

    /// The document with the places of its parts.
    pub(crate) fn tree(&self) -> Node {
        self.merging().document(self.root)
    }

    fn merging(&self) -> Merging<'_, '_> {
        Merging { survey: self.survey, all_of: AllOf::Joined }
    }

    /// The part of the document that openapiv3 can't read, if there is one. The checks find everything that it refuses;
    /// this finds the location should they ever miss something.
    pub(crate) fn unreadable(&self) -> Option<Fault> {
        let error = serde_json::from_value::<OpenAPI>(self.to_json()).err()?;
        let tree = self.tree();
        let of = |node: Option<&Node>| node.map(Node::entries).unwrap_or_default().to_vec();
        let paths = of(tree.get("paths")).into_iter();
        let paths = paths.map(|(key, path)| (key, serde_json::from_value::<PathItem>(path.to_json()).err()));
        let schemas = of(tree.get("components").and_then(|components| components.get("schemas")));
        let schemas = schemas.into_iter().map(|(key, schema)| {
            (key, serde_json::from_value::<ReferenceOr<Schema>>(schema.to_json()).err())
        });
        let found = paths.chain(schemas).find_map(|(key, error)| Some((key, error?)));
        let (at, error) = found.unwrap_or_else(|| (tree.clone(), error));
        let what = format!("openapiv3 can't read this: {error}");
        Some(at.fault("openapi", what, "compare it with the OpenAPI 3.0.3 specification"))
    }
}

/// Bundles the files of a service that has passed every check; `None` if it has no `openapi.yaml`, which the checks
/// report.
pub(crate) fn bundle<'s, 'a>(survey: &'s Survey<'a>) -> Option<Bundle<'s, 'a>> {
    let root = survey.file("openapi.yaml").and_then(|file| file.root.as_ref())?;
    let homes = survey.defined("schemas").map(|(file, name, _)| (name.to_owned(), stem(file).to_owned()));
    Some(Bundle {
        survey,
        root,
        groups: survey
            .files
            .iter()
            .filter(|file| file.role == FileRole::Group)
            .map(|file| group(file, root))
            .collect(),
        schema_home: homes.collect(),
    })
}

/// The files of a service as one document, as they were written. `None` if there is no `openapi.yaml`.
pub(crate) fn written(survey: &Survey<'_>) -> Option<(String, serde_json::Value)> {
    let root = survey.file("openapi.yaml").and_then(|file| file.root.as_ref())?;
    let mut document = Merging { survey, all_of: AllOf::Written }.document(root);
    export::export(&mut document);
    Some((survey.service.to_owned(), document))
}

fn group(file: &SpecFile, service: &Node) -> Group {
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
    use crate::openapi::service::read_services;

    /// A service that uses everything that is allowed.
    fn depot() -> BTreeMap<String, String> {
        let file = |name: &str, text: &str| (format!("spec/depot/{name}.yaml"), text.to_owned());
        BTreeMap::from([
            file("openapi", include_str!("../../tests/cases/mutants/spec/depot/openapi.yaml")),
            file("common", include_str!("../../tests/cases/mutants/spec/depot/common.yaml")),
            file("parcels", include_str!("../../tests/cases/mutants/spec/depot/parcels.yaml")),
        ])
    }

    /// What a function makes of the bundle of a service.
    fn of_bundle<T>(inputs: &BTreeMap<String, String>, made: impl FnOnce(Bundle<'_, '_>) -> T) -> T {
        let services = read_services(inputs, &mut Vec::new());
        let (service, files) = services.iter().next().unwrap();
        made(bundle(&Survey::new(service, files)).unwrap())
    }

    #[test]
    fn the_tree_and_the_json_are_one_document() {
        of_bundle(&depot(), |bundle| {
            assert_eq!(bundle.tree().to_json().to_string(), bundle.to_json().to_string());
        });
    }

    #[test]
    fn each_schema_has_a_home_and_each_group_its_texts() {
        of_bundle(&depot(), |bundle| {
            let homes: Vec<&str> = bundle.schema_home.values().map(String::as_str).collect();
            assert_eq!((bundle.service(), homes), ("depot", vec!["common"; 11]));
            let group = Group {
                stem: "parcels".to_owned(),
                title: "Parcels".to_owned(),
                description: Some("Send and follow parcels.".to_owned()),
                file: "spec/depot/parcels.yaml".to_owned(),
            };
            assert_eq!(bundle.groups, [group]);
        });
    }

    #[test]
    fn only_schemas_are_referred_to() {
        let document = of_bundle(&depot(), |bundle| bundle.to_json());
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
        let of = |inputs| of_bundle(&inputs, |bundle| bundle.to_json().to_string());
        assert_eq!(of(windows), of(depot()));
    }
}
