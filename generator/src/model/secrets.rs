//! Finds the schemas that are contained in values which are never printed.

use std::collections::BTreeMap;

use super::api::Operation;
use super::definitions::{Definition, Schema};
use super::types::Type;

/// Marks the schemas of secret members and parameters, and all schemas that these contain.
pub(super) fn mark<'a>(
    schemas: &mut BTreeMap<String, Schema>,
    operations: impl Iterator<Item = &'a Operation>,
) {
    let parameters = operations.flat_map(|operation| &operation.parameters).map(|parameter| &parameter.ty);
    let members = schemas.values().flat_map(types);
    let secrets = members.chain(parameters).filter_map(|ty| ty.secret()?.contained());
    let mut pending: Vec<String> = secrets.map(str::to_owned).collect();
    while let Some(name) = pending.pop() {
        let Some(schema) = schemas.get_mut(&name).filter(|schema| !schema.usage.in_secrets) else { continue };
        schema.usage.in_secrets = true;
        pending.extend(types(schema).filter_map(Type::contained).map(str::to_owned));
    }
}

/// The types of all parts of a schema.
fn types(schema: &Schema) -> impl Iterator<Item = &Type> {
    let (object, alternatives) = match &schema.definition {
        Definition::Object(object) => (Some(object), &[][..]),
        Definition::Choice(alternatives) => (None, alternatives.as_slice()),
        Definition::Enum { .. } => (None, &[][..]),
    };
    let members = object
        .into_iter()
        .flat_map(|object| object.members.iter().chain(&object.read_only))
        .map(|member| &member.ty);
    let rest = object.and_then(|object| object.rest.as_ref()).map(|rest| &rest.ty);
    members.chain(rest).chain(alternatives.iter().map(|alternative| &alternative.ty))
}
