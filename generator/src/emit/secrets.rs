//! The parts of each type that a `Secret` holds, so that the runtime can overwrite all of them.

use super::text::INDENT;
use crate::model::{Alternative, Definition, Object, Schema};

/// How long a line may be.
const WIDTH: usize = 110;

/// The declaration of the type's parts, if a `Secret` holds it.
pub(super) fn parts(schema: &Schema) -> Option<String> {
    let name = &schema.name;
    schema.usage.in_secrets.then(|| match &schema.definition {
        Definition::Object(object) => list("object", name, &members(object)),
        Definition::Choice(alternatives) => {
            list("choice", name, &variants(alternatives, schema.usage.in_responses))
        }
        Definition::Enum { open: true, .. } => format!("secret_value! {{ open_enum {name} }}\n"),
        Definition::Enum { open: false, .. } => format!("secret_value! {{ closed_enum {name} }}\n"),
    })
}

fn members(object: &Object) -> Vec<&str> {
    let members = object.members.iter().chain(&object.read_only).map(|member| member.rust.as_str());
    members.chain(object.rest.iter().map(|rest| rest.rust.as_str())).collect()
}

/// The variants; a choice that responses contain has one more, for what fits none of the others.
fn variants(alternatives: &[Alternative], in_responses: bool) -> Vec<&str> {
    let variants = alternatives.iter().map(|alternative| alternative.variant.as_str());
    variants.chain(in_responses.then_some("Other")).collect()
}

fn list(kind: &str, name: &str, parts: &[&str]) -> String {
    let line = format!("secret_value! {{ {kind} {name} {{ {} }} }}\n", parts.join(", "));
    if line.len() <= WIDTH {
        return line;
    }
    let lines = parts.join(&format!(",\n{INDENT}"));
    format!("secret_value! {{ {kind} {name} {{\n{INDENT}{lines}\n}} }}\n")
}
