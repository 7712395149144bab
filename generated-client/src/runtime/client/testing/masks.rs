//! Masks for the secrets of an exchange.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::runtime::redacted;
use crate::runtime::value::shape::{ObjectShape, Shape};

/// The masks of the secrets that have been seen. A secret has the same mask wherever it is, so that a token of one response
/// can be found in the next request.
#[derive(Default)]
pub(super) struct Masks(BTreeMap<String, String>);

/// How long a secret has to be to get a mask within other texts. A shorter one could be a part of any word.
const SHORTEST: usize = 8;

impl Masks {
    /// The mask of a text: as long as it is, with other letters and digits.
    pub(super) fn of(&mut self, secret: &str) -> String {
        if let Some(mask) = self.0.get(secret) {
            return mask.clone();
        }
        let number = self.0.len();
        let mut mask = masked(secret, number);
        if mask == secret {
            mask = masked(secret, number + 1);
        }
        self.0.insert(secret.to_owned(), mask.clone());
        mask
    }

    /// The text with masks in place of the secrets that have been seen.
    pub(super) fn within(&self, text: &str) -> String {
        let mut secrets: Vec<(&String, &String)> =
            self.0.iter().filter(|(secret, _)| secret.len() >= SHORTEST).collect();
        // One secret may be a part of another.
        secrets.sort_by_key(|(secret, _)| std::cmp::Reverse(secret.len()));
        secrets.into_iter().fold(text.to_owned(), |text, (secret, mask)| text.replace(secret.as_str(), mask))
    }

    /// The same within each text and name of a value.
    fn within_all(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.within(text)),
            Value::Array(items) => items.iter().map(|item| self.within_all(item)).collect(),
            Value::Object(members) => {
                members.iter().map(|(name, each)| (self.within(name), self.within_all(each))).collect()
            }
            other => other.clone(),
        }
    }

    /// A value of a shape without its secrets. What isn't described is masked as a whole.
    pub(super) fn value(&mut self, shape: &Shape, value: &Value) -> Value {
        match (shape, value) {
            (Shape::Nullable(inner), _) => self.value(inner, value),
            (Shape::List(item), Value::Array(items)) => {
                items.iter().map(|each| self.value(item, each)).collect()
            }
            (Shape::Map(of), Value::Object(members)) if **of != Shape::Any => {
                let masked = members.iter().map(|(name, each)| (self.within(name), self.value(of, each)));
                Value::Object(masked.collect())
            }
            (Shape::Object(object), Value::Object(members)) => self.object(&[*object], members),
            (Shape::Choice { forms, .. }, Value::Object(members)) => self.object(&objects(forms), members),
            (Shape::Choice { forms, .. }, _) if !forms.iter().any(Shape::has_secrets) => self.plain(value),
            (Shape::ByStatus(shapes), _) => {
                let forms = shapes.iter().map(|(_, shape)| shape.clone()).collect();
                self.value(&Shape::Choice { name: "", documentation: "", forms }, value)
            }
            (Shape::Enum(of), _) if of.knows(value) => value.clone(),
            (Shape::Text | Shape::Time | Shape::Enum(_), _) if shape.is_of_kind(value) => {
                self.within_all(value)
            }
            (Shape::Boolean | Shape::Integer | Shape::Number, Value::Bool(_) | Value::Number(_)) => {
                value.clone()
            }
            _ => self.whole(value),
        }
    }

    /// The body of an error response, with nothing of its texts but the known words.
    pub(super) fn error(&mut self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(redacted(text)),
            Value::Array(items) => items.iter().map(|item| self.error(item)).collect(),
            Value::Object(members) => {
                let members = members.iter().map(|(name, each)| (redacted(name), self.error(each)));
                Value::Object(members.collect())
            }
            other => self.whole(other),
        }
    }

    /// A value of a choice without secrets that isn't an object. A list is masked as a whole, and any other value only
    /// where it repeats a secret.
    fn plain(&mut self, value: &Value) -> Value {
        if value.is_array() || value.is_object() { self.whole(value) } else { self.within_all(value) }
    }

    /// An object of one of several types. A member is masked if any of them says so.
    fn object(&mut self, forms: &[ObjectShape], members: &Map<String, Value>) -> Value {
        let masked = members.iter().map(|(name, value)| {
            let declared =
                forms.iter().filter_map(|form| form.members.iter().find(|member| member.name == name));
            let declared: Vec<_> = declared.collect();
            // The spec may call free-form JSON harmless, but that says nothing about a text in its place.
            let is_free =
                value.is_object() || declared.iter().all(|member| matches!((member.shape)(), Shape::Any));
            let masked = match declared.as_slice() {
                [] => return (self.of(name), self.whole(value)),
                declared if is_free && declared.iter().all(|member| member.limits.not_sensitive) => {
                    self.within_all(value)
                }
                declared => {
                    declared.iter().fold(value.clone(), |value, member| self.value(&(member.shape)(), &value))
                }
            };
            (name.clone(), masked)
        });
        Value::Object(masked.collect())
    }

    /// A value of which everything could be a secret.
    fn whole(&mut self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.of(text)),
            Value::Number(_) => Value::from(0),
            Value::Array(items) => items.iter().map(|item| self.whole(item)).collect(),
            Value::Object(members) => {
                let members = members.iter().map(|(name, each)| (self.of(name), self.whole(each)));
                Value::Object(members.collect())
            }
            Value::Null | Value::Bool(_) => value.clone(),
        }
    }
}

/// The objects among several shapes.
fn objects(forms: &[Shape]) -> Vec<ObjectShape> {
    let object = |form: &Shape| match form {
        Shape::Object(object) => Some(*object),
        _ => None,
    };
    forms.iter().filter_map(object).collect()
}

/// A text of the same form: hexadecimal letters for letters, digits for digits. So it fits where the secret does.
fn masked(secret: &str, number: usize) -> String {
    const LOWER: &[char] = &['a', 'b', 'c', 'd', 'e', 'f'];
    const UPPER: &[char] = &['A', 'B', 'C', 'D', 'E', 'F'];
    const DIGITS: &[char] = &['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

    let mut state = number as u64 + 1;
    let mut next = |from: &[char]| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let index = usize::try_from(state >> 40).unwrap_or_default() % from.len();
        from.get(index).copied().unwrap_or('a')
    };
    let mask = secret.chars().map(|letter| match letter {
        'a'..='z' => next(LOWER),
        'A'..='Z' => next(UPPER),
        '0'..='9' => next(DIGITS),
        other if other.is_alphanumeric() => next(LOWER),
        other => other,
    });
    mask.collect()
}

#[cfg(test)]
mod tests {
    use super::Masks;

    #[test]
    fn a_mask_has_the_form_of_the_secret_and_is_always_the_same() {
        let mut masks = Masks::default();
        let token = "d189abb0-7bae-498f-bb07-a7d1513c092a";
        let mask = masks.of(token);
        assert_ne!(mask, token);
        assert_eq!(mask.len(), token.len());
        assert!(mask.chars().zip(token.chars()).all(|(one, other)| {
            one.is_ascii_digit() == other.is_ascii_digit() && (one == '-') == (other == '-')
        }));
        assert_eq!(masks.of(token), mask);
        assert_ne!(masks.of("d189abb0-7bae-498f-bb07-a7d1513c092b"), mask);
        assert_eq!(masks.within(&format!("the token {token} is gone")), format!("the token {mask} is gone"));
    }
}
