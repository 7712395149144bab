//! What a run of the generator gives.

use std::collections::BTreeMap;

use crate::model::{Api, Group};
use crate::names;

/// Everything that is generated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// The generated sources.
    pub files: FileSet,
    /// The features of the client: one a group, and one a service that switches on all of its groups; each with
    /// what it switches on.
    pub features: BTreeMap<String, Vec<String>>,
    /// How much was generated.
    pub counts: Counts,
}

/// Texts by their path, relative to the root of the repository: `generated-client/src/descope/oauth.rs`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileSet(BTreeMap<String, String>);

/// How much was generated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Operations.
    pub operations: usize,
    /// Types that stand for a schema.
    pub types: usize,
    /// Groups of operations.
    pub groups: usize,
}

impl FileSet {
    /// The files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    pub(crate) fn insert(&mut self, path: String, text: String) {
        self.0.insert(path, text);
    }
}

impl Output {
    /// Adds the features and counts of one service.
    pub(crate) fn count(&mut self, api: &Api) {
        for group in &api.groups {
            let mut enables = vec![format!("_{}", api.service)];
            if has_patterns(api, group) {
                enables.push("patterns".to_owned());
            }
            self.features.insert(names::feature(&api.service, &group.stem), enables);
        }
        let all = api.groups.iter().map(|group| names::feature(&api.service, &group.stem)).collect();
        self.features.insert(api.service.clone(), all);
        self.counts.operations += api.operations.len();
        self.counts.types += api.types.len();
        self.counts.groups += api.groups.len();
    }
}

/// Whether a request of the group has a pattern in it.
fn has_patterns(api: &Api, group: &Group) -> bool {
    let operations = api.operations.iter().filter(|operation| operation.group == group.stem);
    let parameters =
        operations.flat_map(|operation| &operation.parameters).map(|parameter| &parameter.limits);
    let types = api.types.values().filter(|info| info.in_requests && info.used_by.contains(&group.stem));
    let members = types.flat_map(|info| info.shape.members()).map(|member| &member.limits);
    parameters.chain(members).any(|limits| limits.pattern.is_some())
}
