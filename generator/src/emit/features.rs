//! The Cargo features of a service: one a group, one that switches on all of them, and one for what they all need.

use std::collections::{BTreeMap, BTreeSet};

use super::services::ServiceModule;
use crate::model::{Api, Definition, Limits};
use crate::names;

/// Each feature with what it switches on.
pub(crate) fn features(api: &Api) -> BTreeMap<String, Vec<String>> {
    let with_patterns = groups_with_patterns(api);
    let mut features = BTreeMap::new();
    for group in &api.groups {
        let mut enables = vec![names::service_feature(&api.service)];
        if with_patterns.contains(group.stem.as_str()) {
            enables.push("patterns".to_owned());
        }
        features.insert(names::feature(&api.service, &group.stem), enables);
    }
    let all = api.groups.iter().map(|group| names::feature(&api.service, &group.stem)).collect();
    features.insert(api.service.clone(), all);
    features.insert(names::service_feature(&api.service), vec![names::CLIENT_FEATURE.to_owned()]);
    features
}

/// The feature that switches on all services.
pub(crate) fn features_of_all(modules: &[ServiceModule]) -> BTreeMap<String, Vec<String>> {
    let services = modules.iter().map(|module| module.service.clone()).collect();
    BTreeMap::from([(names::SERVICES_FEATURE.to_owned(), services)])
}

/// The groups that have a pattern in a request.
fn groups_with_patterns(api: &Api) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for operation in api.operations() {
        if operation.parameters.iter().any(|parameter| has_pattern(&parameter.limits)) {
            found.insert(operation.group.as_str());
        }
    }
    for schema in api.schemas.values().filter(|schema| schema.usage.in_requests) {
        if let Definition::Object(object) = &schema.definition
            && object.members.iter().any(|member| has_pattern(&member.limits))
        {
            found.extend(schema.usage.groups.iter().map(String::as_str));
        }
    }
    found
}

fn has_pattern(limits: &Limits) -> bool {
    limits.pattern.is_some()
}
