//! What mends a fault.

use std::fmt;

/// What mends a fault: what to do, and the setting to do it by.
///
/// `Display` shows both. A program whose users know the settings by other names, such as options or the keys of a file,
/// shows its own name behind the [text](Self::text).
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    text: &'static str,
    setting: Option<&'static str>,
}

impl Remedy {
    /// Something that no setting does.
    pub(crate) const fn new(text: &'static str) -> Self {
        Self { text, setting: None }
    }

    /// Something that a setting does. Its name follows the text.
    pub(crate) const fn by(text: &'static str, setting: &'static str) -> Self {
        Self { text, setting: Some(setting) }
    }

    /// What to do, up to the name of the setting if there is one, such as `set it by`.
    #[must_use]
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// The method of the builder or of the call that does it, such as `base_url`.
    #[must_use]
    pub fn setting(&self) -> Option<&'static str> {
        self.setting
    }
}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)?;
        self.setting.map_or(Ok(()), |setting| write!(f, " `{setting}`"))
    }
}
