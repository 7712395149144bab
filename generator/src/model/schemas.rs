//! Reads the schemas: what the document says of each one, with the types that progenitor made.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::definitions::{
    Alternative, Definition, Direction, EnumKind, EnumValue, Member, Object, Rest, Schema, Usage,
};
use super::facts::Facts;
use super::json::{entries, flag, list, markdown, not_sensitive, scalar};
use super::render::Rendered;
use super::types::Type;
use super::{choices, facts, limits, nullable, parts};
use crate::fault::Fault;
use crate::names::{self, TakenNames};
use crate::normalise::referenced;

/// What the schemas are read from.
pub(super) struct Source<'a> {
    /// All schemas of the document.
    pub(super) schemas: &'a Value,
    /// The types that progenitor made of those that are used.
    pub(super) rendered: &'a Rendered,
    /// For each object what stands for its members among the fields of the type that progenitor made.
    pub(super) members: &'a BTreeMap<String, Vec<String>>,
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
        let example = schema.get("example");
        let definition = self.definition(name, &rust, &usage).ok_or_else(|| missing(name))?;
        Ok(Schema {
            schema_name: name.to_owned(),
            name: rust,
            home: self.homes.get(name).cloned().unwrap_or_default(),
            description: markdown(schema, "description"),
            deprecated: flag(schema, "deprecated"),
            order,
            usage,
            is_relayed: flag(schema, "x-relayed"),
            is_stored: flag(schema, "x-stored"),
            definition,
            // An example of a structure has a block of its own.
            facts: Facts { example: example.filter(|it| !is_structure(it)).cloned(), ..Facts::default() },
            example: example.cloned(),
        })
    }

    fn definition(&self, name: &str, rust: &str, usage: &Usage) -> Option<Definition> {
        let schema = &self.schemas[name];
        if schema["enum"].is_array() {
            let values = list(&schema["enum"]).filter(|value| !value.is_null());
            let mut taken = TakenNames::default();
            if flag(schema, "x-open-enum") {
                taken.take("Unknown");
            }
            let values = values.map(|value| enum_value(value, schema, &mut taken));
            return Some(Definition::Enum {
                open: flag(schema, "x-open-enum"),
                of: enum_kind(schema),
                values: values.collect(),
            });
        }
        let fields = self.rendered.structs.get(rust)?;
        match self.members.get(name) {
            Some(members) => self.object(schema, fields, members, usage).map(Definition::Object),
            None => self.choice(schema, fields, usage).map(Definition::Choice),
        }
    }

    fn choice(
        &self,
        schema: &Value,
        fields: &BTreeMap<String, Type>,
        usage: &Usage,
    ) -> Option<Vec<Alternative>> {
        let forms: Vec<&Value> = list(&schema["oneOf"]).collect();
        let types = (0..forms.len()).map(|index| fields.get(&names::form_value(index)).cloned());
        let types = types.collect::<Option<Vec<Type>>>()?;
        let variants = choices::variants(&forms, &types);
        let tags = choices::tags(schema, self.schemas);
        let forms = forms.into_iter().zip(types).zip(variants).zip(tags);
        let alternatives = forms.map(|(((form, ty), variant), tag)| {
            let target = referenced(form).map_or(form, |name| &self.schemas[name]);
            let can_be_null = |member: &&str| {
                let schema = target["properties"].get(*member);
                schema.is_some_and(|schema| nullable::accepts_null(schema, self.schemas))
            };
            let (nullable, required): (Vec<&str>, Vec<&str>) = required(target).partition(can_be_null);
            Alternative {
                variant,
                ty: nullable::mark(ty, form, self.schemas, usage.in_requests),
                description: markdown(form, "description"),
                required: required.into_iter().map(str::to_owned).collect(),
                nullable: nullable.into_iter().map(str::to_owned).collect(),
                tag,
            }
        });
        Some(alternatives.collect())
    }

    /// An object; the field that no member has is the one for members which the schema doesn't list. The order of the
    /// required members is that of the `required` list: they are the arguments of a constructor, and nobody expects to
    /// change a function by moving a property.
    fn object(
        &self,
        schema: &Value,
        fields: &BTreeMap<String, Type>,
        stand_ins: &[String],
        usage: &Usage,
    ) -> Option<Object> {
        let required: BTreeMap<&str, usize> = required(schema).zip(0..).collect();
        let mut taken = TakenNames::default();
        let members = entries(&schema["properties"]).zip(stand_ins).map(|((name, member), stand_in)| {
            let ty = fields.get(stand_in)?.clone();
            let only_in = only_in(member).filter(|_| usage.in_requests && usage.in_responses);
            let is_sent = usage.in_requests && only_in != Some(Direction::Response);
            let is_required = required.contains_key(name.as_str());
            // A member that is a file in a form stays a text if responses have it, too.
            let ty = if usage.has_parts && !usage.in_responses { parts::mark(ty, member) } else { ty };
            let member = self.member(name, member, ty, is_required, is_sent);
            Some(Member { only_in, rust: taken.unique(&member.rust, "_"), ..member })
        });
        let members = members.collect::<Option<Vec<Member>>>()?;
        let (read_only, mut members): (Vec<Member>, Vec<Member>) =
            members.into_iter().partition(|member| member.only_in == Some(Direction::Response));
        members.sort_by_key(|member| required.get(member.name.as_str()).copied().unwrap_or(usize::MAX));
        // Where the other members can be anything, progenitor has no field for them.
        let is_free = schema["additionalProperties"] == true;
        let stand_ins: BTreeSet<&String> = stand_ins.iter().collect();
        let rest = fields.iter().find(|(name, _)| !stand_ins.contains(name)).map(|(_, ty)| ty.clone());
        let rest = rest.or(is_free.then_some(Type::FreeObject));
        let taken = || members.iter().chain(&read_only).map(|member| member.rust.as_str());
        let rest = rest.map(|ty| Rest { rust: names::rest(taken), ty });
        Some(Object { members, read_only, rest })
    }

    fn member(&self, name: &str, schema: &Value, ty: Type, required: bool, in_requests: bool) -> Member {
        let ty = if schema.get("x-json-text").is_some() { ty.into_json_text(required) } else { ty };
        // The bytes of a file are never printed.
        let is_secret = flag(schema, "x-sensitive") && !ty.is_binary();
        let ty = if is_secret { ty.into_secret_member(required) } else { ty };
        let ty = match nullable::mark(ty, schema, self.schemas, in_requests) {
            nullable @ Type::Nullable(_) if !required => nullable.into_option(),
            other => other,
        };
        Member {
            name: name.to_owned(),
            // Members that are sent have setters, whose names must differ from those of the methods that every call and
            // type has.
            rust: if in_requests { names::argument(name) } else { names::snake(name) },
            ty,
            description: markdown(schema, "description"),
            required,
            only_in: None,
            deprecated: flag(schema, "deprecated"),
            limits: limits::of_member(schema, self.schemas, &self.limited),
            not_sensitive: not_sensitive(schema),
            facts: facts::read(schema, self.schemas, schema.get("example")),
            example: schema.get("example").cloned(),
        }
    }
}

fn is_structure(example: &Value) -> bool {
    example.is_object() || example.is_array()
}

/// The only direction in which values have a member.
fn only_in(member: &Value) -> Option<Direction> {
    let is_left_out_by = |direction: Direction| flag(member, direction.left_out());
    match (is_left_out_by(Direction::Request), is_left_out_by(Direction::Response)) {
        (true, _) => Some(Direction::Response),
        (_, true) => Some(Direction::Request),
        _ => None,
    }
}

fn enum_kind(schema: &Value) -> EnumKind {
    match schema["type"].as_str() {
        Some("integer") => EnumKind::Integer,
        Some("number") => EnumKind::Number,
        Some("boolean") => EnumKind::Boolean,
        _ => EnumKind::Text,
    }
}

fn enum_value(value: &Value, schema: &Value, taken: &mut TakenNames) -> EnumValue {
    let key = scalar(value);
    let given = schema["x-enum-names"].get(&key).and_then(Value::as_str);
    EnumValue {
        variant: taken.unique(&names::variant(value, given), ""),
        is_named: given.is_some(),
        description: markdown(&schema["x-enum-descriptions"], &key),
        value: value.clone(),
    }
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
