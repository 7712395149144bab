//! How `Debug` shows the parts of declared types: as they are, save for free-form JSON, of which it shows the outline.
//!
//! Each type that a part can have implements [`SafeDebug`], and a type without it can't be a part: a declaration that
//! has such a part doesn't compile. So no new type is printed before somebody has decided how.

use std::collections::BTreeMap;
use std::fmt::{self, Debug};

use serde_json::{Map, Value};

use super::free_form::{self, Outline};
use super::json_text::JsonText;
use super::nullable::Nullable;
use super::redact;
use super::secret::Secret;
use super::secret_value::SecretValue;

/// A value whose `Debug` text is safe to print, or which is shown by another, safe text here.
#[diagnostic::on_unimplemented(
    message = "nobody has decided how `Debug` shows a `{Self}`",
    note = "implement `SafeDebug` for it: empty if its `Debug` never prints a secret, or with a text that doesn't"
)]
pub(crate) trait SafeDebug: Debug {
    /// Writes the text.
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt(f)
    }

    /// Whether it is free-form JSON, or consists of such. The names in a map of such values aren't shown unless they are
    /// known.
    fn is_free_form() -> bool
    where
        Self: Sized,
    {
        false
    }
}

impl SafeDebug for () {}
impl SafeDebug for bool {}
impl SafeDebug for i32 {}
impl SafeDebug for i64 {}
impl SafeDebug for u64 {}
impl SafeDebug for f32 {}
impl SafeDebug for f64 {}
impl SafeDebug for String {}
impl<T: SecretValue> SafeDebug for Secret<T> {}
impl<T> SafeDebug for JsonText<T> {}

impl SafeDebug for Value {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Debug::fmt(&Outline::of(self), f)
    }

    fn is_free_form() -> bool {
        true
    }
}

impl SafeDebug for Map<String, Value> {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        free_form::write_members(f, self)
    }

    fn is_free_form() -> bool {
        true
    }
}

impl<T: SafeDebug> SafeDebug for Vec<T> {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        for item in self {
            list.entry(&Shown(item));
        }
        list.finish()
    }

    fn is_free_form() -> bool {
        T::is_free_form()
    }
}

impl<T: SafeDebug> SafeDebug for BTreeMap<String, T> {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (name, value) in self {
            let shown = if T::is_free_form() { redact::name(name.as_bytes()) } else { name };
            map.entry(&shown, &Shown(value));
        }
        map.finish()
    }

    fn is_free_form() -> bool {
        T::is_free_form()
    }
}

impl<T: SafeDebug> SafeDebug for Option<T> {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Some(value) => write_variant(f, "Some", value),
            None => f.write_str("None"),
        }
    }

    fn is_free_form() -> bool {
        T::is_free_form()
    }
}

impl<T: SafeDebug> SafeDebug for Nullable<T> {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => write_variant(f, "Value", value),
            Self::Null => f.write_str("Null"),
        }
    }

    fn is_free_form() -> bool {
        T::is_free_form()
    }
}

impl<T: SafeDebug> SafeDebug for Box<T> {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::write(self, f)
    }

    fn is_free_form() -> bool {
        T::is_free_form()
    }
}

/// A value of which the spec says that it holds no secret. It is shown as it is.
#[derive(Debug)]
pub(crate) struct NotSensitive<'a, T>(&'a T);

impl<T: Debug> SafeDebug for NotSensitive<'_, T> {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Lets `Debug` show a value as it is.
pub(crate) const fn not_sensitive<T>(value: &T) -> NotSensitive<'_, T> {
    NotSensitive(value)
}

/// `Debug` of a value by its safe text.
struct Shown<'a>(&'a dyn SafeDebug);

impl Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(f)
    }
}

/// Writes a struct with its members. The names are those of the struct and of its members, with blanks between them: a
/// single text is cheaper to compile than a list.
pub(crate) fn write_struct(
    f: &mut fmt::Formatter<'_>,
    names: &str,
    members: &[&dyn SafeDebug],
) -> fmt::Result {
    let mut names = names.split_whitespace();
    let mut shown = f.debug_struct(names.next().unwrap_or_default());
    for (name, member) in names.zip(members) {
        shown.field(name, &Shown(*member));
    }
    shown.finish()
}

/// Writes a variant with the value that it holds.
pub(crate) fn write_variant(f: &mut fmt::Formatter<'_>, name: &str, value: &dyn SafeDebug) -> fmt::Result {
    f.debug_tuple(name).field(&Shown(value)).finish()
}

/// Writes a value of an open enum that this version doesn't know, as far as it may be printed.
pub(crate) fn write_unknown(f: &mut fmt::Formatter<'_>, value: &str) -> fmt::Result {
    let shown = if value.is_empty() { value } else { redact::code(value) };
    f.debug_tuple("Unknown").field(&shown).finish()
}
