//! The changes that are made to a response, and what they must come to.

use generated_client::runtime::{EnumKind, Shape};
use serde_json::{Value, json};

/// A response with one thing changed.
pub(crate) struct Mutant {
    /// What was changed, and where.
    pub(crate) name: String,
    pub(crate) body: Value,
    pub(crate) expected: Expected,
}

/// What the changed response is read as.
pub(crate) enum Expected {
    /// The same as the one that wasn't changed.
    Same,
    /// What it says.
    AsSent,
    /// The same as the one that wasn't changed, save at this place.
    Elsewhere(String),
    /// This.
    Is(Value),
}

/// All changes of a response of this shape.
pub(crate) fn all(body: &Value, shape: &Shape) -> Vec<Mutant> {
    let mut mutator = Mutator { whole: body, mutants: Vec::new() };
    mutator.value(body, shape, "");
    mutator.mutants
}

struct Mutator<'a> {
    whole: &'a Value,
    mutants: Vec<Mutant>,
}

impl Mutator<'_> {
    /// The response with another value at a place.
    fn replace(&mut self, pointer: &str, what: &str, value: Value, expected: Expected) {
        let mut body = self.whole.clone();
        *body.pointer_mut(pointer).unwrap() = value;
        self.mutants.push(Mutant { name: format!("{pointer} {what}"), body, expected });
    }

    /// Changes what a value is made of. The value itself is the affair of the object that it is a member of.
    fn value(&mut self, value: &Value, shape: &Shape, pointer: &str) {
        match (shape, value) {
            (Shape::Secret(inner), _) => self.value(value, inner, pointer),
            (Shape::Object(object), Value::Object(members)) => {
                let mut joined = value.clone();
                joined["aNewMember"] = json!({ "of": ["later", null] });
                let expected = if object.is_extensible { Expected::AsSent } else { Expected::Same };
                self.replace(pointer, "joined by an unknown member", joined, expected);
                for member in object.members {
                    if let Some(value) = members.get(member.name) {
                        self.member(value, &(member.shape)(), &step(pointer, member.name));
                    }
                }
            }
            (Shape::Map(inner), Value::Object(entries)) => {
                for (key, entry) in entries {
                    self.member(entry, inner, &step(pointer, key));
                }
            }
            (Shape::List(item), Value::Array(items)) => self.items(items, item, pointer),
            (Shape::Choice { forms, .. }, _) => {
                if let Some(form) = forms.iter().find(|form| fits(value, form)) {
                    self.value(value, form, pointer);
                }
            }
            _ => {}
        }
    }

    fn items(&mut self, items: &[Value], shape: &Shape, pointer: &str) {
        // A list of anything has nulls like any other item.
        let is_any = matches!(shape, Shape::Any | Shape::Choice { .. });
        let joined: Value = items.iter().cloned().chain([Value::Null]).collect();
        let expected = if is_any { Expected::AsSent } else { Expected::Same };
        self.replace(pointer, "joined by null", joined, expected);
        for (at, item) in items.iter().enumerate() {
            let rest = items.iter().enumerate().filter(|(other, _)| *other != at);
            let rest: Value = rest.map(|(_, item)| item.clone()).collect();
            let mut whole = self.whole.clone();
            *whole.pointer_mut(pointer).unwrap() = rest;
            let expected = match is_any {
                true => Expected::AsSent,
                // A member that has become empty isn't written.
                false if items.len() == 1 && !pointer.is_empty() => Expected::Elsewhere(pointer.to_owned()),
                false => Expected::Is(whole),
            };
            self.replace(&step(pointer, &at.to_string()), "made null", Value::Null, expected);
            self.value(item, shape, &step(pointer, &at.to_string()));
        }
    }

    /// Changes a member of an object in every way, then what it is made of.
    fn member(&mut self, value: &Value, shape: &Shape, pointer: &str) {
        let elsewhere = || Expected::Elsewhere(pointer.to_owned());
        let mut without = self.whole.clone();
        remove(&mut without, pointer);
        self.mutants.push(Mutant {
            name: format!("{pointer} left out"),
            body: without,
            expected: elsewhere(),
        });
        let plain = match shape {
            Shape::Secret(inner) => inner,
            shape => shape,
        };
        let is_any = matches!(plain, Shape::Any | Shape::Choice { .. });
        let kept = || if is_any { Expected::AsSent } else { elsewhere() };
        // A choice has no form for null.
        let of_null = if matches!(plain, Shape::Any) { Expected::AsSent } else { elsewhere() };
        self.replace(pointer, "made null", Value::Null, of_null);
        let expected = match plain {
            Shape::Text | Shape::Time => Expected::AsSent,
            Shape::Enum(of) if of.kind == EnumKind::Text => Expected::AsSent,
            _ => kept(),
        };
        self.replace(pointer, "made an empty string", json!(""), expected);
        match plain {
            Shape::Enum(of) if of.kind == EnumKind::Text => {
                self.replace(pointer, "made unknown", json!("a-new-value"), Expected::AsSent);
            }
            Shape::Enum(_) => {
                self.number(value, pointer);
                self.replace(pointer, "made unknown", json!(-17), Expected::AsSent);
            }
            Shape::Text | Shape::Time => self.replace(pointer, "made a number", json!(17), elsewhere()),
            Shape::Boolean => {
                self.replace(pointer, "made a string", json!(value.to_string()), Expected::Same)
            }
            Shape::Integer | Shape::Number => self.number(value, pointer),
            Shape::List(_) => self.replace(pointer, "made empty", json!([]), elsewhere()),
            Shape::Map(_) | Shape::Object(_) => self.replace(pointer, "made empty", json!({}), elsewhere()),
            _ => {}
        }
        if let (Shape::Map(inner), Value::Object(_)) = (plain, value) {
            let mut joined = value.clone();
            joined["aNewEntry"] = Value::Null;
            let is_any = matches!(**inner, Shape::Any | Shape::Choice { .. });
            let expected = if is_any { Expected::AsSent } else { Expected::Same };
            self.replace(pointer, "joined by an entry that is null", joined, expected);
        }
        self.value(value, plain, pointer);
    }

    /// The same number in the other forms in which numbers come.
    fn number(&mut self, value: &Value, pointer: &str) {
        let text = value.to_string();
        let mut forms = vec![json!(text), json!(format!(" {text} "))];
        if let Some(number) = value.as_i64().filter(|number| number.abs() < 1 << 53) {
            forms.extend([json!(number as f64), json!(format!("{number}.0")), json!(format!("{number}e0"))]);
        }
        for form in forms {
            self.replace(pointer, &format!("written as {form}"), form, Expected::Same);
        }
    }
}

