//! Reads the schemas: what the document says of each one, with the types that progenitor made.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::json::{entries, flag, list, not_sensitive, string, text};
use super::limits;
use super::render::Rendered;
use super::types::{Alternative, Definition, EnumValue, Member, Object, Rest, Schema, Type, Usage};
use crate::fault::Fault;
use crate::names;
use crate::normalise::referenced;

/// What the schemas are read from.
pub(super) struct Source<'a> {
    /// All schemas of the document.
    pub(super) schemas: &'a Value,
    /// The types that progenitor made of those that are used.
    pub(super) rendered: &'a Rendered,
    /// For each schema the stem of the file that defines it.
    pub(super) homes: &'a BTreeMap<String, String>,
    /// The schemas that have parts with limits.
    pub(super) limited: BTreeSet<&'a str>,
}

impl Source<'_> {
    /// Reads the schema with this name.
    pub(super) fn read(&self, name: &str, order: usize, usage: Usage) -> Result<Schema, Fault> {
        let schema = &self.schemas[name];
        let rust = names::pascal(name);
        let definition = self.definition(schema, &rust, usage.in_requests).ok_or_else(|| missing(name))?;
        Ok(Schema {
            schema_name: name.to_owned(),
            name: rust,
            home: self.homes.get(name).cloned().unwrap_or_default(),
            description: text(schema, "description"),
            deprecated: flag(schema, "deprecated"),
            order,
            usage,
            definition,
            example: schema.get("example").cloned(),
        })
    }

    fn definition(&self, schema: &Value, rust: &str, in_requests: bool) -> Option<Definition> {
        if schema["enum"].is_array() {
            let values = list(&schema["enum"]).map(|value| enum_value(value, &schema["x-enum-descriptions"]));
            return Some(Definition::Enum { open: flag(schema, "x-open-enum"), values: values.collect() });
        }
        if schema["properties"].is_object() {
            let fields = self.rendered.structs.get(rust)?;
            return self.object(schema, fields.clone(), in_requests).map(Definition::Object);
        }
        let variants = self.rendered.enums.get(rust)?;
        let forms = ["oneOf", "anyOf"].into_iter().flat_map(|key| list(&schema[key]));
        let alternatives = forms.zip(variants).map(|(form, (variant, ty))| {
            let target = referenced(form).map_or(form, |name| &self.schemas[name]);
            Some(Alternative {
                variant: variant.clone(),
                ty: ty.clone()?,
                description: text(form, "description"),
                required: required(target).map(str::to_owned).collect(),
            })
        });
        alternatives.collect::<Option<_>>().map(Definition::Choice)
    }

    /// An object; the field that no member has is the one for members which the schema doesn't list. The order of the
    /// required members is that of the `required` list: they are the arguments of a constructor, and nobody expects to
    /// change a function by moving a property.
    fn object(
        &self,
        schema: &Value,
        mut fields: BTreeMap<String, Type>,
        in_requests: bool,
    ) -> Option<Object> {
        let required: BTreeMap<&str, usize> = required(schema).zip(0..).collect();
        let members = entries(&schema["properties"]).map(|(name, member)| {
            let ty = fields.remove(&names::rendered(name))?;
            Some(self.member(name, member, ty, required.contains_key(name.as_str()), in_requests))
        });
        let mut members = members.collect::<Option<Vec<Member>>>()?;
        members.sort_by_key(|member| required.get(member.name.as_str()).copied().unwrap_or(usize::MAX));
        let rest = fields.into_iter().next().map(|(rust, ty)| Rest { rust, ty });
        Some(Object { members, rest })
    }

    fn member(&self, name: &str, schema: &Value, ty: Type, required: bool, in_requests: bool) -> Member {
        let ty = if schema.get("x-json-text").is_some() { ty.into_json_text(required) } else { ty };
        let ty = if flag(schema, "x-sensitive") { ty.into_secret_member(required) } else { ty };
        let mut limits = limits::read(schema, self.schemas);
        limits.within = limits::is_within(schema, &self.limited);
        Member {
            name: name.to_owned(),
            // The members of what is sent have setters, beside the methods that every call and type has.
            rust: if in_requests { names::argument(name) } else { names::snake(name) },
            ty,
            description: text(schema, "description"),
            required,
            deprecated: flag(schema, "deprecated"),
            limits,
            not_sensitive: not_sensitive(schema),
            example: schema.get("example").cloned(),
        }
    }
}

fn enum_value(value: &Value, descriptions: &Value) -> EnumValue {
    let value = string(value);
    EnumValue { variant: names::pascal(&value), description: text(descriptions, &value), value }
}

fn required(schema: &Value) -> impl Iterator<Item = &str> {
    list(&schema["required"]).filter_map(Value::as_str)
}

fn missing(name: &str) -> Fault {
    Fault::without_location(
        "progenitor",
        format!("progenitor made no type of the schema `{name}` that has all of its parts"),
        "report this with the spec: a check should have found it first",
    )
}
