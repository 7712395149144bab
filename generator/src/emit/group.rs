//! `<group>.rs` and `common.rs`: the handle with its methods, the operations, and the types.

use super::errors::SharedErrors;
use super::macro_call::{gated, macro_call};
use super::module::Module;
use super::{method, operation, responses, schema};
use crate::model::{Api, COMMON, OperationGroup, Schema};
use crate::names;

/// Makes the macros of the runtime known to a generated file.
const RUNTIME: &str = "#[allow(unused_imports)]\nuse crate::runtime::codegen::*;\n";

/// The module of a group: the handle with its methods, then each operation, then the types beneath those who use them.
pub(super) fn module(
    api: &Api,
    group: &OperationGroup,
    shared: &SharedErrors,
    errors: Option<String>,
    schemas: &[&Schema],
) -> Module {
    let mut blocks = vec![format!("#[allow(unused_imports)]\nuse super::*;\n{RUNTIME}")];
    blocks.extend(errors);
    blocks.push(handle(api, group, shared));
    for operation in &group.operations {
        blocks.push(operation::declaration(&api.service, operation));
        if operation.is_for_browsers() {
            blocks.push(format!("impl BrowserOperation for {} {{}}\n", operation.marker));
        }
        if operation.has_several_responses() {
            blocks.push(responses::declaration(operation));
        }
    }
    blocks.extend(schemas.iter().map(|schema| schema::declaration(schema)));
    Module {
        name: names::module(&group.stem),
        source: group.file.clone(),
        heading: group.description.clone(),
        blocks,
    }
}

/// The handle of the group with its methods.
fn handle(api: &Api, group: &OperationGroup, shared: &SharedErrors) -> String {
    let (name, accessor) = (names::pascal(&group.stem), names::module(&group.stem));
    let mut lines = vec![
        format!("/// The operations of the group `{}`; [`Client::{accessor}`] gives it.", group.stem),
        format!("pub struct {name}({:?});", group.stem),
    ];
    for operation in &group.operations {
        lines.push(String::new());
        lines.extend(method::lines(api, operation, shared));
    }
    macro_call("group", &lines)
}

/// The module of what several files of the spec refer to, each type compiled with the groups that use it.
pub(super) fn common(api: &Api, errors: Option<String>, schemas: &[&Schema]) -> Module {
    let mut blocks = vec![RUNTIME.to_owned()];
    blocks.extend(errors);
    blocks.extend(schemas.iter().map(|schema| gated(&features(api, schema), schema::declaration(schema))));
    Module {
        name: COMMON.to_owned(),
        source: format!("spec/{}/{COMMON}.yaml", api.service),
        heading: "What several groups share; the service's module has the types too.".to_owned(),
        blocks,
    }
}

/// The features of which one must be on for a shared type; none where all groups use it.
fn features(api: &Api, schema: &Schema) -> Vec<String> {
    let groups = &schema.usage.groups;
    if groups.len() == api.groups.len() {
        return Vec::new();
    }
    groups.iter().map(|stem| names::feature(&api.service, stem)).collect()
}