/// Whether a value is of the kind of a shape.
fn fits(value: &Value, shape: &Shape) -> bool {
    match shape {
        Shape::Secret(inner) => fits(value, inner),
        Shape::Boolean => value.is_boolean(),
        Shape::Integer | Shape::Number => value.is_number(),
        Shape::Text | Shape::Time => value.is_string(),
        Shape::Enum(of) => of.is_of_kind(value),
        Shape::List(_) => value.is_array(),
        Shape::Map(_) | Shape::Object(_) => value.is_object(),
        _ => true,
    }
}

/// The JSON pointer to what has this name or place within what another leads to.
fn step(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Takes out what a JSON pointer leads to.
pub(crate) fn remove(whole: &mut Value, pointer: &str) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let name = name.replace("~1", "/").replace("~0", "~");
    match whole.pointer_mut(parent) {
        Some(Value::Object(members)) => _ = members.remove(&name),
        Some(Value::Array(items)) => _ = items.remove(name.parse().unwrap()),
        _ => {}
    }
}

/// Takes out the lists and objects on the way to a place that have nothing in them: being empty they aren't written.
pub(crate) fn prune(whole: &mut Value, pointer: &str) {
    let mut pointer = pointer;
    while let Some((parent, _)) = pointer.rsplit_once('/').filter(|(parent, _)| !parent.is_empty()) {
        let is_empty = whole.pointer(parent).is_some_and(|value| *value == json!({}) || *value == json!([]));
        if is_empty {
            remove(whole, parent);
        }
        pointer = parent;
    }
}
