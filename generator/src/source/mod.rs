//! Reads YAML into a tree in which every value knows where it was written, and writes YAML.

mod anchors;
mod characters;
mod help;
mod lines;
mod node;
mod reader;
mod scalars;
mod write;

pub(crate) use characters::is_refused;
pub(crate) use node::{Node, Value};
pub(crate) use reader::{file_fault, read, read_published};
pub use write::to_yaml;
