//! The Cargo features of a service: one a group, one that switches on all of them, and one for what they all need.

use std::collections::{BTreeMap, BTreeSet};

use super::services::ServiceModule;
use crate::model::{Api, Definition, Limits, Media, Operation};
use crate::names;

/// Each feature with what it switches on.
pub(crate) fn features(api: &Api) -> BTreeMap<String, Vec<String>> {
    let (with_patterns, with_parts) = (groups_with_patterns(api), groups_with_parts(api));
    let mut features = BTreeMap::new();
    for group in &api.groups {
        let mut enables = vec![names::service_feature(&api.service)];
        if with_parts.contains(group.stem.as_str()) {
            enables.push("multipart".to_owned());
        }
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

/// The groups that have a form with parts in a request.
fn groups_with_parts(api: &Api) -> BTreeSet<&str> {
    let has_parts = |operation: &&Operation| {
        operation.body.as_ref().is_some_and(|body| matches!(body.media, Media::Multipart(_)))
    };
    api.operations().filter(has_parts).map(|operation| operation.group.as_str()).collect()
}

/// The groups that have a pattern in a request.
fn groups_with_patterns(api: &Api) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for operation in api.operations() {
        let of_parameters = operation.parameters.iter().map(|parameter| &parameter.limits);
        if of_parameters.chain(operation.body.as_ref().map(|body| &body.limits)).any(has_pattern) {
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
