//! Finds the form of a choice that an example has.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ptr;

use serde_json::Value;

use crate::model::{Alternative, Api, Definition, EnumKind, Type};

pub(super) struct Forms<'a> {
    api: &'a Api,
    /// Whether a value is one of a choice. Choices of choices ask again and again.
    known: RefCell<BTreeMap<(&'a str, *const Value), bool>>,
}

impl<'a> Forms<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        Self { api, known: RefCell::default() }
    }

    /// The form that an example has: one that describes all of it, or else one that it fits. Without an example it is the
    /// first.
    pub(super) fn of(&self, forms: &'a [Alternative], example: Option<&'a Value>) -> Option<&'a Alternative> {
        let Some(example) = example else { return forms.first() };
        let mut fitting = None;
        for form in forms.iter().filter(|form| self.is_form(form, example)) {
            if self.describes(&form.ty, example) {
                return Some(form);
            }
            fitting = fitting.or(Some(form));
        }
        fitting
    }

    fn is_form(&self, form: &'a Alternative, value: &'a Value) -> bool {
        has_members(form, value) && self.fits(&form.ty, value)
    }

    /// Whether a value in JSON is one of the type.
    fn fits(&self, ty: &'a Type, value: &'a Value) -> bool {
        match ty {
            Type::Text | Type::Time | Type::JsonText(_) | Type::Binary => value.is_string(),
            Type::Bool => value.is_boolean(),
            Type::Int(_) => value.is_i64(),
            Type::Unsigned => value.is_u64(),
            Type::Float(_) => value.is_number(),
            Type::List(_) => value.is_array(),
            Type::FreeObject | Type::Map(_) => value.is_object(),
            Type::Any => true,
            Type::Nullable(inner) | Type::Option(inner) => value.is_null() || self.fits(inner, value),
            Type::Boxed(inner) | Type::Secret(inner) => self.fits(inner, value),
            Type::Named(name) => match self.api.schemas.get(name).map(|schema| &schema.definition) {
                Some(Definition::Enum { of: EnumKind::Text, .. }) => value.is_string(),
                Some(Definition::Enum { of: EnumKind::Integer, .. }) => value.is_i64(),
                Some(Definition::Enum { of: EnumKind::Number, .. }) => value.is_number(),
                Some(Definition::Enum { of: EnumKind::Boolean, .. }) => value.is_boolean(),
                Some(Definition::Object(_)) => value.is_object(),
                Some(Definition::Choice(forms)) => self.fits_choice(name, forms, value),
                None => false,
            },
        }
    }

    fn fits_choice(&self, name: &'a str, forms: &'a [Alternative], value: &'a Value) -> bool {
        let key = (name, ptr::from_ref(value));
        if let Some(known) = self.known.borrow().get(&key) {
            return *known;
        }
        // What asks for the answer while it is being found is a choice that leads back to itself.
        self.known.borrow_mut().insert(key, false);
        let fits = forms.iter().any(|form| self.is_form(form, value));
        self.known.borrow_mut().insert(key, fits);
        fits
    }

    /// Whether the type lists all members of an object.
    fn describes(&self, ty: &Type, value: &Value) -> bool {
        let Some(value) = value.as_object() else { return true };
        let schema = ty.named().and_then(|name| self.api.schemas.get(name));
        match schema.map(|schema| &schema.definition) {
            Some(Definition::Object(object)) => {
                let known: BTreeSet<&str> =
                    object.members.iter().map(|member| member.name.as_str()).collect();
                value.keys().all(|name| known.contains(name.as_str()))
            }
            _ => false,
        }
    }
}

/// Whether an object has the members by which its form is told from others.
fn has_members(form: &Alternative, example: &Value) -> bool {
    let is_tagged = form.tag.as_ref().is_none_or(|tag| {
        let text = example.get(&tag.member).and_then(Value::as_str);
        text.is_none_or(|text| tag.texts.iter().any(|known| known == text))
    });
    is_tagged && form.required.iter().all(|name| example.get(name).is_some())
}
