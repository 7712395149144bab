//! `<group>.rs` and `common.rs`: the handle with its methods, the operations, and the types.

use super::macro_call::macro_call;
use super::module::Module;
use super::shared_texts::SharedTexts;
use super::{example_responses, known_words, method, operation, questions, responses, schema};
use crate::model::{Api, COMMON, OperationGroup, Schema};
use crate::names;

/// The module of a group: the handle with its methods, then each operation, then the types. It has the shared types,
/// too, so that a type keeps its path when it moves to the shared ones.
pub(super) fn module(
    api: &Api,
    group: &OperationGroup,
    shared: &SharedTexts,
    texts: Option<String>,
    schemas: &[&Schema],
) -> Module {
    let shared_types = if api.has_shared_types() { "pub use super::common::*;\n" } else { "" };
    let mut blocks = vec![format!("{shared_types}use super::*;\n")];
    blocks.extend(texts);
    blocks.push(handle(api, group, shared));
    blocks.push(operation::declarations(&api.service, group, shared));
    for operation in &group.operations {
        if operation.is_for_browsers() {
            blocks.push(format!("impl BrowserOperation for op::{} {{}}\n", operation.marker));
        }
        if operation.has_several_responses() {
            blocks.push(responses::declaration(operation));
        }
    }
    blocks.extend(schema::declarations(schemas));
    blocks.push(example_responses::declaration(&group.operations));
    blocks.push(known_words::of_module(api, &group.stem));
    Module {
        name: names::module(&group.stem),
        source: group.file.clone(),
        heading: group.description.clone(),
        blocks,
    }
}

/// The handle of the group with its methods.
fn handle(api: &Api, group: &OperationGroup, shared: &SharedTexts) -> String {
    let (name, accessor) = (names::group_type(&group.stem), names::module(&group.stem));
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

/// The module of what several files of the spec refer to. It is compiled with any group of the service: a list of the
/// groups that use each type would change with every group that uses one more.
pub(super) fn common(api: &Api, texts: Option<String>, schemas: &[&Schema]) -> Module {
    let mut blocks = vec!["use crate::runtime::codegen::*;\n".to_owned()];
    blocks.extend(texts);
    blocks.extend(schema::declarations(schemas));
    blocks.extend(questions::declaration(api));
    blocks.push(known_words::of_module(api, COMMON));
    Module {
        name: COMMON.to_owned(),
        source: format!("spec/{}/{COMMON}.yaml", api.service),
        heading: "What several groups share; the service's module has the types too.".to_owned(),
        blocks,
    }
}
