//! Reads YAML into a tree in which every value knows where it was written.

mod lines;
mod node;
mod reader;

pub(crate) use node::{Node, Value};
pub(crate) use reader::{file_fault, is_refused, read, read_published};
