//! Where a parameter or response is defined that operations refer to.

use serde_json::Value;

use crate::bundle;

/// Something that is defined by itself, to be referred to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Component {
    /// The stem of the file: a group, or `common`.
    pub(crate) home: String,
    /// Its name there.
    pub(crate) name: String,
}

impl Component {
    /// The definition of a parameter or response; `None` for one that stands with its operation.
    pub(super) fn of(holder: &Value) -> Option<Self> {
        let (home, name) = holder[bundle::COMPONENT].as_str()?.split_once('#')?;
        Some(Self { home: home.to_owned(), name: name.to_owned() })
    }
}
