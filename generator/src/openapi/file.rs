//! One file of a service, and what it is for.

use crate::source::Node;

/// One file of a service.
#[derive(Debug)]
pub(crate) struct SpecFile {
    /// The path as the caller gave it: `spec/descope/oauth.yaml`.
    pub(crate) path: String,
    /// `oauth.yaml`.
    pub(crate) name: String,
    pub(crate) role: FileRole,
    /// `None` if the file can't be read.
    pub(crate) root: Option<Node>,
}

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileRole {
    /// `openapi.yaml` says what holds for the whole service.
    Service,
    /// `common.yaml` holds what several groups share.
    Common,
    /// Every other file holds the operations of a group.
    Group,
}

impl SpecFile {
    pub(crate) fn new(path: &str, name: &str, root: Option<Node>) -> Self {
        let role = match name {
            "openapi.yaml" => FileRole::Service,
            "common.yaml" => FileRole::Common,
            _ => FileRole::Group,
        };
        Self { path: path.to_owned(), name: name.to_owned(), role, root }
    }

    /// The name without its ending: `oauth`.
    pub(crate) fn stem(&self) -> &str {
        stem(&self.name)
    }
}

/// The name of a file without its ending.
pub(crate) fn stem(name: &str) -> &str {
    name.strip_suffix(".yaml").unwrap_or(name)
}

/// The last part of a path.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
