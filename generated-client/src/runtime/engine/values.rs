//! The values of credentials that a client was built with.

use super::scheme::SecurityScheme;
use crate::runtime::value::secret::Secret;

/// The values of security schemes by their names: one for each, or the user name and the password of HTTP Basic.
#[derive(Clone, Default)]
pub(crate) struct Values(Vec<(&'static str, Vec<Secret>)>);

impl Values {
    /// Sets the value of a scheme, in place of one that was set before.
    pub(crate) fn set(&mut self, scheme: &'static str, values: Vec<Secret>) {
        self.0.retain(|(known, _)| *known != scheme);
        self.0.push((scheme, values));
    }

    /// All that is set for a scheme.
    pub(crate) fn all(&self, scheme: &str) -> Option<&[Secret]> {
        self.0.iter().find(|(known, _)| *known == scheme).map(|(_, values)| values.as_slice())
    }

    /// The value of a scheme that has one.
    pub(crate) fn get(&self, scheme: &str) -> Option<&Secret> {
        self.all(scheme)?.first()
    }

    /// The values that are joined for a scheme; `given` is the scheme's own.
    pub(super) fn joined<'a>(&'a self, scheme: &SecurityScheme, given: &'a Secret) -> Vec<&'a Secret> {
        if scheme.parts.is_empty() {
            return vec![given];
        }
        let value = |part: &&str| if *part == scheme.name { Some(given) } else { self.get(part) };
        scheme.parts.iter().filter_map(value).collect()
    }
}
