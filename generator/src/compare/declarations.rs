//! The names by which findings and the generated code speak of the same declaration.

use crate::model::Operation;
use crate::names;

/// The declaration of an operation's method.
pub(super) fn method(operation: &Operation) -> String {
    format!("{}/{}", names::module(&operation.group), operation.name)
}
